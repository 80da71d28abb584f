"""The exercises of strength and mobility sessions: their dose, what carries it, and how sure it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.cli.studies import OURS, document, from_words, in_short, known, print_in_full

if TYPE_CHECKING:
    from planner.exercises import ExerciseEntry

TENTHS = 10


def exercise_document(entry: ExerciseEntry) -> dict[str, Any]:
    """An exercise as JSON."""
    return {
        "id": entry.id,
        "name": entry.name,
        "kind": entry.kind,
        "dose": _dose(entry),
        "dose_from": from_words(entry.dose),
        "states": [state.value for state in entry.states],
        "when": _when(entry),
        "note": entry.note,
        "sources": [document(source) for source in known(_ids(entry))],
    }


def print_exercise(entry: ExerciseEntry) -> None:
    """An exercise in full, with its studies."""
    from planner.cli.printing import print_text

    print_text(f"{entry.id}: {entry.name}")
    print_text()
    _print_dose(entry, "")
    if entry.note:
        print_text(entry.note)
    print_text()
    print_text("What it rests on")
    print_in_full(_ids(entry))


def print_exercise_briefly(entry: ExerciseEntry) -> None:
    """An exercise in the list of all: its dose, and its studies in short."""
    from planner.cli.printing import print_text

    print_text(f"{entry.id}: {entry.name}.", first="  ", rest="    ")
    _print_dose(entry, "    ")
    if entry.note:
        print_text(entry.note, first="    ", rest="      ")
    chosen = "; ".join(in_short(source) for source in known(entry.source))
    print_text(f"the exercise from: {chosen}", first="    ", rest="      ")


def _print_dose(entry: ExerciseEntry, first: str) -> None:
    from planner.cli.printing import print_text
    from planner.cli.rule_in_full import print_number

    rest = f"{first}  "
    print_number(f"{_dose(entry)}. {from_words(entry.dose)}", first, rest)
    print_text(f"when: {_when(entry)}", first=first, rest=rest)


def _dose(entry: ExerciseEntry) -> str:
    sides = " on each side" if entry.per_side else ""
    sets = f"{entry.sets} set{'' if entry.sets == 1 else 's'}"
    dose = f"{sets} of {entry.amount}{sides}"
    if not entry.amount_eased:
        return dose
    states = ", ".join(state.value for state in entry.states_eased)
    return f"{dose}; {states}: {entry.amount_eased}"


def _when(entry: ExerciseEntry) -> str:
    from planner.plan import minutes_text

    told = [", ".join(state.value for state in entry.states)]
    if entry.flare_max_tenths is not None:
        told.append(
            f"in a flare with pain up to {minutes_text(entry.flare_max_tenths / TENTHS)} of 10"
        )
    if entry.needs_relief:
        told.append(f"only where {' or '.join(entry.needs_relief)} eases the back")
    if entry.needs_relief_in_flare:
        told.append(f"in a flare only where {' or '.join(entry.needs_relief_in_flare)} eases it")
    if entry.not_if_worse:
        told.append(f"not where {' or '.join(entry.not_if_worse)} hurts")
    return "; ".join(told)


def _ids(entry: ExerciseEntry) -> tuple[str, ...]:
    """What carries its dose, and what the exercise itself."""
    ids = dict.fromkeys((*entry.dose.source, *entry.source))
    return (*(id_ for id_ in ids if id_ != OURS), *(id_ for id_ in ids if id_ == OURS))
