"""The run/walk ladders, stage by stage: running, walking breaks, and what carries each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import click

from planner.cli.studies import from_words
from planner.ladder_entries import LadderEntry, StageEntry
from planner.plan import Frozen, minutes_text

BETWEEN = "Ours, put between what the sources give."
BEYOND = "Ours; no source gives it."


class ToldLadder(Frozen):
    """A ladder with its name and all its stages, those that repeat its top too."""

    name: str
    entry: LadderEntry
    stages: tuple[StageEntry, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of all sources that carry something of it."""
        carried = (self.entry.sessions_each, *self.stages)
        return tuple(dict.fromkeys(id_ for one in carried for id_ in one.source))

    def document(self) -> dict[str, Any]:
        """The ladder as JSON."""
        each = self.entry.sessions_each
        return {
            "name": self.name,
            "title": self.entry.title,
            "for": self.entry.for_whom,
            "note": self.entry.note,
            "sessions_each": {"value": each.value, "from": from_words(each)},
            "stages": [
                {
                    "stage": number,
                    **entry.stage.model_dump(),
                    "run_minutes": entry.stage.run_hundredths / 100,
                    "minutes": entry.stage.total_hundredths / 100,
                    "sourced": entry.sourced,
                    "sources": list(entry.source),
                    "from": _carried(entry),
                }
                for number, entry in enumerate(self.stages, start=1)
            ],
        }


def told_ladders() -> tuple[ToldLadder, ...]:
    """All ladders of the rulebook."""
    from planner.ladder_entries import all_stages
    from rules.loading import load_ladder_entries

    ladders = load_ladder_entries()
    return tuple(
        ToldLadder(name=name, entry=entry, stages=all_stages(name, ladders))
        for name, entry in ladders.items()
    )


def print_ladder(told: ToldLadder) -> None:
    """A ladder in full. Of one that takes its stages from another, only what it adds."""
    from planner.cli.printing import print_text

    entry, each = told.entry, told.entry.sessions_each
    print_text(f"{told.name}: {entry.title}.", first="  ", rest="    ")
    print_text(f"For {entry.for_whom}. {entry.note}".strip(), first="    ")
    print_text(
        f"At least {each.value} sessions at a stage before the next (rule two-clean). "
        f"{from_words(each)}",
        first="    ",
    )
    if entry.begins_as:
        print_text(_added(told), first="    ")
        return
    click.echo(f"    stage {'a session':<48}{'running':>10}{'in all':>11}")
    for number, one in enumerate(told.stages, start=1):
        click.echo(_row(number, one))
    for line in _carried_lines(told.stages):
        print_text(line, first="    ", rest="      ")


def _row(number: int, entry: StageEntry) -> str:
    stage = entry.stage
    session = (
        f"{stage.repeats} times {_time(stage.run_seconds)} running, "
        f"{_time(stage.walk_seconds)} walking"
    )
    running = f"{minutes_text(stage.run_hundredths / 100)} min"
    in_all = f"{minutes_text(stage.total_hundredths / 100)} min"
    return f"    {number:>5} {session:<48}{running:>10}{in_all:>11}"


def _added(told: ToldLadder) -> str:
    begins = told.entry.begins_with_stages
    first, last = told.stages[begins].stage, told.stages[-1].stage
    minutes = [minutes_text(stage.run_hundredths / 100) for stage in (first, last)]
    return (
        f"Stages 1 to {begins}: those of {told.entry.begins_as}. Stages {begins + 1} to "
        f"{len(told.stages)}: {first.repeats}, {first.repeats + 1} and so on to {last.repeats} times "
        f"{_time(first.run_seconds)} running and {_time(first.walk_seconds)} walking, which is "
        f"{minutes[0]} to {minutes[1]} min of running. {BEYOND}"
    )


def _carried_lines(stages: tuple[StageEntry, ...]) -> Iterator[str]:
    numbered = enumerate(stages, start=1)
    for carried, group in groupby(numbered, key=lambda one: _carried(one[1])):
        numbers = [number for number, _ in group]
        first, last = numbers[0], numbers[-1]
        named = f"Stage {first}" if first == last else f"Stages {first} to {last}"
        yield f"{named}: {carried}"


def _carried(entry: StageEntry) -> str:
    match entry.sourced:
        case "interpolated":
            return BETWEEN
        case "ours":
            return BEYOND
    return from_words(entry)


def _time(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    parts = (f"{minutes} min" if minutes else "", f"{rest} s" if rest else "")
    return " ".join(part for part in parts if part)
