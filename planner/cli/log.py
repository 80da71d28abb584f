"""``runback log``: what was done, and how it hurt."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli.asking import is_on_terminal, triage_options
from planner.cli.numbers import Minutes, Points
from planner.cli.options import FILE, json_option, limits_option, today_option

if TYPE_CHECKING:
    from planner.cli.keeping_log import Log
    from planner.entering import Entered, Typed

NOTE_LENGTH = 500
DAYS_BACK = 365
"""An older day than that is more likely misspelt than meant."""

EXAMPLE = "Example: runback log maya.toml --ran 20 --pain-during 1"
WHAT = "what was done, or how it hurt"
OF_SESSION = ("pain_during", "pain_after", "rpe")
"""What can be told of a session only."""


@click.command("log", short_help="Tell what you did and how it hurt.", epilog=EXAMPLE)
@click.argument("file", type=FILE, required=False)
@click.argument("day", metavar="[DATE]", required=False)
@click.option("--done", is_flag=True, help="Everything planned that day was done as planned.")
@click.option(
    "--from",
    "first",
    metavar="DATE",
    help="With --done: so was each day from this one on of which no session is told yet.",
)
@click.option("--skipped", is_flag=True, help="Nothing planned that day was done.")
@click.option(
    "--ran", type=Minutes(), metavar="MIN", help="Minutes of running, walking breaks not counted."
)
@click.option(
    "--walked", type=Minutes(), metavar="MIN", help="Minutes of a walk, or of a run's breaks."
)
@click.option("--strength", is_flag=True, help="A strength session was done.")
@click.option("--pain", type=Points(), metavar="N", help="Worst pain of the whole day, 0 to 10.")
@click.option("--pain-during", type=Points(), metavar="N", help="Worst pain during the session.")
@click.option(
    "--pain-after", type=Points(), metavar="N", help="Worst pain within the hour after it."
)
@click.option(
    "--pain-morning", type=Points(), metavar="N", help="Pain on the morning after that day."
)
@click.option("--rpe", type=Points(), metavar="N", help="How hard it felt, 0 to 10.")
@click.option("--note", metavar="TEXT", default="", help="A line of your own.")
@triage_options
@limits_option
@today_option
@json_option
def command(
    file: Path | None,
    day: str | None,
    first: str | None,
    no_red_flags: bool,
    red_flags: tuple[str, ...],
    cleared: date | None,
    tighter: Path | None,
    today: date | None,
    as_json: bool,
    **given: Any,
) -> None:
    """Tell what was done on DATE (a day, or yesterday; default: today) and how it hurt.

    Pain is that of the back or the legs, the worse of the two, from 0 to 10 in halves. The same day
    and kind told again replaces what was told before. On a terminal, without options, three
    questions are asked; FILE may be left out there where the folder holds one plan only.
    """
    _check_usage(given, first)
    may_ask = is_on_terminal() and not as_json
    tells = any(_is_told(value) for value in given.values())
    answers = no_red_flags or bool(red_flags) or cleared is not None
    if file is None and may_ask:
        file = _only_file()
    says_enough = tells or answers or may_ask
    if file is None or not says_enough:
        lacks = [*(["whose log it is"] if file is None else []), *([] if says_enough else [WHAT])]
        raise click.UsageError(f"Tell {', and '.join(lacks)}. {EXAMPLE}")
    from planner.cli.keeping_log import Flags, open_log
    from planner.entering import Entered, Typed

    flags = Flags(no=no_red_flags, yes=red_flags, cleared=cleared, may_ask=may_ask)
    log = open_log(file, tighter, today)
    on = _past_day(day, log.today)
    if first is not None:
        entered = log.days_done(_past_day(first, log.today), on)
    elif tells:
        entered = _entered(log, Typed(**given), on)
    else:
        entered = Entered() if answers else _asked(log, on)
    log.keep(entered, flags, as_json=as_json)


def _check_usage(given: dict[str, Any], first: str | None) -> None:
    """Refuse what contradicts itself."""
    from planner.wording import clean_line

    given["note"] = clean_line(given["note"], len(given["note"]) + 1)
    if len(given["note"]) > NOTE_LENGTH:
        raise click.UsageError(f"--note takes up to {NOTE_LENGTH} characters.")
    if given["ran"] == 0:
        raise click.UsageError("--ran takes minutes above 0; without a run: --skipped.")
    if given["walked"] == 0 and given["ran"] is None:
        raise click.UsageError("--walked 0 says that a run had no breaks: give --ran with it.")
    sessions = [name for name in ("ran", "walked") if given[name] is not None]
    sessions += ["strength"] if given["strength"] else []
    rated = [name for name in OF_SESSION if given[name] is not None]
    if given["skipped"] and (sessions or rated or given["done"]):
        raise click.UsageError(
            "--skipped says that nothing planned was done, so it takes --pain and --note only."
        )
    if given["done"] and sessions:
        raise click.UsageError(
            "--done says that everything was done as planned: leave it out and give the minutes."
        )
    others = any(_is_told(value) for name, value in given.items() if name != "done")
    if first is not None and (others or not given["done"]):
        raise click.UsageError("--from goes with --done, and with nothing that is of one day.")


def _is_told(value: Any) -> bool:
    return value is not None and value is not False and value != ""


def _only_file() -> Path | None:
    """The runner's file of this folder, where it is the only one with a journal beside it."""
    found = [path for path in sorted(Path().glob("*.toml")) if path.with_suffix(".db").is_file()]
    return found[0] if len(found) == 1 else None


def _past_day(text: str | None, today: date) -> date:
    """A day on which something can have happened."""
    from planner.errors import InputError

    on = _day(text, today)
    if on > today:
        raise InputError(
            f"{on} lies ahead (today is {today}), and only what has happened is logged.",
            "Give the day on which it was.",
        )
    if (today - on).days > DAYS_BACK:
        raise InputError(
            f"{on} is more than a year ago (today is {today}).", "Check the date's year."
        )
    return on


def _day(text: str | None, today: date) -> date:
    if text is None:
        return today
    if text.lower() == "yesterday":
        return today - timedelta(days=1)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(
            f"{text!r} is no date; write it like 2026-11-30, or yesterday."
        ) from None


def _entered(log: Log, typed: Typed, on: date) -> Entered:
    from planner.errors import InputError

    if typed.pain_morning is not None and on >= log.today:
        before = on - timedelta(days=1)
        raise InputError(
            f"--pain-morning is the pain on the morning after {on}, which has not come yet.",
            f"For this morning's: runback log {log.name} {before} --pain-morning "
            f"{typed.pain_morning:g}",
        )
    return log.entered(typed, on)


def _asked(log: Log, on: date) -> Entered:
    """What she answers to three questions, and with it this morning's pain after the day before."""
    from planner.as_planned import planned_day
    from planner.cli.three_questions import ask_three
    from planner.entering import Typed, both, lacks_morning

    before = on - timedelta(days=1)
    unrated = lacks_morning(log.history, before)
    typed, morning = ask_three(on, planned_day(log.plan, on), unrated)
    entered = log.entered(typed, on)
    if morning is None:
        return entered
    return both(log.entered(Typed(pain_morning=morning), before), entered)
