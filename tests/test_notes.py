"""What a runner reads first: what to do about a race that the plan cannot get her ready for."""

from __future__ import annotations

import pytest

from planner.notes import notes, session_note
from planner.plan import GoalResult, Kind
from planner.request import Goal
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
