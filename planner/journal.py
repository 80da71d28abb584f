"""What happened, kept in one SQLite file beside the runner's file: the revisions of her plan.

All storage goes through ``Journal``. Types and statements are plain SQL, so that an organisation
can keep the same tables elsewhere. Each call is one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import (
    Column,
    Connection,
    Date,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    func,
    select,
)

from planner.comparing import Touch
from planner.errors import InputError, PlannerError
from planner.journal_file import (
    journal_sentences,
    make_file,
    migrate,
    schema_version,
    sqlite_engine,
)
from planner.plan import Plan

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE meta (name VARCHAR(40) PRIMARY KEY, content VARCHAR(200) NOT NULL)",
        "CREATE TABLE revisions (revision INTEGER PRIMARY KEY, plan_id VARCHAR(200) NOT NULL, "
        "made_on DATE NOT NULL, document TEXT NOT NULL)",
        "CREATE TABLE entries (id VARCHAR(200) PRIMARY KEY, seen_in INTEGER NOT NULL, "
        "changed_in INTEGER NOT NULL, changed_on DATE NOT NULL, print VARCHAR(64) NOT NULL)",
    ),
)
"""Statements that lead from each version of the schema to the next; 0 is an empty file.

Never change one that was released: files of that version exist.
"""

_METADATA = MetaData()
_REVISIONS = Table(
    "revisions",
    _METADATA,
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("plan_id", String(200), nullable=False),
    Column("made_on", Date, nullable=False),
    Column("document", Text, nullable=False),
)
# Every identity ever used; those of the latest plan were seen in its revision.
_ENTRIES = Table(
    "entries",
    _METADATA,
    Column("id", String(200), primary_key=True),
    Column("seen_in", Integer, nullable=False),
    Column("changed_in", Integer, nullable=False),
    Column("changed_on", Date, nullable=False),
    Column("print", String(64), nullable=False),
)


class Journal:
    """The stored plans of one runner. Reading never makes a file; the first save does."""

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
        query = select(_REVISIONS.c.document).order_by(_REVISIONS.c.revision.desc()).limit(1)
        with self._reading() as connection:
            found = connection.scalar(query) if connection else None
        return None if found is None else self._plan(found)

    def revisions(self) -> tuple[Plan, ...]:
        """All plans, the first revision first."""
        query = select(_REVISIONS.c.document).order_by(_REVISIONS.c.revision)
        with self._reading() as connection:
            found = connection.scalars(query).all() if connection else ()
        return tuple(self._plan(document) for document in found)

    def touched(self) -> dict[str, Touch]:
        """When each entry of the latest plan last changed."""
        last = select(func.max(_REVISIONS.c.revision)).scalar_subquery()
        query = select(_ENTRIES).where(_ENTRIES.c.seen_in == last).order_by(_ENTRIES.c.id)
        with self._reading() as connection:
            rows = connection.execute(query).all() if connection else ()
        return {
            row.id: Touch(revision=row.changed_in, on=row.changed_on, print=row.print)
            for row in rows
        }

    def used_ids(self) -> frozenset[str]:
        """Every identity that any revision used; none may ever be used for something else."""
        with self._reading() as connection:
            return frozenset(connection.scalars(select(_ENTRIES.c.id)) if connection else ())

    def save(self, plan: Plan, touched: Mapping[str, Touch]) -> None:
        """Store the next revision with the last change of each of its entries.

        An entry that ``touched`` does not name changed in this revision. What the clock measured
        is left out: stored plans are the same for the same input.
        """
        with self._writing() as connection:
            latest = connection.scalar(select(func.max(_REVISIONS.c.revision)))
            if latest is not None and plan.revision <= latest:
                raise _too_late(plan)
            _refuse_used_again(connection, plan, latest)
            connection.execute(
                _REVISIONS.insert().values(
                    revision=plan.revision,
                    plan_id=plan.plan_id,
                    made_on=plan.made_on,
                    document=_document(plan),
                )
            )
            _save_entries(connection, plan, touched)

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
            return
        if version < len(self._migrations):
            with self._writing():
                pass  # opening it for writing brings it up to date
        with journal_sentences(self._path), self._engine.connect() as connection:
            yield connection

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
        try:
            return Plan.model_validate_json(document)
        except ValidationError as fault:
            raise InputError(
                f"{self._path} holds a plan that cannot be read.",
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
    connection.execute(_ENTRIES.delete().where(_ENTRIES.c.id.in_(names)))
    connection.execute(
        _ENTRIES.insert(),
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
        select(_ENTRIES.c.id).where(_ENTRIES.c.seen_in != latest).order_by(_ENTRIES.c.id)
    )
    again = [name for name in gone if name in _ids(plan)]
    if again:
        raise ValueError(f"identities used again: {', '.join(again)}")


def _ids(plan: Plan) -> list[str]:
    sessions = [session.id for day in plan.days for session in day.sessions]
    return sessions + [day.rest_id for day in plan.days if day.rest_id]


def _document(plan: Plan) -> str:
    solver = plan.solver and plan.solver.model_copy(update={"seconds": 0.0})
    return plan.model_copy(update={"solver": solver}).model_dump_json(by_alias=True)


def _too_late(plan: Plan) -> PlannerError:
    return PlannerError(
        f"Revision {plan.revision} of this plan is already stored: another command was quicker.",
        try_="Run the command again.",
    )
