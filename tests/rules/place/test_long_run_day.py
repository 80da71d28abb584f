"""long-run-day: a long run each week, on a day with room for what the goal needs."""

from __future__ import annotations

from datetime import date

import pytest

from planner.plan import Kind
from planner.request import WeekWish
from rules.place.long_run_day import LongRunDay
from tests.agreement import assert_agreement, breaches_in, missed
from tests.requests import a_request

RULE = LongRunDay()
FORTY, NONE = WeekWish(long_minutes=40), WeekWish()
ONE_A_WEEK = {Kind.LONG_RUN: 1}
"""The model never places two in a week (``placing.fit_the_days``)."""


@pytest.mark.parametrize(
    ("letters", "given", "costs"),
    [
        (". . l . .", {}, []),
        # Each minute of room that is missing costs one; no long run at all the whole length.
        (". . l . .", {"minutes": 40}, []),
        (". . l . .", {"minutes": 39}, [(2, 1)]),
        (". . l . .", {"minutes": (60, 60, 25, 60, 60)}, [(2, 15)]),
        (". . l . .", {"minutes": 0}, [(2, 40)]),
        ("e . h . r", {}, [(0, 40)]),
        (". . . . .", {}, [(0, 40)]),
        # Strength takes 30 minutes (20 on a day with less than 30), mobility 10.
        (". . ls . .", {"minutes": 70}, []),
        (". . ls . .", {"minutes": 60}, [(2, 10)]),
        (". . ls . .", {"minutes": 25}, [(2, 35)]),  # 25 - 20 leave 5 of 40
        (". . lm . .", {"minutes": 50}, []),
        (". . lm . .", {"minutes": 49}, [(2, 1)]),
        (". . ls . .", {"minutes": 10}, [(2, 40)]),  # never more than the whole length
        ("s s l s m", {"minutes": 40}, []),  # on other days they take nothing from it
        # Where the goal needs more room than the week's long run: 55, never less than the 40.
        (". . l . .", {"minutes": 50, "long_room_minutes": 55}, [(2, 5)]),
        (". . l . .", {"minutes": 39, "long_room_minutes": 10}, [(2, 1)]),
        (". . . . .", {"long_room_minutes": 55}, [(0, 55)]),
        (". . l . .", {"wish": NONE, "minutes": 0}, []),  # a week that needs none
        (". . . . .", {"wish": NONE, "long_room_minutes": 55}, []),
        (". . . . .", {"wish": NONE}, []),
        ("l . . . .", {"start": date(2026, 12, 5)}, [(2, 40)]),  # Saturday: Monday is day 2
        ("l . l . .", {"start": date(2026, 12, 5)}, []),
        (". . l . .", {"start": date(2026, 12, 5)}, [(0, 40)]),
    ],
)
def test_missed(letters, given, costs):
    request = a_request(5, **{"wish": FORTY, **given})

    assert missed(RULE, request, letters) == costs


@pytest.mark.parametrize(
    ("letters", "said"), [("e . .", "is not there"), (". ls .", "has 30 minutes of room")]
)
def test_the_reason_says_what_is_missing(letters, said):
    (breach,) = breaches_in(RULE, a_request(3, wish=FORTY), letters)

    assert breach.reason == (
        f"The long run in the week of Mon 30 Nov {said}; the goal needs 40 minutes."
    )


@pytest.mark.parametrize("minutes", [0, 9, 10, 19, 20, 29, 30, 40, 49, 50, 69, 70])
@pytest.mark.parametrize("days", [1, 2])
def test_solver_and_checker_agree_on_every_kind(days, minutes):
    menu = ". e l h r R w s m ls lm es wm"
    request = a_request(days, minutes=minutes, wish=FORTY)

    assert_agreement(RULE, request, menu, ONE_A_WEEK, bites=minutes > 0)


@pytest.mark.parametrize("wishes", [(FORTY, FORTY), (NONE, FORTY), (FORTY, NONE)])
@pytest.mark.parametrize("minutes", [60, (30, 45, 70, 20, 40)])
def test_solver_and_checker_agree_over_a_week_border(minutes, wishes):
    request = a_request(5, start=date(2027, 1, 1), minutes=minutes, week_wishes=wishes)

    assert_agreement(RULE, request, ". s l ls lm", ONE_A_WEEK)


@pytest.mark.parametrize("minutes", [50, (50, 75, 30)])
def test_solver_and_checker_agree_where_the_goal_needs_more_room(minutes):
    request = a_request(3, minutes=minutes, wish=FORTY, long_room_minutes=55)

    assert_agreement(RULE, request, ". e l s ls lm es", ONE_A_WEEK)


def test_solver_and_checker_agree_where_no_long_run_can_be():
    request = a_request(3, wish=FORTY)

    assert_agreement(RULE, request, ". r s", bites=False)
