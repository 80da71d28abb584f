"""Events with a time of day: zones, hours that come twice or never, sessions in a row."""

from __future__ import annotations

from datetime import date

import pytest

from planner.comparing import keep_identities
from planner.errors import InputError
from planner.ics import calendar_bytes
from planner.plan import Kind
from tests.ics_linter import components, events, faults
from tests.plans import MONDAY, WORDS, a_day, a_plan, a_session


def spans(on: date, *sessions, zone: str = "Europe/Zurich") -> list[tuple[str, str, str]]:
    """The kind, begin and end of each event of a day, parameters included."""
    plan = keep_identities(a_plan(a_day(on, *sessions), time_zone=zone), None)
    data = calendar_bytes(plan, **WORDS)
    assert faults(data) == []
    found = []
    for name, properties in components(data):
        if name == "VEVENT":
            values = {key: f"{parameters}:{value}" for key, parameters, value in properties}
            kind = values["X-RUNBACK-KIND"].lstrip(":")
            found.append((kind, values["DTSTART"], values["DTEND"]))
    return found


def clock(on: date, *sessions, zone: str = "Europe/Zurich") -> list[str]:
    """The same as ``kind begin-end`` in clock times, or UTC times with Z."""
    return [
        f"{kind} {begin.rpartition('T')[2]}-{end.rpartition('T')[2]}"
        for kind, begin, end in spans(on, *sessions, zone=zone)
    ]


def test_a_time_is_local_and_names_its_zone():
    assert spans(MONDAY, a_session(minutes=45, start="07:00")) == [
        (
            "easy_run",
            "TZID=Europe/Zurich:20261123T070000",
            "TZID=Europe/Zurich:20261123T074500",
        )
    ]


def test_a_zone_that_no_rule_can_say_is_written_in_utc():
    # Jerusalem is two hours ahead of UTC in winter.
    assert spans(MONDAY, a_session(start="07:00"), zone="Asia/Jerusalem") == [
        ("easy_run", ":20261123T050000Z", ":20261123T053000Z")
    ]


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC", "Zulu"])
def test_utc_by_any_name_is_the_same_time(zone):
    ((kind, begin, end),) = spans(MONDAY, a_session(start="07:00"), zone=zone)

    assert kind == "easy_run"
    assert begin in (":20261123T070000Z", f"TZID={zone}:20261123T070000")
    assert end in (":20261123T073000Z", f"TZID={zone}:20261123T073000")


def test_utc_itself_needs_no_zone():
    day = a_day(MONDAY, a_session(start="07:00"))
    plan = keep_identities(a_plan(day, time_zone="UTC"), None)

    data = calendar_bytes(plan, **WORDS)

    assert [name for name, _ in components(data)] == ["VCALENDAR", "VEVENT"]
    assert events(data)[0]["DTSTART"] == "20261123T070000Z"


def test_a_plan_without_times_has_no_zone():
    plan = keep_identities(a_plan(a_day(MONDAY, a_session())), None)

    assert [name for name, _ in components(calendar_bytes(plan, **WORDS))] == [
        "VCALENDAR",
        "VEVENT",
    ]


def test_an_event_may_end_after_midnight():
    assert spans(MONDAY, a_session(minutes=45, start="23:30")) == [
        (
            "easy_run",
            "TZID=Europe/Zurich:20261123T233000",
            "TZID=Europe/Zurich:20261124T001500",
        )
    ]


@pytest.mark.parametrize(
    ("sessions", "expected"),
    [
        # Strength stands first in the day, the run goes first.
        (
            [(Kind.STRENGTH, 20, "07:00"), (Kind.EASY_RUN, 30, "07:00")],
            ["strength 073000-075000", "easy_run 070000-073000"],
        ),
        # The walk begins when the run ends, mobility when the walk ends.
        (
            [(Kind.RUN_WALK, 30, "18:00"), (Kind.WALK, 20, "18:00"), (Kind.MOBILITY, 10, "18:00")],
            ["run_walk 180000-183000", "walk 183000-185000", "mobility 185000-190000"],
        ),
        # Morning and evening do not meet.
        (
            [(Kind.EASY_RUN, 30, "07:00"), (Kind.STRENGTH, 20, "18:00")],
            ["easy_run 070000-073000", "strength 180000-182000"],
        ),
        # The later one waits for the end of the earlier one.
        (
            [(Kind.STRENGTH, 30, "06:45"), (Kind.EASY_RUN, 30, "07:00")],
            ["strength 064500-071500", "easy_run 071500-074500"],
        ),
        # Parts of a minute: 3.25 minutes are 3 minutes and 15 seconds.
        (
            [(Kind.RUN_WALK, 3.25, "07:00"), (Kind.WALK, 10, "07:00")],
            ["run_walk 070000-070315", "walk 070315-071315"],
        ),
        # An end must be later than its begin.
        ([(Kind.MOBILITY, 0, "07:00")], ["mobility 070000-070100"]),
        # One digit for the hour is a time, too.
        ([(Kind.WALK, 10, "7:05")], ["walk 070500-071500"]),
    ],
)
def test_sessions_of_a_day_follow_each_other(sessions, expected):
    made = [a_session(kind, minutes, start=start) for kind, minutes, start in sessions]

    assert clock(MONDAY, *made) == expected


def test_a_session_without_a_time_stays_a_whole_day():
    found = spans(MONDAY, a_session(start="07:00"), a_session(Kind.MOBILITY))

    assert found[1] == ("mobility", "VALUE=DATE:20261123", "VALUE=DATE:20261124")


SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
"""Zurich: 02:00 becomes 03:00; 03:00 becomes 02:00."""


@pytest.mark.parametrize(
    ("on", "start", "minutes", "expected"),
    [
        # The hour that is skipped: an hour later on the clock, as RFC 5545 reads it.
        (SPRING, "02:30", 30, "033000-040000"),
        # Half an hour before the gap to half an hour after it is one hour.
        (SPRING, "01:30", 60, "013000-033000"),
        # An hour that comes twice is its first coming: 00:30 UTC, in summer time.
        (AUTUMN, "02:30", 20, "023000-025000"),
        # It ends in the second coming, which only UTC can name: 00:30 and 01:15 UTC.
        (AUTUMN, "02:30", 45, "003000Z-011500Z"),
        # Ninety minutes from 02:30 summer time end at 03:00 winter time.
        (AUTUMN, "02:30", 90, "023000-030000"),
    ],
)
def test_the_clock_is_put_forward_and_back(on, start, minutes, expected):
    assert clock(on, a_session(minutes=minutes, start=start)) == [f"easy_run {expected}"]


def test_a_day_that_its_zone_left_out_does_not_break_the_file():
    """Samoa had no 30 December 2011: what was planned for it comes a day later."""
    (found,) = spans(date(2011, 12, 30), a_session(start="07:00"), zone="Pacific/Apia")

    # 07:00 on the 30th by the clock before (UTC-10) is 17:00 UTC.
    assert found == ("easy_run", ":20111230T170000Z", ":20111230T173000Z")


def test_an_unknown_zone_is_told_in_a_sentence():
    with pytest.raises(InputError, match="There is no time zone"):
        clock(MONDAY, a_session(start="07:00"), zone="Europe/Nowhere")


def test_a_long_plan_needs_one_zone_only():
    days = [
        a_day(date.fromordinal(MONDAY.toordinal() + number), a_session(start="07:00"))
        for number in range(371)
    ]
    data = calendar_bytes(keep_identities(a_plan(*days), None), **WORDS)

    names = [name for name, _ in components(data)]

    assert names.count("VTIMEZONE") == 1
    assert {event["DTSTART"][9:] for event in events(data)} == {"070000"}
