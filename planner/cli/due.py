"""Whether the stored plan still fits what the log holds, for commands that only show it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from planner.errors import InputError


def overdue(file: Path, tighter: Path | None, today: date | None) -> str:
    """A sentence where the log asks for another plan by now; none where the plan fits, or is over.

    A runner's file that can't be read is no reason to hold the plan back.
    """
    from planner.cli.closed_day import cut
    from planner.cli.setting import setting
    from planner.replanning import is_forced

    try:
        here = setting(file, tighter, today)
        history = here.history
        told = history.logged or history.reports or here.standing.flags
        if not told or here.stored is None or here.today < here.stored.made_on:
            return ""
        planner = here.planner()
        is_due = cut(planner, here.today) is not None or is_forced(
            planner.request_again(here.today), here.stored, planner.rules
        )
    except InputError:
        return ""
    if not is_due:
        return ""
    return (
        "This plan no longer fits what the log and your file tell of your back and your runs. Let it "
        f"follow: runback replan {click.format_filename(file)}"
    )
