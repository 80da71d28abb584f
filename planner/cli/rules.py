"""``runback rules``: every rule, its number for each state, its study."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli.options import json_option, limits_option, today_option
from planner.errors import InputError

if TYPE_CHECKING:
    from planner.request import Limits
    from planner.rule import Rule
    from planner.sources import Source

UNITS = {"percent": " %", "minutes": " min", "seconds": " s", "tenths": " tenths of a point"}
COUNTED = {"days": " day", "weeks": " week"}
"""Words in a number's name that say its unit."""

PLAIN = {"min": "at least", "max": "at most", "floor": "or more by"}
OF_WHAT = {
    "band percent": "percent of the last run",
    "week percent": "percent of a week before the flare",
}
"""What a share is of, where the words of its name leave it open."""

DETAILS = ("cost", "step_")
"""Numbers that only one rule in full shows."""


@click.command(
    "rules",
    short_help="Every rule, its numbers and its studies.",
    epilog="Example: runback rules session-cap",
)
@click.argument("name", required=False)
@limits_option
@today_option
@json_option
def command(name: str | None, tighter: Path | None, today: object, as_json: bool) -> None:
    """List every rule with its numbers for each state of the back, or show the rule NAME in full.

    Limits are never traded for anything; wishes give way to limits.
    """
    from planner.cli.rulebook import limits_in_force, rulebook

    limits = limits_in_force(tighter)
    rules = rulebook()
    chosen = tuple(rule for rule in rules if name in (None, rule.name))
    if not chosen:
        raise _unknown(name or "", rules)
    if as_json:
        from planner.cli.printing import print_json

        print_json({"rules": [_document(rule, limits) for rule in chosen]})
    elif name:
        _tell_one(chosen[0], limits)
    else:
        _tell_all(chosen, limits)


def _unknown(name: str, rules: tuple[Rule, ...]) -> InputError:
    names = [rule.name for rule in rules]
    near = get_close_matches(name, names, n=1)
    try_ = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(names)}."
    return InputError(f"There is no rule called {name}.", try_)


def _document(rule: Rule, limits: Limits) -> dict[str, Any]:
    numbers = limits.by_rule.get(rule.name, {})
    return {
        "name": rule.name,
        "title": rule.title,
        "stage": rule.stage.value,
        "tier": rule.tier.value,
        "limits": {state: dict(keys) for state, keys in numbers.items()},
        "sources": [_source_document(source) for source in _sources(rule)],
    }


def _source_document(source: Source) -> dict[str, Any]:
    told = ("id", "year", "title", "journal", "doi", "grade", "status", "citable", "showed")
    return {
        **source.model_dump(mode="json", include=set(told)),
        "cite": source.cite(),
        "strength": source.strength_words,
    }


def _sources(rule: Rule) -> tuple[Source, ...]:
    """The sources of a rule; a rule of another package may name ones that only it knows."""
    from rules.loading import load_sources

    known = load_sources()
    return tuple(known[id_] for id_ in rule.sources if id_ in known)


def _tell_all(rules: tuple[Rule, ...], limits: Limits) -> None:
    from planner.cli.printing import print_text
    from planner.rule import Tier

    for heading, wanted in (("Limits, always kept", True), ("Wishes", False)):
        print_text(heading)
        for rule in rules:
            if (rule.tier is Tier.LIMIT) is wanted:
                print_text(f"{rule.name}: {rule.title}.", first="  ", rest="    ")
                for line in _number_lines(limits.by_rule.get(rule.name, {}), without=DETAILS):
                    print_text(line, first="    ", rest="      ")
                cited = "; ".join(_short(source) for source in _sources(rule))
                print_text(f"from: {cited}" if cited else "", first="    ", rest="      ")
        print_text()
    print_text("One rule in full: runback rules NAME. Without any warranty; not medical advice.")


def _tell_one(rule: Rule, limits: Limits) -> None:
    from planner.cli.printing import print_text
    from planner.rule import Tier

    is_limit = rule.tier is Tier.LIMIT
    print_text(f"{rule.name}: {rule.title}")
    print_text("A limit: never traded for anything." if is_limit else f"A wish ({rule.tier}).")
    for line in _number_lines(limits.by_rule.get(rule.name, {})):
        print_text(line, first="  ", rest="    ")
    for source in _sources(rule):
        print_text()
        print_text(f"{_short(source)}, grade {source.grade}", first="  ", rest="  ")
        for label, text in _told(source):
            if text:
                print_text(f"{label}{text}", first="    ", rest="    ")


def _told(source: Source) -> Iterator[tuple[str, str]]:
    if source.citable:
        stop = "" if source.title.endswith("?") else "."
        yield "", f"{source.title}{stop}" if source.title_checked else ""
        yield "Showed: ", source.showed
        yield "Did not show: ", source.did_not_show
    yield "In: ", source.population
    yield "Caveat: ", source.caveat
    yield "doi: ", source.doi or ""


def _short(source: Source) -> str:
    cited, strength = source.cite(), source.strength_words
    return cited if cited == strength else f"{cited} ({strength})"


def _number_lines(
    states: Mapping[str, Mapping[str, int]], without: tuple[str, ...] = ()
) -> Iterator[str]:
    """One line a key: ``ratio: healthy 130 %, mild 120 %``."""
    keys = dict.fromkeys(key for numbers in states.values() for key in numbers)
    for key in keys:
        if without and key.startswith(without):
            continue
        told = [
            f"{'' if state == 'every' else f'{state} '}{_with_unit(key, numbers[key])}"
            for state, numbers in states.items()
            if key in numbers
        ]
        yield f"{_label(key)}: {', '.join(told)}"


def _label(key: str) -> str:
    """The words of a key without those that say its unit: ``at most`` for ``max_days``.

    A numbered group keeps them, as they tell its numbers apart: ``band 1, days``.
    """
    words = key.split("_")
    plain = [word for word in words if word not in (*UNITS, *COUNTED)]
    if len(words) > 2 and words[1].isdecimal():
        group, number, *what = words
        told = " ".join(plain[2:] or what)
        return f"{group} {number}, {OF_WHAT.get(f'{group} {told}', told)}"
    return " ".join(PLAIN.get(word, word) for word in plain) or key


def _with_unit(key: str, number: int) -> str:
    for word in key.split("_"):
        if word in UNITS:
            return f"{number}{UNITS[word]}"
        if word in COUNTED:
            return f"{number}{COUNTED[word]}{'' if number == 1 else 's'}"
    return str(number)
