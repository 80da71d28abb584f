"""own-days: sessions on the days that the runner moved them to herself, as a wish."""

from __future__ import annotations

from datetime import date

import pytest

from planner.plan import Kind
from planner.request import OwnDay
from rules.place.own_days import OwnDays
from tests.agreement import assert_agreement, breaches_in, missed
from tests.requests import a_request, limits_with

RULE = OwnDays()


def moved(days, *own, **given):
    return a_request(days, own_days=tuple(OwnDay(day=day, kind=kind) for day, kind in own), **given)


@pytest.mark.parametrize(
    ("letters", "own", "costs"),
    [
        (". e . .", [(1, Kind.EASY_RUN)], []),
        # limits.toml: each one missing costs 1.
        (". . e .", [(1, Kind.EASY_RUN)], [(1, 1)]),
        # Any run is a run ...
        ("l h r R", [(day, Kind.EASY_RUN) for day in range(4)], []),
        ("e e e e", [(0, Kind.LONG_RUN), (1, Kind.HARD_RUN), (2, Kind.RUN_WALK)], []),
        # ... but a walk is none, nor is strength mobility.
        ("w m s e", [(0, Kind.EASY_RUN), (1, Kind.STRENGTH)], [(0, 1), (1, 1)]),
        ("e m s e", [(0, Kind.WALK), (2, Kind.MOBILITY)], [(0, 1), (2, 1)]),
        ("ew ws wm .", [(0, Kind.WALK), (1, Kind.STRENGTH), (2, Kind.MOBILITY)], []),
        # Two sessions of one day, and the same wish twice.
        ("w . . .", [(0, Kind.EASY_RUN), (0, Kind.STRENGTH)], [(0, 1), (0, 1)]),
        (". . . .", [(0, Kind.EASY_RUN), (0, Kind.LONG_RUN)], [(0, 1), (0, 1)]),
        # Days outside the plan, and its edges.
        (". . . .", [(-1, Kind.EASY_RUN), (4, Kind.EASY_RUN)], []),
        (". . . .", [(0, Kind.EASY_RUN), (3, Kind.EASY_RUN)], [(0, 1), (3, 1)]),
        (". . . .", [], []),
    ],
)
def test_missed(letters, own, costs):
    assert missed(RULE, moved(4, *own), letters) == costs


def test_running_before_the_plan_is_passed_over():
    request = moved(2, (-1, Kind.EASY_RUN), past_runs={-1: 30, -2: 30})

    assert missed(RULE, request, ". .") == []


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Kind.EASY_RUN, "run"),
        (Kind.LONG_RUN, "long run"),
        (Kind.RUN_WALK, "run/walk"),
        (Kind.WALK, "walk"),
        (Kind.STRENGTH, "strength"),
    ],
)
def test_the_reason_says_what_she_moved(kind, words):
    (breach,) = breaches_in(RULE, moved(3, (2, kind)), ". . .")

    assert breach.reason == (
        f"You moved the {words} to Wed 2 Dec; the limits leave no room for it there."
    )


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("day", [-1, 0, 1, 2])
def test_solver_and_checker_agree_on_every_kind(day, kind):
    request = moved(2, (day, kind), (0, Kind.WALK), start=date(2026, 12, 6), past_runs={-1: 30})

    assert_agreement(RULE, request, ". e l h r R w s m es em ws wm rs")


def test_solver_and_checker_agree_over_days_at_another_cost():
    own = [(0, Kind.EASY_RUN), (3, Kind.STRENGTH), (5, Kind.RUN_WALK), (5, Kind.WALK)]
    request = moved(6, *own, limits=limits_with({"own-days": {"cost": 3}}))

    assert_agreement(RULE, request, ". e w es")


def test_solver_and_checker_agree_without_any():
    assert_agreement(RULE, a_request(2), ". e w", bites=False)
