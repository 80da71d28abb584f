"""What a person sees of an event, and the file that each entry is."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from planner.comparing import keep_identities
from planner.seen import seen
from tests.plans import WORDS, plan_of
from tests.published import WED, ZONE, files, ids_on, named, rewritten, timed

# What a person sees of an event


@pytest.mark.parametrize("start", [None, "18:30"])
def test_what_a_program_rewrites_looks_the_same(start):
    """In Zurich 18:30 of a November day is 17:30 in UTC."""
    plan = named("e", start=start)
    (file,) = files(plan).values()
    other = rewritten(file.data).replace(
        b"DTEND;TZID=Europe/Zurich:20261123T190000", b"DURATION:PT30M"
    )

    assert seen(other, ZONE) == seen(file.data, ZONE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("DTSTART;VALUE=DATE:20261123", "DTSTART;VALUE=DATE:20261122"),
        ("DTEND;VALUE=DATE:20261124", "DTEND;VALUE=DATE:20261125"),
        ("SUMMARY:Easy", "SUMMARY:Very easy"),
        ("DESCRIPTION:", "DESCRIPTION:Bring the dog. "),
        ("STATUS:CONFIRMED", "STATUS:CANCELLED"),
        ("END:VEVENT", "RRULE:FREQ=DAILY\r\nEND:VEVENT"),
    ],
)
def test_what_a_person_changes_looks_different(old, new):
    (file,) = files(named("e")).values()
    other = file.data.decode().replace(old, new, 1).encode()

    assert seen(other, ZONE) != seen(file.data, ZONE)


def test_a_time_without_zone_is_her_own():
    data = (
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20261123T183000\r\nEND:VEVENT\r\nEND:VCALENDAR"
    )

    found = seen(data, ZONE)

    assert found is not None
    assert found.begin == datetime(2026, 11, 23, 17, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no calendar",
        b"\xff\xfe\x00",
        b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:tomorrow\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:00010101T000000Z\r\nDURATION:-P9999D\r\n"
        b"END:VEVENT\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\n" + b"X-A:1\r\n" * 40_000 + b"END:VCALENDAR\r\n",
    ],
)
def test_what_is_no_event_shows_nothing(data):
    assert seen(data, ZONE) is None


# One file for each entry


def test_an_unchanged_entry_is_the_same_file_in_every_revision():
    """Wednesday's walk stays while the run moves; by then it is revision 2, made a day later."""
    from planner.comparing import touched_after
    from planner.entries import entry_prints

    old = named("e . w", start="18:30")
    plan = plan_of(". e w", revision=2, made_on=date(2026, 11, 23))
    new = keep_identities(timed(plan, "18:30"), old)
    first = touched_after({}, old, entry_prints(old, **WORDS))
    touched = touched_after(first, new, entry_prints(new, **WORDS))
    (walk,) = ids_on(old, WED)

    assert files(old, touched=first)[walk].data == files(new, touched=touched)[walk].data


@pytest.mark.parametrize("start", [None, "18:30"])
def test_a_file_is_a_calendar_of_one_event_with_its_zone(start):
    from icalendar import Calendar

    (file,) = files(named("e", start=start)).values()

    calendar = Calendar.from_ical(file.data)
    assert [part.name for part in calendar.subcomponents] == (
        ["VTIMEZONE", "VEVENT"] if start else ["VEVENT"]
    )
    assert sorted(calendar) == ["PRODID", "VERSION"]


def test_the_event_of_a_file_is_that_of_the_calendar():
    """Line for line, its SEQUENCE too."""
    from planner.ics import calendar_bytes

    plan = named("e .", start="18:30")
    whole = calendar_bytes(plan, **WORDS)

    for file in files(plan).values():
        event = file.data[file.data.index(b"BEGIN:VEVENT") : file.data.index(b"END:VCALENDAR")]
        assert event in whole


def test_two_entries_of_one_identity_are_refused():
    with pytest.raises(ValueError, match="keep_identities"):
        files(plan_of("e e"))
