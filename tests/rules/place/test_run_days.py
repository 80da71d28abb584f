"""run-days: in any 7 days at most 6 / 4 / 3 / 0 / 3 days with running

(healthy / mild / moderate / flare / returning), judged by the state of the last of them.
"""

from __future__ import annotations

from datetime import date

import pytest

from rules.place.run_days import RunDays
from tests.agreement import assert_agreement, breaches_in, broken_days
from tests.requests import a_request, limits_with

RULE = RunDays()


def before(*days: int) -> dict[int, float]:
    """Runs of half an hour on these days before the plan."""
    return dict.fromkeys(days, 30)


@pytest.mark.parametrize(
    ("letters", "states", "broken"),
    [
        ("e e e e e e . .", "h", []),
        ("e e e e e e e .", "h", [(0, 1, 2, 3, 4, 5, 6)]),
        (". e e e e e e e", "h", [(1, 2, 3, 4, 5, 6, 7)]),
        ("e e e e . . . .", "m", []),
        # Five in the seven days up to 4, 5 and 6; in those up to 7 there are four again.
        ("e e e e e . . .", "m", [(0, 1, 2, 3, 4)] * 3),
        ("e . e . e . e e", "m", []),  # 0 and 7 are never in the same seven days
        (". e . e . e e e", "m", [(1, 3, 5, 6, 7)]),
        ("e . e . e . . e", "M", []),
        ("e . e . e . e .", "M", [(0, 2, 4, 6)]),
        ("e . e . e . e .", "r", [(0, 2, 4, 6)]),
        ("w s m ws . . . .", "f", []),
        ("e . . . . . . .", "fm", [(0,)]),
        # Each window has the number of its last day.
        ("e e e e . . . .", "mmmmM", [(0, 1, 2, 3)] * 3),  # up to 4, 5 and 6
        ("e e e e . . . .", "MMMmmmmm", []),
        ("e . . . . . . .", "mmmmmmfm", [(0,)]),  # none in the 7 days
        # Every kind of running is running, once a day; strength and walks are not.
        ("r l h R e . . .", "m", [(0, 1, 2, 3, 4)] * 3),
        ("es l s w ws h e m", "m", []),
    ],
)
def test_breaches(letters, states, broken):
    assert broken_days(RULE, a_request(8, states=states), letters) == broken


@pytest.mark.parametrize(
    ("letters", "past_runs", "broken"),
    [
        ("e e . .", before(-1, -2), []),
        ("e . . .", before(-1, -2, -4, -6), [(-6, -4, -2, -1, 0)]),
        (". e . .", before(-1, -2, -4, -6), []),  # -6 is not in the seven days up to 1
        ("e . . .", before(-1, -2, -4, -7), []),  # nor -7 in those up to 0
        (". e . .", before(-1, -2, -4, -5), [(-5, -4, -2, -1, 1)]),
        # Up to 0, up to 1; in the seven up to 2 there is no -5 any more.
        ("e . . .", before(-1, -2, -4, -5), [(-5, -4, -2, -1, 0)] * 2),
        # More than allowed before the plan cannot be undone: it only leaves no room.
        (". . . .", before(-1, -2, -3, -4, -5, -6), []),
        (". . e .", before(-1, -2, -3, -4, -5, -6), [(-4, -3, -2, -1, 2)]),
        (". . . e", before(-1, -2, -3, -4, -5, -6), []),
    ],
)
def test_breaches_with_days_before_the_plan(letters, past_runs, broken):
    request = a_request(4, states="m", past_runs=past_runs)

    assert broken_days(RULE, request, letters) == broken


def test_the_reason_says_how_many_and_when():
    request = a_request(5, start=date(2026, 12, 28), states="M", past_runs=before(-1))

    (breach,) = breaches_in(RULE, request, ". e . e e")

    # Days -1, 1, 3 and 4; day 4 after 28 December is 1 January.
    assert breach.reason == (
        "4 running days in the 7 days up to Fri 1 Jan; at most 3 in moderate pain."
    )


@pytest.mark.parametrize("states", ["h", "m", "M", "f", "r", "mmmmMMM", "fffrrrm", "hhhhmff"])
@pytest.mark.parametrize(
    "past_runs",
    [{}, before(-1), before(-6), before(-7), before(-1, -2, -6, -7), before(-1, -2, -3, -4, -5)],
)
def test_solver_and_checker_agree_over_a_week(past_runs, states):
    request = a_request(9, states=states, past_runs=past_runs)

    assert_agreement(RULE, request, ". e")


@pytest.mark.parametrize("states", ["m", "hmM", "Mrh", "ffm"])
@pytest.mark.parametrize("past_runs", [{}, before(-1), before(-1, -2), before(-2, -3)])
def test_solver_and_checker_agree_in_a_window_of_three(past_runs, states):
    limits = limits_with({"run-days": {"window_days": 3}})
    for state, most in (("healthy", 2), ("mild", 2), ("moderate", 1), ("returning", 1)):
        limits = limits_with({"run-days": {"max_days": most}}, state, limits)
    request = a_request(5, states=states, past_runs=past_runs, limits=limits)

    assert_agreement(RULE, request, ". e r s")


@pytest.mark.parametrize("days", [1, 2])
@pytest.mark.parametrize(("states", "bites"), [("m", False), ("f", True), ("hf", True)])
def test_solver_and_checker_agree_on_every_kind(days, states, bites):
    menu = ". e l h r R w s m es em ws wm ls"
    bites = bites and "f" in states[:days]

    assert_agreement(RULE, a_request(days, states=states), menu, bites=bites)


def test_one_day_is_one_day():
    request = a_request(1, states="f")

    (found,) = breaches_in(RULE, request, "e")

    assert found.reason == "1 running day in the 7 days up to Mon 30 Nov; at most 0 in a flare."
