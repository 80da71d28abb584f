"""Days gone by are left alone, and a command that died half-way is mended."""

from __future__ import annotations

import pytest

from planner.comparing import keep_identities
from planner.history import Published
from planner.ics import EventFile
from planner.plan import Plan
from planner.publishing import PENDING, Thing
from tests.plans import plan_of
from tests.published import (
    MON,
    TUE,
    WED,
    after_her,
    as_left,
    decided,
    files,
    ids_on,
    named,
    put_before,
)

# Days gone by


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("letters", [". e .", "w e ."])
def test_an_entry_of_a_day_gone_by_is_never_touched(letters, overwrite):
    """On Tuesday the plan no longer has Monday's run; what was put there stays."""
    old = named("e e .")
    rows = put_before(old)
    (entry_id,) = ids_on(old, MON)

    steps = decided(named(letters, old), rows, as_left(rows), today=TUE, overwrite=overwrite)

    assert entry_id not in [one.entry_id for one in (*steps.puts, *steps.removals)]
    assert steps.rows[entry_id] == rows[entry_id]


@pytest.mark.parametrize("today", [TUE, WED])
def test_what_she_did_to_a_day_gone_by_is_her_own(today):
    plan = named("e . .")
    rows, there, _ = after_her(plan, MON, ("SUMMARY:Easy", "SUMMARY:Hard"))

    steps = decided(plan, rows, there, today=today)

    assert (steps.puts, steps.kept, steps.moves) == ((), (), ())


def test_a_session_of_yesterday_that_the_plan_moved_to_tomorrow_is_moved():
    """The plan changed on Monday and was not published before Tuesday."""
    old = named("e . .")
    rows = put_before(old)
    (entry_id,) = ids_on(old, MON)

    steps = decided(named(". . e", old), rows, as_left(rows), today=TUE)

    assert entry_id in [put.entry_id for put in steps.puts]


def test_today_still_follows_the_plan():
    old = named("e e")
    rows = put_before(old)

    steps = decided(named("e .", old), rows, as_left(rows), today=TUE)

    assert [one.entry_id for one in steps.removals] == ids_on(old, TUE)


@pytest.mark.parametrize("overwrite", [False, True])
def test_what_she_deleted_of_days_gone_by_stays_deleted_without_a_word(overwrite):
    plan = named("e .")

    steps = decided(plan, put_before(plan), {}, today=WED, overwrite=overwrite)

    assert (steps.puts, steps.kept) == ((), ())


# A command that died half-way


def with_pending(row: Published, new: EventFile) -> Published:
    return row.model_copy(update={"etag": PENDING + row.etag, "event": new.data.decode()})


def dying() -> tuple[Plan, dict[str, Published], Published, EventFile]:
    """A run moved from Monday to Tuesday: what was there, and what was about to be put."""
    old = named("e .")
    new = named(". e", old)
    rows = put_before(old)
    (entry_id,) = ids_on(old, MON)
    file = files(new)[entry_id]
    before = rows[entry_id]
    rows[entry_id] = with_pending(before, file)
    return new, rows, before, file


def test_what_did_not_arrive_is_put_again():
    new, rows, before, file = dying()
    there = {**as_left(rows), file.name: Thing("1")}

    steps = decided(new, rows, there)

    assert file.entry.id in [put.entry_id for put in steps.puts]
    assert before.entry_id not in [one.session_id for one in steps.kept]


def test_what_arrived_is_ours_and_not_put_again():
    new, rows, _, file = dying()
    there = {**as_left(rows), file.name: Thing("9", file.data)}

    steps = decided(new, rows, there)

    assert file.entry.id not in [put.entry_id for put in steps.puts]
    assert steps.rows[file.entry.id].etag == "9"


def test_what_arrived_is_ours_although_the_plan_changed_once_more():
    """Put for Tuesday, died; by now the plan has it on Wednesday. Nobody moved it by hand."""
    new, rows, _, file = dying()
    newest = plan_of(". . e", revision=3)
    newest = keep_identities(newest, new)
    there = {**as_left(rows), file.name: Thing("9", file.data)}

    steps = decided(newest, rows, there)

    assert [put.etag for put in steps.puts if put.entry_id == file.entry.id] == ["9"]
    assert (steps.kept, steps.moves) == ((), ())


def test_what_was_to_be_made_and_is_not_there_was_not_deleted_by_her():
    plan = named("e")
    (file,) = files(plan).values()
    row = Published(entry_id=file.entry.id, href=file.name, etag=PENDING, event=file.data.decode())

    steps = decided(plan, {file.entry.id: row}, {})

    assert ([put.etag for put in steps.puts], steps.kept) == ([""], ())
