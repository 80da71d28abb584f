"""Plans for tests, written as letters: ``e . w s . l .`` is a week from Monday."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from planner.plan import Day, Exercise, GoalResult, Kind, Plan, Session, State, Step
from planner.wording import PainRule

MONDAY = date(2026, 11, 23)

LETTERS = {
    "e": Kind.EASY_RUN,
    "l": Kind.LONG_RUN,
    "h": Kind.HARD_RUN,
    "r": Kind.RUN_WALK,
    "R": Kind.RACE,
    "w": Kind.WALK,
    "s": Kind.STRENGTH,
    "m": Kind.MOBILITY,
}

PAIN_RULES: Mapping[State, PainRule] = {
    State.HEALTHY: PainRule(stop_above=5),
    State.MILD: PainRule(go_up_to=2, stop_above=5, settle_minutes=5),
    State.MODERATE: PainRule(stop_above=5, stop_rise=2),
    State.RETURNING: PainRule(stop_above=2),
}
WORDS: Mapping[str, Any] = {"pain_rules": PAIN_RULES, "rest_walk_minutes": 30}


def a_session(kind: Kind = Kind.EASY_RUN, minutes: float = 30, **given: Any) -> Session:
    """A session of its kind: running alone in a run, walking alone in a walk."""
    default: dict[str, Any] = {
        "id": "",
        "title": f"{kind.value.replace('_', ' ').capitalize()} {minutes:g} min",
    }
    if kind is Kind.RUN_WALK:
        seconds = int(minutes * 6)
        default |= {"run_minutes": minutes / 2, "walk_minutes": minutes / 2}
        default["steps"] = (Step(repeat=5, run_seconds=seconds, walk_seconds=seconds),)
    elif kind.is_run:
        default |= {"run_minutes": minutes, "steps": (Step(run_seconds=int(minutes * 60)),)}
    elif kind is Kind.WALK:
        default["walk_minutes"] = minutes
    elif kind is Kind.STRENGTH:
        default["exercises"] = (
            Exercise(id="E03", name="Bird dog", sets=3, amount="10 seconds hold", per_side=True),
        )
    return Session(kind=kind, minutes=minutes, **{**default, **given})


def a_day(on: date = MONDAY, *sessions: Session, **given: Any) -> Day:
    """A day of the state ``mild`` with these sessions."""
    return Day(date=on, sessions=sessions, **{"state": State.MILD, **given})


def a_plan(*days: Day, **given: Any) -> Plan:
    """A plan of these days, revision 1 unless said otherwise."""
    default: dict[str, Any] = {
        "plan_id": "maya-2026",
        "made_on": date(2026, 11, 22),
        "start": days[0].date,
        "end": days[-1].date,
        "runner": "Maya",
        "time_zone": "Europe/Zurich",
        "goal": GoalResult(kind="keep_running", asked_minutes=30, planned_minutes=30, reached=True),
    }
    return Plan(days=days, **{**default, **given})


def plan_of(letters: str, start: date = MONDAY, **given: Any) -> Plan:
    """One word a day, one letter a session, ``.`` for a rest day."""
    days = [
        a_day(
            start + timedelta(days=number),
            *(a_session(LETTERS[letter]) for letter in word if letter != "."),
        )
        for number, word in enumerate(letters.split())
    ]
    return a_plan(*days, **given)
