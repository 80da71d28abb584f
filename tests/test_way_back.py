"""The way back after a flare: the stages that its weeks can come to."""

from __future__ import annotations

from datetime import date

from planner.request import Restart, Wishes
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
