"""Less running in the two weeks before a race."""

from __future__ import annotations

from datetime import date

import pytest

from planner.request import WeekWish
from rules.dose.taper import Taper
from tests.dose_agreement import assert_same_costs, breaches, runs
from tests.requests import MONDAY, a_request

RULE = Taper()
WEEK = ". . . . . . "
STEADY = WeekWish(easy_minutes=30)
LIGHTER = WeekWish(easy_minutes=20, cut_back=True)
# A run in each of four weeks, then the race: base, base, taper, taper.
FOUR = f"e {WEEK}" * 4 + "R"


def with_race(day, *, start=MONDAY, lighter=(), **given):
    weeks = (start.weekday() + day) // 7 + 1
    wishes = tuple(LIGHTER if week in lighter else STEADY for week in range(weeks))
    return a_request(day + 1, start=start, race_on=day, week_wishes=wishes, **given)


def costs(request, letters, *minutes):
    return [breach.cost for breach in breaches(RULE, request, letters, runs(letters, *minutes))]


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        # 41 to 60 % less than 200: 80 to 118.
        ((100, 100, 60, 58), []),
        ((100, 100, 40, 40), []),
        ((100, 100, 60, 59), [1]),
        ((100, 100, 60, 58.01), [1]),
        ((100, 100, 40, 30), [10]),
        ((120, 80, 80, 80), [42]),
        # Nothing before, something now.
        ((0, 0, 10, 0), [10]),
    ],
)
def test_breaches(minutes, expected):
    # The race itself does not count.
    assert costs(with_race(28), FOUR, *minutes, 60) == expected


def test_a_race_that_is_left_out_asks_for_no_lighter_weeks():
    request = with_race(28, race_possible=False)

    assert costs(request, f"e {WEEK}" * 4 + ".", 100, 100, 100, 100) == []


def test_cut_back_weeks_are_left_out_of_the_comparison():
    # Week 1 held 60; alone, week 0 makes 200 in two weeks.
    request = with_race(28, lighter=(1,))

    assert costs(request, FOUR, 100, 60, 60, 58, 60) == []
    assert costs(request, FOUR, 100, 60, 60, 60, 60) == [2]


def test_weeks_before_the_plan_count_by_their_mean():
    # The race on day 14: both weeks to compare with lie before the plan, 70 and 140 minutes.
    request = with_race(14, past_week_hundredths=(7000, 14000))
    letters = f"e {WEEK}e {WEEK}R"

    # 41 to 60 % less than 210: 84 to 123.9.
    assert costs(request, letters, 84, 0, 60) == []
    assert costs(request, letters, 60, 63.9, 60) == []
    assert costs(request, letters, 60, 64, 60) == [1]
    assert costs(request, letters, 80, 0, 60) == [4]


def test_days_are_counted_back_from_the_race():
    # The race on a Wednesday: its two weeks begin on Wednesday, day 16; Tuesday's run is before them.
    letters = f"{'. ' * 15}e e {'. ' * 13}R"
    request = with_race(30)

    assert costs(request, letters, 100, 50, 60) == []
    assert costs(request, letters, 50, 100, 60) == [71]


@pytest.mark.parametrize("day", [13, 5])
def test_a_race_within_two_weeks_leaves_nothing_to_cut(day):
    letters = f"e {'. ' * (day - 1)}R"

    assert costs(with_race(day, past_week_hundredths=(10000, 10000)), letters, 90, 60) == []


def test_without_a_race_there_is_no_taper():
    assert costs(a_request(29), f"e {WEEK}" * 4 + "e", 10, 10, 90, 90, 90) == []


def test_a_comparison_with_lighter_weeks_alone_is_none():
    assert costs(with_race(28, lighter=(0, 1)), FOUR, 10, 10, 90, 90, 60) == []


def test_the_reason():
    request = with_race(28)

    found = breaches(RULE, request, FOUR, runs(FOUR, 100, 100, 70.5, 60, 60))

    assert [breach.reason for breach in found] == [
        "130 min of running in the 14 days before the race, 200 in the 14 before those; 80 to 118 "
        "min would be 41 to 60 % less."
    ]
    # 12.5 above 118.
    assert found[0].cost == 13
    assert found[0].days == (request.date_of(14), request.date_of(27))


def test_the_reason_counts_a_lighter_week_as_the_others_and_says_so():
    found = breaches(RULE, with_race(28, lighter=(1,)), FOUR, runs(FOUR, 100, 40, 90, 60, 60))

    # 100 minutes in seven days are 200 in fourteen: 40 to 59 % of them are 80 to 118.
    assert [breach.reason for breach in found] == [
        "150 min of running in the 14 days before the race, 200 in the 14 before those (a lighter "
        "week counted as the others); 80 to 118 min would be 41 to 60 % less."
    ]


@pytest.mark.parametrize("lighter", [(), (0,), (1,), (2,)])
def test_solver_and_checker_count_the_same(lighter):
    request = with_race(28, lighter=lighter, minutes=120)
    domains = {
        0: (5000, 10000),
        7: (7001, 10000),
        14: (4000, 5800, 5801),
        21: (4000, 5999, 6000, 9000),
        28: (6000,),
    }

    assert_same_costs(RULE, request, FOUR, domains)


@pytest.mark.parametrize("day", [14, 18])
@pytest.mark.parametrize("before", [(7000, 14000, 3000), (10001,)])
def test_solver_and_checker_count_the_same_over_the_start(day, before):
    # A plan from a Thursday: some of the days to compare with lie in weeks that are known as a whole.
    request = with_race(day, start=date(2026, 12, 3), past_week_hundredths=before)
    letters = f"e . . . e {WEEK}" + f"{'. ' * (day - 11)}R"

    minutes = (1000, 4200, 4201, 6195, 6196)
    assert_same_costs(RULE, request, letters, {0: minutes, 4: minutes, day: (6000,)})
