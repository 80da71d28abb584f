"""strength-apart: strength sessions at least 48 hours apart, so on dates two apart."""

from __future__ import annotations

from datetime import date

import pytest

from rules.place.strength_apart import StrengthApart
from tests.agreement import assert_agreement, breaches_in, broken_days
from tests.requests import a_request, limits_with

RULE = StrengthApart()
TWO_BETWEEN = limits_with({"strength-apart": {"gap_days": 2}})


@pytest.mark.parametrize(
    ("letters", "given", "broken"),
    [
        ("s . s . s", {}, []),
        ("s s . . .", {}, [(0, 1)]),
        (". . . s s", {}, [(3, 4)]),
        ("s s s . .", {}, [(0, 1), (1, 2)]),
        ("es ls . . .", {}, [(0, 1)]),  # whatever stands beside it
        ("s m s . .", {}, []),  # mobility is no strength
        ("s e s w m", {}, []),
        ("s . s . .", {"limits": TWO_BETWEEN}, [(0, 2)]),
        ("s . . s .", {"limits": TWO_BETWEEN}, []),
        # Strength before the plan counts, what was done cannot be undone.
        ("s . . . .", {"past_strength": (-1,)}, [(-1, 0)]),
        ("s . . . .", {"past_strength": (-2,)}, []),
        (". s . . .", {"past_strength": (-1,), "limits": TWO_BETWEEN}, [(-1, 1)]),
        (". . . . .", {"past_strength": (-2, -1)}, []),
    ],
)
def test_breaches(letters, given, broken):
    assert broken_days(RULE, a_request(5, **given), letters) == broken


@pytest.mark.parametrize(("limits", "hours"), [(None, 48), (TWO_BETWEEN, 72)])
def test_the_reason_says_which_days_and_how_far_apart(limits, hours):
    request = a_request(2, start=date(2026, 12, 31), limits=limits)

    (breach,) = breaches_in(RULE, request, "s es")

    assert breach.reason == (
        f"Strength on Thu 31 Dec and again on Fri 1 Jan; {hours} hours belong between them."
    )


@pytest.mark.parametrize("limits", [None, TWO_BETWEEN])
@pytest.mark.parametrize("days", [2, 5])
def test_solver_and_checker_agree(days, limits):
    menu = ". e s es m" if days == 5 else ". e l h r R w s m es ls hs rs ws em wm"

    assert_agreement(RULE, a_request(days, limits=limits), menu)


@pytest.mark.parametrize("past_strength", [(-1,), (-2,), (-3, -1)])
@pytest.mark.parametrize("limits", [None, TWO_BETWEEN])
def test_solver_and_checker_agree_after_strength_before_the_plan(past_strength, limits):
    request = a_request(4, past_strength=past_strength, limits=limits)

    assert_agreement(RULE, request, ". e s es")


@pytest.mark.parametrize("limits", [None, TWO_BETWEEN])
def test_solver_and_checker_agree_over_weeks(limits):
    assert_agreement(RULE, a_request(10, start=date(2026, 12, 26), limits=limits), ". s")


def test_solver_and_checker_agree_on_a_plan_of_one_day():
    assert_agreement(RULE, a_request(1), ". e s es m", bites=False)
