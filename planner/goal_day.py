"""The first day by which a goal is in reach, found week by week."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from planner.demands import most_weeks_later
from planner.first_that import first_that_does
from planner.likely_weeks import likely_weeks
from planner.plan import HUNDREDTHS, Frozen, hundredths
from planner.profile import Runner
from planner.ramp import peak_minutes
from planner.reaching import Asking
from planner.request import DAYS_IN_WEEK
from planner.stages import Found

WITH_A_DAY = ("race", "run_time")
"""Goals that are reached on a day; the others are kept up."""


class GoalDay(Frozen):
    """A day by which the goal is in reach. ``earliest``: the week before is too soon for certain."""

    on: date
    earliest: bool


def weeks_that_do(
    asking: Asking, runner: Runner, freed: Collection[str], *, roughly: bool
) -> int | None:
    """After how many weeks more the goal is in reach, other lines ``freed``; None where it never is.

    ``roughly``: not the first such week for certain.
    """
    most = most_weeks_later(asking.request)
    return _weeks(asking, runner, freed, (1, most), roughly=roughly)


def earliest_day(asking: Asking) -> GoalDay | None:
    """The earliest day found, week by week, by which a goal that is in reach can be reached.

    For a goal without a day as if she had asked for one, in the plan as long as it is. None for a goal
    that has no day to come to.
    """
    if asking.request.goal.kind not in WITH_A_DAY:
        return None
    runner = _by_the_end(asking)
    first = 1 - asking.weeks
    weeks = _weeks(asking, runner, (), (first, 0)) or 0
    before = asking.put_off(runner, weeks - 1) if weeks > first else None
    return goal_day(asking, asking.put_off(runner, weeks), before)


def _by_the_end(asking: Asking) -> Runner:
    """The runner whose goal has a day: hers, else the last one of the plan."""
    runner, request = asking.runner, asking.request
    if runner.goal.on is not None:
        return runner
    last = request.date_of(request.days - 1)
    goal = runner.goal.model_copy(update={"on": last})
    plan = runner.plan.model_copy(update={"weeks": asking.weeks})
    return runner.model_copy(update={"goal": goal, "plan": plan})


def _weeks(
    asking: Asking,
    runner: Runner,
    freed: Collection[str],
    span: tuple[int, int],
    *,
    roughly: bool = False,
) -> int | None:
    """The first of these weeks that does it. Each is a long question, so the guess is a good one:

    a plan that reaches the goal tells by how much it could come earlier.
    """
    first, last = span

    def does(weeks: int) -> bool:
        return asking.without(freed, asking.put_off(runner, weeks)).reached is True

    free = asking.changed(frozenset(freed), runner)
    likely = [min(max(weeks, first), last) for weeks in likely_weeks(asking, free, first)]
    guess = likely[0]
    for weeks in likely:
        answer = asking.without(freed, asking.put_off(runner, weeks))
        if answer.reached and answer.found is not None:
            guess = max(weeks - _weeks_to_spare(answer.found), guess)
            # Known to do: where the work allowed ends before an earlier one is found, it is this one.
            last = weeks
            break
    return first_that_does(does, first, last, guess, roughly=roughly)


def _weeks_to_spare(found: Found) -> int:
    """Weeks from the first run that is long enough to the last day on which it is early enough."""
    request = found.request
    if request.goal.kind not in WITH_A_DAY:
        return 0
    enough = peak_minutes(request) * HUNDREDTHS
    last = request.goal_days[-1]
    while (
        last > 0
        and request.goal.kind == "race"
        and request.week_wishes[request.week_of(last)].taper
    ):
        last -= 1
    held = (day for day, dose in enumerate(found.doses) if dose.run_hundredths >= enough)
    return max(last - next(held, last), 0) // DAYS_IN_WEEK


def goal_day(asking: Asking, runner: Runner, before: Runner | None) -> GoalDay | None:
    """The goal's day. ``before``: the runner with a week less; None where there is no such week."""
    on = _day(asking, runner)
    if on is None:
        return None
    too_soon = before is None or asking.without((), before).reached is False
    return GoalDay(on=on, earliest=too_soon)


def _day(asking: Asking, runner: Runner) -> date | None:
    """The day of the goal; without one the first day on which a plan made for it comes to it."""
    if asking.request.goal.kind not in WITH_A_DAY:
        return None
    found = asking.without((), runner).found
    if runner.goal.on is not None or found is None:
        return runner.goal.on
    asked = asking.request.goal.asked_hundredths
    long_enough = (
        day.date
        for day in asking.plan_of(found).days
        for one in day.sessions
        if one.kind.is_run and hundredths(one.longest_bout_minutes) >= asked
    )
    return next(long_enough, None)
