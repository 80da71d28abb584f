"""An undo that was cut off after its plan was stored: its calendar is written, and that is all."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from planner.cli.setting import Setting
    from planner.plan import Plan

REVISION = re.compile(rb"^X-RUNBACK-REVISION:(\d+)\r$", re.MULTILINE)


def finish_cut_off(here: Setting, ics: Path | None, *, rest_days: bool, as_json: bool) -> bool:
    """Write the calendar of the latest undo, where it is still that of the plan that was undone.

    Else False: nothing is done. Where the power went in between, she types ``undo`` again, and means
    the same one.
    """
    from planner.cli.files import calendar_path
    from planner.writing import write_whole

    calendar = calendar_path(here.file, ics)
    if here.stored is None or not _is_cut_off(here, here.stored, calendar):
        return False
    write_whole(calendar, _calendar(here, here.stored, rest_days=rest_days))
    said = (
        "The undo before this one was cut off before it had written the calendar: that is done now, "
        f"and nothing else. To go back one more plan: runback undo {click.format_filename(here.file)}"
    )
    _tell(here, here.stored, said, as_json=as_json)
    return True


def _is_cut_off(here: Setting, stored: Plan, calendar: Path) -> bool:
    # Only an ordinary file is looked into: reading a pipe would wait.
    if not here.journal.is_undone() or not calendar.is_file():
        return False
    try:
        found = REVISION.search(calendar.read_bytes())
    # What is wrong with it is told when it is written.
    except OSError:
        return False
    return found is not None and int(found[1]) == stored.revision - 1


def _calendar(here: Setting, stored: Plan, *, rest_days: bool) -> bytes:
    from planner.cli.rulebook import pain_rules_for, rest_walk_minutes
    from planner.ics import calendar_bytes

    return calendar_bytes(
        stored,
        pain_rules=pain_rules_for(here.runner, here.limits),
        rest_walk_minutes=rest_walk_minutes(here.limits),
        rest_days=rest_days,
        touched=here.journal.touched(),
    )


def _tell(here: Setting, stored: Plan, said: str, *, as_json: bool) -> None:
    from planner.cli import telling
    from planner.cli.printing import plan_document, print_json, print_text

    changes = here.journal.changes(stored.revision) or ()
    if as_json:
        told = [change.model_dump(mode="json") for change in changes]
        print_json({"changes": told, "advice": [said], **plan_document(stored)})
        return
    print_text(telling.headline(stored))
    print_text()
    for line in telling.change_lines(changes):
        print_text(line, first="- ", rest="  ")
    print_text()
    print_text(said)
