"""``runback why``: why the goal is out of reach, or why a day is as it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from planner.cli.options import file_argument, json_option, limits_option, today_option


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value is not None else None
    except ValueError:
        raise click.BadParameter(f"{value!r} is no date; write it like 2026-11-30.") from None


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
    file: Path, day: date | None, tighter: Path | None, today: date | None, as_json: bool
) -> None:
    """Why the plan made from FILE reaches its goal or not: what stands in the way, and what would do.

    With DATE, why that day is as it is: what else it could hold, and what forbids it or what it would
    cost. Nothing is stored.
    """
    if day is not None:
        from planner.cli.why_day import tell_day

        tell_day(file, day, tighter, today, as_json)
        return
    from planner.cli.why_goal import tell_goal

    tell_goal(file, tighter, today, as_json)
