"""run-days-apart: never running on two days in a row in moderate and returning, for run_walk

sessions, or for a runner new to running.
"""

from __future__ import annotations

from datetime import date

import pytest

from planner.plan import Kind
from planner.request import Experience
from rules.place.run_days_apart import RunDaysApart
from tests.agreement import assert_agreement, breaches_in, broken_days
from tests.requests import a_request, limits_with

RULE = RunDaysApart()
NEW = {"experience": Experience.NEW}
TWO_BETWEEN = limits_with({"run-days-apart": {"gap_days": 2}})


@pytest.mark.parametrize(
    ("letters", "given", "broken"),
    [
        ("e e l h e", {}, []),  # healthy, not new, no run/walk: nothing to keep
        ("e e l h e", {"states": "m"}, []),
        ("e e . . .", {"experience": Experience.REGULAR}, []),
        ("e . e . e", {"states": "M"}, []),
        ("e e . . .", {"states": "M"}, [(0, 1)]),
        ("e e . . .", {"states": "r"}, [(0, 1)]),
        (". . . e e", {"states": "r"}, [(3, 4)]),  # the last two days
        ("e e e . .", NEW, [(0, 1), (1, 2)]),  # one breach for each pair
        ("e s w m e", NEW, []),
        ("es ws e . .", NEW, []),  # strength and walks are no running
        ("R e . . .", {**NEW, "race_on": 0}, [(0, 1)]),
        # A run/walk session has a day without running on both sides.
        ("r r . . .", {}, [(0, 1)]),
        ("r e . . .", {}, [(0, 1)]),
        ("e r . . .", {}, [(0, 1)]),
        ("r . e e .", {}, []),
        # One of the two days in such a state is enough.
        ("e e . . .", {"states": "hMh"}, [(0, 1)]),
        (". e e . .", {"states": "hMh"}, [(1, 2)]),
        ("e . e e .", {"states": "hMh"}, []),
        # Days before the plan count.
        ("e . . . .", {"states": "M", "past_runs": {-1: 30}}, [(-1, 0)]),
        ("e . . . .", {"states": "hM", "past_runs": {-1: 30}}, []),
        ("e . . . .", {**NEW, "past_runs": {-1: 30}}, [(-1, 0)]),
        ("e . . . .", {**NEW, "past_runs": {-2: 30}}, []),
        ("e . . . .", {"past_runs": {-1: Kind.RUN_WALK}}, [(-1, 0)]),
        ("e . . . .", {"past_runs": {-1: 30}}, []),
        ("r . . . .", {"past_runs": {-1: 30}}, [(-1, 0)]),
        (". . . . .", {"states": "M", "past_runs": {-1: 30, -2: 30}}, []),  # is past
        # A stricter number keeps more days free.
        ("e . e . .", {**NEW, "limits": TWO_BETWEEN}, [(0, 2)]),
        ("e . . e .", {**NEW, "limits": TWO_BETWEEN}, []),
        ("e e e . .", {**NEW, "limits": TWO_BETWEEN}, [(0, 1), (0, 2), (1, 2)]),
        (". r . . .", {"past_runs": {-1: 30}, "limits": TWO_BETWEEN}, [(-1, 1)]),
        (". . . . .", {**NEW, "past_runs": {-1: 30, -2: 30}, "limits": TWO_BETWEEN}, []),  # is past
    ],
)
def test_breaches(letters, given, broken):
    assert broken_days(RULE, a_request(5, **given), letters) == broken


@pytest.mark.parametrize(
    ("letters", "given", "why"),
    [
        ("e e", NEW, "a runner new to running needs a day between"),
        ("e e", {"states": "hr"}, "the way back after a flare needs a day between"),
        ("e r", {}, "a run/walk session needs a day between"),
        ("e r", {"limits": TWO_BETWEEN}, "a run/walk session needs 2 days between"),
    ],
)
def test_the_reason_says_who_needs_the_day(letters, given, why):
    (breach,) = breaches_in(RULE, a_request(2, start=date(2026, 12, 31), **given), letters)

    assert breach.reason == f"Running on Thu 31 Dec and again on Fri 1 Jan: {why}."


PAST = [{}, {-1: 30}, {-1: Kind.RUN_WALK}, {-1: Kind.EASY_RUN, -2: Kind.RUN_WALK}]


@pytest.mark.parametrize("past_runs", PAST)
@pytest.mark.parametrize("limits", [None, TWO_BETWEEN])
@pytest.mark.parametrize("states", ["h", "M", "mr", "fMm", "hhhhr"])
@pytest.mark.parametrize("experience", [Experience.NEW, Experience.REGULAR])
def test_solver_and_checker_agree(experience, states, limits, past_runs):
    request = a_request(5, states=states, experience=experience, past_runs=past_runs, limits=limits)

    assert_agreement(RULE, request, ". e r")


@pytest.mark.parametrize("states", ["m", "Mm", "rM"])
@pytest.mark.parametrize("past_runs", PAST)
def test_solver_and_checker_agree_on_every_kind(past_runs, states):
    request = a_request(2, states=states, past_runs=past_runs, race_on=1)

    assert_agreement(RULE, request, ". e l h r R w s m es rs ws em")


@pytest.mark.parametrize(
    ("given", "bites"),
    [
        ({"states": "M", "past_runs": {-1: 30}}, True),
        ({"states": "h", "past_runs": {-1: 30}}, True),  # a run/walk session today
        ({"states": "M"}, False),
        ({"states": "M", "past_runs": {-2: 30}}, False),
    ],
)
def test_solver_and_checker_agree_on_a_plan_of_one_day(given, bites):
    assert_agreement(RULE, a_request(1, **given), ". e l r w s", bites=bites)


def test_solver_and_checker_agree_over_weeks():
    request = a_request(10, start=date(2026, 12, 26), states="mmmmMMMMmm")

    assert_agreement(RULE, request, ". e")
