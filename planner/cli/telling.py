"""What the commands say in sentences: the goal, the wishes that were missed, the next step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from planner.plan import minutes_text
from planner.table import long_date

if TYPE_CHECKING:
    from planner.plan import GoalResult, Plan
    from planner.rule import Breach, Rule

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


def goal_sentence(goal: GoalResult) -> str:
    """What was asked for, and whether the plan gets there."""
    by = f" on {long_date(goal.on)}" if goal.on else ""
    asked, planned = minutes_text(goal.asked_minutes), minutes_text(goal.planned_minutes)
    what = {
        "race": f"a race of about {goal.asked_minutes:.0f} minutes{by}",
        "run_time": f"{asked} minutes of running without a break{by.replace(' on ', ' by ')}",
        "keep_running": f"keep running, up to {asked} minutes at a time",
        "walking": f"walks of {asked} minutes",
    }.get(goal.kind, goal.kind)
    end = "The plan gets there." if goal.reached else f"This plan gets to {planned} minutes."
    return f"Goal: {what}. {end}"


def start_notes(plan: Plan) -> Iterator[str]:
    """What a first plan takes for granted whose start has gone by."""
    if plan.revision == 1 and plan.start < plan.made_on:
        yield (
            f"This plan starts on {long_date(plan.start)}, before the day it was made: [back] and "
            "[recent] are taken to say how things were then."
        )


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


def breach_sentence(breach: Breach) -> str:
    """A limit that is broken, on which days and why."""
    return f"{breach.reason} [{breach.rule}]"


def counted(number: int, word: str) -> str:
    """``1 limit``, ``3 limits``."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def calendar_sentence(path: Path | None) -> str:
    """Where the calendar is."""
    return f"Calendar: {path}. {IMPORT}" if path else IMPORT
