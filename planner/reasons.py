"""Why a session is not as it was: the rules that forbid the old week, or the wish it would cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from planner.checking import check
from planner.comparing import Change
from planner.plan import Day, Kind, Plan
from planner.request import Request
from planner.revising import within
from planner.rule import Breach, Rule
from planner.sessions import limits_of


def with_reasons(
    found: Sequence[Change], old: Plan, new: Plan, request: Request, rules: Sequence[Rule]
) -> tuple[Change, ...]:
    """The changes, each with the names of the rules behind it.

    The old week is put back into the new plan and judged: the limits broken on the change's own days
    come first, then those broken in that week, then the wishes that the old week would miss by more.
    """
    if not found:
        return ()
    order = [rule.name for rule in rules]
    part = within(new, request)
    costs = _costs(check(request, part, rules))
    weeks: dict[date, tuple[Breach, ...]] = {}
    told = []
    for change in found:
        monday = change.date - timedelta(days=change.date.weekday())
        if monday not in weeks:
            weeks[monday] = check(request, _with_old_week(part, old, monday), rules)
        names = _names(change, old, new, weeks[monday], costs)
        told.append(change.model_copy(update={"because": tuple(sorted(names, key=order.index))}))
    return tuple(told)


def _with_old_week(new: Plan, old: Plan, monday: date) -> Plan:
    """The new plan with one week's sessions as they were; the states are the new ones."""
    was = {day.date: day for day in old.days if 0 <= (day.date - monday).days < 7}
    days = tuple(_with_sessions(day, was.get(day.date)) for day in new.days)
    return new.model_copy(update={"days": days})


def _with_sessions(day: Day, was: Day | None) -> Day:
    return day if was is None else day.model_copy(update={"sessions": was.sessions})


def _costs(breaches: Sequence[Breach]) -> dict[str, int]:
    costs: dict[str, int] = {}
    for breach in breaches:
        costs[breach.rule] = costs.get(breach.rule, 0) + breach.cost
    return costs


def _names(
    change: Change, old: Plan, new: Plan, breaches: Sequence[Breach], before: Mapping[str, int]
) -> set[str]:
    broken = [breach for breach in breaches if breach.is_limit]
    kind, days = _kind_and_days(change, old, new)
    held_by = limits_of(kind) if kind else ()
    fitting = [breach for breach in broken if breach.rule in held_by] or broken
    on_the_day = {breach.rule for breach in fitting if days & set(breach.days)}
    if on_the_day:
        return on_the_day
    if fitting:
        return {breach.rule for breach in fitting}
    wishes = {
        name
        for name, cost in _costs(breaches).items()
        if cost > before.get(name, 0) and name != "fewest-changes"
    }
    return wishes or {breach.rule for breach in breaches if days & set(breach.days)}


def _kind_and_days(change: Change, old: Plan, new: Plan) -> tuple[Kind | None, set[date]]:
    """The kind that the session had, else has, and the days it was and is on."""
    places = [
        (session.kind, day.date)
        for plan in (old, new)
        for day in plan.days
        for session in day.sessions
        if session.id == change.session_id
    ]
    return (places[0][0] if places else None), {on for _, on in places}
