"""Where the search for minutes begins: at the smooth way to the goal."""

from __future__ import annotations

from collections.abc import Mapping

from planner.doses import Doses
from planner.each_run import EachRun
from planner.fitting import Fitted, PlacedRuns
from planner.plan import Kind


def placed_runs(doses: Doses) -> PlacedRuns:
    """The runs that are placed, with the lengths that the smooth way has for them."""
    wishes = doses.request.week_wishes
    lengths = {}
    for (week, long), (_, most) in doses.lengths.items():
        # A long run of the plan before stays one where the smooth way has none.
        wish = (long and wishes[week].long_minutes) or wishes[week].easy_minutes
        lengths[week, long] = min(max(wish, doses.least), most)
    kinds = {day: kind for day in doses.run_days if (kind := doses.kind(day)) is not None}
    return PlacedRuns(
        kinds=kinds,
        rooms={day: doses.room(day) for day in kinds},
        ladders={day: doses.ladder(day) for day in kinds},
        wishes=lengths,
    )


def hint(doses: Doses, fitted: Fitted | None = None) -> None:
    """Start the search from the smooth way to the goal, as far as each day has time for it.

    ``fitted``: the same as far as the limits on growth allow.
    """
    wishes = doses.request.week_wishes
    hinted = fitted.lengths if fitted else placed_runs(doses).wishes
    for length, (variable, _) in doses.lengths.items():
        doses.model.add_hint(variable, hinted[length])
    runs = {
        day: hinted.get((doses.request.week_of(day), doses.kind(day) is Kind.LONG_RUN), 0)
        for day in doses.walks
    }
    _hint_walks(doses, runs)
    hard = _hard_that_fits(doses, fitted) if fitted else {}
    for day, variable in doses.hard_minutes.items():
        week = doses.request.week_of(day)
        doses.model.add_hint(variable, hard.get(week, wishes[week].hard_minutes))


def hint_each(doses: Doses, each: EachRun) -> None:
    """Start the search from runs that have each a length of its own, without hard minutes."""
    run_minutes = each.minutes
    for day, stage in each.stages.items():
        doses.model.add_hint(doses.stage(day), stage)
    for day, variable in doses.own_lengths.items():
        doses.model.add_hint(variable, min(run_minutes[day], max(doses.room(day), 1)))
    for (week, long), (variable, most) in doses.lengths.items():
        longest = max(
            minutes
            for day, minutes in run_minutes.items()
            if doses.request.week_of(day) == week and (doses.kind(day) is Kind.LONG_RUN) is long
        )
        doses.model.add_hint(variable, min(max(longest, doses.least), most))
    _hint_walks(doses, run_minutes)
    for variable in doses.hard_minutes.values():
        doses.model.add_hint(variable, 0)


def _hint_walks(doses: Doses, run_minutes: Mapping[int, int]) -> None:
    """Each walk as long as its day leaves room for beside the run."""
    for day, variable in doses.walks.items():
        if isinstance(variable, int):
            continue
        left = doses.request.available_minutes[day] - doses.support_minutes(day)
        walk = left - min(run_minutes.get(day, 0), doses.room(day))
        doses.model.add_hint(variable, min(max(walk, 0), doses.most_walk(day)))


def _hard_that_fits(doses: Doses, fitted: Fitted) -> dict[int, int]:
    """Hard minutes by week: none that a run is too short for, or that grow with the running."""
    hard: dict[int, int] = {}
    for day in doses.hard_minutes:
        week = doses.request.week_of(day)
        before = hard.get(week - 1, 0)
        wish = doses.request.week_wishes[week].hard_minutes
        minutes = min(fitted.lengths[week, False], doses.room(day))
        rises = fitted.week_run[week] > fitted.week_run[week - 1]
        hard[week] = max(
            (
                step.hard_minutes
                for step in doses.request.hard_steps
                if step.hard_minutes <= (min(wish, before) if rises else wish)
                and step.run_minutes <= minutes
            ),
            default=0,
        )
    return hard
