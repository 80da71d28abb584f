"""rest-days: in any 7 days at least 1 rest day in healthy and mild, 2 in moderate and returning."""

from __future__ import annotations

from datetime import date

import pytest

from rules.place.rest_days import RestDays
from tests.agreement import assert_agreement, breaches_in, broken_days
from tests.requests import a_request, limits_with

RULE = RestDays()
LONG_WALKS = {"walk_target_minutes": 31}
"""Walks as long as they may become are then longer than the 30 minutes of a rest day."""

SIX_BEFORE = dict.fromkeys(range(-6, 0), 30)
FIVE_BEFORE = dict.fromkeys((-6, -4, -3, -2, -1), 30)


def window(last: int) -> tuple[int, ...]:
    """The seven days up to a day."""
    return tuple(range(last - 6, last + 1))


@pytest.mark.parametrize(
    ("letters", "given", "broken"),
    [
        ("e e e e e e .", {}, []),
        ("e e e e e e e", {}, [window(6)]),
        ("e e e . e e e", {}, []),
        ("e e e w e e e", {}, []),  # a walk of 30 minutes is rest
        ("e e e m e e e", {}, []),
        ("e e e s e e e", {}, [window(6)]),  # strength is none
        ("s s s s s s s", {}, [window(6)]),
        ("l h r R es s e", {}, [window(6)]),
        ("e e e w e e e", LONG_WALKS, [window(6)]),  # a walk of 31 minutes is none
        ("e e e m e e e", LONG_WALKS, []),
        ("e e e e e . .", {"states": "M"}, []),
        # Six in a row: one rest day in the seven up to the sixth, and up to the seventh.
        ("e e e e e e .", {"states": "M"}, [window(5), window(6)]),
        ("e . e . e e e", {"states": "r"}, []),
        ("e . e e e e e", {"states": "r"}, [window(6)]),
        ("e e e e e e e", {"states": "f"}, []),  # a flare has its own rule
        # The state of the last of the seven days gives the number.
        ("e e e e e e .", {"states": "mmmmmmM"}, [window(6)]),
        ("e e e e e . e", {"states": "MMMMMMm"}, []),
        ("e e e e e e .", {"states": "MMMMMMm"}, [window(5)]),
    ],
)
def test_breaches(letters, given, broken):
    assert broken_days(RULE, a_request(7, **given), letters) == broken


@pytest.mark.parametrize(
    ("letters", "given", "broken"),
    [
        ("e e e e e e", {}, []),  # a day that nobody knows of is rest
        ("e e e e e e", {"past_runs": {-1: 30}}, [window(5)]),
        ("e e e . e e", {"past_runs": {-1: 30}}, []),
        ("e e e e e .", {"past_runs": {-1: 30, -2: 30}}, [window(4)]),
        ("e e e e e e", {"past_runs": {-7: 30}}, []),  # too long ago for any window
        ("e . . . . .", {"past_runs": SIX_BEFORE}, [window(0)]),
        ("s . . . . .", {"past_runs": SIX_BEFORE}, [window(0)]),
        ("w . . . . .", {"past_runs": SIX_BEFORE}, []),
        (". e . . . .", {"past_runs": SIX_BEFORE}, []),  # -6 has left the seven days
        # Strength and long walks before the plan count as well.
        ("e e e e e e", {"past_strength": (-1,)}, [window(5)]),
        ("e e e e e e", {"past_long_walks": (-1,)}, [window(5)]),
        ("e e e e e .", {"past_strength": (-1,), "past_runs": {-2: 30}}, [window(4)]),
        (
            "e e e e e .",
            {"past_strength": (-1,), "past_runs": {-1: 30}},
            [],
        ),  # one day all the same
        ("s . . . . .", {"states": "M", "past_runs": FIVE_BEFORE}, [window(0)]),
        (". s . . . .", {"states": "M", "past_runs": FIVE_BEFORE}, []),
        # Broken before the plan: that cannot be undone, so it is no breach of the plan's ...
        (". . . . . .", {"states": "M", "past_runs": SIX_BEFORE}, []),
        # ... but it leaves no room: of the seven days up to 1, five before it were runs.
        (". e . . . .", {"states": "M", "past_runs": SIX_BEFORE}, [window(1)]),
    ],
)
def test_breaches_with_days_before_the_plan(letters, given, broken):
    assert broken_days(RULE, a_request(6, **given), letters) == broken


def test_the_reason_says_how_many_and_when():
    request = a_request(7, start=date(2026, 12, 26), states="M")

    (breach,) = breaches_in(RULE, request, "e e s e e . s")

    # Day 6 after 26 December is 1 January; all but one of the seven days are active.
    assert breach.reason == (
        "1 rest day in the 7 days up to Fri 1 Jan; at least 2 in moderate pain."
    )


def test_more_rest_days_than_the_window_has_is_nothing_to_break_without_activity():
    """A physiotherapist's stricter number may leave no room at all."""
    limits = limits_with({"rest-days": {"min_days": 8}}, "mild")

    assert broken_days(RULE, a_request(2, states="m", limits=limits), ". w") == []
    assert_agreement(RULE, a_request(2, states="m", limits=limits), ". e w")


THREE_DAYS = limits_with({"rest-days": {"window_days": 3}})


@pytest.mark.parametrize("states", ["h", "M", "mmM", "rrh", "hfM", "fMm"])
@pytest.mark.parametrize("past_runs", [{}, {-1: 30}, {-1: 30, -2: 30}, {-2: 30, -3: 30}])
def test_solver_and_checker_agree_in_a_window_of_three(past_runs, states):
    request = a_request(5, states=states, past_runs=past_runs, limits=THREE_DAYS)

    assert_agreement(RULE, request, ". e s w")


@pytest.mark.parametrize("states", ["m", "M", "mMmm"])
def test_solver_and_checker_agree_after_strength_and_long_walks(states):
    request = a_request(
        5,
        states=states,
        past_strength=(-1, -3),
        past_long_walks=(-2, -3),
        past_runs={-1: 30, -5: 30},
    )

    assert_agreement(RULE, request, ". e s w", bites=None)


@pytest.mark.parametrize("past_runs", [{}, {-1: 30}, {-6: 30, -2: 30}, SIX_BEFORE, FIVE_BEFORE])
@pytest.mark.parametrize("states", ["m", "MMMMMmm", "mmmmmrr", "fffMMMM"])
def test_solver_and_checker_agree_over_a_week(states, past_runs):
    request = a_request(8, states=states, past_runs=past_runs)

    assert_agreement(RULE, request, ". s")


@pytest.mark.parametrize("walks", [{}, LONG_WALKS, {"walk_minutes": 31}])
def test_solver_and_checker_agree_on_every_kind(walks):
    limits = limits_with({"rest-days": {"window_days": 2}})
    request = a_request(2, limits=limits, **walks)

    assert_agreement(RULE, request, ". e l h r R w s m es em ws wm ls")


@pytest.mark.parametrize(
    ("days", "past_runs", "bites"),
    [(1, {}, False), (2, {}, False), (1, SIX_BEFORE, True), (2, {-1: 30}, False)],
)
def test_solver_and_checker_agree_on_a_plan_shorter_than_the_window(days, past_runs, bites):
    request = a_request(days, past_runs=past_runs)

    assert_agreement(RULE, request, ". e l w s es wm", bites=bites)
