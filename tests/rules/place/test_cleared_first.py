"""cleared-first: nothing that a red flag has stopped, until a clinician has cleared it."""

from __future__ import annotations

from datetime import date

import pytest

from planner.plan import RUNS, Kind
from rules.place.cleared_first import ClearedFirst
from tests.agreement import assert_agreement, breaches_in, broken_days
from tests.plans import a_day, a_plan, a_session
from tests.requests import a_request

RULE = ClearedFirst()
RUNNING_AND_STRENGTH = (*RUNS, Kind.STRENGTH)


@pytest.mark.parametrize(
    ("letters", "stopped", "broken"),
    [
        ("e . l h", RUNS, [(0,), (2,), (3,)]),
        ("r R . .", RUNS, [(0,), (1,)]),
        ("w m ws .", RUNS, []),
        ("w s wm e", RUNNING_AND_STRENGTH, [(1,), (3,)]),
        ("es . . .", RUNNING_AND_STRENGTH, [(0,)]),  # one breach a day
        ("w m s .", tuple(Kind), [(0,), (1,), (2,)]),  # nothing at all
        ("h e . .", (Kind.HARD_RUN,), [(0,)]),
        ("e l s w", (), []),
    ],
)
def test_breaches(letters, stopped, broken):
    assert broken_days(RULE, a_request(4, stopped=stopped), letters) == broken


def test_it_holds_to_the_last_day():
    request = a_request(30, stopped=RUNNING_AND_STRENGTH)

    assert broken_days(RULE, request, ". " * 29 + "e") == [(29,)]


def test_running_before_the_plan_is_a_fact():
    request = a_request(1, stopped=RUNS, past_runs={-1: 30})

    assert broken_days(RULE, request, ".") == []


@pytest.mark.parametrize(("stopped", "count"), [(RUNS, 1), ((Kind.HARD_RUN,), 0)])
def test_a_walk_with_running_in_it_is_running(stopped, count):
    request = a_request(1, stopped=stopped)
    plan = a_plan(a_day(request.start, a_session(Kind.WALK, 30, run_minutes=5)))

    assert len(list(RULE.breaches(request, plan))) == count


def test_the_reason_says_what_and_until_when():
    (breach,) = breaches_in(RULE, a_request(1, stopped=RUNNING_AND_STRENGTH), "ws")

    assert breach.reason == ("Strength 30 min on Mon 30 Nov, before a clinician has cleared you.")


@pytest.mark.parametrize("stopped", [RUNS, RUNNING_AND_STRENGTH, tuple(Kind), (Kind.MOBILITY,)])
@pytest.mark.parametrize("days", [1, 2])
def test_solver_and_checker_agree_on_every_kind(days, stopped):
    request = a_request(days, start=date(2026, 12, 6), stopped=stopped)

    assert_agreement(RULE, request, ". e l h r R w s m es em ws wm rs")


def test_solver_and_checker_agree_over_days():
    assert_agreement(RULE, a_request(5, stopped=RUNNING_AND_STRENGTH), ". r w s wm")


def test_solver_and_checker_agree_without_a_red_flag():
    assert_agreement(RULE, a_request(2), ". e r w s", bites=False)
