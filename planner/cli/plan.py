"""``runback plan``: from the runner's file to a plan and its calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.asking import is_on_terminal, triage_options
from planner.cli.options import (
    calendar_options,
    file_argument,
    json_option,
    limits_option,
    today_option,
)

if TYPE_CHECKING:
    from planner.cli.making import Made
    from planner.cli.setting import Setting
    from planner.plan import Plan
    from planner.rule import Breach

STDOUT = Path("-")


@click.command(
    "plan",
    short_help="Make the plan and its calendar.",
    epilog="Example: runback plan maya.toml --weeks 12",
)
@file_argument
@triage_options
@calendar_options
@click.option(
    "--anew",
    is_flag=True,
    help="Plan anew from today though nothing in FILE has changed: days may change more than after "
    "replan.",
)
@limits_option
@today_option
@json_option
def command(
    file: Path,
    no_red_flags: bool,
    red_flags: tuple[str, ...],
    cleared: date | None,
    ics: Path | None,
    weeks: int | None,
    no_rest_days: bool,
    anew: bool,
    tighter: Path | None,
    today: date | None,
    as_json: bool,
) -> None:
    """Make the plan of the runner described in FILE and write its calendar.

    The plan is kept beside FILE (in maya.db for maya.toml) and the calendar in maya.ics.
    With nothing new in FILE a second run changes neither.
    """
    if as_json and ics == STDOUT:
        raise click.UsageError("--json and --ics - both want standard output; give one of them.")
    from planner.cli.files import calendar_path, save
    from planner.cli.setting import Asked, after_questions, setting

    here = setting(file, tighter, today)
    calendar = None if ics == STDOUT else calendar_path(file, ics)
    asked = Asked(is_on_terminal() and not as_json, no_red_flags, red_flags, cleared)
    here = after_questions(here, asked, must=False)

    from planner.cli.making import make

    made = make(here, weeks, anew=anew)
    _refuse_all_away(here, made.plan)
    data = made.calendar(rest_days=not no_rest_days)
    save(here.journal, made, calendar, data)
    if calendar is None:
        click.echo(data, nl=False)
    elif as_json:
        from planner.cli.printing import plan_document, print_json

        print_json(plan_document(made.plan))
    else:
        _tell(made, file, calendar)


def _refuse_all_away(here: Setting, plan: Plan) -> None:
    """A first plan has a day at home; one that has begun may lie in days away from here on."""
    from planner.errors import NoPlanPossible
    from planner.table import long_date

    spans = here.runner.away
    if here.stored is None and all(
        any(span.first <= day.date <= span.last for span in spans) for day in plan.days
    ):
        raise NoPlanPossible(
            f"You are away on every day of the plan, {long_date(plan.start)} to "
            f"{long_date(plan.end)}, so it could hold no training.",
            f"Change [[away]] in {click.format_filename(here.file)}, or plan further: a later goal, a "
            "later [plan] start, or more weeks.",
        )


def _tell(made: Made, file: Path, calendar: Path) -> None:
    from planner.cli import telling
    from planner.cli.printing import print_lines, print_text
    from planner.table import plan_lines, summary_lines, week_numbers, weeks_ahead

    plan, name = made.plan, click.format_filename(file)
    print_text(telling.headline(plan) + ("" if made.is_new else ", nothing changed"))
    print_text()
    shown = weeks_ahead(plan, made.today)
    print_lines(plan_lines(plan, shown))
    if len(shown) < len(week_numbers(plan)):
        print_text()
        print_lines(summary_lines(plan))
        print_text()
        print_text(f"Every day: runback show {name} --all")
    print_text()
    print_text(telling.goal_sentence(plan))
    for note in plan.notes:
        print_text(note)
    if not plan.goal.reached:
        print_text(telling.why_missed(file))
    missed = list(telling.missed_sentences(_worth_telling(made), made.rules))
    if missed:
        print_text("Wishes that gave way to limits or to more important wishes:")
    for sentence in telling.cut_short(missed, f"runback check {name}"):
        print_text(sentence, first="- ", rest="  ")
    for sentence in made.advice:
        print_text(sentence)
    if plan.triage == "unanswered":
        print_text(telling.RED_FLAGS)
    print_text(telling.calendar_sentence(calendar))


def _worth_telling(made: Made) -> Iterator[Breach]:
    """Sessions that were asked for and have no place or no room; ``check`` lists every wish."""
    from planner.rule import Tier

    told = (Tier.SESSIONS, Tier.ROOM)
    return (breach for breach in made.missed if made.rules[breach.rule].tier in told)
