"""The single values of the runner's file: names, days, times, paces, points of pain.

Each type says in words what it may hold (``Allowed``), for the sentences about a wrong value.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from planner.profile_errors import Allowed, nearest_zones, said, zone_exists

DAY_MINUTES = 1440
"""Minutes in a day, the most a weekday can hold."""

WEEK_MINUTES = 7 * DAY_MINUTES

FASTEST_PACE_SECONDS, SLOWEST_PACE_SECONDS = 90, 1800
"""Seconds per km outside of which a pace is a slip of the pen: nobody runs 1 km in 1:30, and
30:00 is slower than a stroll."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
GoalKind = Literal["race", "run_time", "keep_running", "walking"]
Movement = Literal["flexion", "extension", "rotation"]
Trigger = Literal["flexion", "extension", "rotation", "sitting", "impact"]


def _check_name(name: str) -> str:
    control = any(unicodedata.category(sign) in ("Cc", "Zl", "Zp") for sign in name)
    if control or not name.strip() or len(name) > 100:
        raise ValueError("name")
    return name


def _check_zone(name: str) -> str:
    if not zone_exists(name):
        near = nearest_zones(name)
        raise said((), f"it is no IANA time zone{f'; did you mean {near}?' if near else ''}")
    return name


def _check_pace(pace: str) -> str:
    if not re.fullmatch(r"[0-9]{1,2}:[0-5][0-9]", pace):
        raise ValueError("pace")
    if not FASTEST_PACE_SECONDS <= pace_seconds(pace) <= SLOWEST_PACE_SECONDS:
        raise ValueError("pace")
    return pace


def _check_clock_time(time: str) -> str:
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", time):
        raise ValueError("time")
    return time


def _date_from_text(value: object) -> object:
    """A date in quotes is read like one without; anything else is left to the type check."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return date.fromisoformat(value)
    return value


def pace_seconds(pace: str) -> int:
    """Seconds per km of a pace written ``M:SS``."""
    minutes, seconds = pace.split(":")
    return int(minutes) * 60 + int(seconds)


Name = Annotated[
    str,
    Allowed("text in quotes, 1 to 100 characters, without line breaks"),
    AfterValidator(_check_name),
]
TimeZone = Annotated[
    str, Allowed('an IANA time zone like "Europe/Zurich"'), AfterValidator(_check_zone)
]
Pace = Annotated[
    str,
    Allowed('minutes:seconds per km in quotes, from "1:30" to "30:00", like "6:45"'),
    AfterValidator(_check_pace),
]
ClockTime = Annotated[
    str,
    Allowed('a time in quotes from "00:00" to "23:59", like "07:30"'),
    AfterValidator(_check_clock_time),
]
Date = Annotated[
    date,
    Allowed("a day of the calendar from 1970 to 2200, written like 2027-04-11"),
    BeforeValidator(_date_from_text),
    Field(ge=date(1970, 1, 1), le=date(2200, 12, 31)),
]
DayMinutes = Annotated[int, Field(ge=0, le=DAY_MINUTES)]
RunMinutes = Annotated[float, Field(ge=0, le=WEEK_MINUTES)]
PainPoints = Annotated[float, Field(ge=0, le=10, multiple_of=0.5)]
