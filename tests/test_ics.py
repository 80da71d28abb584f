"""The calendar file, line by line."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from planner.ics import calendar_bytes
from planner.plan import ADVISES_NOT_TO_START, Kind
from tests.calendars import named, of_one
from tests.ics_linter import components, events, faults
from tests.plans import MONDAY, WORDS, a_day, a_plan, a_session, plan_of

ROOT = Path(__file__).parent.parent


def of_calendar(data: bytes) -> dict[str, str]:
    return {name: value for name, _, value in components(data)[0][1]}


@pytest.mark.parametrize("start", [None, "06:30"])
@pytest.mark.parametrize("zone", ["Europe/Zurich", "Asia/Jerusalem", "UTC"])
def test_a_plan_of_every_kind_is_without_fault(start, zone):
    day = a_day(MONDAY, *(a_session(kind, start=start) for kind in Kind))
    plan = named(a_plan(day, a_day(date(2026, 11, 24)), time_zone=zone))

    assert faults(calendar_bytes(plan, **WORDS)) == []


def test_each_session_and_each_rest_day_is_one_event():
    found = events(calendar_bytes(named(plan_of("es . w")), **WORDS))

    assert [event["DTSTART"] for event in found] == ["20261123", "20261123", "20261124", "20261125"]


def test_rest_days_can_be_left_out():
    found = events(calendar_bytes(named(plan_of("es . w")), rest_days=False, **WORDS))

    assert "REST" not in [event["CATEGORIES"] for event in found]
    assert len(found) == 3


def test_a_plan_of_rest_days_alone_keeps_them():
    """A calendar without any event is no valid file, and some readers refuse it."""
    data = calendar_bytes(named(plan_of(". .")), rest_days=False, **WORDS)

    assert len(events(data)) == 2


def test_whole_days_end_on_the_next_day():
    found = of_one()

    assert (found["DTSTART"], found["DTEND"]) == ("20261123", "20261124")


def test_the_last_day_of_a_leap_february_ends_in_march():
    plan = named(a_plan(a_day(date(2028, 2, 29), a_session())))

    (found,) = events(calendar_bytes(plan, **WORDS))

    assert found["DTEND"] == "20280301"


def test_nothing_blocks_the_day_or_shows_to_others():
    found = of_one()

    assert found["TRANSP"] == "TRANSPARENT"
    assert found["X-MICROSOFT-CDO-BUSYSTATUS"] == "FREE"
    assert (found["CLASS"], found["STATUS"]) == ("PRIVATE", "CONFIRMED")


def test_a_race_not_to_start_is_tentative_and_says_so():
    note = f"{ADVISES_NOT_TO_START}: choose another."
    found = of_one(kind=Kind.RACE, title="Race 10 km", note=note)

    assert (found["SUMMARY"], found["STATUS"]) == ("Race 10 km", "TENTATIVE")
    assert found["DESCRIPTION"].startswith(note)
    assert of_one(kind=Kind.RACE, note="Run no more than 50 minutes.")["STATUS"] == "CONFIRMED"


@pytest.mark.parametrize(
    ("kind", "category"),
    [
        (Kind.EASY_RUN, "RUN"),
        (Kind.LONG_RUN, "RUN"),
        (Kind.HARD_RUN, "RUN"),
        (Kind.RUN_WALK, "RUN-WALK"),
        (Kind.RACE, "RACE"),
        (Kind.WALK, "WALK"),
        (Kind.STRENGTH, "STRENGTH"),
        (Kind.MOBILITY, "MOBILITY"),
    ],
)
def test_category_and_kind(kind, category):
    found = of_one(kind=kind)

    assert (found["CATEGORIES"], found["X-RUNBACK-KIND"]) == (category, kind.value)


def test_a_rest_day_says_what_it_is():
    (found,) = events(calendar_bytes(named(plan_of(".")), **WORDS))

    assert found["SUMMARY"] == "Rest day"
    assert (found["CATEGORIES"], found["X-RUNBACK-KIND"]) == ("REST", "rest")
    assert (found["X-RUNBACK-RUN-MINUTES"], found["X-RUNBACK-WALK-MINUTES"]) == ("0", "0")


@pytest.mark.parametrize(
    ("minutes", "written"), [(30.0, "30"), (3.25, "3.25"), (12.5, "12.5"), (100.0, "100")]
)
def test_minutes_are_decimals_without_needless_zeros(minutes, written):
    assert of_one(run_minutes=minutes)["X-RUNBACK-RUN-MINUTES"] == written


def test_the_calendar_has_a_neutral_name_and_its_revision():
    found = of_calendar(calendar_bytes(named(plan_of("e")), **WORDS))

    assert found["NAME"] == found["X-WR-CALNAME"] == "Training - Maya"
    assert found["X-RUNBACK-REVISION"] == "1"


@pytest.mark.parametrize(
    ("runner", "name"),
    [
        ("Maya, the runner; \\fast", "Training - Maya the runner fast"),
        ("Ma\r\nX-EVIL:1\nya", "Training - Ma X-EVIL:1 ya"),
        (" \n ", "Training"),
        ("Zoë 🏃", "Training - Zoë 🏃"),
    ],
)
def test_a_name_that_readers_would_stumble_over_is_cleaned(runner, name):
    data = calendar_bytes(named(plan_of("e", runner=runner)), **WORDS)

    assert of_calendar(data)["NAME"] == name
    assert faults(data) == []


@given(text=st.text(max_size=200), runner=st.text(max_size=80))
@settings(max_examples=60, deadline=None)
def test_no_text_can_break_the_file(text, runner):
    exercise = a_session(Kind.STRENGTH).exercises[0]
    session = a_session(
        Kind.STRENGTH,
        title=text,
        exercises=(exercise.model_copy(update={"name": text, "amount": text}),),
    )
    plan = named(a_plan(a_day(MONDAY, session)).model_copy(update={"runner": runner}))

    data = calendar_bytes(plan, **WORDS)

    assert faults(data) == []
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert event.errors == []
    assert len(event["SUMMARY"]) <= 60


def test_a_title_cannot_bring_in_a_line_of_its_own():
    found = of_one(title="Run\r\nATTENDEE:mailto:a@example.org")

    assert found["SUMMARY"] == "Run ATTENDEE:mailto:a@example.org"


SCRIPT = """
import sys
from tests.plans import plan_of, WORDS
from planner.comparing import keep_identities
from planner.ics import calendar_bytes
plan = keep_identities(plan_of("es . rm w . l . " * 4), None)
day = plan.days[0]
sessions = tuple(s.model_copy(update={"start": "18:00"}) for s in day.sessions)
days = (day.model_copy(update={"sessions": sessions}), *plan.days[1:])
plan = plan.model_copy(update={"days": days})
sys.stdout.buffer.write(calendar_bytes(plan, **WORDS))
"""


def test_the_same_plan_gives_the_same_bytes_everywhere():
    places = [
        {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Apia", "LC_ALL": "C.UTF-8"},
        {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "de_CH.UTF-8"},
    ]

    written = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, **place, "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout
        for place in places
    }

    assert len(written) == 1
    assert faults(written.pop()) == []


@pytest.mark.parametrize(
    ("good", "bad", "says"),
    [
        (b"\r\n", b"\n", "a bare line end"),
        (b"VERSION:2.0\r\n", b"", "VERSION is not the first"),
        (b"VERSION:2.0\r\n", b"VERSION:2.0\r\nMETHOD:PUBLISH\r\n", "VCALENDAR has METHOD"),
        (b"CLASS:PRIVATE\r\n", b"", "VEVENT lacks CLASS"),
        (b"SUMMARY:Easy run", b"SUMMARY:Easy, run", "a bad escape in SUMMARY"),
        (b"SUMMARY:Easy run", b"SUMMARY:Easy \\run", "a bad escape in SUMMARY"),
        (b"SUMMARY:Easy run", b"SUMMARY:" + b"Easy run" * 9, "over 75 octets"),
        (b"SUMMARY:Easy run", b"SUMMARY:Easy\x07 run", "a control character"),
        (b"SUMMARY:Easy run", b"SUMMARY:Easy\xc3\r\n \xa9 run", "folded inside"),
        (b"END:VEVENT\r\n", b"BEGIN:VALARM\r\nEND:VALARM\r\nEND:VEVENT\r\n", "has a VALARM"),
        (b"TZID:Europe/Zurich\r\n", b"TZID:Europe/Bern\r\n", "no VTIMEZONE for Europe/Zurich"),
    ],
)
def test_the_linter_sees_what_is_wrong(good, bad, says):
    plan = named(a_plan(a_day(MONDAY, a_session(start="07:00"))))
    data = calendar_bytes(plan, **WORDS)
    broken = data.replace(good, bad)
    assert broken != data

    assert any(fault.startswith(says) for fault in faults(broken))


def test_the_linter_sees_one_identity_used_twice():
    data = calendar_bytes(named(plan_of("e e")), **WORDS)
    first, second = (event["UID"].encode() for event in events(data))

    assert faults(data.replace(second, first)) == [f"used twice: {first.decode()}"]
