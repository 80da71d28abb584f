"""The longest run no more than its share of the week."""

from __future__ import annotations

from datetime import date

import pytest

from rules.dose.long_run_share import LongRunShare
from tests.dose_agreement import assert_same_costs, breaches, runs
from tests.requests import a_request

RULE = LongRunShare()


def costs(letters, *minutes, **given):
    request = a_request(len(letters.split()), **given)
    return [breach.cost for breach in breaches(RULE, request, letters, runs(letters, *minutes))]


@pytest.mark.parametrize(
    ("states", "letters", "minutes", "expected"),
    [
        # Two runs: a half and ten points. 60 of 100.
        ("h", "e . l", (40, 60), []),
        ("h", "e . l", (40, 61), [1]),  # 61 - 60.6 is a part of a minute
        ("h", "e . l", (40, 70), [4]),  # 70 - 60 % of 110
        # Three runs: a third and ten points, 43.3 % of 150 are 65.
        ("m", "e e . l", (40, 45, 65), []),
        ("m", "e e . l", (40, 45, 66), [1]),
        # Six runs: a sixth and ten points are 26.7 %, the least share is 30 %: 60 of 200.
        ("h", "e e e e e l", (28, 28, 28, 28, 28, 60), []),
        ("h", "e e e e e l", (27, 28, 28, 28, 28, 61), [1]),
        # In moderate pain a third and five points, no least share: 38.3 % of 120 are 46.
        ("M", "e e . e", (37, 37, 46), []),
        ("M", "e e . e", (36, 37, 47), [1]),
        # The strictest of the week's states: 65 of 150 are 43.3 %, 38.3 % are 57.5.
        ("hhM", "e e . l", (40, 45, 65), [8]),
        # Any run may be the longest.
        ("h", "e . l", (70, 40), [4]),
        # One run is the week.
        ("h", "l . .", (60,), []),
        ("h", ". . .", (), []),
        # A flare sets none.
        ("f", "e . l", (20, 80), []),
    ],
)
def test_breaches(states, letters, minutes, expected):
    assert costs(letters, *minutes, states=states) == expected


def test_the_week_of_a_race_is_left_alone():
    assert costs("e e R", 20, 20, 60, race_on=2) == []


def test_running_before_the_plan_counts_for_the_first_week():
    # From Thursday: 60 of the 140 with the 40 before; 60 % of them are 84.
    thursday = date(2026, 12, 3)

    assert costs("e . l", 20, 80, start=thursday) == [20]
    assert costs("e . l", 20, 80, start=thursday, run_before_in_week_0=4000) == []


def test_each_week_has_its_own():
    # Sunday's week holds one run.
    assert costs("l e . l", 90, 40, 70, start=date(2026, 12, 6)) == [4]


def test_the_reason():
    request = a_request(4)

    found = breaches(RULE, request, "e e . l", runs("e e . l", 40, 45, 70.5))

    # 43.3 % of 155.5 are 67.4.
    assert [breach.reason for breach in found] == [
        "The longest run (70.5 min) is more than 43 % of the week of Mon 30 Nov."
    ]
    assert found[0].cost == 4
    assert len(found[0].days) == 4


MINUTES = (2000, 4000, 6000, 6001, 6101, 9000)


@pytest.mark.parametrize("states", ["h", "m", "M", "hM", "r", "hf"])
@pytest.mark.parametrize("letters", ["e . l", "e e . l"])
def test_solver_and_checker_count_the_same(states, letters):
    request = a_request(len(letters.split()), states=states, minutes=90)
    domains = {day: MINUTES for day, word in enumerate(letters.split()) if word != "."}

    assert_same_costs(RULE, request, letters, domains)


def test_solver_and_checker_count_the_same_over_a_week_border():
    # Of Sunday's week nobody knows more than the 30 minutes before it.
    request = a_request(4, start=date(2026, 12, 6), minutes=90, run_before_in_week_0=3000)

    assert_same_costs(RULE, request, "l e . l", dict.fromkeys(range(4), MINUTES))


@pytest.mark.parametrize(
    "minutes",
    [
        (12, 0, 12, 0, 20),
        (12, 0, 8, 0, 20),
        (12, 0, 8, 0, 9),  # the day of the long run is shorter than the easy run's
    ],
)
def test_solver_and_checker_count_the_same_with_one_length_a_week(minutes):
    assert_same_costs(RULE, a_request(5, minutes=minutes), "e . e . l")


def test_solver_and_checker_count_the_same_on_the_ladder():
    assert_same_costs(RULE, a_request(3, minutes=36, ladder_weeks=[0]), "r . r")
