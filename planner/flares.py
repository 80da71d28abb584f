"""Flares: when one begins, when running may return, and when it is over.

A flare ends only through the restart gate, never because a rating drops (evidence.md, 9.1 and 10).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from planner.gates import Gate, GateLimits
from planner.history import History, Logged
from planner.plan import Frozen, State, hundredths
from planner.ratings import (
    ONE_DAY,
    Ratings,
    TooMuch,
    as_known,
    known_by,
    last_back,
    ratings_of,
    runs,
    stated_backs,
    stop_tenths,
    told_tenths,
    too_much,
    usual_or_edge,
)
from planner.request import Limits
from planner.volumes import ONE_WEEK, logged_week, monday_of, pre_flare_week_hundredths

Because = Literal["she says so", "rating", "rise", "second set-back"]
SAYS_SO: Because = "she says so"


class Flare(Frozen):
    """A flare from its first day on.

    ``usual_tenths`` is her usual pain before it, frozen until it is over; None where it is unknown.
    ``gate_on`` is the day from which running may return, None while the gate is shut; ``over_on`` the
    first day on which the ratings alone say how the back is.
    """

    day_0: date
    because: Because
    usual_tenths: int | None
    gate_on: date | None = None
    over_on: date | None = None


class BadRun(Frozen):
    """A set-back: a run that was bad, the day on which she knew (that day or the next), and why."""

    run_on: date
    known_on: date
    because: TooMuch


class Course(Frozen):
    """Flares and set-backs of a history, oldest first."""

    flares: tuple[Flare, ...] = ()
    bad_runs: tuple[BadRun, ...] = ()

    def flare_on(self, day: date) -> Flare | None:
        """The flare that a day belongs to, the way back included."""
        begun = [flare for flare in self.flares if flare.day_0 <= day]
        last = begun[-1] if begun else None
        return last if last and (last.over_on is None or day < last.over_on) else None

    def since_last_gate(self) -> tuple[BadRun, ...]:
        """The set-backs that count now: none from before the last flare's gate."""
        gate = self.flares[-1].gate_on if self.flares else date.min
        return () if gate is None else tuple(b for b in self.bad_runs if b.run_on >= gate)


def flares(
    history: History, limits: Limits, today: date, leg_signs: Collection[str]
) -> tuple[Flare, ...]:
    """The flares up to a day, oldest first.

    ``leg_signs``: ids of the red flag questions that keep the gate shut until they are cleared.
    """
    return course(history, limits, today, leg_signs).flares


def last_flare(
    history: History, limits: Limits, today: date, leg_signs: Collection[str]
) -> Flare | None:
    """The last flare up to a day, over or not."""
    found = flares(history, limits, today, leg_signs)
    return found[-1] if found else None


def open_flare(
    history: History, limits: Limits, today: date, leg_signs: Collection[str]
) -> Flare | None:
    """The flare whose gate is still shut, None where there is none."""
    last = last_flare(history, limits, today, leg_signs)
    return last if last and last.gate_on is None else None


def usual_in(course: Course, ratings: Ratings, day: date, limits: Limits) -> int | None:
    """Her usual pain before a day, in tenths; as on its first day in a flare and until it is over."""
    flare = course.flare_on(day)
    return flare.usual_tenths if flare else ratings.usual(day, limits)


def earliest_gate(history: History, limits: Limits, flare: Flare, today: date) -> tuple[date, date]:
    """The day of the test walk and the first on which running may return, at the earliest.

    A past day without a rating is not quiet; today and later may still be. A walk of today or
    yesterday whose next morning is not told may still count. Running returns tomorrow at the
    earliest: as far as is known, the gate is shut today. Leg signs are taken as cleared by then.
    """
    gate = _gate_by(known_by(history, today), limits, flare, today - ONE_DAY)
    walk, opens = gate.earliest(max(today, flare.day_0 + ONE_DAY))
    least = flare.day_0 + limits.need("states", "flare_forecast_days") * ONE_DAY
    if walk >= today and opens < least:
        return least - ONE_DAY, least
    return walk, opens


def quiet_days_met(history: History, limits: Limits, flare: Flare, today: date) -> bool:
    """Whether the quiet days that come before the test walk are known to be done."""
    return _gate_by(known_by(history, today), limits, flare, today).quiet_met


def _gate_by(facts: History, limits: Limits, flare: Flare, last: date) -> Gate:
    """The gate of a flare as it stands after a day."""
    gate = _gate(facts, limits, flare)
    for day in _days(flare.day_0 + ONE_DAY, last):
        gate.pass_day(day)
    return gate


def course(
    history: History,
    limits: Limits,
    today: date,
    leg_signs: Collection[str],
    until: date | None = None,
) -> Course:
    """Flares and set-backs, day by day, from what was known on ``today``.

    ``until``: the day up to which to look ahead, where the file speaks of a later one.
    """
    last = max(today, until or today)
    facts = known_by(history, today, told_by=last)
    walk = _Walk(facts, limits, tuple(leg_signs))
    begun = min(walk.fact_days(), default=None)
    for day in _days(begun, last) if begun else ():
        walk.step(day)
    return walk.course


def _days(first: date, last: date) -> list[date]:
    return [first + ahead * ONE_DAY for ahead in range((last - first).days + 1)]


def _gate(facts: History, limits: Limits, flare: Flare) -> Gate:
    return Gate(facts, ratings_of(facts), GateLimits.of(limits, flare.usual_tenths))


@dataclass
class _Walk:
    """One pass over the days: each sees what was found on those before it."""

    facts: History
    limits: Limits
    leg_signs: tuple[str, ...]
    course: Course = field(default_factory=Course)
    _gate: Gate | None = None
    _volume: int = 0

    def __post_init__(self) -> None:
        self._ratings = ratings_of(self.facts)
        self._reported = {report.on for report in self.facts.reports}
        self._told = dict(stated_backs(self.facts))
        self._runs = {entry.on: entry for entry in runs(self.facts)}

    def fact_days(self) -> list[date]:
        """The days on which something that matters here was said."""
        return [*self._reported, *self._told, *self._runs, *self._ratings.by_day]

    def step(self, day: date) -> None:
        """One day: its morning may open the gate, or end the way back; then it may begin a flare."""
        if self._gate is not None:
            is_open = self._gate.opens_on(day, self.leg_signs)
            self._gate.pass_day(day)
            if not is_open:
                return
            self._gate = None
            self._change(gate_on=day)
        elif self._is_over(day):
            self._change(over_on=day)
        self._note_bad_runs(day)
        because = self._begins(day)
        if because:
            self._begin(day, because)

    def _begin(self, day: date, because: Because) -> None:
        usual = usual_in(self.course, self._ratings, day, self.limits)
        flare = Flare(day_0=day, because=because, usual_tenths=usual)
        self.course = self.course.model_copy(update={"flares": (*self.course.flares, flare)})
        self._gate = _gate(self.facts, self.limits, flare)
        volume = pre_flare_week_hundredths(self.facts, day, self.limits)
        # Weeks that held less than one run worth planning are no volume to regain.
        least = hundredths(self.limits.need("easy-runs", "minutes_min"))
        self._volume = volume if volume >= least else 0

    def _change(self, **what: date) -> None:
        *before, last = self.course.flares
        changed = last.model_copy(update=what)
        self.course = self.course.model_copy(update={"flares": (*before, changed)})

    def _is_over(self, day: date) -> bool:
        """Whether the volume from before the flare was held by a full week, as of this morning."""
        last = self.course.flares[-1] if self.course.flares else None
        if last is None or last.gate_on is None or last.over_on is not None:
            return False
        if not self._volume:
            return self._has_been_quiet(last.gate_on, day)
        week = day - ONE_WEEK
        full = monday_of(day) == day and week >= last.gate_on
        regained = full and logged_week(self.facts, week) >= self._volume
        return regained or self._has_come_far(last.gate_on, day)

    def _has_come_far(self, gate: date, day: date) -> bool:
        """Whether the restart weeks are over, the last of them quiet and without a set-back.

        Run/walks by whole stages, or within the time of a day, may never hold exactly what weeks held
        before; without this the way back would have no end for some (our convention).
        """
        weeks = self.limits.need("states", "returning_forecast_days") * ONE_DAY
        window = self.limits.need("step-back", "setback_window_days")
        recent = [bad for bad in self.course.bad_runs if (day - bad.known_on).days < window]
        return day >= gate + weeks and not recent and self._has_been_quiet(gate, day)

    def _has_been_quiet(self, gate: date, day: date) -> bool:
        days = self.limits.need("restart-gate", "quiet_days_without_volume")
        first = day - days * ONE_DAY
        found = self._ratings.between(first, day - ONE_DAY)
        edge = self.limits.need("states", "max_tenths", State.MILD)
        least = self.limits.need("ratings", "usual_ratings_min")
        return first >= gate and len(found) >= least and max(found) <= edge

    def _note_bad_runs(self, day: date) -> None:
        """The runs that turn out bad on this day: by its answers, or by this morning's."""
        gate = self.course.flares[-1].gate_on if self.course.flares else date.min
        known = {bad.run_on for bad in self.course.bad_runs}
        for on in (day - ONE_DAY, day):
            entry = self._runs.get(on)
            if entry is None or on in known or gate is None or on < gate:
                continue
            because = self._too_much(entry, day)
            if because is not None:
                bad = BadRun(run_on=on, known_on=day, because=because)
                self.course = self.course.model_copy(
                    update={"bad_runs": (*self.course.bad_runs, bad)}
                )

    def _too_much(self, entry: Logged, day: date) -> TooMuch | None:
        usual = usual_in(self.course, self._ratings, entry.on, self.limits)
        returning = self.course.flare_on(entry.on) is not None
        return too_much(as_known(entry, day), usual, self.limits, returning=returning)

    def _begins(self, day: date) -> Because | None:
        if day in self._reported:
            return SAYS_SO
        if self._pain(day) > stop_tenths(last_back(self.facts, day), self.limits):
            return "rating"
        if self._rises(day):
            return "rise"
        window = self.limits.need("step-back", "setback_window_days")
        recent = [
            bad for bad in self.course.since_last_gate() if (day - bad.known_on).days < window
        ]
        enough = len(recent) >= self.limits.need("step-back", "setbacks_to_walking")
        return "second set-back" if enough and recent[-1].known_on == day else None

    def _pain(self, day: date) -> int:
        told = self._told.get(day)
        return max(self._ratings.by_day.get(day, 0), told_tenths(told) if told else 0)

    def _rises(self, day: date) -> bool:
        """Whether a morning was so far above the usual pain; it lasts longer than the two hours."""
        morning = self._ratings.mornings.get(day)
        if morning is None:
            return False
        usual = usual_in(self.course, self._ratings, day, self.limits)
        rise = self.limits.need("states", "rise_tenths", State.FLARE)
        return morning >= usual_or_edge(usual, self.limits) + rise
