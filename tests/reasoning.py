"""Two plans of a few days and the changes between them, each with its reasons."""

from __future__ import annotations

from planner.comparing import Change, changes, keep_identities
from planner.plan import Plan, Session
from planner.reasons import with_reasons
from planner.request import WeekWish
from rules import RULEBOOK
from tests.agreement import plan_on
from tests.requests import a_request

WISH = WeekWish(easy_minutes=30, walk_minutes=20)
GIVEN = {"past_runs": {-2: 30, -4: 30}, "past_week_hundredths": (6000,), "wish": WISH}


def plan_as(request, letters, revision=1, old=None) -> Plan:
    plan = plan_on(request, letters).model_copy(update={"revision": revision})
    return keep_identities(plan, old)


def told(before: str, now: str, was: str = "m", **given) -> list[Change]:
    """The changes from one plan to the next, in the states of ``given``; ``was``: those before."""
    settings = {"states": "m", **GIVEN, **given}
    request = a_request(len(now.split()), **settings)
    old = plan_as(a_request(len(before.split()), **{**GIVEN, "states": was}), before)
    new = plan_as(request, now, 2, old)
    return list(with_reasons(changes(old, new), old, new, request, RULEBOOK))


def because(before: str, now: str, **given) -> list[tuple[str, tuple[str, ...]]]:
    return [(change.what, change.because) for change in told(before, now, **given)]


def with_sessions(request, row: dict[int, tuple[Session, ...]], revision=1, old=None) -> Plan:
    """A plan with these sessions, by day."""
    empty = plan_on(request, " ".join("." * request.days))
    days = tuple(
        day.model_copy(update={"sessions": row.get(number, ())})
        for number, day in enumerate(empty.days)
    )
    return keep_identities(empty.model_copy(update={"revision": revision, "days": days}), old)


def reasons(before, now, **given) -> dict[tuple[int, str], Change]:
    """The changes from one row of sessions to the next, by day and title."""
    request = a_request(7, **{**GIVEN, "states": "m", **given})
    old = with_sessions(request, before)
    new = with_sessions(request, now, 2, old)
    found = with_reasons(changes(old, new), old, new, request, RULEBOOK)
    kinds = {
        session.id: session.kind for plan in (old, new) for d in plan.days for session in d.sessions
    }
    return {(request.day_of(one.date), kinds[one.session_id]): one for one in found}
