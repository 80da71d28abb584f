"""Limits that ask nothing of a request: without a flare no rest for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ortools.sat.python import cp_model

from planner.demands import Demand
from planner.doses import Doses
from planner.placing import Places
from planner.possible import kinds_possible
from planner.request import Request
from planner.rule import Rule, Stage, Tier


def idle_limits(request: Request, rules: Sequence[Rule]) -> frozenset[str]:
    """The names of the limits that ask nothing."""
    return _idle_on_places(request, rules) | _idle_on_minutes(request, rules)


def following_from_facts(
    request: Request, demands: Sequence[Demand], rules: Sequence[Rule]
) -> Mapping[str, tuple[str, ...]]:
    """By the key of a fact among the demands, the limits that ask something because of it alone.

    A back that flares brings rest, a ladder to climb first its stages; where two facts bring the same
    limit, it stands with both.
    """
    facts = [one for one in demands if one.line == "fact"]
    if not facts:
        return {}
    without_any = request
    for fact in facts:
        without_any = fact.on_request(without_any)
    brought = idle_limits(without_any, rules) - idle_limits(request, rules)
    by_fact = {fact.key: idle_limits(fact.on_request(request), rules) & brought for fact in facts}
    shared = brought.difference(*by_fact.values())
    return {
        key: tuple(rule.name for rule in rules if rule.name in idle | shared)
        for key, idle in by_fact.items()
    }


def _idle_on_places(request: Request, rules: Sequence[Rule]) -> frozenset[str]:
    model = cp_model.CpModel()
    return _idle(request, rules, Stage.PLACE, Places(request, model), model)


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
