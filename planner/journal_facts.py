"""The facts of a journal, as rows and as data: the log, reports, answers, moves, calendars outside.

Each function works within the transaction of the connection that it is given. Rows that cannot be
read raise ValueError or TypeError.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, and_, func, or_, select

from planner.history import (
    Answer,
    History,
    Logged,
    Move,
    News,
    Published,
    Report,
    Told,
    with_news,
)
from planner.journal_tables import ANSWERS, LOGS, MOVES, PUBLISHED, REPORTS, TOLD
from planner.profile import Back, Recent


def read_history(connection: Connection, without: Sequence[int] = ()) -> History:
    """All facts; reports that were withdrawn, or came with the revisions ``without``, are left out."""
    counting = select(REPORTS).where(REPORTS.c.withdrawn == 0).order_by(REPORTS.c.number)
    if without:
        kept = or_(REPORTS.c.revision.is_(None), REPORTS.c.revision.not_in(without))
        counting = counting.where(kept)
    rows = History(
        logged=tuple(_logged(row) for row in connection.execute(select(LOGS))),
        reports=tuple(
            Report(on=row.day, pain=row.pain, told_on=row.told_on)
            for row in connection.execute(counting)
        ),
        answers=tuple(
            Answer(on=row.day, flags=json.loads(row.flags), cleared_on=row.cleared_on)
            for row in connection.execute(select(ANSWERS))
        ),
        told=tuple(_told(row) for row in connection.execute(select(TOLD))),
        moves=tuple(
            Move(session_id=row.session_id, to=row.to_day, start=row.start)
            for row in connection.execute(select(MOVES))
        ),
    )
    # In the order of days, whatever that of the rows; a later report replaces that of its day.
    return with_news(rows, News())


def store_news(
    connection: Connection, news: News, revision: int | None, withdrawn: Sequence[int] = ()
) -> None:
    """Store the news so that they replace what ``with_news`` says they do.

    ``revision``: the plan that came with them, if any. ``withdrawn``: the revisions whose reports
    no longer count.
    """
    if withdrawn:
        came_with = REPORTS.c.revision.in_(withdrawn)
        connection.execute(REPORTS.update().where(came_with).values(withdrawn=1))
    _store_logged(connection, news.logged)
    if news.report:
        _store_report(connection, news.report, revision)
    if news.cleared_on:
        _clear(connection, news.cleared_on)
    if news.answer:
        _store_answer(connection, news.answer)
    if news.told:
        _store_told(connection, news.told)
    store_moves(connection, news.moves)


def store_moves(connection: Connection, moves: Sequence[Move]) -> None:
    """Store moves; each replaces the earlier move of its session."""
    for move in moves:
        connection.execute(MOVES.delete().where(MOVES.c.session_id == move.session_id))
        connection.execute(
            MOVES.insert().values(session_id=move.session_id, to_day=move.to, start=move.start)
        )


def read_published(connection: Connection, place: str) -> dict[str, Published]:
    """What was last put into a place, by identity."""
    query = select(PUBLISHED).where(PUBLISHED.c.place == place)
    found = {
        row.entry_id: Published(
            entry_id=row.entry_id,
            href=row.href,
            etag=row.etag,
            event=row.event,
            is_hers=bool(row.is_hers),
        )
        for row in connection.execute(query)
    }
    return {name: found[name] for name in sorted(found)}


def store_published(connection: Connection, place: str, rows: Sequence[Published]) -> None:
    """Store all that is in a place; what was stored of it before is gone."""
    connection.execute(PUBLISHED.delete().where(PUBLISHED.c.place == place))
    if rows:
        stored = [{**row.model_dump(), "place": place, "is_hers": int(row.is_hers)} for row in rows]
        connection.execute(PUBLISHED.insert(), stored)


def read_places(connection: Connection) -> tuple[str, ...]:
    """The places that hold something, sorted."""
    return tuple(sorted(connection.scalars(select(PUBLISHED.c.place).distinct())))


def _logged(row: Row[Any]) -> Logged:
    fields = {**row._mapping, "on": row.day, "steps": json.loads(row.steps)}
    del fields["day"]
    return Logged.model_validate(fields)


def _store_logged(connection: Connection, entries: Sequence[Logged]) -> None:
    for one in entries:
        same = and_(LOGS.c.day == one.on, LOGS.c.kind == one.kind.value)
        connection.execute(LOGS.delete().where(same))
        fields = one.model_dump(mode="json", exclude={"on"})
        fields |= {
            "day": one.on,
            "steps": json.dumps(fields["steps"]),
            "skipped": int(one.skipped),
        }
        connection.execute(LOGS.insert().values(fields))


def _store_report(connection: Connection, report: Report, revision: int | None) -> None:
    """Add a report. The earlier one of its day stays: it counts again once this is withdrawn.

    One that says the same and came with no plan becomes this one.
    """
    if _told_again(connection, report, revision):
        return
    last = connection.scalar(select(func.max(REPORTS.c.number))) or 0
    connection.execute(
        REPORTS.insert().values(
            number=last + 1,
            day=report.on,
            pain=report.pain,
            told_on=report.told_on,
            revision=revision,
            withdrawn=0,
        )
    )


def _told_again(connection: Connection, report: Report, revision: int | None) -> bool:
    """Whether the report says what the last one of its day says; if so, that one is brought up.

    It still belongs to the plan that it came with, so that an undo of that plan withdraws it; where
    it came with none, to that of ``revision``. Of another plan it would be another report.
    """
    counts = and_(REPORTS.c.day == report.on, REPORTS.c.withdrawn == 0)
    last = connection.execute(
        select(REPORTS).where(counts).order_by(REPORTS.c.number.desc()).limit(1)
    ).one_or_none()
    if last is None or last.pain != report.pain or (last.revision and revision):
        return False
    same = REPORTS.c.number == last.number
    now = {"told_on": report.told_on, "revision": last.revision or revision}
    connection.execute(REPORTS.update().where(same).values(now))
    return True


def _store_answer(connection: Connection, answer: Answer) -> None:
    connection.execute(ANSWERS.delete().where(ANSWERS.c.day == answer.on))
    connection.execute(
        ANSWERS.insert().values(
            day=answer.on, flags=json.dumps(answer.flags), cleared_on=answer.cleared_on
        )
    )


def _clear(connection: Connection, on: date) -> None:
    """Mark the answers with a yes up to this day as cleared, unless they were cleared earlier."""
    open_ = and_(
        ANSWERS.c.day <= on, ANSWERS.c.cleared_on.is_(None), ANSWERS.c.flags != json.dumps(())
    )
    connection.execute(ANSWERS.update().where(open_).values(cleared_on=on))


def _told(row: Row[Any]) -> Told:
    return Told(
        on=row.day,
        recent=Recent.model_validate_json(row.recent),
        back=None if row.back is None else Back.model_validate_json(row.back),
    )


def _store_told(connection: Connection, told: Told) -> None:
    # What she left out stays left out: pain 0 by default is not pain 0 that she told.
    connection.execute(TOLD.delete().where(TOLD.c.day == told.on))
    connection.execute(
        TOLD.insert().values(
            day=told.on,
            recent=told.recent.model_dump_json(exclude_unset=True),
            back=None if told.back is None else told.back.model_dump_json(exclude_unset=True),
        )
    )
