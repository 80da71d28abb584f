"""A rule says itself twice: both sayings compared on every short plan there is.

Plans are written as in ``tests.plans``: one word a day, one letter a session, ``.`` for none. A menu is
the words that a day may hold; the plans compared are all that can be put together from the menus.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from ortools.sat.python import cp_model

from planner.placing import Placement, Places
from planner.plan import Day, Kind, Plan, Session
from planner.possible import SUPPORT
from planner.request import Request
from planner.rule import Breach, Rule, Tier
from tests.plans import LETTERS, a_plan, a_session

Contents = tuple[Kind, ...]
"""The kinds of one day, in the order of ``Kind``."""

Costs = Mapping[Placement, int]
"""What each allowed placement costs; a placement that breaks a limit is not there."""

RUN_MINUTES = 30


def assert_agreement(
    rule: Rule,
    request: Request,
    menu: str | Sequence[str],
    most_a_week: Mapping[Kind, int] | None = None,
    bites: bool | None = True,
) -> None:
    """The solver allows the plans in which the checker finds no breach, at the checker's cost.

    ``menu``: every day's, or one for each day. ``most_a_week``: what the model itself makes sure of.
    ``bites``: whether the rule tells some of these plans from others; a case in which it doesn't must
    say so, for it tests nothing else. None: either way.
    """
    menus = menus_of(request, menu)
    capped = most_a_week or {}
    solver = costs_by_solver(rule, request, menus, capped)
    checker = costs_by_checker(rule, request, menus, capped)

    for placement in every_placement(request, menus, capped):
        ours, theirs = solver.get(placement), checker.get(placement)
        assert ours == theirs, (
            f"{rule.name} on '{letters_of(placement)}': the solver's cost is {ours}, the checker's "
            f"{theirs} (None: forbidden)"
        )
    assert len(solver) == len(checker)
    told_apart = {checker.get(one) for one in every_placement(request, menus, capped)}
    assert bites is None or (len(told_apart) > 1) is bites


def costs_by_solver(
    rule: Rule,
    request: Request,
    menus: Sequence[Sequence[Contents]],
    most_a_week: Mapping[Kind, int],
) -> Costs:
    """Every solution of a model with this rule alone, each placement with its least cost."""
    model = cp_model.CpModel()
    kinds = [[kind for kind in Kind if any(kind in held for held in menu)] for menu in menus]
    places = Places(request, model, kinds)
    cost = rule.post(request, places, model)
    for day, menu in enumerate(menus):
        if kinds[day]:
            model.add_allowed_assignments(
                [places.on(day, kind) for kind in kinds[day]],
                [[kind in held for kind in kinds[day]] for held in menu],
            )
    for week in range(request.weeks):
        for kind, most in most_a_week.items():
            model.add(sum(places.on(day, kind) for day in request.days_in(week)) <= most)
    assert model.validate() == ""

    found = _Solutions(request, places, kinds, cost)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.enumerate_all_solutions = True
    status = solver.solve(model, found)

    assert status == (cp_model.OPTIMAL if found.costs else cp_model.INFEASIBLE)
    return found.costs


class _Solutions(cp_model.CpSolverSolutionCallback):
    """The placements of all solutions, whatever the rule's own variables are."""

    def __init__(
        self, request: Request, places: Places, kinds: Sequence[Sequence[Kind]], cost: Any
    ) -> None:
        super().__init__()
        self.costs: dict[Placement, int] = {}
        self._days = [
            [(kind, places.on(day, kind)) for kind in kinds[day]] for day in range(request.days)
        ]
        self._cost = cost

    def on_solution_callback(self) -> None:
        placement = tuple(
            tuple(kind for kind, variable in day if self.value(variable)) for day in self._days
        )
        cost = self._cost if isinstance(self._cost, int) else self.value(self._cost)
        self.costs[placement] = min(cost, self.costs.get(placement, cost))


def costs_by_checker(
    rule: Rule,
    request: Request,
    menus: Sequence[Sequence[Contents]],
    most_a_week: Mapping[Kind, int],
) -> Costs:
    """The same by the rule's breaches in finished plans, without any solver."""
    days = [{held: day_of(request, day, held) for held in menu} for day, menu in enumerate(menus)]
    blank = plan_by(request, tuple(menu[0] for menu in menus))
    costs: dict[Placement, int] = {}
    for placement in every_placement(request, menus, most_a_week):
        held = tuple(days[day][contents] for day, contents in enumerate(placement))
        found = list(rule.breaches(request, blank.model_copy(update={"days": held})))
        assert all(breach.is_limit is (rule.tier is Tier.LIMIT) for breach in found)
        if not any(breach.is_limit for breach in found):
            costs[placement] = sum(breach.cost for breach in found)
    return costs


def every_placement(
    request: Request, menus: Sequence[Sequence[Contents]], most_a_week: Mapping[Kind, int]
) -> Sequence[Placement]:
    """All that can be put together from the menus."""
    return [
        placement
        for placement in itertools.product(*menus)
        if all(
            sum(kind in placement[day] for day in request.days_in(week)) <= most
            for week in range(request.weeks)
            for kind, most in most_a_week.items()
        )
    ]


def menus_of(request: Request, menu: str | Sequence[str]) -> tuple[tuple[Contents, ...], ...]:
    """A menu of words for each day; one for all days, or one each."""
    rows = [menu] * request.days if isinstance(menu, str) else menu
    assert len(rows) == request.days
    return tuple(tuple(contents_of(word) for word in row.split()) for row in rows)


def contents_of(word: str) -> Contents:
    """The kinds of a word's letters, in the order of ``Kind``."""
    held = [LETTERS[letter] for letter in word if letter != "."]
    assert len(held) == len(set(held))
    return tuple(kind for kind in Kind if kind in held)


def letters_of(placement: Placement) -> str:
    """A placement as it is written in tests."""
    letters = {kind: letter for letter, kind in LETTERS.items()}
    return " ".join("".join(letters[kind] for kind in day) or "." for day in placement)


def plan_on(request: Request, letters: str) -> Plan:
    """The plan that these letters stand for, from the request's first day on."""
    return plan_by(request, tuple(contents_of(word) for word in letters.split()))


def plan_by(request: Request, placement: Placement) -> Plan:
    """A finished plan with these kinds on its days."""
    days = [day_of(request, day, contents) for day, contents in enumerate(placement)]
    return a_plan(*days)


def day_of(request: Request, day: int, contents: Contents) -> Day:
    """A day with these sessions, in the state that the request gives it."""
    sessions = tuple(session_of(request, day, kind) for kind in contents)
    return Day(date=request.date_of(day), state=request.states[day], sessions=sessions)


def session_of(request: Request, day: int, kind: Kind) -> Session:
    """A session of plausible length: a walk as long as walks may become, a run of half an hour."""
    if kind in SUPPORT:
        return a_session(kind, request.support_minutes(day, kind))
    return a_session(kind, request.longest_walk_minutes if kind is Kind.WALK else RUN_MINUTES)


def breaches_in(rule: Rule, request: Request, letters: str) -> list[Breach]:
    """What the checker finds in a plan written as letters."""
    return list(rule.breaches(request, plan_on(request, letters)))


def broken_days(rule: Rule, request: Request, letters: str) -> list[tuple[int, ...]]:
    """The days of each breach, numbered from the plan's first day; days before it are negative."""
    found = breaches_in(rule, request, letters)
    return [tuple(request.day_of(on) for on in breach.days) for breach in found]


def missed(rule: Rule, request: Request, letters: str) -> list[tuple[int, int]]:
    """The first day and the cost of each wish that a plan misses."""
    found = breaches_in(rule, request, letters)
    return [(request.day_of(breach.days[0]), breach.cost) for breach in found]
