"""What is put and removed in a calendar outside that nobody else touches, without any calendar."""

from __future__ import annotations

from planner.publishing import Removal, Thing, names_to_read
from tests.published import (
    MON,
    TUE,
    as_left,
    decided,
    files,
    ids_on,
    name_on,
    named,
    put_before,
    rewritten,
)


def test_the_first_time_everything_is_put_where_nothing_is():
    plan = named("e . w")

    steps = decided(plan, {}, {})

    assert [(put.entry_id, put.etag) for put in steps.puts] == [
        (entry_id, "") for entry_id in files(plan)
    ]


def test_nothing_new_is_nothing_to_do():
    plan = named("e . w")
    rows = put_before(plan)

    steps = decided(plan, rows, as_left(rows))

    assert (steps.puts, steps.removals, steps.kept, steps.as_before) == ((), (), (), 3)
    assert steps.rows == rows


def test_nothing_new_needs_no_reading():
    rows = put_before(named("e . w"))

    assert names_to_read(rows, {row.href: row.etag for row in rows.values()}) == ()


def test_a_moved_session_is_put_in_place_of_its_old_self():
    """The run of Monday goes to Tuesday; the rest day of Tuesday comes to Monday."""
    old = named("e .")
    new = named(". e", old)
    rows = put_before(old)

    steps = decided(new, rows, as_left(rows))

    assert {(put.name, put.etag) for put in steps.puts} == {
        (name_on(old, MON), "1"),
        (name_on(old, TUE), "1"),
    }
    assert steps.removals == ()


def test_what_left_the_plan_is_removed_on_condition_of_its_etag():
    """Two runs become one run and a rest day: one run is gone."""
    old = named("e e")
    new = named("e .", old)
    rows = put_before(old)
    (gone,) = ids_on(old, TUE)

    steps = decided(new, rows, as_left(rows))

    assert steps.removals == (Removal(gone, name_on(old, TUE), "1"),)


def test_what_a_server_rewrote_is_no_edit():
    """Its new etag is learnt, nothing is put."""
    plan = named("e", start="18:30")
    rows = put_before(plan)
    (row,) = rows.values()
    there = {row.href: Thing("2", rewritten(row.event.encode()))}

    steps = decided(plan, rows, there)

    assert (steps.puts, steps.kept) == ((), ())
    assert [one.etag for one in steps.rows.values()] == ["2"]
