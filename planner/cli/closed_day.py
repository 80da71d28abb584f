"""A day on which a session is done already: what is left of it stays where it still may."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from planner.as_planned import planned_day
from planner.cli.next_plan import Next, Planner
from planner.comparing import Change, changes, keep_identities
from planner.plan import Day, Plan
from planner.replanning import first_open_day, left_undone, must_wait
from planner.request import Request
from planner.revising import within


class Cut(NamedTuple):
    """The stored plan without what must wait today, these sessions as changes, and today's request."""

    plan: Plan
    changes: tuple[Change, ...]
    request: Request


def cut(planner: Planner, today: date) -> Cut | None:
    """What the back, or a red flag, takes from a day that a session done on it has closed.

    None where today may be planned anew as a whole, or where all that is left of it may stay.
    """
    stored = planner.stored
    day = planned_day(stored, today)
    if stored is None or day is None:
        return None
    if first_open_day(planner.history, today, planner.limits) <= today:
        return None
    left = left_undone(day, planner.history)
    request = planner.request_after(today, today, 1)
    waiting = must_wait(within(stored, request), left, request, planner.rules)
    if not waiting:
        return None
    days = tuple(_without(one, waiting, request) if one is day else one for one in stored.days)
    plan = stored.model_copy(update={"days": days})
    gone = (
        one.model_copy(update={"because": waiting[one.session_id]}) for one in changes(stored, plan)
    )
    return Cut(plan, tuple(gone), request)


def after_cut(
    planner: Planner, found: Cut, today: date, make: Callable[[Planner, date], Next]
) -> Next:
    """The plan that ``make`` finds from tomorrow on, today without what must wait."""
    stored = planner.stored
    assert stored is not None
    made = Next(found.plan, found.request)
    if today < stored.end:
        made = make(replace(planner, stored=found.plan), today)
    plan = made.plan
    if plan.revision == stored.revision:
        header = {"revision": stored.revision + 1, "made_on": today}
        plan = keep_identities(plan.model_copy(update=header), stored)
    return replace(made, plan=plan, changes=(*found.changes, *made.changes))


def _without(day: Day, waiting: Collection[str], request: Request) -> Day:
    """The day with the sessions that may stay, in the state that the back is in by now."""
    sessions = tuple(one for one in day.sessions if one.id not in waiting)
    now = {"state": request.states[0], "forecast": request.forecast[0]}
    return day.model_copy(update={"sessions": sessions, **now})
