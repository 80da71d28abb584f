"""A plan judged by the rules, without any solver: run on everything that leaves the engine."""

from __future__ import annotations

from collections.abc import Sequence

from planner.plan import Plan
from planner.request import Request
from planner.rule import Breach, Rule


def check(request: Request, plan: Plan, rules: Sequence[Rule]) -> tuple[Breach, ...]:
    """Every breach of a limit and every missed wish, in the order of the rulebook."""
    return tuple(breach for rule in rules for breach in rule.breaches(request, plan))


def limits_broken(request: Request, plan: Plan, rules: Sequence[Rule]) -> tuple[Breach, ...]:
    """The breaches of safety limits alone."""
    return tuple(breach for breach in check(request, plan, rules) if breach.is_limit)
