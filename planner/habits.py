"""What a weekday usually holds, by the sessions that most of its days have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planner.plan import RUNS, Kind, Plan
from planner.request import DAYS_IN_WEEK, Request

UsualWeek = tuple[tuple[str, ...], ...]
"""The usual groups of session (``run`` and kinds) of each weekday, Monday first."""

GROUPS = ("run", *(kind.value for kind in Kind))


def groups(kinds: Sequence[Kind]) -> tuple[str, ...]:
    """The groups that sessions of these kinds belong to."""
    others = [kind.value for kind in kinds if kind not in (Kind.EASY_RUN, Kind.RUN_WALK)]
    return (*(["run"] if any(kind in RUNS for kind in kinds) else []), *others)


def most_days(days: Iterable[tuple[int, Sequence[Kind]]]) -> UsualWeek:
    """The groups that more than half of each weekday's days hold; a day is its weekday and kinds."""
    held: dict[int, list[tuple[str, ...]]] = {weekday: [] for weekday in range(DAYS_IN_WEEK)}
    for weekday, kinds in days:
        held[weekday].append(groups(kinds))
    return tuple(
        tuple(
            name
            for name in GROUPS
            if 2 * sum(name in one for one in held[weekday]) > len(held[weekday])
        )
        for weekday in range(DAYS_IN_WEEK)
    )


def usual_week_of(request: Request, plan: Plan) -> UsualWeek:
    """The usual week that a finished plan keeps, days away left out."""
    return most_days(
        (day.date.weekday(), [session.kind for session in day.sessions])
        for day in plan.days
        if not request.away[request.day_of(day.date)]
    )
