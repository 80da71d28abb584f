"""The next revision of a plan: days gone by stay as they were, sessions keep their identities."""

from __future__ import annotations

from datetime import date, timedelta

from planner.plan import Day, Plan
from planner.request import Request


def with_days_gone_by(new: Plan, stored: Plan | None, today: date) -> Plan:
    """The new plan after the stored plan's days before today and before the new plan's start.

    Days between the end of the stored plan and the start of the new one hold nothing.
    """
    if stored is None:
        return new
    border = max(new.start, today)
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
