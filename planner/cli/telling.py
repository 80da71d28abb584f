"""What the commands say in sentences: the goal, the wishes that were missed, the next step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.goal_told import lacks_race, reached_on
from planner.notes import whole_minutes
from planner.table import long_date, plain_date, short_date

if TYPE_CHECKING:
    from planner.comparing import Change
    from planner.plan import Plan
    from planner.rule import Breach, Rule

CHANGES_TOLD = 20
"""Changes that a re-plan is printed with."""

RUN_WALK = "Run/walk"
SENTENCES_TOLD = 4
"""Missed wishes that a plan is printed with."""

RED_FLAGS = (
    'Before you start, read "When not to run" in the README: a few signs in a sore back need a '
    "doctor, not a plan. This is not medical advice."
)
IMPORT = (
    "Import it into a new, separate calendar of your calendar program. When the plan changes, "
    "delete that calendar and import again: importing over it neither updates nor removes reliably."
)


def headline(plan: Plan) -> str:
    """Whose plan, from when to when, which revision."""
    whose = f"{plan.runner}'s plan" if plan.runner else "The plan"
    span = f"{long_date(plan.start)} to {long_date(plan.end)}"
    return f"{whose}: {span}, revision {plan.revision}"


def goal_sentence(plan: Plan) -> str:
    """What was asked for, and whether the plan gets there; without a day of its own also when."""
    goal = plan.goal
    by = f" on {long_date(goal.on)}" if goal.on else ""
    asked = _in_minutes(whole_minutes(goal.asked_minutes, round))
    # Rounded down: a goal that is missed by half a minute must not read as if it were reached.
    planned = _in_minutes(whole_minutes(goal.planned_minutes))
    what = {
        "race": f"a race of about {asked}{by}",
        "run_time": f"{asked} of running without a break{by.replace(' on ', ' by ')}",
        "keep_running": f"keep running, up to {asked} at a time",
        "walking": f"walks of {asked}",
    }.get(goal.kind, goal.kind)
    if goal.reached:
        day = None if goal.on else reached_on(goal, plan.days)
        when = f" on {long_date(day)}" if day and goal.kind == "run_time" else ""
        return f"Goal: {what}. The plan gets there{when}."
    # A run/walk holds more running than its longest stretch, which is what a goal asks for.
    stretch = "" if goal.kind == "walking" else " without a walking break"
    if lacks_race(plan):
        return (
            f"Goal: {what}, which is not in this plan. Its longest run by then: {planned}{stretch}."
        )
    return f"Goal: {what}. This plan gets to {planned}{stretch}."


def _in_minutes(minutes: str) -> str:
    return f"{minutes} minute{'' if minutes == '1' else 's'}"


def why_missed(file: Path) -> str:
    """Where it is told what stands in the way of a missed goal, or of any plan."""
    return f"What stands in the way, and what would do: runback why {click.format_filename(file)}"


def change_lines(changes: Sequence[Change]) -> Iterator[str]:
    """The changes in sentences, the first ones in full, then how many more there are."""
    for change in changes[:CHANGES_TOLD]:
        yield f"{short_date(change.date)}: {_change_text(change)}{_why(change)}"
    rest = changes[CHANGES_TOLD:]
    if rest:
        yield f"and {counted(len(rest), 'more change')} up to {long_date(rest[-1].date)}"


def _why(change: Change) -> str:
    """The names behind a change, and in words what they alone do not say."""
    from planner.causes import OTHERS, UNDO

    if not change.because:
        return ""
    said = ""
    if change.says and change.because[0] not in (OTHERS, UNDO):
        said = f": {change.says}"
    elif change.needed_on:
        said = f", needed for {plain_date(change.needed_on)}"
    elif change.of_day:
        said = f", because of {plain_date(change.of_day)}"
    return f"{said} [{', '.join(change.because)}]"


def _change_text(change: Change) -> str:
    was, now = change.before or "", change.after or ""
    match change.what:
        case "added":
            return f"{_with_steps(now)}, new"
        case "removed":
            return f"{_first_part(was)} is left out"
        case "moved":
            day, _, had = was.partition(": ")
            is_now = now.partition(": ")[2]
            there = f", where it was {_as_it_was(had, is_now)}" if _differs(had, is_now) else ""
            return f"{_with_steps(is_now)}, moved here from {day}{there}"
        case _:
            if not _differs(was, now):
                return _details(change)
            return f"{_with_steps(now)} instead of {_as_it_was(was, now)}"


def _as_it_was(was: str, now: str) -> str:
    """A session as it was; of a run/walk that keeps its title, what it was made of."""
    title, had = _first_part(was), _with_steps(was)
    return had.removeprefix(f"{title}, ") if title == _first_part(now) else had


def _differs(was: str, now: str) -> bool:
    return _with_steps(was) != _with_steps(now)


def _details(change: Change) -> str:
    """A session whose title stays: another time of day, or other parts or exercises."""
    title, *now = (change.after or "").split("; ")
    was = (change.before or "").split("; ")[1:]
    differing = [(old, new) for old, new in zip(was, now, strict=False) if old != new]
    clock = (
        bool(differing)
        and len(was) == len(now)
        and all(new.startswith("at ") for _, new in differing)
    )
    return (
        f"{title} {differing[0][1]} instead of {differing[0][0]}"
        if clock
        else (f"{title}, done differently")
    )


def _with_steps(text: str | None) -> str:
    """The title, and of a run/walk what it is made of."""
    title, *parts = (text or "").split("; ")
    return f"{title}, {parts[0]}" if parts and RUN_WALK in title else title


def _first_part(text: str | None) -> str:
    """The title of a session as a change tells it, without steps and exercises."""
    return (text or "").split("; ")[0]


def missed_sentences(breaches: Iterable[Breach], rules: Mapping[str, Rule]) -> Iterator[str]:
    """Each wish that was missed, once, with the first reason and how often."""
    by_rule: dict[str, list[Breach]] = {}
    for breach in breaches:
        by_rule.setdefault(breach.rule, []).append(breach)
    for name, found in by_rule.items():
        title = rules[name].title if name in rules else name
        more = f" And {len(found) - 1} more times." if len(found) > 2 else ""
        more = " And once more." if len(found) == 2 else more
        yield f"{title}: {found[0].reason}{more} [{name}]"


def cut_short(sentences: Sequence[str], command: str) -> Iterator[str]:
    """The first few sentences, and the command that tells the others."""
    yield from sentences[:SENTENCES_TOLD]
    if len(sentences) > SENTENCES_TOLD:
        yield f"and {len(sentences) - SENTENCES_TOLD} more: {command}"


def counted(number: int, word: str) -> str:
    """``1 limit``, ``3 limits``."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def calendar_sentence(path: Path | None) -> str:
    """Where the calendar is."""
    return f"Calendar: {path}. {IMPORT}" if path else IMPORT
