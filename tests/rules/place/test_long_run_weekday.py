"""long-run-weekday: the long run on the wished weekday; without a wish, at the weekend."""

from __future__ import annotations

from datetime import date

import pytest

from planner.request import Wishes
from rules.place.long_run_weekday import LongRunWeekday
from tests.agreement import assert_agreement, breaches_in, missed
from tests.requests import a_request

RULE = LongRunWeekday()
MONDAY, THURSDAY, SUNDAY = (Wishes(runs=3, long_run_weekday=day) for day in (0, 3, 6))
UNASKED = Wishes(runs=3)


@pytest.mark.parametrize(
    ("letters", "given", "costs"),
    [
        # limits.toml: off the wished weekday costs 3; without a wish, off the weekend 1.
        (". . . . . . l .", {"wishes": SUNDAY}, []),
        (". . . . . l . .", {"wishes": SUNDAY}, [(5, 3)]),
        (". . . l . . . l", {"wishes": THURSDAY}, [(7, 3)]),  # each long run by itself
        ("l . . . . . . l", {"wishes": MONDAY}, []),  # weekday 0 is a wish, too
        (". . . . . l . .", {"wishes": UNASKED}, []),
        (". . . . . . l .", {"wishes": UNASKED}, []),
        (". . . . l . . .", {"wishes": UNASKED}, [(4, 1)]),
        ("l . . . . . . l", {"wishes": UNASKED}, [(0, 1), (7, 1)]),
        ("e h r w s m . .", {"wishes": SUNDAY}, []),  # only the long run has a wished day
        (". l . . . . . .", {"wishes": SUNDAY, "start": date(2026, 12, 5)}, []),
        ("l . . . . . . .", {"wishes": SUNDAY, "start": date(2026, 12, 5)}, [(0, 3)]),
    ],
)
def test_missed(letters, given, costs):
    assert missed(RULE, a_request(8, **given), letters) == costs


@pytest.mark.parametrize(
    ("wishes", "where"),
    [(SUNDAY, "not on the weekday you wished for"), (UNASKED, "not at the weekend")],
)
def test_the_reason_says_where_it_is(wishes, where):
    (breach,) = breaches_in(RULE, a_request(1, wishes=wishes), "l")

    assert breach.reason == f"The long run is on Mon 30 Nov, {where}."


@pytest.mark.parametrize("wishes", [MONDAY, THURSDAY, SUNDAY, UNASKED])
@pytest.mark.parametrize("start", [date(2026, 11, 30), date(2026, 12, 31)])
def test_solver_and_checker_agree_over_a_week(start, wishes):
    assert_agreement(RULE, a_request(9, start=start, wishes=wishes), ". l")


@pytest.mark.parametrize("wishes", [MONDAY, UNASKED])
@pytest.mark.parametrize("days", [1, 2])
def test_solver_and_checker_agree_on_every_kind(days, wishes):
    # From a Sunday on: a day of the weekend, then a Monday.
    request = a_request(days, start=date(2026, 12, 6), wishes=wishes)
    bites = not (wishes is UNASKED and days == 1)

    assert_agreement(RULE, request, ". e l h r R w s m ls lm", bites=bites)
