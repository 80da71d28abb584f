"""A week of a mild back, for asking what its days could hold instead, and limits of others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from planner.alternatives import Alternative, alternatives
from planner.plan import Kind, Plan, Session
from planner.request import Request, WeekWish
from planner.rule import Breach, Rule, Stage, Tier
from planner.sessions import easy_run, walk
from rules import RULEBOOK
from tests.plans import MONDAY, a_day, a_plan, a_session
from tests.requests import a_request

ONE_DAY = timedelta(days=1)

START = MONDAY
SATURDAY = START + 5 * ONE_DAY


def a_week(**given: object) -> tuple[Request, Plan]:
    """An easy run on Monday, a walk on Wednesday, a long run on Saturday.

    Thirty minutes is the longest run known, so that one may be 33 long (10 % or 3 min more).
    """
    request = a_request(
        7,
        start=START,
        states="m",
        past_runs={-2: 30, -4: 30, -6: 30},
        past_week_hundredths=(9000, 9000, 9000, 9000),
        wish=WeekWish(easy_minutes=30, long_minutes=30, walk_minutes=20),
        **given,
    )
    held = {0: easy_run(30), 2: walk(20), 5: a_session(Kind.LONG_RUN, 30, title="Long run 30 min")}
    days = [
        a_day(
            START + day * ONE_DAY,
            *([held[day].model_copy(update={"id": f"1-{day:03d}"})] if day in held else []),
        )
        for day in range(7)
    ]
    return request, a_plan(*days)


def with_days(plan: Plan, held: dict[int, tuple[Session, ...]]) -> Plan:
    """The plan with other sessions on the days given, counted from its start."""
    days = [
        day.model_copy(update={"sessions": held.get(number, day.sessions)})
        for number, day in enumerate(plan.days)
    ]
    return plan.model_copy(update={"days": tuple(days)})


def answer_about(
    on: date, instead: str, request: Request, plan: Plan, rules: Sequence[Rule] = RULEBOOK
) -> Alternative:
    """What is said of the alternative whose words begin so."""
    found = alternatives(request, plan, rules, on, plan.start)
    return next(one for one in found if one.instead.startswith(instead))


def named(breaches: Sequence[Breach]) -> list[str]:
    """The names of the rules, in their order."""
    return [breach.rule for breach in breaches]


class OfOthers:
    """What limits of another package have in common."""

    title = "A rule of another package"
    stage = Stage.PLACE
    tier = Tier.LIMIT
    sources = ("their-own",)

    def post(self, request, places, model):
        return 0
