"""closed-days: nothing on a day without time, nothing on a day away; a race takes its time."""

from __future__ import annotations

import pytest

from rules.place.closed_days import ClosedDays
from tests.agreement import assert_agreement, breaches_in, broken_days
from tests.requests import a_request

RULE = ClosedDays()


@pytest.mark.parametrize(
    ("letters", "given", "broken"),
    [
        ("e w s", {}, []),
        ("e . s", {"minutes": (60, 0, 60)}, []),
        ("e m s", {"minutes": (60, 0, 60)}, [(1,)]),
        ("e w s", {"minutes": 0}, [(0,), (1,), (2,)]),  # no time at all
        ("e w s", {"minutes": 1}, []),  # too little time is another rule's
        (". w .", {"away": (1,)}, [(1,)]),  # away, though the weekday has time
        ("es . wm", {"away": (0, 2)}, [(0,), (2,)]),  # the first and the last day, once each
        (". R .", {"minutes": 0, "race_on": 1}, []),  # a race takes the time it takes
        (". R .", {"away": (1,), "race_on": 1}, [(1,)]),  # on a day not away
        (". Rw .", {"minutes": 0, "race_on": 1}, [(1,)]),  # the walk beside it takes time
        (". wm .", {"away": (1,), "minutes": 0}, [(1,)]),  # both: said once
    ],
)
def test_breaches(letters, given, broken):
    request = a_request(len(letters.split()), **given)

    assert broken_days(RULE, request, letters) == broken


@pytest.mark.parametrize(
    ("given", "why"),
    [({"away": (1,)}, "you are away"), ({"minutes": (60, 0)}, "you gave this day no time")],
)
def test_the_reason_says_which(given, why):
    (breach,) = breaches_in(RULE, a_request(2, **given), ". e")

    assert breach.reason == f"Easy run 30 min is planned on Tue 1 Dec, but {why}."


@pytest.mark.parametrize("days", [1, 2, 5])
@pytest.mark.parametrize(
    "given",
    [
        {"minutes": 0},
        {"away": (0,)},
        {"minutes": 0, "away": (0, 1)},
        {"minutes": 0, "race_on": 0},
        {"away": (0,), "race_on": 0},
    ],
)
def test_solver_and_checker_agree(days, given):
    menu = ". e R w" if days == 5 else ". e l h r R w s m es wm"

    assert_agreement(RULE, a_request(days, **given), menu)


def test_solver_and_checker_agree_on_mixed_days():
    request = a_request(5, minutes=(60, 0, 0, 30, 0), away=(2, 3), race_on=4)

    assert_agreement(RULE, request, ". e R w")
