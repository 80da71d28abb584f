"""Entries of the log in plain words."""

from __future__ import annotations

from planner.history import Logged, LogKind
from planner.plan import Kind, minutes_text
from planner.ratings import TooMuch
from planner.table import long_date

NAMES = {
    Kind.LONG_RUN: "long run",
    Kind.HARD_RUN: "hard run",
    Kind.RACE: "race",
    Kind.RUN_WALK: "run/walk",
}
"""What a run is called; other runs are runs."""


def logged_sentence(one: Logged) -> str:
    """An entry with its day, as it was stored."""
    return f"Logged for {long_date(one.on)}: {in_words(one)}."


def replaced_sentence(old: Logged, new: Logged) -> str:
    """What an entry said that another one replaced."""
    names = ("pain_during", "pain_after", "pain_morning", "rpe")
    gone = not is_empty(new) and any(
        getattr(old, name) is not None and getattr(new, name) is None for name in names
    )
    again = " Its ratings are gone with it: give them again if they hold." if gone else ""
    return f"Replaced: {in_words(old)}.{again}"


def in_words(one: Logged) -> str:
    """An entry in plain words: ``run of 15 min, as planned; pain 1 during it; effort 4 of 10``."""
    told = [_what(one), *_pain_words(one)]
    if one.rpe is not None:
        told.append(f"effort {minutes_text(one.rpe)} of 10")
    if one.note:
        told.append(f"note: {one.note}")
    return "; ".join(part for part in told if part) or "nothing"


def is_empty(one: Logged) -> bool:
    """An entry that holds nothing: of a session logged by mistake and taken back, or of no pain."""
    if one.kind is LogKind.STRENGTH:
        return one.session_kind is None
    if one.kind is LogKind.DAY:
        return one == Logged(on=one.on, kind=one.kind)
    return not (one.run_minutes or one.walk_minutes)


def session_name(one: Logged) -> str:
    """``run/walk``, ``long run``, ``walk``, ``strength``."""
    if one.kind is LogKind.RUN and one.session_kind:
        return NAMES.get(one.session_kind, "run")
    return one.kind.value


def _what(one: Logged) -> str:
    if one.kind is LogKind.DAY:
        return "nothing of what was planned was done" if one.skipped else ""
    what = session_name(one)
    if is_empty(one):
        return f"no {what}"
    if one.kind is LogKind.WALK:
        what += f" of {minutes_text(one.walk_minutes)} min"
    if one.kind is LogKind.RUN:
        what += f" with {minutes_text(one.run_minutes)} min of running"
        if one.walk_minutes:
            what += f" and {minutes_text(one.walk_minutes)} min of walking"
    return what + (", as planned" if one.state else "")


def _pain_words(one: Logged) -> list[str]:
    during, after = ("during it", "within the hour after it")
    if one.kind is LogKind.DAY:
        during, after = ("during training", "within the hour after training")
    ratings = (
        (one.pain, "at the worst of the day"),
        (one.pain_during, during),
        (one.pain_after, after),
        (one.pain_morning, "next morning"),
    )
    return [f"pain {minutes_text(pain)} {when}" for pain, when in ratings if pain is not None]


def too_much_words(one: TooMuch) -> str:
    """What makes a run a set-back: ``pain of 2.5 next morning (limit 1, your usual)``."""
    usual = ", your usual" if one.is_usual else ""
    return f"pain of {minutes_text(one.pain)} {one.when} (limit {minutes_text(one.limit)}{usual})"
