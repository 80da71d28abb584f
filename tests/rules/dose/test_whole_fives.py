"""Runs in whole fives of minutes where the limits leave room."""

from __future__ import annotations

import pytest

from planner.doses import Dose
from rules.dose.whole_fives import WholeFives
from tests.dose_agreement import assert_same_costs, breaches, runs
from tests.requests import a_request, limits_with

RULE = WholeFives()


def costs(letters, *minutes, **given):
    request = a_request(len(letters.split()), **given)
    found = breaches(RULE, request, letters, runs(letters, *minutes))
    return {request.day_of(breach.days[0]): breach.cost for breach in found}


@pytest.mark.parametrize(
    ("letters", "minutes", "expected"),
    [
        ("e l h", (35, 40, 45), {}),
        ("e l h", (38, 41, 44), {0: 2, 1: 2, 2: 2}),
        ("e . l", (35.01, 40), {0: 2}),
        ("e . .", (35.5,), {0: 2}),
        # Under a quarter of an hour nothing is asked.
        ("e e e", (14, 14.99, 3.25), {}),
        ("e e e", (15, 16, 15.01), {1: 2, 2: 2}),
        # A week of rest.
        (". . .", (), {}),
    ],
)
def test_breaches(letters, minutes, expected):
    assert costs(letters, *minutes) == expected


def test_a_race_takes_what_it_takes():
    assert costs("R", 57, race_on=0) == {}


def test_the_ladder_has_numbers_of_its_own():
    request = a_request(1, ladder_weeks=[0])
    doing = (Dose(stage=6, run_hundredths=2000), Dose(stage=7, run_hundredths=2100))

    assert [breaches(RULE, request, "r", (dose,)) for dose in doing] == [(), ()]


def test_the_reason():
    request = a_request(1)

    found = breaches(RULE, request, "e", runs("e", 38.5))

    assert [breach.reason for breach in found] == ["38.5 min on Mon 30 Nov is no round number."]
    assert found[0].cost == 2


@pytest.mark.parametrize("letters", ["e l", "h e", "l h"])
def test_solver_and_checker_count_the_same(letters):
    minutes = (325, 1000, 1400, 1499, 1500, 1501, 1999, 2000, 2001, 3250)

    assert_same_costs(RULE, a_request(2), letters, dict.fromkeys(range(2), minutes))


def test_the_least_counts_itself():
    # From 16 minutes on: 16 is no five, 15.99 is left alone.
    limits = limits_with({"whole-fives": {"from_minutes": 16}})
    request = a_request(1, limits=limits)

    assert costs("e", 16, limits=limits) == {0: 2}
    assert costs("e", 15.99, limits=limits) == {}
    assert_same_costs(RULE, request, "e", {0: (1599, 1600, 1601)})


def test_solver_and_checker_count_the_same_beside_a_race():
    request = a_request(2, race_on=1)

    assert_same_costs(RULE, request, "e R", {0: (1500, 1600), 1: (5700,)})


def test_solver_and_checker_count_the_same_with_one_length_a_week():
    # Cut to the short day, 18 stays 18 there.
    assert_same_costs(RULE, a_request(5, minutes=(21, 0, 18, 0, 22)), "e . e . l")
