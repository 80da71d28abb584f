"""``runback replan``: plan again from the journal as it stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from planner.cli.asking import is_on_terminal, triage_options
from planner.cli.options import (
    again_options,
    calendar_options,
    file_argument,
    json_option,
    limits_option,
    today_option,
)


@click.command(
    "replan",
    short_help="Plan again from the log, with the fewest changes.",
    epilog="Example: runback replan maya.toml",
)
@file_argument
@triage_options
@again_options
@calendar_options
@limits_option
@today_option
@json_option
def command(
    file: Path,
    no_red_flags: bool,
    red_flags: tuple[str, ...],
    cleared: date | None,
    yes: bool,
    ics: Path | None,
    weeks: int | None,
    no_rest_days: bool,
    tighter: Path | None,
    today: date | None,
    as_json: bool,
) -> None:
    """Plan again from what the log says by now, changing as little as the limits allow.

    Days gone by stay as they are; what was missed is not made up for. With nothing new nothing
    changes.
    """
    from planner.cli.again import STDOUT, finish
    from planner.cli.files import no_plan_yet
    from planner.cli.moved import with_moves
    from planner.cli.setting import Asked, after_questions, setting

    if as_json and ics == STDOUT:
        raise click.UsageError("--json and --ics - both want standard output; give one of them.")
    here = setting(file, tighter, today)
    if here.stored is None:
        raise no_plan_yet(file)
    asked = Asked(is_on_terminal() and not as_json, no_red_flags, red_flags, cleared)
    here = after_questions(here, asked, must=False)
    here = with_moves(here)

    from planner.cli.making import make_again

    made = make_again(here, weeks)
    finish(here, made, ics=ics, rest_days=not no_rest_days, yes=yes, as_json=as_json)
