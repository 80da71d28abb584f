"""What called for a revision, and what is behind a change as a fact, without asking any rule."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from planner.comparing import Change
from planner.own_moves import OWN_DAYS
from planner.plan import Plan, Session, State
from planner.request import Request

THE_BACK = "states"
"""Another state of the back. What the states are is looked up by this name, as rules are by theirs;
the names below that are no rules can be looked up as well."""

CLEARED = "cleared-first"
TEST_WALK = "restart-gate"
UNDO = "undo"
WISHES = "your-wishes"
LOG = "your-log"
OTHERS = "other-changes"
"""Nothing speaks against the session as it was by itself: it changed together with others."""

BACK = {
    State.HEALTHY: "no pain",
    State.MILD: "mild pain",
    State.MODERATE: "moderate pain",
    State.FLARE: "a flare",
    State.RETURNING: "the way back after a flare",
}
"""How the back is, where that alone is why."""


class Why(NamedTuple):
    """The names behind a change; ``says`` and ``needed_on`` as in ``planner.comparing.Change``."""

    names: tuple[str, ...]
    says: str = ""
    needed_on: date | None = None


class Cause(NamedTuple):
    """What called for a revision: its name, and in words what the changes were made for.

    ``hers`` are the sessions that she moved herself, each with the day that she chose.
    """

    name: str
    made_for: str = ""
    hers: frozenset[tuple[str, date]] = frozenset()

    def behind_all(self) -> Why | None:
        """The reason that all changes of such a revision share; None where each has its own."""
        return Why((UNDO,), "you took the latest change back") if self.name == UNDO else None

    def of_one_with_others(self) -> Why:
        """The honest word on a change that nothing but the changes around it speaks for."""
        return Why((OTHERS, self.name), f"it goes with other changes, made {self.made_for}")


def cause_of(
    old: Plan,
    new: Plan,
    request: Request,
    *,
    wants_other: bool = False,
    hers: Collection[tuple[str, date]] = (),
) -> Cause:
    """What called for the new plan, the strongest fact first.

    ``wants_other``: the file asks for something else than when the old plan was made. A plan without
    one before it in its request is made from the wishes alone.
    """
    moved = frozenset(hers)
    if request.stopped and old.triage != "stopped":
        return Cause(CLEARED, "until a clinician has cleared you", moved)
    if is_cleared(old, request):
        return Cause(CLEARED, "now that a clinician has cleared you", moved)
    state = _first_other_state(old, new)
    if state is not None and request.before:
        return Cause(THE_BACK, f"for {BACK[state]}", moved)
    if wants_other or not request.before:
        return Cause(WISHES, "for what you want now", moved)
    if moved:
        return Cause(OWN_DAYS, "for sessions that you moved yourself", moved)
    return Cause(LOG, "after what you logged", moved)


def is_cleared(old: Plan, request: Request) -> bool:
    """Whether what waited for a clinician in the old plan waits no longer."""
    return old.triage == "stopped" and not request.stopped


def fact_behind(
    change: Change,
    was: tuple[date, Session] | None,
    now: tuple[date, Session] | None,
    old: Plan,
    request: Request,
    cause: Cause,
) -> Why | None:
    """The fact that a change is down to, before any rule is asked; None for none.

    ``was`` and ``now`` are the session's day and form in the old plan and in the new one.
    """
    if now and _is_hers(change, was, now, request, cause):
        return Why((OWN_DAYS,))
    if was and was[1].kind in request.stopped:
        return Why((CLEARED,))
    if change.what == "added" and is_cleared(old, request):
        return Why((CLEARED,), "a clinician has cleared you")
    is_test, was_test = (bool(place and place[1].is_test_walk) for place in (now, was))
    if is_test and not was_test:
        return Why((TEST_WALK,), "it is the test walk now")
    if was_test and not is_test:
        return Why((TEST_WALK,), "it is not the test walk any more")
    return None


def _is_hers(
    change: Change,
    was: tuple[date, Session] | None,
    now: tuple[date, Session],
    request: Request,
    cause: Cause,
) -> bool:
    """Whether she moved the session to where it is now, or one of its sort to that day."""
    on, session = now
    is_elsewhere = was is None or (was[0], was[1].start) != (on, session.start)
    if is_elsewhere and (change.session_id, on) in cause.hers:
        return True
    return (was is None or was[0] != on) and any(
        request.date_of(own.day) == on and own.kind.is_of_sort(session.kind)
        for own in request.own_days
    )


def _first_other_state(old: Plan, new: Plan) -> State | None:
    """The new state of the first day that is in another one than before; None where none is."""
    states = {day.date: day.state for day in old.days}
    others = (day.state for day in new.days if states.get(day.date, day.state) is not day.state)
    return next(others, None)
