"""What today's session was like, asked on a terminal in at most three questions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

import click

from planner.as_planned import planned_run
from planner.cli.numbers import minutes, points
from planner.entering import Typed
from planner.history import Logged
from planner.logged_words import session_name
from planner.plan import Day, Kind
from planner.table import long_date, wrapped
from planner.wording import title

Read = TypeVar("Read")

RATING = "Give a number from 0 to 10, halves allowed, or just Enter if you can't say."
TWO_RATINGS = "Give two numbers from 0 to 10, like 1 0.5; - stands for one you can't say."


def ask_three(on: date, day: Day | None, unrated: Logged | None) -> tuple[Typed, float | None]:
    """What she answers of a day, and the pain on its morning after ``unrated``, the day before.

    Done as planned? The worst pain during it? The pain within the hour after it, and with it, where
    nobody told of it yet, that of this morning: a run without either never counts as clean.
    """
    planned = [title(one) for one in day.sessions if one.kind is not Kind.MOBILITY] if day else []
    _say(f"{long_date(on)}: {', '.join(planned) or 'nothing planned'}.")
    typed = _what_was_done(day, bool(planned))
    if not typed.has_session:
        worst = _rating("2. Worst pain of the day, 0 to 10?")
        return typed.model_copy(update={"pain": worst}), (
            _rating(f"3. The {_morning(unrated)}, 0 to 10?") if unrated else None
        )
    during = _rating("2. Worst pain during it, 0 to 10?")
    hour, morning = "3. Worst pain within the hour after it", None
    if unrated:
        question = f"{hour}, and the {_morning(unrated)}? Two numbers, like 1 0.5."
        after, morning = _asked(question, _read_two, TWO_RATINGS)
    else:
        after = _rating(f"{hour}, 0 to 10?")
    return typed.model_copy(update={"pain_during": during, "pain_after": after}), morning


def _what_was_done(day: Day | None, is_planned: bool) -> Typed:
    walks = day is not None and day.has(Kind.WALK) and planned_run(day) is None
    if is_planned:
        what = f"1. Did you do it as planned? yes, no, or the minutes you {_verb(walks)}."
        help_ = "Answer yes or no, or give the minutes alone, like 12 or 12.5."
    else:
        what = "1. Did you run? no, or the minutes."
        help_ = "Answer no, or give the minutes alone, like 12 or 12.5."
    return _asked(what, lambda text: _read_done(text, is_planned, walks), help_)


def _verb(walks: bool) -> str:
    return "walked" if walks else "ran, walking breaks not counted"


def _read_done(text: str, is_planned: bool, walks: bool) -> Typed:
    match text.lower():
        case "y" | "yes" if is_planned:
            return Typed(done=True)
        case "n" | "no":
            return Typed(skipped=is_planned)
    given = minutes(text)
    if not given:
        raise ValueError(text)
    return Typed(walked=given) if walks else Typed(ran=given)


def _rating(question: str) -> float | None:
    return _asked(question, _read_rating, RATING)


def _read_rating(text: str) -> float | None:
    if text in ("", "-"):
        return None
    found = points(text)
    if found is None:
        raise ValueError(text)
    return found


def _read_two(text: str) -> tuple[float | None, float | None]:
    ratings = [_read_rating(part) for part in text.split()]
    if len(ratings) > 2:
        raise ValueError(text)
    first, second, *_ = (*ratings, None, None)
    return first, second


def _morning(unrated: Logged) -> str:
    return f"pain on the morning after the {session_name(unrated)} of {long_date(unrated.on)}"


def _asked(question: str, read: Callable[[str], Read], help_: str) -> Read:
    """The answer as read; what is not understood is asked again."""
    _say(question)
    while True:
        text = click.prompt("  >", prompt_suffix=" ", default="", show_default=False, err=True)
        try:
            return read(text.strip())
        except ValueError:
            _say(help_)


def _say(text: str) -> None:
    click.echo(wrapped(text), err=True)
