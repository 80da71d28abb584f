"""Limits that ask nothing of a request: without a flare no rest for one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ortools.sat.python import cp_model

from planner.demands import Demand
from planner.doses import Doses
from planner.placing import Places
from planner.possible import kinds_possible
from planner.request import Request
from planner.rule import Rule, Stage, Tier


def idle_on_places(request: Request, rules: Sequence[Rule]) -> frozenset[str]:
    """Names of the limits on places that ask nothing."""
    model = cp_model.CpModel()
    return _idle(request, rules, Stage.PLACE, Places(request, model), model)


def idle_without_facts(
    request: Request, demands: Sequence[Demand], rules: Sequence[Rule]
) -> frozenset[str]:
    """Names of the limits that would ask nothing, were the facts among the demands otherwise.

    They follow from those facts: a back that flares, a ladder to climb first.
    """
    facts = [one for one in demands if one.line == "fact"]
    if not facts:
        return frozenset()
    for fact in facts:
        request = fact.on_request(request)
    return idle_on_places(request, rules) | _idle_on_minutes(request, rules)


def _idle_on_minutes(request: Request, rules: Sequence[Rule]) -> frozenset[str]:
    """The same of limits on minutes, of a run on each day."""
    kinds = [kinds_possible(request, day) for day in range(request.days)]
    runs = tuple(tuple(kind for kind in held if kind.is_run)[:1] for held in kinds)
    model = cp_model.CpModel()
    return _idle(request, rules, Stage.DOSE, Doses(request, runs, model), model)


def _idle(
    request: Request, rules: Sequence[Rule], stage: Stage, view: Any, model: cp_model.CpModel
) -> frozenset[str]:
    idle = set()
    for rule in rules:
        if rule.stage is stage and rule.tier is Tier.LIMIT:
            before = len(model.proto.constraints)
            rule.post(request, view, model)
            if len(model.proto.constraints) == before:
                idle.add(rule.name)
    return frozenset(idle)
