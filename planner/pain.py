"""How the back is: the state of each day, from what the runner says of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from planner.flares import Course, course, earliest_gate, quiet_days_met
from planner.history import History
from planner.plan import Frozen, State
from planner.ratings import (
    ONE_DAY,
    Ratings,
    known_by,
    last_back,
    last_told,
    ratings_of,
    runs,
    stated_backs,
    tenths,
    told_tenths,
    told_usual_tenths,
)
from planner.request import Limits


class Outlook(Frozen):
    """The state of each day ahead, at the earliest that things can get better.

    ``forecast`` marks the days of which nothing is known yet. ``gate_walk_on`` is the day of the test
    walk and ``gate_on`` the first on which running may return: ahead while the gate is shut, behind
    while the back is returning; None where there is no flare, or the gate is not expected to open.
    """

    states: tuple[State, ...]
    forecast: tuple[bool, ...]
    gate_walk_on: date | None = None
    gate_on: date | None = None


def state_on(history: History, limits: Limits, day: date, leg_signs: Collection[str]) -> State:
    """The state of a day, from what was known at its end.

    Flares first; else the worst of the last run, the latest daily rating and the usual pain as the
    file tells it: one good day is no better back. Nothing said about the back is mild: healthy is
    only who says so (evidence.md, 9.3).
    """
    return _state(known_by(history, day), limits, day, course(history, limits, day, leg_signs))


def counting_ratings(ratings: Ratings, limits: Limits, day: date) -> tuple[tuple[date, int], ...]:
    """What counts on a day, each with the day it was felt: the last run, and the latest rated day.

    The last run counts until the next, and nothing counts longer than 7 days (evidence.md, 9.3).
    """
    found: list[tuple[date, int]] = []
    if ratings.latest is not None:
        found.append((ratings.latest, ratings.by_day[ratings.latest]))
    for entry in runs(ratings.history)[-1:]:
        for on, points in (
            (entry.on, entry.pain_during),
            (entry.on, entry.pain_after),
            (entry.on + ONE_DAY, entry.pain_morning),
        ):
            if points is not None:
                found.append((on, tenths(points)))
    span = limits.need("ratings", "run_counts_days")
    return tuple((on, rating) for on, rating in found if (day - on).days < span)


def outlook(
    history: History,
    limits: Limits,
    today: date,
    start: date,
    days: int,
    leg_signs: Collection[str],
) -> Outlook:
    """The states from ``start``, today or later, on: today's, then the earliest they can get better.

    What the file says on the plan's first day is known, also where that day lies ahead. A usual pain
    above the edge of mild lets no better state be expected than moderate, and keeps the gate of a
    flare shut until two quiet days have shown otherwise.
    """
    now = max(today, start)
    facts = known_by(history, today, told_by=now)
    found = course(history, limits, today, leg_signs, until=now)
    told = last_told(facts, now)
    known = max(today, told.on) if told else today
    spans, walk, gate = _spans(facts, limits, today, now, found)
    dates = [start + ahead * ONE_DAY for ahead in range(days)]
    return Outlook(
        states=tuple(_on(spans, on) for on in dates),
        forecast=tuple(on > known for on in dates),
        gate_walk_on=walk,
        gate_on=gate,
    )


_Spans = tuple[tuple[State, date], ...]
"""States in a row, each with the first day on which it no longer holds."""


def _on(spans: _Spans, day: date) -> State:
    return next(state for state, until in spans if day < until)


def _spans(
    facts: History, limits: Limits, today: date, now: date, found: Course
) -> tuple[_Spans, date | None, date | None]:
    """The states ahead, the day of the test walk, and that of the gate."""
    usual = told_usual_tenths(last_back(facts, now))
    edge = limits.need("states", "max_tenths", State.MILD)
    sore = usual is not None and usual > edge
    rest = (State.MODERATE if sore else State.MILD, date.max)
    state = _state(facts, limits, now, found)
    flare = found.flare_on(now)
    if flare is None:
        if state is State.MODERATE:
            return ((state, _moderate_until(facts, limits, now, edge)), rest), None, None
        return ((state, date.max),), None, None
    more = limits.need("states", "returning_more_days") * ONE_DAY
    way_back = limits.need("states", "returning_forecast_days") * ONE_DAY
    if flare.gate_on is not None:
        over = max(flare.gate_on + way_back, today + more)
        return ((State.RETURNING, over), rest), None, flare.gate_on
    walk, gate = earliest_gate(facts, limits, flare, today)
    if sore and not quiet_days_met(facts, limits, flare, today):
        return ((State.FLARE, date.max),), None, None
    return ((State.FLARE, gate), (State.RETURNING, gate + way_back), rest), walk, gate


def _moderate_until(facts: History, limits: Limits, day: date, edge: int) -> date:
    """The first day on which the ratings that make a day moderate count no longer, all being well."""
    held = limits.need("states", "moderate_forecast_days") * ONE_DAY
    counting = counting_ratings(ratings_of(facts), limits, day)
    ends = [on + held for on, rating in counting if rating > edge]
    return max([*ends, day + ONE_DAY])


def _state(facts: History, limits: Limits, day: date, found: Course) -> State:
    flare = found.flare_on(day)
    if flare is not None:
        return State.FLARE if flare.gate_on is None else State.RETURNING
    ratings = ratings_of(facts)
    usual = told_usual_tenths(last_back(facts, day)) or 0
    counting = [rating for _, rating in counting_ratings(ratings, limits, day)]
    worst = max([usual, *counting])
    if worst > limits.need("states", "max_tenths", State.MILD):
        return State.MODERATE
    if worst == 0 and _says_healthy(ratings, limits, day, found):
        return State.HEALTHY
    return State.MILD


def _says_healthy(ratings: Ratings, limits: Limits, day: date, found: Course) -> bool:
    """Whether she said that her back is without pain, and nothing of the last weeks differs.

    What the file said before a flare says nothing of the back after it; four weeks rated 0 do.
    """
    span = limits.need("states", "pain_free_days", State.HEALTHY)
    recent = ratings.between(day - (span - 1) * ONE_DAY, day)
    if any(recent):
        return False
    back = last_back(ratings.history, day)
    said_on = max((on for on, said in stated_backs(ratings.history) if said == back), default=None)
    flare = found.flares[-1].day_0 if found.flares else date.min
    told = back is not None and told_tenths(back) == 0 and said_on is not None and said_on > flare
    return told or len(recent) >= span
