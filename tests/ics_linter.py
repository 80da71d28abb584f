"""A linter for our calendar files: what RFC 5545 and the large calendar programs ask for."""

from __future__ import annotations

import re
from collections import Counter

REQUIRED = {
    "VCALENDAR": ("VERSION", "PRODID", "NAME", "X-WR-CALNAME", "X-RUNBACK-REVISION"),
    "VEVENT": (
        *("UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY"),
        *("DESCRIPTION", "CATEGORIES", "CLASS", "STATUS", "TRANSP"),
        *("X-MICROSOFT-CDO-BUSYSTATUS", "X-RUNBACK-KIND"),
        *("X-RUNBACK-RUN-MINUTES", "X-RUNBACK-WALK-MINUTES"),
    ),
}
FORBIDDEN = {
    "VCALENDAR": ("METHOD", "UID", "REFRESH-INTERVAL", "SOURCE"),
    "VEVENT": ("RRULE", "DURATION", "LOCATION", "URL", "ATTENDEE", "ORGANIZER", "RECURRENCE-ID"),
}
NEVER = ("VALARM", "VTODO", "VJOURNAL")
TEXTS = ("SUMMARY", "DESCRIPTION", "NAME", "X-WR-CALNAME")
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
BAD_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\[^nN,;\\]|(?<!\\)(?:\\\\)*[,;]")

Component = tuple[str, list[tuple[str, str, str]]]


def faults(data: bytes) -> list[str]:
    """Everything that is wrong with a file; an empty list for a good one."""
    return _line_faults(data) or _property_faults(components(data))


def components(data: bytes) -> list[Component]:
    """Each component's name and its properties (name, parameters, value), unfolded."""
    text = data.replace(b"\r\n ", b"").decode()
    done: list[Component] = []
    opened: list[Component] = []
    for line in text.split("\r\n"):
        head, _, value = line.partition(":")
        name, _, parameters = head.partition(";")
        if name == "BEGIN":
            opened.append((value, []))
            done.append(opened[-1])
        elif name == "END":
            opened.pop()
        elif line:
            opened[-1][1].append((name, parameters, value))
    return done


def events(data: bytes) -> list[dict[str, str]]:
    """The events of a file: property to value as written."""
    found = [properties for name, properties in components(data) if name == "VEVENT"]
    return [{name: value for name, _, value in properties} for properties in found]


def _line_faults(data: bytes) -> list[str]:
    wrong = [] if data.endswith(b"END:VCALENDAR\r\n") else ["the last line has no end"]
    lines = data.split(b"\r\n")
    wrong += [f"a bare line end: {line!r}" for line in lines if b"\n" in line or b"\r" in line]
    wrong += [f"over 75 octets: {line!r}" for line in lines if len(line) > 75]
    for line in lines:
        try:
            text = line.decode()
        except UnicodeDecodeError:
            wrong.append(f"folded inside a character: {line!r}")
        else:
            wrong += [f"a control character: {line!r}"] if CONTROLS.search(text) else []
    return wrong


def _property_faults(found: list[Component]) -> list[str]:
    wrong = [f"has a {name}" for name, _ in found if name in NEVER]
    if found[0][1][0][0] != "VERSION":
        wrong.append("VERSION is not the first")
    if not [name for name, _ in found if name == "VEVENT"]:
        wrong.append("holds no event")
    for name, properties in found:
        counts = Counter(key for key, _, _ in properties)
        wrong += [f"{name} lacks {key}" for key in REQUIRED.get(name, ()) if counts[key] != 1]
        wrong += [f"{name} has {key}" for key in FORBIDDEN.get(name, ()) if counts[key]]
        wrong += [
            f"a bad escape in {key}: {value}"
            for key, _, value in properties
            if key in TEXTS and BAD_ESCAPE.search(value)
        ]
    uids = Counter(v for _, properties in found for key, _, v in properties if key == "UID")
    wrong += [f"used twice: {uid}" for uid, times in uids.items() if times > 1]
    zones = {v for name, properties in found if name == "VTIMEZONE" for k, _, v in properties}
    used = {p[5:] for _, properties in found for _, p, _ in properties if p.startswith("TZID=")}
    return wrong + [f"no VTIMEZONE for {zone}" for zone in sorted(used - zones)]
