"""A runner whose plans are written as letters and published by the real command."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from planner.comparing import keep_identities, touched_after
from planner.entries import entry_prints
from planner.history import Published
from planner.ics import EventFile, event_files, event_uid
from planner.journal import open_journal
from planner.plan import Plan
from planner.publishing import Steps, Terms, Thing, next_steps
from planner.seen import Seen, seen
from tests.commands import Done, a_runner, run
from tests.plans import WORDS, a_session, plan_of

ZONE = ZoneInfo("Europe/Zurich")
SUNDAY = "2026-11-22"
"""The day before the plans of ``plan_of`` begin."""

MON, TUE, WED, THU = "2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26"


class Maya:
    """Her file, her journal, and the place that she publishes to."""

    def __init__(self, folder: Path, *where: object) -> None:
        self.file = a_runner(folder)
        self.where = where
        self.journal = open_journal(folder / "maya.db")

    def plans(self, letters: str, made_on: str = SUNDAY, start: str | None = None) -> Plan:
        """Store the next revision; ``start`` is the time of day of every session."""
        old = self.journal.latest()
        plan = plan_of(letters, revision=old.revision + 1 if old else 1).model_copy(
            update={"made_on": date.fromisoformat(made_on)}
        )
        if start:
            plan = timed(plan, start)
        plan = keep_identities(plan, old)
        touched = touched_after(self.journal.touched(), plan, entry_prints(plan, **WORDS))
        self.journal.save(plan, touched)
        return plan

    def publish(self, *options: object, today: str = SUNDAY) -> Done:
        """Run ``runback publish``."""
        return run("publish", self.file, *self.where, *options, today=today)


def timed(plan: Plan, start: str) -> Plan:
    days = [
        day.model_copy(
            update={"sessions": tuple(a_session(one.kind, start=start) for one in day.sessions)}
        )
        for day in plan.days
    ]
    return plan.model_copy(update={"days": tuple(days)})


def ids_on(plan: Plan, day: str) -> list[str]:
    """The identities of a day's sessions, or of the rest day."""
    (found,) = [one for one in plan.days if one.date.isoformat() == day]
    return [one.id for one in found.sessions] or [found.rest_id or ""]


def name_on(plan: Plan, day: str) -> str:
    """The file name of a day's only entry."""
    (entry_id,) = ids_on(plan, day)
    return f"{event_uid(plan, entry_id)}.ics"


def files_in(folder: Path) -> dict[str, bytes]:
    """The calendars in a folder by name."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.ics"))}


def shown(data: bytes) -> Seen:
    """What a calendar of one event shows."""
    found = seen(data, ZONE)
    assert found is not None
    return found


def edited(path: Path, old: str, new: str) -> None:
    """Edit an event as a calendar program does: another text, another etag."""
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new).encode())


def moved(path: Path, day: str) -> None:
    """Move an all-day event to another day, like ``20261125``."""
    text = path.read_bytes().decode()
    for name, date_ in (("DTSTART", day), ("DTEND", f"{int(day) + 1}")):
        text, found = re.subn(rf"{name};VALUE=DATE:\d+", f"{name};VALUE=DATE:{date_}", text)
        assert found == 1
    path.write_bytes(text.encode())


def named(letters: str, old: Plan | None = None, start: str | None = None) -> Plan:
    """A plan with its identities; each day of ``letters`` has one entry."""
    plan = plan_of(letters, revision=2 if old else 1)
    return keep_identities(timed(plan, start) if start else plan, old)


def files(plan: Plan, **given: Any) -> dict[str, EventFile]:
    return event_files(plan, **WORDS, **given)


def put_before(plan: Plan) -> dict[str, Published]:
    """What is remembered when all of a plan was put, each entry with the etag ``1``."""
    return {
        name: Published(entry_id=name, href=file.name, etag="1", event=file.data.decode())
        for name, file in files(plan).items()
    }


def as_left(rows: Mapping[str, Published]) -> dict[str, Thing]:
    return {row.href: Thing(row.etag) for row in rows.values()}


def decided(
    plan: Plan,
    rows: Mapping[str, Published],
    there: Mapping[str, Thing],
    today: str = SUNDAY,
    overwrite: bool = False,
) -> Steps:
    terms = Terms(date.fromisoformat(today), ZONE, overwrite)
    return next_steps(files(plan), rows, there, terms)


def changed(row: Published, *swaps: tuple[str, str]) -> Thing:
    """What she made of an entry: the same text with some pieces swapped, and the etag ``2``."""
    text = row.event
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    return Thing("2", text.encode())


TO_WEDNESDAY = (
    ("DTSTART;VALUE=DATE:20261123", "DTSTART;VALUE=DATE:20261125"),
    ("DTEND;VALUE=DATE:20261124", "DTEND;VALUE=DATE:20261126"),
)


def after_her(plan: Plan, day: str, *swaps: tuple[str, str]) -> tuple[dict, dict, str]:
    """Rows, what is there, and the identity of the entry that she changed."""
    rows = put_before(plan)
    (entry_id,) = ids_on(plan, day)
    there = as_left(rows)
    there[rows[entry_id].href] = changed(rows[entry_id], *swaps)
    return rows, there, entry_id


def rewritten(data: bytes) -> bytes:
    """As servers rewrite: other order, other line ends, a property of their own, UTC times."""
    lines = data.decode().replace("\r\n ", "").split("\r\n")
    begin, end = lines.index("BEGIN:VEVENT"), lines.index("END:VEVENT")
    zoned = "DTSTART;TZID=Europe/Zurich:20261123T183000"
    inner = [line.replace(zoned, "DTSTART:20261123T173000Z") for line in lines[begin + 1 : end]]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//other//", "BEGIN:VEVENT"]
    return "\n".join(
        [*lines, *reversed(inner), "X-OTHER:1", "END:VEVENT", "END:VCALENDAR"]
    ).encode()
