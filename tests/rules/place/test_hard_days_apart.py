"""hard-days-apart: long runs, hard runs and races at least 48 hours apart, so on dates two apart."""

from __future__ import annotations

from datetime import date

import pytest

from planner.plan import Kind
from rules.place.hard_days_apart import HardDaysApart
from tests.agreement import assert_agreement, breaches_in, broken_days
from tests.requests import a_request, limits_with

RULE = HardDaysApart()
TWO_BETWEEN = limits_with({"hard-days-apart": {"gap_days": 2}})


@pytest.mark.parametrize(
    ("letters", "given", "broken"),
    [
        ("l . h . .", {}, []),  # one day between: 48 hours
        ("l h . . .", {}, [(0, 1)]),
        ("h l . . .", {}, [(0, 1)]),
        (". . . l h", {}, [(3, 4)]),  # the last two days
        ("l l . h h", {}, [(0, 1), (3, 4)]),
        ("h l h . .", {}, [(0, 1), (1, 2)]),  # one breach for each pair
        (". . h R .", {"race_on": 3}, [(2, 3)]),
        (". R l . .", {"race_on": 1}, [(1, 2)]),
        ("e r e w s", {}, []),  # easy running is not demanding
        ("l e h . .", {}, []),  # an easy day between is enough
        ("h . . . .", {"past_runs": {-1: Kind.LONG_RUN}}, [(-1, 0)]),  # yesterday counts
        (". h . . .", {"past_runs": {-1: Kind.LONG_RUN}}, []),
        ("h . . . .", {"past_runs": {-1: Kind.EASY_RUN}}, []),
        ("h . . . .", {"past_runs": {-1: 40}}, []),  # of what kind is not known
        ("h . . . .", {"past_runs": {-2: Kind.RACE}}, []),
        ("l . h . .", {"limits": TWO_BETWEEN}, [(0, 2)]),
        ("l . . h .", {"limits": TWO_BETWEEN}, []),
        (". h . . .", {"limits": TWO_BETWEEN, "past_runs": {-1: Kind.RACE}}, [(-1, 1)]),
    ],
)
def test_breaches(letters, given, broken):
    assert broken_days(RULE, a_request(5, **given), letters) == broken


# One day between is 48 hours from date to date, two are 72.
@pytest.mark.parametrize(("limits", "hours"), [(None, 48), (TWO_BETWEEN, 72)])
def test_the_reason_says_which_days_and_how_far_apart(limits, hours):
    request = a_request(2, start=date(2026, 12, 31), limits=limits)

    (breach,) = breaches_in(RULE, request, "l h")

    assert breach.reason == (
        f"Thu 31 Dec and Fri 1 Jan are both demanding; {hours} hours belong between them."
    )


PAST = [{}, {-1: Kind.HARD_RUN}, {-1: Kind.EASY_RUN, -2: Kind.RACE}, {-2: Kind.LONG_RUN}]


@pytest.mark.parametrize("past_runs", PAST)
@pytest.mark.parametrize("limits", [None, TWO_BETWEEN])
@pytest.mark.parametrize("days", [2, 5])
def test_solver_and_checker_agree(days, limits, past_runs):
    request = a_request(days, past_runs=past_runs, limits=limits, race_on=days - 1)
    menu = ". e l h" if days == 5 else ". e l h r R w s es ls hm"

    assert_agreement(RULE, request, menu)


@pytest.mark.parametrize(
    ("past", "bites"), [(Kind.RACE, True), (Kind.LONG_RUN, True), (Kind.WALK, False), (40, False)]
)
def test_solver_and_checker_agree_on_a_plan_of_one_day(past, bites):
    request = a_request(1, past_runs={-1: past})

    assert_agreement(RULE, request, ". e l h r R w s", bites=bites)


def test_solver_and_checker_agree_over_weeks():
    assert_agreement(RULE, a_request(10, start=date(2026, 12, 26)), ". h")
