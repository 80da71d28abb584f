"""Time zones as calendar files need them: a VTIMEZONE that every program reads right.

The rule is the last line of the zone's TZif file, in POSIX form: ``CET-1CEST,M3.5.0,M10.5.0/3``.
Where that rule does not tell the truth (Ramadan in Morocco) or cannot be said in a VTIMEZONE that
Outlook reads (a change at 24:00), there is none, and times are written in UTC.
"""

from __future__ import annotations

import re
import zoneinfo
from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from planner.errors import InputError

_NAME = r"([A-Za-z]{3,}|<[A-Za-z0-9+-]+>)"
_OFFSET = r"([+-]?\d{1,3}(?::\d\d){0,2})"
_ONSET = r",M(\d{1,2})\.([1-5])\.([0-6])(?:/([+-]?\d{1,3}(?::\d\d){0,2}))?"
_POSIX = re.compile(f"{_NAME}{_OFFSET}(?:{_NAME}{_OFFSET}?{_ONSET}{_ONSET})?")
_WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_SAMPLE = timedelta(hours=6)
"""How densely a rule is compared with the zone; no zone keeps an offset for less than days."""


class Onset(NamedTuple):
    """When a phase begins each year: the ``week``-th weekday (5: the last, 0: Sunday)."""

    month: int
    week: int
    weekday: int
    seconds: int

    def local(self, year: int) -> datetime:
        """The moment in that year, on the clock that was valid until then."""
        first = date(year, self.month, 1)
        # isoweekday counts Sunday as 7, POSIX as 0.
        day = first + timedelta(days=(self.weekday - first.isoweekday()) % 7 + 7 * (self.week - 1))
        if day.month != self.month:
            day -= timedelta(days=7)
        return datetime.combine(day, time()) + timedelta(seconds=self.seconds)


class Phase(NamedTuple):
    """Summer or winter time: its offsets to UTC in seconds and when it begins (None: always)."""

    name: str
    offset: int
    offset_before: int
    onset: Onset | None


def zone_of(name: str) -> ZoneInfo:
    """The time zone of this IANA name, or a sentence that there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise InputError(
            f'There is no time zone "{name}".',
            try_='Write it as region and city, for example "Europe/Zurich".',
        ) from fault


def vtimezone(name: str, first: date, last: date) -> bytes | None:
    """The VTIMEZONE of a zone for events from ``first`` to ``last``; None: write UTC times."""
    zone = zone_of(name)
    phases = _phases(_posix_rule(name))
    if not phases or not _agrees(phases, zone, first, last):
        return None
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}"]
    for phase in phases:
        # The larger offset is summer time, also where the law says the reverse (Dublin).
        kind = "DAYLIGHT" if phase.offset > phase.offset_before else "STANDARD"
        lines += [f"BEGIN:{kind}", *_phase_lines(phase, first.year - 1), f"END:{kind}"]
    return "\r\n".join([*lines, "END:VTIMEZONE", ""]).encode()


def _phase_lines(phase: Phase, year: int) -> Iterator[str]:
    onset = phase.onset
    begin = onset.local(year) if onset else datetime.combine(date(1970, 1, 1), time())
    yield f"DTSTART:{begin:%Y%m%dT%H%M%S}"
    if onset:
        week = -1 if onset.week == 5 else onset.week
        yield f"RRULE:FREQ=YEARLY;BYMONTH={onset.month};BYDAY={week}{_WEEKDAYS[onset.weekday]}"
    yield f"TZOFFSETFROM:{_offset_text(phase.offset_before)}"
    yield f"TZOFFSETTO:{_offset_text(phase.offset)}"
    yield f"TZNAME:{phase.name}"


def _offset_text(seconds: int) -> str:
    minutes, rest = divmod(abs(seconds), 60)
    sign = "-" if seconds < 0 else "+"
    return f"{sign}{minutes // 60:02d}{minutes % 60:02d}" + (f"{rest:02d}" if rest else "")


def _posix_rule(name: str) -> str:
    """The last line of the zone's TZif file; empty for the oldest form, which has none."""
    data = _tzif(name)
    if data[:4] != b"TZif" or data[4:5] == b"\0":
        return ""
    return data.rstrip(b"\n").rpartition(b"\n")[2].decode("ascii", errors="replace")


def _tzif(name: str) -> bytes:
    # The same places in the same order as zoneinfo.
    parts = name.split("/")
    for folder in zoneinfo.TZPATH:
        path = Path(folder, *parts)
        if path.is_file():
            return path.read_bytes()
    return resources.files("tzdata").joinpath("zoneinfo", *parts).read_bytes()


def _phases(rule: str) -> tuple[Phase, ...]:
    """The one or two phases of a POSIX rule; none where a VTIMEZONE cannot say it."""
    match = _POSIX.fullmatch(rule)
    if not match:
        return ()
    name, offset, other_name, other_offset, *numbers = match.groups()
    # POSIX counts offsets westward.
    standard = -_seconds(offset)
    if other_name is None:
        return (Phase(name.strip("<>"), standard, standard, None),)
    other = -_seconds(other_offset) if other_offset else standard + 3600
    begins, ends = _onset(numbers[:4]), _onset(numbers[4:])
    if not all(0 <= onset.seconds < 24 * 3600 for onset in (begins, ends)):
        return ()
    return (
        Phase(name.strip("<>"), standard, other, ends),
        Phase(other_name.strip("<>"), other, standard, begins),
    )


def _onset(numbers: list[str | None]) -> Onset:
    month, week, weekday, at = numbers
    return Onset(int(month or 0), int(week or 0), int(weekday or 0), _seconds(at or "2"))


def _seconds(text: str) -> int:
    sign = -1 if text.startswith("-") else 1
    hours, minutes, seconds = [*map(int, text.lstrip("+-").split(":")), 0, 0][:3]
    return sign * (hours * 3600 + minutes * 60 + seconds)


def _agrees(phases: tuple[Phase, ...], zone: ZoneInfo, first: date, last: date) -> bool:
    """Whether the rule gives the zone's offset all the time from a day before to a day after."""
    begin = datetime.combine(first, time(), UTC) - timedelta(days=1)
    end = datetime.combine(last, time(), UTC) + timedelta(days=2)
    changes = sorted(_changes(phases, begin.year - 1, end.year))
    moments = [change[0] for change in changes]
    edges = [when - timedelta(seconds=early) for when in moments for early in (0, 1)]
    count = (end - begin) // _SAMPLE
    samples = [begin + step * _SAMPLE for step in range(count + 1)]
    samples += [edge for edge in edges if begin <= edge <= end]
    for sample in samples:
        place = bisect_right(moments, sample) - 1
        if sample.astimezone(zone).utcoffset() != timedelta(seconds=changes[place][1]):
            return False
    return True


def _changes(phases: tuple[Phase, ...], first: int, last: int) -> Iterator[tuple[datetime, int]]:
    for phase in phases:
        if phase.onset is None:
            yield datetime(first, 1, 1, tzinfo=UTC), phase.offset
            continue
        for year in range(first, last + 1):
            local = phase.onset.local(year).replace(tzinfo=UTC)
            yield local - timedelta(seconds=phase.offset_before), phase.offset
