"""Stage two: how many minutes each placed session holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ortools.sat.python import cp_model

from planner.doses import Dose, Doses
from planner.fitting import (
    BOUND_RESTS_ON,
    PlacedRuns,
    least_short,
    least_short_on_any_days,
    lengths_that_fit,
)
from planner.hinting import hint, placed_runs
from planner.ladders import ladder_weeks_after
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

WORK_UNLIKE = 0.6
"""Work for the question whether unlike easy runs would reach a goal that alike ones don't."""

WORK_QUESTION = 0.05
"""Work for the question whether the goal can be reached at all, of which many are asked in a row."""

WORK_LOOK = 0.01
"""Work for a first look at such a question; most answers that say no need no more."""

WORK_ON_LADDER = 0.4
"""The same where stages of a ladder are chosen."""

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


def dose_to_goal(request: Request, placement: Placement, rules: Sequence[Rule]) -> Dosed:
    """Doses that reach the goal, no tier below it tried; Infeasible where none do.

    A quicker question than ``dose``: first the way as fast as the limits on growth allow, then a short
    look whether any doses at all could reach it, then easy runs alike, then unlike. Where the limits
    leave no room for every placed run, some are left out as in ``dose``, and the goal may be missed.
    """
    model, doses, costs = _posted(request, placement, rules, alike=True, worthwhile=True)
    goal = Goal(Tier.GOAL.value, cp_model.LinearExpr.sum(costs[Tier.GOAL]))
    ramp = Goal(Tier.RAMP.value, cp_model.LinearExpr.sum(costs[Tier.RAMP]))
    start = _fastest(doses, goal, ramp, rules)
    if start is not None and start.values.of(goal.cost) == 0:
        fast = _solved(doses, _asked(model, [goal], WORK_QUESTION, start))
        if _is_settled(request, placement, fast):
            return fast
    on_ladder = any(request.ladder_weeks)
    if (
        start is not None
        and on_ladder
        and not _is_settled(request, placement, _solved(doses, start))
    ):
        # More weeks on the ladder come first: what can be reached without them is of no use.
        return _solved(doses, start)
    if start is not None and _least_short(request, placed_runs(doses), rules, alike=False):
        return Infeasible(start.work)
    unlike, reached, smooth, any_doses = _must_reach(request, placement, rules)
    found = _solved(any_doses, _asked(unlike, [reached], WORK_LOOK))
    if isinstance(found, Infeasible):
        if start is not None or _holds(request, placement, rules):
            return found
        return _some_left_out(request, placement, rules)
    if _is_settled(request, placement, found):
        return found
    alike = _asked(model, [goal], WORK_ON_LADDER if on_ladder else WORK_QUESTION, start)
    if isinstance(alike, Solved) and alike.tiers[0].cost == 0:
        if on_ladder and not _is_settled(request, placement, _solved(doses, alike)):
            alike = _asked(model, [goal, ramp], WORK_ON_LADDER, alike)
        return _solved(doses, alike)
    unlike, reached, smooth, any_doses = _must_reach(request, placement, rules)
    goals = [reached, smooth] if on_ladder else [reached]
    return _solved(any_doses, _asked(unlike, goals, WORK_QUESTION))


def _is_settled(request: Request, placement: Placement, found: Dosed) -> bool:
    """Whether these are doses, and ones that need no more weeks on the run/walk ladder."""
    if not isinstance(found, tuple):
        return False
    return ladder_weeks_after(request, placement, found[0]) == request.ladder_weeks


def _fastest(doses: Doses, goal: Goal, ramp: Goal, rules: Sequence[Rule]) -> Solved | None:
    """The smooth way or the one as fast as the limits on growth allow, whichever reaches the goal;

    else one that holds, None where neither does.
    """
    held = None
    kept = {rule.name for rule in rules}
    for fast in (_limits_growth(rules), not _limits_growth(rules)):
        doses.model.clear_hints()  # type: ignore[no-untyped-call]
        hint(doses, lengths_that_fit(doses.request, placed_runs(doses), fast=fast, kept=kept))
        # The stages of a ladder follow the smooth way.
        start = completed(doses.model, [goal, ramp])
        if start is not None and start.values.of(goal.cost) == 0:
            return start
        held = held or start
    return held


def _holds(request: Request, placement: Placement, rules: Sequence[Rule]) -> bool:
    """Whether the limits leave room for every placed run, as far as the work allowed tells."""
    whole, _, _ = _posted(request, placement, rules, alike=False)
    return not isinstance(_asked(whole, [], WORK_QUESTION), Infeasible)


def _must_reach(
    request: Request, placement: Placement, rules: Sequence[Rule]
) -> tuple[cp_model.CpModel, Goal, Goal, Doses]:
    model, doses, costs = _posted(request, placement, rules, alike=False)
    short, ramp = (cp_model.LinearExpr.sum(costs[tier]) for tier in (Tier.GOAL, Tier.RAMP))
    model.add(short == 0)
    return model, Goal(Tier.GOAL.value, short), Goal(Tier.RAMP.value, ramp), doses


def _some_left_out(request: Request, placement: Placement, rules: Sequence[Rule]) -> Dosed:
    """Doses with as few runs left out as the limits ask for, and the goal after that."""
    model, doses, costs = _posted(request, placement, rules, alike=True, may_drop=True)
    hint(doses)
    goal = Goal(Tier.GOAL.value, cp_model.LinearExpr.sum(costs[Tier.GOAL]))
    return _solved(doses, _asked(model, [Goal("left-out", _left_out(doses)), goal], WORK_QUESTION))


def dose_at_all(request: Request, placement: Placement, rules: Sequence[Rule]) -> Dosed:
    """Any doses that keep every limit, runs left out where need be."""
    model, doses, _ = _posted(request, placement, rules, alike=False, may_drop=True)
    return _solved(doses, _asked(model, [Goal("left-out", _left_out(doses))], WORK_QUESTION))


def _asked(
    model: cp_model.CpModel, goals: Sequence[Goal], work: float, start: Solved | None = None
) -> Solved | Infeasible | OutOfWork:
    return solve_tiers(
        model, goals, "dose", start=start, work_first=work, work_tier=work, work_confirm=work
    )


def _dose(
    request: Request,
    placement: Placement,
    rules: Sequence[Rule],
    *,
    worthwhile: bool = False,
    may_drop: bool = False,
) -> Dosed:
    """Easy runs alike where that reaches the goal; else as unlike as the goal needs."""
    model, doses, costs = _posted(
        request, placement, rules, alike=True, worthwhile=worthwhile, may_drop=may_drop
    )
    again = bool(request.before)
    runs = placed_runs(doses)
    hint(doses, lengths_that_fit(request, runs) if again else None)
    goals = _goals(request, costs, _least_short(request, runs, rules, alike=True))
    if may_drop:
        goals.insert(0, Goal("left-out", _left_out(doses)))
        return _solved(doses, solve_tiers(model, goals, "dose"))
    start = completed(model, goals)
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
    found = _solved(doses, solved)
    if isinstance(found, tuple) and found[1].tiers[0].cost > 0:
        bound = _least_short(request, runs, rules, alike=False)
        if request.before and request.restart is not None:
            # After a flare the goal is never squeezed: it may come later or smaller, and is told so.
            return _with_bound(found, bound)
        return (None if bound else _reached_unlike(request, placement, rules)) or found
    return found


def _least_short(request: Request, runs: PlacedRuns, rules: Sequence[Rule], *, alike: bool) -> int:
    """By how many hundredths of a minute the goal is out of reach on these days, whatever is run."""
    return least_short(request, runs, alike=alike) if _limits_growth(rules) else 0


def _limits_growth(rules: Sequence[Rule]) -> bool:
    """Whether all the limits are kept that make a bound of what can be reached."""
    return {rule.name for rule in rules}.issuperset(BOUND_RESTS_ON)


def is_out_of_reach(request: Request, rules: Sequence[Rule]) -> bool:
    """Whether the limits on growth alone forbid the goal, wherever the runs are placed.

    False says nothing: the other limits may forbid it.
    """
    return _limits_growth(rules) and least_short_on_any_days(request) > 0


def _with_bound(found: tuple[tuple[Dose, ...], Solved], bound: int) -> Dosed:
    """The same with an honest bound: unlike easy runs, which nobody tried, might come nearer."""
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
            cp_model.LinearExpr.sum(costs[tier]),
            bound=short if tier is Tier.GOAL else 0,
        )
        for tier in tiers
    ]


def _reached_unlike(request: Request, placement: Placement, rules: Sequence[Rule]) -> Dosed | None:
    """The goal reached with easy runs of unlike lengths, in as few weeks as can be; None if not.

    A goal counts as out of reach only when that fails too.
    """
    model, doses, costs = _posted(request, placement, rules, alike=False)
    model.add(cp_model.LinearExpr.sum(costs[Tier.GOAL]) == 0)
    unlike = doses.unlike_weeks()
    fewest = Goal("alike", cp_model.LinearExpr.sum(list(unlike.values())))
    second = solve_tiers(model, [fewest], "dose", work_first=WORK_UNLIKE)
    if not isinstance(second, Solved):
        return None
    for differs in unlike.values():
        model.add(differs == second.values.of(differs))
    goals = _goals(request, costs)
    third = solve_tiers(model, goals, "dose", start=second)
    if not isinstance(third, Solved):
        return None
    tiers = (third.tiers[0], *second.tiers, *third.tiers[1:])
    return _solved(doses, replace(third, tiers=tiers))


def _posted(
    request: Request,
    placement: Placement,
    rules: Sequence[Rule],
    *,
    alike: bool,
    worthwhile: bool = False,
    may_drop: bool = False,
) -> tuple[cp_model.CpModel, Doses, dict[Tier, list[Any]]]:
    model = cp_model.CpModel()
    doses = Doses(request, placement, model, alike=alike, worthwhile=worthwhile, may_drop=may_drop)
    return model, doses, post_all(request, rules, Stage.DOSE, doses, model)


def _solved(doses: Doses, found: Solved | Infeasible | OutOfWork) -> Dosed:
    return (doses.doses(found.values), found) if isinstance(found, Solved) else found


def _left_out(doses: Doses) -> Any:
    """How many placed runs hold no running."""
    held = []
    for day in doses.run_days:
        some = doses.model.new_bool_var("")
        doses.model.add(doses.run(day) >= some)
        held.append(1 - some)
    return cp_model.LinearExpr.sum(held)
