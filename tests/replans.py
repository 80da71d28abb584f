"""A runner on the command line, day after day: her plan, her log, her flares and re-plans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from planner.history import History
from planner.journal import open_journal
from planner.plan import Plan
from rules import RULEBOOK
from rules.loading import load_words
from tests.commands import MAYA, Done, a_runner, run

FIVE_WEEKS = MAYA.replace("weeks = 2", "weeks = 5")
"""Runs on Wednesdays, Fridays and Sundays and a walk on Mondays, from 30 November to 3 January."""

FIRST = "2026-11-30"
RULES = frozenset(rule.name for rule in RULEBOOK) | load_words().keys()
"""What may be behind a change: a rule, or what can be looked up as rules can."""

CALM = ("--pain-during", "1", "--pain-after", "1", "--pain-morning", "1")
"""A session that went as usual: the file says pain of 1."""


class Kept(NamedTuple):
    """All that a runner's folder holds beside her file."""

    calendar: bytes
    plans: tuple[Plan, ...]
    history: History
    touched: tuple[tuple[str, int], ...]


class Ann:
    """Her folder and what she types; every command must end with the exit code expected of it."""

    def __init__(self, folder: Path, text: str = FIVE_WEEKS) -> None:
        self.folder = folder
        self.file = a_runner(folder, text)

    def types(self, command: str, *given: object, today: str, code: int = 0) -> Done:
        """Run a command about her file."""
        done = run(command, self.file, *given, today=today)
        assert done.code == code, (command, given, today, done.code, done.out, done.err)
        return done

    def plan(self, *given: object, today: str = FIRST) -> Any:
        """The document of ``plan --json``."""
        return self.types("plan", *given, "--json", today=today).document

    def flare(self, today: str, *given: object, pain: object = 6) -> Any:
        """The document of ``flare --json``, the red flags answered with no."""
        asked = ("--pain", pain, "--no-red-flags", *given, "--json")
        return self.types("flare", *asked, today=today).document

    def replan(self, today: str, *given: object) -> Any:
        """The document of ``replan --json``."""
        return self.types("replan", *given, "--json", today=today).document

    def undo(self, today: str) -> Any:
        """The document of ``undo --json``."""
        return self.types("undo", "--json", today=today).document

    def logs(self, on: str, *given: object, today: str | None = None) -> Done:
        """Log something of a day."""
        return self.types("log", on, *given, today=today or on)

    def does_as_planned(self, first: str, last: str, *pains: object) -> None:
        """Every run and walk from a day to another is done, with the usual pain unless told."""
        for on in days_between(first, last):
            if self.now().day(on).sessions:
                self.logs(on, "--done", *(pains or CALM), today=after(on, 1))

    def goes_through_the_gate(self, flare_on: str) -> str:
        """Two quiet days, then the test walk, from the day after a flare; the day running returns."""
        self.logs(after(flare_on, 1), "--pain", "1")
        self.logs(after(flare_on, 2), "--pain", "1")
        walk = after(flare_on, 3)
        self.logs(walk, "--walked", "30", *CALM, today=after(walk, 1))
        return after(walk, 1)

    def now(self) -> Stored:
        """The latest plan as the journal has it."""
        plan = open_journal(self.file.with_suffix(".db")).latest()
        assert plan is not None
        return Stored(plan)

    def kept(self) -> Kept:
        """The calendar's bytes, and the journal's plans, facts and touches."""
        journal = open_journal(self.file.with_suffix(".db"))
        touched = tuple((name, touch.revision) for name, touch in journal.touched().items())
        calendar = self.file.with_suffix(".ics")
        return Kept(
            calendar.read_bytes() if calendar.exists() else b"",
            journal.revisions(),
            journal.history(),
            touched,
        )


class Stored(NamedTuple):
    """A plan with its days by date."""

    plan: Plan

    def day(self, on: str) -> Any:
        """A day of the plan."""
        return next(day for day in self.plan.days if day.date == date.fromisoformat(on))


def after(on: str, days: int) -> str:
    """A day so many days later."""
    return (date.fromisoformat(on) + timedelta(days=days)).isoformat()


def days_between(first: str, last: str) -> Iterator[str]:
    """All days from one to another, both included."""
    while first <= last:
        yield first
        first = after(first, 1)


def days_of(document: Any, first: str = "", last: str = "9") -> list[Any]:
    """The days of a plan's document from a day to another, both included."""
    return [day for day in document["days"] if first <= day["date"] <= last]


def runs_of(document: Any, first: str = "", last: str = "9") -> list[tuple[str, float]]:
    """The runs of a plan's document: day and minutes of running."""
    return [
        (day["date"], session["run_minutes"])
        for day in days_of(document, first, last)
        for session in day["sessions"]
        if session["run_minutes"]
    ]


def said_by(texts: Sequence[str]) -> str:
    """Sentences in one line."""
    return " ".join(" ".join(texts).split())


def weeks_of(document: Any, first: str = "") -> dict[str, list[Any]]:
    """Each Monday with the sessions of its week, from a day on."""
    weeks: dict[str, list[Any]] = {}
    for day in days_of(document, first):
        on = date.fromisoformat(day["date"])
        monday = (on - timedelta(days=on.weekday())).isoformat()
        weeks.setdefault(monday, []).extend(day["sessions"])
    return weeks
