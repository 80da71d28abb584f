"""usual-week: each session on its weekday of the runner's usual week, as a wish."""

from __future__ import annotations

from datetime import date

import pytest

from rules.place.usual_week import UsualWeek
from tests.agreement import assert_agreement, breaches_in, missed
from tests.requests import a_request

RULE = UsualWeek()
USUAL = (
    ("run",),  # Monday
    ("walk", "strength"),
    (),
    ("run", "hard_run", "mobility"),
    (),
    ("run", "long_run"),
    ("walk",),  # Sunday
)


@pytest.mark.parametrize(
    ("letters", "given", "costs"),
    [
        ("e ws . hm . l w", {}, []),
        (". . . . . . .", {}, []),  # a session that is missing is another rule's
        # limits.toml: each session on another weekday costs 1.
        (". e . . . . .", {}, [(1, 1)]),
        (". . s . . . .", {}, [(2, 1)]),
        ("r . . e . R .", {}, []),  # a run is a run, whatever its kind ...
        ("l . . h . h .", {}, [(0, 1), (5, 1)]),  # ... and the long and the hard run have a day
        (". l . . . . .", {}, [(1, 2)]),  # neither a run's day nor the long run's
        ("wm . . . . . .", {}, [(0, 2)]),
        ("e . . . . . m", {}, [(6, 1)]),
        (". R . . . . .", {"race_on": 1}, []),  # the race is where it must be
        (". ls . . . . .", {"race_on": 1}, []),
        ("l s m w h m e", {"usual_week": ()}, []),  # no usual week yet
        # From a Friday: day 3 is a Monday.
        ("e l w e s . .", {"start": date(2026, 12, 4)}, [(0, 1)]),
    ],
)
def test_missed(letters, given, costs):
    request = a_request(7, **{"usual_week": USUAL, **given})

    assert missed(RULE, request, letters) == costs


def test_the_reason_says_what_is_where():
    (breach,) = breaches_in(RULE, a_request(2, usual_week=USUAL), ". l")

    assert breach.reason == "Long run 30 min on Tue 1 Dec is not on its usual weekday."


@pytest.mark.parametrize("start", [date(2026, 11, 30), date(2026, 12, 3), date(2026, 12, 5)])
@pytest.mark.parametrize("days", [1, 2])
def test_solver_and_checker_agree_on_every_kind(days, start):
    request = a_request(days, start=start, usual_week=USUAL)

    assert_agreement(RULE, request, ". e l h r R w s m es ls hm rs ws wm")


@pytest.mark.parametrize("race_on", [None, 0, 2])
def test_solver_and_checker_agree_beside_a_race(race_on):
    request = a_request(3, start=date(2026, 12, 2), usual_week=USUAL, race_on=race_on)

    assert_agreement(RULE, request, ". e l h R w s m ls")


def test_solver_and_checker_agree_over_weeks():
    assert_agreement(RULE, a_request(9, start=date(2026, 12, 30), usual_week=USUAL), ". e")


def test_solver_and_checker_agree_without_a_usual_week():
    assert_agreement(RULE, a_request(3), ". e l w s", bites=False)
