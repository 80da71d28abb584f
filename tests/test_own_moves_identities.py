"""Which session is which after she moved one herself, as a pure function of plans and moves."""

from __future__ import annotations

from datetime import date

import pytest

from planner.history import History, Move
from planner.own_moves import moves_not_followed, with_her_identities
from tests.her_calendar import sessions
from tests.published import named


def move(session_id: str, to: str) -> History:
    return History(moves=(Move(session_id=session_id, to=date.fromisoformat(to)),))


def ids(plan) -> list[tuple[str, str]]:
    return [(on[-2:], one.id) for on, one in sessions(plan)]


FIRST = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("to", "start", "followed"),
    [
        ("2026-11-23", None, True),
        ("2026-11-23", "07:00", False),
        ("2026-11-24", None, False),
        ("2026-12-24", None, True),
        ("2026-11-22", None, True),
    ],
    ids=["there", "another time", "another day", "after the plan", "a day gone by"],
)
def test_a_move_asks_for_a_plan_where_a_plan_can_follow_it(to, start, followed):
    """An easy run on the first of two days, all day."""
    plan = named("e .")
    ((_, run),) = sessions(plan)
    moved = Move(session_id=run.id, to=date.fromisoformat(to), start=start)

    found = moves_not_followed(plan, History(moves=(moved,)), FIRST)

    assert found == (() if followed else (moved,))


def test_two_sessions_of_a_sort_exchange_identities():
    """Easy runs on the first two days; she moved the first to the second day."""
    plan = named("e e")
    one, two = (session.id for _, session in sessions(plan))

    found = with_her_identities(plan, plan, move(one, "2026-11-24"), FIRST)

    assert ids(found) == [("23", two), ("24", one)]


def test_a_walk_is_no_place_for_a_run():
    plan = named("e w")
    (one, _) = (session.id for _, session in sessions(plan))

    assert with_her_identities(plan, plan, move(one, "2026-11-24"), FIRST) == plan


def test_days_gone_by_keep_their_identities():
    """The second day is the first that may still change."""
    plan = named("e e")
    one, two = (session.id for _, session in sessions(plan))

    for name, to in ((one, "2026-11-24"), (two, "2026-11-23")):
        assert with_her_identities(plan, plan, move(name, to), date(2026, 11, 24)) == plan


def test_two_that_she_moved_to_one_day_do_not_take_it_from_each_other():
    plan = named("e e e")
    one, two, three = (session.id for _, session in sessions(plan))
    day = date(2026, 11, 25)
    both = History(moves=(Move(session_id=one, to=day), Move(session_id=two, to=day)))

    found = with_her_identities(plan, plan, both, FIRST)

    assert ids(found) == [("23", three), ("24", two), ("25", one)]
    assert with_her_identities(found, found, both, FIRST) == found
