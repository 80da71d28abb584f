"""Named runners whose plans are looked at as a coach would, and ways to look at them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from planner.plan import Day, Kind, Plan, Session
from planner.planning import Planned
from tests.commands import SAMPLES
from tests.runners import WEEKDAYS, planned, toml_text

MONDAY = date(2026, 11, 30)


EVERY_DAY = dict.fromkeys(WEEKDAYS, 60)


BASE = {"run_minutes": [75, 80, 85, 90], "longest_run_minutes": 35, "days_since_last_run": 2}


def on(day: int) -> date:
    return MONDAY + timedelta(days=day)


def story(
    *,
    experience: str = "returning",
    goal: dict[str, Any] | None = None,
    week: dict[str, Any] | None = None,
    minutes: dict[str, int] | None = None,
    recent: dict[str, Any] | None = None,
    back: dict[str, Any] | None = None,
    away: list[dict[str, Any]] | None = None,
    starts: dict[str, str] | None = None,
    **plan: Any,
) -> Planned:
    """The plan of a returning runner with a mild back, three runs a week, changed by the story."""
    tables = {
        "runner": {"name": "Maya", "time_zone": "Europe/Zurich", "experience": experience},
        "goal": goal or {"kind": "keep_running"},
        "week": week or {"runs": 3, "walks": 2, "strength": 2, "mobility": 1},
        "week.minutes": minutes or EVERY_DAY,
        "week.start": starts or {},
        "recent": BASE if recent is None else recent,
        "back": {"pain_today": 1.0} if back is None else back,
        "away": away or [],
        "plan": {"start": MONDAY, "weeks": 4} | plan,
    }
    outcome = planned(toml_text(tables)).outcome
    assert isinstance(outcome, Planned), outcome
    return outcome


def sample(name: str) -> Plan:
    return planned(next(path for path in SAMPLES if path.stem == name).read_text("utf-8")).plan


def sessions(plan: Plan, *kinds: Kind) -> list[tuple[date, Session]]:
    return [(day.date, s) for day in plan.days for s in day.sessions if s.kind in kinds]


def runs(plan: Plan) -> list[tuple[date, Session]]:
    return [(day.date, s) for day in plan.days for s in day.sessions if s.kind.is_run]


def weeks(plan: Plan) -> list[list[Day]]:
    """The days by Monday-to-Sunday week."""
    numbered: dict[date, list[Day]] = {}
    for day in plan.days:
        numbered.setdefault(day.date - timedelta(days=day.date.weekday()), []).append(day)
    return list(numbered.values())


def volume(days: list[Day]) -> float:
    return sum(session.run_minutes for day in days for session in day.sessions)
