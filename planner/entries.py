"""What a calendar shows of a plan, as plain data: one entry for each session and rest day.

Calendar files are written from these, and two revisions are compared by them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from planner.plan import Day, Frozen, Kind, Plan, Session, State
from planner.wording import REST_TITLE, PainRule, description, rest_description, title
from planner.zones import zone_of

CATEGORIES = {
    Kind.EASY_RUN: "RUN",
    Kind.LONG_RUN: "RUN",
    Kind.HARD_RUN: "RUN",
    Kind.RUN_WALK: "RUN-WALK",
    Kind.RACE: "RACE",
    Kind.WALK: "WALK",
    Kind.STRENGTH: "STRENGTH",
    Kind.MOBILITY: "MOBILITY",
}
REST = "rest"


class Entry(Frozen):
    """One line of a calendar. ``begin`` and ``end`` are UTC; None: the whole day ``on``.

    ``tentative``: the plan itself advises against it.
    """

    id: str
    on: date
    begin: datetime | None = None
    end: datetime | None = None
    title: str
    text: str
    category: str
    kind: str
    run_minutes: float = 0.0
    walk_minutes: float = 0.0
    tentative: bool = False

    @property
    def print(self) -> str:
        """A fingerprint of all a person can see of it: another one means it changed."""
        # Its text says, too, whether it is tentative.
        seen = self.model_dump_json(exclude={"id", "tentative"})
        return hashlib.sha256(seen.encode()).hexdigest()[:32]


def entries(
    plan: Plan,
    *,
    pain_rules: Mapping[State, PainRule],
    rest_walk_minutes: int,
    rest_days: bool = True,
) -> tuple[Entry, ...]:
    """The entries of a plan, in the order of its days.

    ``pain_rules`` holds the rule of every state but a flare; ``rest_walk_minutes`` is the longest
    walk of a rest day. A plan without any session keeps its rest days even if they are not asked
    for: a calendar file must hold at least one entry.
    """
    zone = zone_of(plan.time_zone)
    rest_days = rest_days or not any(day.sessions for day in plan.days)
    found: list[Entry] = []
    for day in plan.days:
        if day.sessions:
            found += _session_entries(day, pain_rules, zone)
        elif rest_days:
            found.append(_rest_entry(day, rest_walk_minutes))
    return tuple(found)


def entry_prints(
    plan: Plan, *, pain_rules: Mapping[State, PainRule], rest_walk_minutes: int
) -> dict[str, str]:
    """The fingerprint of every entry of a plan, rest days included, by its identity."""
    shown = entries(plan, pain_rules=pain_rules, rest_walk_minutes=rest_walk_minutes)
    return {entry.id: entry.print for entry in shown}


def _session_entries(
    day: Day, pain_rules: Mapping[State, PainRule], zone: ZoneInfo
) -> Iterator[Entry]:
    times = dict(_times(day, zone))
    for place, session in enumerate(day.sessions):
        begin, end = times.get(place, (None, None))
        yield Entry(
            id=session.id,
            on=day.date,
            begin=begin,
            end=end,
            title=title(session),
            text=description(session, day.state, pain_rules.get(day.state)),
            category=CATEGORIES[session.kind],
            kind=session.kind.value,
            run_minutes=session.run_minutes,
            walk_minutes=session.walk_minutes,
            tentative=session.is_advised_against,
        )


def _times(day: Day, zone: ZoneInfo) -> Iterator[tuple[int, tuple[datetime, datetime]]]:
    """Begin and end of the day's timed sessions, by their place in the day.

    Where two want the same time the later begins when the first ends; running and walking go
    first. An hour that the clock skips is moved on by that hour, one that comes twice is the first.
    """
    timed = [(place, session) for place, session in enumerate(day.sessions) if session.start]
    free = datetime.min.replace(tzinfo=UTC)
    for place, session in sorted(timed, key=_time_order):
        begin = max(_moment(day.date, session.start or "", zone), free)
        seconds = round(session.minutes * 60)
        # RFC 5545 asks for an end later than the begin.
        free = begin + timedelta(seconds=max(seconds, 60))
        yield place, (begin, free)


def _time_order(timed: tuple[int, Session]) -> tuple[time, int, int]:
    place, session = timed
    first = (*(kind for kind in Kind if kind.is_run), Kind.WALK, Kind.STRENGTH, Kind.MOBILITY)
    return _clock(session.start or ""), first.index(session.kind), place


def _clock(text: str) -> time:
    hour, minute = text.split(":")
    return time(int(hour), int(minute))


def _moment(on: date, clock: str, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, _clock(clock), zone).astimezone(UTC)


def _rest_entry(day: Day, rest_walk_minutes: int) -> Entry:
    if day.rest_id is None:
        raise ValueError(f"{day.date} has no rest_id: keep_identities comes first")
    return Entry(
        id=day.rest_id,
        on=day.date,
        title=REST_TITLE,
        text=rest_description(rest_walk_minutes),
        category="REST",
        kind=REST,
    )
