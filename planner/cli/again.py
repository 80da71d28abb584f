"""What ``flare``, ``replan`` and ``undo`` share: show what changes, ask, store, tell."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.asking import is_on_terminal

if TYPE_CHECKING:
    from planner.cli.making import Made
    from planner.cli.setting import Setting
    from planner.history import News

STDOUT = Path("-")


def finish(
    here: Setting,
    made: Made,
    *,
    ics: Path | None,
    rest_days: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Store the plan and its calendar, after asking on a terminal, and tell what changed.

    With a no the plan stays, and of the news what she told of herself is stored: her body is as it is,
    whatever she thinks of the plan.
    """
    from planner.cli.files import calendar_path, save
    from planner.cli.printing import print_text

    calendar = None if ics == STDOUT else calendar_path(here.file, ics)
    data = made.calendar(rest_days=rest_days)
    quiet = as_json or calendar is None
    asks = bool(made.changes) and is_on_terminal() and not yes and not quiet
    if asks:
        tell_changes(made, here.file, asking=True)
        _forget_what_was_typed_ahead()
        if not click.confirm("Change the plan like this?", default=True):
            facts = _facts(here.news)
            here.journal.record(facts)
            print_text(_kept(facts, here.file))
            return
    # Whoever reads only the first lines of what is told has the plan all the same.
    save(here.journal, made, calendar, data)
    if calendar is None:
        click.echo(data, nl=False)
    elif as_json:
        _print_document(made)
    else:
        if not asks:
            tell_changes(made, here.file, asking=False)
        _tell_where(made, here.file, calendar)


def tell_changes(made: Made, file: Path, *, asking: bool) -> None:
    """The headline, what changes and why."""
    from planner.cli import telling
    from planner.cli.printing import print_text

    print_text(telling.headline(made.plan) + ("" if made.changes else ", no session changed"))
    if made.changes:
        print_text()
        print_text("What would change:" if asking else "What changed:")
        for line in telling.change_lines(made.changes):
            print_text(line, first="- ", rest="  ")
    print_text()
    goal = made.plan.goal
    why = () if goal.reached else (telling.why_missed(file),)
    for sentence in (telling.goal_sentence(made.plan), *made.plan.notes, *why, *made.advice):
        print_text(sentence)


def _tell_where(made: Made, file: Path, calendar: Path) -> None:
    from planner.cli import telling
    from planner.cli.printing import print_text

    if made.is_new:
        print_text(f"Every day: runback show {click.format_filename(file)} --all")
        print_text(telling.calendar_sentence(calendar))


def _print_document(made: Made) -> None:
    from planner.cli.printing import plan_document, print_json

    changes = [change.model_dump(mode="json") for change in made.changes]
    print_json({"changes": changes, "advice": list(made.advice), **plan_document(made.plan)})


def _forget_what_was_typed_ahead() -> None:
    """Keys pressed while the plan was made are no answer to a question nobody had read yet."""
    try:
        import termios
    except ImportError:  # Windows has no such terminals.
        return
    termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)


def _facts(news: News) -> News:
    """What is so whatever becomes of the plan: a flare, answers, what her file says anew."""
    from planner.history import News

    return News(report=news.report, answer=news.answer, cleared_on=news.cleared_on, told=news.told)


def _kept(facts: News, file: Path) -> str:
    """What a no leaves behind."""
    again = f"To let it follow: runback replan {click.format_filename(file)}"
    if facts.report:
        return (
            "Your report is kept; the plan is as it was, and no longer fits your back. Please don't "
            f"run until it has settled. {again}"
        )
    if facts.answer or facts.cleared_on:
        return f"Your answers are kept; the plan is as it was. {again}"
    return "Nothing was changed."
