"""After how many weeks more a goal is likely to be in reach: it is long to ask about each week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.demands import most_weeks_later
from planner.first_that import first_by_halves
from planner.profile import Runner

if TYPE_CHECKING:
    from planner.reaching import Asking

GUESS_PERCENT = 90
"""A race needs runs of about so much of it before: good enough for a first guess at its date."""

MORE_WEEKS = 6
"""How many weeks beyond the smooth way's the last but one lies."""

EARLY_PART = 6
"""The first guess: after this part of the time from the first week not beyond any plan to that one."""


def likely_weeks(asking: Asking, runner: Runner, first: int = 1) -> tuple[int, ...]:
    """Some numbers of weeks more, likeliest first, the last as many as can be.

    The smooth way comes to the goal late, or never; before it are weeks that lie beyond any plan. The
    first to try lies between.
    """
    most = most_weeks_later(asking.request)

    def is_smooth(weeks: int) -> bool:
        return _is_smooth(asking, asking.put_off(runner, weeks))

    def is_open(weeks: int) -> bool:
        return not asking.is_beyond((), asking.put_off(runner, weeks))

    late = first_by_halves(is_smooth, first, most)
    early = first_by_halves(is_open, first, late)
    between = early + (late - early) // EARLY_PART
    return tuple(dict.fromkeys((between, late, min(late + MORE_WEEKS, most), most)))


def _is_smooth(asking: Asking, runner: Runner) -> bool:
    request = asking.request_without((), runner)
    if request is None:
        return False
    longest = max(max(w.long_minutes, w.easy_minutes) for w in request.week_wishes)
    share = GUESS_PERCENT if request.goal.kind == "race" else 100
    return longest * 10_000 >= request.goal.asked_hundredths * share
