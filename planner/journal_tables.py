"""The tables of a journal, and the statements that make them, version by version.

Types and statements are plain SQL: a yes or no is 1 or 0, a list is JSON text.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, Float, Integer, MetaData, String, Table, Text

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE meta (name VARCHAR(40) PRIMARY KEY, content VARCHAR(200) NOT NULL)",
        "CREATE TABLE revisions (revision INTEGER PRIMARY KEY, plan_id VARCHAR(200) NOT NULL, "
        "made_on DATE NOT NULL, document TEXT NOT NULL)",
        "CREATE TABLE entries (id VARCHAR(200) PRIMARY KEY, seen_in INTEGER NOT NULL, "
        "changed_in INTEGER NOT NULL, changed_on DATE NOT NULL, print VARCHAR(64) NOT NULL)",
    ),
    (
        "ALTER TABLE revisions ADD COLUMN made_from VARCHAR(200)",
        "ALTER TABLE revisions ADD COLUMN restores INTEGER",
        "CREATE TABLE logs (day DATE NOT NULL, kind VARCHAR(20) NOT NULL, "
        "run_minutes FLOAT NOT NULL, walk_minutes FLOAT NOT NULL, "
        "pain_during FLOAT, pain_after FLOAT, pain_morning FLOAT, pain FLOAT, rpe FLOAT, "
        "skipped INTEGER NOT NULL, note TEXT NOT NULL, session_kind VARCHAR(20), "
        "steps TEXT NOT NULL, state VARCHAR(20), PRIMARY KEY (day, kind))",
        "CREATE TABLE reports (number INTEGER PRIMARY KEY, day DATE NOT NULL, "
        "pain FLOAT NOT NULL, told_on DATE NOT NULL, revision INTEGER, "
        "withdrawn INTEGER NOT NULL)",
        "CREATE TABLE answers (day DATE PRIMARY KEY, flags TEXT NOT NULL, cleared_on DATE)",
        "CREATE TABLE told (day DATE PRIMARY KEY, recent TEXT NOT NULL, back TEXT)",
        "CREATE TABLE moves (session_id VARCHAR(200) PRIMARY KEY, to_day DATE NOT NULL, "
        "start VARCHAR(5))",
        "CREATE TABLE published (place TEXT NOT NULL, entry_id VARCHAR(200) NOT NULL, "
        "href TEXT NOT NULL, etag TEXT NOT NULL, event TEXT NOT NULL, is_hers INTEGER NOT NULL, "
        "PRIMARY KEY (place, entry_id))",
    ),
    ("ALTER TABLE revisions ADD COLUMN changes TEXT",),
)
"""Statements that lead from each version of the schema to the next; 0 is an empty file.

Never change one that was released: files of that version exist.
"""

METADATA = MetaData()

REVISIONS = Table(
    "revisions",
    METADATA,
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("plan_id", String(200), nullable=False),
    Column("made_on", Date, nullable=False),
    Column("document", Text, nullable=False),
    # The fingerprint of what the plan was made from; NULL in revisions of older versions.
    Column("made_from", String(200)),
    # The revision whose content this one brings back, where it is an undo.
    Column("restores", Integer),
    # What it changed on the one before and why, as JSON; NULL in revisions of older versions.
    Column("changes", Text),
)

ENTRIES = Table(
    "entries",
    METADATA,
    Column("id", String(200), primary_key=True),
    Column("seen_in", Integer, nullable=False),
    Column("changed_in", Integer, nullable=False),
    Column("changed_on", Date, nullable=False),
    Column("print", String(64), nullable=False),
)
"""Every identity ever used; those of the latest plan were seen in its revision."""

LOGS = Table(
    "logs",
    METADATA,
    Column("day", Date, primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("run_minutes", Float, nullable=False),
    Column("walk_minutes", Float, nullable=False),
    Column("pain_during", Float),
    Column("pain_after", Float),
    Column("pain_morning", Float),
    Column("pain", Float),
    Column("rpe", Float),
    Column("skipped", Integer, nullable=False),
    Column("note", Text, nullable=False),
    Column("session_kind", String(20)),
    Column("steps", Text, nullable=False),
    Column("state", String(20)),
)

REPORTS = Table(
    "reports",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("day", Date, nullable=False),
    Column("pain", Float, nullable=False),
    Column("told_on", Date, nullable=False),
    # The revision that it came with; NULL where it brought no new plan.
    Column("revision", Integer),
    Column("withdrawn", Integer, nullable=False),
)
"""Every report ever given. Of those of one day that are not withdrawn, the last one counts."""

ANSWERS = Table(
    "answers",
    METADATA,
    Column("day", Date, primary_key=True),
    Column("flags", Text, nullable=False),
    Column("cleared_on", Date),
)

TOLD = Table(
    "told",
    METADATA,
    Column("day", Date, primary_key=True),
    Column("recent", Text, nullable=False),
    Column("back", Text),
)

MOVES = Table(
    "moves",
    METADATA,
    Column("session_id", String(200), primary_key=True),
    Column("to_day", Date, nullable=False),
    Column("start", String(5)),
)

PUBLISHED = Table(
    "published",
    METADATA,
    Column("place", Text, primary_key=True),
    Column("entry_id", String(200), primary_key=True),
    Column("href", Text, nullable=False),
    Column("etag", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("is_hers", Integer, nullable=False),
)
