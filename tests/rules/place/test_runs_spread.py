"""runs-spread: a day between runs, as a wish."""

from __future__ import annotations

from datetime import date

import pytest

from planner.plan import Kind
from rules.place.runs_spread import RunsSpread
from tests.agreement import assert_agreement, breaches_in, missed
from tests.requests import a_request

RULE = RunsSpread()


@pytest.mark.parametrize(
    ("letters", "costs"),
    [
        # limits.toml: two running days in a row cost 4.
        ("e . e . e", []),
        ("e e . . .", [(0, 4)]),
        (". . . l h", [(3, 4)]),
        ("e e e . .", [(0, 4), (1, 4)]),  # each pair
        ("r R e l h", [(0, 4), (1, 4), (2, 4), (3, 4)]),  # every kind of running
        ("e s w m e", []),
        ("es ws em . .", []),
    ],
)
def test_missed(letters, costs):
    assert missed(RULE, a_request(5), letters) == costs


def test_the_reason_says_which_days():
    (breach,) = breaches_in(RULE, a_request(2), "e r")

    assert breach.reason == "Runs on Mon 30 Nov and the day after."


@pytest.mark.parametrize("states", ["h", "mMrff"])
@pytest.mark.parametrize("past_runs", [{}, {-1: Kind.EASY_RUN}])
def test_solver_and_checker_agree(past_runs, states):
    request = a_request(5, states=states, past_runs=past_runs)

    assert_agreement(RULE, request, ". e r s")


def test_solver_and_checker_agree_on_every_kind():
    assert_agreement(RULE, a_request(2), ". e l h r R w s m es lm rs ws wm")


def test_solver_and_checker_agree_over_weeks():
    assert_agreement(RULE, a_request(9, start=date(2026, 12, 26)), ". e")


def test_solver_and_checker_agree_on_a_plan_of_one_day():
    assert_agreement(RULE, a_request(1), ". e l r", bites=False)
