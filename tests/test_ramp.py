"""The smooth way to the goal: what its weeks should hold."""

from __future__ import annotations

from datetime import timedelta

from planner.ramp import week_wishes
from planner.request import Wishes
from tests.requests import MONDAY, a_request


def test_what_was_run_in_a_week_begun_counts_for_the_weeks_after_it():
    # 30 minutes were run on each of Tuesday and Thursday before a moderate Friday; one of three runs
    # is left of that week. The next week may have 80 % of the 90 minutes before it, over three runs.
    request = a_request(
        10,
        start=MONDAY + timedelta(days=4),
        states="M",
        minutes=(0, 0, 60, 0, 60, 0, 60, 0, 0, 60),
        wishes=Wishes(runs=3),
        past_runs={-3: 30, -1: 30},
        past_week_hundredths=(9000, 9000, 9000, 9000),
        run_before_in_week_0=6000,
    )

    assert week_wishes(request)[1].easy_minutes == 24


def test_nobody_tapers_for_a_race_that_is_not_to_be_run():
    known = {"past_runs": {-2: 30}, "past_week_hundredths": (9000,) * 4}
    raced, left_out = (
        week_wishes(a_request(21, race_on=20, race_possible=possible, **known))
        for possible in (True, False)
    )

    assert any(one.taper for one in raced)
    assert not any(one.taper for one in left_out)
