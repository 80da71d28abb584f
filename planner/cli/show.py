"""``runback show``: the stored plan in the terminal."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli.options import WholeNumber, file_argument, json_option, limits_option, today_option

if TYPE_CHECKING:
    from planner.plan import Plan
    from planner.triage import Standing


LATEST = "latest"


class Revision(WholeNumber):
    """The number of a revision; 0 for the latest."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return 0 if value in (LATEST, 0) else super().convert(value, param, ctx)


@click.command(
    "show",
    short_help="Show the plan in the terminal.",
    epilog="Example: runback show maya.toml --week 3",
)
@file_argument
@click.option("--week", type=WholeNumber(1), metavar="N", help="Show the plan's Nth week.")
@click.option("--all", "every_week", is_flag=True, help="Show every week.")
@click.option(
    "--changes",
    "changed_in",
    is_flag=False,
    flag_value=LATEST,
    type=Revision(1),
    metavar="[N]",
    help="List what the latest revision changed and why, or what revision N did.",
)
@limits_option
@today_option
@json_option
def command(
    file: Path,
    week: int | None,
    every_week: bool,
    changed_in: int | None,
    tighter: Path | None,
    today: date | None,
    as_json: bool,
) -> None:
    """Show the latest plan made from FILE: this week and the next, and a line for each week.

    Where the plan no longer fits your log or FILE, or a red flag of yours has to be looked at, that
    comes first.
    """
    if week is not None and every_week:
        raise click.UsageError("--week and --all can't be combined; give one of them.")
    if changed_in is not None and (week is not None or every_week):
        raise click.UsageError("--changes lists changes, not weeks; leave --week and --all out.")
    from planner.cli import telling
    from planner.cli.due import fit
    from planner.cli.files import stored_plan
    from planner.cli.printing import (
        plan_document,
        print_advice,
        print_json,
        print_lines,
        print_text,
    )
    from planner.table import plan_lines, summary_lines

    plan = stored_plan(file)
    where, care = _red_flags(file, plan, today)
    plan = plan.model_copy(update={"triage": where.word, "triage_on": where.answered_on})
    if changed_in is not None:
        from planner.cli.changes import tell_changes_of

        tell_changes_of(file, changed_in or plan.revision, as_json=as_json)
        return
    fits, against = fit(file, tighter, today)
    first = tuple(dict.fromkeys((*against, *care)))
    if as_json:
        print_json({"fits": fits, "advice": list(first), **plan_document(plan)})
        return
    numbers = _numbers(plan, week, every_week, today)
    print_text(telling.headline(plan))
    print_text()
    print_advice(first)
    print_lines(plan_lines(plan, numbers))
    if week is None and not every_week:
        print_text()
        print_lines(summary_lines(plan))
    print_text()
    print_text(telling.goal_sentence(plan))
    for sentence in plan.notes:
        print_text(sentence)


def _red_flags(file: Path, plan: Plan, today: date | None) -> tuple[Standing, tuple[str, ...]]:
    """Where she stands, and the care to seek; at an emergency sign there is no plan to show."""
    from planner.cli.asking import advice, refuse_emergency
    from planner.cli.clock import today_in
    from planner.cli.files import journal_path
    from planner.journal import open_journal
    from planner.triage import Verdict, standing
    from rules.loading import load_triage

    questions = load_triage()
    where = standing(open_journal(journal_path(file)).history(), questions)
    if where.verdict is Verdict.EMERGENCY:
        refuse_emergency(where, plan.time_zone, questions)
    day = today or today_in(plan.time_zone)
    return where, advice(where, plan.time_zone, questions, day)


def _numbers(plan: Plan, week: int | None, every_week: bool, today: date | None) -> range:
    from planner.cli.clock import today_in
    from planner.errors import InputError
    from planner.table import week_numbers, weeks_ahead

    numbers = week_numbers(plan)
    if every_week:
        return numbers
    if week is None:
        return weeks_ahead(plan, today or today_in(plan.time_zone))
    if week > len(numbers):
        raise InputError(f"The plan has {len(numbers)} weeks, so there is no week {week}.")
    return numbers[week - 1 : week]
