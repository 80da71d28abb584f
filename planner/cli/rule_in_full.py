"""Rules and other names with numbers, each in full."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from planner.cli.ladder_in_full import ToldLadder, print_ladder, told_ladders
from planner.cli.rule_numbers import Told, number_lines, numbers_elsewhere, numbers_of
from planner.cli.studies import document, known, print_in_full, unknown, unknown_document
from planner.plan import Frozen
from planner.rule import Tier

if TYPE_CHECKING:
    from planner.request import Limits
    from planner.rule import Rule

WHY = "Why:"
"""How the paragraph of a rule's text begins that its sources tell better."""

NUMBER_AND_UNIT = re.compile(r"(\d) (?=%|[a-z])")
"""The space that no line may break at: ``110 %``, ``30 days``, ``2 of 10``."""

LADDER = "ladder"
"""The name that the stages of the ladders are looked up by."""

HOME = "rules"
"""The package of our own rules."""


class Entry(Frozen):
    """A name with its numbers. What is no rule has no ``stage`` and no ``tier``.

    ``package`` is the one that brings a rule, where it is not ours.
    """

    name: str
    title: str
    says: str = ""
    stage: str | None = None
    tier: str | None = None
    package: str = ""
    numbers: tuple[Told, ...] = ()
    named: tuple[str, ...] = ()
    ladders: tuple[ToldLadder, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of its sources, of those of its numbers and of its ladders, each once."""
        climbed = (id_ for ladder in self.ladders for id_ in ladder.sources)
        return tuple(dict.fromkeys((*self.named, *self.carrying, *climbed)))

    @property
    def carrying(self) -> tuple[str, ...]:
        """The ids of the sources that carry its numbers; what is from memory only carries none."""
        return tuple(dict.fromkeys(id_ for told in self.numbers for id_ in told.carried.source))


def rule_entry(rule: Rule, limits: Limits) -> Entry:
    """A rule, whoever brings it."""
    package = type(rule).__module__.split(".")[0]
    return Entry(
        name=rule.name,
        title=rule.title,
        says=_text_of(rule),
        stage=str(rule.stage),
        tier=str(rule.tier),
        package="" if package == HOME else package,
        numbers=(*numbers_of(rule.name, limits), *numbers_elsewhere(rule.name, limits)),
        named=tuple(rule.sources),
    )


def other_entries(rules: Sequence[Rule], limits: Limits) -> tuple[Entry, ...]:
    """The names that are no rules, as they stand in messages: ``states``, ``undo`` and so on."""
    from rules.loading import load_words

    taken = {rule.name for rule in rules}
    words = load_words()
    bare = (name for name, told in words.items() if not told.numbers)
    return tuple(
        Entry(
            name=name,
            title=words[name].title if name in words else name,
            says=words[name].says if name in words else "",
            numbers=numbers_of(name, limits),
            ladders=told_ladders() if name == LADDER else (),
        )
        for name in (*limits.by_rule, *bare)
        if name not in taken
    )


def entry_document(entry: Entry) -> dict[str, Any]:
    """An entry as JSON."""
    states: dict[str, dict[str, int]] = {}
    for told in entry.numbers:
        if told.rule == entry.name:
            states.setdefault(told.state, {})[told.key] = told.value
    return {
        "name": entry.name,
        "title": entry.title,
        "says": entry.says,
        "stage": entry.stage,
        "tier": entry.tier,
        "package": entry.package or "runback",
        "limits": states,
        "numbers": [told.document() for told in entry.numbers],
        **({"ladders": [one.document() for one in entry.ladders]} if entry.ladders else {}),
        "sources": [
            *(document(source) for source in known(entry.sources)),
            *(unknown_document(id_) for id_ in unknown(entry.sources)),
        ],
    }


def print_entry(entry: Entry) -> None:
    """An entry in full: its sentence, its numbers, its sources."""
    from planner.cli.printing import print_text

    print_text(f"{entry.name}: {entry.title}")
    print_text(" ".join(_place(entry)))
    if entry.says:
        print_text()
        print_text(entry.says)
    lines = tuple(number_lines(entry.numbers, in_full=True))
    if lines:
        print_text()
        print_text("Its numbers")
    for line, carried in lines:
        print_number(f"{line}. {carried}", "  ", "    ")
    for ladder in entry.ladders:
        print_text()
        print_ladder(ladder)
    if entry.sources:
        print_text()
        print_text("What it rests on")
    print_in_full(entry.sources)


def print_number(text: str, first: str, rest: str) -> None:
    """Numbers in words, each on one line with its unit."""
    from planner.table import wrapped

    kept = NUMBER_AND_UNIT.sub("\\1\N{NO-BREAK SPACE}", text)
    told = wrapped(kept, first, rest)
    click.echo(told.replace("\N{NO-BREAK SPACE}", " "))


def _place(entry: Entry) -> Iterator[str]:
    if entry.tier is None and not entry.numbers:
        yield "No rule: a word that stands behind changes of the plan."
    elif entry.tier is None:
        yield "Numbers that several rules and messages use."
    elif entry.tier == Tier.LIMIT:
        yield "A limit: never traded for anything."
    else:
        yield "A wish: it gives way to every limit; what is missed is weighed against other wishes."
    if entry.package:
        yield f"Added by the package {entry.package}; it is not a part of runback."


def _text_of(rule: Rule) -> str:
    """What a rule's own text says of it, without the paragraph of its reasons.

    The text is that of the rule's module where the module is named after the rule, else that of
    its class. Empty where there is none.
    """
    kind = type(rule)
    module = sys.modules.get(kind.__module__)
    named_after = kind.__module__.split(".")[-1] == rule.name.replace("-", "_")
    text = (module.__doc__ if module and named_after else kind.__doc__) or ""
    paragraphs = [" ".join(part.split()) for part in text.replace("``", "").split("\n\n")]
    return " ".join(part for part in paragraphs if part and not part.startswith(WHY))
