"""Not more running and more hard minutes in the same week: a limit in mild and after a flare."""

from __future__ import annotations

import pytest

from planner.doses import Dose
from planner.request import HardStep
from rules.dose.volume_or_intensity import VolumeOrIntensity
from tests.dose_agreement import assert_same_doses_allowed, breaches
from tests.requests import a_request

RULE = VolumeOrIntensity()
WEEK = ". . . . . . "
LETTERS = f"h {WEEK}h"
# 1 hard minute in runs of at least 3 minutes, 2 in runs of at least 5.
STEPS = tuple(
    HardStep(repeats=repeats, hard_seconds=60, easy_seconds=60, warm_up_minutes=1)
    for repeats in (1, 2)
)


def two_weeks(*, states="m", before=0.0, days=8, **given):
    past = (round(before * 100),) if before else ()
    return a_request(days, states=states, hard_steps=STEPS, past_week_hundredths=past, **given)


def broken(request, *runs_and_hard):
    """The weeks of the breaches; minutes of running and hard minutes of the two runs."""
    doing = [Dose()] * request.days
    for day, (run, hard) in zip((0, 7), runs_and_hard, strict=True):
        doing[day] = Dose(run_hundredths=round(run * 100), intense_minutes=hard)
    found = breaches(RULE, request, LETTERS, tuple(doing))
    return [request.week_of(request.day_of(breach.days[0])) for breach in found]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((20, 1), (20, 2), []),  # harder, no longer
        ((20, 1), (21, 1), []),  # longer, no harder
        ((20, 2), (25, 1), []),
        ((20, 1), (19, 2), []),
        ((20, 1), (20.01, 2), [1]),
        ((20, 0), (21, 1), [1]),
    ],
)
def test_breaches(first, second, expected):
    assert broken(two_weeks(before=30), first, second) == expected


@pytest.mark.parametrize(
    ("before", "hard", "expected"), [(30, 1, []), (20, 1, []), (19.99, 1, [0]), (10, 0, [])]
)
def test_the_first_week_goes_by_the_week_before_the_plan(before, hard, expected):
    # Nothing is known of hard minutes before the plan: any are more.
    assert broken(two_weeks(before=before), (20, hard), (15, 0)) == expected


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ("m", [1]),
        ("r", [1]),
        ("h", []),  # a wish when healthy
        ("hhhhhhhm", [1]),
        ("mmmmmmmh", []),
        ("mmmmmmmfm", [1]),  # a flare day in the week takes nothing away
    ],
)
def test_it_is_a_limit_where_the_state_says_so(states, expected):
    request = two_weeks(states=states, before=30, days=9)
    doing = (
        Dose(run_hundredths=2000, intense_minutes=1),
        *(Dose(),) * 7,
        Dose(run_hundredths=2100, intense_minutes=2),
    )

    found = breaches(RULE, request, f"h {WEEK}. h", doing)

    assert [request.week_of(request.day_of(breach.days[0])) for breach in found] == expected


def test_the_reason():
    request = two_weeks(before=30)
    doing = (Dose(run_hundredths=2000), *(Dose(),) * 6, Dose(2500, intense_minutes=1))

    found = breaches(RULE, request, LETTERS, doing)

    assert [breach.reason for breach in found] == [
        "More running and more hard minutes in the week of Mon 7 Dec; one at a time."
    ]
    assert found[0].is_limit


@pytest.mark.parametrize("states", ["m", "r", "hhhhhhhm", "mmmmmmmh", "mmmmmmmf"])
@pytest.mark.parametrize("before", [0, 4.99, 5, 9])
def test_solver_and_checker_allow_the_same(states, before):
    request = two_weeks(states=states, before=before, minutes=7)

    # Only in its first week is a plan held whose second is healthy or a flare.
    settles = None if states in ("hhhhhhhm", "mmmmmmmh", "mmmmmmmf") else True
    assert_same_doses_allowed(RULE, request, LETTERS, settles=settles)


def test_solver_and_checker_allow_the_same_beside_easy_runs():
    request = two_weeks(before=6, days=10, minutes=5)

    assert_same_doses_allowed(RULE, request, f"h . e {'. ' * 4}h . e")


def test_solver_and_checker_allow_the_same_over_three_weeks():
    # The middle week holds no hard run: after it any hard minute is more.
    request = two_weeks(before=4, days=15, minutes=4)

    assert_same_doses_allowed(RULE, request, f"h {WEEK}e {WEEK}h")


def test_when_healthy_nothing_is_forbidden():
    assert_same_doses_allowed(RULE, two_weeks(states="h", minutes=6), LETTERS, settles=False)
