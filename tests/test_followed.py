"""What a day held before it last changed."""

from __future__ import annotations

from datetime import date, timedelta

from planner.comparing import Change
from planner.followed import gone_from, planned_earlier
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


STRENGTH = a_session(Kind.STRENGTH, 30, id="1-001")
WALK = a_session(Kind.WALK, 20, id="1-002")
TUESDAY = MONDAY + timedelta(days=1)


def nothing_stored(revision):
    return None


def two_days(number, monday=(), tuesday=()):
    days = (a_day(MONDAY, *monday), a_day(TUESDAY, *tuesday))
    return a_plan(*days, revision=number)


def gone(*plans, stored=nothing_stored):
    """What Monday holds no more: the title, what became of it and where it is."""
    found = gone_from(plans, stored, MONDAY)
    return [(one.session.id, one.change.what, one.change.date) for one in found]


def test_what_was_left_out_is_told_of_its_day():
    assert gone(two_days(1, monday=(STRENGTH, WALK)), two_days(2, monday=(WALK,))) == [
        ("1-001", "removed", MONDAY)
    ]


def test_what_moved_away_is_told_with_its_new_day():
    assert gone(two_days(1, monday=(WALK,)), two_days(2, tuesday=(WALK,))) == [
        ("1-002", "moved", TUESDAY)
    ]


def test_what_was_left_out_is_told_though_the_day_changed_again():
    plans = (
        two_days(1, monday=(STRENGTH, WALK)),
        two_days(2, monday=(WALK,)),
        two_days(3, monday=(a_session(Kind.WALK, 25, id="1-002"),)),
    )

    assert gone(*plans) == [("1-001", "removed", MONDAY)]


def test_of_a_sort_that_the_day_holds_again_nothing_is_told():
    again = a_session(Kind.STRENGTH, 30, id="3-001")

    assert gone(two_days(1, monday=(STRENGTH,)), two_days(2), two_days(3, monday=(again,))) == []


def test_what_was_taken_away_carries_the_reason_that_was_stored():
    change = Change(
        date=MONDAY, session_id="1-001", what="removed", because=("cleared-first",), says="why"
    )

    (found,) = gone_from(
        (two_days(1, monday=(STRENGTH,)), two_days(2)), lambda revision: (change,), MONDAY
    )

    assert found.change == change
