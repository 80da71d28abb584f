"""The zones of calendar files give the times that the zones themselves give."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical

from planner.errors import InputError
from planner.zones import vtimezone, zone_of

FIRST, LAST = date(2026, 11, 23), date(2027, 11, 22)
HOURS = [datetime.combine(FIRST, time()) + timedelta(hours=hour) for hour in range(365 * 24)]
"""A year of clock times, one for each hour."""


def as_read(name: str, first: date = FIRST, last: date = LAST) -> tzinfo | None:
    """The zone as dateutil, a reader of its own, understands our lines."""
    data = vtimezone(name, first, last)
    if data is None:
        return None
    found = tzical(StringIO(data.decode())).get(name)
    assert isinstance(found, tzinfo)
    return found


def unlike(name: str, ours: tzinfo, hours: list[datetime]) -> list[datetime]:
    """The clock times for which the two zones mean another moment.

    Those that come twice or never are left out: readers differ there, and no event has them.
    """
    zone = ZoneInfo(name)
    plain = [hour for hour in hours if happens_once(hour, zone)]
    return [
        hour for hour in plain if hour.replace(tzinfo=ours).utcoffset() != offset_of(hour, zone)
    ]


def happens_once(hour: datetime, zone: ZoneInfo) -> bool:
    return offset_of(hour, zone) == hour.replace(tzinfo=zone, fold=1).utcoffset()


def offset_of(hour: datetime, zone: ZoneInfo) -> timedelta | None:
    return hour.replace(tzinfo=zone).utcoffset()


@pytest.mark.parametrize(
    "name",
    [
        "Europe/Zurich",
        "America/New_York",
        "Australia/Lord_Howe",  # half an hour of summer time, begins in October
        "Asia/Kolkata",
        "Pacific/Apia",
        "Asia/Tehran",
        "Europe/Dublin",  # by its law, winter is the exception
        "Pacific/Chatham",  # changes at 2:45
        "America/Sao_Paulo",
        "UTC",
    ],
)
def test_every_hour_of_a_year_is_right(name):
    ours = as_read(name)

    assert ours is not None
    assert unlike(name, ours, HOURS) == []


@pytest.mark.parametrize(
    "name",
    [
        "Africa/Casablanca",  # leaves summer time for Ramadan
        "America/Santiago",  # changes at 24:00
        "America/Nuuk",  # changes the evening before
        "Asia/Gaza",
    ],
)
def test_what_no_rule_can_say_is_written_in_utc(name):
    assert as_read(name) is None


def test_all_zones_are_right_or_written_in_utc():
    """Every 19 hours (so that all hours of the day come) of a year, in every zone there is."""
    seen = {name: as_read(name) for name in sorted(zoneinfo.available_timezones())}

    wrong = [name for name, ours in seen.items() if ours and unlike(name, ours, HOURS[::19])]

    assert wrong == []
    # 14 of 599 when this was written; governments change their minds, but not all at once.
    assert sum(ours is None for ours in seen.values()) < len(seen) / 20


def test_a_zone_with_summer_time_word_by_word():
    """Summer time: from the last Sunday of March, 02:00, to the last of October, 03:00.

    In the year before the plan those were 30 March and 26 October.
    """
    assert vtimezone("Europe/Zurich", FIRST, LAST).decode().split("\r\n") == [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Zurich",
        "BEGIN:STANDARD",
        "DTSTART:20251026T030000",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "TZNAME:CET",
        "END:STANDARD",
        "BEGIN:DAYLIGHT",
        "DTSTART:20250330T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "TZNAME:CEST",
        "END:DAYLIGHT",
        "END:VTIMEZONE",
        "",
    ]


def test_a_zone_without_summer_time_has_one_part_and_no_rule():
    lines = vtimezone("Asia/Kolkata", FIRST, LAST).decode().split("\r\n")

    assert lines.count("BEGIN:STANDARD") == 1
    assert not [line for line in lines if "DAYLIGHT" in line or "RRULE" in line]


@pytest.mark.parametrize(
    ("name", "offset", "begins"),
    [
        # Irish law calls winter the exception.
        ("Europe/Dublin", "+0100", "BYMONTH=3;BYDAY=-1SU"),
        # In the south summer begins in October.
        ("Australia/Lord_Howe", "+1100", "BYMONTH=10;BYDAY=1SU"),
    ],
)
def test_summer_is_daylight(name, offset, begins):
    """Outlook takes DAYLIGHT for the larger offset."""
    lines = vtimezone(name, FIRST, LAST).decode().split("\r\n")

    daylight = lines[lines.index("BEGIN:DAYLIGHT") : lines.index("END:DAYLIGHT")]

    assert f"TZOFFSETTO:{offset}" in daylight
    assert f"RRULE:FREQ=YEARLY;{begins}" in daylight


def test_a_year_in_which_another_rule_was_in_force_is_written_in_utc():
    """Until 2006 New York changed on the first Sunday of April, today's rule says March."""
    assert vtimezone("America/New_York", date(2006, 3, 1), date(2006, 4, 30)) is None


def test_a_change_has_its_second():
    """One second before the clock is put forward and at that second, in Zurich."""
    change = datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
    ours = as_read("Europe/Zurich")

    before, after = ((change - timedelta(seconds=early)).astimezone(ours) for early in (1, 0))

    assert f"{before:%H:%M:%S} {after:%H:%M:%S}" == "01:59:59 03:00:00"


@pytest.mark.parametrize("name", ["Europe/Zürich", "Europe", "Nowhere/Land", "", "../etc/passwd"])
def test_an_unknown_zone_is_told_in_a_sentence(name):
    with pytest.raises(InputError, match="There is no time zone"):
        zone_of(name)
