"""What an undo goes back to, and which reports of a flare it withdraws."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest

from planner.history import News, Report
from tests.journals import MONDAY, TUESDAY, a_journal, a_revision


def told_flare(pain: float = 6.0, on: date = MONDAY) -> News:
    return News(report=Report(on=on, pain=pain, told_on=on))


def test_of_two_reports_of_a_day_the_later_one_counts(tmp_path):
    journal = a_journal(tmp_path, told_flare(8), told_flare(6))

    assert [report.pain for report in journal.history().reports] == [6]


def undone(revision: int) -> News:
    return News(withdrawn_revision=revision)


def test_an_undo_withdraws_the_report_that_came_with_the_plan(tmp_path):
    journal = a_journal(tmp_path, told_flare(on=TUESDAY))
    journal.save(a_revision(1), {}, told_flare())

    journal.save(a_revision(2), {}, undone(1))

    # That of Tuesday came with no plan, so it stays.
    assert [report.on for report in journal.history().reports] == [TUESDAY]


def test_a_withdrawn_report_stays_in_the_file(tmp_path):
    journal = a_journal(tmp_path)
    journal.save(a_revision(1), {}, told_flare())
    journal.record(undone(1))

    with sqlite3.connect(tmp_path / "maya.db") as connection:
        rows = connection.execute("SELECT day, pain, revision, withdrawn FROM reports").fetchall()
    connection.close()

    assert rows == [("2026-11-23", 6.0, 1, 1)]


def test_a_day_can_be_reported_again_after_its_report_was_withdrawn(tmp_path):
    journal = a_journal(tmp_path)
    journal.save(a_revision(1), {}, told_flare(6))
    journal.save(a_revision(2), {}, undone(1))

    journal.save(a_revision(3), {}, told_flare(7))

    assert [report.pain for report in journal.history().reports] == [7]


def test_an_undo_brings_back_the_report_that_was_replaced(tmp_path):
    """The plan before was made from it: without it, the next one would forget the flare."""
    journal = a_journal(tmp_path)
    journal.save(a_revision(1), {}, told_flare(6))
    journal.save(a_revision(2), {}, told_flare(8))

    journal.save(a_revision(3), {}, undone(2), restores=1)

    assert [report.pain for report in journal.history().reports] == [6]


def test_the_same_report_told_again_still_belongs_to_its_plan(tmp_path):
    journal = a_journal(tmp_path)
    journal.save(a_revision(1), {}, told_flare())
    journal.record(News(report=Report(on=MONDAY, pain=6, told_on=TUESDAY)))
    told_on = [report.told_on for report in journal.history().reports]

    journal.save(a_revision(2), {}, undone(1))

    assert told_on == [TUESDAY]
    assert journal.history().reports == ()


def test_a_report_told_again_with_a_plan_belongs_to_that_plan(tmp_path):
    """She said no to the first plan, and yes to the second; undoing that takes the flare back."""
    journal = a_journal(tmp_path, told_flare())
    journal.save(a_revision(1), {}, told_flare())

    journal.save(a_revision(2), {}, undone(1))

    assert journal.history().reports == ()


def test_more_pain_told_without_a_new_plan_outlives_an_undo(tmp_path):
    journal = a_journal(tmp_path)
    journal.save(a_revision(1), {}, told_flare(6))
    journal.record(told_flare(8))

    journal.save(a_revision(2), {}, undone(1))

    assert [report.pain for report in journal.history().reports] == [8]


def test_undoing_an_undo_withdraws_what_came_with_the_plan_it_brought_back(tmp_path):
    """2 came with a flare, 4 brings it back; going back to 1 takes the flare back too."""
    journal = a_journal(tmp_path)
    journal.save(a_revision(1), {})
    journal.save(a_revision(2), {}, told_flare())
    journal.save(a_revision(3), {}, told_flare(on=TUESDAY))
    journal.save(a_revision(4), {}, undone(3), restores=2)
    before = [report.on for report in journal.history().reports]

    journal.save(a_revision(5), {}, undone(4), restores=1)

    assert before == [MONDAY]
    assert journal.history().reports == ()


@pytest.mark.parametrize(
    ("restores", "expected"),
    [
        ([], None),
        ([None], None),
        ([None, None], 1),
        ([None, None, None], 2),
        ([None, None, 1], None),  # what is undone now is 1, the first
        ([None, None, None, 2], 1),  # 4 is 2 again; before it came 1
        ([None, None, None, 2, 1], None),  # undone twice: nothing is left
        ([None, None, None, 2, None], 4),  # a new plan after an undo
        ([None, None, None, 2, None, 4], 1),  # back to 4, which is 2 again; before it came 1
    ],
)
def test_an_undo_goes_back_to_the_plan_before(tmp_path, restores, expected):
    """``restores``: for each revision from 1 on, the one that it brings back, if it is an undo."""
    journal = a_journal(tmp_path)
    for number, brought_back in enumerate(restores, start=1):
        journal.save(a_revision(number), {}, restores=brought_back)

    target = journal.undo_target()

    assert (target and target.revision) == expected


def test_the_fingerprint_is_that_of_the_latest_revision(tmp_path):
    journal = a_journal(tmp_path)
    journal.save(a_revision(1), {}, made_from="first")
    journal.save(a_revision(2), {}, made_from="second")

    assert journal.made_from() == "second"


def test_a_revision_without_a_fingerprint_has_none(tmp_path):
    journal = a_journal(tmp_path)
    journal.save(a_revision(1), {}, made_from="first")
    journal.save(a_revision(2), {})

    assert journal.made_from() is None
