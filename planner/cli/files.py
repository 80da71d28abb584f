"""The three files of a runner, and writing two of them together or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import InputError

if TYPE_CHECKING:
    from planner.cli.making import Made
    from planner.journal import Journal
    from planner.plan import Plan

OUR_MARK = b"PRODID:-//runback//"
BEGINNING_BYTES = 2000
"""How far into a calendar its maker is looked for."""


def journal_path(file: Path) -> Path:
    """``maya.db`` beside ``maya.toml``."""
    return _beside(file, ".db")


def calendar_path(file: Path, wanted: Path | None) -> Path:
    """Where the calendar goes: as wanted, else ``maya.ics`` beside ``maya.toml``.

    InputError where something stands there that runback did not write.
    """
    if wanted is None:
        wanted = _beside(file, ".ics")
    elif wanted.resolve() in (file.resolve(), journal_path(file).resolve()):
        raise InputError(
            f"The calendar can't be written to {wanted}: that file holds something else.",
            "Give another name after --ics.",
        )
    if _is_of_others(wanted):
        raise InputError(
            f"{wanted} is not a calendar that runback wrote, so it is left as it is.",
            "Give another name after --ics, or move that file away.",
        )
    return wanted


def _is_of_others(path: Path) -> bool:
    # Only an ordinary file is looked into: reading a pipe would wait. The writer tells the rest.
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            beginning = file.read(BEGINNING_BYTES)
    except OSError:
        return False
    return bool(beginning) and OUR_MARK not in beginning


def save(journal: Journal, made: Made, calendar: Path | None, data: bytes) -> None:
    """Store a new revision and write its calendar; where one fails, the other is as it was.

    A plan that is not new is not stored again, what else is new is, and a calendar that is not the
    plan's is written. ``calendar`` is None where the calendar goes to standard output.
    """
    from planner.writing import ready_to_write

    is_right = calendar is None or _bytes_of(calendar) == data
    files = [] if calendar is None or is_right else [(calendar, data)]
    with ready_to_write(files) as put_in_place:
        # The journal first, once the calendar needs nothing but its name: what she told is never
        # lost, and if the power goes here the next command writes the calendar.
        if made.is_new:
            journal.save(
                made.plan,
                made.touched,
                made.news,
                made.made_from,
                made.restores,
                made.changes,
            )
        else:
            journal.record(made.news)
        put_in_place()


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    # What is wrong with it is told when it is written.
    except OSError:
        return None


def _beside(file: Path, suffix: str) -> Path:
    if not file.name:
        raise InputError(f"{file} is a folder.", "Give the runner's file, like maya.toml.")
    if file.suffix == suffix:
        raise InputError(
            f"{file} can't be the runner's file: its plan would be written over it.",
            "Give the runner's file, like maya.toml.",
        )
    return file.with_suffix(suffix)


def stored_plan(file: Path) -> Plan:
    """The latest plan made from a runner's file; InputError where there is none yet."""
    from planner.journal import open_journal

    plan = open_journal(journal_path(file)).latest()
    if plan is None:
        raise no_plan_yet(file)
    return plan


def stored_revisions(file: Path) -> tuple[Plan, ...]:
    """All plans made from a runner's file, the first one first; InputError where there is none."""
    from planner.journal import open_journal

    plans = open_journal(journal_path(file)).revisions()
    if not plans:
        raise no_plan_yet(file)
    return plans


def no_plan_yet(file: Path) -> InputError:
    """There is nothing to show or to change: no plan was made of the file, or there is no file."""
    if not file.exists():
        from planner.profile_text import no_such_file

        return no_such_file(file)
    return InputError(f"There is no plan for {file} yet.", f"Make one: runback plan {file}")
