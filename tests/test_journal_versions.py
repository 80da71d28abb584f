"""Journals that an older runback wrote are read, left as they are, and written on."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from planner.history import History, with_news
from planner.journal import open_journal
from planner.journal_tables import MIGRATIONS
from planner.plan import Plan
from tests.journals import EVERYTHING, a_revision
from tests.users import as_plain_user, open_folder

VERSION_1 = (
    "CREATE TABLE meta (name VARCHAR(40) PRIMARY KEY, content VARCHAR(200) NOT NULL)",
    "CREATE TABLE revisions (revision INTEGER PRIMARY KEY, plan_id VARCHAR(200) NOT NULL, "
    "made_on DATE NOT NULL, document TEXT NOT NULL)",
    "CREATE TABLE entries (id VARCHAR(200) PRIMARY KEY, seen_in INTEGER NOT NULL, "
    "changed_in INTEGER NOT NULL, changed_on DATE NOT NULL, print VARCHAR(64) NOT NULL)",
    "INSERT INTO meta VALUES ('runback_schema', '1')",
    "INSERT INTO entries VALUES ('1-001', 1, 1, '2026-11-23', '')",
)


def a_file_of_version_1(folder: Path, *plans: Plan) -> Path:
    """As the first runback wrote it."""
    path = folder / "maya.db"
    with sqlite3.connect(path) as connection:
        for statement in VERSION_1:
            connection.execute(statement)
        for plan in plans:
            connection.execute(
                "INSERT INTO revisions VALUES (?, ?, ?, ?)",
                (plan.revision, plan.plan_id, str(plan.made_on), plan.model_dump_json()),
            )
    connection.close()
    return path


def test_a_file_of_version_1_is_read_with_its_plans_and_left_as_it_is(tmp_path):
    path = a_file_of_version_1(tmp_path, a_revision(1), a_revision(2))
    before = path.read_bytes()
    journal = open_journal(path)

    plans = (journal.latest(), journal.undo_target(), journal.made_from())
    facts = (journal.history(), journal.published("vdir"), journal.places())

    assert plans == (a_revision(2), a_revision(1), None)
    assert facts == (History(), {}, ())
    assert path.read_bytes() == before


def test_a_file_of_version_1_takes_facts_and_keeps_its_plans(tmp_path):
    path = a_file_of_version_1(tmp_path, a_revision(1))

    open_journal(path).record(EVERYTHING)

    assert open_journal(path).history() == with_news(History(), EVERYTHING)
    assert open_journal(path).latest() == a_revision(1)
    assert open_journal(path).used_ids() == {"1-001"}


def test_a_file_of_version_1_takes_a_plan(tmp_path):
    path = a_file_of_version_1(tmp_path, a_revision(1))

    open_journal(path).save(a_revision(2), {}, EVERYTHING, made_from="x", restores=1)

    assert open_journal(path).revisions() == (a_revision(1), a_revision(2))
    assert open_journal(path).made_from() == "x"


def test_a_file_of_version_1_protected_against_writing_is_read():
    with open_folder() as folder:
        path = a_file_of_version_1(folder, a_revision(1))
        path.chmod(0o444)

        answer = as_plain_user(lambda: str(open_journal(path).latest() == a_revision(1)))

    assert answer == "True"


def test_the_first_version_never_changes():
    """Files of it exist; a change of its statements would not reach them."""
    assert MIGRATIONS[0] == VERSION_1[:3]
