"""Making a calendar outside follow the plan: look, decide, remember, put, remember again.

What is about to be put is remembered before, so that a command that dies half-way leaves nothing
that the next one would take for an edit of the runner's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from planner.history import Move, Published
from planner.publishing import (
    Kept,
    Put,
    Removal,
    Steps,
    Terms,
    Thing,
    meanwhile,
    moves_in,
    names_of,
    names_to_read,
    next_steps,
    pending_row,
    put_row,
)

if TYPE_CHECKING:
    from planner.ics import EventFile
    from planner.journal import Journal


class ChangedMeanwhile(Exception):
    """What stands at the place is no longer what we looked at."""


class Place(Protocol):
    """A calendar outside that keeps each entry under a name of its own."""

    @property
    def address(self) -> str:
        """What the journal knows it by; holds no user and no password."""

    @property
    def is_new(self) -> bool:
        """Whether it was only just made."""

    def etags(self, names: Sequence[str]) -> dict[str, str]:
        """The etag of each of these that is there."""

    def read(self, names: Sequence[str]) -> dict[str, bytes]:
        """The content of each of these that is there."""

    def put(self, name: str, data: bytes, etag: str) -> str:
        """Write an entry in place of the one with this etag (empty: where nothing is).

        The new etag; empty where the place does not tell it. ChangedMeanwhile if something else
        is there.
        """

    def delete(self, name: str, etag: str) -> None:
        """Delete the entry with this etag; ChangedMeanwhile if it has another one."""


class Outcome(NamedTuple):
    """What was done, by identity, in the order of the days."""

    put: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[Kept, ...]
    moves: tuple[Move, ...]
    as_before: int


def follow(
    place: Place, journal: Journal, wanted: Mapping[str, EventFile], terms: Terms
) -> Outcome:
    """Bring the place up to date with the files of the plan."""
    known = journal.published(place.address)
    rows = {} if place.is_new else known
    steps = next_steps(wanted, rows, _look(place, wanted, rows), terms)
    work: list[Put | Removal] = [*steps.puts, *steps.removals]
    pending = {step.entry_id: pending_row(step) for step in steps.puts}
    if work or steps.moves or steps.rows != known:
        before = {**steps.rows, **pending}
        journal.save_published(place.address, tuple(before.values()), steps.moves)
    if not work:
        return _outcome(steps, [], [])
    return _work_off(place, journal, steps, work, terms)


def moves_there(place: Place, rows: Mapping[str, Published], terms: Terms) -> tuple[Move, ...]:
    """The sessions that she moved at the place since they were put; changes nothing."""
    etags = place.etags(names_of({}, rows))
    objects = place.read(names_to_read(rows, etags))
    return moves_in(rows, objects, today=terms.today, zone=terms.zone)


def _look(
    place: Place, wanted: Mapping[str, EventFile], rows: Mapping[str, Published]
) -> dict[str, Thing]:
    etags = place.etags(names_of(wanted, rows))
    asked = names_to_read(rows, etags)
    found = place.read(asked) if asked else {}
    gone = set(asked) - found.keys()
    return {name: Thing(etag, found.get(name)) for name, etag in etags.items() if name not in gone}


def _work_off(
    place: Place, journal: Journal, steps: Steps, work: Sequence[Put | Removal], terms: Terms
) -> Outcome:
    """Take each step and remember it, also where a later one fails."""
    rows = dict(steps.rows)
    done: list[Put | Removal] = []
    missed: list[Kept] = []
    try:
        for step in work:
            try:
                _take(place, step, rows)
                done.append(step)
            except ChangedMeanwhile:
                _restore(rows, steps.rows, step.entry_id)
                missed.append(meanwhile(step, _text_of(step, steps.rows), terms.zone))
        _learn_etags(place, rows)
    finally:
        journal.save_published(place.address, tuple(rows.values()), ())
    return _outcome(steps, done, missed)


def _take(place: Place, step: Put | Removal, rows: dict[str, Published]) -> None:
    if isinstance(step, Removal):
        place.delete(step.name, step.etag)
        del rows[step.entry_id]
        return
    rows[step.entry_id] = pending_row(step)
    rows[step.entry_id] = put_row(step, place.put(step.name, step.data, step.etag))


def _restore(rows: dict[str, Published], before: Mapping[str, Published], entry_id: str) -> None:
    if entry_id in before:
        rows[entry_id] = before[entry_id]
    else:
        rows.pop(entry_id, None)


def _learn_etags(place: Place, rows: dict[str, Published]) -> None:
    """Ask once more where a server did not say which etag it gave."""
    silent = [row for row in rows.values() if row.etag == "" and not row.is_hers]
    etags = place.etags([row.href for row in silent]) if silent else {}
    for row in silent:
        rows[row.entry_id] = row.model_copy(update={"etag": etags.get(row.href, "")})


def _text_of(step: Put | Removal, rows: Mapping[str, Published]) -> str:
    return step.data.decode() if isinstance(step, Put) else rows[step.entry_id].event


def _outcome(steps: Steps, done: Sequence[Put | Removal], missed: Sequence[Kept]) -> Outcome:
    def ids(wanted: Callable[[Put | Removal], bool]) -> tuple[str, ...]:
        return tuple(step.entry_id for step in done if wanted(step))

    return Outcome(
        put=ids(lambda step: isinstance(step, Put) and not step.etag),
        changed=ids(lambda step: isinstance(step, Put) and bool(step.etag)),
        removed=ids(lambda step: isinstance(step, Removal)),
        kept=(*steps.kept, *missed),
        moves=steps.moves,
        as_before=steps.as_before,
    )
