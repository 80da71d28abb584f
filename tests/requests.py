"""Requests for tests: a plain runner over a few days, changed by what a test is about.

Pain states as letters: ``h`` healthy, ``m`` mild, ``M`` moderate, ``f`` flare, ``r`` returning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from planner.plan import Kind, State, hundredths
from planner.request import (
    DAYS_IN_WEEK,
    Experience,
    Goal,
    Limits,
    PastRun,
    Request,
    WeekWish,
    Wishes,
)
from rules.loading import load_ladders, load_limits

MONDAY = date(2026, 11, 30)
STATES = {
    "h": State.HEALTHY,
    "m": State.MILD,
    "M": State.MODERATE,
    "f": State.FLARE,
    "r": State.RETURNING,
}


def a_request(
    days: int = DAYS_IN_WEEK,
    *,
    start: date = MONDAY,
    states: str = "h",
    minutes: int | Sequence[int] = 60,
    away: Sequence[int] = (),
    past_runs: Mapping[int, float | Kind] | None = None,
    race_on: int | None = None,
    ladder_weeks: Sequence[int] = (),
    wish: WeekWish | None = None,
    limits: Limits | None = None,
    **given: Any,
) -> Request:
    """A returning runner from a Monday on, healthy, an hour a day, no wishes and no past.

    ``states``: a letter a day, the last one holds to the end. ``minutes``: every day's, or a row of
    them. ``away``, ``ladder_weeks``: numbers of days and weeks. ``past_runs``: day → minutes of the run,
    or its kind (30 minutes). ``race_on``: the goal is a race on this day. ``wish``: every week's. The
    rest of ``given`` are the request's own fields.
    """
    weeks = (start.weekday() + days - 1) // DAYS_IN_WEEK + 1
    row = (minutes,) * days if isinstance(minutes, int) else tuple(minutes)
    goal = Goal(kind="keep_running", asked_hundredths=3000)
    if race_on is not None:
        goal = Goal(kind="race", day=race_on, asked_hundredths=6000, distance_km=10.0)
    default: dict[str, Any] = {
        "today": start,
        "forecast": (False,) * days,
        "experience": Experience.RETURNING,
        "wishes": Wishes(runs=3, walks=2, strength=1, mobility=1),
        "goal": goal,
        "ladder": load_ladders()["gentle"],
        "pattern": load_ladders()["pattern"],
        "walk_minutes": 20,
        "walk_target_minutes": 30,
        "week_wishes": (wish or WeekWish(easy_minutes=30, long_minutes=40, walk_minutes=20),)
        * weeks,
    }
    return Request(
        start=start,
        days=days,
        available_minutes=row,
        away=tuple(day in away for day in range(days)),
        states=tuple(STATES[states[min(day, len(states) - 1)]] for day in range(days)),
        past_runs=tuple(a_past_run(day, what) for day, what in (past_runs or {}).items()),
        ladder_weeks=tuple(week in ladder_weeks for week in range(weeks)),
        limits=limits or load_limits(),
        **{**default, **given},
    )


def a_past_run(day: int, what: float | Kind) -> PastRun:
    """A run before the plan: its minutes, or its kind and 30 minutes."""
    if isinstance(what, Kind):
        return PastRun(day=day, run_hundredths=3000, kind=what)
    return PastRun(day=day, run_hundredths=hundredths(what))


def limits_with(
    changed: Mapping[str, Mapping[str, int]], state: str = "every", base: Limits | None = None
) -> Limits:
    """The rulebook's limits with other numbers under ``state``: ``{"run-days": {"max_days": 1}}``."""
    by_rule = {rule: dict(states) for rule, states in (base or load_limits()).by_rule.items()}
    for rule, numbers in changed.items():
        by_rule[rule][state] = {**by_rule[rule].get(state, {}), **numbers}
    return Limits(by_rule=by_rule)
