"""Questions about minutes: whether the goal can be reached on the days that are placed, or any plan.

Quicker than ``planner.dosing``, which looks for the best minutes: many are asked in a row.
"""

from __future__ import annotations

from collections.abc import Sequence

from ortools.sat.python import cp_model

from planner.doses import Doses
from planner.dosing import (
    WORK_START,
    Dosed,
    as_doses,
    each_fastest,
    left_out,
    limits_growth,
    posted,
    short_of_goal,
)
from planner.fitting import lengths_that_fit
from planner.hinting import hint, placed_runs
from planner.ladders import is_settled
from planner.placing import Placement
from planner.request import Request
from planner.rule import Rule, Tier
from planner.solving import Goal, Infeasible, OutOfWork, Solved, completed, solve_tiers

WORK_QUESTION = 0.05
"""Work for the question whether the goal can be reached at all, of which many are asked in a row."""

WORK_LOOK = 0.01
"""Work for a first look at such a question; most answers that say no need no more."""

WORK_ON_LADDER = 0.4
"""Work for that question where stages of a ladder are chosen."""


def dose_to_goal(
    request: Request, placement: Placement, rules: Sequence[Rule], *, quick: bool = False
) -> Dosed:
    """Doses that reach the goal, no tier below it tried; Infeasible where none do, by the solver's word

    or by a bound that no plan on these days beats.

    A quicker question than ``dose``: first the way as fast as the limits on growth allow, then a short
    look whether any doses at all could reach it, then easy runs alike, then unlike. Where the limits
    leave no room for every placed run, some are left out as in ``dose``, and the goal may be missed.
    ``quick``: the short look may only tell that none do.
    """
    on_ladder = any(request.ladder_weeks)
    if on_ladder:
        found = _each_as_fast_as_can_be(request, placement, rules)
        if found is not None:
            return found
    model, doses, costs = posted(request, placement, rules, alike=True, worthwhile=True)
    goal = Goal(Tier.GOAL.value, cp_model.LinearExpr.sum(costs[Tier.GOAL]))
    ramp = Goal(Tier.RAMP.value, cp_model.LinearExpr.sum(costs[Tier.RAMP]))
    start = _fastest(doses, goal, ramp, rules)
    if start is not None and start.values.of(goal.cost) == 0:
        fast = as_doses(doses, _asked(model, [goal], WORK_QUESTION, start))
        if _is_settled(request, placement, fast):
            return fast
    if (
        start is not None
        and on_ladder
        and not _is_settled(request, placement, as_doses(doses, start))
    ):
        # More weeks on the ladder come first: what can be reached without them is of no use.
        return as_doses(doses, start)
    if start is not None and short_of_goal(request, placed_runs(doses), rules, alike=False):
        return Infeasible(start.work)
    found = None if on_ladder else _each_as_fast_as_can_be(request, placement, rules)
    if found is not None:
        return found
    unlike, reached, smooth, any_doses = _must_reach(request, placement, rules)
    looked = as_doses(any_doses, _asked(unlike, [reached], WORK_LOOK))
    if isinstance(looked, Infeasible):
        if start is not None or (not quick and _holds(request, placement, rules)):
            return looked
        return OutOfWork(looked.work) if quick else _some_left_out(request, placement, rules)
    if quick:
        return OutOfWork(looked[1].work if isinstance(looked, tuple) else looked.work)
    if _is_settled(request, placement, looked):
        return looked
    alike = _asked(model, [goal], WORK_ON_LADDER if on_ladder else WORK_QUESTION, start)
    if isinstance(alike, Solved) and alike.tiers[0].cost == 0:
        if on_ladder and not _is_settled(request, placement, as_doses(doses, alike)):
            alike = _asked(model, [goal, ramp], WORK_ON_LADDER, alike)
        return as_doses(doses, alike)
    unlike, reached, smooth, any_doses = _must_reach(request, placement, rules)
    goals = [reached, smooth] if on_ladder else [reached]
    return as_doses(any_doses, _asked(unlike, goals, WORK_QUESTION))


def _each_as_fast_as_can_be(
    request: Request, placement: Placement, rules: Sequence[Rule]
) -> Dosed | None:
    """Doses that reach the goal with a length for each run, as fast as can be; None where not."""
    model, reached, smooth, doses = _must_reach(request, placement, rules)
    start = each_fastest(doses, [reached, smooth], rules)
    if start is None:
        return None
    found = as_doses(doses, _asked(model, [reached], WORK_QUESTION, start))
    return found if _is_settled(request, placement, found) else None


def _is_settled(request: Request, placement: Placement, found: Dosed) -> bool:
    """Whether these are doses, and ones that need no more weeks on the run/walk ladder."""
    if not isinstance(found, tuple):
        return False
    return is_settled(request, placement, found[0])


def _fastest(doses: Doses, goal: Goal, ramp: Goal, rules: Sequence[Rule]) -> Solved | None:
    """The smooth way or the one as fast as the limits on growth allow, whichever reaches the goal;

    else one that holds, None where neither does.
    """
    held = None
    kept = {rule.name for rule in rules}
    for fast in (limits_growth(rules), not limits_growth(rules)):
        doses.model.clear_hints()  # type: ignore[no-untyped-call]
        fitted = lengths_that_fit(doses.request, placed_runs(doses), fast=fast, kept=kept)
        hint(doses, fitted)
        # Without the stages of a ladder the rest does not follow, and a search for them takes long.
        for day, stage in fitted.stages.items():
            doses.model.add_hint(doses.stage(day), stage)
        start = completed(doses.model, [goal, ramp], WORK_START)
        if start is not None and start.values.of(goal.cost) == 0:
            return start
        held = held or start
    return held


def _holds(request: Request, placement: Placement, rules: Sequence[Rule]) -> bool:
    """Whether the limits leave room for every placed run, as far as the work allowed tells."""
    whole, _, _ = posted(request, placement, rules, alike=False)
    return not isinstance(_asked(whole, [], WORK_QUESTION), Infeasible)


def _must_reach(
    request: Request, placement: Placement, rules: Sequence[Rule]
) -> tuple[cp_model.CpModel, Goal, Goal, Doses]:
    model, doses, costs = posted(request, placement, rules, alike=False)
    short, ramp = (cp_model.LinearExpr.sum(costs[tier]) for tier in (Tier.GOAL, Tier.RAMP))
    model.add(short == 0)
    return model, Goal(Tier.GOAL.value, short), Goal(Tier.RAMP.value, ramp), doses


def _some_left_out(request: Request, placement: Placement, rules: Sequence[Rule]) -> Dosed:
    """Doses with as few runs left out as the limits ask for, and the goal after that."""
    model, doses, costs = posted(request, placement, rules, alike=True, may_drop=True)
    hint(doses)
    goal = Goal(Tier.GOAL.value, cp_model.LinearExpr.sum(costs[Tier.GOAL]))
    return as_doses(doses, _asked(model, [Goal("left-out", left_out(doses)), goal], WORK_QUESTION))


def dose_at_all(request: Request, placement: Placement, rules: Sequence[Rule]) -> Dosed:
    """Any doses that keep every limit, runs left out where need be."""
    model, doses, _ = posted(request, placement, rules, alike=False, may_drop=True)
    return as_doses(doses, _asked(model, [Goal("left-out", left_out(doses))], WORK_QUESTION))


def _asked(
    model: cp_model.CpModel, goals: Sequence[Goal], work: float, start: Solved | None = None
) -> Solved | Infeasible | OutOfWork:
    return solve_tiers(
        model, goals, "dose", start=start, work_first=work, work_tier=work, work_confirm=work
    )
