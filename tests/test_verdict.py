"""How badly a plan breaks limits and how close it stays, from checkers alone: also of others' rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any

from planner.checking import limits_broken
from planner.plan import Kind, Plan, hundredths
from planner.request import Request
from planner.rule import Breach, Stage, Tier
from planner.verdict import Closest, closest, grouped, verdict
from tests.plans import a_day, a_plan, a_session
from tests.requests import MONDAY, a_request


@dataclass(frozen=True)
class MostMinutes:
    """A rule of somebody else's: no run longer than so many minutes."""

    most: float
    name: str = "most-minutes"
    title: str = "No run too long"
    stage: Stage = Stage.DOSE
    tier: Tier = Tier.LIMIT
    sources: tuple[str, ...] = ("a physiotherapist",)

    def post(self, request: Request, view: Any, model: Any) -> int:
        raise AssertionError("nothing is solved here")

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        for day in plan.days:
            if day.run_hundredths > hundredths(self.most):
                yield Breach(rule=self.name, days=(day.date,), reason=f"Too long on {day.date}.")


@dataclass(frozen=True)
class NoneOf(MostMinutes):
    """A rule of somebody else's: no session of a kind."""

    most: float = 0
    kind: Kind = Kind.EASY_RUN
    name: str = "none-of"
    stage: Stage = Stage.PLACE

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        for day in plan.days:
            if day.has(self.kind):
                yield Breach(rule=self.name, days=(day.date,), reason=f"Not on {day.date}.")


def runs(*minutes: float, kind: Kind = Kind.EASY_RUN) -> Plan:
    """A run each Monday, one week after the other."""
    days = [
        a_day(MONDAY + timedelta(days=7 * week + day), *([a_session(kind, one)] * (day == 0)))
        for week, one in enumerate(minutes)
        for day in range(7)
    ]
    return a_plan(*days)


def groups_of(plan: Plan, *rules: Any, conventions: tuple[str, ...] = ()) -> Any:
    request = a_request(len(plan.days))
    return grouped(request, plan, limits_broken(request, plan, rules), rules, conventions)


def closest_of(plan: Plan, *rules: Any) -> tuple[Closest, ...]:
    request = a_request(len(plan.days))
    return closest(request, plan, limits_broken(request, plan, rules), rules)


def test_a_run_too_long_is_weighed_by_how_much_shorter_it_would_have_to_be():
    # 50 minutes where 40 are the most: 20 % less are 40. 41: 40 are 2.44 % less, about 2 %.
    (group,) = groups_of(runs(30, 50, 41), MostMinutes(40))

    assert [(one.week, one.too_long_percent) for one in group.breaches] == [(2, 20), (3, 2)]


def test_what_is_hardly_too_long_is_still_too_long_by_one_percent():
    # 40.1 of 40: 0.25 % less.
    (group,) = groups_of(runs(40.1), MostMinutes(40))

    assert [one.too_long_percent for one in group.breaches] == [1]


def test_breaches_next_to_each_other_are_weighed_each_for_itself():
    # 80 of 40: half. 50: a fifth. All in weeks that lie less than six weeks apart.
    (group,) = groups_of(runs(50, 80, 50), MostMinutes(40))

    assert [one.too_long_percent for one in group.breaches] == [50, 20, 20]


def test_the_parts_of_a_run_get_shorter_with_it():
    @dataclass(frozen=True)
    class ShortBouts(MostMinutes):
        """No stretch of running longer than so many minutes."""

        def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
            for day in plan.days:
                if any(run.longest_bout_minutes > self.most for run in day.sessions):
                    yield Breach(rule=self.name, days=(day.date,), reason="Too long a stretch.")

    (group,) = groups_of(runs(50, kind=Kind.RUN_WALK), ShortBouts(4))

    # 25 of 50 minutes in five stretches of 5 minutes each: a fifth less are 4.
    assert [one.too_long_percent for one in group.breaches] == [20]


def test_a_run_that_must_not_be_there_is_worse_than_one_too_long():
    found = groups_of(runs(50, 30), MostMinutes(40), NoneOf())

    assert [group.rule for group in found] == ["none-of", "most-minutes"]
    assert [one.too_long_percent for one in found[0].breaches] == [100, 100]


def test_where_shorter_runs_do_not_help_there_is_no_number():
    plan = a_plan(a_day(MONDAY, a_session(Kind.STRENGTH)))
    (group,) = groups_of(plan, NoneOf(kind=Kind.STRENGTH))

    assert [one.too_long_percent for one in group.breaches] == [None]


def test_what_no_study_asks_for_comes_last():
    own = MostMinutes(10, name="own-time", sources=("ours",))
    found = groups_of(runs(50), own, MostMinutes(40), conventions=("ours",))

    assert [group.rule for group in found] == ["most-minutes", "own-time"]


def test_the_verdict_tells_what_is_furthest_above_any_limit():
    """Also one that no study asks for: 80 % of 50 minutes too long for a day of 10."""
    own = MostMinutes(10, name="own-time", sources=("ours",))
    found = groups_of(runs(50), own, MostMinutes(40), conventions=("ours",))

    assert "about 80 % shorter (own-time)" in verdict(runs(50), found)


def test_the_verdict_counts_and_names_what_is_furthest_above_a_limit():
    plan = runs(30, 50, 41, 20)

    assert verdict(plan, groups_of(plan, MostMinutes(40))) == (
        "Breaks 1 limit, 2 times, in 2 of 4 weeks. Furthest above a limit: the running of Mon 7 Dec "
        "in week 2 would have to be about 20 % shorter (most-minutes)."
    )


def test_a_day_that_breaks_two_limits_counts_once():
    plan = runs(50, 50, 50)
    found = groups_of(plan, MostMinutes(40), MostMinutes(45, name="other"))

    assert verdict(plan, found).startswith("Breaks 2 limits, 3 times, in 3 of 3 weeks.")


def test_weeks_are_those_of_the_whole_plan_where_a_part_is_judged():
    plan, begins = runs(50, 39.9), MONDAY - timedelta(days=14)
    request, rules = a_request(len(plan.days)), [MostMinutes(40)]
    broken = limits_broken(request, plan, rules)

    (group,) = grouped(request, plan, broken, rules, begins=begins)
    (near,) = closest(request, plan, broken, rules, begins=begins)

    assert ([one.week for one in group.breaches], near.weeks) == ([3], (4,))


def test_a_breach_that_begins_before_the_plan_counts_to_its_first_week():
    plan = runs(30)
    breach = Breach(rule="none-of", days=(plan.start - timedelta(days=1), plan.start), reason="")

    (found,) = grouped(a_request(len(plan.days)), plan, (breach,), (NoneOf(),))

    assert [one.week for one in found.breaches] == [1]
    assert verdict(plan, (found,)) == "Breaks 1 limit, in 1 of 1 week."


def test_the_verdict_tells_of_runs_that_must_not_be_there_beside_those_too_long():
    plan = runs(30, 30, 50, kind=Kind.EASY_RUN)
    before = runs(30, 30)

    assert verdict(before, groups_of(before, NoneOf())) == (
        "Breaks 1 limit, 2 times, in 2 of 2 weeks. The running on 2 days has no place there as it is, "
        "however short (none-of)."
    )
    assert "on 3 days" in verdict(plan, groups_of(plan, NoneOf(), MostMinutes(40)))
    assert "about 20 % shorter" in verdict(plan, groups_of(plan, NoneOf(), MostMinutes(40)))


def test_the_verdict_names_the_day_of_a_single_run_without_a_place():
    plan = runs(30)

    assert verdict(plan, groups_of(plan, NoneOf())) == (
        "Breaks 1 limit, in 1 of 1 week. The running on Mon 30 Nov has no place there as it is, "
        "however short (none-of)."
    )


def test_the_verdict_on_a_plan_that_keeps_all():
    assert verdict(runs(30), ()) == "Every limit is kept."


def test_the_smallest_step_that_breaks_a_limit_is_told_with_its_weeks():
    # 39.5 + 1 % = 39.9, + 2 % = 40.3: more than 40. 38.5 would take 5 %.
    (found,) = closest_of(runs(30, 39.5, 38.5, 39.5), MostMinutes(40))

    assert (found.rule, found.percent, found.weeks) == ("most-minutes", 2, (2, 4))
    assert [day.isoformat() for day in found.days] == ["2026-12-07", "2026-12-21"]


def test_a_limit_that_ten_percent_do_not_break_is_not_close():
    # 36 + 10 % = 39.6.
    assert closest_of(runs(36), MostMinutes(40)) == ()


def test_weeks_that_break_a_limit_already_are_not_close_to_it():
    (found,) = closest_of(runs(45, 39.9), MostMinutes(40))

    assert (found.percent, found.weeks) == (1, (2,))


def test_a_week_is_lengthened_alone():
    @dataclass(frozen=True)
    class NoMoreThanBefore(MostMinutes):
        """No week with more running than the one before."""

        def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
            mondays = [day for day in plan.days if day.date.weekday() == 0]
            for before, day in pairwise(mondays):
                if day.run_hundredths > before.run_hundredths:
                    yield Breach(rule=self.name, days=(day.date,), reason="More.")

    # All longer together would break nothing.
    (found,) = closest_of(runs(30, 30, 30), NoMoreThanBefore(0))

    assert (found.percent, found.weeks) == (1, (2, 3))


def test_run_walk_sessions_and_races_keep_their_length():
    assert closest_of(runs(80, kind=Kind.RUN_WALK), MostMinutes(40)) == ()
    assert closest_of(runs(40, kind=Kind.RACE), MostMinutes(40)) == ()


def test_limits_that_ask_for_no_minutes_are_not_lengthened():
    assert closest_of(runs(40), MostMinutes(40, stage=Stage.PLACE)) == ()
    assert closest_of(runs(40), MostMinutes(40, tier=Tier.RAMP)) == ()


def test_weeks_are_counted_from_the_one_of_the_first_day():
    # Thu, Sun; then Mon: the first week ends with its Sunday.
    days = [a_day(MONDAY + timedelta(days=day), a_session(minutes=40)) for day in (3, 6, 7)]
    plan = a_plan(*days)
    request = a_request(5, start=MONDAY + timedelta(days=3))
    broken = list(MostMinutes(most=30).breaches(request, plan))

    (group,) = grouped(request, plan, broken, [MostMinutes(most=30)])

    assert sorted((one.breach.days[0].day, one.week) for one in group.breaches) == [
        (3, 1),
        (6, 1),
        (7, 2),
    ]
