"""What a runner reads first: what to do about a race that the plan cannot get her ready for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from planner.notes import AFTER_TEST_WALK, notes, session_note, without_passed_tests
from planner.plan import GoalResult, Kind
from planner.request import Goal, Restart
from tests.plans import a_day, a_plan, a_session
from tests.requests import MONDAY, a_request, limits_with

FIFTH = 4


def a_race(asked: float):
    """A request with a race of so many minutes on its fifth day."""
    goal = Goal(kind="race", day=FIFTH, asked_hundredths=round(asked * 100), distance_km=42.2)
    return a_request(FIFTH + 1, race_on=FIFTH).model_copy(update={"goal": goal})


def told(asked: float, planned: float) -> str:
    """The notes of a plan that gets to so many minutes of the race."""
    result = GoalResult(
        kind="race", on=MONDAY, asked_minutes=asked, planned_minutes=planned, reached=False
    )
    plan = a_plan(a_day(MONDAY, a_session())).model_copy(update={"goal": result})
    return " ".join(notes(a_race(asked), plan))


@pytest.mark.parametrize(("asked", "planned"), [(253, 74), (90, 59.9)])
def test_a_race_of_which_too_little_can_be_run_is_advised_against(asked, planned):
    said = told(asked, planned)

    assert "Choose a later or a shorter race, and do not start this one" in said
    assert "walk from there" not in said


@pytest.mark.parametrize(("asked", "planned"), [(90, 60), (67.5, 60)])
def test_of_a_race_most_of_which_can_be_run_it_is_said_how_much(asked, planned):
    assert (
        "Choose a later or a shorter race; if you start this one, run no more than 60 minutes and "
        "walk from there."
    ) in told(asked, planned)


def test_with_a_stricter_number_of_hers_a_race_is_advised_against_sooner():
    """60 of 80 minutes are more than two thirds; 80 are more than 120 % of 60."""
    stricter = limits_with({"race-advice": {"race_percent": 120}})
    race = a_race(80)

    assert "Run no more" in session_note(race, Kind.RACE, FIFTH, 6000)
    race = race.model_copy(update={"limits": stricter})
    assert "advises not to start" in session_note(race, Kind.RACE, FIFTH, 6000)


def test_the_note_on_race_day_says_the_same():
    assert session_note(a_race(253), Kind.RACE, FIFTH, 7400) == (
        "The plan advises not to start this race: it gets to 74 of its about 253 minutes of running. "
        "Choose a later or a shorter race."
    )
    assert session_note(a_race(90), Kind.RACE, FIFTH, 6000) == (
        "Run no more than 60 minutes of it, then walk, or leave the race for another."
    )
    assert session_note(a_race(90), Kind.RACE, FIFTH, 9000) == ""


def a_return(**restart):
    """A flare on whose third day the test walk may be, with what is known of the runs before it."""
    known = {"day": 3, "pre_flare_week_hundredths": 9000, "last_run_hundredths": 3000}
    return a_request(
        7,
        states="fffr",
        gate_walk_day=2,
        restart=Restart(**{**known, "days_since_last_run": 2, **restart}),
    )


def first_words(request) -> str:
    return " ".join(notes(request, a_plan(a_day(MONDAY, a_session()))))


@pytest.mark.parametrize(
    ("usual", "said"),
    [(10, "no more than usual (1), then"), (None, "no more than usual, then")],
)
def test_the_way_back_names_the_usual_pain_where_it_is_known(usual, said):
    assert said in first_words(a_return(usual_tenths=usual))


def test_it_is_told_that_no_run_before_the_flare_was_comfortable():
    said = first_words(a_return(last_run_hundredths=0))

    assert "No run before the flare was rated 2 of 10 or less during it" in said
    # The ladder's first stage.
    assert "running begins again at 3.25 minutes" in said


@pytest.mark.parametrize(
    "restart",
    [
        {"last_run_hundredths": 3000},
        # Nobody ran, or so long ago (26 + 3 days) that the ladder's first stage it is anyway.
        {"last_run_hundredths": 0, "days_since_last_run": 0},
        {"last_run_hundredths": 0, "days_since_last_run": 26},
    ],
)
def test_where_that_is_not_why_it_is_not_told(restart):
    assert "No run before" not in first_words(a_return(**restart))


def waiting(states: str, **given):
    """A plan with a run that waits for the test walk, as it stands once the days are in these states."""
    run = a_session(Kind.RUN_WALK, 30, note=AFTER_TEST_WALK)
    plan = a_plan(a_day(MONDAY), a_day(MONDAY + timedelta(days=1), run))
    found = without_passed_tests(a_request(2, states=states, **given), plan)
    return found.days[1].sessions[0].note


def test_a_run_waits_no_longer_for_a_test_walk_that_has_gone_well():
    assert waiting("r") == ""


def test_a_run_waits_for_a_test_walk_that_is_to_come():
    assert waiting("fr", gate_walk_day=0) == AFTER_TEST_WALK
