"""Stage two: how many minutes each placed session holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ortools.sat.python import cp_model

from planner.doses import Dose, Doses
from planner.each_run import each_run
from planner.farthest import farthest_hundredths
from planner.fitting import (
    BOUND_RESTS_ON,
    PlacedRuns,
    least_short,
    lengths_that_fit,
)
from planner.growth import NO_LIMIT
from planner.hinting import hint, hint_each, placed_runs
from planner.ladders import is_settled
from planner.placing import Placement, post_all
from planner.request import Request
from planner.rule import Rule, Stage, Tier
from planner.solving import (
    THOROUGH,
    WORK_FIRST,
    WORK_TIER,
    Goal,
    Infeasible,
    OutOfWork,
    Search,
    Solved,
    completed,
    solve_tiers,
)

WORK_FIRST_AGAIN = 0.5
WORK_AGAIN = 0.05
"""Work for each tier of a re-plan that begins near the old plan: a runner waits for it."""

AGAIN = Search(linearization=1, presolve_rounds=1)
"""A re-plan begins near its end: most of a longer presolve would be for nothing."""

WORK_START = 0.1
"""Work for a first way that holds."""

WORK_UNLIKE = 0.2
WORK_UNLIKE_LAST = 0.8
"""Work where unlike easy runs come nearer to a goal than alike ones: for their weeks, then each tier."""

Dosed = tuple[tuple[Dose, ...], Solved] | Infeasible | OutOfWork

TIERS = (Tier.GOAL, Tier.WALKING, Tier.RAMP)
AGAIN_TIERS = (Tier.GOAL, Tier.WALKING, Tier.MINUTES, Tier.RAMP)
"""Those of a re-plan, in order."""


def dose(request: Request, placement: Placement, rules: Sequence[Rule]) -> Dosed:
    """How much each placed session holds, by the tiers of stage two.

    A placed run is left out only where the limits leave nothing at all for it.
    """
    found = _dose(request, placement, rules, worthwhile=True)
    if isinstance(found, Infeasible):
        found = _dose(request, placement, rules)
    if isinstance(found, Infeasible):
        return _dose(request, placement, rules, may_drop=True)
    return found


def dose_quickly(request: Request, placement: Placement, rules: Sequence[Rule]) -> Dosed:
    """Doses near the goal without a search: easy runs alike, or unlike where those come nearer."""
    found: Dosed = Infeasible(0.0)
    short = NO_LIMIT
    for alike in (True, False):
        model, doses, costs = posted(request, placement, rules, alike=alike, worthwhile=not alike)
        goal = Goal(Tier.GOAL.value, _sum(costs[Tier.GOAL]))
        if alike:
            hint(doses, lengths_that_fit(request, placed_runs(doses), fast=True))
            start = completed(model, [goal], WORK_START)
        else:
            start = each_fastest(doses, [goal], rules)
        if start is None or start.values.of(goal.cost) >= short:
            continue
        short = start.values.of(goal.cost)
        enough = replace(goal, bound=NO_LIMIT)
        found = as_doses(doses, solve_tiers(model, [enough], "dose", start=start))
        if not short and isinstance(found, tuple) and is_settled(request, placement, found[0]):
            break
    return found


def _dose(
    request: Request,
    placement: Placement,
    rules: Sequence[Rule],
    *,
    worthwhile: bool = False,
    may_drop: bool = False,
) -> Dosed:
    """Easy runs alike where nothing comes nearer to the goal; else as unlike as that needs."""
    model, doses, costs = posted(
        request, placement, rules, alike=True, worthwhile=worthwhile, may_drop=may_drop
    )
    again = bool(request.before)
    runs = placed_runs(doses)
    hint(doses, lengths_that_fit(request, runs) if again else None)
    if may_drop:
        goals = [Goal("left-out", left_out(doses)), *_goals(request, costs)]
        return as_doses(doses, solve_tiers(model, goals, "dose"))
    goals = _goals(request, costs, short_of_goal(request, runs, rules, alike=True))
    start = completed(model, goals) or _stage_by_stage(doses, runs, goals)
    if (again and start is None) or (start and start.values.of(goals[0].cost) > goals[0].bound):
        start = _faster(doses, runs, goals, start)
    # On a re-plan no smooth way keeps every tier at its best: three searches are better than four.
    groups = (1, len(goals) - 1) if again else ()
    solved = solve_tiers(
        model,
        goals,
        "dose",
        at_once=groups,
        start=start,
        work_first=WORK_FIRST_AGAIN if again else WORK_FIRST,
        work_tier=WORK_AGAIN if again else WORK_TIER,
        search=AGAIN if again else THOROUGH,
    )
    found = as_doses(doses, solved)
    is_of_runs = request.goal.kind != "walking"
    if is_of_runs and isinstance(found, tuple) and found[1].tiers[0].cost > 0:
        bound = short_of_goal(request, runs, rules, alike=False)
        if request.before and request.restart is not None:
            # After a flare the goal is never squeezed: it may come later or smaller, and is told so.
            return _with_bound(found, bound)
        nearer = _nearer_unlike(request, placement, rules, found[1].tiers[0].cost, bound)
        if isinstance(nearer, Infeasible):
            return found
        return nearer if isinstance(nearer, tuple) else _with_bound(found, bound)
    return found


def _stage_by_stage(doses: Doses, runs: PlacedRuns, goals: Sequence[Goal]) -> Solved | None:
    """The smooth way with the stages of its run/walks told; None where that does not hold.

    Many weeks of them leave a search too much to choose.
    """
    stages = lengths_that_fit(doses.request, runs).stages
    for day, stage in stages.items():
        doses.model.add_hint(doses.stage(day), stage)
    return completed(doses.model, goals) if stages else None


def short_of_goal(request: Request, runs: PlacedRuns, rules: Sequence[Rule], *, alike: bool) -> int:
    """By how many hundredths of a minute the goal is out of reach on these days, whatever is run.

    ``alike``: where the easy runs of a week have one length.
    """
    if request.goal.kind == "walking":
        return 0
    kept = [rule.name for rule in rules]
    short = request.goal_hundredths_in_plan - farthest_hundredths(request, kept, placed=runs)
    if alike and limits_growth(rules):
        short = max(short, least_short(request, runs))
    return max(short, 0)


def short_at_least(request: Request, placement: Placement, rules: Sequence[Rule]) -> int:
    """The same for a placement of whose minutes nothing is known yet."""
    _, doses, _ = posted(request, placement, rules, alike=False)
    return short_of_goal(request, placed_runs(doses), rules, alike=False)


def limits_growth(rules: Sequence[Rule]) -> bool:
    """Whether all the limits are kept that make a bound of what can be reached."""
    return {rule.name for rule in rules}.issuperset(BOUND_RESTS_ON)


def _with_bound(found: tuple[tuple[Dose, ...], Solved], bound: int) -> Dosed:
    """The same with an honest bound: other unlike easy runs might come nearer."""
    doses, solved = found
    goal = solved.tiers[0]
    bound = min(goal.bound, bound)
    told = goal.model_copy(update={"bound": bound, "proven": bound >= goal.cost})
    return doses, replace(solved, tiers=(told, *solved.tiers[1:]))


def _faster(
    doses: Doses, runs: PlacedRuns, goals: Sequence[Goal], smooth: Solved | None
) -> Solved | None:
    """The start that comes nearest to the goal: the smooth way, or one as fast as the limits allow."""
    doses.model.clear_hints()  # type: ignore[no-untyped-call]
    hint(doses, lengths_that_fit(doses.request, runs, fast=True))
    fast = completed(doses.model, goals)
    short = goals[0].cost
    if smooth and (fast is None or fast.values.of(short) >= smooth.values.of(short)):
        return smooth
    return fast


def _goals(request: Request, costs: Mapping[Tier, list[Any]], short: int = 0) -> list[Goal]:
    """``short``: hundredths of a minute by which the goal is out of reach anyway."""
    tiers = AGAIN_TIERS if request.before else TIERS
    return [
        Goal(
            tier.value,
            _sum(costs[tier]),
            bound=short if tier is Tier.GOAL else 0,
        )
        for tier in tiers
    ]


def _nearer_unlike(
    request: Request, placement: Placement, rules: Sequence[Rule], short: int, bound: int
) -> Dosed:
    """Nearer to the goal with easy runs of unlike lengths, in as few weeks as can be.

    ``short``: hundredths of a minute missing with alike ones; ``bound``: with whatever is run. A goal
    counts as out of reach only when the solver doesn't get there either. For a goal that stays out of
    reach no run is made too short to be worth its day.
    """
    if bound >= short:
        return Infeasible(0.0)
    most = _fastest_short(request, placement, rules, short)
    if not bound and most:
        for worthwhile in (True, False):
            reached = _unlike(request, placement, rules, 0, worthwhile=worthwhile)
            if isinstance(reached, tuple):
                return reached
    return _unlike(request, placement, rules, min(most, short - 1), bound)


def _fastest_short(
    request: Request, placement: Placement, rules: Sequence[Rule], short: int
) -> int:
    """What is missing with each run as fast as can be, or ``short`` where that does not hold."""
    _, doses, costs = posted(request, placement, rules, alike=False, worthwhile=True)
    missing = _sum(costs[Tier.GOAL])
    near = each_fastest(doses, [Goal(Tier.GOAL.value, missing)], rules)
    return near.values.of(missing) if near is not None else short


def _unlike(
    request: Request,
    placement: Placement,
    rules: Sequence[Rule],
    short: int,
    bound: int = 0,
    *,
    worthwhile: bool = True,
) -> Dosed:
    """Doses with no more than ``short`` missing, unlike in as few weeks as can be.

    ``bound``: what is missing of the goal anyway.
    """
    model, doses, costs = posted(request, placement, rules, alike=False, worthwhile=worthwhile)
    missing = Goal(Tier.GOAL.value, _sum(costs[Tier.GOAL]), bound=bound)
    model.add(missing.cost <= short)
    unlike = doses.unlike_weeks()
    fewest = Goal("alike", _sum(list(unlike.values())))
    start = each_fastest(doses, [missing, fewest], rules)
    first = solve_tiers(
        model,
        [missing, fewest],
        "dose",
        start=start,
        work_first=WORK_UNLIKE,
        work_tier=WORK_UNLIKE,
    )
    if not isinstance(first, Solved):
        return first
    for differs in unlike.values():
        model.add(differs == first.values.of(differs))
    rest = _goals(request, costs)[1:]
    last = solve_tiers(model, rest, "dose", start=first, work_tier=WORK_UNLIKE_LAST)
    if not isinstance(last, Solved):
        return last
    return as_doses(doses, replace(last, tiers=(*first.tiers, *last.tiers)))


def _sum(costs: list[Any]) -> Any:
    return cp_model.LinearExpr.sum(costs)


def each_fastest(doses: Doses, goals: Sequence[Goal], rules: Sequence[Rule]) -> Solved | None:
    """A start on which each run has a length of its own, as fast as the limits allow; None if not."""
    kept = [rule.name for rule in rules]
    doses.model.clear_hints()  # type: ignore[no-untyped-call]
    runs = placed_runs(doses)
    hint_each(doses, each_run(doses.request, runs, kept, doses.worthwhile))
    return completed(doses.model, goals, WORK_START)


def posted(
    request: Request,
    placement: Placement,
    rules: Sequence[Rule],
    *,
    alike: bool,
    worthwhile: bool = False,
    may_drop: bool = False,
) -> tuple[cp_model.CpModel, Doses, dict[Tier, list[Any]]]:
    """A model with every rule of stage two, its variables, and the costs by tier."""
    model = cp_model.CpModel()
    doses = Doses(request, placement, model, alike=alike, worthwhile=worthwhile, may_drop=may_drop)
    return model, doses, post_all(request, rules, Stage.DOSE, doses, model)


def as_doses(doses: Doses, found: Solved | Infeasible | OutOfWork) -> Dosed:
    """What each day holds where something was found, else the answer as it is."""
    return (doses.doses(found.values), found) if isinstance(found, Solved) else found


def left_out(doses: Doses) -> Any:
    """How many placed runs hold no running."""
    held = []
    for day in doses.run_days:
        some = doses.model.new_bool_var("")
        doses.model.add(doses.run(day) >= some)
        held.append(1 - some)
    return _sum(held)
