"""The entries of the log for what was done as planned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.history import Logged, LogKind
from planner.plan import Day, Kind, Plan, Session


def planned_day(plan: Plan | None, on: date) -> Day | None:
    """The plan's day of a date, if it has one."""
    return next((day for day in plan.days if day.date == on), None) if plan else None


def planned_run(day: Day | None) -> Session | None:
    """The run of a planned day, if any."""
    return next((one for one in day.sessions if one.kind.is_run), None) if day else None


def can_be_logged(day: Day | None) -> bool:
    """Whether anything is planned on a day that is logged."""
    return day is not None and any(True for _ in as_planned(day))


def as_planned(day: Day | None) -> Iterator[Logged]:
    """The entries of a planned day that was done as planned; mobility is not logged."""
    kinds: dict[LogKind, Logged] = {}
    for session in day.sessions if day else ():
        if day is None or session.kind is Kind.MOBILITY:
            continue
        entry = planned_entry(session, day)
        same = kinds.get(entry.kind)
        if same:
            entry = same.model_copy(
                update={
                    "run_minutes": same.run_minutes + entry.run_minutes,
                    "walk_minutes": same.walk_minutes + entry.walk_minutes,
                }
            )
        kinds[entry.kind] = entry
    yield from kinds.values()


def planned_entry(session: Session, day: Day) -> Logged:
    """The entry of a planned session done as planned."""
    kind = LogKind.RUN if session.kind.is_run else LogKind(session.kind.value)
    return Logged(
        on=day.date,
        kind=kind,
        run_minutes=session.run_minutes,
        walk_minutes=session.walk_minutes,
        session_kind=session.kind,
        steps=session.steps,
        state=day.state,
    )
