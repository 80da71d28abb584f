"""An undo cut off between its plan and its calendar is finished, not followed by another one."""

from __future__ import annotations

import signal

import pytest

from tests.commands import run
from tests.test_crash import (
    WEDNESDAY,
    calendar_of_journal,
    look,
    started,
    with_a_flare,
    without_power_at_the_calendar,
)


@pytest.fixture
def torn(tmp_path):
    """Two plans and a flare; the power went while she undid it. Her folder and what it held before."""
    with_a_flare(tmp_path)
    old = look(tmp_path)
    process = started(tmp_path, ("undo", "--today", WEDNESDAY), without_power_at_the_calendar)
    process.join()
    assert process.exitcode == -signal.SIGKILL
    left = look(tmp_path)
    assert (len(left.plans), left.calendar) == (len(old.plans) + 1, old.calendar)
    return tmp_path, left


def test_the_next_undo_writes_the_calendar_and_takes_nothing_back(torn):
    folder, left = torn
    done = run("undo", folder / "maya.toml", today=WEDNESDAY)
    now = look(folder)

    assert done.code == 0
    assert (now.plans, now.history) == (left.plans, left.history)
    assert now.calendar == calendar_of_journal(folder)
    assert "The undo before this one was cut off" in " ".join(done.out.split())


def test_the_one_after_it_goes_back_a_plan(torn):
    folder, left = torn
    run("undo", folder / "maya.toml", today=WEDNESDAY)
    done = run("undo", folder / "maya.toml", today=WEDNESDAY)

    assert (done.code, len(look(folder).plans)) == (0, len(left.plans) + 1)


def test_the_document_is_the_plan_that_was_brought_back_with_its_changes(torn):
    folder, left = torn
    document = run("undo", folder / "maya.toml", "--json", today=WEDNESDAY).document

    assert (document["revision"], list(document)[:2]) == (
        left.plans[-1].revision,
        ["changes", "advice"],
    )
    assert document["changes"]


def test_without_rest_days_the_calendar_has_none(torn):
    folder, _ = torn
    run("undo", folder / "maya.toml", "--no-rest-days", today=WEDNESDAY)

    assert b"X-RUNBACK-KIND:rest" not in look(folder).calendar


def test_a_calendar_elsewhere_or_on_standard_output_is_no_sign_of_it(torn):
    """What is there was never the calendar of the plan that was undone."""
    folder, left = torn
    done = run("undo", folder / "maya.toml", "--ics", folder / "other.ics", today=WEDNESDAY)

    assert (done.code, len(look(folder).plans)) == (0, len(left.plans) + 1)


def test_an_undo_that_was_finished_is_followed_by_another(tmp_path):
    file = with_a_flare(tmp_path)
    for _ in range(2):
        assert run("undo", file, today=WEDNESDAY).code == 0

    assert len(look(tmp_path).plans) == 5
