"""A dose rule said twice: what the solver allows or asks for it, beside what the checker says.

Every dose that a placement can hold is listed by the view alone. Then the solver is asked with the one
rule posted, and the checker judges a plan built from each dose, steps and all. Days with ``domains``
choose from minutes in hundredths; without, the view is the one that plans are made with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ortools.sat.python import cp_model

from planner.doses import Dose, Doses
from planner.placing import Placement
from planner.plan import Kind, Plan
from planner.request import Request
from planner.rule import Breach, Rule
from planner.sessions import plan_days
from tests.plans import LETTERS, a_plan

Domains = Mapping[int, Sequence[int]]
Doing = tuple[Dose, ...]
"""What each day holds."""


def placed(letters: str) -> Placement:
    """Kinds by day, one word a day, one letter a session: ``e . ws l``."""
    words = [[LETTERS[letter] for letter in word if letter != "."] for word in letters.split()]
    return tuple(tuple(kind for kind in Kind if kind in kinds) for kinds in words)


def plan_with(request: Request, letters: str, doing: Doing) -> Plan:
    """The plan that would be shown for these doses."""
    return a_plan(*plan_days(request, placed(letters), doing, (), ()))


def runs(letters: str, *minutes: float) -> Doing:
    """Doses of a row of runs, in the order of their days; no walks."""
    left = iter(minutes)
    return tuple(
        Dose(run_hundredths=round(next(left) * 100) if any(k.is_run for k in kinds) else 0)
        for kinds in placed(letters)
    )


def breaches(rule: Rule, request: Request, letters: str, doing: Doing) -> tuple[Breach, ...]:
    """What the checker says about these doses."""
    return tuple(rule.breaches(request, plan_with(request, letters, doing)))


class _Listed(cp_model.CpSolverSolutionCallback):
    """Collects what each day holds in every solution."""

    def __init__(self, doses: Doses) -> None:
        super().__init__()
        self.found: set[Doing] = set()
        self._doses = doses

    def of(self, expression: Any) -> int:
        return expression if isinstance(expression, int) else int(self.value(expression))

    def on_solution_callback(self) -> None:
        self.found.add(self._doses.doses(self))


def every_dose(
    request: Request,
    letters: str,
    domains: Domains | None = None,
    rules: Sequence[Rule] = (),
    **view: bool,
) -> set[Doing]:
    """Every dose that the view, with these rules posted, allows. ``view``: ``alike``, ``may_drop``."""
    model = cp_model.CpModel()
    doses = Doses(request, placed(letters), model, domains=domains, **view)
    for rule in rules:
        rule.post(request, doses, model)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.enumerate_all_solutions = True
    listed = _Listed(doses)
    status = solver.solve(model, listed)
    # OPTIMAL is said only when all solutions were listed, INFEASIBLE when there is none.
    wanted = cp_model.OPTIMAL if listed.found else cp_model.INFEASIBLE
    assert status == wanted, (solver.status_name(status), model.validate())
    return listed.found


def least_cost(
    rule: Rule, request: Request, letters: str, doing: Doing, domains: Domains | None = None
) -> int:
    """The least that the solver can make a rule cost where the days hold just this."""
    model = cp_model.CpModel()
    doses = Doses(request, placed(letters), model, domains=domains)
    cost = rule.post(request, doses, model)
    for day, dose in enumerate(doing):
        for expression, value in _pinned(doses, day, dose):
            model.add(expression == value)
    model.minimize(cost)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    assert status == cp_model.OPTIMAL, (solver.status_name(status), model.validate())
    return cost if isinstance(cost, int) else int(solver.value(cost))


def _pinned(doses: Doses, day: int, dose: Dose) -> Iterator[tuple[Any, int]]:
    pairs = [
        (doses.run(day), dose.run_hundredths),
        (doses.walk(day), dose.walk_minutes),
        (doses.intense(day), dose.intense_minutes),
        *([] if dose.stage is None else [(doses.stage(day), dose.stage)]),
    ]
    return ((expression, value) for expression, value in pairs if not isinstance(expression, int))


def assert_same_doses_allowed(
    rule: Rule,
    request: Request,
    letters: str,
    domains: Domains | None = None,
    *,
    settles: bool | None = True,
    **view: bool,
) -> None:
    """Solver and checker allow the same doses: some of those possible and not all of them.

    ``settles`` False: the case is about a limit that allows all of them, or none; None: one of many
    cases, of which some are.
    """
    possible = every_dose(request, letters, domains, **view)

    by_solver = every_dose(request, letters, domains, [rule], **view)
    by_checker = {dose for dose in possible if not breaches(rule, request, letters, dose)}

    assert _shown(by_solver - by_checker) == [], "the solver allows what the checker does not"
    assert _shown(by_checker - by_solver) == [], "the checker allows what the solver does not"
    if settles is not None:
        assert (len(by_checker) not in (0, len(possible))) == settles


def assert_same_costs(
    rule: Rule, request: Request, letters: str, domains: Domains | None = None
) -> None:
    """For every dose the solver's least cost is the sum of the checker's, and not always the same."""
    possible = every_dose(request, letters, domains)
    by_solver = {dose: least_cost(rule, request, letters, dose, domains) for dose in possible}

    by_checker = {
        dose: sum(breach.cost for breach in breaches(rule, request, letters, dose))
        for dose in possible
    }

    differing = {dose for dose in possible if by_solver[dose] != by_checker[dose]}
    assert [
        (*shown, by_solver[dose], by_checker[dose])
        for dose in sorted(differing, key=_order)[:5]
        for shown in [_shown({dose})]
    ] == [], "solver's cost beside the checker's"
    assert len(set(by_checker.values())) > 1


def _order(doing: Doing) -> list[tuple[int, int, int, int]]:
    return [
        (dose.run_hundredths, dose.walk_minutes, dose.stage or 0, dose.intense_minutes)
        for dose in doing
    ]


def _shown(doses: set[Doing]) -> list[list[tuple[int, int, int, int]]]:
    """A few of them, in a fixed order: run, walk, stage and intense minutes of each day."""
    return sorted(_order(dose) for dose in doses)[:5]
