"""What could be put in a day's place: the alternatives, and the plan with each of them."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from planner.ladders import ladder_of
from planner.plan import RUNS, Day, Kind, Plan, Session, minutes_text
from planner.possible import SUPPORT, takes_breaks
from planner.request import Request, Stage
from planner.sessions import easy_run, run_walk, walk
from planner.table import plain_date
from planner.wording import describe_steps

STEP_MINUTES = 5
"""How much longer or shorter a session is tried."""

ONE_DAY = timedelta(days=1)

ONE_A_DAY = ((*RUNS, Kind.WALK), SUPPORT)
"""Kinds of which a day holds one: it changes places with that of another day."""


class Swap(NamedTuple):
    """An alternative in a few words, and the plan with it.

    ``eased`` is the plan with only what the alternative takes away; None where it adds or moves
    something that stands in place of nothing heavier. Taking away is never forbidden.
    """

    instead: str
    plan: Plan
    eased: Plan | None = None


def swaps(
    request: Request, plan: Plan, on: date, first_open: date, done: Collection[str] = ()
) -> Iterator[Swap]:
    """The alternatives of a day, in the order in which they are told.

    Rest, a walk, an easy run, each session longer or shorter, and on the day before or after; where
    that day has another of its sort, the two change places. The test walk after a flare has its length
    and its day: another walk would be no test. ``first_open``: the first day that may still change.
    ``done``: the identities of sessions that are done already, to which there is no alternative.
    """
    number = request.day_of(on)
    day = plan.days[number]
    left = tuple(one for one in day.sessions if one.id not in done)
    if left and left == day.sessions:
        resting = _with_days(plan, _holding(day, ()))
        yield Swap("Rest", resting, eased=resting)
    if all(one in left or one.kind in SUPPORT for one in day.sessions):
        yield from _others(request, plan, day, number)
    for session in left:
        for other, said in _other_lengths(request, number, session):
            kept = tuple(other if one is session else one for one in day.sessions)
            made = _with_days(plan, _holding(day, kept))
            yield Swap(said, made, made if _is_lighter(other, session) else None)
    for to in (on - ONE_DAY, on + ONE_DAY):
        if max(first_open, request.start) <= to < request.date_of(request.days):
            yield from _moves(request, plan, day, plan.days[request.day_of(to)], done)


def _others(request: Request, plan: Plan, day: Day, number: int) -> Iterator[Swap]:
    """A walk and an easy run in place of the run or walk of the day; strength and mobility stay."""
    had = next((one for one in day.sessions if one.kind.is_run), None)
    # A race is no training that something lighter could stand for, unless it had better be left out.
    had = None if had and had.kind is Kind.RACE and not had.is_advised_against else had
    for session in (_a_walk(request, day, number), _a_run(request, plan, day, number)):
        if session is None:
            continue
        eases = had is not None and (session.kind is Kind.WALK or _is_lighter(session, had))
        eased = _with_days(plan, _in_place(day)) if eases else None
        # Nothing gives way to it where the day holds strength or mobility alone.
        is_added = bool(day.sessions) and all(one.kind in SUPPORT for one in day.sessions)
        said = f"{session.title} besides" if is_added else session.title
        yield Swap(said, _with_days(plan, _in_place(day, session)), eased)


def _a_walk(request: Request, day: Day, number: int) -> Session | None:
    """A walk as long as that week wants it; None where the day has one."""
    if day.has(Kind.WALK):
        return None
    return walk(request.walk_minutes_wanted(number) or request.least_walk_minutes)


def _a_run(request: Request, plan: Plan, day: Day, number: int) -> Session | None:
    """A run of the sort that is hers on that day: where none takes its place, with walking breaks.

    None where the day has one.
    """
    if takes_breaks(request, number) and not day.has(*RUNS):
        near = _nearest(request, plan, number, Kind.RUN_WALK)
        if near is not None:
            return near.model_copy(update={"id": "", "start": None, "note": "", "changed": ""})
    return _an_easy_run(request, plan, day, number)


def _an_easy_run(request: Request, plan: Plan, day: Day, number: int) -> Session | None:
    """An easy run as long as is usual by then, no longer than the run it replaces.

    None where the day has one.
    """
    if day.has(Kind.EASY_RUN):
        return None
    minutes = _usual_easy_minutes(request, plan, number)
    for session in day.sessions:
        if session.kind.is_run:
            held = session.run_minutes
            # Whole minutes read well; of less than one nothing would be left.
            minutes = min(minutes, math.floor(held) or held)
    return easy_run(minutes)


def _usual_easy_minutes(request: Request, plan: Plan, number: int) -> float:
    """The easy run of the plan nearest to a day, those of its week first.

    Where the plan has none, as long as that week wants one.
    """
    near = _nearest(request, plan, number, Kind.EASY_RUN)
    if near is not None:
        return near.run_minutes
    least = request.limits.need("easy-runs", "minutes_min")
    return max(request.easy_minutes_needed(request.week_of(number)), least)


def _nearest(request: Request, plan: Plan, number: int, kind: Kind) -> Session | None:
    """The session of a kind nearest to a day, those of its week first; None where the plan has none."""
    week = request.week_of(number)
    others = [
        (request.week_of(place) != week, abs(place - number), place, session)
        for place, other in enumerate(plan.days)
        for session in other.sessions
        if session.kind is kind
    ]
    return min(others, key=lambda one: one[:-1])[-1] if others else None


def _in_place(day: Day, *instead: Session) -> Day:
    kept = tuple(one for one in day.sessions if one.kind in SUPPORT)
    return _holding(day, (*instead, *kept))


def _other_lengths(request: Request, day: int, session: Session) -> Iterator[tuple[Session, str]]:
    """The session longer and shorter, in so many words; of a run/walk the stages beside its own."""
    if _is_test_walk(request, day, session):
        return
    if session.kind is Kind.RUN_WALK:
        yield from _other_stages(request, day, session)
    elif session.kind is not Kind.RACE and (session.run_minutes or session.kind is Kind.WALK):
        for more, way in ((STEP_MINUTES, "longer"), (-STEP_MINUTES, "shorter")):
            other = _lengthened(session, more)
            if other is not None:
                yield other, f"{other.title}, {STEP_MINUTES} min {way}"


def _other_stages(request: Request, day: int, session: Session) -> Iterator[tuple[Session, str]]:
    stages, step = ladder_of(request, day).stages, session.steps[0]
    rung = Stage(run_seconds=step.run_seconds, walk_seconds=step.walk_seconds, repeats=step.repeat)
    if rung not in stages:
        return
    place = stages.index(rung)
    for other, way in ((place + 1, "above"), (place - 1, "below")):
        if 0 <= other < len(stages):
            made = run_walk(stages[other])
            yield made, f"{made.title}, the stage {way}: {describe_steps(made.steps)}"


def _is_test_walk(request: Request, day: int, session: Session) -> bool:
    return session.kind is Kind.WALK and day == request.gate_walk_day


def _is_lighter(other: Session, session: Session) -> bool:
    """Whether nothing of the session grows: its time, its running and its longest bout."""
    return (
        other.minutes <= session.minutes
        and other.run_minutes <= session.run_minutes
        and other.longest_bout_minutes <= session.longest_bout_minutes
    )


def _lengthened(session: Session, more: int) -> Session | None:
    """The session with more minutes in its last easy part; None where nothing would be left."""
    seconds = more * 60
    part = "walk_seconds" if session.kind is Kind.WALK else "run_seconds"
    places = [
        place
        for place, step in enumerate(session.steps)
        if step.repeat == 1 and step.effort == "easy" and getattr(step, part) + seconds > 0
    ]
    if not places or session.minutes + more <= 0:
        return None
    steps = list(session.steps)
    longer = steps[places[-1]]
    steps[places[-1]] = longer.model_copy(update={part: getattr(longer, part) + seconds})
    amount = "walk_minutes" if session.kind is Kind.WALK else "run_minutes"
    was, now = (minutes_text(minutes) for minutes in (session.minutes, session.minutes + more))
    return session.model_copy(
        update={
            "steps": tuple(steps),
            "minutes": session.minutes + more,
            amount: getattr(session, amount) + more,
            "title": session.title.replace(f"{was} min", f"{now} min"),
        }
    )


def _moves(
    request: Request, plan: Plan, day: Day, other: Day, done: Collection[str]
) -> Iterator[Swap]:
    """The day's sessions on another day, or in exchange for those that stand in their way there.

    Where both hold the same, neither: a second one beside it is no other day.
    """
    for kinds in ONE_A_DAY:
        mine, theirs = (
            tuple(one for one in side.sessions if one.kind in kinds) for side in (day, other)
        )
        mine = tuple(one for one in mine if one.id not in done)
        if any(one.id in done for one in theirs):
            continue
        if any(
            _is_test_walk(request, request.day_of(side.date), one)
            for side, sessions in ((day, mine), (other, theirs))
            for one in sessions
        ):
            continue
        if mine and theirs:
            if _titles(mine) == _titles(theirs):
                continue
            verb = "changes" if len(mine) == 1 else "change"
            said = (
                f"{_titles(mine)} {verb} places with {plain_date(other.date)} ({_titles(theirs)})"
            )
            yield Swap(said, _exchanged(plan, (day, mine), (other, theirs)))
            continue
        for session in mine:
            said = f"{session.title} on {plain_date(other.date)}"
            yield Swap(said, _exchanged(plan, (day, (session,)), (other, ())))


def _titles(sessions: Sequence[Session]) -> str:
    return " and ".join(session.title for session in sessions)


def _exchanged(plan: Plan, *sides: tuple[Day, tuple[Session, ...]]) -> Plan:
    """The plan with some sessions of two days on the other of the two."""
    (day, mine), (other, theirs) = sides
    return _with_days(plan, _given(day, mine, theirs), _given(other, theirs, mine))


def _given(day: Day, away: Sequence[Session], instead: Sequence[Session]) -> Day:
    # Two sessions may be alike: each is its own.
    kept = (one for one in day.sessions if not any(one is gone for gone in away))
    return _holding(day, (*instead, *kept))


def _holding(day: Day, sessions: tuple[Session, ...]) -> Day:
    return day.model_copy(update={"sessions": sessions})


def _with_days(plan: Plan, *changed: Day) -> Plan:
    by_date = {day.date: day for day in changed}
    days = tuple(by_date.get(day.date, day) for day in plan.days)
    return plan.model_copy(update={"days": days})
