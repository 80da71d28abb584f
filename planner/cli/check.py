"""``runback check``: does a plan keep the limits?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from planner.cli.options import FILE, file_argument, json_option, limits_option, today_option

if TYPE_CHECKING:
    from planner.cli.judging import Judged
    from planner.plan import Plan
    from planner.rule import Breach, Rule
    from planner.verdict import Closest, Group

BREACHES_FOUND = 6


class Found(NamedTuple):
    """All that there is to tell of a judged plan; ``fits`` as ``planner.cli.due`` has it."""

    judged: Judged
    groups: tuple[Group, ...]
    broken: tuple[Breach, ...]
    missed: tuple[Breach, ...]
    near: tuple[Closest, ...]
    not_judged: tuple[str, ...]
    fits: bool | None
    advice: tuple[str, ...]


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
    longer fits your log or FILE, that comes first. Another plan is judged by your log and your red
    flags, too, as far as its days lie ahead.
    """
    from planner.cli.printing import as_far_as_read
    from planner.cli.rulebook import rulebook

    rules = rulebook()
    found = _found(file, other, tighter, today, rules)
    with as_far_as_read():
        if as_json:
            _print_json(found, rules)
        else:
            _tell(found, rules, other)
    if found.broken:
        ctx.exit(BREACHES_FOUND)


def _found(
    file: Path,
    other: Path | None,
    tighter: Path | None,
    today: date | None,
    rules: Sequence[Rule],
) -> Found:
    from planner.checking import check
    from planner.cli.due import fit
    from planner.cli.judging import not_judged, remarks_on
    from planner.cli.telling_verdict import conventions
    from planner.verdict import closest, grouped

    judged = _judged(file, other, tighter, today)
    part, request, begins = judged.part, judged.request, judged.plan.start
    breaches = check(request, part, rules)
    broken = tuple(breach for breach in breaches if breach.is_limit)
    missed = remarks_on(judged, [breach for breach in breaches if not breach.is_limit])
    own = conventions()
    fits, advice = (None, judged.first_read) if other else fit(file, tighter, today)
    return Found(
        judged=judged,
        groups=grouped(request, part, broken, rules, own, begins),
        broken=broken,
        missed=missed,
        near=closest(request, part, broken, rules, own, begins),
        not_judged=not_judged(judged) if other else (),
        fits=fits,
        advice=advice,
    )


def _judged(file: Path, other: Path | None, tighter: Path | None, today: date | None) -> Judged:
    from planner.cli.files import stored_revisions
    from planner.cli.judging import given_plan, own_plan
    from planner.cli.setting import setting
    from planner.foreign import read_plan

    here = setting(file, tighter, today)
    here.refuse_withdrawn()
    if other:
        return given_plan(here, read_plan(other))
    return own_plan(here, stored_revisions(file))


def _print_json(found: Found, rules: Sequence[Rule]) -> None:
    from planner.cli.printing import print_json
    from planner.cli.telling_verdict import broken_document
    from planner.foreign import is_ours
    from planner.verdict import verdict

    judged, plan = found.judged, found.judged.plan
    weeks = {one.breach: one.week for group in found.groups for one in group.breaches}
    by_name = {rule.name: rule for rule in rules}
    print_json(
        {
            "breaches": [
                broken_document(one, weeks[one], by_name[one.rule], judged) for one in found.broken
            ],
            "remarks": [one.model_dump(mode="json", exclude={"cost"}) for one in found.missed],
            "plan_id": plan.plan_id,
            "revision": plan.revision if is_ours(plan) else None,
            "verdict": verdict(judged.part, found.groups),
            "closest": [one.model_dump(mode="json") for one in found.near],
            "not_judged": list(found.not_judged),
            "fits": found.fits,
            "advice": list(found.advice),
        }
    )


def _tell(found: Found, rules: Sequence[Rule], other: Path | None) -> None:
    from planner.cli.printing import print_advice, print_text
    from planner.cli.telling_verdict import print_closest, print_groups
    from planner.foreign import is_ours
    from planner.verdict import verdict

    judged = found.judged
    by_name = {rule.name: rule for rule in rules}
    print_text(_headline(judged.plan, other))
    print_text()
    print_advice(found.advice)
    print_text(verdict(judged.part, found.groups))
    for sentence in found.not_judged:
        print_text(sentence)
    print_groups(found.groups, by_name, judged)
    if found.near or not found.broken:
        print_closest(judged.part, found.near)
    _tell_missed(found.missed, by_name, cut=other is not None)
    if is_ours(judged.plan):
        for note in judged.plan.notes:
            print_text(note)


def _tell_missed(missed: Sequence[Breach], rules: Mapping[str, Rule], *, cut: bool) -> None:
    """The wishes that were missed; of another's plan the first few, as nobody made it for her wishes."""
    from planner.cli import telling
    from planner.cli.printing import print_text

    if missed:
        print_text()
        print_text("Remarks: wishes, not limits.")
    sentences = list(telling.missed_sentences(missed, rules))
    if cut:
        sentences = list(telling.cut_short(sentences, "--json has them all."))
    for sentence in sentences:
        print_text(sentence, first="- ", rest="  ")


def _headline(plan: Plan, other: Path | None) -> str:
    """Whose plan and from when to when; one of any origin has its file's name and no revision."""
    from planner.cli import telling
    from planner.foreign import is_ours
    from planner.table import long_date

    if other is None or is_ours(plan):
        return telling.headline(plan)
    name = click.format_filename(other, shorten=True)
    return f"{name}: {long_date(plan.start)} to {long_date(plan.end)}"
