"""What would do where a goal is out of reach: each is solved, and only what does it is offered.

Only the runner's own lines are changed, never a safety limit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from planner.demands import (
    Demand,
    most_runs,
    most_weeks_later,
    weeks_in,
    with_minutes,
    with_runs,
    with_walks,
)
from planner.first_that import first_by_halves
from planner.goal_day import GoalDay, goal_day, weeks_that_do
from planner.more_minutes import STEP_MINUTES, fewest_steps, likeliest_days
from planner.plan import Frozen
from planner.profile import Runner
from planner.reaching import Asking
from planner.request import DAYS_IN_WEEK
from planner.table import long_date

MORE_RUNS = 2
"""How many more runs a week are tried."""

MARGIN_WEEKS = 3
"""How much later than need be a day is taken where other lines are to change with it."""

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
    """Something that would do, in a few words, and the lines of her file that it changes.

    ``minutes``: of running that are reached, where those are not all that she asked for.
    """

    said: str
    lines: tuple[str, ...]
    minutes: float | None = None


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
    changes = _changes_alone(asking, conflict)
    alone = {key: one.said + one.note for key, one in changes.items()}
    told = [Offer(said=_sentence(alone[key]), lines=(one.line,)) for key, one in changes.items()]
    others = (_before_away(asking, conflict), None if changes else _together(asking))
    told += [one for one in others if one is not None]
    later = changes.get("later")
    return Offers(tuple(told), alone, later.day if later else None)


def _before_away(asking: Asking, conflict: Sequence[Demand]) -> Offer | None:
    """The day of the goal before the days away that stand in its way, where that does it."""
    on, spans = asking.runner.goal.on, [one.span for one in conflict if one.span is not None]
    if on is None or not spans or asking.plan_alone:
        return None
    first = min(span.first for span in spans)
    weeks = (on - first).days // DAYS_IN_WEEK + 1
    changed = asking.put_off(asking.runner, -weeks)
    if weeks < 1 or changed.goal.on is None or not asking.without((), changed).reached:
        return None
    said = f"{_goal_in_words(changed)} on {long_date(changed.goal.on)}, before you are away"
    return Offer(said=_sentence(said), lines=(f"[goal] on = {on}",))


def _goal_in_words(runner: Runner) -> str:
    return "a race" if runner.goal.kind == "race" else "a goal"


def _changes_alone(asking: Asking, conflict: Sequence[Demand]) -> dict[str, _Change]:
    """Each line of a conflict changed as little as does it; of more minutes on a day one is enough.

    Of the minutes the days with the most time are tried first; more weeks for a goal that has no day
    come last, as they take the longest to try.
    """
    found = {}
    has_minutes = False
    has_day = asking.runner.goal.on is not None
    last = [one for one in conflict if one.line == "later" and not has_day]
    # What is beside the runs first, where their days are what it is about.
    first = [one for one in conflict if one.line == "beside" and not asking.is_beyond(())]
    # Then those of which one question tells.
    first += [one for one in conflict if one.line in ("away", "weeks", "walks")]
    between = [one for one in reversed(conflict) if one not in (*first, *last)]
    for demand in (*first, *between, *last):
        if demand.is_hers and not (demand.line == "minutes" and has_minutes):
            change = _least_change(asking, demand, asking.runner, ())
            if change is not None:
                found[demand.key] = change
                has_minutes = has_minutes or demand.line == "minutes"
    return {one.key: found[one.key] for one in conflict if one.key in found}


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

    # More runs a week may be too many: each number is tried by itself.
    if demand.line != "runs" and not asking.without([*freed, demand.key], runner).reached:
        return None
    match demand.line:
        case "later":
            return _later(asking, demand, runner, freed)
        case "minutes":
            return _more_minutes(asking, demand, runner, freed, does)
        case "runs":
            return _other_runs(asking, demand, runner, does)
        case "walks":
            return _Change("1 walk a week", demand.said, demand.on_runner(runner))
        case "beside":
            return _fewer_walks(demand, runner, does)
    changed = demand.on_runner(runner)
    if demand.line == "away":
        said = f"time to train on the days away, {demand.key.partition(' ')[2]}"
        return _Change(said, demand.said, changed)
    longer = asking.request_without(freed, changed)
    weeks = weeks_in(longer) if longer else 0
    return _Change(f"a plan of {weeks} weeks, up to the day of the goal", demand.said, changed)


def _later(asking: Asking, demand: Demand, runner: Runner, freed: Sequence[str]) -> _Change | None:
    """The first week that does it, where the date is changed alone; else one that does, roughly."""
    alone = not freed
    # An example need not be the first that does.
    weeks = weeks_that_do(asking, runner, freed, roughly=not alone)
    if weeks is None:
        return None
    if not alone:
        # On the first such day all the rest would have to be as free as can be.
        weeks = min(weeks + MARGIN_WEEKS, most_weeks_later(asking.request))
    changed = asking.put_off(runner, weeks)
    day = goal_day(asking, changed, asking.put_off(runner, weeks - 1)) if alone else None
    on = changed.goal.on
    if on is None:
        return _Change(f"a plan of {changed.plan.weeks} weeks", demand.said, changed, day=day)
    said = f"{_goal_in_words(changed)} on {long_date(on)}"
    return _Change(said, demand.said, changed, _note(asking, day), day)


def _note(asking: Asking, day: GoalDay | None) -> str:
    """How early a day is. Before days away an earlier one than was asked for may do as well."""
    if day is None:
        return ""
    if not day.earliest:
        return ": by then at the latest"
    first = "the first later one" if asking.runner.away else "the earliest"
    return f", {first}, tried week by week"


def _more_minutes(
    asking: Asking,
    demand: Demand,
    runner: Runner,
    freed: Sequence[str],
    does: Callable[[Runner], bool],
) -> _Change | None:
    """The fewest minutes that do it, on the first of the likeliest weekdays on which any do."""
    for weekday in likeliest_days(asking, demand, runner, freed):
        steps = fewest_steps(asking, runner, weekday, freed, does)
        if steps is not None:
            minutes = steps * STEP_MINUTES
            said = f"{minutes} minutes on {WEEKDAYS_IN_FULL[weekday]}"
            return _Change(said, demand.said, with_minutes(runner, weekday, minutes))
    return None


def _other_runs(
    asking: Asking, demand: Demand, runner: Runner, does: Callable[[Runner], bool]
) -> _Change | None:
    first = runner.week.runs + 1
    most = most_runs(asking.request)
    more = range(first, min(first + MORE_RUNS, most + 1))
    # Fewer leave each of them more room, on the way up the ladder for example.
    numbers = (*more, *[runner.week.runs - 1] * (runner.week.runs > 1))
    runs = next((runs for runs in numbers if does(with_runs(runner, runs))), None)
    if runs is None:
        return None
    return _Change(
        f"{runs} run{'' if runs == 1 else 's'} a week", demand.said, with_runs(runner, runs)
    )


def _fewer_walks(demand: Demand, runner: Runner, does: Callable[[Runner], bool]) -> _Change | None:
    """The most walks that leave room for the goal; strength and mobility help, so they stay.

    Where no walk at all does not do it, no number of them is tried.
    """
    asked = runner.week.walks
    if not asked or not does(with_walks(runner, 0)):
        return None
    fewer = first_by_halves(lambda gone: does(with_walks(runner, asked - gone)), 1, asked)
    walks = asked - fewer
    said = f"{walks or 'no'} walk{'' if walks == 1 else 's'} a week"
    return _Change(said, demand.said, with_walks(runner, walks))
