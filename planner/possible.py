"""Which kinds of session a day may hold at all, before any rule is asked."""

from __future__ import annotations

from planner.plan import Kind, State
from planner.request import Request

SUPPORT = (Kind.STRENGTH, Kind.MOBILITY)


def least_minutes(request: Request, day: int, kind: Kind) -> int:
    """The shortest session of a kind that is worth a place on a day.

    A run keeps most of what its week wants of it, a long run or the only run all, where the day alone
    has the time: nothing beside it may take that away.
    """
    limits = request.limits
    if kind in SUPPORT:
        return request.support_minutes(day, kind)
    if kind is Kind.WALK:
        return request.least_walk_minutes
    if kind is Kind.RUN_WALK:
        return -(-request.ladder.stages[request.first_stage].total_hundredths // 100)
    week = request.week_of(day)
    wanted = request.longest_minutes_needed(week)
    if kind is not Kind.LONG_RUN and not request.has_one_run(week):
        share = limits.need("easy-runs", "kept_percent")
        wanted = request.easy_minutes_needed(week) * share // 100
    least = limits.need("easy-runs", "minutes_min")
    return max(least, min(wanted, request.available_minutes[day]))


def takes_breaks(request: Request, day: int) -> bool:
    """Whether a run on a day has walking breaks: on the ladder, in moderate pain, after a flare."""
    careful = request.states[day] in (State.MODERATE, State.RETURNING)
    return careful or request.ladder_weeks[request.week_of(day)]


def kinds_possible(request: Request, day: int) -> tuple[Kind, ...]:
    """The kinds a day may hold at all: by its time, its state and the way the week is run."""
    if request.away[day]:
        return ()
    if day == request.race_day and request.race_possible:
        return (Kind.RACE,)
    week = request.week_of(day)
    state = request.states[day]
    if takes_breaks(request, day):
        runs: tuple[Kind, ...] = (Kind.RUN_WALK,)
    else:
        hard = request.hard_minutes_wanted(week) > 0
        runs = (Kind.EASY_RUN, Kind.LONG_RUN, *([Kind.HARD_RUN] if hard else []))
    # Core work waits until the pain is down: not on the day the flare is told.
    told = state is State.FLARE and not request.forecast[day]
    support = SUPPORT[:1] if told else SUPPORT
    return tuple(
        kind
        for kind in (*runs, Kind.WALK, *support)
        if least_minutes(request, day, kind) <= request.available_minutes[day]
    )
