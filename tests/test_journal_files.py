"""The journal's file: what is no journal, damaged, closed, or of another version."""

from __future__ import annotations

import sqlite3

import pytest

from planner.errors import InputError, PlannerError
from planner.journal import Journal, open_journal
from planner.journal_tables import MIGRATIONS
from tests.journals import a_file, first_plan, next_plan
from tests.users import as_plain_user, open_folder


@pytest.mark.parametrize(
    "content", [b"[runner]\nname = 'Maya'\n" * 40, b"SQLite format 3\0" + b"\xff" * 4000]
)
def test_what_is_no_journal_is_told_in_a_sentence(tmp_path, content):
    path = tmp_path / "maya.db"
    path.write_bytes(content)

    with pytest.raises(InputError, match="is not a journal, or it is damaged"):
        open_journal(path).latest()

    assert path.read_bytes() == content


def test_a_journal_cut_short_is_told_in_a_sentence(tmp_path):
    path = a_file(tmp_path, first_plan("es . r . l w m " * 40))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])

    with pytest.raises(InputError, match="is not a journal, or it is damaged"):
        open_journal(path).latest()


def test_a_folder_is_told_in_a_sentence(tmp_path):
    with pytest.raises(InputError, match="is a folder"):
        open_journal(tmp_path)


def test_a_missing_folder_is_told_in_a_sentence(tmp_path):
    with pytest.raises(InputError, match="cannot be written: No such file"):
        open_journal(tmp_path / "missing" / "maya.db").save(first_plan(), {})


def test_the_database_of_another_program_is_left_alone(tmp_path):
    path = tmp_path / "maya.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE bookmarks (address TEXT)")
    other.close()

    with pytest.raises(InputError, match="database of another program"):
        open_journal(path).save(first_plan(), {})


def test_an_empty_file_is_a_journal_that_begins(tmp_path):
    path = tmp_path / "maya.db"
    path.touch()

    found = open_journal(path).latest()
    open_journal(path).save(first_plan(), {})

    assert found is None
    assert open_journal(path).latest() == first_plan()


def test_a_plan_that_cannot_be_read_is_told_in_a_sentence(tmp_path):
    path = a_file(tmp_path, first_plan())
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE revisions SET document = '{}'")
    connection.close()

    with pytest.raises(InputError, match="holds a plan that cannot be read"):
        open_journal(path).latest()


def test_the_file_of_a_newer_version_is_told_in_a_sentence(tmp_path):
    path = tmp_path / "maya.db"
    newer = (*MIGRATIONS, ("CREATE TABLE log (day DATE PRIMARY KEY)",))
    Journal(path, newer).save(first_plan(), {})

    with pytest.raises(PlannerError, match="was written by a newer runback"):
        open_journal(path).latest()


NEWER = (
    *MIGRATIONS,
    ("CREATE TABLE log (day DATE PRIMARY KEY)", "INSERT INTO log VALUES ('2026-11-22')"),
)


def test_an_older_file_is_brought_up_to_date_by_the_first_write(tmp_path):
    path = a_file(tmp_path, first_plan())
    second = next_plan(first_plan(), "e . r")

    Journal(path, NEWER).save(second, {})

    assert Journal(path, NEWER).revisions() == (first_plan(), second)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT day FROM log").fetchall() == [("2026-11-22",)]
    connection.close()


def test_reading_an_older_file_leaves_it_as_it_is(tmp_path):
    path = a_file(tmp_path, first_plan())
    before = path.read_bytes()

    latest = Journal(path, NEWER).latest()

    assert latest == first_plan()
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_migration_that_fails_changes_nothing(tmp_path):
    path = a_file(tmp_path, first_plan())
    broken = (*MIGRATIONS, ("CREATE TABLE log (day DATE PRIMARY KEY)", "INSERT INTO nowhere"))

    with pytest.raises(InputError):
        Journal(path, broken).save(next_plan(first_plan(), "e . r"), {})

    assert open_journal(path).revisions() == (first_plan(),)
    with sqlite3.connect(path) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE name = 'log'").fetchall()
    connection.close()
    assert tables == []


def test_a_file_protected_against_writing_can_be_read():
    with open_folder() as folder:
        path = a_file(folder, first_plan())
        path.chmod(0o444)

        answer = as_plain_user(lambda: str(open_journal(path).latest() == first_plan()))

    assert answer == "True"


def test_a_file_protected_against_writing_is_told_in_a_sentence():
    second = next_plan(first_plan(), "e . r")
    with open_folder() as folder:
        path = a_file(folder, first_plan())
        path.chmod(0o444)

        answer = as_plain_user(lambda: str(open_journal(path).save(second, {})))

    assert answer.startswith("InputError")
    assert "cannot be opened for this" in answer


def test_a_file_closed_to_the_reader_is_told_in_a_sentence():
    with open_folder() as folder:
        path = a_file(folder, first_plan())

        answer = as_plain_user(lambda: str(open_journal(path).latest()))

    assert answer.startswith("InputError")
    assert "cannot be opened for this" in answer
