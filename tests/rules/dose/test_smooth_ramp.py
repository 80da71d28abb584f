"""A smooth way to the goal: each run close to what its week should hold."""

from __future__ import annotations

import pytest

from planner.doses import Dose
from planner.request import HardStep, WeekWish
from rules.dose.smooth_ramp import SmoothRamp
from tests.dose_agreement import assert_same_costs, breaches, runs
from tests.requests import a_request

RULE = SmoothRamp()
WISH = WeekWish(easy_minutes=30, long_minutes=40, walk_minutes=20)
# 1 hard minute in runs of at least 3 minutes, 2 in runs of at least 5.
STEPS = tuple(
    HardStep(repeats=repeats, hard_seconds=60, easy_seconds=60, warm_up_minutes=1)
    for repeats in (1, 2)
)


def costs(request, letters, doing):
    found = breaches(RULE, request, letters, doing)
    return {request.day_of(breach.days[0]): breach.cost for breach in found}


@pytest.mark.parametrize(
    ("letters", "minutes", "expected"),
    [
        ("e . l", (30, 40), {}),
        ("e . l", (27, 44), {0: 3, 2: 4}),
        ("e . l", (29.99, 40.01), {0: 1, 2: 1}),  # a part of a minute counts as one
        ("h . .", (25,), {0: 5}),
        (". . .", (), {}),
    ],
)
def test_breaches(letters, minutes, expected):
    assert costs(a_request(3, wish=WISH), letters, runs(letters, *minutes)) == expected


@pytest.mark.parametrize(
    ("letters", "minutes", "wished"),
    [
        ("e", 25, 25),  # no room for the 30
        ("em", 35, 25),  # beside 10 minutes of mobility
        ("es", 45, 15),  # beside 30 of strength
        ("es", 29, 9),  # … of which a short day has 20
        ("ew", 35, 25),  # beside the shortest walk: 10
        ("ew", 60, 30),
        ("es", 15, 0),
    ],
)
def test_a_short_day_asks_for_what_it_has_room_for(letters, minutes, wished):
    request = a_request(1, minutes=minutes, wish=WISH)

    def doing(run):
        return (Dose(run_hundredths=run * 100, walk_minutes=15 if "w" in letters else 0),)

    assert costs(request, letters, doing(wished)) == {}
    assert costs(request, letters, doing(wished + 2)) == {0: 2}


def test_on_the_ladder_the_top_stage_is_wished():
    # 27 minutes of running; stage 8 has 21.
    request = a_request(1, ladder_weeks=[0], wish=WISH)

    assert costs(request, "r", (Dose(stage=7, run_hundredths=2100),)) == {0: 6}


def test_run_walk_off_the_ladder_goes_by_the_easy_run():
    # 30 wished, 21 held.
    request = a_request(1, states="r", wish=WISH)

    assert costs(request, "r", (Dose(stage=7, run_hundredths=2100),)) == {0: 9}


def test_a_race_is_the_goals_matter():
    assert costs(a_request(1, race_on=0, wish=WISH), "R", runs("R", 57)) == {}


@pytest.mark.parametrize(("hard", "cost"), [(2, {}), (1, {0: 1}), (0, {0: 2})])
def test_the_hard_minutes_of_a_week_count(hard, cost):
    # A run placed as a hard one and left without hard minutes is an easy run.
    wish = WISH.model_copy(update={"hard_minutes": 2})
    request = a_request(2, hard_steps=STEPS, wish=wish)

    assert costs(request, "h .", (Dose(3000, intense_minutes=hard), Dose())) == cost


@pytest.mark.parametrize(
    ("wish", "doing", "reason", "cost"),
    [
        (
            WISH,
            Dose(run_hundredths=2750),
            "Easy run 27.5 min on Mon 30 Nov; the smooth way to the goal has 30 min of running there.",
            3,
        ),
        (
            WISH.model_copy(update={"hard_minutes": 2}),
            Dose(run_hundredths=3000, intense_minutes=1),
            "1 hard min in the week of Mon 30 Nov; the smooth way to the goal has 2.",
            1,
        ),
    ],
)
def test_the_reason(wish, doing, reason, cost):
    found = breaches(RULE, a_request(1, hard_steps=STEPS, wish=wish), "h", (doing,))

    assert [(breach.reason, breach.cost) for breach in found] == [(reason, cost)]


MINUTES = (2500, 2999, 3000, 3001, 4000, 4401)


@pytest.mark.parametrize(
    ("letters", "minutes"),
    [
        ("e . l", 60),
        ("em . ls", (35, 0, 50)),
        ("h . e", (60, 0, 28)),
    ],
)
def test_solver_and_checker_count_the_same(letters, minutes):
    request = a_request(3, minutes=minutes, wish=WISH)

    assert_same_costs(RULE, request, letters, {0: MINUTES, 2: MINUTES})


@pytest.mark.parametrize("wanted", [0, 1, 2])
@pytest.mark.parametrize("letters", ["h . e", "e . h", "h . ."])
def test_solver_and_checker_count_the_same_hard_minutes(wanted, letters):
    wish = WeekWish(easy_minutes=5, hard_minutes=wanted)
    request = a_request(3, minutes=7, hard_steps=STEPS, wish=wish)

    assert_same_costs(RULE, request, letters)


@pytest.mark.parametrize("walk", [10, 14])
def test_solver_and_checker_count_the_same_beside_walks(walk):
    wish = WeekWish(easy_minutes=6, long_minutes=9, walk_minutes=walk)
    request = a_request(3, minutes=(15, 0, 20), wish=wish)

    assert_same_costs(RULE, request, "ew . lw")


@pytest.mark.parametrize("ladder_weeks", [(), (0,)])
def test_solver_and_checker_count_the_same_on_the_ladder(ladder_weeks):
    request = a_request(2, minutes=36, states="m", ladder_weeks=ladder_weeks, wish=WISH)

    assert_same_costs(RULE, request, "r r")


def test_solver_and_checker_count_the_same_beside_a_race():
    request = a_request(2, race_on=1, wish=WISH)

    assert_same_costs(RULE, request, "e R", {0: MINUTES, 1: (5700,)})


def test_solver_and_checker_count_the_same_where_more_is_wished_than_a_run_may_hold():
    # No run is planned beyond ten hours; 12 are wished.
    wish = WeekWish(easy_minutes=30, long_minutes=720)
    request = a_request(2, minutes=(60, 800), wish=wish)

    assert_same_costs(RULE, request, "e l", {0: (3000, 2900), 1: (59000, 60000)})
