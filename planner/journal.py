"""What happened, kept in one SQLite file beside the runner's file: her log and her plans.

All storage goes through ``Journal``. Types and statements are plain SQL, so that an organisation
can keep the same tables elsewhere. Each call is one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from pydantic import TypeAdapter
from sqlalchemy import Connection, func, select

from planner.comparing import Change, Touch
from planner.errors import InputError, PlannerError
from planner.history import History, Move, News, Published
from planner.journal_facts import (
    read_history,
    read_places,
    read_published,
    store_moves,
    store_news,
    store_published,
)
from planner.journal_file import (
    journal_sentences,
    make_file,
    migrate,
    migrated_copy,
    schema_version,
    sqlite_engine,
)
from planner.journal_tables import ENTRIES, MIGRATIONS, REVISIONS
from planner.plan import Plan

NO_NEWS = News()
CHANGES = TypeAdapter(tuple[Change, ...])


class Journal:
    """What is stored of one runner. Reading never makes a file; the first fact or plan does."""

    def __init__(self, path: Path, migrations: Sequence[Sequence[str]] = MIGRATIONS) -> None:
        self._path = path
        self._migrations = migrations
        self._engine = sqlite_engine(path)

    @property
    def exists(self) -> bool:
        """Whether there is a file yet."""
        return self._path.exists()

    def latest(self) -> Plan | None:
        """The plan of the last revision, or None before the first."""
        query = select(REVISIONS.c.document).order_by(REVISIONS.c.revision.desc()).limit(1)
        with self._reading() as connection:
            found = connection.scalar(query) if connection else None
        return None if found is None else self._plan(found)

    def revisions(self) -> tuple[Plan, ...]:
        """All plans, the first revision first."""
        query = select(REVISIONS.c.document).order_by(REVISIONS.c.revision)
        with self._reading() as connection:
            found = connection.scalars(query).all() if connection else ()
        return tuple(self._plan(document) for document in found)

    def touched(self) -> dict[str, Touch]:
        """When each entry of the latest plan last changed."""
        last = select(func.max(REVISIONS.c.revision)).scalar_subquery()
        query = select(ENTRIES).where(ENTRIES.c.seen_in == last).order_by(ENTRIES.c.id)
        with self._reading() as connection, self._readable("an entry"):
            rows = connection.execute(query).all() if connection else ()
        return {
            row.id: Touch(revision=row.changed_in, on=row.changed_on, print=row.print)
            for row in rows
        }

    def used_ids(self) -> frozenset[str]:
        """Every identity that any revision used; none may ever be used for something else."""
        with self._reading() as connection:
            return frozenset(connection.scalars(select(ENTRIES.c.id)) if connection else ())

    def made_from(self) -> str | None:
        """The fingerprint of what the latest plan was made from; None where none was stored."""
        query = select(REVISIONS.c.made_from).order_by(REVISIONS.c.revision.desc()).limit(1)
        with self._reading() as connection:
            return connection.scalar(query) if connection else None

    def is_undone(self) -> bool:
        """Whether the latest revision is an undo of the one before it."""
        query = select(REVISIONS.c.restores).order_by(REVISIONS.c.revision.desc()).limit(1)
        with self._reading() as connection:
            return connection is not None and connection.scalar(query) is not None

    def undo_target(self) -> Plan | None:
        """The plan that an undo goes back to, or None where there is none.

        The one before the latest; undos are looked through: undoing twice goes back two plans.
        """
        with self._reading() as connection:
            if connection is None:
                return None
            latest = connection.scalar(select(func.max(REVISIONS.c.revision)))
            undone = _restored(connection, latest)[-1] if latest is not None else 0
            found = connection.scalar(
                select(REVISIONS.c.document)
                .where(REVISIONS.c.revision < undone)
                .order_by(REVISIONS.c.revision.desc())
                .limit(1)
            )
        return None if found is None else self._plan(found)

    def changes(self, revision: int) -> tuple[Change, ...] | None:
        """What a revision changed on the one before, and why; None where that was not stored."""
        query = select(REVISIONS.c.changes).where(REVISIONS.c.revision == revision)
        with self._reading() as connection, self._readable("changes"):
            found = connection.scalar(query) if connection else None
            return None if found is None else CHANGES.validate_json(found)

    def history(self, without_revision: int | None = None) -> History:
        """All facts; reports that were withdrawn are left out.

        ``without_revision``: as it will be once this revision is undone.
        """
        with self._reading() as connection, self._readable("an entry"):
            if connection is None:
                return History()
            undone = () if without_revision is None else _restored(connection, without_revision)
            return read_history(connection, undone)

    def published(self, place: str) -> dict[str, Published]:
        """What was last put into a calendar outside, by identity."""
        with self._reading() as connection, self._readable("an entry"):
            return read_published(connection, place) if connection else {}

    def places(self) -> tuple[str, ...]:
        """The calendars outside that hold something, sorted."""
        with self._reading() as connection:
            return read_places(connection) if connection else ()

    def record(self, news: News) -> None:
        """Store facts that brought no new plan; see ``with_news`` for what they replace."""
        if news == NO_NEWS:
            return
        with self._writing() as connection:
            store_news(connection, news, None, _withdrawn(connection, news))

    def save(
        self,
        plan: Plan,
        touched: Mapping[str, Touch],
        news: News = NO_NEWS,
        made_from: str = "",
        restores: int | None = None,
        changes: Sequence[Change] | None = None,
    ) -> None:
        """Store the next revision, the last change of each of its entries, and the news with it.

        An entry that ``touched`` does not name changed in this revision. ``made_from`` is a
        fingerprint of what the plan was made from; ``restores`` is the revision that an undo
        brings back; ``changes`` are those on the revision before, with their reasons. What the
        clock measured is left out: stored plans are the same for the same input.
        """
        with self._writing() as connection:
            latest = connection.scalar(select(func.max(REVISIONS.c.revision)))
            if latest is not None and plan.revision <= latest:
                raise _too_late(plan)
            _refuse_used_again(connection, plan, latest)
            connection.execute(
                REVISIONS.insert().values(
                    revision=plan.revision,
                    plan_id=plan.plan_id,
                    made_on=plan.made_on,
                    document=_document(plan),
                    made_from=made_from or None,
                    restores=restores,
                    changes=None if changes is None else CHANGES.dump_json(tuple(changes)).decode(),
                )
            )
            _save_entries(connection, plan, touched)
            store_news(connection, news, plan.revision, _withdrawn(connection, news))

    def save_published(
        self, place: str, rows: Sequence[Published], moves: Sequence[Move] = ()
    ) -> None:
        """Store all that a calendar outside now holds, and what she moved there.

        What was stored of this place before is gone; with no rows the place is forgotten.
        """
        with self._writing() as connection:
            store_published(connection, place, rows)
            store_moves(connection, moves)

    @contextmanager
    def _reading(self) -> Iterator[Connection | None]:
        """A connection to an up-to-date schema; None where nothing is stored yet."""
        if not self.exists:
            yield None
            return
        with journal_sentences(self._path), self._engine.connect() as connection:
            version = schema_version(connection, self._path, len(self._migrations))
            if version == 0:
                yield None
            elif version == len(self._migrations):
                yield connection
            else:
                with migrated_copy(connection, self._path, self._migrations) as copy:
                    yield copy

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """The same for writing, in one transaction with any migration it needs."""
        with journal_sentences(self._path):
            make_file(self._path)
            with self._engine.connect() as plain:
                connection = plain.execution_options(writes=True)
                with connection.begin():
                    migrate(connection, self._path, self._migrations)
                    yield connection

    def _plan(self, document: str) -> Plan:
        with self._readable("a plan"):
            return Plan.model_validate_json(document)

    @contextmanager
    def _readable(self, what: str) -> Iterator[None]:
        """Rows that do not hold what they should, as a sentence for the runner."""
        try:
            yield
        except (ValueError, TypeError) as fault:
            raise InputError(
                f"{self._path} holds {what} that cannot be read.",
                try_="Restore the file from a copy, or move it away to begin anew.",
            ) from fault


def open_journal(path: Path) -> Journal:
    """The journal in this file, which need not exist yet."""
    if path.is_dir():
        raise InputError(f"{path} is a folder, not a journal.", try_="Give the name of a file.")
    return Journal(path)


def _save_entries(connection: Connection, plan: Plan, touched: Mapping[str, Touch]) -> None:
    last = Touch(revision=plan.revision, on=plan.made_on)
    names = _ids(plan)
    if not names:
        return
    connection.execute(ENTRIES.delete().where(ENTRIES.c.id.in_(names)))
    connection.execute(
        ENTRIES.insert(),
        [
            {
                "id": name,
                "seen_in": plan.revision,
                "changed_in": touch.revision,
                "changed_on": touch.on,
                "print": touch.print,
            }
            for name, touch in ((name, touched.get(name, last)) for name in names)
        ],
    )


def _refuse_used_again(connection: Connection, plan: Plan, latest: int | None) -> None:
    """An identity that is gone stays gone: calendar programs remember what was deleted."""
    gone = connection.scalars(
        select(ENTRIES.c.id).where(ENTRIES.c.seen_in != latest).order_by(ENTRIES.c.id)
    )
    again = [name for name in gone if name in _ids(plan)]
    if again:
        raise ValueError(f"identities used again: {', '.join(again)}")


def _withdrawn(connection: Connection, news: News) -> list[int]:
    """The revisions whose reports no longer count."""
    revision = news.withdrawn_revision
    return [] if revision is None else _restored(connection, revision)


def _restored(connection: Connection, revision: int) -> list[int]:
    """A revision, the one that it brings back where it is an undo, and so on."""
    rows = connection.execute(select(REVISIONS.c.revision, REVISIONS.c.restores))
    restores = {row.revision: row.restores for row in rows}
    found = [revision]
    while (earlier := restores.get(found[-1])) is not None and earlier < found[-1]:
        found.append(earlier)
    return found


def _ids(plan: Plan) -> list[str]:
    sessions = [session.id for day in plan.days for session in day.sessions]
    return sessions + [day.rest_id for day in plan.days if day.rest_id]


def _document(plan: Plan) -> str:
    solver = plan.solver and plan.solver.model_copy(update={"seconds": 0.0})
    return plan.model_copy(update={"solver": solver}).model_dump_json(by_alias=True)


def _too_late(plan: Plan) -> PlannerError:
    return PlannerError(
        f"Revision {plan.revision} of this plan is already stored: another command was quicker.",
        try_="Nothing of this command was stored, nor what you told with it: run the command again.",
    )
