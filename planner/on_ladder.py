"""Which run/walk ladder a runner takes, where on it she stands, and how many weeks it takes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from planner.history import History
from planner.past import begins_ladder, ladder_session
from planner.plan import Kind, State
from planner.possible import least_minutes
from planner.request import Experience, Ladder, Limits, PastRun, Request


def ladder_to_take(
    states: tuple[State, ...],
    ladders: Mapping[str, Ladder],
    history: History,
    start: date,
    runs: tuple[PastRun, ...],
    limits: Limits,
    experience: Experience,
) -> tuple[Ladder, int]:
    """The gentle ladder, or the other one for a healthy back, and the stage to go on from.

    Whoever is on a ladder stays on it, unless she begins anew.
    """
    names = ("blake", "gentle") if states[0] is State.HEALTHY else ("gentle", "blake")
    window = limits.need("session-cap", "window_days")
    goes_on = any(run.run_hundredths and run.day >= -window for run in runs)
    for name in names if goes_on else ():
        if ladder_session(history, ladders[name], start, limits, experience) is not None:
            return ladders[name], _first_stage(ladders[name], runs)
    return ladders[names[0]], _first_stage(ladders[names[0]], runs)


def is_on_ladder(
    experience: Experience,
    limits: Limits,
    runs: tuple[PastRun, ...],
    session: tuple[int, int] | None,
    ladder: Ladder,
) -> bool:
    """Whether the plan begins with run/walk: no run in 30 days, or new and short of 30 minutes,

    or half-way up a ladder. ``session`` is the latest on the ladder: its stage, and how often held.
    """
    window = limits.need("session-cap", "window_days")
    longest = max((run.run_hundredths for run in runs if run.day >= -window), default=0)
    if begins_ladder(longest, limits, experience):
        return True
    top = (len(ladder.stages) - 1, ladder.sessions_each)
    clean = all(run.is_clean for run in runs[-ladder.sessions_each :])
    return session is not None and (session < top or not clean)


def _first_stage(ladder: Ladder, runs: tuple[PastRun, ...]) -> int:
    """The highest stage that holds no more running than the longest run known."""
    longest = max((run.run_hundredths for run in runs), default=0)
    fitting = [n for n, stage in enumerate(ladder.stages) if stage.run_hundredths <= longest]
    return max(fitting, default=0)


def first_ladder_weeks(request: Request) -> tuple[bool, ...]:
    """The weeks a ladder takes at the best, from the first; the planning corrects it."""
    sessions = (len(request.ladder.stages) - request.first_stage) * request.ladder.sessions_each
    # A day between runs leaves four in a week, as many as mild allows.
    most = request.limits.need("run-days", "max_days", State.MILD)
    flags = []
    for week in range(request.weeks):
        flags.append(sessions > 0)
        held = sum(_has_time(request, day) for day in request.days_in(week))
        sessions -= min(request.wanted_in(week, "runs"), most, held)
    return tuple(flags)


def _has_time(request: Request, day: int) -> bool:
    """Whether a day has the time for a session of the ladder."""
    if request.away[day] or request.states[day] is State.FLARE:
        return False
    return least_minutes(request, day, Kind.RUN_WALK) <= request.available_minutes[day]
