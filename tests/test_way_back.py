"""The way back after a flare: the stages that its weeks can come to."""

from __future__ import annotations

from datetime import date

import pytest

from planner.plan import hundredths
from planner.request import Restart, WeekWish, Wishes
from planner.way_back import stage_minutes
from tests.requests import a_request


def test_the_last_days_of_a_plan_want_as_much_as_those_before():
    # 8 days with time on 4 of them: runs of 24 minutes were done, which 45 minutes hold with breaks.
    restart = Restart(
        day=-42, pre_flare_week_hundredths=7500, last_run_hundredths=3000, days_since_last_run=2
    )
    request = a_request(
        8,
        start=date(2027, 1, 24),
        states="r",
        minutes=(60, 45, 0, 45, 0, 45, 0, 60),
        wishes=Wishes(runs=3),
        past_runs={-4: 24, -2: 24},
        restart=restart,
    )

    assert stage_minutes(request, 1) >= 21


@pytest.mark.parametrize(
    ("wanted", "most"),
    [
        # Stage 4 runs for 12 minutes, stage 5 for 15; the nearer one counts.
        (13, 12.0),
        (14, 15.0),
        (15, 15.0),
        # Less than the first stage, 13 times 15 seconds, there is not.
        (2, 3.25),
        (3, 3.25),
    ],
)
def test_a_run_holds_no_more_than_the_way_back_wants(wanted, most):
    restart = Restart(
        day=0, pre_flare_week_hundredths=9000, last_run_hundredths=4000, days_since_last_run=2
    )
    request = a_request(states="r", restart=restart, wish=WeekWish(easy_minutes=wanted))

    assert request.most_with_care(2) == hundredths(most)


def test_so_does_one_in_moderate_pain():
    request = a_request(states="M", wish=WeekWish(easy_minutes=5))

    # 6 minutes, stage 2, are nearer than 3.25.
    assert request.most_with_care(2) == hundredths(6.0)


def test_a_day_on_which_the_way_back_is_over_has_no_such_limit():
    restart = Restart(
        day=-30, pre_flare_week_hundredths=9000, last_run_hundredths=4000, days_since_last_run=2
    )
    request = a_request(states="m", restart=restart, wish=WeekWish(easy_minutes=14))

    assert request.most_with_care(2) is None
