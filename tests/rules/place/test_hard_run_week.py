"""hard-run-week: a hard run in each week that is ready for one, as a wish."""

from __future__ import annotations

from datetime import date

import pytest

from planner.plan import Kind
from planner.request import WeekWish
from rules.place.hard_run_week import HardRunWeek
from tests.agreement import assert_agreement, breaches_in, missed
from tests.requests import a_request

RULE = HardRunWeek()
READY, NOT_READY = WeekWish(hard_minutes=2), WeekWish()
ONE_A_WEEK = {Kind.HARD_RUN: 1}
"""The model never places two in a week (``placing.fit_the_days``)."""


@pytest.mark.parametrize(
    ("letters", "weeks", "costs"),
    [
        # limits.toml: a week without its hard run costs 3.
        (". h . . . . . . . h", (READY, READY), []),
        (". h . . . . . . . .", (READY, READY), [(7, 3)]),
        (". . . . . . h . . .", (READY, READY), [(7, 3)]),  # Sunday belongs to its week
        ("e l . r . . . . R w", (READY, READY), [(0, 3), (7, 3)]),  # no other run does
        (". . . . . . . . . .", (NOT_READY, READY), [(7, 3)]),
        (". . . . . . . . . .", (NOT_READY, NOT_READY), []),
    ],
)
def test_missed(letters, weeks, costs):
    assert missed(RULE, a_request(10, week_wishes=weeks), letters) == costs


def test_the_reason_says_which_week():
    (breach,) = breaches_in(RULE, a_request(3, wish=READY), "e . l")

    assert breach.reason == "0 hard runs in the week of Mon 30 Nov, which is ready for one."


@pytest.mark.parametrize("weeks", [(READY, READY), (NOT_READY, READY), (READY, NOT_READY)])
def test_solver_and_checker_agree(weeks):
    # Thursday to Wednesday: a week border within the plan.
    request = a_request(7, start=date(2026, 12, 31), week_wishes=weeks)

    assert_agreement(RULE, request, ". e h", ONE_A_WEEK)


@pytest.mark.parametrize("days", [1, 2])
@pytest.mark.parametrize("wish", [READY, NOT_READY])
def test_solver_and_checker_agree_on_every_kind(days, wish):
    menu = ". e l h r R w s m hs hm"
    request = a_request(days, wish=wish)

    assert_agreement(RULE, request, menu, ONE_A_WEEK, bites=wish is READY)
