"""What a person sees of an event in a calendar outside, whoever wrote it last.

Servers and calendar programs rewrite what they are given: order, time zones, line ends, properties
of their own. Two texts that look alike to a person are the same event.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Event

LARGEST_BYTES = 200_000
"""An event larger than this is not looked into. Ours have less than 8 kB."""


class Seen(NamedTuple):
    """An event as it shows. ``begin`` and ``end`` are dates, or moments in UTC."""

    begin: date
    end: date
    title: str
    text: str
    status: str
    repeats: bool


def seen(data: bytes, zone: ZoneInfo) -> Seen | None:
    """What a calendar of one event shows; None where that cannot be told.

    Times without a zone are taken as local ones in ``zone``.
    """
    from icalendar import Calendar, Event

    if len(data) > LARGEST_BYTES:
        return None
    try:
        # Bytes: icalendar would take a string for the name of a file.
        parts = Calendar.from_ical(data).walk("VEVENT")
        events = [part for part in parts if isinstance(part, Event)]
        return _shown(events, zone) if events else None
    # All that icalendar raises for a text that is not what it should be, here or on access.
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError):
        return None


def day_of(when: date, zone: ZoneInfo) -> date:
    """The day of a begin in the runner's zone."""
    return when.astimezone(zone).date() if isinstance(when, datetime) else when


def clock_of(when: date, zone: ZoneInfo) -> str | None:
    """The local ``HH:MM`` of a begin; None for a whole day."""
    return f"{when.astimezone(zone):%H:%M}" if isinstance(when, datetime) else None


def _shown(events: list[Event], zone: ZoneInfo) -> Seen:
    event = events[0]
    begin = _moment(event.decoded("DTSTART"), zone)
    return Seen(
        begin=begin,
        end=_end(event, begin, zone),
        title=_words(event, "SUMMARY"),
        text=_words(event, "DESCRIPTION"),
        status=_words(event, "STATUS").upper() or "CONFIRMED",
        repeats=len(events) > 1 or any(name in event for name in ("RRULE", "RDATE")),
    )


def _end(event: Event, begin: date, zone: ZoneInfo) -> date:
    """The end as RFC 5545 3.6.1 gives it, also where only a duration says it, or nothing."""
    if "DTEND" in event:
        return _moment(event.decoded("DTEND"), zone)
    if "DURATION" in event:
        return begin + _length(event.decoded("DURATION"))
    return begin if isinstance(begin, datetime) else begin + timedelta(days=1)


def _length(found: object) -> timedelta:
    if isinstance(found, timedelta):
        return found
    raise TypeError("no duration")


def _moment(when: object, zone: ZoneInfo) -> date:
    if isinstance(when, datetime):
        return (when if when.tzinfo else when.replace(tzinfo=zone)).astimezone(UTC)
    if isinstance(when, date):
        return when
    raise TypeError("no date")


def _words(event: Event, name: str) -> str:
    # Line ends and blanks are what programs change first; nobody sees them.
    return " ".join(str(event.get(name, "")).split())
