"""A plan with the running of some days longer or shorter, to be judged again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from planner.plan import Day, Kind, Plan, Session, Step

WHOLE = 100


def scaled(plan: Plan, days: Collection[date], percent: float, kinds: Collection[Kind]) -> Plan:
    """The plan with the running of some days at so many percent; at 0 those runs are left out."""
    changed = tuple(
        _scaled_day(day, percent, kinds) if day.date in days else day for day in plan.days
    )
    return plan.model_copy(update={"days": changed})


def _scaled_day(day: Day, percent: float, kinds: Collection[Kind]) -> Day:
    sessions = tuple(
        _scaled_session(session, percent) if session.kind in kinds else session
        for session in day.sessions
        if percent or session.kind not in kinds
    )
    return day.model_copy(update={"sessions": sessions})


def _scaled_session(session: Session, percent: float) -> Session:
    run = session.run_minutes * percent / WHOLE
    return session.model_copy(
        update={
            "minutes": session.minutes + run - session.run_minutes,
            "run_minutes": run,
            "steps": tuple(_scaled_step(step, percent) for step in session.steps),
        }
    )


def _scaled_step(step: Step, percent: float) -> Step:
    seconds = {
        key: round(getattr(step, key) * percent / WHOLE) for key in ("run_seconds", "easy_seconds")
    }
    return step.model_copy(update=seconds)
