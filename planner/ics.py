"""The calendar file of a plan (iCalendar, RFC 5545), for a person to import.

Why each property is as it is: one event for each session, no repetition, no METHOD, no clock,
nothing that any of the large calendar programs is known to misread.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID, uuid5

from icalendar import Calendar, Event, Timezone, vText
from icalendar.enums import CLASS, STATUS, TRANSP

from planner.comparing import Touch
from planner.entries import Entry, entries
from planner.plan import Plan, State, minutes_text
from planner.wording import PainRule, clean_line, clean_text
from planner.zones import vtimezone, zone_of

NAMESPACE = UUID("6f1d2f4e-2f0b-5a52-9a0b-6b0d6d1f7c11")
"""The project's own namespace of event identities. Another one would double every event."""

PRODID = "-//runback//runback//EN"
"""Without a version, so that a new release alone changes no byte of a calendar."""

_END = b"END:VCALENDAR"
_UNSAFE_IN_NAME = re.compile(r"[,;\\]")


def calendar_bytes(
    plan: Plan,
    *,
    pain_rules: Mapping[State, PainRule],
    rest_walk_minutes: int,
    rest_days: bool = True,
    touched: Mapping[str, Touch] | None = None,
) -> bytes:
    """The plan as an iCalendar file, the same bytes for the same plan.

    ``pain_rules``, ``rest_walk_minutes`` and ``rest_days`` are those of
    ``planner.entries.entries``. ``touched`` says for each entry when it last changed (see
    ``planner.comparing.touched_after``); without it, all changed in the plan's own revision.
    """
    shown = entries(
        plan, pain_rules=pain_rules, rest_walk_minutes=rest_walk_minutes, rest_days=rest_days
    )
    _refuse_doubles(shown)
    calendar = _empty_calendar(plan)
    zone = _add_zone(calendar, plan, shown)
    last = Touch(revision=plan.revision, on=plan.made_on)
    for entry in shown:
        touch = (touched or {}).get(entry.id, last)
        calendar.add_component(_event(plan, entry, touch, zone))
    return bytes(calendar.to_ical())


class EventFile(NamedTuple):
    """One entry as a calendar of its own: what a folder or a calendar server keeps for it."""

    uid: str
    data: bytes
    entry: Entry

    @property
    def name(self) -> str:
        """Its file name, or the last part of its address."""
        return f"{self.uid}.ics"


def event_files(
    plan: Plan,
    *,
    pain_rules: Mapping[State, PainRule],
    rest_walk_minutes: int,
    rest_days: bool = True,
    touched: Mapping[str, Touch] | None = None,
) -> dict[str, EventFile]:
    """Each entry by its identity, in the order of the days; arguments as in ``calendar_bytes``.

    Nothing in a file depends on other entries or on the revision: what did not change is the same
    byte for byte.
    """
    shown = entries(
        plan, pain_rules=pain_rules, rest_walk_minutes=rest_walk_minutes, rest_days=rest_days
    )
    _refuse_doubles(shown)
    last = Touch(revision=plan.revision, on=plan.made_on)
    shells: dict[tuple[date, date] | None, tuple[bytes, str | None]] = {}
    files: dict[str, EventFile] = {}
    for entry in shown:
        days = (entry.begin.date(), entry.end.date()) if entry.begin and entry.end else None
        if days not in shells:
            shells[days] = _shell(plan, entry)
        shell, zone = shells[days]
        event = _event(plan, entry, (touched or {}).get(entry.id, last), zone).to_ical()
        data = shell.replace(_END, event + _END)
        files[entry.id] = EventFile(event_uid(plan, entry.id), data, entry)
    return files


def event_uid(plan: Plan, entry_id: str) -> str:
    """The UID of an entry: never made from its date or title, which may change."""
    return str(uuid5(NAMESPACE, f"{plan.plan_id}/{entry_id}"))


def _refuse_doubles(shown: Sequence[Entry]) -> None:
    if len({entry.id for entry in shown}) < len(shown):
        raise ValueError("two entries have one identity: keep_identities comes first")


def _empty_calendar(plan: Plan) -> Calendar:
    # Some readers do not unescape the name and icalendar does not escape it.
    runner = clean_line(_UNSAFE_IN_NAME.sub(" ", plan.runner))
    calendar = Calendar.new(prodid=PRODID, name=f"Training - {runner}" if runner else "Training")
    # vdirsyncer takes a calendar's UID for that of each event.
    calendar.pop("UID", None)
    calendar.add("X-RUNBACK-REVISION", vText(str(plan.revision)))
    return calendar


def _shell(plan: Plan, entry: Entry) -> tuple[bytes, str | None]:
    """The calendar around an entry as bytes, and the zone it holds."""
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODID)
    zone = _add_zone(calendar, plan, [entry])
    return bytes(calendar.to_ical()), zone


def _add_zone(calendar: Calendar, plan: Plan, shown: Sequence[Entry]) -> str | None:
    """Add the VTIMEZONE that timed entries need; its name, or None where they are in UTC."""
    moments = [when for entry in shown for when in (entry.begin, entry.end) if when]
    if not moments or plan.time_zone == "UTC":
        return None
    found = vtimezone(plan.time_zone, min(moments).date(), max(moments).date())
    if found is None:
        return None
    # Bytes: icalendar would take a string for the name of a file.
    calendar.add_component(Timezone.from_ical(found))
    return plan.time_zone


def _event(plan: Plan, entry: Entry, touch: Touch, zone: str | None) -> Event:
    changed = datetime.combine(touch.on, time(), UTC) + timedelta(seconds=touch.revision)
    begin, end, tzid = _span(entry, zone)
    event = Event.new(
        uid=event_uid(plan, entry.id),
        summary=clean_line(entry.title),
        description=clean_text(entry.text),
        start=begin,
        end=end,
        stamp=changed,
        last_modified=changed,
        sequence=touch.revision - 1,
        status=STATUS.TENTATIVE if entry.tentative else STATUS.CONFIRMED,
        transparency=TRANSP.TRANSPARENT,
        classification=CLASS.PRIVATE,
        categories=[entry.category],
    )
    if tzid:
        event["DTSTART"].params["TZID"] = tzid
        event["DTEND"].params["TZID"] = tzid
    # vText: icalendar writes a plain string as it stands.
    event.add("X-MICROSOFT-CDO-BUSYSTATUS", vText("FREE"))
    event.add("X-RUNBACK-KIND", vText(entry.kind))
    event.add("X-RUNBACK-RUN-MINUTES", vText(minutes_text(entry.run_minutes)))
    event.add("X-RUNBACK-WALK-MINUTES", vText(minutes_text(entry.walk_minutes)))
    return event


def _span(entry: Entry, tzid: str | None) -> tuple[date, date, str | None]:
    """Begin, end and zone of an entry: whole days, local times with their zone, or UTC times."""
    if entry.begin is None or entry.end is None:
        # The end of whole days is exclusive.
        return entry.on, entry.on + timedelta(days=1), None
    if tzid is None:
        return entry.begin, entry.end, None
    local = [when.astimezone(zone_of(tzid)) for when in (entry.begin, entry.end)]
    if any(when.fold for when in local):
        # A clock time that comes twice means the first one; only UTC can name the second.
        return entry.begin, entry.end, None
    begin, end = (when.replace(tzinfo=None) for when in local)
    return begin, end, tzid
