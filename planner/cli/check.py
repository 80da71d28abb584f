"""``runback check``: does a plan keep the limits?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.options import file_argument, json_option, limits_option, today_option

if TYPE_CHECKING:
    from planner.plan import Plan
    from planner.rule import Breach, Rule

BREACHES_FOUND = 6


@click.command(
    "check",
    short_help="Does a plan keep the limits? Your own, or any other.",
    epilog="Example: runback check maya.toml --plan from-a-magazine.csv",
)
@file_argument
@click.option(
    "--plan",
    "other",
    type=click.Path(path_type=Path),
    metavar="OTHER",
    help="Judge this plan, as if the runner in FILE began it: JSON printed by runback, or CSV or "
    "JSON with date, kind, run_minutes and walk_minutes.",
)
@limits_option
@today_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    file: Path,
    other: Path | None,
    tighter: Path | None,
    today: date | None,
    as_json: bool,
) -> None:
    """Check the latest plan made from FILE, or another one, against the limits of its runner.

    The exit code is 6 where a limit is broken. A wish that was missed is a remark.
    """
    from planner.cli.rulebook import rulebook

    rules = rulebook()
    plan, found = _judged(file, other, tighter, today, rules)
    broken = [breach for breach in found if breach.is_limit]
    missed = [breach for breach in found if not breach.is_limit]
    if as_json:
        _print_json(plan, broken, missed)
    else:
        _tell(plan, broken, missed, rules)
    if broken:
        ctx.exit(BREACHES_FOUND)


def _judged(
    file: Path,
    other: Path | None,
    tighter: Path | None,
    today: date | None,
    rules: Sequence[Rule],
) -> tuple[Plan, tuple[Breach, ...]]:
    from planner.checking import check
    from planner.cli.clock import today_in
    from planner.cli.files import stored_plan
    from planner.cli.rulebook import limits_in_force, stop_above_max
    from planner.foreign import read_plan, with_states
    from planner.profile import read_runner
    from planner.resolving import build_request
    from rules.loading import load_ladders

    limits = limits_in_force(tighter)
    runner = read_runner(file, stop_above_max=stop_above_max(limits))
    plan = read_plan(other) if other else stored_plan(file)
    request = build_request(
        runner,
        today=today or today_in(runner.runner.time_zone),
        limits=limits,
        ladders=load_ladders(),
        span=(plan.start, len(plan.days)),
    )
    if other:
        plan = with_states(plan, request)
    else:
        states = tuple(day.state for day in plan.days)
        request = request.model_copy(update={"states": states})
    return plan, check(request, plan, rules)


def _print_json(plan: Plan, broken: Sequence[Breach], missed: Sequence[Breach]) -> None:
    from planner.cli.printing import print_json

    def documents(breaches: Sequence[Breach]) -> list[dict[str, object]]:
        return [breach.model_dump(mode="json", exclude={"cost"}) for breach in breaches]

    print_json(
        {
            "breaches": documents(broken),
            "remarks": documents(missed),
            "plan_id": plan.plan_id,
            "revision": plan.revision,
        }
    )


def _tell(
    plan: Plan, broken: Sequence[Breach], missed: Sequence[Breach], rules: Sequence[Rule]
) -> None:
    from planner.cli import telling
    from planner.cli.printing import print_text

    print_text(telling.headline(plan))
    print_text()
    if broken:
        print_text(f"{telling.counted(len(broken), 'limit')} broken:")
        for breach in broken:
            print_text(telling.breach_sentence(breach), first="- ", rest="  ")
    else:
        print_text("Every limit is kept.")
    if missed:
        print_text()
        print_text("Remarks: wishes, not limits.")
    for sentence in telling.missed_sentences(missed, {rule.name: rule for rule in rules}):
        print_text(sentence, first="- ", rest="  ")
    for note in plan.notes:
        print_text(note)
