"""``runback care``: what helps a sore back and what doesn't, as far as studies were read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli.options import FILE, json_option, today_option
from planner.errors import InputError

if TYPE_CHECKING:
    from planner.care import CareTopic, Held
    from planner.plan import Day

NO_STUDY = "no study read for this project"
COUNTED = {
    "runs": ("run", "runs", ", {minutes} min of running"),
    "walks": ("walk", "walks", ", {minutes} min"),
    "strength": ("strength session", "strength sessions", ", {minutes} min"),
    "mobility": ("mobility session", "mobility sessions", ", {minutes} min"),
    # How long a session with a roller is says nothing of the rolling.
    "foam_roll": ("session with foam rolling", "sessions with foam rolling", ""),
}
"""What a plan holds, in words: one, several, and for how long."""

NEAR = 0.75
"""How alike a word must be to one of ours to be offered instead."""


@dataclass(frozen=True)
class Week:
    """A week of the runner's plan. ``when`` says which one, ``care`` what red flags ask for."""

    days: tuple[Day, ...]
    when: str
    care: tuple[str, ...]


@click.command(
    "care",
    short_help="What helps a sore back, what doesn't, and how well it is known.",
    epilog="Example: runback care mobility --for maya.toml",
)
@click.argument("name", required=False)
@click.option(
    "--for",
    "file",
    type=FILE,
    metavar="FILE",
    help="Count what the plan made from FILE holds of each this week.",
)
@today_option
@json_option
def command(name: str | None, file: Path | None, today: date | None, as_json: bool) -> None:
    """Tell what runners with a sore back read about, with its evidence and its place in the plan.

    NAME is one of them, told with its studies in full: strength, mobility, heat.
    """
    from rules.loading import load_care

    topics = load_care()
    chosen = topics if name is None else (_named(name, topics),)
    week = _week(file, today) if file else None
    if as_json:
        from planner.cli.printing import print_json

        print_json({"care": [_document(topic, week) for topic in chosen]})
    elif name is None:
        _tell_all(chosen, week)
    else:
        _tell_one(chosen[0], week)


def _named(name: str, topics: Sequence[CareTopic]) -> CareTopic:
    by_word = {word: topic for topic in topics for word in (topic.name, *topic.also)}
    wanted = name.casefold()
    if wanted in by_word:
        return by_word[wanted]
    near = get_close_matches(wanted, by_word, n=1, cutoff=NEAR)
    listed = ", ".join(topic.name for topic in topics)
    try_ = f"Did you mean {by_word[near[0]].name}?" if near else f"There is: {listed}."
    raise InputError(f"Nothing is told of {name}.", try_)


def _week(file: Path, today: date | None) -> Week:
    """This week of the stored plan; its first or last one where it has not begun or is over."""
    from planner.cli.asking import advice, refuse_emergency
    from planner.cli.clock import today_in
    from planner.cli.files import journal_path, stored_plan
    from planner.journal import open_journal
    from planner.table import long_date, weeks_ahead, weeks_of
    from planner.triage import Verdict, standing
    from rules.loading import load_triage

    plan, questions = stored_plan(file), load_triage()
    where = standing(open_journal(journal_path(file)).history(), questions)
    if where.verdict is Verdict.EMERGENCY:
        refuse_emergency(where, plan.time_zone, questions)
    day = today or today_in(plan.time_zone)
    days = weeks_of(plan)[weeks_ahead(plan, day)[0] - 1]
    when = "this week"
    if day < plan.start:
        when = f"in its first week, from {long_date(days[0].date)}"
    elif day > plan.end:
        when = f"in its last week, to {long_date(days[-1].date)}"
    return Week(days=days, when=when, care=advice(where, plan.time_zone, questions))


def _held(topic: CareTopic, week: Week | None) -> Held | None:
    from planner.care import FOAM_ROLL, held
    from rules.loading import load_exercises

    rolling = {entry.id for entry in load_exercises() if entry.kind == FOAM_ROLL}
    return held(topic, week.days, rolling) if week else None


def _held_sentence(topic: CareTopic, week: Week | None) -> str:
    """What her plan holds this week: ``Your plan has 4 walks this week, 65 min.``"""
    from planner.plan import minutes_text

    found = _held(topic, week)
    if week is None or found is None:
        return ""
    one, several, length = COUNTED[topic.counts]
    if not found.sessions:
        return f"Your plan has no {several} {week.when}; {topic.key} in [week] asks for some."
    count = f"{found.sessions} {one if found.sessions == 1 else several}"
    return f"Your plan has {count} {week.when}{length.format(minutes=minutes_text(found.minutes))}."


def _evidence(topic: CareTopic) -> str:
    """How good, and who: ``one randomised trial (Pocovi et al. 2024); the rest is ours``."""
    from planner.cli.studies import OURS, known

    told = [
        f"{source.strength_words} ({source.short()}{_not_read(source.status)})"
        for source in known(topic.source)
        if source.id != OURS
    ]
    if not told:
        return NO_STUDY
    return "; ".join((*told, *(("the rest is ours",) if OURS in topic.source else ())))


def _not_read(status: Sequence[str]) -> str:
    return "" if "read" in status else ", as reported by others"


def _document(topic: CareTopic, week: Week | None) -> dict[str, Any]:
    from planner.cli.studies import document, known

    return {
        **topic.model_dump(include={"name", "title", "also", "says", "place", "rules"}),
        "evidence": _evidence(topic),
        "sources": [document(source) for source in known(topic.source)],
        "in_plan": _held_document(topic, week),
        "red_flags": [
            {"id": id_, "sign": sign, "care": care}
            for care, signs in _red_flags(topic)
            for id_, sign in signs
        ],
    }


def _held_document(topic: CareTopic, week: Week | None) -> dict[str, Any] | None:
    found = _held(topic, week)
    if week is None or found is None:
        return None
    return {
        **found.model_dump(),
        "counts": topic.counts,
        "from": week.days[0].date.isoformat(),
        "to": week.days[-1].date.isoformat(),
    }


def _red_flags(topic: CareTopic) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The care to seek and its signs, most urgent first."""
    from planner.triage import LOCAL_NUMBER
    from rules.loading import load_triage

    if not topic.lists_red_flags:
        return
    by_care: dict[str, list[tuple[str, str]]] = {}
    for question in sorted(load_triage(), key=lambda question: question.care.order):
        says = question.care.says.replace("{number}", LOCAL_NUMBER)
        by_care.setdefault(says, []).append((question.id, question.sign))
    yield from by_care.items()


def _tell_all(topics: Sequence[CareTopic], week: Week | None) -> None:
    from planner.cli.printing import print_text

    for topic in topics:
        _tell_briefly(topic, week)
        if topic.lists_red_flags:
            print_text(f"All signs: runback care {topic.name}", first="  ", rest="  ")
        print_text()
    print_text("One of them with its studies: runback care NAME. This is not medical advice.")
    for sentence in week.care if week else ():
        print_text(sentence)


def _tell_briefly(topic: CareTopic, week: Week | None) -> None:
    from planner.cli.printing import print_text

    print_text(f"{topic.name}: {topic.title}")
    print_text(topic.says, first="  ", rest="  ")
    print_text(f"Evidence: {_evidence(topic)}.", first="  ", rest="  ")
    print_text(f"In the plan: {topic.place}", first="  ", rest="  ")
    if sentence := _held_sentence(topic, week):
        print_text(sentence, first="  ", rest="  ")


def _tell_one(topic: CareTopic, week: Week | None) -> None:
    from planner.cli.printing import print_text
    from planner.cli.studies import print_in_full

    _tell_briefly(topic, week)
    for care, signs in _red_flags(topic):
        print_text()
        print_text(care)
        for id_, sign in signs:
            print_text(f"- {sign} ({id_})", first="  ", rest="    ")
    if topic.source:
        print_text()
        print_text("What it rests on")
    print_in_full(topic.source)
    if topic.rules:
        print_text()
        print_text(f"Its rules: {', '.join(topic.rules)}. One in full: runback rules NAME.")
    print_text("This is not medical advice.")
    for sentence in week.care if week else ():
        print_text(sentence)
