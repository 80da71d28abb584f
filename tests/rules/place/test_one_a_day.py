"""one-a-day: one run or walk a day, strength or mobility beside it.

A walk shares a day with an easy run only when its week has no other room for it.
"""

from __future__ import annotations

from datetime import date

import pytest

from planner.sessions import easy_run, walk
from rules.place.one_a_day import OneADay
from tests.agreement import assert_agreement, breaches_in, broken_days
from tests.plans import a_day, a_plan
from tests.requests import a_request

RULE = OneADay()
SATURDAY = date(2026, 12, 5)
FULL = {"minutes": (60, 0, 0, 0)}
"""Only the first day has time: there is no other room."""


@pytest.mark.parametrize(
    ("letters", "given", "broken"),
    [
        ("es lm rs wm", {}, []),  # one run or walk, and strength or mobility
        ("s m hs .", {}, []),
        ("el . . .", {}, [(0,)]),  # two runs
        (". . . hr", {}, [(3,)]),
        ("sm . . .", {}, [(0,)]),  # strength and mobility
        (". esm . .", {}, [(1,)]),
        ("lw . . .", FULL, [(0,)]),  # a walk beside any run but an easy one, room or not
        ("hw . . .", FULL, [(0,)]),
        ("rw . . .", FULL, [(0,)]),
        ("Rw . . .", {**FULL, "race_on": 0}, [(0,)]),
        ("elw . . .", FULL, [(0,)]),  # said once a day
        # A walk beside an easy run: no other day of the week may have room for it. The shortest
        # walk worth a place is 10 minutes.
        ("ew e e e", {}, []),  # no room: every other day has its run
        ("ew e . e", {}, [(0,)]),
        ("ew e w e", {}, []),
        ("ew . . .", {"minutes": (60, 9, 9, 9)}, []),
        ("ew . . .", {"minutes": (60, 9, 10, 9)}, [(0,)]),
        ("ew . . .", {"minutes": (60, 0, 60, 0), "away": (2,)}, []),  # away is no room
        # Strength takes 30 minutes and leaves room for a walk from 40 on; mobility from 20 on.
        ("ew s e e", {"minutes": 39}, []),
        ("ew s e e", {"minutes": 40}, [(0,)]),
        ("ew m e e", {"minutes": 19}, []),
        ("ew m e e", {"minutes": 20}, [(0,)]),
        ("ew ew e e", {}, []),
        ("ew ew . e", {}, [(0,), (1,)]),
        # Another week's room is no room: Sunday is the last day that counts.
        ("ew e . .", {"start": SATURDAY}, []),
        ("ew . e e", {"start": SATURDAY}, [(0,)]),
        (". . ew e", {"start": SATURDAY}, []),
        ("e . . ew", {"start": SATURDAY}, [(3,)]),
    ],
)
def test_breaches(letters, given, broken):
    assert broken_days(RULE, a_request(4, **given), letters) == broken


@pytest.mark.parametrize(
    ("letters", "reason"),
    [
        ("el e", "2 runs on Mon 30 Nov."),
        ("sm e", "Strength or mobility more than once on Mon 30 Nov."),
        ("Rw e", "A walk beside a race on Mon 30 Nov."),
        ("rw e", "A walk beside a run/walk on Mon 30 Nov."),
        ("lw e", "A walk beside a long run on Mon 30 Nov."),
        ("ew .", "A walk beside the easy run of Mon 30 Nov, while Tue 1 Dec has room for it."),
    ],
)
def test_the_reason_says_what_is_too_much(letters, reason):
    assert [breach.reason for breach in breaches_in(RULE, a_request(2), letters)] == [reason]


@pytest.mark.parametrize("beside", [(), (easy_run(30),)])
def test_two_walks_are_counted_as_walks_beside_a_run_too(beside):
    request = a_request(1)
    plan = a_plan(a_day(request.start, *beside, walk(20), walk(20)))

    assert [breach.reason for breach in RULE.breaches(request, plan)] == ["2 walks on Mon 30 Nov."]


@pytest.mark.parametrize("minutes", [60, 25, 0])
@pytest.mark.parametrize("days", [1, 2])
def test_solver_and_checker_agree_on_every_kind(days, minutes):
    # Two kinds of support on the other day, two runs, and all that a day may hold.
    menu = ". e l h r R w s m ew lw hw rw Rw es em ws wm sm el hr ews ewm esm elw lR"

    assert_agreement(RULE, a_request(days, minutes=minutes), menu)


@pytest.mark.parametrize("start", [date(2026, 11, 30), SATURDAY, date(2027, 1, 1)])
@pytest.mark.parametrize("minutes", [60, 35, (40, 39, 20, 19), (9, 10, 29, 30)])
@pytest.mark.parametrize("away", [(), (1,)])
def test_solver_and_checker_agree_on_room(away, minutes, start):
    request = a_request(4, start=start, minutes=minutes, away=away)

    assert_agreement(RULE, request, ". e w s m ew es ews")


def test_solver_and_checker_agree_over_a_week_border():
    request = a_request(7, start=SATURDAY)

    assert_agreement(RULE, request, ". e ew")
