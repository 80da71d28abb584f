"""Where a runner starts from, in the words of her file or of her log."""

from __future__ import annotations

import pytest

from planner.profile import parse_runner
from planner.starting_point import longest_known, soreness
from tests.askings import story
from tests.requests import STATES, a_request
from tests.runners import STOP_ABOVE_MAX

RUNNER = parse_runner(story().encode(), "maya.toml", stop_above_max=STOP_ABOVE_MAX)
"""Her file says 40 minutes."""


@pytest.mark.parametrize(
    ("past_runs", "said"),
    [
        ({-3: 40}, "[recent] longest_run_minutes = 40"),
        ({-3: 25}, "25 min the longest run of the last 30 days"),
        # 31 days ago is too long ago.
        ({-31: 40}, "no run logged in the last 30 days"),
        ({}, "no run logged in the last 30 days"),
    ],
)
def test_the_longest_run_is_told_as_the_file_says_it_or_as_the_log_does_by_now(past_runs, said):
    assert longest_known(RUNNER, a_request(past_runs=past_runs)) == said


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ("MMMm", "pain above 2 of 10, up to 2 Dec"),
        ("M", "pain above 2 of 10, through the whole plan"),
        ("ffrrm", "a flare, then the way back, up to 3 Dec"),
        ("rrm", "on the way back after a flare, up to 1 Dec"),
    ],
)
def test_the_back_is_told_in_plain_words_with_its_last_day(states, said):
    # The plan's first day is Mon 30 Nov.
    assert soreness(a_request(states=states), STATES[states[0]]) == said
