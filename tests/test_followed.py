"""What a day held before it last changed."""

from __future__ import annotations

from datetime import date

from planner.followed import planned_earlier
from planner.plan import Kind, Step
from tests.plans import MONDAY, a_day, a_plan, a_session


def run_walk(run_seconds: int):
    """A session of 30 minutes, whatever its bouts are."""
    step = Step(repeat=12, run_seconds=run_seconds, walk_seconds=150 - run_seconds)
    return a_session(Kind.RUN_WALK, 30, title="Run/walk 30 min", steps=(step,))


def test_other_steps_under_the_same_title_are_a_change():
    first = a_plan(a_day(MONDAY, run_walk(60)))
    second = a_plan(a_day(MONDAY, run_walk(30)), revision=2, made_on=date(2026, 11, 23))
    third = a_plan(a_day(MONDAY, run_walk(30)), revision=3, made_on=date(2026, 11, 24))

    earlier = planned_earlier((first, second, third), MONDAY)

    assert earlier is not None
    assert (earlier.revision, earlier.made_on) == (2, date(2026, 11, 23))
    assert earlier.sessions == (run_walk(60),)
