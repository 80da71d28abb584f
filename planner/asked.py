"""The parts of a request: limits, ladders, wishes, the past, what a plan before it held."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from planner.plan import Frozen, Kind, State, Step


class Experience(StrEnum):
    """How used to running the runner is, in her own words."""

    NEW = "new"
    RETURNING = "returning"
    REGULAR = "regular"


class Limits(Frozen):
    """The numbers of the rules: rule name → state → key → number.

    A key that a rule has for every state stands under ``every``. Missing means "no such limit".
    """

    by_rule: Mapping[str, Mapping[str, Mapping[str, int]]]

    def get(self, rule: str, key: str, state: State | None = None) -> int | None:
        """The number, or None where this rule sets none in this state."""
        states = self.by_rule.get(rule, {})
        for name in ([state.value] if state else []) + ["every"]:
            if key in states.get(name, {}):
                return states[name][key]
        return None

    def need(self, rule: str, key: str, state: State | None = None) -> int:
        """The number; a missing one is a fault of the rulebook, not of the runner."""
        found = self.get(rule, key, state)
        if found is None:
            raise KeyError(f"limits.toml has no {key} for {rule} ({state or 'every'})")
        return found


class Stage(Frozen):
    """One rung of a run/walk ladder."""

    run_seconds: int
    walk_seconds: int
    repeats: int

    @property
    def run_hundredths(self) -> int:
        """Running in one session, in hundredths of a minute."""
        return self.run_seconds * self.repeats * 100 // 60

    @property
    def walk_hundredths(self) -> int:
        """Walking in one session, in hundredths of a minute."""
        return self.walk_seconds * self.repeats * 100 // 60

    @property
    def total_hundredths(self) -> int:
        """The whole session, in hundredths of a minute."""
        return self.run_hundredths + self.walk_hundredths


class Ladder(Frozen):
    """Run/walk stages, easiest first, and how many sessions each needs at the least."""

    name: str
    stages: tuple[Stage, ...]
    sessions_each: int = 2

    def stage_of(self, run_seconds: int, walk_seconds: int, repeats: int) -> int | None:
        """The place of such a session on the ladder, or None when it is not one of its stages."""
        wanted = Stage(run_seconds=run_seconds, walk_seconds=walk_seconds, repeats=repeats)
        return self.stages.index(wanted) if wanted in self.stages else None


class PastRun(Frozen):
    """Running before the plan: ``day`` is negative. ``kind`` is known from the journal only.

    ``steps`` are those of a session done as planned. A run is clean with at most 2 of 10 of pain
    during it and the usual pain after it and next morning; an answer not given is not clean.
    """

    day: int
    run_hundredths: int
    kind: Kind | None = None
    steps: tuple[Step, ...] = ()
    is_clean: bool = False


class Wishes(Frozen):
    """Sessions wanted each week, and the wished weekday (0 = Monday) of the long run."""

    runs: int
    walks: int = 0
    strength: int = 0
    mobility: int = 0
    long_run_weekday: int | None = None


class Goal(Frozen):
    """What is wanted. ``day`` may lie beyond the plan. ``asked_hundredths`` is in run minutes,

    for the goal ``walking`` in minutes of one walk.
    """

    kind: str
    day: int | None = None
    asked_hundredths: int
    distance_km: float | None = None


class Restart(Frozen):
    """How to begin again after a flare: the first day on which running may return,

    what a week held before the flare, the last comfortable run then known (0: none), the days since the
    last one before the plan (0: none), and the usual pain of its time, None where it is unknown.
    """

    day: int
    pre_flare_week_hundredths: int
    last_run_hundredths: int
    days_since_last_run: int
    usual_tenths: int | None = None


class Before(Frozen):
    """What the plan before this one held on a day."""

    kinds: tuple[Kind, ...] = ()
    run_hundredths: int = 0
    walk_minutes: int = 0
    hard_minutes: int = 0


class OwnDay(Frozen):
    """A session that the runner moved to a day herself."""

    day: int
    kind: Kind


class Setback(Frozen):
    """What the pain of the last days asks for; days count from the plan's first.

    No running on the first ``days_off`` days. On the first ``hold_days`` days no run may be longer
    than ``run_hundredths``, no stretch without a walking break longer than ``bout_hundredths``, and
    all running together no more than ``all_hundredths``; None: no such limit.
    """

    days_off: int = 0
    hold_days: int = 0
    run_hundredths: int | None = None
    bout_hundredths: int | None = None
    all_hundredths: int | None = None


class HardStep(Frozen):
    """The hard part of a hard run: so many times hard, then easy running."""

    repeats: int
    hard_seconds: int
    easy_seconds: int
    warm_up_minutes: int

    @property
    def hard_minutes(self) -> int:
        """Hard running in all."""
        return self.repeats * self.hard_seconds // 60

    @property
    def run_minutes(self) -> int:
        """The shortest run that has room for it, easy minutes before and after included."""
        block = self.repeats * (self.hard_seconds + self.easy_seconds)
        return -(-block // 60) + self.warm_up_minutes


class WeekWish(Frozen):
    """How much a week should hold where the limits leave room: the smooth way to the goal.

    ``hard_minutes`` counts the hard parts of one hard run alone.
    """

    easy_minutes: int = 0
    long_minutes: int = 0
    hard_minutes: int = 0
    walk_minutes: int = 0
    cut_back: bool = False
    taper: bool = False
