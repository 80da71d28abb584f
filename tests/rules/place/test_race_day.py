"""race-day: the race on its day with nothing beside it, and an easy day before it."""

from __future__ import annotations

import pytest

from planner.plan import Kind
from rules.place.race_day import RaceDay
from tests.agreement import assert_agreement, breaches_in, broken_days
from tests.requests import a_request

RULE = RaceDay()


@pytest.mark.parametrize(
    ("letters", "given", "broken"),
    [
        ("l . R .", {"race_on": 2}, []),
        (". e R e", {"race_on": 2}, []),  # an easy run, a walk or rest the day before
        (". w R .", {"race_on": 2}, []),
        (". m R .", {"race_on": 2}, []),
        (". r R .", {"race_on": 2}, []),
        (". l R .", {"race_on": 2}, [(1, 2)]),
        (". h R .", {"race_on": 2}, [(1, 2)]),
        (". s R .", {"race_on": 2}, [(1, 2)]),
        (". es R .", {"race_on": 2}, [(1, 2)]),
        (". hs R .", {"race_on": 2}, [(1, 2)]),  # one day, one breach
        ("s . R s", {"race_on": 2}, []),  # two days before and the day after are free
        (". . . .", {"race_on": 2}, [(2,)]),
        (". . e .", {"race_on": 2}, [(2,)]),  # another run is no race
        (". . Rm .", {"race_on": 2}, [(2,)]),  # nothing beside it
        (". l Rm .", {"race_on": 2}, [(2,), (1, 2)]),
        ("R . . .", {"race_on": 0}, []),
        (". . l R", {"race_on": 3}, [(2, 3)]),
        ("R . . .", {"race_on": 0, "past_runs": {-1: Kind.HARD_RUN}}, []),  # it is over
        (". l . .", {"race_on": 4}, []),  # a race after the plan's last day
        (". l . .", {}, []),
        # Somebody else's plan holds a race that was not asked for.
        (". s R .", {}, [(1, 2)]),
        (". e R .", {}, []),
        ("R . Rm .", {"race_on": 0}, [(2,)]),
        (". l R .", {"race_on": 2, "race_possible": False}, [(1, 2)]),
        (". l . .", {"race_on": 2, "race_possible": False}, []),  # left out, with a note
    ],
)
def test_breaches(letters, given, broken):
    assert broken_days(RULE, a_request(4, **given), letters) == broken


@pytest.mark.parametrize(
    ("letters", "reason"),
    [
        (". e", "Tue 1 Dec is race day: the race, and only it."),
        (
            "s R",
            "Strength 30 min on the day before the race of Tue 1 Dec; that day is for rest, a "
            "walk or an easy run.",
        ),
    ],
)
def test_the_reason_says_which_day(letters, reason):
    found = breaches_in(RULE, a_request(2, race_on=1), letters)

    assert [breach.reason for breach in found] == [reason]


@pytest.mark.parametrize(("days", "race_on"), [(1, 0), (2, 0), (2, 1)])
def test_solver_and_checker_agree_on_every_kind(days, race_on):
    menu = ". e l h r R w s m es ls hm Rs Rm Rw eR"

    assert_agreement(RULE, a_request(days, race_on=race_on), menu)


@pytest.mark.parametrize("race_on", range(5))
def test_solver_and_checker_agree_on_every_race_day(race_on):
    request = a_request(5, race_on=race_on, past_runs={-1: Kind.LONG_RUN})

    assert_agreement(RULE, request, ". e l R s")


@pytest.mark.parametrize("given", [{}, {"race_on": 5}, {"race_on": 2, "race_possible": False}])
def test_solver_and_checker_agree_on_races_that_nobody_asked_for(given):
    assert_agreement(RULE, a_request(3, **given), ". e l h R s Rs")


@pytest.mark.parametrize("given", [{}, {"race_on": 5}, {"race_on": 2, "race_possible": False}])
def test_without_a_race_nothing_is_asked(given):
    assert_agreement(RULE, a_request(3, **given), ". e l h s", bites=False)


def test_solver_and_checker_agree_where_the_race_has_no_place():
    """No plan then: the solver must not pass over a race that cannot be placed."""
    assert_agreement(RULE, a_request(2, race_on=1), ". e", bites=False)
