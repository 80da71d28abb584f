"""The only caller of CP-SAT: tiers in order, a budget of work, a proof for each.

The same model gives the same answer each time.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, Literal

from ortools.sat.python import cp_model

from planner.plan import TierResult

WORK_FIRST = 4.0
WORK_TIER = 2.0
WORK_AT_ONCE = 0.5
WORK_HINTED = 1.0
WORK_CONFIRM = 20.0
MOST_WEIGHT = 10**13
SEED = 1


@dataclass(frozen=True)
class Search:
    """How a search goes about; what is found is as good either way, the time it takes is not."""

    linearization: int = 2
    presolve_rounds: int | None = None
    probing: bool = True


THOROUGH = Search()
"""For a first plan, of which nothing is known yet."""


@dataclass(frozen=True)
class Goal:
    """One tier: minimise ``cost``; ``bound`` is a lower bound known beforehand."""

    name: str
    cost: Any
    bound: int = 0


class Values:
    """The values of a solution, by variable or expression."""

    def __init__(self, solver: cp_model.CpSolver, model: cp_model.CpModel) -> None:
        self._solver = solver
        # A copy of the model may have variables of its own after those of the model.
        self.by_index = tuple(solver.response_proto.solution)[: len(model.proto.variables)]
        self.model = model

    def of(self, expression: Any) -> int:
        """The value of a variable or linear expression."""
        return expression if isinstance(expression, int) else int(self._solver.value(expression))


@dataclass(frozen=True)
class Solved:
    """The best plan found, with what each tier came to."""

    values: Values
    tiers: tuple[TierResult, ...]
    work: float
    seconds: float


@dataclass(frozen=True)
class Infeasible:
    """Nothing keeps every constraint: confirmed without presolve, or known from a bound."""

    work: float


@dataclass(frozen=True)
class OutOfWork:
    """The budget ran out before any answer."""

    work: float


def solver_version() -> str:
    """The version of OR-Tools, which a plan carries."""
    return version("ortools")


def _solver(work: float, search: Search = THOROUGH, *, presolve: bool = True) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    # One worker and a limit of work, not of time: the same input gives the same plan.
    parameters.num_workers = 1
    parameters.random_seed = SEED
    parameters.linearization_level = search.linearization
    if search.presolve_rounds is not None:
        parameters.max_presolve_iterations = search.presolve_rounds
    if not search.probing:
        parameters.cp_model_probing_level = 0
    parameters.max_deterministic_time = work
    parameters.cp_model_presolve = presolve
    # Ctrl-C ends the command; it must not end a search early with a plan that is not the best.
    parameters.catch_sigint_signal = False
    return solver


def _status(solver: cp_model.CpSolver, model: cp_model.CpModel) -> Any:
    status = solver.solve(model)
    assert status != cp_model.MODEL_INVALID, model.validate()
    return status


def hint(model: cp_model.CpModel, values: Values) -> None:
    """Start the next search from a solution of the same model."""
    _hint_pairs(model, list(enumerate(values.by_index)))


def solve_tiers(
    model: cp_model.CpModel,
    goals: Sequence[Goal],
    stage: Literal["place", "dose"],
    *,
    at_once: Sequence[int] = (),
    start: Solved | None = None,
    work_first: float = WORK_FIRST,
    work_tier: float = WORK_TIER,
    work_confirm: float = WORK_CONFIRM,
    search: Search = THOROUGH,
    rough: bool = False,
) -> Solved | Infeasible | OutOfWork:
    """Minimise each goal in turn, holding those before it with ``<=``.

    ``at_once``: how many goals, one group after the other, are tried in a single search, each
    outweighing all that come after it: faster while they are small. ``start`` is a solution to begin
    at, whose work counts; without one the last goal's search begins from the model's own hints. A
    tier that runs out of work keeps its best value and says so (``proven`` false); ``rough``: so do
    those of a group, which are not searched again one by one. The model is changed by the bounds that
    are added.
    """
    began = time.perf_counter()
    guess = model.proto.solution_hint if start is None else None
    guessed = list(zip(guess.vars, guess.values, strict=True)) if guess is not None else []
    best = start.values if start else None
    work, before = (start.work, start.seconds) if start else (0.0, 0.0)
    tiers: list[TierResult] = []
    left = list(goals) or [Goal("feasible", 0)]
    if best is not None:
        hint(model, best)
    for group in _groups(left, at_once):
        if best is not None and all(best.of(goal.cost) <= goal.bound for goal in group):
            tiers += [_held(model, stage, goal, best, None) for goal in group]
            continue
        if len(group) > 1:
            found, proven, more = _together(model, group, min(WORK_AT_ONCE, work_first), search)
            work += more
            if isinstance(found, Infeasible):
                return _confirmed(model, work, work_confirm)
            if found is not None:
                hint(model, found)
            if found is not None and (proven or rough):
                best = found
                tiers += [
                    _held(model, stage, goal, best, None if proven else goal.bound)
                    for goal in group
                ]
                continue
        for goal in group:
            if best is not None and best.of(goal.cost) <= goal.bound:
                tiers.append(_held(model, stage, goal, best, None))
                continue
            is_last = goal is left[-1]
            if guessed and is_last and tiers:
                _hint_pairs(model, guessed)
            most_work = work_first if best is None else work_tier
            status, solver = _minimised(model, goal.cost, most_work, search, mixed=is_last)
            work += solver.response_proto.deterministic_time
            if status == cp_model.INFEASIBLE and best is None:
                return _confirmed(model, work, work_confirm)
            if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE) and best is None:
                return OutOfWork(work)
            best = _better(best, status, solver, model, goal)
            bound = None
            if status != cp_model.OPTIMAL:
                known = solver.best_objective_bound if status == cp_model.FEASIBLE else goal.bound
                bound = max(goal.bound, math.ceil(known - 1e-6))
            tiers.append(_held(model, stage, goal, best, bound))
            hint(model, best)
    assert best is not None
    return Solved(best, tuple(tiers), work, before + time.perf_counter() - began)


def _groups(goals: Sequence[Goal], sizes: Sequence[int]) -> Iterator[Sequence[Goal]]:
    """The goals in groups of these sizes, the rest one by one."""
    first = 0
    for size in (*sizes, *[1] * len(goals)):
        if first < len(goals):
            yield goals[first : first + size]
        first += size


def _better(
    best: Values | None, status: Any, solver: cp_model.CpSolver, model: cp_model.CpModel, goal: Goal
) -> Values:
    """The solution just found, or the one before it where that is as good or none was found."""
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    new = Values(solver, model) if found else None
    if best is None or (new is not None and new.of(goal.cost) < best.of(goal.cost)):
        assert new is not None
        return new
    return best


def _held(
    model: cp_model.CpModel,
    stage: Literal["place", "dose"],
    goal: Goal,
    best: Values,
    bound: int | None,
) -> TierResult:
    """Hold what a goal has come to, and tell it; no ``bound`` means that it is proven the best."""
    cost = best.of(goal.cost)
    if not isinstance(goal.cost, int):
        model.add(goal.cost <= cost)
    bound = cost if bound is None else min(bound, cost)
    return TierResult(stage=stage, name=goal.name, cost=cost, bound=bound, proven=bound >= cost)


def _minimised(
    model: cp_model.CpModel, cost: Any, work: float, search: Search, *, mixed: bool = False
) -> tuple[Any, cp_model.CpSolver]:
    """``mixed`` lets the one worker change between strategies: better where many costs add up."""
    model.clear_objective()  # type: ignore[no-untyped-call]
    if not isinstance(cost, int):
        model.minimize(cost)
    solver = _solver(work, search)
    solver.parameters.interleave_search = mixed
    return _status(solver, model), solver


def _hint_pairs(model: cp_model.CpModel, pairs: Sequence[tuple[int, int]]) -> None:
    model.clear_hints()  # type: ignore[no-untyped-call]
    for index, value in pairs:
        model.add_hint(model.get_int_var_from_proto_index(index), value)


def completed(
    model: cp_model.CpModel, goals: Sequence[Goal], work: float = WORK_HINTED
) -> Solved | None:
    """The model's hints with everything that follows from them, where they hold together."""
    began = time.perf_counter()
    model.clear_objective()  # type: ignore[no-untyped-call]
    model.minimize(sum(goal.cost for goal in goals))
    solver = _solver(work)
    solver.parameters.fix_variables_to_their_hinted_value = True
    status = _status(solver, model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    done = solver.response_proto.deterministic_time
    return Solved(Values(solver, model), (), done, time.perf_counter() - began)


def _together(
    model: cp_model.CpModel, goals: Sequence[Goal], most_work: float, search: Search
) -> tuple[Values | Infeasible | None, bool, float]:
    """The best by several goals in one search, whether it is proven, and the work; None for none."""
    weights: list[int] = []
    weight = 1
    for goal in reversed(goals):
        weights.insert(0, weight)
        weight *= _most(model, goal.cost) + 1
    if weight > MOST_WEIGHT:
        return None, False, 0.0
    whole = sum(goal.cost * weight for goal, weight in zip(goals, weights, strict=True))
    status, solver = _minimised(model, whole, most_work, search)
    work = solver.response_proto.deterministic_time
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Values(solver, model), status == cp_model.OPTIMAL, work
    return (Infeasible(work) if status == cp_model.INFEASIBLE else None), False, work


def _most(model: cp_model.CpModel, cost: Any) -> int:
    """The most that a cost can come to, by the bounds of its variables."""
    if isinstance(cost, int):
        return cost
    model.clear_objective()  # type: ignore[no-untyped-call]
    model.minimize(cost)
    objective = model.proto.objective
    most = int(objective.offset)
    for index, factor in zip(list(objective.vars), list(objective.coeffs), strict=True):
        # A negative index stands for the negated variable.
        domain = list(model.proto.variables[index if index >= 0 else -index - 1].domain)
        sign = 1 if index >= 0 else -1
        most += max(sign * factor * domain[0], sign * factor * domain[-1])
    return most


def _confirmed(model: cp_model.CpModel, work: float, most: float) -> Infeasible | OutOfWork:
    """Presolve has wrongly said "infeasible" before: ask again without it."""
    model.clear_objective()  # type: ignore[no-untyped-call]
    solver = _solver(most, presolve=False)
    status = _status(solver, model)
    work += solver.response_proto.deterministic_time
    return Infeasible(work) if status == cp_model.INFEASIBLE else OutOfWork(work)
