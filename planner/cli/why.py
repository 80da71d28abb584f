"""``runback why``: why the goal is out of reach, or why a day is as it is."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import click

from planner.cli.options import file_argument, json_option, limits_option, today_option

NEAR_DAYS = {
    "yesterday": timedelta(days=-1),
    "today": timedelta(0),
    "tomorrow": timedelta(days=1),
}


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | timedelta | None:
    """A date, or how far from today; which day that is depends on the runner's time zone."""
    if value is None or value.lower() in NEAR_DAYS:
        return NEAR_DAYS[value.lower()] if value else None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.UsageError(
            f"{value!r} is no date; write it like 2026-11-30, or today, yesterday, tomorrow.", ctx
        ) from None


@click.command(
    "why",
    short_help="Why the goal is (not) reached; why a day is as it is.",
    epilog="Example: runback why maya.toml 2026-12-05",
)
@file_argument
@click.argument("day", metavar="[DATE]", required=False, callback=_day)
@limits_option
@today_option
@json_option
def command(
    file: Path,
    day: date | timedelta | None,
    tighter: Path | None,
    today: date | None,
    as_json: bool,
) -> None:
    """Why the plan made from FILE reaches its goal or not: what stands in the way, and what would do.

    With DATE (or today, yesterday, tomorrow), why that day is as it is: what else it could hold, and
    what forbids it or what it would cost; of a day gone by, what became of it. Nothing is stored.
    """
    if day is not None:
        from planner.cli.why_day import tell_day

        tell_day(file, day, tighter, today, as_json)
        return
    from planner.cli.why_goal import tell_goal

    tell_goal(file, tighter, today, as_json)
