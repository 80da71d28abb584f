"""A session that is left out because no more of its sort are asked for: told by counting alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from planner.causes import SESSIONS_WANTED, WISHES, Why
from planner.comparing import Change, places
from planner.plan import Kind, Plan, State
from planner.request import DAYS_IN_WEEK, SORTS, Request

NAMES = {
    "runs": ("run", "runs"),
    "walks": ("walk", "walks"),
    "strength": ("strength session", "strength sessions"),
    "mobility": ("mobility session", "mobility sessions"),
}


class Asked:
    """How many sessions of each sort two plans have in a week, beside how many are asked for."""

    def __init__(self, old: Plan, new: Plan, request: Request) -> None:
        self.request = request
        self._was = places(old)
        self._had, self._has = _by_week(old), _by_week(new)
        self._left = _by_week(new, request.start)
        self._in_flare = {
            _monday(day.date)
            for plan in (old, new)
            for day in plan.days
            if day.state is State.FLARE
        }

    def fewer(self, found: Sequence[Change]) -> dict[str, Why]:
        """Of weeks with more of a sort than she asks for now, the sessions that are left out.

        Not where the new week has fewer still, for then something else speaks, too; nor walks of a
        week with a flare, which asks for walks of its own.
        """
        told = {}
        for name, week, sort in self._left_out(found):
            asked = getattr(self.request.wishes, sort)
            is_asked = self._has[week, sort] >= asked and self._had[week, sort] > asked
            if is_asked and not (sort == "walks" and week in self._in_flare):
                told[name] = Why((WISHES,), f"you ask for {_so_many(asked, sort)} now")
        return told

    def shares(self, found: Sequence[Change]) -> dict[str, Why]:
        """Of weeks that are cut short, what is left out since their share of its sort is planned."""
        told = {}
        for name, monday, sort in self._left_out(found):
            week = self.request.week_of(self.request.day_of(monday))
            if not 0 <= week < self.request.weeks:
                continue
            days = self.request.days_in(week)
            is_begun = len(days) < DAYS_IN_WEEK and week == 0
            if not is_begun and not any(self.request.away[day] for day in days):
                continue
            # A re-plan asks for what the plan before had left of such a week, and not for a share.
            if self.request.before and (is_begun or monday in self._in_flare):
                continue
            if self._left[monday, sort] >= self.request.wanted_in(week, sort):
                which = "the days left of this week" if is_begun else "a week with days away"
                has = "have" if is_begun else "has"
                said = f"{which} {has} only a share of the {NAMES[sort][1]} you ask for"
                told[name] = Why((SESSIONS_WANTED,), said)
        return told

    def _left_out(self, found: Sequence[Change]) -> Iterator[tuple[str, date, str]]:
        """Each session that is left out, with the Monday of its week and its sort."""
        for change in found:
            if change.what == "removed":
                on, session = self._was[change.session_id]
                yield change.session_id, _monday(on), _sort(session.kind)


def _by_week(plan: Plan, start: date = date.min) -> Counter[tuple[date, str]]:
    return Counter(
        (_monday(day.date), _sort(session.kind))
        for day in plan.days
        if day.date >= start
        for session in day.sessions
    )


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())


def _sort(kind: Kind) -> str:
    return next(sort for sort, kinds in SORTS.items() if kind in kinds)


def _so_many(number: int, sort: str) -> str:
    """``2 runs a week``, ``no strength sessions``."""
    one, more = NAMES[sort]
    return f"{number} {one if number == 1 else more} a week" if number else f"no {more}"
