"""``runback check``: does a plan keep the limits?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.options import FILE, file_argument, json_option, limits_option, today_option

if TYPE_CHECKING:
    from planner.plan import Plan
    from planner.request import Request
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
    type=FILE,
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

    if other:
        plan, part, request = _given(file, other, tighter, today)
    else:
        plan, part, request = _own(file, tighter, today)
    return plan, check(request, part, rules)


def _given(
    file: Path, path: Path, tighter: Path | None, today: date | None
) -> tuple[Plan, Plan, Request]:
    """A plan of any origin: all of it is judged, as if the runner in the file began it."""
    from planner.cli.clock import today_in
    from planner.cli.rulebook import limits_in_force, stop_above_max
    from planner.foreign import read_plan, with_states
    from planner.profile import read_runner
    from planner.resolving import build_request
    from rules.loading import load_ladders

    limits = limits_in_force(tighter)
    runner = read_runner(file, stop_above_max=stop_above_max(limits))
    plan = read_plan(path)
    request = build_request(
        runner,
        today=today or today_in(runner.runner.time_zone),
        limits=limits,
        ladders=load_ladders(),
        span=(plan.start, len(plan.days)),
    )
    plan = with_states(plan, request)
    return plan, plan, request


def _own(file: Path, tighter: Path | None, today: date | None) -> tuple[Plan, Plan, Request]:
    """The stored plan and the part to judge: from the day it was made on.

    What lies before was planned as the back was then; what was known then is what counts.
    """
    from planner.cli.files import stored_revisions
    from planner.cli.setting import setting
    from planner.comparing import same_content
    from planner.plan import Kind
    from planner.replanning import first_open_day
    from planner.revising import within

    here = setting(file, tighter, today)
    revisions = stored_revisions(file)
    plan = revisions[-1]
    # A revision that only words its entries anew was not planned anew.
    alike = takewhile(lambda before: same_content(before, plan), reversed(revisions))
    made = list(alike)[-1]
    planner = here.planner()
    first = plan.start
    if made.revision > 1:
        first = max(first_open_day(here.history, made.made_on), plan.start)
    days = [day for day in plan.days if day.date >= first]
    request = planner.request_to_judge(made.made_on, first, len(days))
    request = request.model_copy(update={"states": tuple(day.state for day in days)})
    if not any(day.has(Kind.RACE) for day in days):
        # The plan has left the race out and said why.
        request = request.model_copy(update={"race_possible": False})
    return plan, within(plan, request), request


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
