"""What would do where a goal is out of reach: each is solved, and only what does it is offered.

Only the runner's own lines are changed, never a safety limit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from planner.demands import (
    Demand,
    most_runs,
    most_weeks_later,
    with_minutes,
    with_runs,
)
from planner.plan import Frozen, hundredths
from planner.profile import Runner
from planner.profile_values import DAY_MINUTES
from planner.reaching import MORE_WEEKS, Asking

STEP_MINUTES = 15
"""Minutes on a day are offered in steps of a quarter of an hour."""

WITH_A_DAY = ("race", "run_time")
"""Goals that are reached on a day; the others are kept up."""

WEEKDAYS_IN_FULL = (
    "Mondays",
    "Tuesdays",
    "Wednesdays",
    "Thursdays",
    "Fridays",
    "Saturdays",
    "Sundays",
)


class Offer(Frozen):
    """Something that would do, in a few words, and the lines of her file that it changes."""

    said: str
    lines: tuple[str, ...]


class GoalDay(Frozen):
    """A day by which the goal is in reach. ``earliest``: the week before is too soon for certain."""

    on: date
    earliest: bool


@dataclass(frozen=True)
class Offers:
    """``alone``: by demand, what changing it alone would have to be.

    ``day``: of the goal, where the date alone does it.
    """

    told: tuple[Offer, ...] = ()
    alone: Mapping[str, str] = field(default_factory=dict)
    day: GoalDay | None = None


@dataclass(frozen=True)
class _Change:
    """A line changed as little as does it. ``note``: what else is known of it, alone."""

    said: str
    line: str
    runner: Runner
    note: str = ""
    day: GoalDay | None = None


def offers_for(asking: Asking, conflict: Sequence[Demand]) -> Offers:
    """What would do. A line outside of the conflict can't do it alone, so it is not tried alone.

    Where no single line does it, a few of them together are looked for.
    """
    changes = {}
    for demand in conflict:
        if demand.is_hers:
            change = _least_change(asking, demand, asking.runner, ())
            if change is not None:
                changes[demand.key] = change
    if changes:
        alone = {key: one.said + one.note for key, one in changes.items()}
        told = tuple(
            Offer(said=_sentence(alone[key]), lines=(one.line,)) for key, one in changes.items()
        )
        later = changes.get("later")
        return Offers(told, alone, later.day if later else None)
    together = _together(asking)
    return Offers((together,) if together else ())


def _sentence(said: str) -> str:
    return f"{said[0].upper()}{said[1:]}."


def _together(asking: Asking) -> Offer | None:
    """As few lines as possible that do it together, with one example of what they could be.

    Less of one may do with more of another, so none of it is the earliest or the least.
    """
    needed = _needed_together(asking)
    runner, changes = asking.runner, []
    # The date first, with all the rest as free as can be.
    for place, demand in enumerate(reversed(needed), start=1):
        freed = [one.key for one in needed[: len(needed) - place]]
        change = _least_change(asking, demand, runner, freed)
        if change is None:
            return None
        changes.append(change)
        runner = change.runner
    if not changes:
        return None
    lines = tuple(one.line for one in changes)
    if len(changes) == 1:
        return Offer(said=_sentence(changes[0].said), lines=lines)
    together = "both together" if len(changes) == 2 else "all together"
    said = " and ".join((", ".join(one.said for one in changes[:-1]), changes[-1].said))
    return Offer(said=_sentence(f"for example {said}, {together}"), lines=lines)


def _needed_together(asking: Asking) -> list[Demand]:
    """Lines that do it once all of them are given up, none of which can be left; empty for none."""
    hers = [one for one in asking.demands if one.is_hers]
    # No single line does it. These are the likeliest together: days, and the day with the most time.
    days = [one for one in hers if one.line in ("weeks", "later")]
    longest = [one for one in hers if one.line == "minutes"][-1:]
    for likely in (days, [*longest, *days]):
        if len(likely) == 2 and _does(asking, likely):
            return likely
    if not _does(asking, hers):
        return []
    needed = _fewer(asking, hers, [one for one in hers if one.line != "later"])
    return _fewer(asking, needed, [one for one in needed if one.line == "later"])


def _fewer(asking: Asking, given: Sequence[Demand], group: Sequence[Demand]) -> list[Demand]:
    """What is still given up without as much of a group as is not needed; by halves."""
    rest = [one for one in given if one not in group]
    if not group or _does(asking, rest):
        return rest
    if len(group) == 1:
        return list(given)
    middle = len(group) // 2
    return _fewer(asking, _fewer(asking, given, group[:middle]), group[middle:])


def _does(asking: Asking, given_up: Sequence[Demand]) -> bool:
    return asking.without([one.key for one in given_up]).reached is True


def _least_change(
    asking: Asking, demand: Demand, runner: Runner, freed: Sequence[str]
) -> _Change | None:
    """The smallest change of one line that does it, with other lines ``freed``; None where none does."""

    def does(changed: Runner) -> bool:
        return asking.without(freed, changed).reached is True

    if not asking.without([*freed, demand.key], runner).reached:
        return None
    match demand.line:
        case "later":
            return _later(asking, demand, runner, does, alone=not freed)
        case "minutes":
            return _more_minutes(asking, demand, runner, does)
        case "runs":
            return _more_runs(asking, demand, runner, does)
    said = "a plan up to the day of the goal"
    if demand.line == "away":
        said = f"time to train on the days away, {demand.key.partition(' ')[2]}"
    return _Change(said, demand.said, demand.on_runner(runner))


def _later(
    asking: Asking,
    demand: Demand,
    runner: Runner,
    does: Callable[[Runner], bool],
    *,
    alone: bool,
) -> _Change | None:
    """The first week that does it, where the date is changed alone; else one that does, roughly."""

    def put_off(weeks: int) -> Runner:
        return asking.put_off(runner, weeks)

    guess = asking.guess_weeks(runner)
    most = min(most_weeks_later(asking.request), guess + MORE_WEEKS)
    # Each date is a long question, and an example need not be the first that does.
    weeks = first_that_does(lambda n: does(put_off(n)), 1, most, guess, roughly=not alone)
    if weeks is None:
        return None
    changed = put_off(weeks)
    day = _goal_day(asking, changed, put_off(weeks - 1)) if alone else None
    on = changed.goal.on
    if on is None:
        return _Change(f"a plan of {changed.plan.weeks} weeks", demand.said, changed, day=day)
    said = f"{'a race' if changed.goal.kind == 'race' else 'a goal'} on {on.day} {on:%b %Y}"
    note = ""
    if day is not None:
        note = ", the earliest, tried week by week" if day.earliest else ": by then at the latest"
    return _Change(said, demand.said, changed, note, day)


def _more_minutes(
    asking: Asking, demand: Demand, runner: Runner, does: Callable[[Runner], bool]
) -> _Change | None:
    """The fewest minutes that do it, on the first weekday on which any do."""
    asked = asking.request.goal.asked_hundredths
    for weekday in demand.weekdays:
        if not does(with_minutes(runner, weekday, DAY_MINUTES)):
            continue
        steps = first_that_does(
            partial(_does_with_steps, runner, weekday, does),
            runner.week.minutes.on(weekday) // STEP_MINUTES + 1,
            DAY_MINUTES // STEP_MINUTES,
            -(-asked // (100 * STEP_MINUTES)),
        )
        if steps is not None:
            minutes = steps * STEP_MINUTES
            said = f"{minutes} minutes on {WEEKDAYS_IN_FULL[weekday]}"
            return _Change(said, demand.said, with_minutes(runner, weekday, minutes))
    return None


def _does_with_steps(
    runner: Runner, weekday: int, does: Callable[[Runner], bool], steps: int
) -> bool:
    return does(with_minutes(runner, weekday, steps * STEP_MINUTES))


def _more_runs(
    asking: Asking, demand: Demand, runner: Runner, does: Callable[[Runner], bool]
) -> _Change | None:
    first = runner.week.runs + 1
    most = most_runs(asking.request)
    runs = first_that_does(lambda n: does(with_runs(runner, n)), first, most, first)
    if runs is None:
        return None
    return _Change(f"{runs} runs a week", demand.said, with_runs(runner, runs))


def first_that_does(
    does: Callable[[int], bool], low: int, high: int, guess: int, *, roughly: bool = False
) -> int | None:
    """The first number from ``low`` to ``high`` that does it, the one below not; None for none.

    The search begins at a guess and goes on in growing steps; ``roughly``: then it is over.
    """
    if low > high:
        return None
    at, step = min(max(guess, low), high), 1
    if does(at):
        good = at
        while good > low and does(good - min(step, good - low)):
            good -= min(step, good - low)
            step *= 2
        bad = max(good - step, low - 1)
    else:
        bad = at
        while bad < high and not does(bad + min(step, high - bad)):
            bad += min(step, high - bad)
            step *= 2
        if bad >= high:
            return None
        good = bad + min(step, high - bad)
    while good - bad > 1 and not roughly:
        middle = (good + bad) // 2
        good, bad = (middle, bad) if does(middle) else (good, middle)
    return good


def earliest_day(asking: Asking) -> GoalDay | None:
    """The earliest day found, week by week, by which a goal that is in reach can be reached.

    None for a goal that has no day to come to.
    """
    goal = asking.request.goal.kind
    if goal not in WITH_A_DAY:
        return None

    def does(weeks: int) -> bool:
        return (
            weeks == 0 or asking.without((), asking.put_off(asking.runner, weeks)).reached is True
        )

    first = 1 - asking.weeks
    guess = asking.guess_weeks(asking.runner, first)
    weeks = first_that_does(does, first, 0, guess) or 0
    before = asking.put_off(asking.runner, weeks - 1) if weeks > first else None
    return _goal_day(asking, asking.put_off(asking.runner, weeks), before)


def _goal_day(asking: Asking, runner: Runner, before: Runner | None) -> GoalDay | None:
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
