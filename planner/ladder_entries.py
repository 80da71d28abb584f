"""The run/walk ladders as the rulebook has them: their stages, and what carries each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from planner.plan import Frozen
from planner.request import Ladder, Stage
from planner.sources import Carried


class StageEntry(Carried):
    """One stage. ``sourced`` says whether it is ``interpolated`` or added by us (``ours``)."""

    run_seconds: int
    walk_seconds: int
    repeats: int
    sourced: Literal["secondary", "interpolated", "ours"]

    @property
    def stage(self) -> Stage:
        """The stage alone."""
        return Stage(
            run_seconds=self.run_seconds, walk_seconds=self.walk_seconds, repeats=self.repeats
        )


class Sessions(Carried):
    """How many sessions a stage needs at the least."""

    value: int


class LadderEntry(Frozen):
    """A ladder, easiest stage first.

    One that ``begins_as`` another has as many stages of it as ``begins_with_stages``, and goes on with
    the last of them, repeated more and more often, up to ``repeat_top_to``.
    """

    title: str
    for_whom: str
    note: str = ""
    sessions_each: Sessions
    stages: tuple[StageEntry, ...] = ()
    begins_as: str = ""
    begins_with_stages: int = 0
    repeat_top_to: int = 0


def all_stages(name: str, ladders: Mapping[str, LadderEntry]) -> tuple[StageEntry, ...]:
    """The stages of a ladder; those that it takes from another and those that repeat its top too."""
    entry = ladders[name]
    if not entry.begins_as:
        return entry.stages
    base = all_stages(entry.begins_as, ladders)[: entry.begins_with_stages]
    top = base[-1].model_copy(update={"source": ("ours",), "sourced": "ours", "there": ""})
    repeats = range(top.repeats + 1, entry.repeat_top_to + 1)
    return (*base, *(top.model_copy(update={"repeats": more}) for more in repeats))


def ladder_of(name: str, ladders: Mapping[str, LadderEntry]) -> Ladder:
    """A ladder as a plan climbs it."""
    return Ladder(
        name=name,
        stages=tuple(entry.stage for entry in all_stages(name, ladders)),
        sessions_each=ladders[name].sessions_each.value,
    )
