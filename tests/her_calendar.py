"""A runner, her plan as the real commands make it, and a calendar that she has her own hands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from planner.cli.rulebook import limits_in_force, pain_rules_for, rest_walk_minutes, stop_above_max
from planner.ics import EventFile, event_files
from planner.journal import Journal, open_journal
from planner.plan import Kind, Plan, Session
from planner.profile import read_runner
from planner.seen import Seen, seen
from tests.commands import Done, a_runner, run
from tests.published import ZONE, files_in
from tests.radicale_server import USER, RadicaleServer, client_of, events_on

FREE = """\
[runner]
name = "Maya"
time_zone = "Europe/Zurich"

[goal]
kind = "keep_running"

[week]
runs = 3
walks = 1

[week.minutes]
mon = 60
tue = 60
wed = 60
thu = 60
fri = 60
sun = 60

[recent]
run_minutes = [70, 70, 75, 75]
longest_run_minutes = 30
days_since_last_run = 2

[back]
pain_today = 1.0

[[away]]
from = 2026-12-04
to = 2026-12-04

[plan]
start = 2026-11-23
weeks = 4
"""
"""Room on every day but Saturday; away on the second Friday."""

MONDAY = "2026-11-23"
"""The first day of her plan, and the day on which she looks at it."""


class HerCalendar:
    """What she types, and what she does in her calendar program."""

    def __init__(self, folder: Path, server: RadicaleServer | None = None, text: str = FREE):
        self.file = a_runner(folder, text)
        self.folder = folder / "calendar"
        self.server = server

    def types(self, command: str, *words: object, today: str = MONDAY, code: int = 0) -> Done:
        """Run a command on her file."""
        done = run(command, self.file, *words, today=today)
        assert done.code == code, done.err
        return done

    def publishes(self, *words: object, today: str = MONDAY) -> Done:
        """Bring her calendar up to date."""
        where: tuple[object, ...] = ("--vdir", self.folder)
        if self.server:
            where = ("--caldav", self.server.url, "--user", USER)
        return self.types("publish", *where, *words, today=today)

    @property
    def journal(self) -> Journal:
        return open_journal(self.file.with_suffix(".db"))

    @property
    def plan(self) -> Plan:
        """Her latest plan."""
        plan = self.journal.latest()
        assert plan is not None
        return plan

    @property
    def planned(self) -> dict[str, EventFile]:
        """The entries of her latest plan by identity."""
        limits = limits_in_force(None)
        runner = read_runner(self.file, stop_above_max=stop_above_max(limits))
        return event_files(
            self.plan,
            pain_rules=pain_rules_for(runner, limits),
            rest_walk_minutes=rest_walk_minutes(limits),
            touched=self.journal.touched(),
        )

    @property
    def there(self) -> dict[str, bytes]:
        """The files of her calendar by name."""
        return events_on(self.server) if self.server else files_in(self.folder)

    @property
    def shown(self) -> dict[str, Seen | None]:
        """What her calendar shows, by file name."""
        return {name: seen(data, ZONE) for name, data in self.there.items()}

    @property
    def should_show(self) -> dict[str, Seen | None]:
        """What it should show for her latest plan."""
        return {file.name: seen(file.data, ZONE) for file in self.planned.values()}

    def moves(self, session_id: str, to: str, clock: str | None = None) -> None:
        """Drag a session to another day, or to a time of a day (``HH:MM`` in UTC)."""
        name = self.planned[session_id].name
        self.writes(name, on_another_day(self.there[name], to, clock))

    def writes(self, name: str, data: bytes) -> None:
        """Save an entry in her calendar program."""
        if self.server is None:
            (self.folder / name).write_bytes(data)
            return
        (calendar,) = client_of(self.server).get_principal().get_calendars()
        event = calendar.event_by_url(f"{calendar.url}{name}")
        event.data = data.decode()
        event.save(increase_seqno=True)

    def deletes(self, session_id: str) -> None:
        """Delete a session in her calendar program."""
        name = self.planned[session_id].name
        if self.server is None:
            (self.folder / name).unlink()
            return
        (calendar,) = client_of(self.server).get_principal().get_calendars()
        calendar.event_by_url(f"{calendar.url}{name}").delete()


def on_another_day(data: bytes, day: str, clock: str | None = None) -> bytes:
    """An event as a calendar program moves it: the whole day, or an hour from a time in UTC."""
    begin = date.fromisoformat(day)
    if clock is None:
        end = f"{begin + timedelta(days=1):%Y%m%d}"
        lines = {"DTSTART": f";VALUE=DATE:{begin:%Y%m%d}", "DTEND": f";VALUE=DATE:{end}"}
    else:
        hour, minute = clock.split(":")
        lines = {
            "DTSTART": f":{begin:%Y%m%d}T{hour}{minute}00Z",
            "DTEND": f":{begin:%Y%m%d}T{int(hour) + 1:02}{minute}00Z",
        }
    head, event = data.decode().split("BEGIN:VEVENT")
    for name, value in lines.items():
        event, found = re.subn(rf"\r\n{name}[;:][^\r]*", f"\r\n{name}{value}", event)
        assert found == 1
    return f"{head}BEGIN:VEVENT{event}".encode()


def sessions(plan: Plan) -> Iterator[tuple[str, Session]]:
    """The sessions of a plan, each with its day."""
    for day in plan.days:
        for session in day.sessions:
            yield day.date.isoformat(), session


def id_on(plan: Plan, day: str, *kinds: Kind) -> str:
    """The identity of the only session of these kinds on a day."""
    (found,) = [one.id for on, one in sessions(plan) if on == day and one.kind in kinds]
    return found


def day_of_session(plan: Plan, session_id: str) -> str | None:
    """The day of a session; None where the plan has it no more."""
    return next((on for on, one in sessions(plan) if one.id == session_id), None)
