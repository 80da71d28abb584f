"""The next revision of a plan: days gone by stay as they were, sessions keep their identities."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from planner.plan import Day, Kind, Plan
from planner.request import PastRun, Request


def with_days_gone_by(new: Plan, stored: Plan | None, border: date) -> Plan:
    """The new plan from a day on, after the stored plan's days before it.

    Days between the end of the stored plan and the start of the new one hold nothing.
    """
    if stored is None:
        return new
    days = {day.date: day for day in new.days}
    days.update((day.date, day) for day in stored.days if day.date < border)
    first, last = min(days), max(days)
    dates = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    state = new.days[0].state
    listed = tuple(days.get(when) or Day(date=when, state=state) for when in dates)
    return new.model_copy(update={"start": first, "end": last, "days": listed})


def within(plan: Plan, request: Request) -> Plan:
    """The part of a plan that a request is about."""
    days = tuple(day for day in plan.days if 0 <= request.day_of(day.date) < request.days)
    return plan.model_copy(update={"start": days[0].date, "end": days[-1].date, "days": days})


def planned_before(request: Request, stored: Plan, skipped: Collection[date] = ()) -> Request:
    """The request with the runs and the strength of the stored plan that lie before it.

    Nobody knows whether they were done. So they count as days with running, or strength, which ask
    for rest after them, but runs hold no minutes that would allow more later. ``skipped`` are days on
    which she did nothing, as she says.
    """
    gone = [
        (number, session)
        for day in stored.days
        if (number := request.day_of(day.date)) < 0 and day.date not in skipped
        for session in day.sessions
    ]
    told = {run.day: run for run in request.past_runs}
    planned = {
        number: PastRun(day=number, run_hundredths=0, kind=session.kind)
        for number, session in gone
        if session.kind.is_run
    }
    runs = {**planned, **told}
    strength = {number for number, session in gone if session.kind is Kind.STRENGTH}
    return request.model_copy(
        update={
            "past_runs": tuple(runs[day] for day in sorted(runs)),
            "past_strength": tuple(sorted({*request.past_strength, *strength})),
        }
    )
