"""``runback publish --vdir``: a folder with one file for each entry."""

from __future__ import annotations

import stat
from datetime import date

import pytest

from planner.following import follow, moves_there
from planner.history import Answer, Move, News
from planner.publishing import Terms
from planner.vdir import Folder, made_folder
from tests.commands import names_in, run
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
        "fits": True,
        "advice": [],
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
