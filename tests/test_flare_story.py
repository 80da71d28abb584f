"""The whole story with real calendar programs: a plan, a flare, the way back, and her own edits.

The runner publishes to a folder and to a server, and has the calendar file on a website. Four programs
look after each step: khal in the folder, Radicale's own store, khal behind vdirsyncer as client of the
server, and vdirsyncer as subscriber of the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from icalendar import Calendar

from planner.ics import EventFile
from planner.plan import RUNS, Kind, Plan, State
from planner.seen import Seen, day_of, seen
from tests.commands import Done
from tests.her_calendar import HerCalendar, id_on
from tests.published import ZONE
from tests.radicale_server import PASSWORD, VARIABLE, radicale_server
from tests.test_calendar_follows import khal_shows, served, synchronised, with_server
from tests.test_ics_readers import as_icaljs_reads, icaljs

__all__ = ["icaljs"]

MONDAY, SATURDAY, FRIDAY = "2026-11-23", "2026-11-28", "2026-12-04"
"""The first plan, the flare, and the day on which running may come back, later than hoped."""

RENAMED, DELETED = "2026-12-18", "2026-12-14"
"""The days of the run that she calls otherwise and of the walk that she deletes."""

DAYS = 28
"""From the first to the last."""

STEPS = ("planned", "flare", "returning")
Events = set[tuple[str, str, str]]


class Step(NamedTuple):
    """How everything looks after a step."""

    plan: Plan
    planned: dict[str, EventFile]
    file: bytes
    folder: dict[str, bytes]
    server: dict[str, bytes]
    told: tuple[Done, Done]
    again: tuple[Done, Done]
    khal: Events
    client: Events
    subscriber: Events
    subscribed: int


class Story(NamedTuple):
    """The steps by name, what she edited, and what she deleted."""

    steps: dict[str, Step]
    renamed: str
    deleted: str


@pytest.fixture(scope="module")
def story(tmp_path_factory) -> Iterator[Story]:
    """Everything once; the tests ask about it."""
    tmp_path = tmp_path_factory.mktemp("story")
    with (
        radicale_server(tmp_path) as server,
        served(tmp_path / "maya.ics") as website,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv(VARIABLE, PASSWORD)
        home = HerCalendar(tmp_path)
        away = HerCalendar(tmp_path, server)

        def step(today: str) -> Step:
            told = (home.publishes(today=today), away.publishes(today=today))
            again = (home.publishes("--json", today=today), away.publishes("--json", today=today))
            collection = server.asked[-1].path.split("/")[2]
            (tmp_path / "client").mkdir(exist_ok=True)
            (tmp_path / "subscriber").mkdir(exist_ok=True)
            synchronised(tmp_path / "client", *with_server(server, tmp_path / "client", collection))
            synchronised(tmp_path / "subscriber", *as_subscriber(website, tmp_path / "subscriber"))
            subscribed = tmp_path / "subscriber" / "synced"
            return Step(
                plan=home.plan,
                planned=home.planned,
                file=(tmp_path / "maya.ics").read_bytes(),
                folder=home.there,
                server=away.there,
                told=told,
                again=again,
                khal=khal_shows(tmp_path, home.folder, DAYS),
                client=khal_shows(
                    tmp_path / "client", tmp_path / "client" / "synced" / collection, DAYS
                ),
                subscriber=khal_shows(tmp_path / "subscriber", subscribed, DAYS),
                subscribed=len(list(subscribed.glob("*.ics"))),
            )

        home.types("plan", "--no-red-flags", today=MONDAY)
        planned = step(MONDAY)
        renamed = id_on(home.plan, RENAMED, *RUNS)
        deleted = id_on(home.plan, DELETED, Kind.WALK)
        for calendar in (home, away):
            name = calendar.planned[renamed].name
            hers = calendar.there[name].replace(b"SUMMARY:", b"SUMMARY:With Zoe: ")
            calendar.writes(name, hers)
            calendar.deletes(deleted)

        for day in ("2026-11-25", "2026-11-27"):
            home.types(
                "log", day, "--done", "--pain-during", 1, "--pain-morning", 1, today=SATURDAY
            )
        home.types("flare", "--pain", 6, "--no-red-flags", today=SATURDAY)
        flare = step(SATURDAY)

        for day, pain in (("2026-11-30", 4), ("2026-12-01", 1), ("2026-12-02", 1)):
            home.types("log", day, "--pain", pain, today=day)
        walk = ("--walked", 30, "--pain-during", 1, "--pain-morning", 1)
        home.types("log", "2026-12-03", *walk, today=FRIDAY)
        home.types("replan", today=FRIDAY)
        yield Story(dict(zip(STEPS, (planned, flare, step(FRIDAY)), strict=True)), renamed, deleted)


def as_subscriber(website: str, folder: Path) -> tuple[str, ...]:
    """vdirsyncer's words for a calendar file on a website."""
    return (
        '[pair plan]\na = "web"\nb = "here"\ncollections = null',
        f'[storage web]\ntype = "http"\nurl = "{website}"\nread_only = true',
        f'[storage here]\ntype = "filesystem"\npath = "{folder}/synced"\nfileext = ".ics"',
    )


def listed(shown: Seen, uid: str) -> tuple[str, str, str]:
    return uid, shown.title, day_of(shown.begin, ZONE).isoformat()


def expected(story: Story, name: str, *, edited: bool) -> Events:
    """Identity, title and day of every entry of the plan; with what she did, where she did it."""
    found = set()
    for entry_id, file in story.steps[name].planned.items():
        title = file.entry.title
        if edited and name != "planned":
            if entry_id == story.deleted:
                continue
            title = hers(story) if entry_id == story.renamed else title
        found.add((file.uid, title, file.entry.on.isoformat()))
    return found


def hers(story: Story) -> str:
    return f"With Zoe: {story.steps['planned'].planned[story.renamed].entry.title}"


def by_uid(data: bytes) -> dict[str, bytes]:
    """The events of a calendar file by identity, each as the bytes that stand there."""
    events = [part.partition(b"END:VEVENT")[0] for part in data.split(b"BEGIN:VEVENT")[1:]]
    return {
        event.partition(b"\r\nUID:")[2].partition(b"\r\n")[0].decode(): event for event in events
    }


def steps_and_next(story: Story) -> list[tuple[Step, Step]]:
    return list(pairwise(story.steps.values()))


# What the story is about


def test_the_flare_takes_running_away_and_the_way_back_brings_it(story):
    """The states of Saturday and of Friday, when the gate has opened."""
    flare, returning = story.steps["flare"].plan, story.steps["returning"].plan
    states = [
        [day.state for day in plan.days if day.date.isoformat() == on]
        for plan, on in ((flare, SATURDAY), (returning, FRIDAY))
    ]
    assert states == [[State.FLARE], [State.RETURNING]]


def test_every_step_changes_sessions(story):
    plans = [step.plan.revision for step in story.steps.values()]
    assert plans == [1, 2, 3]


# What each program shows


@pytest.mark.parametrize("name", STEPS)
def test_khal_in_the_folder_shows_the_plan_with_her_edits(story, name):
    assert story.steps[name].khal == expected(story, name, edited=True)


@pytest.mark.parametrize("name", STEPS)
def test_khal_behind_the_server_shows_the_plan_with_her_edits(story, name):
    assert story.steps[name].client == expected(story, name, edited=True)


@pytest.mark.parametrize("name", STEPS)
def test_a_subscriber_of_the_file_shows_the_plan_and_nothing_twice(story, name):
    """vdirsyncer gives names of its own to what it reads from a website."""
    step = story.steps[name]
    wanted = sorted(one[1:] for one in expected(story, name, edited=False))
    assert sorted(one[1:] for one in step.subscriber) == wanted
    assert step.subscribed == len(wanted)


@pytest.mark.parametrize("name", STEPS)
def test_the_servers_store_holds_the_plan_with_her_edits(story, name):
    found = set()
    for file, data in story.steps[name].server.items():
        shown = seen(data, ZONE)
        assert shown is not None
        found.add(listed(shown, file.removesuffix(".ics")))
    assert found == expected(story, name, edited=True)


@pytest.mark.node
@pytest.mark.parametrize("name", STEPS)
def test_icaljs_reads_the_file_of_each_step(story, tmp_path, icaljs, name):
    events = as_icaljs_reads(story.steps[name].file, tmp_path, icaljs)["events"]
    read = {(event["uid"], event["title"], event["begin"]) for event in events}
    assert read == expected(story, name, edited=False)
    assert len(events) == len(read)


# What she did


@pytest.mark.parametrize("place", [0, 1], ids=["folder", "server"])
def test_what_she_edited_and_deleted_is_told(story, place):
    """Both as long as they last."""
    said = [" ".join(story.steps[name].told[place].out.split()) for name in ("flare", "returning")]

    assert ["it stays deleted" in one for one in said] == [True, True]
    assert ["it stays as you made it" in one for one in said] == [True, True]


def test_what_she_edited_is_untouched(story):
    steps = story.steps
    name = steps["planned"].planned[story.renamed].name
    for place in ("folder", "server"):
        first, last = (getattr(steps[one], place)[name] for one in ("flare", "returning"))
        assert first == last
        assert hers(story) in first.decode()


# What stays as it is


def in_all_places(step: Step) -> Iterator[Mapping[str, bytes]]:
    yield by_uid(step.file)
    yield step.folder
    yield step.server


def as_calendar(event: bytes) -> Seen | None:
    whole = event if event.startswith(b"BEGIN:VCALENDAR") else alone(event)
    return seen(whole, ZONE)


def alone(event: bytes) -> bytes:
    return b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT" + event + b"END:VEVENT\r\nEND:VCALENDAR\r\n"


def versions(story: Story) -> Iterator[tuple[bytes, bytes]]:
    """Each event before and after a step, in each place; what she edited is left out."""
    uid = story.steps["planned"].planned[story.renamed].uid
    for before, after in steps_and_next(story):
        for old, new in zip(in_all_places(before), in_all_places(after), strict=True):
            for name in old.keys() & new.keys():
                if not name.startswith(uid):
                    yield old[name], new[name]


def test_what_looks_the_same_is_the_same_byte_for_byte(story):
    same = [(old, new) for old, new in versions(story) if as_calendar(old) == as_calendar(new)]

    assert len(same) > 20
    assert all(old == new for old, new in same)


def stamps(event: bytes) -> tuple[int, str]:
    """SEQUENCE and LAST-MODIFIED, read by icalendar."""
    whole = event if event.startswith(b"BEGIN:VCALENDAR") else alone(event)
    (found,) = Calendar.from_ical(whole).walk("VEVENT")
    return int(found["SEQUENCE"]), found["LAST-MODIFIED"].dt.isoformat()


def test_what_looks_different_has_a_higher_sequence_and_a_later_stamp(story):
    other = [(old, new) for old, new in versions(story) if as_calendar(old) != as_calendar(new)]

    assert len(other) > 10
    for old, new in other:
        assert all(was < now for was, now in zip(stamps(old), stamps(new), strict=True))


@pytest.mark.parametrize("place", ["file", "folder", "server"])
def test_days_gone_by_stay_as_they_were(story, place):
    """Saturday's flare comes after four sessions and a rest day or two."""
    for (before, after), today in zip(steps_and_next(story), (SATURDAY, FRIDAY), strict=True):
        past = [file for file in before.planned.values() if file.entry.on.isoformat() < today]
        assert len(past) >= 5
        for file in past:
            if place == "file":
                old, new = (by_uid(step.file)[file.uid] for step in (before, after))
            else:
                old, new = (getattr(step, place)[file.name] for step in (before, after))
            assert old == new


def test_an_identity_that_is_gone_never_comes_back(story):
    """In the calendar file, where all entries of a plan are."""
    gone: set[str] = set()
    last: set[str] = set()
    for step in story.steps.values():
        now = set(by_uid(step.file))
        assert not gone & now
        gone |= last - now
        last = now
    assert gone


def test_publishing_once_more_does_nothing(story):
    for step in story.steps.values():
        for done in step.again:
            assert [done.document[what] for what in ("put", "changed", "removed")] == [[], [], []]
