"""No day fuller than the time the runner gave it."""

from __future__ import annotations

import pytest

from planner.doses import Dose
from planner.plan import Kind
from planner.request import WeekWish
from rules.dose.time import Time
from tests.dose_agreement import assert_same_doses_allowed, breaches, every_dose, runs
from tests.plans import a_day, a_plan, a_session
from tests.requests import MONDAY, a_request

RULE = Time()


def broken(request, *sessions):
    return [breach.reason for breach in RULE.breaches(request, a_plan(a_day(MONDAY, *sessions)))]


@pytest.mark.parametrize(
    ("sessions", "fits"),
    [
        ([(Kind.EASY_RUN, 45.00)], True),
        ([(Kind.EASY_RUN, 45.01)], False),
        # 35 and 10 are 45.
        ([(Kind.LONG_RUN, 35), (Kind.MOBILITY, 10)], True),
        ([(Kind.LONG_RUN, 35.01), (Kind.MOBILITY, 10)], False),
        ([(Kind.WALK, 20), (Kind.STRENGTH, 25)], True),
        ([(Kind.WALK, 20), (Kind.STRENGTH, 26)], False),
        # Walking breaks are time as well: half of 46 is running.
        ([(Kind.RUN_WALK, 45)], True),
        ([(Kind.RUN_WALK, 46)], False),
        # A race takes the time it takes, what stands beside it does not.
        ([(Kind.RACE, 240)], True),
        ([(Kind.RACE, 240), (Kind.WALK, 45)], True),
        ([(Kind.RACE, 240), (Kind.WALK, 46)], False),
        ([], True),
    ],
)
def test_breaches(sessions, fits):
    request = a_request(1, minutes=45)

    assert (broken(request, *(a_session(kind, each) for kind, each in sessions)) == []) == fits


def test_nothing_on_a_day_away():
    request = a_request(1, minutes=0, away=[0])

    assert len(broken(request, a_session(Kind.WALK, 1))) == 1


def test_each_day_has_its_own_time():
    request = a_request(3, minutes=[30, 20, 10])

    found = breaches(RULE, request, "e e e", runs("e e e", 21, 21, 21))

    assert [breach.days for breach in found] == [(request.date_of(1),), (request.date_of(2),)]


@pytest.mark.parametrize(
    ("away", "why"), [([0], "you are away."), ([], "you gave this day no time.")]
)
def test_the_reason_of_a_day_without_time(away, why):
    request = a_request(1, minutes=0, away=away)

    assert broken(request, a_session(Kind.WALK, 20)) == [f"20 min on Mon 30 Nov; {why}"]


def test_the_reason():
    request = a_request(1, minutes=45)

    assert broken(request, a_session(Kind.EASY_RUN, 36.5), a_session(Kind.MOBILITY, 10)) == [
        "46.5 min on Mon 30 Nov; you gave this day 45."
    ]


@pytest.mark.parametrize(
    ("letters", "minutes"),
    [
        ("e l h", 30),
        ("em e es", [40, 30, 60]),  # beside 10 minutes of mobility, 20 or 30 of strength
        ("e . e", [30, 0, 29]),
    ],
)
def test_solver_and_checker_allow_the_same(letters, minutes):
    domains = dict.fromkeys(range(3), (2900, 2999, 3000, 3001))
    request = a_request(3, minutes=minutes)

    assert_same_doses_allowed(RULE, request, letters, domains)


@pytest.mark.parametrize("beside", [".", "m", "w"])
def test_solver_and_checker_allow_the_same_on_race_day(beside):
    # The hour of the race fits into no day of 15 minutes; 10 of mobility do.
    letters = f"e R{beside}".replace("R.", "R")
    request = a_request(2, minutes=[5, 15], race_on=1)

    assert_same_doses_allowed(RULE, request, letters, {0: (400, 500, 501), 1: (6000,)})


def test_solver_and_checker_forbid_the_same_beside_a_race():
    request = a_request(1, minutes=5, race_on=0)

    assert_same_doses_allowed(RULE, request, "Rm", {0: (5000, 6000)}, settles=False)
    assert len(breaches(RULE, request, "Rm", (Dose(run_hundredths=6000),))) == 1


@pytest.mark.parametrize(
    ("letters", "minutes"),
    [
        ("ew . e", [15, 0, 12]),
        ("lw . ewm", [14, 0, 24]),
        ("e l e", [3, 5, 4]),  # one length a week, cut to the short day
        ("em w .", [10, 20, 0]),  # no room left for the run
    ],
)
def test_one_length_a_week_fits_the_same_days(letters, minutes):
    request = a_request(3, minutes=minutes, wish=WeekWish(easy_minutes=10, walk_minutes=12))

    assert_same_doses_allowed(RULE, request, letters, settles=None)


def test_a_short_day_gets_as_much_of_the_weeks_length_as_fits():
    request = a_request(3, minutes=(5, 0, 4))

    found = every_dose(request, "e . e", rules=[RULE])

    held = {(dose[0].run_hundredths // 100, dose[2].run_hundredths // 100) for dose in found}
    assert held == {(1, 1), (2, 2), (3, 3), (4, 4), (5, 4)}


def test_a_ladder_session_that_fits_no_day_is_forbidden():
    # The shortest stage lasts 27 minutes.
    request = a_request(3, minutes=26, ladder_weeks=[0])

    assert every_dose(request, "r . r", rules=[RULE]) == set()
    assert_same_doses_allowed(RULE, request, "r . r", settles=False)


@pytest.mark.parametrize("minutes", [27, 28, 29, 30, 44])
@pytest.mark.parametrize("ladder_weeks", [(), (0,)])
def test_ladder_sessions_fit_with_their_breaks(minutes, ladder_weeks):
    # Stages last 29.25, 30, …, 28 and 27 minutes: some later ones are shorter than the first.
    request = a_request(3, minutes=minutes, ladder_weeks=ladder_weeks)

    found = every_dose(request, "r . r", rules=[RULE])

    assert [dose for dose in found if breaches(RULE, request, "r . r", dose)] == []


def test_of_the_ladder_the_stages_that_fit_keep_their_place():
    # 28 minutes: stages 7, 8, 10 and 11 of the gentle ladder last 28, 28, 28 and 27 minutes.
    request = a_request(1, minutes=28, ladder_weeks=[0])

    found = every_dose(request, "r", rules=[RULE])

    held = {(dose[0].stage, dose[0].run_hundredths) for dose in found}
    assert held == {(6, 2000), (7, 2100), (9, 2400), (10, 2400)}
