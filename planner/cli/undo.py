"""``runback undo``: back to the plan before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from planner.cli.options import (
    again_options,
    file_argument,
    ics_options,
    json_option,
    limits_option,
    today_option,
)


@click.command(
    "undo",
    short_help="Go back to the plan before.",
    epilog="Example: runback undo maya.toml",
)
@file_argument
@again_options
@ics_options
@limits_option
@today_option
@json_option
def command(
    file: Path,
    yes: bool,
    ics: Path | None,
    no_rest_days: bool,
    tighter: Path | None,
    today: date | None,
    as_json: bool,
) -> None:
    """Go back one revision: from today on the plan is as it was before the latest change.

    A flare told with that change is taken back, too. What was logged, and what you moved in your
    calendar yourself, stays. Where the plan before
    would break a limit by now, it stays away.
    """
    from planner.cli.again import STDOUT, finish
    from planner.cli.asking import is_on_terminal
    from planner.cli.files import no_plan_yet
    from planner.cli.making import make_undone
    from planner.cli.setting import setting, without_reports_of
    from planner.cli.unfinished import finish_cut_off
    from planner.errors import InputError
    from planner.own_moves import moves_left_open
    from planner.replanning import first_open_day

    if as_json and ics == STDOUT:
        raise click.UsageError("--json and --ics - both want standard output; give one of them.")
    here = setting(file, tighter, today)
    if here.stored is None:
        raise no_plan_yet(file)
    here.refuse_withdrawn()
    if ics != STDOUT and finish_cut_off(here, ics, rest_days=not no_rest_days, as_json=as_json):
        return
    target = here.journal.undo_target()
    if target is None:
        raise InputError(
            f"There is no plan of {click.format_filename(file)} left to go back to.",
            "Plan again: runback plan",
        )
    told = here.history.reports
    here = without_reports_of(here, here.stored.revision)
    takes_back = len(here.history.reports) < len(told) and not as_json and ics != STDOUT
    made = make_undone(here, target, target.revision)
    open_from = first_open_day(here.history, here.today, here.limits)
    hers = moves_left_open(made.plan, here.history, open_from)
    made = replace(made, advice=(*made.advice, *hers))
    if takes_back and is_on_terminal() and not yes:
        click.echo("This would take back the flare that you told with the latest plan, too.")
    finish(here, made, ics=ics, rest_days=not no_rest_days, yes=yes, as_json=as_json)
    # With a no to its question nothing was stored.
    now = here.journal.latest()
    if takes_back and now is not None and now.revision == made.plan.revision:
        click.echo("The flare that you told with the plan before this one is taken back, too.")
