"""days-off: no running on the first days after a set-back."""

from __future__ import annotations

from datetime import date

import pytest

from planner.request import Setback
from rules.place.days_off import DaysOff
from tests.agreement import assert_agreement, breaches_in, broken_days
from tests.requests import a_request

RULE = DaysOff()


def off_for(days_off, days=4, **given):
    return a_request(days, setback=Setback(days_off=days_off, hold_days=7), **given)


@pytest.mark.parametrize(
    ("letters", "days_off", "broken"),
    [
        ("e e e .", 1, [(0,)]),
        ("e e e .", 2, [(0,), (1,)]),  # and the third day is free
        (". . e e", 2, []),
        ("e e e e", 0, []),
        ("l h r R", 4, [(0,), (1,), (2,), (3,)]),  # every kind of running
        ("wsm ws m .", 4, []),  # walking and strength stay
        ("ew . . .", 1, [(0,)]),
    ],
)
def test_breaches(letters, days_off, broken):
    assert broken_days(RULE, off_for(days_off), letters) == broken


def test_without_a_setback_nothing_is_broken():
    assert broken_days(RULE, a_request(3), "e e e") == []


def test_running_before_the_plan_is_a_fact():
    assert broken_days(RULE, off_for(2, past_runs={-1: 30}), ". . e .") == []


def test_the_reason_says_from_when_on():
    # Two days off from Monday: Wednesday is the first on which running may be.
    (breach,) = breaches_in(RULE, off_for(2), ". e . .")

    assert breach.reason == (
        "Running on Tue 1 Dec; after the set-back there is none before Wed 2 Dec."
    )


@pytest.mark.parametrize("days_off", [0, 1, 2, 3])
@pytest.mark.parametrize("days", [1, 2, 3])
def test_solver_and_checker_agree_on_every_kind(days, days_off):
    request = off_for(days_off, days, start=date(2026, 12, 5), past_runs={-1: 30})

    assert_agreement(RULE, request, ". e l h r R w s es rm", bites=days_off > 0)


def test_solver_and_checker_agree_over_days():
    assert_agreement(RULE, off_for(3, 9), ". e")


def test_solver_and_checker_agree_without_a_setback():
    assert_agreement(RULE, a_request(2), ". e r w", bites=False)
