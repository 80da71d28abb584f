"""``runback publish --vdir``: a folder with one file for each entry."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from planner.following import ChangedMeanwhile, follow, moves_there
from planner.history import Answer, Move, News
from planner.publishing import Terms
from planner.vdir import Folder, made_folder
from tests.commands import ROOT, names_in, run
from tests.published import MON, SUNDAY, TUE, ZONE, Maya, edited, files_in, ids_on, moved, name_on
from tests.published import files as files_of
from tests.users import as_plain_user, open_folder

TERMS = Terms(date.fromisoformat(SUNDAY), ZONE)


@pytest.fixture
def maya(tmp_path):
    return Maya(tmp_path, "--vdir", tmp_path / "calendar")


def test_the_folder_is_made_for_her_alone_with_its_name(tmp_path, maya):
    maya.plans("e")

    maya.publish()

    folder = tmp_path / "calendar"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert (folder / "displayname").read_text() == "Training"


def test_each_entry_is_a_file_that_she_alone_can_read(tmp_path, maya):
    plan = maya.plans("es . w")

    done = maya.publish()

    folder = tmp_path / "calendar"
    names = {file.name for file in files_of(plan).values()}
    assert names_in(folder) == sorted([*names, "displayname"])
    assert {stat.S_IMODE((folder / name).stat().st_mode) for name in names} == {0o600}
    assert done.out.startswith("4 put, 0 changed, 0 removed, 0 as before\n")


def test_a_folder_that_is_there_keeps_all_that_is_not_ours(tmp_path, maya):
    folder = tmp_path / "calendar"
    folder.mkdir()
    (folder / "displayname").write_text("Sport")
    (folder / "dentist.ics").write_text("hers")
    maya.plans("e .")

    maya.publish()
    maya.plans(". .")
    maya.publish()

    assert (folder / "displayname").read_text() == "Sport"
    assert (folder / "dentist.ics").read_text() == "hers"


def test_publishing_again_writes_nothing(tmp_path, maya):
    maya.plans("e . w")
    maya.publish()
    folder = tmp_path / "calendar"
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}

    done = maya.publish()

    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    assert done.out.startswith("0 put, 0 changed, 0 removed, 3 as before\n")


def test_json_names_what_was_done(tmp_path, maya):
    """Monday's run goes to Tuesday, Wednesday's walk goes away, and its day rests."""
    old = maya.plans("e . w")
    maya.publish()
    new = maya.plans(". e .")
    (walk,) = ids_on(old, "2026-11-25")

    document = maya.publish("--json").document

    assert document == {
        "place": str(tmp_path / "calendar"),
        "put": ids_on(new, "2026-11-25"),
        "changed": [*ids_on(new, MON), *ids_on(new, TUE)],
        "removed": [walk],
        "kept": [],
    }


def test_what_she_did_is_told_and_the_next_step(tmp_path, maya):
    plan = maya.plans("e . .")
    maya.publish()
    moved(tmp_path / "calendar" / name_on(plan, MON), "20261125")

    done = maya.publish()

    assert 'You moved "Easy run 30 min" on Mon 23 Nov to Wed 25 Nov' in done.out.replace("\n ", "")
    assert f"runback replan {maya.file}" in done.out.replace("\n", " ")
    assert maya.journal.history().moves == (
        Move(session_id=ids_on(plan, MON)[0], to=date(2026, 11, 25)),
    )


def test_overwriting_puts_the_plan_back(tmp_path, maya):
    plan = maya.plans("e . .")
    maya.publish()
    path = tmp_path / "calendar" / name_on(plan, MON)
    ours = path.read_bytes()
    edited(path, "SUMMARY:Easy", "SUMMARY:Lovely")

    maya.publish("--overwrite")

    assert path.read_bytes() == ours


def test_rest_days_can_be_left_out_later(tmp_path, maya):
    maya.plans("e . w")
    maya.publish()

    done = maya.publish("--no-rest-days")

    assert done.out.startswith("0 put, 0 changed, 1 removed, 2 as before\n")


def test_a_folder_that_was_deleted_is_filled_anew(tmp_path, maya):
    """She deleted the calendar, not each session."""
    maya.plans("e .")
    maya.publish()
    for path in (tmp_path / "calendar").iterdir():
        path.unlink()
    (tmp_path / "calendar").rmdir()

    done = maya.publish()

    assert done.out.startswith("2 put, ")


def test_two_folders_are_two_calendars(tmp_path, maya):
    maya.plans("e .")
    maya.publish()

    done = run("publish", maya.file, "--vdir", tmp_path / "other", today=SUNDAY)

    assert done.out.startswith("2 put, ")
    assert files_in(tmp_path / "other") == files_in(tmp_path / "calendar")


def test_her_moves_in_a_folder_can_be_read_without_changing_anything(tmp_path, maya):
    plan = maya.plans("e . .")
    maya.publish()
    folder = tmp_path / "calendar"
    moved(folder / name_on(plan, MON), "20261125")
    before = files_in(folder)

    found = moves_there(Folder(folder), maya.journal.published(str(folder)), TERMS)

    assert found == (Move(session_id=ids_on(plan, MON)[0], to=date(2026, 11, 25)),)
    assert files_in(folder) == before


def test_a_folder_that_is_gone_has_no_moves(tmp_path, maya):
    maya.plans("e")
    maya.publish()
    rows = maya.journal.published(str(tmp_path / "calendar"))

    assert moves_there(Folder(tmp_path / "nowhere"), rows, TERMS) == ()


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


class Silent(Folder):
    """A folder that does not say which etag it gave, as some servers."""

    def put(self, name: str, data: bytes, etag: str) -> str:
        super().put(name, data, etag)
        return ""


def test_an_etag_that_is_not_told_is_asked_for(tmp_path, maya):
    plan = maya.plans("e w")
    folder = made_folder(tmp_path / "calendar", "Training")

    follow(Silent(tmp_path / "calendar"), maya.journal, files_of(plan), TERMS)

    rows = maya.journal.published(folder.address).values()
    assert {row.href: row.etag for row in rows} == folder.etags([row.href for row in rows])


def test_what_was_removed_is_forgotten(tmp_path, maya):
    maya.plans("e e")
    maya.publish()
    plan = maya.plans("e .")

    maya.publish()

    assert set(maya.journal.published(str(tmp_path / "calendar"))) == set(files_of(plan))


def test_deleting_what_is_gone_needs_nothing(tmp_path):
    folder = made_folder(tmp_path / "calendar", "Training")

    folder.delete("a.ics", "1")

    assert names_in(tmp_path / "calendar") == ["displayname"]


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


def test_a_missing_parent_is_told(tmp_path, maya):
    maya.plans("e")

    done = run("publish", maya.file, "--vdir", tmp_path / "no" / "calendar", today=SUNDAY)

    assert (done.code, done.err) == (
        3,
        f"There is no folder {tmp_path / 'no'} to make calendar in. Make it first.\n",
    )


def test_a_file_in_place_of_the_folder_is_told(maya):
    maya.plans("e")

    done = run("publish", maya.file, "--vdir", maya.file, today=SUNDAY)

    assert (done.code, "is a file, not a folder" in done.err) == (3, True)


def test_a_folder_that_she_may_not_write_in_is_told():
    with open_folder() as folder:
        (folder / "calendar").mkdir(mode=0o555)
        (folder / "calendar" / "displayname").write_text("Training")

        def work() -> str:
            try:
                made_folder(folder / "calendar", "Training").put("a.ics", b"ours", "")
            except Exception as fault:
                return f"{type(fault).__name__}: {fault}"
            return "written"

        assert as_plain_user(work).startswith("InputError: ")


def test_a_plan_that_an_emergency_sign_withdrew_is_not_published(tmp_path, maya):
    """RF1, numbness where a saddle would touch, is one of the emergency questions."""
    maya.plans("e")
    answer = Answer(on=date.fromisoformat(SUNDAY), flags=("RF1",))
    maya.journal.record(News(answer=answer))

    done = maya.publish()

    assert done.code == 7
    assert not (tmp_path / "calendar").exists()


def test_without_a_plan_there_is_nothing_to_publish(maya):
    done = maya.publish()

    assert (done.code, "Make one: runback plan" in done.err) == (3, True)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ([], "Give a folder (--vdir DIR) or a calendar server (--caldav URL)."),
        (["--vdir", "a", "--caldav", "b"], "Give a folder"),
        (["--vdir", "a", "--user", "maya"], "--user and --calendar belong to --caldav"),
        (["--vdir", "a", "--calendar", "Sport"], "--user and --calendar belong to --caldav"),
        (["--caldav", "https://cal.example.org"], "--caldav needs --user NAME"),
    ],
)
def test_options_that_do_not_fit_together_are_refused(maya, options, says):
    maya.plans("e")

    done = run("publish", maya.file, *options, today=SUNDAY)

    assert (done.code, says in done.err) == (2, True)
