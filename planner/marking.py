"""One line on each session that a revision changes: when, and by which rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from planner.causes import BACK, THE_BACK
from planner.comparing import Change
from planner.plan import Day, Plan
from planner.rule import Rule
from planner.table import plain_date
from planner.wording import clean_line

RULES_TOLD = 2
"""Rules that the line names with their titles."""

LINE_LENGTH = 300
"""Most characters of the line: a rule of another package may have any title."""


def marked(plan: Plan, stored: Plan, changes: Sequence[Change], rules: Sequence[Rule]) -> Plan:
    """The plan with a line on each session that it changes; the others keep the line they had.

    A session that the plan before was too short to hold has not changed.
    """
    titles = {rule.name: rule.title for rule in rules}
    backs = {day.date: _back(day) for day in plan.days}
    lines = {session.id: session.changed for day in stored.days for session in day.sessions}
    for change in changes:
        if change.what != "added" or change.date <= stored.end:
            named = {THE_BACK: backs.get(change.date, ""), **titles}
            lines[change.session_id] = changed_line(change, plan.made_on, named)
    return plan.model_copy(update={"days": tuple(_with_lines(day, lines) for day in plan.days)})


def changed_line(change: Change, on: date, titles: Mapping[str, str]) -> str:
    """``Changed on Mon 14 Dec: no running in a flare; walking stays [flare-rest].``

    What would break a limit on another day alone is ``needed for Sat 19 Dec: ...``; of a session that
    moved, what it would break on the day it left is ``because of Thu 17 Dec: ...``.
    """
    what = "Added" if change.what == "added" else "Changed"
    when = f"{what} on {plain_date(on)}"
    if change.says:
        return clean_line(f"{when}: {change.says} [{', '.join(change.because)}].", LINE_LENGTH)
    if change.needed_on:
        when = f"{when}: needed for {plain_date(change.needed_on)}"
    elif change.of_day:
        when = f"{when}, because of {plain_date(change.of_day)}"
    why = [f"{_inside(titles.get(name, name))} [{name}]" for name in change.because[:RULES_TOLD]]
    more = [f"[{name}]" for name in change.because[RULES_TOLD:]]
    said = "; ".join([*why, *([f"and {', '.join(more)}"] if more else [])])
    return clean_line(f"{when}: {said}." if said else f"{when}.", LINE_LENGTH)


def _back(day: Day) -> str:
    """``For moderate pain, expected that day``."""
    return f"For {BACK[day.state]}{', expected' if day.forecast else ''} that day"


def _inside(title: str) -> str:
    """A title within a sentence; names and abbreviations keep their capitals."""
    return title[:1].lower() + title[1:] if title[1:2].islower() or title[1:2] == " " else title


def _with_lines(day: Day, lines: Mapping[str, str]) -> Day:
    sessions = tuple(
        session.model_copy(update={"changed": lines.get(session.id, "")})
        for session in day.sessions
    )
    return day.model_copy(update={"sessions": sessions})
