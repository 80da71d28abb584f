"""How many weeks a ladder takes at the best."""

from __future__ import annotations

import pytest

from planner.on_ladder import first_ladder_weeks
from planner.request import Wishes
from tests.requests import a_request

WEEKS = 16


def weeks(**given) -> int:
    return sum(first_ladder_weeks(a_request(7 * WEEKS, **{"wishes": Wishes(runs=4), **given})))


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        # The gentle ladder: twelve stages of two sessions, so 24; four a week take six weeks.
        ({}, 6),
        ({"wishes": Wishes(runs=3)}, 8),
        # More than four don't fit: there is a day between two of them.
        ({"wishes": Wishes(runs=6)}, 6),
        # Two stages less are four sessions less.
        ({"first_stage": 2}, 5),
    ],
)
def test_a_ladder_takes_as_many_weeks_as_its_sessions_fill(given, taken):
    assert weeks(**given) == taken


@pytest.mark.parametrize(
    ("minutes", "taken"),
    [
        # Its first session takes 30 minutes: three days a week have them, so 24 / 3.
        ((29, 30, 0, 45, 20, 90, 29), 8),
        ((30, 30, 30, 30, 30, 30, 30), 6),
    ],
)
def test_days_too_short_for_a_session_hold_none(minutes, taken):
    assert weeks(minutes=minutes * WEEKS) == taken


def test_days_away_hold_none():
    # The first two weeks away: six weeks from the third on.
    assert weeks(away=tuple(range(14))) == 8


def test_days_of_a_flare_hold_none():
    # Four days of a flare leave three in the first week: 3 + 5 x 4 = 23 of 24, so a seventh.
    assert weeks(states="ffffm") == 7
