"""Tiers in order: what is proven, and what is taken as it is found."""

from __future__ import annotations

import pytest
from ortools.sat.python import cp_model

from planner.solving import Goal, Infeasible, Solved, solve_tiers


def two_tiers(*, least: int = 0) -> tuple[cp_model.CpModel, list[Goal]]:
    """Two numbers of 10 together at the least; the hint keeps that, and is not the best."""
    model = cp_model.CpModel()
    first, second = model.new_int_var(0, 10, "first"), model.new_int_var(least, 10, "second")
    model.add(first + second >= 10)
    model.add_hint(first, 7)
    model.add_hint(second, 10)
    return model, [Goal("first", first), Goal("second", second)]


@pytest.mark.parametrize("rough", [False, True])
@pytest.mark.parametrize("at_once", [(), (2,)])
def test_the_first_tier_outweighs_the_second(at_once, rough):
    model, goals = two_tiers()
    solved = solve_tiers(model, goals, "place", at_once=at_once, rough=rough)

    assert isinstance(solved, Solved)
    # As little of the first as can be is 0; then the second is 10.
    assert [(tier.name, tier.cost, tier.proven) for tier in solved.tiers] == [
        ("first", 0, True),
        ("second", 10, True),
    ]


@pytest.mark.parametrize("rough", [False, True])
def test_what_can_not_hold_is_said_so(rough):
    model, goals = two_tiers(least=5)
    model.add(goals[1].cost <= 4)

    assert isinstance(solve_tiers(model, goals, "place", at_once=(2,), rough=rough), Infeasible)
