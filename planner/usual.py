"""The runner's usual week: solved first, as seven days that repeat; all weeks are measured by it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from ortools.sat.python import cp_model

from planner.habits import UsualWeek, groups, most_days
from planner.placing import (
    TIERS,
    Placement,
    Places,
    fit_the_days,
    post_all,
)
from planner.plan import RUNS, Kind
from planner.possible import kinds_possible
from planner.request import DAYS_IN_WEEK, Experience, Goal, Request, WeekWish
from planner.rule import Rule, Stage
from planner.solving import Goal as SolverGoal
from planner.solving import Solved, solve_tiers

REPEATS = 3
"""Weeks in a row that are kept equal, so that no rule over two weeks is missed at the seam."""


def usual_week(request: Request, rules: Sequence[Rule]) -> tuple[UsualWeek, Placement | None]:
    """The usual groups of each weekday, and a placement of all days by it to start the search from.

    Both are empty where no week of the plan is usual.
    """
    if not any(request.available_minutes):
        return (), None
    typical = _typical(request)
    model = cp_model.CpModel()
    places = Places(typical, model)
    costs = post_all(typical, rules, Stage.PLACE, places, model)
    fit_the_days(typical, places, model)
    for day in range(DAYS_IN_WEEK, typical.days):
        for kind in Kind:
            model.add(places.on(day, kind) == places.on(day - DAYS_IN_WEEK, kind))
    goals = [SolverGoal(tier.value, cp_model.LinearExpr.sum(costs[tier])) for tier in TIERS]
    solved = solve_tiers(model, goals, "place", at_once=(len(goals),))
    if not isinstance(solved, Solved):
        return (), None
    week = places.placement(solved.values)[:DAYS_IN_WEEK]
    tiled = tuple(
        _as_possible(request, day, week[request.weekday(day)]) for day in range(request.days)
    )
    return tuple(groups(kinds) for kinds in week), tiled


def usual_days(request: Request) -> tuple[int, ...]:
    """The days of whole weeks with nothing out of the ordinary: as the plan ends, but for a race.

    The first week is none of them: what was done before it counts there.
    """
    ordinary = request.states[-1]
    weeks = [
        days
        for days in (request.days_in(week) for week in range(1, request.weeks))
        if len(days) == DAYS_IN_WEEK
        and request.race_day not in days
        and not any(request.away[day] or request.states[day] is not ordinary for day in days)
    ]
    return tuple(day for days in weeks for day in days)


def usual_week_before(request: Request) -> tuple[UsualWeek, Placement]:
    """The same from the plan before: what most days of a weekday held, and that plan's placement."""
    week = most_days(
        (request.weekday(day), before.kinds)
        for day, before in enumerate(request.before)
        if before is not None and not request.away[day]
    )
    held = (before.kinds if before else () for before in request.before)
    return week, tuple(_as_possible(request, day, kinds) for day, kinds in enumerate(held))


def _as_possible(request: Request, day: int, kinds: Sequence[Kind]) -> tuple[Kind, ...]:
    """Some kinds as far as they are possible on a day; a run is of another kind if need be."""
    possible = kinds_possible(request, day)
    kept = [kind for kind in kinds if kind in possible]
    ran = any(kind in RUNS for kind in kinds) and not any(kind in RUNS for kind in kept)
    return tuple(kept + [kind for kind in possible if ran and kind in RUNS][:1])


def _typical(request: Request) -> Request:
    """Some equal weeks from a Monday on: no days away, no race, the state the plan ends in."""
    days = REPEATS * DAYS_IN_WEEK
    start = request.start - timedelta(days=request.start.weekday())
    by_weekday = [
        max(
            (
                request.available_minutes[day]
                for day in range(request.days)
                if request.weekday(day) == weekday
            ),
            default=0,
        )
        for weekday in range(DAYS_IN_WEEK)
    ]
    wishes = request.week_wishes
    wish = WeekWish(
        easy_minutes=max((wish.easy_minutes for wish in wishes), default=0),
        long_minutes=max((wish.long_minutes for wish in wishes), default=0),
        hard_minutes=max((wish.hard_minutes for wish in wishes), default=0),
        walk_minutes=max((wish.walk_minutes for wish in wishes), default=0),
    )
    all_ladder = all(request.ladder_weeks)
    # Weeks on the ladder need a day between runs: a week that suits both is the habit.
    careful = any(request.ladder_weeks)
    return request.model_copy(
        update={
            "start": start,
            "days": days,
            "available_minutes": tuple(by_weekday) * REPEATS,
            "away": (False,) * days,
            "states": (request.states[-1],) * days,
            "forecast": (True,) * days,
            "start_times": (),
            "past_runs": (),
            "past_strength": (),
            "past_long_walks": (),
            "past_week_hundredths": (),
            "experience": Experience.NEW if careful else request.experience,
            "goal": Goal(kind="keep_running", asked_hundredths=request.goal.asked_hundredths),
            "ladder_weeks": (all_ladder,) * REPEATS,
            "week_wishes": (wish,) * REPEATS,
            "restart": None,
            "usual_week": (),
        }
    )
