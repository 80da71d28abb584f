"""What called for a revision, and what is behind a change as a fact, without asking any rule."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from planner.comparing import Change, Place, places
from planner.own_moves import OWN_DAYS
from planner.plan import Kind, Plan, State
from planner.request import Request
from planner.table import plain_date

THE_BACK = "states"
"""Another state of the back. What the states are is looked up by this name, as rules are by theirs;
the names below that are no rules can be looked up as well."""

CLEARED = "cleared-first"
TEST_WALK = "restart-gate"
SESSIONS_WANTED = "sessions-wanted"
UNDO = "undo"
WISHES = "your-wishes"
LOG = "your-log"
AFTER_RUN = "after-the-run"
"""A session stays as it is and begins at another time, since the run before it is another."""

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

FROM_BEST = (State.HEALTHY, State.MILD, State.MODERATE, State.RETURNING, State.FLARE)


class Why(NamedTuple):
    """The names behind a change; all else as in ``planner.comparing.Change``."""

    names: tuple[str, ...]
    says: str = ""
    needed_on: date | None = None
    of_day: date | None = None


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
    states = _other_states(old, new)
    if states and request.before:
        return Cause(THE_BACK, f"for {BACK[states[min(states)]]}", moved)
    if wants_other or not request.before:
        return Cause(WISHES, "for what you want now", moved)
    if moved:
        return Cause(OWN_DAYS, "for sessions that you moved yourself", moved)
    return Cause(LOG, "after what you logged", moved)


def is_cleared(old: Plan, request: Request) -> bool:
    """Whether what waited for a clinician in the old plan waits no longer."""
    return old.triage == "stopped" and not request.stopped


class Facts:
    """What is so about the changes from one plan to the next, before any rule is asked."""

    def __init__(self, old: Plan, new: Plan, request: Request, cause: Cause) -> None:
        self.was, self.now = places(old), places(new)
        self.request, self.cause = request, cause
        self._is_cleared = is_cleared(old, request)
        self._other_days = _other_states(old, new)
        self._before = {day.date: day.state for day in old.days}

    def behind(self, found: Sequence[Change]) -> dict[str, Why]:
        """The facts that changes are down to, by identity; many have none."""
        facts = {one.session_id: why for one in found if (why := self._behind(one))}
        hers = [name for name, why in facts.items() if why.names == (OWN_DAYS,)]
        # Whose place she gave to another has the place of that one.
        exchanged = {
            one.session_id: Why((OWN_DAYS,))
            for one in found
            if any(self._change_places(one.session_id, name) for name in hers)
        }
        return {**exchanged, **facts}

    def in_other_states(self, found: Sequence[Change]) -> dict[str, Why]:
        """The changes on days on which the back is in another state than the old plan had.

        Of a session that left such a day for one that is as it was, the day is told. A back that is
        better asks for no session to be left out.
        """
        there: dict[str, Why] = {}
        for change in found:
            if change.what == "removed" and not self._asks_to_leave_out(change):
                continue
            days = self._days(change.session_id) & self._other_days.keys()
            if days and change.date in days:
                there[change.session_id] = Why((THE_BACK,))
            elif days:
                first = min(days)
                said = f"for {BACK[self._other_days[first]]} on {plain_date(first)}"
                there[change.session_id] = Why((THE_BACK,), said)
        return there

    def after_a_run(self, change: Change) -> Why | None:
        """What made a session begin later or earlier on its day: the run before it."""
        was, now = self.was.get(change.session_id), self.now.get(change.session_id)
        if was is None or now is None or not _is_shifted(was, now):
            return None
        before, after = _run_minutes(self.was, was), _run_minutes(self.now, now)
        if before == after:
            return None
        if not before or not after:
            said = "there is a run before it now" if after else "there is no run before it any more"
        else:
            said = f"the run before it is {'longer' if after > before else 'shorter'} now"
        return Why((AFTER_RUN,), said)

    def _behind(self, change: Change) -> Why | None:
        was, now = self.was.get(change.session_id), self.now.get(change.session_id)
        if now and self._is_hers(change, was, now):
            return Why((OWN_DAYS,))
        if was and was[1].kind in self.request.stopped:
            return Why((CLEARED,))
        if was is None and self._is_cleared:
            return Why((CLEARED,), "a clinician has cleared you")
        is_test, was_test = (bool(place and place[1].is_test_walk) for place in (now, was))
        if is_test and not was_test:
            return Why((TEST_WALK,), "it is the test walk now")
        if was_test and not is_test:
            return Why((TEST_WALK,), "it is not the test walk any more")
        return None

    def _is_hers(self, change: Change, was: Place | None, now: Place) -> bool:
        """Whether she moved the session to where it is now, or one of its sort to that day."""
        on, session = now
        is_elsewhere = was is None or (was[0], was[1].start) != (on, session.start)
        if is_elsewhere and (change.session_id, on) in self.cause.hers:
            return True
        return (was is None or was[0] != on) and any(
            self.request.date_of(own.day) == on and own.kind.is_of_sort(session.kind)
            for own in self.request.own_days
        )

    def is_worse_for(self, name: str) -> bool:
        """Whether the back is worse than the old plan had it on a day of a session."""
        days = self._days(name) & self._other_days.keys()
        return any(
            FROM_BEST.index(self._other_days[day]) > FROM_BEST.index(self._before[day])
            for day in days
        )

    def _asks_to_leave_out(self, change: Change) -> bool:
        """Whether a day's state leaves a session out: a worse one, and a flare's end its walks."""
        on, session = self.was[change.session_id]
        is_of_flare = self._before[on] is State.FLARE and session.kind is Kind.WALK
        return is_of_flare or self.is_worse_for(change.session_id)

    def _days(self, name: str) -> set[date]:
        return {of[name][0] for of in (self.was, self.now) if name in of}

    def _change_places(self, name: str, other: str) -> bool:
        """Whether two sessions of one sort went each to the other's day."""
        if not all(one in of for one in (name, other) for of in (self.was, self.now)):
            return False
        here, there = self.was[name], self.was[other]
        gone = self.now[name][0] == there[0] and self.now[other][0] == here[0]
        return gone and here[0] != there[0] and here[1].kind.is_of_sort(there[1].kind)


def _is_shifted(was: Place, now: Place) -> bool:
    """Whether a session stayed what it is, on its day, and begins at another time."""
    if was[0] != now[0] or was[1].start == now[1].start:
        return False
    before, after = (
        one[1].model_copy(update={"start": None, "rules": (), "changed": ""}) for one in (was, now)
    )
    return before == after


def _run_minutes(of: Mapping[str, Place], place: Place) -> float:
    """How long the runs are that begin on a session's day before it does."""
    on, session = place
    return sum(
        other.minutes
        for day, other in of.values()
        if day == on and other.kind.is_run and (other.start or "") < (session.start or "")
    )


def _other_states(old: Plan, new: Plan) -> dict[date, State]:
    """The days that are in another state than before, with the new one."""
    states = {day.date: day.state for day in old.days}
    return {
        day.date: day.state for day in new.days if states.get(day.date, day.state) is not day.state
    }
