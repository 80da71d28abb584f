"""More minutes on a weekday: which days are worth a try, and the fewest minutes that do it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from planner.demands import Demand, with_minutes
from planner.first_that import first_by_halves, first_that_does
from planner.plan import HUNDREDTHS
from planner.profile import Runner
from planner.profile_values import DAY_MINUTES, WEEKDAYS
from planner.reaching import Asking
from planner.stages import Found

STEP_MINUTES = 15
"""Minutes on a day are offered in steps of a quarter of an hour."""


def likeliest_days(
    asking: Asking, demand: Demand, runner: Runner, freed: Sequence[str]
) -> list[int]:
    """The weekdays on which more minutes are tried: her day for long runs, and the one that may help

    the most.
    """

    def to_spare(weekday: int) -> int:
        return asking.most_to_spare(freed, with_minutes(runner, weekday, DAY_MINUTES))

    liked = [day for day in demand.weekdays if WEEKDAYS[day] == runner.week.long_run]
    return list(dict.fromkeys((*liked, max(demand.weekdays, key=to_spare))))


def fewest_steps(
    asking: Asking,
    runner: Runner,
    weekday: int,
    freed: Sequence[str],
    does: Callable[[Runner], bool],
) -> int | None:
    """The fewest steps of minutes that do it on a weekday; as an example, among other changes, some

    that do it. The search begins where some plan might, or with what a whole free day was used for.
    """
    roughly = bool(freed) or runner is not asking.runner

    def given(steps: int) -> Runner:
        return with_minutes(runner, weekday, steps * STEP_MINUTES)

    low, high = runner.week.minutes.on(weekday) // STEP_MINUTES + 1, DAY_MINUTES // STEP_MINUTES
    if asking.is_beyond(freed, given(high)):
        return None
    whole_day = asking.without(freed, given(high)).found
    if whole_day is None:
        return None
    first = first_by_halves(lambda steps: not asking.is_beyond(freed, given(steps)), low, high)
    used = -(-_longest_run_minutes(whole_day, weekday) // STEP_MINUTES)
    guess = max(first, used) if roughly else first
    found = first_that_does(lambda steps: does(given(steps)), first, high, guess, roughly=roughly)
    # Where the work allowed ran out on the way, a whole day is no offer.
    return None if found == high else found


def _longest_run_minutes(found: Found, weekday: int) -> int:
    """Whole minutes of the longest run on a weekday in what was found, but for a race."""
    request = found.request
    held = (
        dose.run_hundredths
        for day, dose in enumerate(found.doses)
        if request.weekday(day) == weekday and day != request.race_day
    )
    return -(-max(held, default=0) // HUNDREDTHS)
