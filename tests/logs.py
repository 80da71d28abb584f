"""A runner with a plan of a week, and what she logs of it; day 0 is its Monday."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from planner.history import Answer, History, Logged, News, Told
from planner.journal import open_journal
from planner.plan import Kind, Session
from planner.profile import Back, Recent
from tests.commands import Done, a_runner, run
from tests.plans import a_day, a_plan, a_session

MONDAY = date(2026, 11, 30)
RUN_WALK = a_session(Kind.RUN_WALK, 30)
WALK = a_session(Kind.WALK, 20)
WEEK = ((RUN_WALK, WALK), (), (RUN_WALK,), (WALK,), (), (RUN_WALK,), ())
"""Monday to Sunday; Tuesday, Friday and Sunday are rest days."""

BACK = Back(pain_today=1.0)
ANSWERED = (Answer(on=MONDAY),)


def on(day: int) -> date:
    """A day of the week; Monday is 0."""
    return MONDAY + timedelta(days=day)


def maya(
    folder: Path,
    *known: Logged,
    answers: tuple[Answer, ...] = ANSWERED,
    back: Back = BACK,
) -> Path:
    """Maya's file, her plan of a week, and entries known before; the questions are answered."""
    file = a_runner(folder)
    days = [a_day(on(n), *(named(one, n) for one in given)) for n, given in enumerate(WEEK)]
    journal = open_journal(folder / "maya.db")
    journal.save(a_plan(*days), {})
    journal.record(News(logged=known, told=Told(on=MONDAY, recent=Recent(), back=back)))
    for answer in answers:
        journal.record(News(answer=answer))
    return file


def named(session: Session, day: int) -> Session:
    """A session with an identity."""
    return session.model_copy(update={"id": f"{session.kind}-{day}"})


def log(file: Path, *args: object, day: int = 0) -> Done:
    """The command on a day of the week."""
    return run("log", file, *args, today=str(on(day)))


def history(file: Path) -> History:
    """What her journal holds."""
    return open_journal(file.with_suffix(".db")).history()


def entries(file: Path) -> dict[tuple[int, str], Logged]:
    """Entries by day of the week and kind."""
    return {((one.on - MONDAY).days, one.kind.value): one for one in history(file).logged}


def unwrapped(text: str) -> str:
    """What was printed, in one line."""
    return " ".join(text.split())
