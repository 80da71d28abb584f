"""The whole story: a plan, a changed plan, and what every reader of the calendar sees of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from planner.ics import calendar_bytes
from planner.plan import Plan
from tests.ics_linter import faults
from tests.plans import MONDAY, WORDS
from tests.published import MON, TUE, Maya, edited, files_in, ids_on, moved, name_on, shown
from tests.published import files as files_of
from tests.radicale_server import PASSWORD, USER, RadicaleServer, events_on
from tests.test_ics_readers import KHAL, as_icaljs_reads, icaljs, local

__all__ = ["icaljs"]

FIRST = "e . w es . l ."
SECOND = ". e w es . . ."
"""Monday's run has moved to Tuesday; the long run of Saturday is gone, and rests have moved."""

ICAL = dict[str, bytes]


def in_folder(folder: Path) -> ICAL:
    return files_in(folder / "calendar")


@pytest.fixture(params=["folder", "server"])
def story(request, tmp_path, server, own_keyring) -> tuple[Maya, Callable[[], ICAL]]:
    """Her, and a look at the files as they stand at the place."""
    if request.param == "folder":
        return Maya(tmp_path, "--vdir", tmp_path / "calendar"), lambda: in_folder(tmp_path)
    return (
        Maya(tmp_path, "--caldav", server.url, "--user", USER),
        lambda: events_on(server),
    )


def as_shown(kept: ICAL) -> dict[str, Any]:
    return {name: shown(data) for name, data in kept.items()}


def as_planned(plan: Plan) -> dict[str, Any]:
    return {file.name: shown(file.data) for file in files_of(plan).values()}


def test_the_calendar_holds_the_changed_plan_and_nothing_twice(story):
    maya, look = story
    maya.plans(FIRST, start="18:30")
    maya.publish()
    plan = maya.plans(SECOND, start="18:30", made_on=MON)

    done = maya.publish("--json")

    assert done.document["kept"] == []
    assert as_shown(look()) == as_planned(plan)


def test_a_moved_session_is_the_same_event_on_its_new_day(story):
    maya, look = story
    old = maya.plans(FIRST)
    maya.publish()
    new = maya.plans(SECOND, made_on=MON)

    maya.publish()

    assert name_on(old, MON) == name_on(new, TUE)
    assert shown(look()[name_on(old, MON)]).begin.isoformat() == TUE


def test_unchanged_entries_are_the_same_bytes_and_not_put_again(story):
    """Wednesday's walk, Thursday's run and strength, and Friday's rest day stay as they are."""
    maya, look = story
    old = maya.plans(FIRST, start="18:30")
    maya.publish()
    before = look()
    maya.plans(SECOND, start="18:30", made_on=MON)

    document = maya.publish("--json").document

    stay = [*ids_on(old, "2026-11-25"), *ids_on(old, "2026-11-26"), *ids_on(old, "2026-11-27")]
    names = [files_of(old)[entry_id].name for entry_id in stay]
    assert {name: look()[name] for name in names} == {name: before[name] for name in names}
    assert not set(stay) & {*document["put"], *document["changed"], *document["removed"]}


def test_sequence_and_stamps_are_those_of_the_calendar_file(story):
    maya, look = story
    maya.plans(FIRST, start="18:30")
    maya.publish()
    plan = maya.plans(SECOND, start="18:30", made_on=MON)
    whole = calendar_bytes(plan, **WORDS, touched=maya.journal.touched())

    maya.publish()

    def lines(data: bytes) -> set[bytes]:
        wanted = (b"UID", b"SEQUENCE", b"LAST-MODIFIED", b"DTSTAMP")
        return {line for line in data.splitlines() if line.startswith(wanted)}

    assert set.union(*(lines(data) for data in look().values())) == lines(whole)


def test_every_file_is_without_fault(story):
    maya, look = story
    maya.plans(FIRST, start="18:30")

    maya.publish()

    found = {fault for data in look().values() for fault in faults(as_one_of_ours(data))}
    assert found == set()


def as_one_of_ours(data: bytes) -> bytes:
    """With the lines of a whole calendar file that an entry's own file leaves out."""
    head = b"NAME:a\r\nX-WR-CALNAME:a\r\nX-RUNBACK-REVISION:1\r\n"
    plain = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    first = plain.index(b"BEGIN:", 10)
    return plain[:first] + head + plain[first:]


def test_her_edit_in_the_folder_is_kept_while_the_rest_follows(tmp_path):
    maya = Maya(tmp_path, "--vdir", tmp_path / "calendar")
    old = maya.plans(FIRST)
    maya.publish()
    walk = tmp_path / "calendar" / name_on(old, "2026-11-25")
    edited(walk, "SUMMARY:Walk", "SUMMARY:Walk with Zoe")
    hers = walk.read_bytes()
    plan = maya.plans(SECOND, made_on=MON)

    document = maya.publish("--json").document

    assert walk.read_bytes() == hers
    assert [one["session_id"] for one in document["kept"]] == ids_on(old, "2026-11-25")
    others = {name: seen for name, seen in as_planned(plan).items() if name != walk.name}
    shown_now = as_shown(in_folder(tmp_path))
    del shown_now[walk.name]
    assert shown_now == others


def test_a_session_that_she_moved_and_that_left_the_plan_is_told(tmp_path):
    """She moved Saturday's long run to Sunday; the next plan has none."""
    maya = Maya(tmp_path, "--vdir", tmp_path / "calendar")
    old = maya.plans(FIRST)
    maya.publish()
    moved(tmp_path / "calendar" / name_on(old, "2026-11-28"), "20261129")
    maya.plans(SECOND, made_on=MON)

    document = maya.publish("--json").document

    (kept,) = document["kept"]
    assert "is no longer in your plan" in kept["says"]


# Other programs, as they are


def program(name: str, folder: Path, *words: str, given: str = "") -> str:
    """Run a program of the test environment with a home of its own."""
    homes = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), str(folder))
    done = subprocess.run(
        [str(Path(sys.executable).with_name(name)), *words],
        env={**os.environ, **homes, "LC_ALL": "C.UTF-8", "COLUMNS": "200"},
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def khal_shows(folder: Path, vdir: Path, days: int = 7) -> set[tuple[str, str, str]]:
    """Identity, title and begin of the events of some days, a week's unless said otherwise."""
    config = folder / "khal.conf"
    config.write_text(KHAL.format(folder=folder).replace(f"{folder}/vdir", str(vdir)))
    fields = [word for name in ("uid", "title", "start-long") for word in ("--json", name)]
    said = program(
        "khal", folder, "-c", str(config), "list", *fields, MONDAY.isoformat(), f"{days}d"
    )
    found = [event for line in said.splitlines() for event in json.loads(line)]
    return {(event["uid"], event["title"], event["start-long"]) for event in found}


def test_khal_shows_the_changed_plan_in_the_folder(tmp_path):
    maya = Maya(tmp_path, "--vdir", tmp_path / "calendar")
    maya.plans(FIRST, start="18:30")
    maya.publish()
    first = khal_shows(tmp_path, tmp_path / "calendar")
    plan = maya.plans(SECOND, start="18:30", made_on=MON)
    maya.publish()

    assert khal_shows(tmp_path, tmp_path / "calendar") == local(plan) != first


def synchronised(folder: Path, *lines: str) -> None:
    """Let vdirsyncer bring a place to the folder ``synced/training``."""
    config = folder / "vdirsyncer.conf"
    if not config.exists():
        (folder / "synced").mkdir()
        config.write_text("\n".join([f'[general]\nstatus_path = "{folder}/status"', *lines]))
        program("vdirsyncer", folder, "-c", str(config), "discover", given="y\n" * 9)
    program("vdirsyncer", folder, "-c", str(config), "sync")


def with_server(server: RadicaleServer, folder: Path, collection: str) -> tuple[str, ...]:
    """vdirsyncer's words for a calendar of the server, both ways."""
    return (
        f'[pair plan]\na = "server"\nb = "here"\ncollections = ["{collection}"]',
        f'[storage server]\ntype = "caldav"\nurl = "{server.url}"\n'
        f'username = "{USER}"\npassword = "{PASSWORD}"',
        f'[storage here]\ntype = "filesystem"\npath = "{folder}/synced"\nfileext = ".ics"',
    )


def test_vdirsyncer_brings_the_changed_plan_from_the_server(tmp_path, server, maya):
    maya.plans(FIRST, start="18:30")
    maya.publish()
    collection = server.asked[-1].path.split("/")[2]
    pair = with_server(server, tmp_path, collection)
    synchronised(tmp_path, *pair)
    plan = maya.plans(SECOND, start="18:30", made_on=MON)
    maya.publish()

    synchronised(tmp_path, *pair)

    assert khal_shows(tmp_path, tmp_path / "synced" / collection) == local(plan)


def test_what_she_moves_with_vdirsyncer_is_kept_on_the_server(tmp_path, server, maya):
    """Her calendar program writes into the folder, vdirsyncer carries it up."""
    old = maya.plans(FIRST)
    maya.publish()
    collection = server.asked[-1].path.split("/")[2]
    pair = with_server(server, tmp_path, collection)
    synchronised(tmp_path, *pair)
    moved(tmp_path / "synced" / collection / name_on(old, MON), "20261127")
    synchronised(tmp_path, *pair)

    document = maya.publish("--json").document

    assert [one["session_id"] for one in document["kept"]] == ids_on(old, MON)
    assert [f"{one.to}" for one in maya.journal.history().moves] == ["2026-11-27"]


@contextmanager
def served(file: Path) -> Iterator[str]:
    """The address of a calendar file on a web server."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            data = file.read_bytes()
            self.send_response(200)
            self.send_header("Content-Type", "text/calendar; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Print nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{http.server_address[1]}/plan.ics"
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


@pytest.fixture
def website(tmp_path) -> Iterator[str]:
    """Where ``site.ics`` can be had over http."""
    with served(tmp_path / "site.ics") as address:
        yield address


def test_a_subscriber_follows_the_calendar_file(tmp_path, website):
    """The .ics put on a web server: moved and removed sessions reach whoever subscribes to it."""
    maya = Maya(tmp_path, "--vdir", tmp_path / "calendar")
    pair = (
        '[pair plan]\na = "web"\nb = "here"\ncollections = null',
        f'[storage web]\ntype = "http"\nurl = "{website}"\nread_only = true',
        f'[storage here]\ntype = "filesystem"\npath = "{tmp_path}/synced"\nfileext = ".ics"',
    )
    for letters in (FIRST, SECOND):
        plan = maya.plans(letters, start="18:30", made_on=MON)
        data = calendar_bytes(plan, **WORDS, touched=maya.journal.touched())
        (tmp_path / "site.ics").write_bytes(data)
        synchronised(tmp_path, *pair)

    found = {(title, begin) for _, title, begin in khal_shows(tmp_path, tmp_path / "synced")}
    assert found == {(title, begin) for _, title, begin in local(plan)}
    assert len(files_in(tmp_path / "synced")) == len(files_of(plan))


@pytest.mark.node
def test_icaljs_reads_each_file_as_it_is_meant(tmp_path, icaljs):
    maya = Maya(tmp_path, "--vdir", tmp_path / "calendar")
    plan = maya.plans(FIRST, start="18:30")
    maya.publish()

    for file in files_of(plan).values():
        data = (tmp_path / "calendar" / file.name).read_bytes()
        (event,) = as_icaljs_reads(data, tmp_path, icaljs)["events"]
        assert (event["uid"], event["title"]) == (file.uid, file.entry.title)


def test_radicale_is_asked_for_nothing_but_what_is_needed(server: RadicaleServer, maya):
    """No entry is read that nobody touched."""
    maya.plans(FIRST)
    maya.publish()
    maya.plans(SECOND, made_on=MON)
    maya.publish()

    assert server.counted("GET") == 0
