"""Sessions that the runner moved in her calendar keep their identity on the day that she chose.

Where a plan has a session of the moved one's sort there, it is that one: the calendar then holds it
once, at her place, whatever the plan moved to make room.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from planner.history import History, Move
from planner.plan import Day, Plan, Session
from planner.request import DAYS_IN_WEEK
from planner.table import plain_date
from planner.wording import title

OWN_DAYS = "own-days"
"""The rule that her own moves are kept by."""


class _Place(NamedTuple):
    """Where a session stands: its day, and its number within the day."""

    on: date
    number: int


def moves_not_followed(plan: Plan, history: History, first_open: date) -> tuple[Move, ...]:
    """Her moves of sessions that lie ahead to a day or time where the plan does not have them."""
    ahead = {session.id: (place.on, session.start) for place, session in _ahead(plan, first_open)}
    return tuple(
        move
        for move in _open(history, plan, {id_: on for id_, (on, _) in ahead.items()}, first_open)
        if ahead[move.session_id] != (move.to, move.start)
    )


def moves_out_of_plan(plan: Plan, history: History, first_open: date) -> Iterator[str]:
    """A sentence for each session that lies ahead and that she moved too far, or beyond the plan."""
    places = {session.id: (place.on, session) for place, session in _ahead(plan, first_open)}
    for move in history.moves:
        if move.session_id not in places:
            continue
        on, session = places[move.session_id]
        said = f'You moved "{title(session)}" on {plain_date(on)} to {plain_date(move.to)}'
        if move.to > plan.days[-1].date:
            yield f"{said}, after the last day of your plan: the plan keeps its own day."
        elif not is_near(on, move.to):
            yield f"{said}, more than a week away: the plan keeps its own day."


def moves_left_open(plan: Plan, history: History, first_open: date) -> Iterator[str]:
    """A sentence for each move of hers that an undo does not take back, and the plan does not have."""
    places = {session.id: (place.on, session) for place, session in _ahead(plan, first_open)}
    for move in moves_not_followed(plan, history, first_open):
        on, session = places[move.session_id]
        yield (
            f'You moved "{title(session)}" on {plain_date(on)} to {plain_date(move.to)} yourself. An '
            "undo leaves that as your wish: the next replan follows it where the limits allow. Move it "
            "back in your calendar to be rid of it."
        )


def is_near(home: date, to: date) -> bool:
    """Whether a session may follow her from its day to another: a week's way at the most."""
    return abs((to - home).days) <= DAYS_IN_WEEK


def with_her_identities(plan: Plan, stored: Plan, history: History, first_open: date) -> Plan:
    """The plan with each session that she moved on the day that she chose, where it has one there.

    Two sessions of the same sort change identities for that, none is lost or made. Days before
    ``first_open`` stay as they are, and so do sessions that she moved before they had gone by.
    """
    ahead = dict(_ahead(plan, first_open))
    before = {session.id: session for _, session in _ahead(stored, first_open)}
    homes = {session.id: place.on for place, session in _ahead(stored, first_open)}
    names = {place: session.id for place, session in ahead.items()}
    moved = tuple(_open(history, plan, homes, first_open))
    hers = {(move.session_id, move.to) for move in moved}
    for move in moved:
        kind = before[move.session_id].kind
        taken = [
            place
            for place, session in ahead.items()
            if place.on == move.to and session.kind.is_of_sort(kind)
        ]
        # Another one that she moved to the same day stays it.
        free = [place for place in taken if (names[place], move.to) not in hers]
        if free and all(names[place] != move.session_id for place in taken):
            _exchange(names, free[0], move.session_id)
    days = tuple(_named(day, names) for day in plan.days)
    return plan.model_copy(update={"days": days})


def _ahead(plan: Plan, first_open: date) -> Iterator[tuple[_Place, Session]]:
    for day in plan.days:
        if day.date >= first_open:
            for number, session in enumerate(day.sessions):
                yield _Place(day.date, number), session


def _open(
    history: History, plan: Plan, homes: Mapping[str, date], first_open: date
) -> Iterator[Move]:
    """Her moves of sessions that lie ahead, not too far, to days that may still change."""
    last = plan.days[-1].date
    for move in history.moves:
        home = homes.get(move.session_id)
        if home is not None and first_open <= move.to <= last and is_near(home, move.to):
            yield move


def _exchange(names: dict[_Place, str], place: _Place, name: str) -> None:
    """Give a place this name; the one that had it, if any, gets the place's."""
    for other in names:
        if names[other] == name:
            names[other] = names[place]
    names[place] = name


def _named(day: Day, names: dict[_Place, str]) -> Day:
    sessions = tuple(
        session.model_copy(update={"id": names.get(_Place(day.date, number), session.id)})
        for number, session in enumerate(day.sessions)
    )
    return day.model_copy(update={"sessions": sessions})
