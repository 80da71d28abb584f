"""``runback care``: what helps a sore back and what doesn't, as far as studies were read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli.options import FILE, json_option, limits_option, today_option
from planner.errors import InputError

if TYPE_CHECKING:
    from planner.care import CareTopic
    from planner.cli.care_week import Week
    from planner.request import Limits
    from planner.triage import TriageQuestion

NO_STUDY = "no study read for this project"
NEAR = 0.75
"""How alike a word must be to one of ours to be offered instead."""


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
@limits_option
@today_option
@json_option
def command(
    name: str | None,
    file: Path | None,
    tighter: Path | None,
    today: date | None,
    as_json: bool,
) -> None:
    """Tell what runners with a sore back read about, with its evidence and its place in the plan.

    NAME is one of them, told with its studies in full: strength, mobility, heat. Where the plan made
    from FILE no longer fits your log or FILE, that comes first.
    """
    from planner.cli.care_week import week_of
    from planner.cli.printing import print_advice, print_json
    from planner.cli.rulebook import limits_in_force
    from rules.loading import load_care

    topics, limits = load_care(), limits_in_force(tighter)
    chosen = topics if name is None else (_named(name, topics),)
    week = week_of(file, tighter, today) if file else None
    advice = week.advice if week else ()
    if as_json:
        print_json(
            {
                "care": [_document(topic, week, limits) for topic in chosen],
                "fits": week.fits if week else None,
                "advice": list(advice),
            }
        )
        return
    print_advice(advice)
    if name is None:
        _tell_all(chosen, week)
    else:
        _tell_one(chosen[0], week, limits)


def _named(name: str, topics: Sequence[CareTopic]) -> CareTopic:
    from planner.profile_text import printable

    by_word = {word: topic for topic in topics for word in (topic.name, *topic.also)}
    wanted = name.strip().casefold()
    if wanted in by_word:
        return by_word[wanted]
    near = get_close_matches(wanted, by_word, n=1, cutoff=NEAR)
    listed = ", ".join(topic.name for topic in topics)
    try_ = f"Did you mean {by_word[near[0]].name}?" if near else f"There is: {listed}."
    if not wanted:
        raise InputError("The NAME is empty.", f"Leave it out to read of all. {try_}")
    raise InputError(f"Nothing is told of {printable(name)}.", try_)


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
    if topic.lists_red_flags:
        told.append("each sign has its own")
    return "; ".join((*told, *(("the rest is ours",) if OURS in topic.source else ())))


def _not_read(status: Sequence[str]) -> str:
    if "secondary" not in status:
        return ""
    return ", in part as reported by others" if "read" in status else ", as reported by others"


def _document(topic: CareTopic, week: Week | None, limits: Limits) -> dict[str, Any]:
    from planner.cli.care_week import held_document
    from planner.cli.flag_in_full import flag_checked, flag_sources
    from planner.cli.studies import document, known

    return {
        **topic.model_dump(include={"name", "title", "also", "says", "place", "rules"}),
        "evidence": _evidence(topic),
        "sources": [document(source) for source in known(topic.source)],
        "in_plan": held_document(topic, week),
        "red_flags": [
            {
                "id": question.id,
                "sign": question.sign,
                "care": care,
                "checked": flag_checked(question),
                "sources": [document(source) for source in known(flag_sources(question))],
            }
            for care, questions in _red_flags(topic)
            for question in questions
        ],
        "without_a_sign": [
            {"says": says, "from": carried} for says, carried in _without_a_sign(topic, limits)
        ],
    }


def _red_flags(topic: CareTopic) -> Iterator[tuple[str, list[TriageQuestion]]]:
    """The care to seek and the questions that ask for it, most urgent first."""
    from planner.triage import LOCAL_NUMBER
    from rules.loading import load_triage

    if not topic.lists_red_flags:
        return
    by_care: dict[str, list[TriageQuestion]] = {}
    for question in sorted(load_triage(), key=lambda question: question.care.order):
        says = question.care.says.replace("{number}", LOCAL_NUMBER)
        by_care.setdefault(says, []).append(question)
    yield from by_care.items()


def _without_a_sign(topic: CareTopic, limits: Limits) -> Iterator[tuple[str, str]]:
    """When the plan itself says to see somebody, and what carries the numbers in it."""
    from planner.advice import when_to_seek
    from planner.cli.rule_numbers import numbers_of

    if not topic.lists_red_flags:
        return
    for says, named in when_to_seek(limits):
        texts: dict[str, list[str]] = {}
        for rule, key in named:
            for told in numbers_of(rule, limits):
                if told.key == key:
                    texts.setdefault(told.from_words, []).append(told.text)
        if len(texts) == 1:
            yield says, " ".join(texts)
        else:
            yield says, " ".join(f"{' and '.join(of)}: {words}" for words, of in texts.items())


def _tell_all(topics: Sequence[CareTopic], week: Week | None) -> None:
    from planner.cli.printing import print_text

    for topic in topics:
        _tell_briefly(topic, week)
        if topic.lists_red_flags:
            print_text(
                f"All signs: runback care {topic.name} (and when to see somebody without one)",
                first="  ",
                rest="  ",
            )
        print_text()
    print_text("One of them with its studies: runback care NAME. This is not medical advice.")


def _tell_briefly(topic: CareTopic, week: Week | None) -> None:
    from planner.cli.care_week import held_sentence
    from planner.cli.printing import print_text

    print_text(f"{topic.name}: {topic.title}")
    print_text(topic.says, first="  ", rest="  ")
    print_text(f"Evidence: {_evidence(topic)}.", first="  ", rest="  ")
    print_text(f"In the plan: {topic.place}", first="  ", rest="  ")
    if sentence := held_sentence(topic, week):
        print_text(sentence, first="  ", rest="  ")


def _tell_one(topic: CareTopic, week: Week | None, limits: Limits) -> None:
    from planner.cli.printing import print_text
    from planner.cli.studies import print_in_full

    _tell_briefly(topic, week)
    _tell_signs(topic)
    _tell_without_a_sign(topic, limits)
    if topic.source:
        print_text()
        print_text("What it rests on")
    print_in_full(topic.source)
    _tell_sources_of_signs(topic)
    if topic.rules:
        print_text()
        print_text(f"Its rules: {', '.join(topic.rules)}. One in full: runback rules NAME.")
    print_text("This is not medical advice.")


def _tell_signs(topic: CareTopic) -> None:
    """Each sign; where it is less than read, how far it was checked."""
    from planner.cli.flag_in_full import flag_checked
    from planner.cli.printing import print_text

    for care, questions in _red_flags(topic):
        print_text()
        print_text(care)
        for question in questions:
            print_text(f"- {question.sign} ({question.id})", first="  ", rest="    ")
            if question.status != ("read",):
                print_text(f"Checked: {flag_checked(question)}.", first="    ", rest="      ")


def _tell_without_a_sign(topic: CareTopic, limits: Limits) -> None:
    from planner.cli.printing import print_text

    for place, (says, carried) in enumerate(_without_a_sign(topic, limits)):
        if not place:
            print_text()
            print_text("Without any sign the plan says to see somebody all the same:")
        print_text(f"- {says}", first="  ", rest="    ")
        print_text(carried, first="    ", rest="      ")


def _tell_sources_of_signs(topic: CareTopic) -> None:
    from planner.cli.flag_in_full import flag_sources
    from planner.cli.printing import print_text
    from planner.cli.studies import known

    questions = [question for _, found in _red_flags(topic) for question in found]
    if questions:
        print_text()
        print_text("What each sign rests on. One in full: runback rules RF1.")
    for question in questions:
        others = ("read" not in question.status) * " (as reported by others)"
        cited = [
            source.cite().removesuffix(others) + others for source in known(flag_sources(question))
        ]
        told = "; ".join(cited) or "nothing that was checked"
        print_text(f"{question.id}: {told}.", first="  ", rest="    ")
