"""The long run does not go down from week to week, but for lighter weeks and before a race."""

from __future__ import annotations

import pytest

from planner.request import WeekWish
from rules.dose.no_zigzag import NoZigzag
from tests.dose_agreement import assert_same_costs, breaches, runs
from tests.requests import a_request

RULE = NoZigzag()
WEEK = ". . . . . . "
LETTERS = f"l {WEEK}l {WEEK}l"
STEADY = WeekWish(easy_minutes=30, long_minutes=40)
LIGHTER = WeekWish(long_minutes=30, cut_back=True)
TAPER = WeekWish(long_minutes=30, taper=True)


def three_weeks(*wishes):
    return a_request(15, week_wishes=wishes or (STEADY,) * 3, minutes=60)


def costs(request, *minutes, letters=LETTERS):
    """The day of the lower long run → cost."""
    found = breaches(RULE, request, letters, runs(letters, *minutes))
    return {request.day_of(breach.days[1]): breach.cost for breach in found}


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        ((40, 40, 45), {}),
        ((40, 45, 40), {14: 5}),
        ((45, 44.99, 44.98), {7: 1, 14: 1}),  # a part of a minute counts as one
        ((45, 40, 45), {7: 5}),
        ((50, 40, 30), {7: 10, 14: 10}),
    ],
)
def test_breaches(minutes, expected):
    assert costs(three_weeks(), *minutes) == expected


@pytest.mark.parametrize("lighter", [LIGHTER, TAPER])
def test_lighter_weeks_are_left_out(lighter):
    assert costs(three_weeks(STEADY, lighter, STEADY), 45, 30, 45) == {}
    # The weeks on both sides are compared.
    assert costs(three_weeks(STEADY, lighter, STEADY), 45, 30, 40) == {14: 5}


def test_only_long_runs_are_compared():
    letters = f"l {WEEK}e {WEEK}l"

    assert costs(three_weeks(), 45, 30, 45, letters=letters) == {}
    assert costs(three_weeks(), 45, 50, 44, letters=letters) == {14: 1}


def test_the_reason():
    found = breaches(RULE, three_weeks(), LETTERS, runs(LETTERS, 45, 42.5, 50))

    assert [breach.reason for breach in found] == [
        "The long run goes down by 2.5 min to Mon 7 Dec."
    ]
    assert found[0].days == (three_weeks().date_of(0), three_weeks().date_of(7))
    assert found[0].cost == 3


@pytest.mark.parametrize(
    "wishes",
    [
        (STEADY, STEADY, STEADY),
        (STEADY, LIGHTER, STEADY),
        (LIGHTER, STEADY, STEADY),
        (STEADY, STEADY, TAPER),
    ],
)
@pytest.mark.parametrize("letters", [LETTERS, f"l {WEEK}l . e . . . . l"])
def test_solver_and_checker_count_the_same(wishes, letters):
    request = a_request(len(letters.split()), week_wishes=wishes)
    minutes = (3000, 3001, 3500, 4101)
    domains = {day: minutes for day, word in enumerate(letters.split()) if word == "l"}

    assert_same_costs(RULE, request, letters, {**domains, 9: (2000,)})
