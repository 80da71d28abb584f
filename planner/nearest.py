"""The nearest plan without a limit, and that limit's own word on it.

Nearest: the rule's own numbers are made looser only as far as the goal needs it. A rule without
numbers, or of which no single number does it, is left out as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from planner.checking import limits_broken
from planner.plan import Kind, Plan
from planner.reaching import Asking
from planner.request import Limits, Request
from planner.rule import Breach, Rule, Stage
from planner.stages import Found

MOST_PERCENT = 800
"""How much looser a number is tried at the most."""

CLOSE_PERCENT = 4
"""The first step by which a number is tried looser."""


class Nearest(NamedTuple):
    """What a rule says of the nearest plan without it: its worst breach, and how many there are."""

    breach: Breach
    times: int


Try = Callable[[Limits], Found | None]


def nearest_breach(
    asking: Asking, rule: Rule, others: Collection[str], *, alone: bool
) -> Nearest | None:
    """The rule's word on the nearest plan that reaches the goal without it.

    ``others``: demands that are taken away as well, where this one alone does not do it. None where
    no plan was found, or the plan found keeps the rule after all.
    """
    if alone and rule.stage is Stage.DOSE and not asking.plan_alone:
        for close in _looser(asking, rule):
            return close
    found = asking.without({rule.name, *others}).found
    if found is None:
        return None
    near = found.request
    if asking.demand(rule.name).changes_request and near.start == asking.request.start:
        # The rule is to judge what is, not what was supposed instead.
        near = asking.request.model_copy(update={"days": near.days})
    return _worst(rule, near, asking.plan_of(found), None, goal_alone=not asking.plan_alone)


def _looser(asking: Asking, rule: Rule) -> Iterator[Nearest]:
    request = asking.request
    numbers = request.limits.by_rule.get(rule.name, {})
    for key in dict.fromkeys(key for state in numbers.values() for key in state):
        found = _least(request.limits, rule.name, key, asking.with_limits)
        if found is None:
            continue
        plan = asking.plan_of(found)
        near = found.request.model_copy(update={"limits": request.limits})
        if {one.rule for one in limits_broken(near, plan, asking.rules)} == {rule.name}:
            worst = _worst(rule, near, plan, key)
            if worst is not None:
                yield worst


def _least(limits: Limits, rule: str, key: str, reached_with: Try) -> Found | None:
    """What reaches the goal with the number little looser; None where nothing does.

    In growing steps, and half a step back: a runner waits for it. Where the first does not do it, the
    loosest is asked before the rest.
    """

    def by(step: int) -> Found | None:
        return reached_with(_scaled(limits, rule, key, 100 + step))

    step = CLOSE_PERCENT
    found = by(step)
    if found is None and by(MOST_PERCENT) is None:
        return None
    while found is None and step < MOST_PERCENT // 2:
        step *= 2
        found = by(step)
    return found and (by(step * 3 // 4) or found)


def _scaled(limits: Limits, rule: str, key: str, percent: int) -> Limits:
    numbers = {
        state: {k: -(-n * percent // 100) if k == key else n for k, n in of_state.items()}
        for state, of_state in limits.by_rule[rule].items()
    }
    by_rule: Mapping[str, Mapping[str, Mapping[str, int]]] = {**limits.by_rule, rule: numbers}
    return Limits(by_rule=by_rule)


def _worst(
    rule: Rule, request: Request, plan: Plan, key: str | None, *, goal_alone: bool = True
) -> Nearest | None:
    """The worst breach: the one that the loosest number still finds, or that costs the most.

    ``goal_alone``: only of what the goal is about. A plan that is free of the rule may break it in
    passing, by a session that has nothing to do with the goal.
    """
    broken = tuple(rule.breaches(request, plan))
    if goal_alone:
        bare = {breach.days for breach in rule.breaches(request, _bare(request, plan))}
        broken = tuple(breach for breach in broken if breach.days in bare)
    times = len(broken)
    if key is not None:
        for percent in range(101, MOST_PERCENT):
            looser = _scaled(request.limits, rule.name, key, percent)
            near = request.model_copy(update={"limits": looser})
            left = {breach.days for breach in rule.breaches(near, plan)}
            if not left:
                break
            broken = tuple(breach for breach in broken if breach.days in left)
    worst = max(reversed(broken), key=lambda breach: breach.cost, default=None)
    return Nearest(worst, times) if worst is not None else None


def _bare(request: Request, plan: Plan) -> Plan:
    """The plan with nothing but runs, or walks where the goal is to walk."""
    walking = request.goal.kind == "walking"

    def is_about_it(kind: Kind) -> bool:
        return kind is Kind.WALK if walking else kind.is_run

    days = tuple(
        day.model_copy(
            update={"sessions": tuple(one for one in day.sessions if is_about_it(one.kind))}
        )
        for day in plan.days
    )
    return plan.model_copy(update={"days": days})
