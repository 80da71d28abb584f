"""What she moved, rewrote or deleted in a calendar outside, decided without any calendar."""

from __future__ import annotations

from datetime import date

import pytest

from planner.history import Move
from planner.publishing import Put, Thing, moves_in
from tests.published import (
    MON,
    SUNDAY,
    THU,
    TO_WEDNESDAY,
    TUE,
    ZONE,
    after_her,
    as_left,
    decided,
    files,
    ids_on,
    name_on,
    named,
    put_before,
)


def test_a_session_that_she_moved_stays_and_is_a_move():
    plan = named("e . .")
    rows, there, entry_id = after_her(plan, MON, *TO_WEDNESDAY)

    steps = decided(plan, rows, there)

    assert steps.puts == ()
    assert steps.moves == (Move(session_id=entry_id, to=date(2026, 11, 25)),)
    assert [one.says for one in steps.kept] == [
        'You moved "Easy run 30 min" on Mon 23 Nov to Wed 25 Nov: it stays there.'
    ]
    assert steps.rows[entry_id].is_hers


@pytest.mark.parametrize(
    ("begin", "to", "start"),
    [
        ("DTSTART;TZID=Europe/Zurich:20261123T070000", "2026-11-23", "07:00"),
        ("DTSTART:20261123T233000Z", "2026-11-24", "00:30"),
        ("DTSTART;VALUE=DATE:20261125", "2026-11-25", None),
    ],
)
def test_a_move_tells_the_local_day_and_time(begin, to, start):
    """In Zurich 23:30 UTC in November is 00:30 of the next day."""
    plan = named("e", start="18:30")
    rows, there, entry_id = after_her(
        plan, MON, ("DTSTART;TZID=Europe/Zurich:20261123T183000", begin)
    )

    steps = decided(plan, rows, there)

    move = Move(session_id=entry_id, to=date.fromisoformat(to), start=start)
    assert steps.moves == (move,)


def test_another_text_is_kept_without_a_move():
    plan = named("e .")
    rows, there, _ = after_her(plan, MON, ("DESCRIPTION:", "DESCRIPTION:With Zoë. "))

    steps = decided(plan, rows, there)

    assert (steps.puts, steps.moves) == ((), ())
    assert [one.says for one in steps.kept] == [
        'You changed "Easy run 30 min" on Mon 23 Nov: it stays as you made it.'
    ]


def test_what_the_plan_says_by_now_is_told_with_what_she_kept():
    """She renamed Monday's run; the plan has moved it to Tuesday."""
    old = named("e .")
    rows, there, _ = after_her(old, MON, ("SUMMARY:Easy", "SUMMARY:Lovely"))

    steps = decided(named(". e", old), rows, there)

    assert [one.says for one in steps.kept] == [
        'You changed "Easy run 30 min" on Mon 23 Nov: it stays as you made it. '
        'The plan now has "Easy run 30 min" on Tue 24 Nov.'
    ]


def test_once_the_plan_has_her_day_it_takes_the_place_of_hers():
    old = named("e . .")
    rows, there, entry_id = after_her(old, MON, *TO_WEDNESDAY)
    rows[entry_id] = rows[entry_id].model_copy(update={"etag": "2", "is_hers": True})
    new = named(". . e", old)

    steps = decided(new, rows, there)

    put = next(put for put in steps.puts if put.entry_id == entry_id)
    assert (put.etag, steps.kept) == ("2", ())


def test_her_own_words_stay_although_the_plan_has_her_day():
    old = named("e . .")
    rows, there, entry_id = after_her(old, MON, *TO_WEDNESDAY, ("SUMMARY:Easy", "SUMMARY:Lovely"))

    steps = decided(named(". . e", old), rows, there)

    assert entry_id not in [put.entry_id for put in steps.puts]
    assert [one.session_id for one in steps.kept] == [entry_id]


def test_a_session_that_she_moved_back_is_wanted_there():
    """Else the move that is stored would pull it away again."""
    plan = named("e . .")
    rows = put_before(plan)
    (entry_id,) = ids_on(plan, MON)
    rows[entry_id] = rows[entry_id].model_copy(update={"etag": "2", "is_hers": True})
    there = {**as_left(rows), rows[entry_id].href: Thing("3", rows[entry_id].event.encode())}

    steps = decided(plan, rows, there)

    assert steps.moves == (Move(session_id=entry_id, to=date(2026, 11, 23)),)
    assert steps.rows[entry_id] == rows[entry_id].model_copy(update={"etag": "3", "is_hers": False})


def test_a_moved_rest_day_is_no_move_of_a_session():
    plan = named(". e .")
    rows, there, _ = after_her(plan, MON, *TO_WEDNESDAY)

    steps = decided(plan, rows, there)

    assert (len(steps.kept), steps.moves) == (1, ())


def test_a_deleted_session_stays_deleted_and_is_told_each_time():
    plan = named("e .")
    rows = put_before(plan)
    there = {name_on(plan, TUE): Thing("1")}

    first = decided(plan, rows, there)
    second = decided(plan, first.rows, there)

    assert [one.says for one in first.kept] == [
        'You deleted "Easy run 30 min" on Mon 23 Nov: it stays deleted.'
    ]
    assert (first.puts, second.puts, second.kept) == ((), (), first.kept)


def test_a_deleted_session_that_the_plan_has_moved_is_told_with_its_new_day():
    old = named("e . .")
    rows = put_before(old)
    there = {row.href: Thing("1") for name, row in rows.items() if name not in ids_on(old, MON)}

    steps = decided(named(". . e", old), rows, there)

    assert [one.says for one in steps.kept] == [
        'You deleted "Easy run 30 min" on Mon 23 Nov: it stays deleted. The plan now has '
        '"Easy run 30 min" on Wed 25 Nov.'
    ]


def test_an_edited_entry_that_left_the_plan_stays_and_is_told():
    old = named("e e")
    rows, there, entry_id = after_her(old, TUE, ("SUMMARY:Easy", "SUMMARY:Lovely"))

    steps = decided(named("e .", old), rows, there)

    assert steps.removals == ()
    assert [(one.session_id, one.says) for one in steps.kept] == [
        (
            entry_id,
            '"Easy run 30 min" on Tue 24 Nov, which you changed, is no longer in your plan: '
            "delete it there, or publish with --overwrite.",
        )
    ]


def test_a_moved_entry_that_left_the_plan_is_told_where_it_stands_by_now():
    """From Monday to Wednesday, and Wednesday is where she has to look for it."""
    old = named("e e")
    rows, there, entry_id = after_her(old, MON, *TO_WEDNESDAY)

    steps = decided(named(". e", old), rows, there)

    assert [one.says for one in steps.kept if one.session_id == entry_id] == [
        '"Easy run 30 min", which you moved to Wed 25 Nov, is no longer in your plan: '
        "delete it there, or publish with --overwrite."
    ]


def test_what_cannot_be_read_is_left_alone():
    plan = named("e")
    rows = put_before(plan)
    (row,) = rows.values()

    steps = decided(plan, rows, {row.href: Thing("2", b"mush")})

    assert (steps.puts, steps.moves) == ((), ())
    assert "can't be read there" in steps.kept[0].says


def test_overwriting_puts_the_plan_over_her_edit_on_condition_of_its_etag():
    plan = named("e . .")
    rows, there, entry_id = after_her(plan, MON, *TO_WEDNESDAY)

    steps = decided(plan, rows, there, overwrite=True)

    file = files(plan)[entry_id]
    assert steps.puts == (Put(entry_id, file.name, file.data, "2"),)
    assert steps.kept == ()


def test_overwriting_undoes_a_move_told_before():
    plan = named("e . .")
    rows, there, entry_id = after_her(plan, MON, *TO_WEDNESDAY)
    rows[entry_id] = rows[entry_id].model_copy(update={"etag": "2", "is_hers": True})

    steps = decided(plan, rows, there, overwrite=True)

    assert steps.moves == (Move(session_id=entry_id, to=date(2026, 11, 23)),)


def test_overwriting_brings_back_what_she_deleted():
    plan = named("e")

    steps = decided(plan, put_before(plan), {}, overwrite=True)

    assert [put.etag for put in steps.puts] == [""]


def test_overwriting_removes_an_edited_entry_that_left_the_plan():
    old = named("e e")
    rows, there, entry_id = after_her(old, TUE, ("SUMMARY:Easy", "SUMMARY:Lovely"))

    steps = decided(named("e .", old), rows, there, overwrite=True)

    assert [(one.entry_id, one.etag) for one in steps.removals] == [(entry_id, "2")]


def test_a_moved_entry_that_left_the_plan_is_no_move():
    old = named("e e .")
    rows, there, _ = after_her(
        old,
        TUE,
        ("DTSTART;VALUE=DATE:20261124", "DTSTART;VALUE=DATE:20261125"),
        ("DTEND;VALUE=DATE:20261125", "DTEND;VALUE=DATE:20261126"),
    )

    steps = decided(named("e . .", old), rows, there)

    assert (len(steps.kept), steps.moves) == (1, ())


def test_what_she_made_as_the_plan_has_it_by_now_needs_nothing():
    old = named("e . .")
    rows, there, entry_id = after_her(old, MON, *TO_WEDNESDAY)
    new = named(". . e", old)

    steps = decided(new, rows, there)

    assert entry_id not in [put.entry_id for put in steps.puts]
    assert (steps.rows[entry_id].etag, steps.kept) == ("2", ())
    assert steps.rows[entry_id].event == files(new)[entry_id].data.decode()


def test_until_a_foreign_entry_is_replaced_nothing_of_ours_is_remembered():
    plan = named("e")
    (file,) = files(plan).values()
    there = {file.name: Thing("5", file.data.replace(b"SUMMARY:Easy", b"SUMMARY:Lovely"))}

    steps = decided(plan, {}, there, overwrite=True)

    assert ([put.etag for put in steps.puts], steps.rows) == (["5"], {})


def test_a_foreign_entry_under_our_name_is_hers():
    """Nothing is remembered of it: a journal brought back from an older copy."""
    plan = named("e")
    (file,) = files(plan).values()
    there = {file.name: Thing("5", file.data.replace(b"SUMMARY:Easy", b"SUMMARY:Lovely"))}

    steps = decided(plan, {}, there)

    assert (steps.puts, len(steps.kept)) == ((), 1)


# Her moves alone, for a re-plan


def test_her_moves_can_be_read_without_publishing():
    plan = named("e . .")
    rows, there, entry_id = after_her(plan, MON, *TO_WEDNESDAY)
    objects = {name: thing.data for name, thing in there.items() if thing.data}

    found = moves_in(rows, objects, today=date.fromisoformat(SUNDAY), zone=ZONE)

    assert found == (Move(session_id=entry_id, to=date(2026, 11, 25)),)


def test_a_move_to_a_day_gone_by_is_none():
    plan = named("e . .")
    rows, there, _ = after_her(plan, MON, *TO_WEDNESDAY)
    objects = {name: thing.data for name, thing in there.items() if thing.data}

    assert moves_in(rows, objects, today=date.fromisoformat(THU), zone=ZONE) == ()
