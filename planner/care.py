"""What runners with a sore back read about: what is known of it, and where a plan holds it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from planner.plan import RUNS, Day, Frozen, Kind, Session
from planner.sources import SourceIds

FOAM_ROLL = "foam_roll"
"""The kind of exercise of the catalogue that some mobility sessions hold."""


class CareTopic(Frozen):
    """One thing to read about. ``source`` is empty where no study was read for this project.

    ``says`` is what the sources carry, ``place`` where it stands in the plan. ``also`` are other
    words for it, ``rules`` the names to look up. ``counts`` is what of a plan belongs to it, and
    ``key`` the key of ``[week]`` in the runner's file that asks for it.
    """

    name: str
    title: str
    also: tuple[str, ...] = ()
    says: str
    source: SourceIds = ()
    place: str
    rules: tuple[str, ...] = ()
    counts: Literal["", "runs", "walks", "strength", "mobility", "foam_roll"] = ""
    key: str = ""
    lists_red_flags: bool = False


class Held(Frozen):
    """How often some days of a plan hold a topic; of runs the running alone is counted in minutes."""

    sessions: int
    minutes: float


def held(topic: CareTopic, days: Sequence[Day], rolling: Collection[str]) -> Held | None:
    """What some days hold of a topic; None for one that no plan holds.

    ``rolling`` are the ids of the exercises with a foam roller.
    """
    if not topic.counts:
        return None
    found = [
        session
        for day in days
        for session in day.sessions
        if _belongs(session, topic.counts, rolling)
    ]
    minutes = sum(one.run_minutes if topic.counts == "runs" else one.minutes for one in found)
    return Held(sessions=len(found), minutes=minutes)


def kinds_of(counts: str) -> frozenset[Kind]:
    """The kinds of sessions that count; of those with foam rolling only some do."""
    if counts == "runs":
        return frozenset(RUNS)
    if counts == "walks":
        return frozenset({Kind.WALK})
    return frozenset({Kind.MOBILITY if counts == FOAM_ROLL else Kind(counts)})


def _belongs(session: Session, counts: str, rolling: Collection[str]) -> bool:
    if counts == FOAM_ROLL:
        return any(exercise.id in rolling for exercise in session.exercises)
    return session.kind in kinds_of(counts)
