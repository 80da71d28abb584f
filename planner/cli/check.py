"""``runback check``: does a plan keep the limits?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.options import FILE, file_argument, json_option, limits_option, today_option

if TYPE_CHECKING:
    from planner.cli.due import Fit
    from planner.plan import Plan
    from planner.request import Request
    from planner.rule import Breach, Rule
    from planner.verdict import Closest, Group

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

    The exit code is 6 where a limit is broken. A wish that was missed is a remark. Where the plan no
    longer fits your log or FILE, that comes first.
    """
    from planner.cli.due import NOT_KNOWN, fit
    from planner.cli.rulebook import made_stricter, rulebook

    rules = rulebook()
    plan, part, request, found = _judged(file, other, tighter, today, rules)
    broken = [breach for breach in found if breach.is_limit]
    missed = [breach for breach in found if not breach.is_limit]
    from planner.cli.telling_verdict import conventions
    from planner.verdict import closest, grouped, verdict

    own = conventions()
    groups = grouped(request, part, broken, rules, own)
    near = closest(request, part, broken, rules, own)
    fit_now = NOT_KNOWN if other else fit(file, tighter, today)
    if as_json:
        _print_json(plan, broken, missed, verdict(part, groups), near, fit_now)
    else:
        stricter = made_stricter(request.limits)
        _tell(plan, part, groups, missed, near, rules, other, fit_now.advice, stricter)
    if broken:
        ctx.exit(BREACHES_FOUND)


def _judged(
    file: Path,
    other: Path | None,
    tighter: Path | None,
    today: date | None,
    rules: Sequence[Rule],
) -> tuple[Plan, Plan, Request, tuple[Breach, ...]]:
    from planner.checking import check

    if other:
        plan, part, request = _given(file, other, tighter, today)
    else:
        plan, part, request = _own(file, tighter, today)
    return plan, part, request, check(request, part, rules)


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
    """The stored plan, the part to judge and what was known when it was made."""
    from planner.cli.files import stored_revisions
    from planner.cli.judging import own_plan
    from planner.cli.setting import setting

    here = setting(file, tighter, today)
    here.refuse_withdrawn()
    judged = own_plan(here, stored_revisions(file))
    return judged.plan, judged.part, judged.request


def _print_json(
    plan: Plan,
    broken: Sequence[Breach],
    missed: Sequence[Breach],
    said: str,
    near: Sequence[Closest],
    fit_now: Fit,
) -> None:
    from planner.cli.printing import print_json
    from planner.foreign import is_ours

    def documents(breaches: Sequence[Breach]) -> list[dict[str, object]]:
        return [breach.model_dump(mode="json", exclude={"cost"}) for breach in breaches]

    print_json(
        {
            "breaches": documents(broken),
            "remarks": documents(missed),
            "plan_id": plan.plan_id,
            "revision": plan.revision if is_ours(plan) else None,
            "verdict": said,
            "closest": [one.model_dump(mode="json") for one in near],
            "fits": fit_now.fits,
            "advice": list(fit_now.advice),
        }
    )


def _tell(
    plan: Plan,
    part: Plan,
    groups: Sequence[Group],
    missed: Sequence[Breach],
    near: Sequence[Closest],
    rules: Sequence[Rule],
    other: Path | None,
    against: Sequence[str],
    stricter: Collection[str],
) -> None:
    from planner.cli import telling
    from planner.cli.printing import print_advice, print_text
    from planner.cli.telling_verdict import print_closest, print_groups
    from planner.verdict import verdict

    by_name = {rule.name: rule for rule in rules}
    print_text(_headline(plan, other))
    print_text()
    print_advice(against)
    print_text(verdict(part, groups))
    print_groups(groups, by_name, stricter)
    print_closest(part, near)
    if missed:
        print_text()
        print_text("Remarks: wishes, not limits.")
    sentences = list(telling.missed_sentences(missed, by_name))
    if other:
        # Nobody made it for her wishes: the first few tell enough.
        sentences = list(telling.cut_short(sentences, "--json has them all."))
    for sentence in sentences:
        print_text(sentence, first="- ", rest="  ")
    for note in plan.notes:
        print_text(note)


def _headline(plan: Plan, other: Path | None) -> str:
    """Whose plan and from when to when; one of any origin has its file's name and no revision."""
    from planner.cli import telling
    from planner.foreign import is_ours
    from planner.table import long_date

    if other is None or is_ours(plan):
        return telling.headline(plan)
    name = click.format_filename(other, shorten=True)
    return f"{name}: {long_date(plan.start)} to {long_date(plan.end)}"
