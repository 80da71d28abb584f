"""Real calendar programs read our file as it is meant: icalendar, khal and ical.js."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from planner.comparing import keep_identities, touched_after
from planner.entries import entries, entry_prints
from planner.ics import calendar_bytes, event_uid
from planner.plan import Plan
from tests.plans import MONDAY, WORDS, a_day, a_plan, a_session, plan_of

HERE = Path(__file__).parent
KHAL = """
[calendars]
[[plan]]
path = {folder}/vdir
type = calendar
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Europe/Zurich
default_timezone = Europe/Zurich
[default]
default_calendar = plan
[sqlite]
path = {folder}/khal.db
"""


def a_year() -> Plan:
    """A year with every kind of session, every Wednesday's run at 18:30, a title of many signs."""
    plan = plan_of("es . e wm . l ." + " rs . h wm . R ." + " es . e wm . l ." * 50)
    days = [
        day.model_copy(
            update={"sessions": (a_session(start="18:30", title="Lauf; 30, \\ Zoë 🏃"),)}
        )
        if day.date.weekday() == 2
        else day
        for day in plan.days
    ]
    return keep_identities(plan.model_copy(update={"days": tuple(days)}), None)


def expected(plan: Plan) -> list[tuple[str, str, str, str]]:
    """Identity, title, begin and end of every event as the plan means them."""
    return [
        (
            event_uid(plan, entry.id),
            entry.title,
            in_utc(entry.begin or entry.on),
            in_utc(entry.end or entry.on + timedelta(days=1)),
        )
        for entry in entries(plan, **WORDS)
    ]


def in_utc(when: date) -> str:
    """A moment in UTC, or a date as it is."""
    if isinstance(when, datetime):
        return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return when.isoformat()


def test_icalendar_reads_what_was_meant():
    plan = a_year()

    calendar = Calendar.from_ical(calendar_bytes(plan, **WORDS))

    assert [part.errors for part in calendar.walk() if part.errors] == []
    assert [
        (
            str(event["UID"]),
            str(event["SUMMARY"]),
            in_utc(event["DTSTART"].dt),
            in_utc(event["DTEND"].dt),
        )
        for event in calendar.walk("VEVENT")
    ] == expected(plan)


def test_icalendar_reads_the_texts_as_they_were_written():
    plan = a_year()

    calendar = Calendar.from_ical(calendar_bytes(plan, **WORDS))

    texts = [str(event["DESCRIPTION"]) for event in calendar.walk("VEVENT")]
    assert texts == [entry.text for entry in entries(plan, **WORDS)]


class Khal:
    """khal with a home of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "vdir").mkdir()
        (folder / "khal.conf").write_text(KHAL.format(folder=folder))

    def run(self, *words: str) -> str:
        homes = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), str(self.folder))
        done = subprocess.run(
            [str(Path(sys.executable).with_name("khal")), "-c", f"{self.folder}/khal.conf", *words],
            env={**os.environ, **homes, "LC_ALL": "C.UTF-8", "COLUMNS": "200"},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stderr == ""
        return done.stdout

    def take(self, data: bytes) -> None:
        """Import a file."""
        (self.folder / "plan.ics").write_bytes(data)
        self.run("import", "--batch", "-a", "plan", f"{self.folder}/plan.ics")

    def shown(self, days: int) -> set[tuple[str, str, str]]:
        """Identity, title and begin of the events of some days from the plan's first Monday."""
        fields = [word for name in ("uid", "title", "start-long") for word in ("--json", name)]
        lines = self.run("list", *fields, MONDAY.isoformat(), f"{days}d").splitlines()
        found = [event for line in lines for event in json.loads(line)]
        return {(event["uid"], event["title"], event["start-long"]) for event in found}


def local(plan: Plan) -> set[tuple[str, str, str]]:
    """What khal should show in Zurich."""
    zone = ZoneInfo("Europe/Zurich")
    return {
        (
            event_uid(plan, entry.id),
            entry.title,
            f"{entry.begin.astimezone(zone):%Y-%m-%d %H:%M}" if entry.begin else f"{entry.on}",
        )
        for entry in entries(plan, **WORDS)
    }


def test_khal_shows_every_event_at_its_time(tmp_path):
    """Thirty weeks: beyond the end of March, so that summer time is in it."""
    whole = a_year()
    plan = whole.model_copy(update={"days": whole.days[:210]})
    khal = Khal(tmp_path)

    khal.take(calendar_bytes(plan, **WORDS))

    assert khal.shown(210) == local(plan)


def test_khal_moves_what_moved(tmp_path):
    """Imported again after a re-plan, the moved run is there once and on its new day."""
    old = keep_identities(plan_of("e w . . l . ."), None)
    new = keep_identities(plan_of(". w e . l . .", revision=2), old)
    first = touched_after({}, old, entry_prints(old, **WORDS))
    touched = touched_after(first, new, entry_prints(new, **WORDS))
    khal = Khal(tmp_path)

    khal.take(calendar_bytes(old, touched=first, **WORDS))
    khal.take(calendar_bytes(new, touched=touched, **WORDS))

    assert khal.shown(7) == local(new)


@pytest.fixture(scope="session")
def icaljs(request: pytest.FixtureRequest) -> Path:
    """The package ical.js: at RUNBACK_ICALJS, else installed once into pytest's cache."""
    given = os.environ.get("RUNBACK_ICALJS")
    if given:
        return Path(given)
    cache = request.config.cache
    assert cache is not None
    folder = Path(cache.mkdir("icaljs"))
    package = folder / "node_modules" / "ical.js"
    if not (package / "dist" / "ical.js").exists():
        npm = shutil.which("npm")
        assert npm, "this test needs node and npm, or RUNBACK_ICALJS"
        subprocess.run(
            [npm, "install", "--no-save", "--prefix", str(folder), "ical.js@2"],
            check=True,
            capture_output=True,
        )
    return package


def as_icaljs_reads(data: bytes, folder: Path, icaljs: Path) -> dict[str, object]:
    (folder / "plan.ics").write_bytes(data)
    done = subprocess.run(
        ["node", str(HERE / "icaljs_read.mjs"), str(icaljs), str(folder / "plan.ics")],
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


@pytest.mark.node
@pytest.mark.parametrize("zone", ["Europe/Zurich", "Australia/Lord_Howe", "Asia/Jerusalem"])
def test_icaljs_reads_what_was_meant(tmp_path, icaljs, zone):
    plan = a_year().model_copy(update={"time_zone": zone})

    found = as_icaljs_reads(calendar_bytes(plan, **WORDS), tmp_path, icaljs)

    assert found["name"] == "Training - Maya"
    assert [
        (
            event["uid"],
            event["title"],
            *(event[key].replace(".000Z", "Z") for key in ("begin", "end")),
        )
        for event in found["events"]
    ] == expected(plan)


@pytest.mark.node
def test_icaljs_reads_the_texts_as_they_were_written(tmp_path, icaljs):
    plan = a_year()

    found = as_icaljs_reads(calendar_bytes(plan, **WORDS), tmp_path, icaljs)

    assert [event["text"] for event in found["events"]] == [
        entry.text for entry in entries(plan, **WORDS)
    ]


@pytest.mark.node
def test_icaljs_sees_the_sequence_of_a_change(tmp_path, icaljs):
    plan = keep_identities(a_plan(a_day(MONDAY, a_session()), revision=4), None)

    found = as_icaljs_reads(calendar_bytes(plan, **WORDS), tmp_path, icaljs)

    assert [event["sequence"] for event in found["events"]] == [3]
