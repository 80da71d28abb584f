"""What the limits on growth leave, by the runs before: plain arithmetic beside the rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.growth import NO_LIMIT, Growth, longest_since
from planner.request import Restart
from tests.requests import a_request

KEPT = ("flare-rest", "restart-dose", "session-cap", "step-back", "weekly-volume")


def growth(request, *gone):
    return Growth(request, set(KEPT) - set(gone))


@pytest.mark.parametrize(
    ("state", "longest", "most"),
    [
        # 10 % more, and 3 minutes where that is more.
        ("m", 4000, 4400),
        ("m", 1000, 1300),
        # In moderate pain no more than before.
        ("M", 4000, 4000),
    ],
)
def test_a_run_may_be_a_little_longer_than_the_longest(state, longest, most):
    assert growth(a_request(states=state)).grown(0, longest) == most


def test_without_the_cap_a_run_may_be_of_any_length():
    assert growth(a_request(), "session-cap").grown(0, 4000) == NO_LIMIT


@given(run=st.integers(1, 20_000), state=st.sampled_from("hmM"))
def test_the_shortest_before_is_just_long_enough(run, state):
    one = growth(a_request(states=state))
    before = one.shortest_before([0], run)

    # Nothing before it counts as no run at all, which has a limit of its own.
    assert not before or one.grown(0, before) >= run
    assert before <= 1 or one.grown(0, before - 1) < run


def after_a_flare(**given):
    restart = Restart(
        day=0, pre_flare_week_hundredths=6000, last_run_hundredths=4000, days_since_last_run=6
    )
    return a_request(states="r", past_runs={-6: 40}, restart=restart, **given)


def test_the_first_run_after_a_flare_is_a_share_of_the_last_one():
    request = after_a_flare()
    known = longest_since({-6: 4000}, 0)

    # After 6 days half of 40 minutes; without that limit 10 % above the longest of 30 days.
    assert growth(request).most_on(0, known) == 2000
    assert growth(request, "restart-dose").most_on(0, known) == 4400


def test_after_the_first_run_those_since_the_flare_count():
    request = after_a_flare()
    known = longest_since({-6: 4000, 0: 1200}, 2)

    # 12 minutes since the restart: 3 more.
    assert growth(request).most_on(2, known) == 1500
    # At the most: as if it were the first one, 8 days after the last: half of 40.
    assert growth(request).most_on(2, known, at_most=True) == 2000


def test_no_running_on_a_day_of_a_flare():
    request = a_request(states="f", past_runs={-2: 40})

    assert growth(request).most_on(0, longest_since({-2: 4000}, 0)) == 0


@pytest.mark.parametrize(
    ("state", "volumes", "most"),
    [
        # Healthy 30 % above the fullest of four weeks, mild 20 %; 15 minutes where that is more.
        ("h", {-1: 10_000, -2: 9000}, 13_000),
        ("m", {-1: 9000, -2: 10_000}, 12_000),
        ("m", {-1: 1000}, 2500),
        # Moderate: no more than the week before.
        ("M", {-1: 9000, -2: 10_000}, 9000),
        # Nothing known of them.
        ("m", {}, NO_LIMIT),
    ],
)
def test_a_week_holds_no_more_than_the_weeks_before_allow(state, volumes, most):
    assert growth(a_request(states=state)).most_in_week(0, volumes, {}) == most


def test_a_week_after_a_run_in_weeks_of_which_nothing_was_told_holds_a_little():
    # The rule counts the weeks as empty then: 15 minutes.
    assert growth(a_request()).most_in_week(0, {}, {-3: 2000}) == 1500


def test_on_the_way_back_no_week_holds_more_than_one_before_the_flare():
    assert growth(after_a_flare()).most_in_week(0, {-1: 9000}, {}) == 6000
