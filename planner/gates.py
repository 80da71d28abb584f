"""The restart gate: what must have gone well before the first run after a flare.

Two quiet days in a row, then a test walk, then a quiet next morning, and no leg signs
(evidence.md, section 10).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from planner.history import History, Logged, LogKind
from planner.plan import Frozen
from planner.ratings import ONE_DAY, Ratings, tenths
from planner.request import Limits


class GateLimits(Frozen):
    """The numbers of the gate for one runner: pain in tenths."""

    quiet_days: int
    quiet_most: int
    morning_most: int
    walk_minutes: int
    walk_most: int

    @classmethod
    def of(cls, limits: Limits, usual: int | None) -> GateLimits:
        """The numbers with the usual pain as it was before the flare; unknown, it asks nothing more."""

        def need(key: str) -> int:
            return limits.need("restart-gate", key)

        quiet = need("quiet_max_tenths")
        if usual is not None:
            quiet = min(quiet, usual + need("quiet_rise_tenths"))
        morning = quiet if usual is None else min(quiet, usual + need("next_morning_rise_tenths"))
        return cls(
            quiet_days=need("quiet_days"),
            quiet_most=quiet,
            morning_most=morning,
            walk_minutes=need("walk_minutes"),
            walk_most=need("walk_max_tenths"),
        )


@dataclass
class Gate:
    """How far the gate has been opened, day by day from the day after the flare's first."""

    facts: History
    ratings: Ratings
    limits: GateLimits
    quiet_in_a_row: int = 0
    quiet_met: bool = False
    walked_on: date | None = None
    passed_on: date | None = None
    _walks: dict[date, Logged] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._walks = {e.on: e for e in self.facts.logged if e.kind is LogKind.WALK}

    def opens_on(self, day: date, leg_signs: Collection[str]) -> bool:
        """Whether running may return on a day: to be asked before ``pass_day`` of this day."""
        return self._passed_by(day) is not None and not self._leg_sign(day, leg_signs)

    def pass_day(self, day: date) -> None:
        """Take a day in: its morning, its walk, its rating."""
        self.passed_on, self.walked_on = self._passed_by(day), None
        is_test = self.quiet_met and self._is_test_walk(day)
        if self._is_loud(day):
            self.quiet_in_a_row, self.quiet_met, self.passed_on = 0, False, None
            return
        if is_test:
            self.walked_on = day
        is_rated = day in self.ratings.by_day
        self.quiet_in_a_row = self.quiet_in_a_row + 1 if is_rated else 0
        self.quiet_met = self.quiet_met or self.quiet_in_a_row >= self.limits.quiet_days

    def earliest(self, today: date) -> tuple[date, date]:
        """The test walk and the day after it, where all goes well from ``today`` on.

        The gate must have taken in the days before today, none later.
        """
        loud = self._is_loud(today)
        walked = self.passed_on or self.walked_on
        if walked and not loud:
            return walked, today + ONE_DAY
        day, in_a_row, met = today, self.quiet_in_a_row, self.quiet_met
        while loud or not met:
            in_a_row = 0 if loud else in_a_row + 1
            met = in_a_row >= self.limits.quiet_days
            day, loud = day + ONE_DAY, False
        return day, day + ONE_DAY

    def _passed_by(self, day: date) -> date | None:
        """The test walk that is passed by this morning."""
        morning = self.ratings.mornings.get(day)
        if self.walked_on is None or morning is None or morning > self.limits.morning_most:
            return self.passed_on
        return self.walked_on

    def _is_loud(self, day: date) -> bool:
        """Whether a day hurt more than a quiet one may; a test walk has a limit of its own.

        A day on which she says that it flares up is not quiet, however little it hurts.
        """
        if any(report.on == day for report in self.facts.reports):
            return True
        rating = self.ratings.by_day.get(day)
        if self.quiet_met and self._is_test_walk(day):
            rating = self.ratings.without_walk(day)
        return rating is not None and rating > self.limits.quiet_most

    def _is_test_walk(self, day: date) -> bool:
        walk = self._walks.get(day)
        return (
            walk is not None
            and walk.walk_minutes >= self.limits.walk_minutes
            and walk.pain_during is not None
            and tenths(walk.pain_during) <= self.limits.walk_most
        )

    def _leg_sign(self, day: date, leg_signs: Collection[str]) -> bool:
        return any(
            answer.on <= day
            and any(flag in leg_signs for flag in answer.flags)
            and (answer.cleared_on is None or answer.cleared_on > day)
            for answer in self.facts.answers
        )
