"""``runback rules``: every rule, its number for each state, its study."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from planner.cli.options import json_option, limits_option, today_option
from planner.errors import InputError

if TYPE_CHECKING:
    from planner.cli.rule_in_full import Entry
    from planner.exercises import ExerciseEntry
    from planner.triage import TriageQuestion

EXERCISES = "exercises"
"""The name that all exercises are looked up by."""

LADDER = "ladder"
"""The name that the stages of the ladders are looked up by."""

NEAR_NAMES = 3
"""Most names that are offered in place of an unknown one."""


class Book(NamedTuple):
    """All that can be looked up: rules, other names with numbers, red flag questions, exercises."""

    rules: tuple[Entry, ...]
    others: tuple[Entry, ...]
    flags: tuple[TriageQuestion, ...]
    exercises: tuple[ExerciseEntry, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, rules first."""
        return (
            *(entry.name for entry in (*self.rules, *self.others)),
            *(flag.id for flag in self.flags),
            *(exercise.id for exercise in self.exercises),
        )

    def only(self, name: str) -> Book:
        """What stands under one name; upper and lower case are the same."""
        wanted = name.casefold()
        return Book(
            rules=tuple(entry for entry in self.rules if entry.name.casefold() == wanted),
            others=tuple(entry for entry in self.others if entry.name.casefold() == wanted),
            flags=tuple(flag for flag in self.flags if flag.id.casefold() == wanted),
            exercises=tuple(
                one for one in self.exercises if wanted in (one.id.casefold(), EXERCISES)
            ),
        )


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
    """List every rule with its numbers for each state of the back, or show one NAME in full.

    NAME is a rule, another name that stands in a message (states, pain-rule, restart-gate), a
    red flag question (RF5), ladder for the stages of the run/walk ladder, exercises for all
    exercises, or one of them (E03). Limits are never traded for anything; wishes give way to limits.
    """
    book = _book(tighter)
    if name is not None:
        found = book.only(name)
        if not found.names:
            raise _unknown(name, (*book.names, EXERCISES))
        book = found
    if as_json:
        _print_json(book)
    elif name is None:
        _tell_all(book)
    else:
        _tell_one(book)


def _book(tighter: Path | None) -> Book:
    from planner.cli.rule_in_full import other_entries, rule_entry
    from planner.cli.rulebook import limits_in_force, rulebook
    from rules.loading import load_exercises, load_triage

    limits = limits_in_force(tighter)
    rules = rulebook()
    return Book(
        rules=tuple(rule_entry(rule, limits) for rule in rules),
        others=other_entries(rules, limits),
        flags=load_triage(),
        exercises=load_exercises(),
    )


def _unknown(name: str, names: Sequence[str]) -> InputError:
    by_lower = {known.casefold(): known for known in names}
    wanted = name.casefold()
    holding = [known for known in by_lower if wanted and wanted in known]
    close = get_close_matches(wanted, by_lower, n=NEAR_NAMES)
    near = [by_lower[one] for one in dict.fromkeys((*close, *holding))][:NEAR_NAMES]
    try_ = f"Did you mean {' or '.join(near)}?" if near else "runback rules lists them."
    return InputError(f"There is no rule called {name}.", try_)


def _print_json(book: Book) -> None:
    from planner.cli.exercise_in_full import exercise_document
    from planner.cli.flag_in_full import flag_document
    from planner.cli.printing import print_json
    from planner.cli.rule_in_full import entry_document

    print_json(
        {
            "rules": [entry_document(entry) for entry in book.rules],
            "other_names": [entry_document(entry) for entry in book.others],
            "red_flags": [flag_document(flag) for flag in book.flags],
            "exercises": [exercise_document(one) for one in book.exercises],
        }
    )


def _tell_one(book: Book) -> None:
    from planner.cli.exercise_in_full import print_exercise, print_exercise_briefly
    from planner.cli.flag_in_full import print_flag
    from planner.cli.rule_in_full import print_entry

    for entry in (*book.rules, *book.others):
        print_entry(entry)
    for flag in book.flags:
        print_flag(flag)
    tell = print_exercise if len(book.exercises) == 1 else print_exercise_briefly
    for exercise in book.exercises:
        tell(exercise)


def _tell_all(book: Book) -> None:
    from planner.cli.printing import print_text
    from planner.rule import Tier

    limits = [entry for entry in book.rules if entry.tier == Tier.LIMIT]
    wishes = [entry for entry in book.rules if entry.tier != Tier.LIMIT]
    for heading, entries in (
        ("Limits, always kept", limits),
        ("Wishes", wishes),
        ("Other names and their numbers", book.others),
    ):
        print_text(heading)
        for entry in entries:
            _tell_briefly(entry)
        print_text()
    print_text(f"Red flag questions: {book.flags[0].id} to {book.flags[-1].id}.")
    print_text(
        f"Exercises and their doses: {EXERCISES}, or {book.exercises[0].id} to "
        f"{book.exercises[-1].id}. Stages of the run/walk ladder: {LADDER}."
    )
    print_text("One of them in full: runback rules NAME. Without any warranty; not medical advice.")


def _tell_briefly(entry: Entry) -> None:
    from planner.cli.printing import print_text
    from planner.cli.rule_in_full import print_number
    from planner.cli.rule_numbers import number_lines
    from planner.cli.studies import in_short, known, not_ours, unknown

    print_text(f"{entry.name}: {entry.title}.", first="  ", rest="    ")
    for line, _ in number_lines(entry.numbers, in_full=False):
        print_number(line, "    ", "      ")
    named = entry.named or entry.carrying
    cited = "; ".join(
        (*(in_short(one) for one in known(named)), *(not_ours(id_) for id_ in unknown(named)))
    )
    print_text(f"from: {cited}" if cited else "", first="    ", rest="      ")
