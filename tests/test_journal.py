"""The journal keeps every revision of a plan, safely."""

from __future__ import annotations

import multiprocessing
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from planner.comparing import Touch
from planner.errors import InputError, PlannerError
from planner.journal import open_journal
from planner.journal_tables import METADATA
from planner.plan import Plan, SolverInfo
from tests.journals import a_file, first_plan, next_plan
from tests.plans import plan_of


def test_reading_makes_no_file(tmp_path):
    journal = open_journal(tmp_path / "maya.db")

    found = (journal.latest(), journal.revisions(), journal.touched(), journal.used_ids())

    assert found == (None, (), {}, frozenset())
    assert not journal.exists
    assert list(tmp_path.iterdir()) == []


def test_plans_come_back_as_they_were(tmp_path):
    first = first_plan()
    second = next_plan(first, "e . r")
    path = a_file(tmp_path, first, second)

    assert open_journal(path).revisions() == (first, second)
    assert open_journal(path).latest() == second


def test_the_tenth_revision_comes_after_the_ninth(tmp_path):
    """As numbers: as texts, "10" would come before "9"."""
    plan = first_plan()
    plans = [plan]
    for _ in range(9):
        plan = next_plan(plan, "es . r")
        plans.append(plan)

    latest = open_journal(a_file(tmp_path, *plans)).latest()

    assert latest is not None
    assert latest.revision == 10


def test_what_the_clock_measured_is_not_stored(tmp_path):
    solver = SolverInfo(version="9.15", seconds=0.42, work=0.1)
    path = a_file(tmp_path, first_plan().model_copy(update={"solver": solver}))

    latest = open_journal(path).latest()

    assert latest is not None
    assert latest.solver == SolverInfo(version="9.15", seconds=0.0, work=0.1)


def test_the_file_is_for_its_owner_only_and_stands_alone(tmp_path):
    path = a_file(tmp_path, first_plan())

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["maya.db"]


def test_a_name_that_an_address_could_not_hold_is_fine(tmp_path):
    path = tmp_path / "maya & co? 100%#1.db"

    open_journal(path).save(first_plan(), {})

    assert open_journal(path).latest() == first_plan()
    assert list(tmp_path.iterdir()) == [path]


def test_a_revision_is_saved_once(tmp_path):
    path = a_file(tmp_path, first_plan())

    with pytest.raises(PlannerError, match="another command was quicker"):
        open_journal(path).save(first_plan("w"), {})

    assert open_journal(path).revisions() == (first_plan(),)


def test_touches_are_those_of_the_latest_plan(tmp_path):
    first = first_plan("e w")
    second = next_plan(first, "e .")
    kept = Touch(revision=1, on=date(2026, 11, 22), print="x")
    path = a_file(tmp_path, first)
    open_journal(path).save(second, {"1-001": kept})

    touched = open_journal(path).touched()

    # The walk 1-002 is gone; the rest day is new and touched by the revision itself.
    assert touched == {"1-001": kept, "2-r001": Touch(revision=2, on=second.made_on)}


def test_every_identity_is_remembered(tmp_path):
    first = first_plan("e w")
    path = a_file(tmp_path, first, next_plan(first, "e ."))

    assert open_journal(path).used_ids() == {"1-001", "1-002", "2-r001"}


def test_an_identity_that_is_gone_cannot_come_back(tmp_path):
    first = first_plan("e w")
    path = a_file(tmp_path, first, next_plan(first, "e ."))
    third = first.model_copy(update={"revision": 3})

    with pytest.raises(ValueError, match="used again: 1-002"):
        open_journal(path).save(third, {})

    assert len(open_journal(path).revisions()) == 2


def save_in_a_process(path: Path, plan: Plan, results: multiprocessing.Queue[str]) -> None:
    try:
        open_journal(path).save(plan, {})
    except PlannerError as fault:
        results.put(fault.message)
    else:
        results.put("saved")


def test_of_two_commands_at_once_one_wins(tmp_path):
    results: multiprocessing.Queue[str] = multiprocessing.Queue()
    path = tmp_path / "maya.db"
    plans = [first_plan(), first_plan("w")]
    workers = [
        multiprocessing.Process(target=save_in_a_process, args=(path, plan, results))
        for plan in plans
    ]

    for worker in workers:
        worker.start()
    answers = sorted(results.get(timeout=30) for _ in workers)
    for worker in workers:
        worker.join()

    assert answers == [
        "Revision 1 of this plan is already stored: another command was quicker.",
        "saved",
    ]
    assert len(open_journal(path).revisions()) == 1


def test_a_writer_waits_for_another(tmp_path):
    path = a_file(tmp_path, first_plan())
    blocker = sqlite3.connect(path, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    second = next_plan(first_plan(), "e . r")

    with ThreadPoolExecutor() as pool:
        saving = pool.submit(open_journal(path).save, second, {})
        wait([saving], timeout=0.5)
        waited = not saving.done()
        blocker.execute("ROLLBACK")
        saving.result(timeout=30)
    blocker.close()

    assert waited
    assert open_journal(path).latest() == second


def test_a_save_that_fails_leaves_nothing_behind(tmp_path):
    """Two sessions with one identity fail on the second; the revision must not stay alone."""
    path = a_file(tmp_path, first_plan("e e"))
    twice = plan_of("e e", revision=2)  # both sessions have the empty identity

    with pytest.raises(InputError):
        open_journal(path).save(twice, {})

    assert open_journal(path).revisions() == (first_plan("e e"),)


def test_every_change_is_on_the_disk_before_a_command_ends(tmp_path):
    path = a_file(tmp_path, first_plan())

    with open_journal(path)._engine.connect() as connection:
        level = connection.execute(text("PRAGMA synchronous")).scalar()

    # SQLite's number for FULL.
    assert level == 2


@pytest.mark.parametrize("table", METADATA.sorted_tables, ids=str)
def test_the_tables_are_plain_enough_for_postgresql(tmp_path, table):
    """The statements are what SQLAlchemy itself would write there, types included."""
    theirs = str(CreateTable(table).compile(dialect=postgresql.dialect()))
    with sqlite3.connect(a_file(tmp_path, first_plan())) as connection:
        ours = connection.execute(
            'SELECT name, type, pk, "notnull" FROM pragma_table_info(?) ORDER BY cid',
            (table.name,),
        ).fetchall()
    connection.close()
    keys = [column.name for column in table.primary_key]

    assert [(name, kind) for name, kind, _, _ in ours] == [
        (column.name, column.type.compile(dialect=postgresql.dialect())) for column in table.columns
    ]
    assert [name for name, _, _, _ in sorted(ours, key=lambda row: row[2]) if name in keys] == keys
    for name, kind, is_key, is_needed in ours:
        # A key is never NULL in PostgreSQL, said or not.
        assert f"{name} {kind}{' NOT NULL' if is_needed or is_key else ''}" in theirs
        assert bool(is_needed or is_key) != table.columns[name].nullable
        assert bool(is_key) == (name in keys)
