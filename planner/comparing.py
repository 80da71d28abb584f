"""Two revisions of a plan: which session is which, what changed, and when an entry last did.

A session keeps its identity when it moves; an identity that is gone is never used again, because
calendar programs remember deleted ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import count
from typing import Literal, NamedTuple

from planner.plan import RUNS, Day, Frozen, Kind, Plan, Session
from planner.table import long_date
from planner.wording import describe_steps, title

TEST_WALK = "the test walk"
"""What a change says of the walk after which running may return."""

# Where a field is called ``date``, the class needs another name for the type.
OtherDay = date | None
Place = tuple[date, Session]


class Change(Frozen):
    """One session that is not as it was. ``before`` and ``after`` are texts for people.

    ``because`` names what is behind it, in words where the names alone do not say it (``says``).
    ``needed_on``: the session as it was would break the limits of ``because`` on that other day.
    ``of_day``: it moved, and the limits of ``because`` speak of that day, which it left.
    """

    date: date
    session_id: str
    what: Literal["added", "removed", "moved", "changed"]
    before: str | None = None
    after: str | None = None
    because: tuple[str, ...] = ()
    says: str = ""
    needed_on: OtherDay = None
    of_day: OtherDay = None


class Touch(Frozen):
    """When an entry of the calendar last changed visibly, and the fingerprint it has since."""

    revision: int
    on: date
    print: str = ""


class _Slot(NamedTuple):
    """A session or a rest day (``kind`` None) at its place: day, then number within the day."""

    on: date
    place: int
    kind: Kind | None
    id: str
    session: Session | None

    @property
    def group(self) -> tuple[date, str]:
        """What it can be matched within: its Monday-to-Sunday week and its kind."""
        monday = self.on - timedelta(days=self.on.weekday())
        return monday, self.kind.value if self.kind else ""


def keep_identities(new: Plan, old: Plan | None) -> Plan:
    """The new plan with an identity for each session and rest day.

    Within a week, sessions of one kind keep the identity of the nearest old one, the exact day
    first, then runs that of another kind of run; the others get a new one that names the revision.
    Rest days alike.
    """
    if old is not None and new.revision <= old.revision:
        raise ValueError(f"revision {new.revision} cannot follow revision {old.revision}")
    slots = list(_slots(new))
    kept = _matches(slots, list(_slots(old)) if old else [])
    sessions = (f"{new.revision}-{number:03d}" for number in count(1))
    rests = (f"{new.revision}-r{number:03d}" for number in count(1))
    names: dict[tuple[date, int], str] = {}
    for number, slot in enumerate(slots):
        fresh = sessions if slot.kind else rests
        names[slot.on, slot.place] = kept[number] if number in kept else next(fresh)
    return new.model_copy(update={"days": tuple(_named(day, names) for day in new.days)})


def changes(old: Plan, new: Plan) -> tuple[Change, ...]:
    """What a runner notices between two revisions, in the order of the days."""
    before = {slot.id: slot for slot in _slots(old) if slot.session}
    after = {slot.id: slot for slot in _slots(new) if slot.session}
    pairs = [(before.get(name), after.get(name)) for name in {**after, **before}]
    found = [change for pair in pairs if (change := _change(*pair))]
    return tuple(sorted(found, key=lambda change: (change.date, change.what, change.session_id)))


def places(plan: Plan) -> dict[str, Place]:
    """Each session by its identity, with its day."""
    return {session.id: (day.date, session) for day in plan.days for session in day.sessions}


def same_content(old: Plan, new: Plan) -> bool:
    """Whether the new plan says what the old one says; how it was found does not count."""
    return _content(old) == _content(new)


def touched_after(
    before: Mapping[str, Touch], new: Plan, prints: Mapping[str, str]
) -> dict[str, Touch]:
    """For each entry of the new plan, when it last changed.

    ``before`` is the same for the revision before; ``prints`` comes from
    ``planner.entries.entry_prints``. An entry that looks as before keeps its touch. The date never
    goes back, so that a calendar program always takes a change for news.
    """
    return {
        name: last
        if (last := before.get(name)) and last.print == print_
        else Touch(
            revision=new.revision,
            on=max(new.made_on, last.on) if last else new.made_on,
            print=print_,
        )
        for name, print_ in prints.items()
    }


def _content(plan: Plan) -> Plan:
    how = {
        **{"revision": 1, "made_on": date.min, "solver": None, "tiers": ()},
        **{"triage": "unanswered", "triage_on": None},
    }
    days = tuple(
        day.model_copy(
            update={"sessions": tuple(s.model_copy(update={"changed": ""}) for s in day.sessions)}
        )
        for day in plan.days
    )
    return plan.model_copy(update={**how, "days": days})


def _slots(plan: Plan) -> Iterator[_Slot]:
    for day in plan.days:
        for place, session in enumerate(day.sessions):
            yield _Slot(day.date, place, session.kind, session.id, session)
        if not day.sessions:
            yield _Slot(day.date, 0, None, day.rest_id or "", None)


def _matches(new: Sequence[_Slot], old: Sequence[_Slot]) -> dict[int, str]:
    """The old identities that new slots keep, by the number of the new slot.

    Untouched sessions, such as those of days gone by, come first: they must stay what they are.
    """
    groups: dict[tuple[date, str], list[_Slot]] = {}
    for slot in old:
        groups.setdefault(slot.group, []).append(slot)
    runs: dict[date, list[_Slot]] = {}
    for slot in old:
        if slot.kind in RUNS:
            runs.setdefault(slot.group[0], []).append(slot)
    found = [
        (_distance(slot, other), slot.on, other.on, slot.place, other.place, number, other.id)
        for number, slot in enumerate(new)
        for other in groups.get(slot.group, ())
        if other.id
    ]
    # A run that became another kind of run is still that run, where its week has no better match.
    others = [
        (_distance(slot, other), slot.on, other.on, slot.place, other.place, number, other.id)
        for number, slot in enumerate(new)
        if slot.kind in RUNS
        for other in runs.get(slot.group[0], ())
        if other.id and other.kind is not slot.kind
    ]
    kept: dict[int, str] = {}
    taken: set[str] = set()
    for *_, number, name in (*sorted(found), *sorted(others)):
        if number not in kept and name not in taken:
            kept[number] = name
            taken.add(name)
    return kept


def _distance(slot: _Slot, other: _Slot) -> int:
    """How far apart two slots are in days; -1 for the very same session on the very same day."""
    same = slot.on == other.on and slot.session == other.session
    return -1 if same else abs((slot.on - other.on).days)


def _named(day: Day, names: Mapping[tuple[date, int], str]) -> Day:
    if not day.sessions:
        return day.model_copy(update={"rest_id": names[day.date, 0]})
    sessions = tuple(
        session.model_copy(update={"id": names[day.date, place]})
        for place, session in enumerate(day.sessions)
    )
    return day.model_copy(update={"sessions": sessions, "rest_id": None})


def _change(before: _Slot | None, after: _Slot | None) -> Change | None:
    if before is None or before.session is None:
        assert after is not None
        assert after.session is not None
        return Change(date=after.on, session_id=after.id, what="added", after=_text(after.session))
    was = _text(before.session)
    if after is None or after.session is None:
        return Change(date=before.on, session_id=before.id, what="removed", before=was)
    is_now = _text(after.session)
    if before.on != after.on:
        return Change(
            date=after.on,
            session_id=after.id,
            what="moved",
            before=f"{long_date(before.on)}: {was}",
            after=f"{long_date(after.on)}: {is_now}",
        )
    if was == is_now:
        return None
    return Change(date=after.on, session_id=after.id, what="changed", before=was, after=is_now)


def _text(session: Session) -> str:
    """All of a session that a runner can notice, on one line."""
    exercises = [f"{e.name} {e.sets} × {e.amount}" for e in session.exercises]
    parts = [title(session), describe_steps(session.steps), ", ".join(exercises)]
    if session.is_test_walk:
        parts.append(TEST_WALK)
    if session.start:
        parts.append(f"at {session.start}")
    return "; ".join(part for part in parts if part)
