"""``runback what-if``: the plan beside the one that other wishes would give; nothing is stored."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli.options import (
    WholeNumber,
    file_argument,
    json_option,
    limits_option,
    today_option,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.changed_days import ChangedDay
    from planner.cli.due import Fit
    from planner.cli.next_plan import Next
    from planner.cli.setting import Setting
    from planner.plan import Plan
    from planner.profile_edits import Edit
    from planner.rule import Rule

DAYS_TOLD = 6
"""Changed days that are printed; ``--json`` has all of them."""

RULES_TOLD = 3
"""Of the rules behind a changed day; ``--json`` has all of them."""


@click.command(
    "what-if",
    short_help="Your plan beside the one that other wishes would give.",
    epilog="Example: runback what-if maya.toml --set week.runs=4 --set goal.on=2027-05-02",
)
@file_argument
@click.option(
    "--set",
    "given",
    multiple=True,
    metavar="KEY=VALUE",
    help="A key of FILE with another value, as it would be written there; text needs no quotes. "
    "KEY= leaves the key out; a list is given as a whole: 'away=[]'. May come several times.",
)
@click.option(
    "--weeks", type=WholeNumber(1, 52), metavar="N", help="Plan this many weeks (1 to 52)."
)
@limits_option
@today_option
@json_option
def command(
    file: Path,
    given: tuple[str, ...],
    weeks: int | None,
    tighter: Path | None,
    today: date | None,
    as_json: bool,
) -> None:
    """Show the plan made from FILE beside the one that would come of other wishes.

    Without a plan yet, the first is the one that `plan` would make. Nothing is stored: no plan, no
    calendar, and FILE stays as it is.
    """
    if not given and weeks is None:
        raise click.UsageError("Say what to change, like --set week.runs=4 or --weeks 12.")
    from planner.cli.rulebook import rulebook, stop_above_max
    from planner.cli.setting import setting, with_runner
    from planner.profile_edits import edited_runner, edits_of
    from planner.profile_text import read_bytes

    edits = edits_of(given)
    here = setting(file, tighter, today)
    here.refuse_withdrawn()
    most = stop_above_max(here.limits)
    there = with_runner(
        here, edited_runner(read_bytes(file), str(file), edits, stop_above_max=most)
    )
    asked = [_asked(edit, text) for edit, text in zip(edits, given, strict=True)]
    asked += [f"{weeks} weeks"] if weeks else []
    found = _both(here, there, weeks, " and ".join(asked), rulebook())
    if as_json:
        _print_document(found)
    else:
        _tell(found, " and ".join(asked), click.format_filename(file))


def _asked(edit: Edit, given: str) -> str:
    """An edit for a sentence: a list of tables and the like as she wrote it."""
    from planner.profile_text import printable, shown

    if shown(edit.value) not in ("a list", "a table"):
        return str(edit)
    key, _, value = (part.strip() for part in given.partition("="))
    return f"{key} = {printable(value)}"


@dataclass(frozen=True)
class Both:
    """The plan as it stands (None where none is possible, and why) and the other one.

    ``is_old``: her file or her log says something since the stored plan was made; ``has_begun``: it
    was planned from an earlier day than the other.
    """

    now: Plan | None
    why_none: str
    is_old: bool
    has_begun: bool
    what_if: Next
    rules: Mapping[str, Rule]
    today: date
    fit: Fit

    def changed_days(self, most: int | None = None) -> tuple[ChangedDay, ...]:
        """The days that differ, the first ``most`` of them with the rules behind it (None: all)."""
        from planner.causes import WISHES, Cause
        from planner.changed_days import changed_days, reasons_by_day
        from planner.comparing import changes, keep_identities
        from planner.reasons import with_reasons

        if self.now is None:
            return ()
        now, then = self.now, self.what_if.plan
        found = self.what_if.changes
        if not found:
            # Both were made just now, so that nothing ties their sessions together yet.
            revision = now.revision + 1
            then = keep_identities(then.model_copy(update={"revision": revision}), now)
            days = {day.date for day in changed_days(now, then)[:most]}
            told = {
                session.id
                for day in (*now.days, *then.days)
                if day.date in days
                for session in day.sessions
            }
            found = tuple(one for one in changes(now, then) if one.session_id in told)
            rules = tuple(self.rules.values())
            cause = Cause(WISHES, "for what you want now")
            found = with_reasons(found, now, then, self.what_if.request, rules, cause)
        return changed_days(now, then, reasons_by_day(found, now, then))


def _both(
    here: Setting, there: Setting, weeks: int | None, asked: str, rules: tuple[Rule, ...]
) -> Both:
    from planner.cli.due import fit_of
    from planner.cli.next_plan import next_plan
    from planner.cli.printing import progress
    from planner.errors import NoPlanPossible

    made_from = here.journal.made_from()
    why_none = ""
    # What is loaded by now stays; what planning makes does not.
    gc.freeze()
    gc.enable()
    with progress("Planning both"):
        planner = here.planner(rules)
        now = here.stored
        if now is None:
            try:
                now = planner.afresh(here.today).plan
            except NoPlanPossible as error:
                why_none = error.message
        try:
            what_if = next_plan(there.planner(rules, weeks), here.today, made_from)
        except NoPlanPossible as error:
            raise NoPlanPossible(f"With {asked}: {error.message}", error.try_) from None
    return Both(
        now=now,
        why_none=why_none,
        is_old=here.stored is not None and made_from not in (None, planner.fingerprint()),
        has_begun=here.stored is not None and here.stored.start < here.today,
        what_if=what_if,
        rules={rule.name: rule for rule in rules},
        today=here.today,
        fit=fit_of(here),
    )


def _print_document(found: Both) -> None:
    from planner.cli.printing import print_json
    from planner.side_by_side import side_of

    def document(plan: Plan) -> dict[str, Any]:
        return side_of(plan, found.today).model_dump(mode="json")

    print_json(
        {
            "now": document(found.now) if found.now else None,
            "what_if": document(found.what_if.plan),
            "changed_days": [day.model_dump(mode="json") for day in found.changed_days()],
            "fits": found.fit.fits,
            "advice": list(found.fit.advice),
        }
    )


def _tell(found: Both, asked: str, name: str) -> None:
    from planner.cli.printing import print_advice, print_text
    from planner.side_by_side import rows, side_of, week_lines

    now = side_of(found.now, found.today) if found.now else None
    then = side_of(found.what_if.plan, found.today)
    print_text(f"What if {asked}?")
    print_text()
    print_advice(found.fit.advice)
    click.echo(f"{'':<20}{'Now':<28}What if")
    for row in rows(now, then):
        click.echo(f"{row.label:<20}{row.now:<28}{row.what_if}".rstrip())
    print_text()
    for line in week_lines(now, then):
        click.echo(line.rstrip())
    print_text()
    if found.now is None:
        print_text(f"As the file stands no plan is possible: {found.why_none}")
    else:
        _tell_days(found, found.now)
    _tell_rest(found, name)


def _tell_days(found: Both, now: Plan) -> None:
    from planner.changed_days import common_days
    from planner.cli.printing import print_text
    from planner.table import long_date

    changed = found.changed_days(DAYS_TOLD)
    if not changed:
        print_text("No day that both plans have would change.")
        return
    common = common_days(now, found.what_if.plan)
    print_text(f"{len(changed)} of the {common} days of both plans would change:")
    for day in changed[:DAYS_TOLD]:
        print_text(_day_sentence(day), first="- ", rest="  ")
    if len(changed) > DAYS_TOLD:
        last = long_date(changed[-1].date)
        print_text(f"and {len(changed) - DAYS_TOLD} more up to {last}", first="- ", rest="  ")
    if any(day.because for day in changed[:DAYS_TOLD]):
        print_text(
            "In brackets: the rules that would speak against the day as it is now. One in full: "
            "runback rules NAME."
        )


def _day_sentence(day: ChangedDay) -> str:
    from planner.table import short_date

    was, then = (", ".join(titles) or "rest" for titles in (day.now, day.what_if))
    said = f"now {was}; what if {then}"
    if was == then:
        said = day.differs or f"{then}, done differently"
    why = f" [{', '.join(day.because[:RULES_TOLD])}]" if day.because else ""
    return f"{short_date(day.date)}: {said}{why}"


def _tell_rest(found: Both, name: str) -> None:
    """Wishes that would give way, and how to go on."""
    from planner.cli import telling
    from planner.cli.printing import print_text
    from planner.rule import Tier

    told = (Tier.SESSIONS, Tier.ROOM)
    missed = [one for one in found.what_if.missed if found.rules[one.rule].tier in told]
    sentences = list(telling.missed_sentences(missed, found.rules))
    if sentences:
        print_text("Wishes that would give way to limits or to more important wishes:")
    for sentence in sentences[: telling.SENTENCES_TOLD]:
        print_text(sentence, first="- ", rest="  ")
    for note in found.what_if.plan.notes:
        print_text(note)
    if found.is_old:
        print_text(
            "Your file or your log says something that the plan does not know yet, and part of the "
            f"difference comes from that: runback plan {name}"
        )
    elif found.has_begun:
        print_text(
            "The plan is older than today and the other is made today, from what is logged; part of "
            "the difference may come from that."
        )
    print_text(
        f"Nothing was stored. To have it so, write it into {name} and run: runback plan {name}"
    )
