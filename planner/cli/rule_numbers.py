"""The numbers of a rule in plain words, each with what carries it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from planner.cli.studies import from_words
from planner.plan import Frozen, minutes_text
from planner.sources import Carried

if TYPE_CHECKING:
    from planner.request import Limits

EVERY = "every"
UNITS = {"percent": " %", "minutes": " min", "seconds": " s", "points": " points"}
COUNTED = {"days": " day", "weeks": " week", "hours": " hour"}
"""Words in a number's name that say its unit."""

WEIGHS = "cost"
DETAILS = (WEIGHS, "step_")
"""Numbers that only a rule in full shows begin so."""


class Told(Frozen):
    """One number in one state. ``rulebook`` is what the rulebook has where hers is stricter.

    ``rule`` is the name that it stands under in a file of limits.
    """

    rule: str
    state: str
    key: str
    value: int
    words: str
    carried: Carried
    rulebook: int | None = None

    @property
    def text(self) -> str:
        """The value with its unit: ``110 %``, ``2 of 10``."""
        return with_unit(self.key, self.value)

    @property
    def from_words(self) -> str:
        """What carries the number, in a sentence. What is from memory only carries none."""
        if self.rulebook is not None:
            stands = with_unit(self.key, self.rulebook)
            return f"Yours, from --limits; the rulebook has {stands}."
        return from_words(self.carried)

    def document(self) -> dict[str, Any]:
        """The number as JSON."""
        return {
            **self.model_dump(exclude={"carried", "rulebook"}),
            "text": self.text,
            "unit": _unit(self.key),
            "sources": list(self.carried.source) if self.rulebook is None else [],
            "checked": self.carried.checked if self.rulebook is None else "",
            "from": self.from_words,
            "rulebook_value": self.rulebook,
        }


def numbers_of(name: str, limits: Limits) -> tuple[Told, ...]:
    """The numbers of a rule, or of a name that is none, key by key."""
    from rules.loading import load_numbers, load_words

    states = limits.by_rule.get(name, {})
    words = load_words()[name].numbers if name in load_words() else {}
    ours = load_numbers().get(name, {})
    found = []
    for key in dict.fromkeys(key for numbers in states.values() for key in numbers):
        for state in (state for state, numbers in states.items() if key in numbers):
            number = ours.get(state, {}).get(key) or ours.get(EVERY, {}).get(key)
            value = states[state][key]
            same = number is not None and number.value == value
            found.append(
                Told(
                    rule=name,
                    state=state,
                    key=key,
                    value=value,
                    words=words.get(key, key.replace("_", " ")),
                    carried=number or Carried(source=()),
                    rulebook=number.value if number and not same else None,
                )
            )
    return tuple(found)


def numbers_elsewhere(name: str, limits: Limits) -> tuple[Told, ...]:
    """The numbers that a rule goes by and that stand under another name."""
    from rules.loading import load_words

    named = load_words()[name].elsewhere if name in load_words() else {}
    return tuple(
        told.model_copy(update={"words": f"{words[told.key]} (under {other})"})
        for other, words in named.items()
        for told in numbers_of(other, limits)
        if told.key in words
    )


def number_lines(numbers: Sequence[Told], *, in_full: bool) -> Iterator[tuple[str, str]]:
    """Each number in a line, and what carries it; a line tells several states where that is one.

    Not ``in_full`` a key has one line, what carries it is left out, and so are small things.
    """
    states = {told.state for told in numbers}
    for key, group_of_key in groupby(numbers, key=lambda told: told.key):
        of_key = tuple(group_of_key)
        if not in_full and key.startswith(DETAILS):
            continue
        alike: dict[str, list[Told]] = {}
        for told in of_key:
            alike.setdefault(told.from_words if in_full else "", []).append(told)
        for carried, group in alike.items():
            yield f"{group[0].words}: {_values(group, is_plain=_is_plain(of_key, states))}", carried


def with_unit(key: str, number: int) -> str:
    """A number as people write it, by the unit that its name says."""
    unit = _unit(key)
    if unit == "tenths":
        points = minutes_text(number / 10)
        return (
            f"{points} point{'' if points == '1' else 's'}" if "rise" in key else f"{points} of 10"
        )
    if unit in COUNTED:
        return f"{number}{COUNTED[unit]}{'' if number == 1 else 's'}"
    return f"{number}{UNITS.get(unit, '')}"


def _unit(key: str) -> str:
    words = key.split("_")
    return next((word for word in words if word in (*UNITS, *COUNTED, "tenths")), "")


def _is_plain(of_key: Sequence[Told], states: Collection[str]) -> bool:
    """Whether the state need not be told: the rule knows no other, or the words name it already."""
    only = {told.state for told in of_key}
    return len(only) == 1 and (len(states) == 1 or all(one in of_key[0].words for one in only))


def _values(group: Sequence[Told], *, is_plain: bool) -> str:
    """``healthy, mild 110 %; moderate 100 %``; the number of every state stands alone."""
    by_text: dict[str, list[str]] = {}
    for told in group:
        by_text.setdefault(told.text, []).append(told.state)
    return "; ".join(
        f"{'' if is_plain or EVERY in states else ', '.join(states) + ' '}{text}"
        for text, states in by_text.items()
    )
