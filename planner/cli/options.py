"""The options that commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

Command = Callable[..., Any]


FILE = click.Path(path_type=Path, readable=False, allow_dash=True)
"""A file's name. Whether it can be read or written is told by those who read or write it."""


class WholeNumber(click.IntRange):
    """A whole number within a range; what else is given is refused in one plain sentence."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            name = param.opts[0] if param else "This option"
            upto = "on" if self.max is None else f"to {self.max}"
            raise click.UsageError(
                f"{name} takes a whole number from {self.min} {upto}.", ctx
            ) from None


FIRST_YEAR, LAST_YEAR = 1970, 2200
"""Years of a day that anybody plans for: calendars know no others for certain."""


def _date(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    try:
        found = date.fromisoformat(value) if value is not None else None
    except ValueError:
        raise click.BadParameter(f"{value!r} is no date; write it like 2026-11-30.") from None
    if found is not None and not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise click.BadParameter(
            f"{value} is not between the years {FIRST_YEAR} and {LAST_YEAR}; is it a typing slip?"
        )
    return found


def file_argument(command: Command) -> Command:
    """The runner's file."""
    return click.argument("file", type=FILE)(command)


def today_option(command: Command) -> Command:
    """The day to plan from."""
    return click.option(
        "--today",
        callback=_date,
        metavar="DATE",
        help="Act as if it were this day (default: the clock, in the runner's time zone).",
    )(command)


def json_option(command: Command) -> Command:
    """Machine output."""
    return click.option(
        "--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."
    )(command)


def limits_option(command: Command) -> Command:
    """Stricter numbers of somebody else's."""
    return click.option(
        "--limits",
        "tighter",
        type=FILE,
        metavar="TOML",
        help="Numbers that make limits stricter, for example your physiotherapist's.",
    )(command)


def day_option(name: str, variable: str, help_: str) -> Callable[[Command], Command]:
    """A day of the runner's."""
    return click.option(name, variable, callback=_date, metavar="DATE", help=help_)


def again_options(command: Command) -> Command:
    """Whether to ask before an existing plan is changed."""
    return click.option(
        "--yes", "-y", is_flag=True, help="Don't ask before changing the plan (on a terminal)."
    )(command)


def calendar_options(command: Command) -> Command:
    """How long to plan, and where the calendar goes."""
    return click.option(
        "--weeks",
        type=WholeNumber(1, 52),
        metavar="N",
        help="Plan this many weeks (1 to 52) instead of those in FILE.",
    )(ics_options(command))


def ics_options(command: Command) -> Command:
    """Where the calendar goes and what it holds."""
    command = click.option(
        "--no-rest-days",
        is_flag=True,
        help="Leave days without a session out of the calendar.",
    )(command)
    return click.option(
        "--ics",
        type=FILE,
        metavar="OUT",
        help="Write the calendar here instead of beside FILE; - for standard output.",
    )(command)
