"""A folder that changes under our hands, or a publish that is cut off: nothing of hers is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from planner.following import ChangedMeanwhile, follow
from planner.publishing import Terms
from planner.vdir import Folder, made_folder
from tests.commands import ROOT
from tests.published import MON, SUNDAY, ZONE, Maya, edited, files_in, ids_on, name_on
from tests.published import files as files_of

TERMS = Terms(date.fromisoformat(SUNDAY), ZONE)


@pytest.fixture
def maya(tmp_path):
    return Maya(tmp_path, "--vdir", tmp_path / "calendar")


@pytest.mark.parametrize("etag", ["", "0"])
def test_a_file_that_changed_this_moment_is_not_written_over(tmp_path, etag):
    folder = made_folder(tmp_path / "calendar", "Training")
    (tmp_path / "calendar" / "a.ics").write_text("hers")

    with pytest.raises(ChangedMeanwhile):
        folder.put("a.ics", b"ours", etag)
    with pytest.raises(ChangedMeanwhile):
        folder.delete("a.ics", etag)
    assert (tmp_path / "calendar" / "a.ics").read_text() == "hers"


class Racing(Folder):
    """A folder in which she edits an entry between our look and our step."""

    def put(self, name: str, data: bytes, etag: str) -> str:
        edited(Path(self.address) / name, "SUMMARY:Easy", "SUMMARY:Lovely")
        return super().put(name, data, etag)


def test_an_edit_of_this_very_moment_is_kept_told_and_seen_the_next_time(tmp_path, maya):
    old = maya.plans("e")
    maya.publish()
    folder = tmp_path / "calendar"
    new = maya.plans("e w")
    wanted = {ids_on(old, MON)[0]: files_of(new)[ids_on(new, MON)[0]]}
    (file,) = wanted.values()
    changed = {file.entry.id: file._replace(data=file.data.replace(b"30 min", b"20 min"))}

    first = follow(Racing(folder), maya.journal, changed, TERMS)
    second = follow(Folder(folder), maya.journal, changed, TERMS)

    assert "this very moment" in first.kept[0].says
    assert 'You changed "Easy run 30 min"' in second.kept[0].says
    assert b"SUMMARY:Lovely" in (folder / file.name).read_bytes()


class Breaking(Folder):
    """A folder that takes one entry and then breaks."""

    taken = 0

    def put(self, name: str, data: bytes, etag: str) -> str:
        if self.taken:
            raise OSError("the disk is gone")
        self.taken += 1
        return super().put(name, data, etag)


def test_a_fault_half_way_is_mended_by_the_next_publish(tmp_path, maya):
    plan = maya.plans("e w s")
    made_folder(tmp_path / "calendar", "Training")
    with pytest.raises(OSError, match="the disk is gone"):
        follow(Breaking(tmp_path / "calendar"), maya.journal, files_of(plan), TERMS)

    outcome = follow(Folder(tmp_path / "calendar"), maya.journal, files_of(plan), TERMS)

    assert (len(outcome.put), outcome.as_before, outcome.kept) == (2, 1, ())


class Dying(Folder):
    """A folder at which the power goes off once it has taken an entry."""

    def put(self, name: str, data: bytes, etag: str) -> str:
        super().put(name, data, etag)
        os._exit(9)


def test_what_arrived_before_the_power_went_is_ours_although_the_plan_changes_once_more(
    tmp_path, maya
):
    """Else the day that the run had in between would pass for a move of hers."""
    maya.plans(". e .")
    maya.publish()
    between = maya.plans("e . .")
    child = os.fork()
    if child == 0:
        follow(Dying(tmp_path / "calendar"), maya.journal, files_of(between), TERMS)
    os.waitpid(child, 0)
    last = maya.plans(". . e")

    document = maya.publish("--json").document

    assert (document["kept"], maya.journal.history().moves) == ([], ())
    assert set(files_in(tmp_path / "calendar")) == {file.name for file in files_of(last).values()}


class Vanishing(Folder):
    """A folder in which she deletes an entry right after our look."""

    def etags(self, names: Sequence[str]) -> dict[str, str]:
        found = super().etags(names)
        for name in found:
            (Path(self.address) / name).unlink()
        return found


def test_an_entry_that_she_deletes_while_we_look_is_deleted(tmp_path, maya):
    plan = maya.plans("e")
    maya.publish()
    folder = tmp_path / "calendar"
    edited(folder / name_on(plan, MON), "SUMMARY:Easy", "SUMMARY:Lovely")

    outcome = follow(Vanishing(folder), maya.journal, files_of(plan), TERMS)

    assert "You deleted" in outcome.kept[0].says


def test_killed_at_any_moment_the_next_publish_makes_it_whole(tmp_path, maya):
    """Nothing of ours is ever taken for an edit of hers, and nothing is half written."""
    letters = ["e . w es . l ." * 6, ". e w . es . l" * 6]
    plan = maya.plans(letters[0])
    code = (
        "import sys; from planner.cli.main import main; "
        "print('begun', flush=True); main(sys.argv[1:])"
    )
    folder = tmp_path / "calendar"
    command = ["publish", str(maya.file), "--vdir", str(folder), "--today", SUNDAY]
    for number, delay in enumerate([0.15, 0.3, 0.35, 0.4, 0.5, 0.7]):
        process = subprocess.Popen(
            [sys.executable, "-c", code, *command],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert all(data.endswith(b"END:VCALENDAR\r\n") for data in files_in(folder).values())
        plan = maya.plans(letters[(number + 1) % 2])

    document = maya.publish("--json").document

    assert document["kept"] == []
    assert set(files_in(folder)) == {file.name for file in files_of(plan).values()}
    assert maya.publish("--json").document["changed"] == []
