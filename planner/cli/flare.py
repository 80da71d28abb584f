"""``runback flare``: the back has flared up."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.asking import is_on_terminal, triage_options
from planner.cli.numbers import Points
from planner.cli.options import (
    again_options,
    calendar_options,
    day_option,
    file_argument,
    json_option,
    limits_option,
    today_option,
)

if TYPE_CHECKING:
    from planner.cli.setting import Setting

EARLIEST_DAYS = 28
"""A flare longer ago is history that no plan follows from any more."""


@click.command(
    "flare",
    short_help="Your back has flared up: plan again.",
    epilog="Example: runback flare maya.toml --pain 6",
)
@file_argument
@click.option(
    "--pain", type=Points(), required=True, metavar="N", help="The pain now, from 0 to 10."
)
@day_option("--on", "on", "The day it flared up (default: today).")
@triage_options
@again_options
@calendar_options
@limits_option
@today_option
@json_option
def command(
    file: Path,
    pain: float,
    on: date | None,
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
    """Tell of a flare and plan again: no running until it has settled, walking stays.

    First come the red flag questions, one by one; in a script give --no-red-flags or --red-flag.
    The days gone by stay as they are, and as little as possible changes. A no to the new plan keeps
    the old one and what you told; Ctrl-C forgets both.
    """
    from planner.cli.again import STDOUT, finish
    from planner.cli.setting import Asked, after_questions, setting, with_report
    from planner.history import Report

    if as_json and ics == STDOUT:
        raise click.UsageError("--json and --ics - both want standard output; give one of them.")
    here = setting(file, tighter, today)
    day = on or here.today
    _check(here, day)
    asked = Asked(is_on_terminal() and not as_json, no_red_flags, red_flags, cleared)
    here = after_questions(here, asked, must=True)
    here = with_report(here, Report(on=day, pain=pain, told_on=here.today))

    from planner.cli.making import make_again

    made = make_again(here, weeks)
    finish(here, made, ics=ics, rest_days=not no_rest_days, yes=yes, as_json=as_json)


def _check(here: Setting, day: date) -> None:
    from planner.cli.files import no_plan_yet
    from planner.errors import InputError

    if here.stored is None:
        raise no_plan_yet(here.file)
    if day > here.today:
        raise InputError(f"--on {day} lies ahead: today is {here.today}.", "Give a day gone by.")
    if day < here.today - timedelta(days=EARLIEST_DAYS):
        raise InputError(
            f"--on {day} is more than {EARLIEST_DAYS} days ago.",
            "Log the pain of these days instead: runback log.",
        )
