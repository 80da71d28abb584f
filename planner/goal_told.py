"""On which day a plan comes to its goal, and whether its race is in it at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from planner.plan import Day, GoalResult, Kind, Plan, hundredths


def reached_on(goal: GoalResult, days: Sequence[Day]) -> date | None:
    """The first day whose session is what the goal asks for; of a race its own day.

    None where the days do not come to it.
    """
    if not goal.reached or not goal.within_plan:
        return None
    if goal.kind == "race":
        return goal.on
    asked = hundredths(goal.asked_minutes)
    return next((day.date for day in days if _most(goal.kind, day) >= asked > 0), None)


def lacks_race(plan: Plan) -> bool:
    """Whether the plan left its race out, for want of running or because nobody is there."""
    goal = plan.goal
    has_race = any(day.has(Kind.RACE) for day in plan.days)
    return goal.kind == "race" and goal.within_plan and not has_race


def _most(kind: str, day: Day) -> int:
    """The minutes of a day that count towards a goal of a kind, in hundredths."""
    if kind == "walking":
        minutes = [one.walk_minutes for one in day.sessions if one.kind is Kind.WALK]
    else:
        minutes = [one.longest_bout_minutes for one in day.sessions if one.kind.is_run]
    return hundredths(max(minutes, default=0.0))
