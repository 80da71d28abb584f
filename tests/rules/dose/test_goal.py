"""The goal: how many minutes the plan falls short of it."""

from __future__ import annotations

import pytest

from planner.doses import Dose
from planner.request import Goal as Wanted
from planner.request import WeekWish
from rules.dose.goal import Goal
from tests.dose_agreement import assert_same_costs, breaches, runs
from tests.requests import a_request

RULE = Goal()


def wanting(days, kind="run_time", asked=30.0, day=None, **given):
    goal = Wanted(kind=kind, day=day, asked_hundredths=round(asked * 100))
    return a_request(days, goal=goal, **given)


def short(request, letters, doing):
    return [breach.cost for breach in breaches(RULE, request, letters, doing)]


@pytest.mark.parametrize(
    ("letters", "minutes", "expected"),
    [
        ("e . e", (20, 30), []),
        ("e . e", (20, 29.99), [1]),  # hundredths of a minute
        ("e . e", (29, 20), [100]),
        ("h . l", (20, 25), [500]),
        (". . .", (), [3000]),
    ],
)
def test_the_longest_run_counts(letters, minutes, expected):
    assert short(wanting(3), letters, runs(letters, *minutes)) == expected


def test_a_goal_that_is_reached_with_more_costs_nothing():
    assert short(wanting(1), "e", runs("e", 40)) == []


def test_a_run_after_the_day_comes_too_late():
    request = wanting(4, day=2)

    assert short(request, "e . e .", runs("e . e .", 20, 30)) == []
    assert short(request, "e . . e", runs("e . . e", 20, 30)) == [1000]


def test_running_with_breaks_counts_by_its_longest_bout():
    # Stage 8 of the ladder: 3 minutes without a break, 21 in all.
    request = wanting(1, ladder_weeks=[0])

    assert short(request, "r", (Dose(stage=7, run_hundredths=2100),)) == [2700]


def test_for_a_race_only_race_day_counts():
    # 60 minutes are asked for.
    request = a_request(3, race_on=2)

    assert short(request, "l . R", runs("l . R", 60, 55)) == [500]
    assert short(request, "e . R", runs("e . R", 10, 60)) == []


def test_for_walking_the_longest_walk_counts_whenever_it_is():
    request = wanting(9, kind="walking")
    letters = "w . . . . . . w ."
    walks = {0: 20, 7: 25}
    doing = tuple(Dose(walk_minutes=walks.get(day, 0)) for day in range(9))

    assert short(request, letters, doing) == [500]


def test_a_goal_beyond_the_plan_asks_for_the_way_there():
    # The longest run of the last weeks is wished at 40, though 60 are asked for in the end.
    request = wanting(3, asked=60, day=30)

    assert short(request, "e . l", runs("e . l", 20, 40)) == []
    assert short(request, "e . l", runs("e . l", 20, 35)) == [500]


def test_the_way_there_never_asks_for_more_than_the_goal():
    request = wanting(3, asked=35, day=30)

    assert short(request, "e . l", runs("e . l", 20, 35)) == []


def test_a_plan_on_the_ladder_alone_is_asked_for_no_run_without_a_break():
    request = wanting(1, day=30, ladder_weeks=[0])

    assert short(request, "r", (Dose(stage=0, run_hundredths=325),)) == []


def test_the_reason():
    found = breaches(RULE, wanting(3), "e . .", runs("e . .", 22.5))

    assert [breach.reason for breach in found] == ["The plan gets to 22.5 of 30 minutes."]
    assert found[0].cost == 750


MINUTES = (1000, 2999, 3000, 3001, 4000)


@pytest.mark.parametrize(
    ("request_", "letters"),
    [
        (wanting(4), "e . l e"),
        (wanting(4, day=2), "e . l e"),
        (wanting(4, asked=60, day=30), "e . l e"),
        (wanting(4, kind="keep_running"), "h . . e"),
        (a_request(4, race_on=3), "e . l R"),
        (a_request(4, race_on=3, race_possible=False), "e . l ."),
        (a_request(4, race_on=2, minutes=70), "l . R e"),
    ],
)
def test_solver_and_checker_count_the_same(request_, letters):
    domains = {day: MINUTES for day, word in enumerate(letters.split()) if word != "."}

    assert_same_costs(RULE, request_, letters, domains)


def test_solver_and_checker_count_the_same_on_the_ladder():
    assert_same_costs(RULE, wanting(3, ladder_weeks=[0], asked=10), "r . r", None)


def test_solver_and_checker_count_the_same_walks():
    wish = WeekWish(easy_minutes=10, walk_minutes=25)
    request = wanting(9, kind="walking", wish=wish)
    walks = a_request(9, goal=request.goal, wish=wish, minutes=(20, *(0,) * 6, 40, 34))

    assert_same_costs(RULE, walks, "w . . . . . . ew ew", {7: (1000,), 8: (1000,)})
