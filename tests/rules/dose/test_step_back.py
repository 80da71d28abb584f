"""Less running on the days after a set-back."""

from __future__ import annotations

from datetime import date

import pytest

from planner.doses import Dose
from planner.request import Setback
from rules.dose.step_back import StepBack
from tests.dose_agreement import assert_same_doses_allowed, breaches, every_dose, runs
from tests.plans import a_day, a_plan, a_session
from tests.requests import a_request

RULE = StepBack()
EDGES = (1000, 1999, 2000, 2001, 3000)


def held(days, hold_days=7, run=None, bout=None, together=None, **given):
    setback = Setback(
        hold_days=hold_days, run_hundredths=run, bout_hundredths=bout, all_hundredths=together
    )
    return a_request(days, setback=setback, **given)


def broken(request, letters, doing):
    found = breaches(RULE, request, letters, doing)
    return [tuple(request.day_of(day) for day in breach.days) for breach in found]


@pytest.mark.parametrize(
    ("minutes", "hold_days", "expected"),
    [
        ((20, 20, 20), 7, []),
        ((20, 20.01, 20), 7, [(1,)]),  # hundredths of a minute
        ((25, 20, 21), 7, [(0,), (2,)]),
        ((20, 20, 40), 2, []),  # from the third day on it is over
        ((20, 40, 20), 2, [(1,)]),
        ((40, 40, 40), 0, []),
    ],
)
def test_each_run_of_those_days_is_held(minutes, hold_days, expected):
    request = held(3, hold_days, run=2000)

    assert broken(request, "e e e", runs("e e e", *minutes)) == expected


@pytest.mark.parametrize("letters", ["e", "l", "h", "R"])
def test_every_kind_of_run_is_held_and_a_race_as_well(letters):
    race = {"race_on": 0} if letters == "R" else {}

    assert broken(held(1, run=2000, **race), letters, runs(letters, 21)) == [(0,)]


@pytest.mark.parametrize(
    ("minutes", "hold_days", "expected"),
    [
        ((20, 20, 20), 7, []),
        ((20, 20, 20.01), 7, [(0, 2, 4)]),
        ((30, 30, 30), 3, []),  # days 0 and 2 alone
        ((30, 30.01, 1), 3, [(0, 2)]),
    ],
)
def test_all_of_them_together_are_held(minutes, hold_days, expected):
    request = held(5, hold_days, together=6000)

    assert broken(request, "e . e . l", runs("e . e . l", *minutes)) == expected


def test_a_stretch_without_a_break_is_held():
    # Stage 8 of gentle: 7 × 3 minutes; stage 9: 6 × 4.
    request = held(2, bout=300, ladder_weeks=[0])
    doing = (Dose(stage=7, run_hundredths=2100), Dose(stage=8, run_hundredths=2400))

    assert broken(request, "r r", doing) == [(1,)]


def test_a_run_without_walking_breaks_is_one_stretch():
    assert broken(held(2, bout=2000), "e e", runs("e e", 20, 21)) == [(1,)]


def test_running_before_the_plan_does_not_count():
    request = held(1, run=2000, together=2000, past_runs={-1: 30})

    assert broken(request, "e", runs("e", 20)) == []


def test_without_a_setback_or_a_limit_of_it_nothing_is_held():
    doing = runs("e", 60)

    assert broken(a_request(1), "e", doing) == []
    assert broken(held(1), "e", doing) == []


def test_two_runs_of_a_foreign_plan_count_together():
    request = held(1, run=2000, together=3000)
    plan = a_plan(a_day(request.start, a_session(minutes=16), a_session(minutes=16)))

    assert [breach.reason for breach in RULE.breaches(request, plan)] == [
        "32 min of running up to Mon 30 Nov; after the set-back at most 30."
    ]


def test_the_reasons():
    request = held(2, run=2000, bout=1500, together=4000)

    found = breaches(RULE, request, "e e", runs("e e", 22.5, 20))

    assert [breach.reason for breach in found] == [
        "22.5 min of running on Mon 30 Nov; after the set-back at most 20.",
        "22.5 min of running without a walking break on Mon 30 Nov; after the set-back at most 15.",
        "20 min of running without a walking break on Tue 1 Dec; after the set-back at most 15.",
        "42.5 min of running up to Tue 1 Dec; after the set-back at most 40.",
    ]
    assert all(breach.is_limit for breach in found)


@pytest.mark.parametrize(
    ("limits", "settles"),
    [
        ({"run": 2000}, True),
        ({"bout": 2000}, True),
        ({"together": 5999}, True),
        ({"together": 6000}, True),
        ({"run": 2000, "bout": 1999, "together": 3999}, True),
        ({}, False),
    ],
)
@pytest.mark.parametrize("letters", ["e . l e", "h e . e", "e R . e"])
def test_solver_and_checker_allow_the_same(letters, limits, settles):
    # From a Saturday: the hold ends in the second week, or with the plan.
    days = [day for day, word in enumerate(letters.split()) if word != "."]
    race = {"race_on": 1} if "R" in letters else {}
    domains = dict.fromkeys(days, EDGES)

    for hold_days in (1, 3, 4, 9):
        request = held(4, hold_days, start=date(2026, 12, 5), **limits, **race)
        # In one day only that day's own limits can tell anything.
        known = None if hold_days < 4 else settles
        assert_same_doses_allowed(RULE, request, letters, domains, settles=known)


@pytest.mark.parametrize("hold_days", [0, 1, 2, 3])
def test_solver_and_checker_allow_the_same_as_plans_are_made(hold_days):
    request = held(3, hold_days, run=500, together=900, minutes=7)

    assert_same_doses_allowed(RULE, request, "e h l", settles=hold_days > 0, alike=False)


@pytest.mark.parametrize(
    "limits", [{"run": 1200}, {"bout": 90_00 // 60}, {"together": 2100}, {"run": 2100, "bout": 200}]
)
def test_solver_and_checker_allow_the_same_on_the_ladder(limits):
    request = held(3, 2, ladder_weeks=[0], **limits)

    assert_same_doses_allowed(RULE, request, "r r r")


@pytest.mark.parametrize("limits", [{"run": 0}, {"bout": 0}, {"together": 0}])
@pytest.mark.parametrize("letters", ["e . l", "r . r", "e . R"])
def test_where_nothing_is_left_runs_may_be_left_out(letters, limits):
    given = {"ladder_weeks": [0]} if "r" in letters else {}
    given |= {"race_on": 2} if "R" in letters else {}
    request = held(3, minutes=20, **limits, **given)
    if "R" in letters:
        goal = request.goal.model_copy(update={"asked_hundredths": 100})
        request = request.model_copy(update={"goal": goal})

    found = every_dose(request, letters, rules=[RULE], may_drop=True)

    assert {tuple(dose.run_hundredths for dose in doing) for doing in found} == {(0, 0, 0)}
