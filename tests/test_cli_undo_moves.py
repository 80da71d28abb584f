"""``runback undo`` and what she moved in her calendar herself: it stays her wish, and that is said."""

from __future__ import annotations

import pytest

from planner.plan import RUNS
from tests.her_calendar import HerCalendar, day_of_session, id_on

WEDNESDAY, TUESDAY = "2026-11-25", "2026-11-24"


@pytest.fixture
def her(tmp_path) -> HerCalendar:
    """She moved Wednesday's run to the free Tuesday, and the plan has followed."""
    her = HerCalendar(tmp_path)
    her.types("plan", "--no-red-flags")
    her.publishes()
    her.moves(id_on(her.plan, WEDNESDAY, *RUNS), TUESDAY)
    her.types("replan")
    return her


def test_an_undo_says_that_her_move_stays_her_wish(her):
    run = id_on(her.plan, TUESDAY, *RUNS)
    said = " ".join(her.types("undo").out.split())

    assert day_of_session(her.plan, run) == WEDNESDAY
    assert "on Wed 25 Nov to Tue 24 Nov yourself. An undo leaves that as your wish" in said
    assert "the limits leave no room" not in said


def test_after_the_undo_a_replan_follows_her_again(her):
    run = id_on(her.plan, TUESDAY, *RUNS)
    her.types("undo")
    her.types("replan")

    assert day_of_session(her.plan, run) == TUESDAY


def test_an_undo_that_leaves_her_session_where_she_wants_it_says_nothing(her):
    """Another wish makes a third plan; undoing that goes back to the one that follows her."""
    her.file.write_text(her.file.read_text().replace("walks = 1", "walks = 2"))
    her.types("plan")
    advice = her.types("undo", "--json").document["advice"]

    assert id_on(her.plan, TUESDAY, *RUNS)
    assert [one for one in advice if "You moved" in one] == []
