"""A lighter week every fourth week."""

from __future__ import annotations

import pytest

from planner.request import WeekWish
from rules.dose.cut_back_week import CutBackWeek
from tests.dose_agreement import assert_same_costs, breaches, runs
from tests.requests import a_request

RULE = CutBackWeek()
WEEK = ". . . . . . "
LETTERS = f"e {WEEK}e"
STEADY = WeekWish(easy_minutes=30)
LIGHTER = WeekWish(easy_minutes=20, cut_back=True)


def two_weeks(first=STEADY, second=LIGHTER, **given):
    return a_request(8, week_wishes=(first, second), **given)


def cost(request, *minutes):
    return [breach.cost for breach in breaches(RULE, request, LETTERS, runs(LETTERS, *minutes))]


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        # 70 to 80 of 100.
        ((100, 80), []),
        ((100, 70), []),
        ((100, 75), []),
        # A minute outside costs one, a part of a minute as well.
        ((100, 80.01), [1]),
        ((100, 81), [1]),
        ((100, 81.01), [2]),
        ((100, 69.99), [1]),
        ((100, 60), [10]),
        ((100, 100), [20]),
    ],
)
def test_breaches(minutes, expected):
    assert cost(two_weeks(), *minutes) == expected


def test_other_weeks_are_left_alone():
    assert cost(two_weeks(second=STEADY), 100, 100) == []


def test_a_lighter_first_week_goes_by_the_week_before_the_plan():
    request = two_weeks(first=LIGHTER, second=STEADY, past_week_hundredths=(10000,))

    assert cost(request, 80, 100) == []
    assert cost(request, 90, 100) == [10]


def test_the_reason():
    found = breaches(RULE, two_weeks(), LETTERS, runs(LETTERS, 100, 92.5))

    # 12.5 above 80.
    assert [breach.reason for breach in found] == [
        "92.5 min in the lighter week of Mon 7 Dec, after 100."
    ]
    assert found[0].cost == 13
    assert found[0].days == (two_weeks().date_of(7),)


MINUTES = {
    0: (10000, 10001, 5000),
    7: (3499, 3500, 4000, 4001, 7000, 7001, 6999, 8000, 8001, 8100, 8101, 10000),
}


@pytest.mark.parametrize("first", [STEADY, LIGHTER])
@pytest.mark.parametrize("before", [(), (9000,)])
def test_solver_and_checker_count_the_same(first, before):
    request = two_weeks(first, past_week_hundredths=before, minutes=100)

    assert_same_costs(RULE, request, LETTERS, MINUTES)


def test_solver_and_checker_count_the_same_in_a_first_week_cut_short():
    # Twenty minutes were run on Monday and Tuesday of the first week.
    request = a_request(
        6,
        start=two_weeks().date_of(2),
        week_wishes=(LIGHTER, LIGHTER),
        past_week_hundredths=(5000,),
        run_before_in_week_0=2000,
    )

    assert_same_costs(
        RULE, request, "e . . . . e", {0: (1500, 2000, 2001, 2100), 5: (2800, 3200, 3201)}
    )
