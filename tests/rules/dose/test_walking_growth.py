"""Walks that grow by five minutes a week to their target."""

from __future__ import annotations

import pytest

from planner.doses import Dose
from planner.ramp import week_wishes
from planner.request import WeekWish
from rules.dose.walking_growth import WalkingGrowth
from tests.dose_agreement import assert_same_costs, breaches, every_dose, least_cost
from tests.requests import a_request

RULE = WalkingGrowth()


def off(request, letters, *minutes):
    left = iter(minutes)
    doing = tuple(
        Dose(
            walk_minutes=next(left) if "w" in word else 0,
            run_hundredths=3000 if "e" in word else 0,
        )
        for word in letters.split()
    )
    found = breaches(RULE, request, letters, doing)
    return {request.day_of(breach.days[0]): breach.cost for breach in found}


@pytest.mark.parametrize(
    ("letters", "minutes", "expected"),
    [
        ("w . w", (20, 20), {}),
        ("w . w", (19, 22), {0: 1, 2: 2}),
        (". . .", (), {}),  # whether there is a walk at all is another wish
    ],
)
def test_breaches(letters, minutes, expected):
    request = a_request(3, wish=WeekWish(walk_minutes=20))

    assert off(request, letters, *minutes) == expected


def test_walks_grow_by_five_minutes_a_week_to_the_target():
    # From 20: 20, 25, 30, 30.
    request = a_request(28, walk_minutes=20, walk_target_minutes=30)
    grown = request.model_copy(update={"week_wishes": week_wishes(request)})
    letters = "w . . . . . . " * 4

    assert off(grown, letters, 20, 25, 30, 30) == {}
    assert off(grown, letters, 20, 20, 20, 35) == {7: 5, 14: 10, 21: 5}


def test_in_a_flare_two_short_ones_of_ten_minutes():
    request = a_request(1, states="f", wish=WeekWish(walk_minutes=30))

    assert off(request, "w", 20) == {}
    assert off(request, "w", 30) == {0: 10}


@pytest.mark.parametrize(
    ("minutes", "beside", "wanted"),
    [
        # 60 - 30 of the week's easy run leave 30: the whole walk.
        (60, "", 20),
        # 60 - 30 - 10 of mobility leave 20, with 30 of strength none: 10 is the shortest walk.
        (55, "m", 15),
        (60, "s", 10),
        (45, "", 15),
    ],
)
def test_beside_a_run_it_takes_what_the_run_leaves(minutes, beside, wanted):
    request = a_request(1, minutes=minutes, wish=WeekWish(easy_minutes=30, walk_minutes=20))

    assert off(request, f"ew{beside}", wanted) == {}
    assert off(request, f"ew{beside}", wanted - 1) == {0: 1}
    assert off(request, f"ew{beside}", wanted + 2) == {0: 2}


def test_the_reason():
    request = a_request(1, wish=WeekWish(walk_minutes=25))

    found = breaches(RULE, request, "w", (Dose(walk_minutes=20),))

    assert [breach.reason for breach in found] == [
        "A walk of 20 min on Mon 30 Nov; walks of 25 min are what this week asks for."
    ]
    assert found[0].cost == 5


def test_the_reason_beside_a_run_that_leaves_less():
    # 55 - 30 of the week's easy run leave 25; the week asks for 30.
    request = a_request(1, minutes=55, wish=WeekWish(easy_minutes=30, walk_minutes=30))

    found = breaches(RULE, request, "ew", (Dose(run_hundredths=3000, walk_minutes=20),))

    assert [breach.reason for breach in found] == [
        "A walk of 20 min on Mon 30 Nov; of that day's 55 min the plan keeps 30 for a run, so 25 for "
        "the walk."
    ]


def test_the_reason_is_true_of_a_run_shorter_than_its_week_wants_one():
    # The day of 45 keeps 30 for a run, though this one has 20 (as after a set-back), and 15 for a walk.
    request = a_request(1, minutes=45, wish=WeekWish(easy_minutes=30, walk_minutes=30))

    (found,) = breaches(RULE, request, "ew", (Dose(run_hundredths=2000, walk_minutes=20),))

    assert found.reason.endswith(
        "; of that day's 45 min the plan keeps 30 for a run, so 15 for the walk."
    )


def test_the_reason_where_no_more_than_the_shortest_walk_is_left():
    # 35 - 30 leave 5 minutes, and no walk is shorter than 10.
    request = a_request(1, minutes=35, wish=WeekWish(easy_minutes=30, walk_minutes=30))

    (found,) = breaches(RULE, request, "ew", (Dose(run_hundredths=2000, walk_minutes=15),))

    assert found.reason.endswith(
        "; of that day's 35 min the plan keeps 30 for a run, so the walk is the shortest there is, 10 "
        "min."
    )


@pytest.mark.parametrize(
    ("letters", "minutes"),
    [
        ("ew . w", (45, 0, 60)),
        ("ewm . w", (55, 0, 15)),  # the walk alone has no room for its 20
        ("ews . ew", (60, 0, 40)),
        ("lw . ew", (50, 0, 48)),
        ("rw . w", (50, 0, 60)),
    ],
)
def test_solver_and_checker_count_the_same(letters, minutes):
    request = a_request(3, minutes=minutes, wish=WeekWish(easy_minutes=30, walk_minutes=20))
    domains = {day: (500, 3000) for day, word in enumerate(letters.split()) if word[0] in "el"}

    assert_same_costs(RULE, request, letters, domains)


def test_solver_and_checker_count_the_same_in_a_flare():
    request = a_request(2, states="f", minutes=(12, 60), wish=WeekWish(walk_minutes=30))
    ((only),) = every_dose(request, "w w")

    # 12 of the 20 minutes fit on the first day.
    assert least_cost(RULE, request, "w w", only) == 8
    assert off(request, "w w", 12, 20) == {0: 8}


def test_a_walk_that_is_placed_is_not_left_out():
    request = a_request(1, minutes=60, wish=WeekWish(easy_minutes=30, walk_minutes=20))

    held = {dose[0].walk_minutes for dose in every_dose(request, "ew", {0: (5000,)})}

    assert held == set(range(10, 21))
