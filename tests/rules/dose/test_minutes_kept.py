"""Runs and walks as long as in the plan before, where their weeks still want that much."""

from __future__ import annotations

import pytest

from planner.doses import Dose
from planner.plan import Kind
from planner.request import Before, WeekWish
from rules.dose.minutes_kept import MinutesKept
from tests.dose_agreement import assert_same_costs, breaches, least_cost, runs
from tests.requests import a_request

RULE = MinutesKept()
# Every week wants easy runs of 30 minutes and a long one of 40.
WISH = WeekWish(easy_minutes=30, long_minutes=40, walk_minutes=20)


def ran(minutes, *kinds, walk_minutes=0):
    return Before(
        kinds=kinds or (Kind.EASY_RUN,),
        run_hundredths=round(minutes * 100),
        walk_minutes=walk_minutes,
    )


def walked(minutes):
    return Before(kinds=(Kind.WALK,), walk_minutes=minutes)


def off(request, letters, doing):
    return [
        (request.day_of(breach.days[0]), breach.cost)
        for breach in breaches(RULE, request, letters, doing)
    ]


@pytest.mark.parametrize(
    ("before", "letters", "minutes", "expected"),
    [
        (ran(25), "e", 25, []),
        (ran(25), "e", 20, [(0, 5)]),
        (ran(25), "e", 31, [(0, 6)]),
        (ran(25), "e", 25.01, [(0, 1)]),  # a minute that has begun counts whole
        (ran(25), "e", 23.99, [(0, 2)]),
        # No more of it than the week wants now: 30 of an easy run, 40 of a long one.
        (ran(50), "e", 30, []),
        (ran(50), "e", 50, [(0, 20)]),
        (ran(50, Kind.LONG_RUN), "l", 40, []),
        (ran(35, Kind.LONG_RUN), "l", 35, []),
        (ran(35, Kind.LONG_RUN), "e", 30, []),  # by what it is now
        (ran(25), "l", 25, []),
        (ran(25, Kind.HARD_RUN), "h", 20, [(0, 5)]),
        (ran(60, Kind.RACE), "e", 30, []),
        # How much a run/walk held says nothing of a run without breaks.
        (ran(15, Kind.RUN_WALK), "e", 30, []),
        # Only where both plans have a run, and never a race.
        (walked(20), "e", 20, []),
        (Before(), "e", 20, []),
        (None, "e", 20, []),
        (ran(25), "R", 60, []),
    ],
)
def test_runs(before, letters, minutes, expected):
    race = {"race_on": 0} if letters == "R" else {}
    request = a_request(1, wish=WISH, before=(before,), **race)

    assert off(request, letters, runs(letters, minutes)) == expected


@pytest.mark.parametrize(
    ("before", "letters", "minutes", "expected"),
    [
        (walked(20), "w", 20, []),
        (walked(20), "w", 15, [(0, 5)]),
        (walked(40), "w", 20, [(0, 20)]),  # the walk alone counts, not what its week wants
        (walked(10), "w", 20, [(0, 10)]),
        (walked(20), ".", 0, []),
        (ran(20), "w", 20, []),
        (None, "w", 20, []),
    ],
)
def test_walks(before, letters, minutes, expected):
    request = a_request(1, wish=WISH, before=(before,))

    assert off(request, letters, (Dose(walk_minutes=minutes),)) == expected


def test_a_run_and_a_walk_of_a_day_are_counted_each():
    request = a_request(1, wish=WISH, before=(ran(25, Kind.EASY_RUN, Kind.WALK, walk_minutes=20),))

    assert off(request, "ew", (Dose(run_hundredths=2000, walk_minutes=17),)) == [(0, 5), (0, 3)]


def test_walking_breaks_are_no_walk():
    # Stage 8 of gentle: 21 minutes of running and 7 of walking.
    request = a_request(1, ladder_weeks=[0], before=(ran(21, Kind.RUN_WALK, Kind.WALK),))

    assert off(request, "r", (Dose(stage=7, run_hundredths=2100),)) == []


def test_on_the_ladder_its_top_is_the_most_wanted():
    # The top of gentle has 27 minutes of running: 3 more than stage 11.
    request = a_request(1, ladder_weeks=[0], before=(ran(30, Kind.RUN_WALK),))

    assert off(request, "r", (Dose(stage=10, run_hundredths=2400),)) == [(0, 3)]
    assert off(request, "r", (Dose(stage=11, run_hundredths=2700),)) == []


def test_a_run_that_became_a_run_walk_is_not_compared():
    request = a_request(1, ladder_weeks=[0], before=(ran(30),))

    assert off(request, "r", (Dose(stage=0, run_hundredths=325),)) == []


@pytest.mark.parametrize("before", [(), (ran(25),)])
def test_days_beyond_the_plan_before_are_not_compared(before):
    request = a_request(2, wish=WISH, before=before)

    assert off(request, ". e", runs(". e", 5)) == []


def test_days_beyond_the_plan_are_not_compared():
    request = a_request(1, wish=WISH, before=(ran(25),) * 3)

    assert off(request, "e", runs("e", 20)) == [(0, 5)]


@pytest.mark.parametrize(
    ("before", "letters", "doing", "reason"),
    [
        (
            ran(25),
            "e",
            Dose(run_hundredths=2050),
            "Easy run 20.5 min on Mon 30 Nov; the plan before leads to 25 min there.",
        ),
        (
            walked(30),
            "w",
            Dose(walk_minutes=20),
            "Walk 20 min on Mon 30 Nov; the plan before leads to 30 min there.",
        ),
    ],
)
def test_the_reason(before, letters, doing, reason):
    (breach,) = breaches(RULE, a_request(1, wish=WISH, before=(before,)), letters, (doing,))

    assert breach.reason == reason


MINUTES = (1999, 2000, 2001, 2950, 3000, 3001, 4100)


@pytest.mark.parametrize(
    ("before", "letters", "given"),
    [
        ((ran(20), ran(29.5), ran(50, Kind.LONG_RUN)), "e . l", {}),
        ((ran(20), None, ran(30)), "h e e", {}),
        ((ran(20), ran(40, Kind.LONG_RUN)), "l e e", {}),
        ((ran(20), ran(30), ran(60, Kind.RACE), ran(9)), "e . R", {"race_on": 2}),
    ],
)
def test_solver_and_checker_cost_the_same(before, letters, given):
    request = a_request(3, wish=WISH, before=before, **given)
    days = [day for day, word in enumerate(letters.split()) if word != "."]

    assert_same_costs(RULE, request, letters, dict.fromkeys(days, MINUTES))


@pytest.mark.parametrize(
    "first", [ran(6, Kind.EASY_RUN, Kind.WALK, walk_minutes=3), ran(6), walked(3)]
)
def test_solver_and_checker_cost_the_same_as_plans_are_made(first):
    wish = WeekWish(easy_minutes=5, long_minutes=7, walk_minutes=4)
    before = (first, ran(3), ran(9, Kind.LONG_RUN))
    request = a_request(3, wish=wish, before=before, minutes=9, walk_minutes=2)

    assert_same_costs(RULE, request, "ew e l")


@pytest.mark.parametrize("second", [ran(30, Kind.RUN_WALK), ran(30)])
def test_solver_and_checker_cost_the_same_on_the_ladder(second):
    # Both days had a run/walk, or the second a run, which says nothing of a run/walk.
    request = a_request(2, ladder_weeks=[0], before=(ran(13.5, Kind.RUN_WALK), second))

    assert_same_costs(RULE, request, "r r")


def test_solver_and_checker_cost_the_same_for_a_walk_of_its_own():
    # A walk alone takes what its week wants, 20 minutes: 5 more than before, whatever is done.
    request = a_request(1, wish=WISH, before=(walked(15),))
    doing = (Dose(walk_minutes=20),)

    assert least_cost(RULE, request, "w", doing) == 5
    assert off(request, "w", doing) == [(0, 5)]


def test_without_a_plan_before_nothing_costs():
    assert least_cost(RULE, a_request(1, wish=WISH), "e", runs("e", 20)) == 0
