"""Stage one: which kind of session on which day."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from ortools.sat.python import cp_model

from planner.plan import DEMANDING, RUNS, Kind
from planner.possible import kinds_possible, least_minutes
from planner.request import SORTS, Request
from planner.rule import Cost, Rule, Stage, Tier
from planner.solving import WORK_FIRST, WORK_TIER, Goal, Infeasible, OutOfWork, Solved, solve_tiers

Placement = tuple[tuple[Kind, ...], ...]
"""The kinds of each day, in the order of ``Kind``."""

TIERS = (Tier.SESSIONS, Tier.ROOM, Tier.PREFERENCES)
AGAIN_TIERS = (Tier.OWN_DAYS, Tier.SESSIONS, Tier.CHANGES, Tier.ROOM, Tier.PREFERENCES)
"""Those of a re-plan, in order."""


class Places:
    """The variables of stage one, as the rules see them: is a kind on a day?"""

    def __init__(
        self,
        request: Request,
        model: cp_model.CpModel,
        kinds: Sequence[Sequence[Kind]] | None = None,
    ) -> None:
        self.request = request
        self._model = model
        self._past = {run.day: run for run in request.past_runs}
        possible = kinds or [kinds_possible(request, day) for day in range(request.days)]
        self._placed: Mapping[tuple[int, Kind], cp_model.IntVar] = {
            (day, kind): model.new_bool_var(f"{kind.value}@{day}")
            for day in range(request.days)
            for kind in possible[day]
        }

    def on(self, day: int, *kinds: Kind) -> Any:
        """How many of these kinds are on a day; days before the plan count what is known."""
        if day < 0:
            past = self._past.get(day)
            strength = Kind.STRENGTH in kinds and day in self.request.past_strength
            return int(strength or (past is not None and past.kind in kinds))
        return cp_model.LinearExpr.sum(
            [self._placed[day, kind] for kind in kinds if (day, kind) in self._placed]
        )

    def run(self, day: int) -> Any:
        """Whether there is running on a day; before the plan what is known."""
        return int(day in self._past) if day < 0 else self.on(day, *RUNS)

    def was_active(self, day: int) -> bool:
        """Whether a day before the plan was no rest day, as far as is known."""
        request = self.request
        return day in self._past or day in (*request.past_strength, *request.past_long_walks)

    def demanding(self, day: int) -> Any:
        """Whether a long run, a hard run or a race is on a day."""
        return self.on(day, *DEMANDING)

    def can(self, day: int, kind: Kind) -> bool:
        """Whether the kind is possible on the day at all."""
        return (day, kind) in self._placed

    def both(self, first: Any, second: Any) -> Any:
        """A variable that is at least 1 when both are 1; where a cost pushes, it is exactly that."""
        both = self._model.new_bool_var("")
        self._model.add(both >= first + second - 1)
        self._model.add(both <= first)
        self._model.add(both <= second)
        return both

    def placement(self, values: Any) -> Placement:
        """The kinds of each day in a solution."""
        return tuple(
            tuple(
                kind
                for kind in Kind
                if (day, kind) in self._placed and values.of(self._placed[day, kind])
            )
            for day in range(self.request.days)
        )

    def hint(self, placement: Placement) -> None:
        """Start the search from a placement; kinds that are not possible are passed over."""
        for (day, kind), variable in self._placed.items():
            self._model.add_hint(variable, kind in placement[day])


def place(
    request: Request,
    rules: Sequence[Rule],
    hint: Placement | None = None,
    without_runs: Collection[int] = (),
    *,
    runs_on: Mapping[int, bool] = MappingProxyType({}),
    work_first: float = WORK_FIRST,
    work_tier: float = WORK_TIER,
    rough: bool = False,
) -> tuple[Placement, Solved] | Infeasible | OutOfWork:
    """Where the sessions go: the best placement by the tiers of stage one, with its proof.

    ``without_runs``: days for which the limits were found to leave no running. ``runs_on``: days on
    which there is to be a run, or none. ``work_first``: work for the search of all tiers at once and
    for the first one, ``work_tier`` for each one after it. ``rough``: as in ``solve_tiers``.
    """
    model = cp_model.CpModel()
    kinds = [
        tuple(
            kind
            for kind in kinds_possible(request, day)
            if not (kind.is_run and day in without_runs)
        )
        for day in range(request.days)
    ]
    places = Places(request, model, kinds)
    costs = post_all(request, rules, Stage.PLACE, places, model)
    fit_the_days(request, places, model)
    for day, has_run in runs_on.items():
        model.add(places.run(day) == int(has_run))
    if hint is not None:
        places.hint(hint)
    tiers = AGAIN_TIERS if request.before else TIERS
    goals = [Goal(tier.value, cp_model.LinearExpr.sum(costs[tier])) for tier in tiers]
    groups = (3, 2) if request.before else (len(goals),)
    solved = solve_tiers(
        model,
        goals,
        "place",
        at_once=groups,
        work_first=work_first,
        work_tier=work_tier,
        rough=rough,
    )
    if not isinstance(solved, Solved):
        return solved
    return places.placement(solved.values), solved


def costs_of(request: Request, rules: Sequence[Rule], placement: Placement) -> tuple[int, ...]:
    """What a placement found by other wishes costs by those of this request, for each of ``TIERS``."""
    model = cp_model.CpModel()
    places = Places(request, model)
    costs = post_all(request, rules, Stage.PLACE, places, model)
    for day in range(request.days):
        for kind in Kind:
            if places.can(day, kind):
                model.add(places.on(day, kind) == int(kind in placement[day]))
    goals = [Goal(tier.value, cp_model.LinearExpr.sum(costs[tier])) for tier in TIERS]
    solved = solve_tiers(model, goals, "place", at_once=(len(goals),))
    assert isinstance(solved, Solved)
    return tuple(tier.cost for tier in solved.tiers)


def post_all(
    request: Request, rules: Sequence[Rule], stage: Stage, view: Any, model: cp_model.CpModel
) -> dict[Tier, list[Cost]]:
    """Post every rule of a stage; the costs by tier."""
    costs: dict[Tier, list[Cost]] = {tier: [] for tier in Tier}
    for rule in rules:
        if rule.stage is stage:
            cost = rule.post(request, view, model)
            if not isinstance(cost, int) or cost:
                # A cost that nothing can change is told as well.
                costs[rule.tier].append(cost)
    return costs


def fit_the_days(request: Request, places: Places, model: cp_model.CpModel) -> None:
    """What is no rule: useful sessions fit into a day's minutes, and none is placed unasked.

    A race takes the time it takes.
    """
    for day in range(request.days):
        kinds = [kind for kind in Kind if kind is not Kind.RACE and places.can(day, kind)]
        least = [least_minutes(request, day, kind) for kind in kinds]
        if sum(least) > request.available_minutes[day]:
            model.add(
                cp_model.LinearExpr.weighted_sum([places.on(day, kind) for kind in kinds], least)
                <= request.available_minutes[day]
            )
    _no_more_than_wanted(request, places, model)


def _no_more_than_wanted(request: Request, places: Places, model: cp_model.CpModel) -> None:
    """Never more sessions of a sort than were asked for, one long and one hard run a week."""
    for week in range(request.weeks):
        days = request.days_in(week)
        for sort, kinds in SORTS.items():
            wanted = request.wanted_in(week, sort)
            if sort == "runs" and request.race_day in days:
                wanted = max(wanted, 1)
            model.add(sum(places.on(day, *kinds) for day in days) <= wanted)
        had = any(request.had(day, Kind.LONG_RUN) for day in days)
        long = int(request.long_minutes_needed(week) > 0 or had)
        model.add(sum(places.on(day, Kind.LONG_RUN) for day in days) <= long)
        model.add(sum(places.on(day, Kind.HARD_RUN) for day in days) <= 1)
