"""Journals in a folder, and the facts that they hold in tests."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from planner.comparing import keep_identities
from planner.history import Answer, Logged, LogKind, Move, News, Report, Told
from planner.journal import Journal, open_journal
from planner.plan import Kind, Plan, State, Step
from planner.profile import Back, Recent
from tests.plans import plan_of

MONDAY = date(2026, 11, 23)
TUESDAY = MONDAY + timedelta(1)

RUN = Logged(
    on=MONDAY,
    kind=LogKind.RUN,
    run_minutes=12.25,
    walk_minutes=8.0,
    pain_during=1.5,
    pain_after=0.0,
    pain_morning=2.0,
    rpe=3.5,
    note="Along the river – 'quoted', \"twice\"\nand on a second line",
    session_kind=Kind.RUN_WALK,
    steps=(Step(repeat=4, run_seconds=60, walk_seconds=90), Step(run_seconds=30, effort="hard")),
    state=State.MILD,
)
EVERYTHING = News(
    logged=(RUN, Logged(on=MONDAY, kind=LogKind.DAY, pain=3.0, skipped=True)),
    report=Report(on=TUESDAY, pain=6.5, told_on=TUESDAY + timedelta(1)),
    answer=Answer(on=TUESDAY, flags=("RF7", "RF10")),
    told=Told(
        on=MONDAY,
        recent=Recent(run_minutes=(40.5, 45), longest_run_minutes=20, days_since_last_run=2),
        back=Back(pain_today=1.5, worse_with=("sitting",), stop_above=4),
    ),
    moves=(Move(session_id="1-002", to=TUESDAY, start="07:30"),),
)


def a_journal(folder: Path, *news: News) -> Journal:
    """A journal that holds these facts."""
    journal = open_journal(folder / "maya.db")
    for one in news:
        journal.record(one)
    return journal


def a_revision(number: int) -> Plan:
    """A small plan as the revision of this number."""
    return first_plan().model_copy(update={"revision": number})


def first_plan(letters: str = "es . r") -> Plan:
    """A small plan as the first revision, its sessions with their identities."""
    return keep_identities(plan_of(letters), None)


def next_plan(old: Plan, letters: str) -> Plan:
    """The revision after a plan."""
    return keep_identities(plan_of(letters, revision=old.revision + 1), old)


def a_file(folder: Path, *plans: Plan) -> Path:
    """The file of a journal that holds these plans."""
    path = folder / "maya.db"
    for plan in plans:
        open_journal(path).save(plan, {})
    return path
