"""A training plan as data: kinds, steps, sessions, days, and the plan itself.

The JSON form of these classes is what ``--json`` prints and ``check --plan`` reads.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

HUNDREDTHS = 100
"""Minutes are compared in whole hundredths, so that no rounding error can break a limit."""


def hundredths(minutes: float) -> int:
    """Minutes as a whole number of hundredths."""
    return round(minutes * HUNDREDTHS)


def minutes_text(minutes: float) -> str:
    """Minutes as people write them: ``30``, ``3.25``."""
    return f"{minutes:.2f}".rstrip("0").rstrip(".")


TriageWord = Literal["unanswered", "clear", "stopped"]
"""How the red flag questions were answered: not at all, all with no, or so that running waits."""


class Frozen(BaseModel):
    """Data that never changes once made and takes no unknown key."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Kind(StrEnum):
    """What a session is."""

    EASY_RUN = "easy_run"
    LONG_RUN = "long_run"
    HARD_RUN = "hard_run"
    RUN_WALK = "run_walk"
    RACE = "race"
    WALK = "walk"
    STRENGTH = "strength"
    MOBILITY = "mobility"

    @property
    def is_run(self) -> bool:
        """A session with running in it."""
        return self in RUNS

    def is_of_sort(self, other: Kind) -> bool:
        """Whether one can stand for the other: the same kind, or both with running in them."""
        return self is other or (self.is_run and other.is_run)

    @property
    def is_demanding(self) -> bool:
        """A session that needs an easier day on both sides."""
        return self in DEMANDING


RUNS = (Kind.EASY_RUN, Kind.LONG_RUN, Kind.HARD_RUN, Kind.RUN_WALK, Kind.RACE)
DEMANDING = (Kind.LONG_RUN, Kind.HARD_RUN, Kind.RACE)


class State(StrEnum):
    """How the back is on a day; the limits are looked up by it."""

    HEALTHY = "healthy"
    MILD = "mild"
    MODERATE = "moderate"
    FLARE = "flare"
    RETURNING = "returning"


class Step(Frozen):
    """A part of a run: ``repeat`` times running, then walking, or easy running after a hard part.

    ``effort`` is how the running of ``run_seconds`` should feel.
    """

    repeat: int = 1
    run_seconds: int = 0
    walk_seconds: int = 0
    easy_seconds: int = 0
    effort: Literal["easy", "hard"] = "easy"


class Exercise(Frozen):
    """One exercise of a strength or mobility session, e.g. ``3 × 10 seconds hold, each side``."""

    id: str
    name: str
    sets: int
    amount: str
    per_side: bool = False


ADVISES_NOT_TO_START = "The plan advises not to start this race"
"""What the note of a race begins with that the plan gets to too little of."""


class Session(Frozen):
    """One thing to do on one day. ``id`` is its identity: kept when it moves, never used again.

    ``note`` is a sentence to read before all else, often none. ``changed`` says when and why a later
    revision changed it last; empty where none has.
    """

    id: str
    kind: Kind
    title: str
    start: str | None = None
    minutes: float
    run_minutes: float = 0.0
    walk_minutes: float = 0.0
    steps: tuple[Step, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    note: str = ""
    changed: str = ""
    rules: tuple[str, ...] = ()

    @property
    def is_advised_against(self) -> bool:
        """Whether it is a race that the plan advises not to start."""
        return self.kind is Kind.RACE and self.note.startswith(ADVISES_NOT_TO_START)

    @property
    def is_test_walk(self) -> bool:
        """Whether it is the walk that decides if running may return: of walks it alone has a note."""
        return self.kind is Kind.WALK and bool(self.note)

    @property
    def intense_minutes(self) -> float:
        """Minutes that are planned to feel hard."""
        return sum(s.repeat * s.run_seconds for s in self.steps if s.effort == "hard") / 60

    @property
    def longest_bout_minutes(self) -> float:
        """The longest stretch of running without a walking break."""
        if self.kind is not Kind.RUN_WALK or not self.steps:
            return self.run_minutes
        return max(step.run_seconds for step in self.steps) / 60


class Day(Frozen):
    """One day: its pain state (``forecast`` when it lies ahead) and its sessions, if any.

    ``rest_id`` is the identity of the rest-day entry in the calendar of a day without sessions.
    """

    date: date
    state: State
    forecast: bool = False
    sessions: tuple[Session, ...] = ()
    rest_id: str | None = None

    @property
    def run_hundredths(self) -> int:
        """Running of the day in hundredths of a minute."""
        return sum(hundredths(session.run_minutes) for session in self.sessions)

    @property
    def has_run(self) -> bool:
        """Whether there is any running on the day."""
        return any(session.kind.is_run for session in self.sessions) or self.run_hundredths > 0

    def has(self, *kinds: Kind) -> bool:
        """Whether a session of one of these kinds is on the day."""
        return any(session.kind in kinds for session in self.sessions)


class GoalResult(Frozen):
    """What was asked for and how far the plan gets, in minutes.

    ``within_plan`` is false where the goal's day lies after the plan's last day.
    """

    kind: str
    on: date | None = None
    asked_minutes: float
    planned_minutes: float
    reached: bool
    within_plan: bool = True


class TierResult(Frozen):
    """What one ordered goal of the solver came to, and whether it is proven the best."""

    stage: Literal["place", "dose"]
    name: str
    cost: int
    bound: int
    proven: bool


class SolverInfo(Frozen):
    """Which solver made the plan; ``work`` is its deterministic measure, ``seconds`` the clock's.

    ``seconds`` stays out of stored and exported plans, which are the same for the same input.
    """

    name: str = "ortools"
    version: str
    seconds: float = 0.0
    work: float = 0.0


class Plan(Frozen):
    """A training plan. ``notes`` are sentences the runner should read first.

    ``triage`` is how the red flag questions were answered on the day ``triage_on``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    schema_version: Literal[1] = Field(default=1, alias="schema")
    plan_id: str
    revision: int = 1
    made_on: date
    start: date
    end: date
    runner: str
    time_zone: str
    triage: TriageWord = "unanswered"
    triage_on: date | None = None
    goal: GoalResult
    tiers: tuple[TierResult, ...] = ()
    solver: SolverInfo | None = None
    notes: tuple[str, ...] = ()
    days: tuple[Day, ...]
