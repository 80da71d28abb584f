"""Planning with a plan before it: the past stays, and as little changes as the limits allow."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from planner.checking import limits_broken
from planner.history import History, Logged, LogKind
from planner.own_moves import is_near
from planner.plan import Day, Kind, Plan, Session, State
from planner.request import Before, Limits, OwnDay, Request
from planner.resolving import with_ladder_weeks
from planner.revising import planned_before, within
from planner.rule import Rule

LAST_MINUTE = 24 * 60 - 1
FLARE_REST = "flare-rest"
"""The rule that keeps running and core work away on the day of a flare."""


def first_open_day(history: History, today: date, limits: Limits) -> date:
    """The first day that may still change: today, or tomorrow once a session of today is logged.

    What was done on a closed day counts as done before it. A run and strength close their day; so does
    a walk too long for a rest day.
    """
    done = any(one.on == today and _counts(one, limits) for one in history.logged)
    return today + timedelta(days=1) if done else today


def _counts(one: Logged, limits: Limits) -> bool:
    """Whether an entry is a session that asks something of the days around it."""
    match one.kind:
        case LogKind.RUN:
            return one.run_minutes > 0
        case LogKind.STRENGTH:
            # Without a kind it was logged by mistake and taken back.
            return one.session_kind is not None
        case LogKind.WALK:
            return one.walk_minutes > limits.need("rest-days", "walk_minutes")
    return False


def left_undone(day: Day, history: History) -> tuple[Session, ...]:
    """The sessions of a planned day of which the log holds none of their sort."""
    done = {
        one.kind.value
        for one in history.logged
        if one.on == day.date and (one.run_minutes or one.walk_minutes or one.session_kind)
    }
    return tuple(
        session
        for session in day.sessions
        if (LogKind.RUN.value if session.kind.is_run else session.kind.value) not in done
    )


def must_wait(
    part: Plan, left: Sequence[Session], request: Request, rules: Sequence[Rule]
) -> dict[str, tuple[str, ...]]:
    """The identities of the sessions ``left`` on a day that can't be done any more, with the rules why.

    ``part`` is the plan of this day alone, and ``request`` that of it, as all is known by now.
    """
    waiting: dict[str, tuple[str, ...]] = {}
    kept: tuple[Session, ...] = ()
    for session in left:
        before, after = (
            limits_broken(request, _with_sessions(part, sessions), rules)
            for sessions in (kept, (*kept, session))
        )
        names = {breach.rule for breach in after if breach not in before}
        if session.kind is Kind.STRENGTH and request.states[0] is State.FLARE:
            # Core work waits until the pain is down, see planner.possible.
            names.add(FLARE_REST)
        if names:
            waiting[session.id] = tuple(rule.name for rule in rules if rule.name in names)
        else:
            kept = (*kept, session)
    return waiting


def _with_sessions(part: Plan, sessions: tuple[Session, ...]) -> Plan:
    day = part.days[0].model_copy(update={"sessions": sessions})
    return part.model_copy(update={"days": (day,)})


def after_plan(request: Request, stored: Plan, history: History) -> Request:
    """The request with the plan before it: what it held by day, and what she moved herself."""
    days = {day.date: day for day in stored.days}
    before = tuple(
        _before(days[on]) if (on := request.date_of(day)) in days else None
        for day in range(request.days)
    )
    changed = request.model_copy(
        update={"before": before, "own_days": own_days(request, stored, history)}
    )
    known = planned_before(changed, stored, skipped_days(history))
    return with_ladder_weeks(known, request.ladder_weeks)


def skipped_days(history: History) -> frozenset[date]:
    """The days on which, as the log says, nothing planned was done."""
    return frozenset(one.on for one in history.logged if one.skipped)


def is_forced(request: Request, stored: Plan, rules: Sequence[Rule]) -> bool:
    """Whether anything but her own moves asks for another plan: a state, a limit, another length.

    And that she was cleared of a red flag: what waited for that may come back. That a plan has left
    its race out, and said why, asks for none: see ``may_have_race_again``.
    """
    part = within(stored, request)
    if may_have_race_again(request, stored):
        request = request.model_copy(update={"race_possible": False})
    if len(part.days) < request.days:
        return True
    if stored.triage == "stopped" and not request.stopped:
        return True
    if tuple(day.state for day in part.days) != request.states:
        return True
    if request.race_possible is not (request.race_day is None or has_race(part)):
        return True
    return bool(limits_broken(request, part, rules))


def may_have_race_again(request: Request, stored: Plan) -> bool:
    """Whether the stored plan has left out a race that only planning finds possible, or not, by now."""
    lacks = request.race_day is not None and not has_race(within(stored, request))
    return lacks and request.race_possible


def with_known_times(plan: Plan, stored: Plan, history: History) -> Plan:
    """The plan with the times of day that are known: those she gave in her calendar, then those that

    a session had before, unless what comes earlier on its day now lasts longer.
    """
    hers = {(one.session_id, one.to): one.start for one in history.moves}
    had = {
        (session.id, day.date): session.start
        for day in stored.days
        for session in day.sessions
        if session.start
    }
    days = tuple(_timed(day, hers, had) for day in plan.days)
    return plan.model_copy(update={"days": days})


def _timed(
    day: Day, hers: Mapping[tuple[str, date], str | None], had: Mapping[tuple[str, date], str]
) -> Day:
    sessions, free = [], ""
    for session in day.sessions:
        key, start = (session.id, day.date), session.start
        if start is not None:
            start = max(start, had.get(key, start), free)
            free = _end(start, session.minutes)
        sessions.append(session.model_copy(update={"start": hers.get(key, start)}))
    return day.model_copy(update={"sessions": tuple(sessions)})


def _end(start: str, minutes: float) -> str:
    """The clock time so many minutes later, on the same day at the latest."""
    hours, rest = start.split(":")
    at = min(int(hours) * 60 + int(rest) + math.ceil(minutes), LAST_MINUTE)
    return f"{at // 60:02}:{at % 60:02}"


def has_race(plan: Plan) -> bool:
    """Whether a race is among the plan's sessions."""
    return any(day.has(Kind.RACE) for day in plan.days)


def _before(day: Day) -> Before:
    walks = [session.walk_minutes for session in day.sessions if session.kind is Kind.WALK]
    return Before(
        kinds=tuple(kind for kind in Kind if day.has(kind)),
        run_hundredths=day.run_hundredths,
        walk_minutes=round(sum(walks)),
        hard_minutes=round(sum(session.intense_minutes for session in day.sessions)),
    )


def own_days(request: Request, stored: Plan, history: History) -> tuple[OwnDay, ...]:
    """Her own moves of sessions that still lie ahead, not too far, to days that may change."""
    ahead: dict[str, tuple[date, Session]] = {
        session.id: (day.date, session)
        for day in stored.days
        if request.day_of(day.date) >= 0
        for session in day.sessions
    }
    return tuple(
        OwnDay(day=day, kind=ahead[move.session_id][1].kind)
        for move in history.moves
        if move.session_id in ahead and 0 <= (day := request.day_of(move.to)) < request.days
        if is_near(ahead[move.session_id][0], move.to)
    )
