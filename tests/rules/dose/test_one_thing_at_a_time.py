"""When healthy: rather not more running and more hard minutes in the same week."""

from __future__ import annotations

import pytest

from planner.doses import Dose
from planner.request import HardStep
from rules.dose.one_thing_at_a_time import OneThingAtATime
from tests.dose_agreement import assert_same_costs, breaches
from tests.requests import a_request, limits_with

RULE = OneThingAtATime()
WEEK = ". . . . . . "
LETTERS = f"h {WEEK}h"
# 1 hard minute in runs of at least 3 minutes, 2 in runs of at least 5.
STEPS = tuple(
    HardStep(repeats=repeats, hard_seconds=60, easy_seconds=60, warm_up_minutes=1)
    for repeats in (1, 2)
)


def two_weeks(*, states="h", before=30.0, **given):
    past = (round(before * 100),)
    return a_request(8, states=states, hard_steps=STEPS, past_week_hundredths=past, **given)


def costs(request, *runs_and_hard):
    """Week → cost; minutes of running and hard minutes of the two runs."""
    doing = [Dose()] * 8
    for day, (run, hard) in zip((0, 7), runs_and_hard, strict=True):
        doing[day] = Dose(run_hundredths=round(run * 100), intense_minutes=hard)
    found = breaches(RULE, request, LETTERS, tuple(doing))
    return {request.week_of(request.day_of(breach.days[0])): breach.cost for breach in found}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((20, 1), (20, 2), {}),
        ((20, 1), (21, 1), {}),
        ((20, 1), (20.01, 2), {1: 5}),
        ((20, 0), (21, 1), {1: 5}),
        ((30.01, 1), (31, 2), {0: 5, 1: 5}),  # 30 minutes before the plan, of unknown effort
        ((30, 1), (20, 2), {}),
    ],
)
def test_breaches(first, second, expected):
    assert costs(two_weeks(), first, second) == expected


@pytest.mark.parametrize("states", ["m", "r", "mmmmmmmm"])
def test_elsewhere_it_is_a_limit_and_costs_nothing(states):
    assert costs(two_weeks(states=states), (20, 1), (21, 2)) == {}


def test_a_week_of_two_states_is_held_by_the_limit_alone():
    # Week 0 ends in mild, and 31 is more than the 30 before.
    assert costs(two_weeks(states="hhhhhhmh"), (31, 1), (20, 0)) == {}


def test_what_it_costs_stands_in_the_limits():
    request = two_weeks(limits=limits_with({"one-thing-at-a-time": {"cost": 9}}))

    assert costs(request, (20, 1), (21, 2)) == {1: 9}


def test_the_reason():
    request = two_weeks()
    doing = (Dose(run_hundredths=2000), *(Dose(),) * 6, Dose(2500, intense_minutes=1))

    found = breaches(RULE, request, LETTERS, doing)

    assert [breach.reason for breach in found] == [
        "More running and more hard minutes in the week of Mon 7 Dec; one at a time."
    ]
    assert not found[0].is_limit


@pytest.mark.parametrize("states", ["h", "hhhhhhhm", "mmmmmmmh"])
@pytest.mark.parametrize("before", [0, 3.99, 4])
def test_solver_and_checker_count_the_same(states, before):
    request = two_weeks(states=states, before=before, minutes=5)

    assert_same_costs(RULE, request, LETTERS)
