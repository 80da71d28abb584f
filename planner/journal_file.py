"""The SQLite file of a journal: opening it safely, its schema, and its faults as sentences."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    inspect,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, StaticPool

from planner.errors import InputError, PlannerError

BUSY_SECONDS = 10.0
"""How long a command waits for another one that is writing."""

SCHEMA = "runback_schema"
"""The name under which ``meta`` keeps the version of the schema."""

_META = Table(
    "meta",
    MetaData(),
    Column("name", String(40), primary_key=True),
    Column("content", String(200), nullable=False),
)


def sqlite_engine(path: Path) -> Engine:
    """The way to the file; opening it never makes one."""
    # "rw" never makes a file, and reads one that is protected against writing.
    address = f"{path.absolute().as_uri()}?mode=rw"

    def connect() -> sqlite3.Connection:
        # isolation_level None: transactions begin where SQLAlchemy says, schema changes included.
        connection = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
        connection.execute("PRAGMA synchronous=FULL")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes its place in the queue at once: two that only read first would both fail.
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def make_file(path: Path) -> None:
    """An empty file for its owner only, unless there is one."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def schema_version(connection: Connection, path: Path, newest: int) -> int:
    """The version of the stored schema; 0 for an empty file."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return 0
    found = None
    if _META.name in tables:
        query = select(_META.c.content).where(_META.c.name == SCHEMA)
        found = connection.scalar(query)
    if found is None or not found.isdecimal():
        raise InputError(
            f"{path} is a database of another program.", try_="Move it away or rename it."
        )
    if int(found) > newest:
        raise PlannerError(
            f"{path} was written by a newer runback: its form is {found}, this one knows {newest}.",
            try_="Update runback: pip install --upgrade runback",
        )
    return int(found)


def migrate(connection: Connection, path: Path, migrations: Sequence[Sequence[str]]) -> None:
    """Bring the schema up to date, within the transaction that is open."""
    version = schema_version(connection, path, len(migrations))
    if version == len(migrations):
        return
    for statement in chain.from_iterable(migrations[version:]):
        connection.execute(text(statement))
    connection.execute(_META.delete().where(_META.c.name == SCHEMA))
    connection.execute(_META.insert().values(name=SCHEMA, content=str(len(migrations))))


@contextmanager
def migrated_copy(
    connection: Connection, path: Path, migrations: Sequence[Sequence[str]]
) -> Iterator[Connection]:
    """An older file in memory, brought up to date: reading never changes the file itself."""
    memory = create_engine("sqlite://", poolclass=StaticPool)
    try:
        with memory.connect() as copy:
            source, target = (one.connection.driver_connection for one in (connection, copy))
            assert isinstance(source, sqlite3.Connection)
            assert isinstance(target, sqlite3.Connection)
            source.backup(target)
            migrate(copy, path, migrations)
            yield copy
    finally:
        memory.dispose()


@contextmanager
def journal_sentences(path: Path) -> Iterator[None]:
    """Faults of the file as sentences for the runner."""
    try:
        yield
    except OSError as fault:
        raise InputError(
            f"{path} cannot be written: {fault.strerror}.", try_="Check the folder and its rights."
        ) from fault
    except UnicodeEncodeError as fault:
        raise InputError(
            f"{path} cannot keep this text: {fault.object!r}.",
            try_="Write it again in letters that your terminal and runback both know (UTF-8).",
        ) from fault
    except DBAPIError as fault:
        raise _database_error(path, fault.orig) from fault
    except sqlite3.Error as fault:
        raise _database_error(path, fault) from fault


def _database_error(path: Path, fault: BaseException | None) -> PlannerError:
    match getattr(fault, "sqlite_errorname", "").split("_")[:2]:
        case ["SQLITE", "BUSY" | "LOCKED"]:
            return PlannerError(
                f"{path} is in use: another command is still writing to it.",
                try_="Wait for it to end, then run the command again.",
            )
        case ["SQLITE", "NOTADB" | "CORRUPT"]:
            return InputError(
                f"{path} is not a journal, or it is damaged ({fault}).",
                try_="Restore it from a copy, or move it away to begin anew.",
            )
        case ["SQLITE", "READONLY" | "CANTOPEN" | "PERM"]:
            return InputError(
                f"{path} cannot be opened for this ({fault}).",
                try_="Check the rights of the file and of its folder.",
            )
        case ["SQLITE", "FULL" | "IOERR"]:
            return InputError(f"{path}: {fault}.", try_="Make room on the disk.")
    return InputError(
        f"{path} cannot be used as a journal ({fault}).",
        try_="Restore it from a copy, or move it away to begin anew.",
    )
