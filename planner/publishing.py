"""What to put into a calendar outside, what to delete there and what to leave, as pure decisions.

The plan follows into the calendar, but what the runner did there with her own hands stays: an entry
that she edited, moved or deleted is kept and told of. Days gone by are never touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from planner.entries import REST
from planner.history import Move, Published
from planner.plan import Frozen
from planner.publishing_words import (
    deleted_sentence,
    edited_sentence,
    meanwhile_sentence,
    missed_sentence,
)
from planner.seen import Seen, clock_of, day_of, seen

if TYPE_CHECKING:
    from planner.ics import EventFile

PENDING = "?"
"""Before an etag: this was about to be put in place of it; nobody knows whether it arrived."""


class Thing(NamedTuple):
    """What stands under a name at the place; ``data`` is None where it was not read."""

    etag: str
    data: bytes | None = None


class Put(NamedTuple):
    """Write an entry; ``etag`` is that of what it replaces, empty where nothing may be there."""

    entry_id: str
    name: str
    data: bytes
    etag: str


class Removal(NamedTuple):
    """Delete an entry if it is still as it was."""

    entry_id: str
    name: str
    etag: str


class Kept(Frozen):
    """An entry that stays as the runner made it, in a sentence."""

    session_id: str
    says: str


class Terms(NamedTuple):
    """What decisions depend on beside the entries themselves."""

    today: date
    zone: ZoneInfo
    overwrite: bool = False


class Steps(NamedTuple):
    """All decisions about a place; ``rows`` is what is known of it before any step is taken."""

    puts: tuple[Put, ...]
    removals: tuple[Removal, ...]
    rows: dict[str, Published]
    moves: tuple[Move, ...]
    kept: tuple[Kept, ...]
    as_before: int


class _Verdict(NamedTuple):
    """The decision about one entry; ``row`` is None where nothing of it is there any more."""

    row: Published | None
    step: Put | Removal | None = None
    says: str = ""
    move: Move | None = None
    as_before: bool = False


def names_of(wanted: Mapping[str, EventFile], rows: Mapping[str, Published]) -> tuple[str, ...]:
    """All names that may be ours at a place; whatever else stands there is none of our business."""
    names = [row.href for row in rows.values()] + [file.name for file in wanted.values()]
    return tuple(dict.fromkeys(names))


def names_to_read(rows: Mapping[str, Published], etags: Mapping[str, str]) -> tuple[str, ...]:
    """The names whose content must be known: those that are not as they were left.

    ``etags`` holds all of ours that stands at the place.
    """
    by_name = {row.href: row for row in rows.values()}
    return tuple(name for name, etag in etags.items() if not _is_as_left(by_name.get(name), etag))


def next_steps(
    wanted: Mapping[str, EventFile],
    rows: Mapping[str, Published],
    there: Mapping[str, Thing],
    terms: Terms,
) -> Steps:
    """What makes a place follow the plan.

    ``wanted``: the files of the plan (``planner.ics.event_files``). ``rows``: what was put there
    last. ``there``: what stands there, read where ``names_to_read`` asks for it.
    """
    verdicts: dict[str, _Verdict] = {}
    for entry_id in [*wanted, *sorted(rows.keys() - wanted.keys())]:
        file, row = wanted.get(entry_id), rows.get(entry_id)
        name = row.href if row else file.name if file else ""
        verdicts[entry_id] = _verdict(file, row, there.get(name), terms)
    taken = verdicts.values()
    steps = [verdict.step for verdict in taken if verdict.step]
    return Steps(
        puts=tuple(step for step in steps if isinstance(step, Put)),
        removals=tuple(step for step in steps if isinstance(step, Removal)),
        rows={name: verdict.row for name, verdict in verdicts.items() if verdict.row},
        moves=tuple(verdict.move for verdict in taken if verdict.move),
        kept=tuple(
            Kept(session_id=name, says=verdict.says)
            for name, verdict in verdicts.items()
            if verdict.says
        ),
        as_before=sum(verdict.as_before for verdict in taken),
    )


def moves_in(
    rows: Mapping[str, Published], objects: Mapping[str, bytes], *, today: date, zone: ZoneInfo
) -> tuple[Move, ...]:
    """The sessions that she moved, to today or later, among what was read at a place by name."""
    return tuple(_moves(rows, objects, today, zone))


def put_row(step: Put, etag: str) -> Published:
    """What to remember of an entry that was put."""
    return Published(
        entry_id=step.entry_id, href=step.name, etag=etag, event=step.data.decode(), is_hers=False
    )


def pending_row(step: Put) -> Published:
    """What to remember of an entry while it is being put."""
    return put_row(step, PENDING + step.etag)


def meanwhile(step: Put | Removal, event: str, zone: ZoneInfo) -> Kept:
    """An entry that changed at the place between our look and our step."""
    says = meanwhile_sentence(seen(event.encode(), zone), zone)
    return Kept(session_id=step.entry_id, says=says)


def _moves(
    rows: Mapping[str, Published], objects: Mapping[str, bytes], today: date, zone: ZoneInfo
) -> Iterator[Move]:
    for row in rows.values():
        ours, theirs = (
            seen(data, zone) if data else None
            for data in (row.event.encode(), objects.get(row.href))
        )
        if ours and theirs and theirs.begin != ours.begin:
            move = _move(row, theirs, Terms(today, zone))
            if move:
                yield move


def _is_as_left(row: Published | None, etag: str) -> bool:
    return row is not None and not row.is_hers and row.etag.removeprefix(PENDING) == etag


def _verdict(
    file: EventFile | None, row: Published | None, thing: Thing | None, terms: Terms
) -> _Verdict:
    if row is None:
        assert file is not None
        return _new(file, thing, terms)
    if thing is None:
        return _gone(file, row, terms)
    if _is_as_left(row, thing.etag):
        return _ours(file, row, thing, terms)
    return _looked_at(file, row, thing, terms)


def _new(file: EventFile, thing: Thing | None, terms: Terms) -> _Verdict:
    """An entry never put there, as far as is remembered."""
    put = Put(file.entry.id, file.name, file.data, thing.etag if thing else "")
    if thing is None:
        return _Verdict(None, put)
    row = put_row(put, thing.etag)
    if _seen(thing, terms) == seen(file.data, terms.zone):
        return _Verdict(row, as_before=True)
    verdict = _looked_at(file, row, thing, terms)
    # Until it is replaced, nothing of ours is there.
    return verdict._replace(row=None) if verdict.step else verdict


def _gone(file: EventFile | None, row: Published, terms: Terms) -> _Verdict:
    """An entry that was put and is not there: she deleted it, unless it never arrived."""
    if file is None:
        return _Verdict(None)
    put = Put(row.entry_id, row.href, file.data, "")
    if row.etag == PENDING:
        return _Verdict(None, put)
    past = _is_past(file, row, None, terms)
    if terms.overwrite and not past:
        return _Verdict(None, put)
    kept = row.model_copy(update={"etag": "", "is_hers": True})
    shown = seen(row.event.encode(), terms.zone)
    if past or shown is None:
        return _Verdict(kept)
    # As long as it is ahead and missing there, as with what she edited: else it would be forgotten.
    plan = seen(file.data, terms.zone)
    return _Verdict(kept, says=deleted_sentence(shown, plan, terms.zone))


def _ours(file: EventFile | None, row: Published, thing: Thing, terms: Terms) -> _Verdict:
    """An entry that nobody touched since it was put."""
    arrived = not row.etag.startswith(PENDING)
    if arrived and file and row.event == file.data.decode():
        return _Verdict(row, as_before=True)
    if arrived and _is_past(file, row, None, terms):
        return _Verdict(row, as_before=file is not None)
    if file is None:
        return _Verdict(row, Removal(row.entry_id, row.href, thing.etag))
    return _Verdict(row, Put(row.entry_id, row.href, file.data, thing.etag))


def _looked_at(file: EventFile | None, row: Published, thing: Thing, terms: Terms) -> _Verdict:
    """An entry with another etag than we left it with: did she edit it, or a program rewrite it?"""
    ours = seen(row.event.encode(), terms.zone)
    plan = seen(file.data, terms.zone) if file else None
    theirs = _seen(thing, terms)
    if file and row.is_hers and theirs is not None and theirs == plan != ours:
        # The plan took up what she did: from now on the entry is ours again.
        return _Verdict(row, Put(row.entry_id, row.href, file.data, thing.etag))
    if theirs is not None and theirs in (ours, plan):
        event = file.data.decode() if file and theirs == plan else row.event
        update = {"etag": thing.etag, "event": event, "is_hers": False}
        verdict = _ours(file, row.model_copy(update=update), thing, terms)
        # She put it back: where it is now is where she wants it.
        move = _move(row, theirs, terms) if row.is_hers else None
        return verdict._replace(move=move)
    return _edited(file, row, thing, terms)


def _edited(file: EventFile | None, row: Published, thing: Thing, terms: Terms) -> _Verdict:
    """An entry that she changed there."""
    ours = seen(row.event.encode(), terms.zone)
    plan = seen(file.data, terms.zone) if file else None
    theirs = _seen(thing, terms)
    hers = row.model_copy(update={"etag": thing.etag, "is_hers": True})
    if _is_past(file, row, theirs, terms):
        return _Verdict(hers)
    if terms.overwrite or (plan and theirs and ours and _agree(plan, theirs, ours)):
        move = _move(row, plan, terms) if terms.overwrite and row.is_hers and plan else None
        if file is None:
            return _Verdict(row, Removal(row.entry_id, row.href, thing.etag))
        return _Verdict(row, Put(row.entry_id, row.href, file.data, thing.etag), move=move)
    moved = theirs is not None and ours is not None and theirs.begin != ours.begin
    if moved and file and file.entry.on < terms.today:
        assert theirs is not None
        # A day gone by is frozen: what she moves out of it is not part of the plan any more.
        return _Verdict(hers, says=missed_sentence(ours, theirs, terms.zone))
    return _Verdict(
        hers,
        says=edited_sentence(ours, theirs, plan, terms.zone),
        move=_move(row, theirs, terms) if plan and theirs and moved else None,
    )


def _agree(plan: Seen, theirs: Seen, ours: Seen) -> bool:
    """Whether all that she did was to move it to where the plan has it by now."""
    return theirs._replace(begin=ours.begin, end=ours.end) == ours and theirs.begin == plan.begin


def _is_past(file: EventFile | None, row: Published, theirs: Seen | None, terms: Terms) -> bool:
    """Whether an entry lies in days gone by, wherever the plan, we or she have put it."""
    ours = seen(row.event.encode(), terms.zone)
    begins = [shown.begin for shown in (ours, theirs) if shown]
    days = [day_of(begin, terms.zone) for begin in begins] + ([file.entry.on] if file else [])
    return bool(days) and max(days) < terms.today


def _move(row: Published, to: Seen, terms: Terms) -> Move | None:
    """Her choice of a day; rest days have none, and what lies behind needs none."""
    day = day_of(to.begin, terms.zone)
    if f"X-RUNBACK-KIND:{REST}" in row.event.splitlines() or day < terms.today:
        return None
    return Move(session_id=row.entry_id, to=day, start=clock_of(to.begin, terms.zone))


def _seen(thing: Thing, terms: Terms) -> Seen | None:
    return seen(thing.data, terms.zone) if thing.data is not None else None
