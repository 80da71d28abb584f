"""Why a session is not as it was: the rules that forbid the old week, or the wish it would cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from planner.checking import check
from planner.comparing import Change
from planner.plan import Day, Kind, Plan, Session, State
from planner.request import DAYS_IN_WEEK, SORTS, Request
from planner.revising import within
from planner.rule import Breach, Rule
from planner.sessions import limits_of

CHANGES = "fewest-changes"
"""The one wish that no change can be put down to: it speaks against all of them."""

BY_STATE = {
    State.FLARE: "flare-rest",
    State.RETURNING: "restart-dose",
    State.MODERATE: "run-walk-only",
}
"""What a state of the back stands for, where a session changed its details only."""


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
    return _with_those_of_the_run(told, old, new)


def _with_those_of_the_run(found: Sequence[Change], old: Plan, new: Plan) -> tuple[Change, ...]:
    """What moved within its day moved because of the run before it: it has the run's reasons."""
    was, now = _by_id(old), _by_id(new)
    runs = {change.date: change for change in found if _is_run(change, was, now)}
    told = []
    for change in found:
        before, after = was.get(change.session_id), now.get(change.session_id)
        run = runs.get(change.date)
        if before and after and run and before.start != after.start:
            same = before.model_copy(update={"start": None, "rules": ()})
            if same == after.model_copy(update={"start": None, "rules": ()}):
                change = change.model_copy(update={"because": run.because})
        told.append(change)
    return tuple(told)


def _by_id(plan: Plan) -> dict[str, Session]:
    return {session.id: session for day in plan.days for session in day.sessions}


def _is_run(change: Change, was: Mapping[str, Session], now: Mapping[str, Session]) -> bool:
    session = now.get(change.session_id) or was.get(change.session_id)
    return session is not None and session.kind.is_run


def against_own_day(plan: Plan, on: date, request: Request, rules: Sequence[Rule]) -> Breach | None:
    """The limit that a session moved to a day of her own would break; None where none says so.

    The nearest session of its kind in that week is put on the day, and the plan judged.
    """
    moved = [one for one in request.own_days if request.date_of(one.day) == on]
    group = [sort for sort, kinds in SORTS.items() if moved and moved[0].kind in kinds]
    week = on - timedelta(days=on.weekday())
    near = [
        (abs((day.date - on).days), day.date, session)
        for day in plan.days
        if 0 <= (day.date - week).days < DAYS_IN_WEEK and day.date != on
        for session in day.sessions
        if group and session.kind in SORTS[group[0]]
    ]
    if not near:
        return None
    _, home, session = min(near, key=lambda one: one[:2])
    part = within(plan, request)
    days = tuple(_moved(day, home, on, session) for day in part.days)
    judged = check(request, part.model_copy(update={"days": days}), rules)
    return next((breach for breach in judged if breach.is_limit), None)


def _moved(day: Day, home: date, on: date, session: Session) -> Day:
    if day.date == on:
        return day.model_copy(update={"sessions": (*day.sessions, session)})
    if day.date == home:
        kept = tuple(other for other in day.sessions if other is not session)
        return day.model_copy(update={"sessions": kept})
    return day


def _with_old_week(new: Plan, old: Plan, monday: date) -> Plan:
    """The new plan with one week's sessions as they were; the states are the new ones."""
    was = {day.date: day for day in old.days if 0 <= (day.date - monday).days < DAYS_IN_WEEK}
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
    """The rules behind a change; of several ways to name one, the first that finds any."""
    kind, days = _kind_and_days(change, old, new)
    held_by = limits_of(kind) if kind else ()
    fitting = [breach for breach in breaches if breach.is_limit and breach.rule in held_by]
    costs = _costs(breaches)
    missed = [
        breach
        for breach in breaches
        if not breach.is_limit
        and costs[breach.rule] > before.get(breach.rule, 0)
        and breach.rule != CHANGES
    ]
    for found in (
        {breach.rule for breach in fitting if days & set(breach.days)},
        _by_state(days, old, new),
        {breach.rule for breach in fitting},
        {breach.rule for breach in missed if days & set(breach.days)},
        {breach.rule for breach in missed},
    ):
        if found:
            return found
    return {breach.rule for breach in breaches if breach.is_limit}


def _by_state(days: set[date], old: Plan, new: Plan) -> set[str]:
    """The rule that a day's new state stands for, where the day had another one before."""
    was = {day.date: day.state for day in old.days if day.date in days}
    return {
        BY_STATE[day.state]
        for day in new.days
        if day.state in BY_STATE and was.get(day.date, day.state) is not day.state
    }


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
