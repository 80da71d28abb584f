"""What a day could hold instead: for each alternative the limits it breaks, or the wishes it costs.

Each alternative is put into the plan and judged by the checkers; nothing else speaks against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from planner.checking import check
from planner.habits import usual_week_of
from planner.ladders import ladder_of, ladder_weeks_of
from planner.plan import Day, Frozen, Kind, Plan, Session, State, minutes_text
from planner.request import Request, Stage
from planner.resolving import with_ladder_weeks
from planner.rule import Breach, Rule
from planner.sessions import easy_run, run_walk, walk
from planner.table import short_date
from planner.wording import describe_steps

STEP_MINUTES = 5
"""How much longer or shorter a session is tried."""

CAREFUL = (State.MODERATE, State.RETURNING)
"""States in which every run has walking breaks, on the ladder or not."""

ONE_DAY = timedelta(days=1)


class Swap(NamedTuple):
    """An alternative in a few words, and the plan with it.

    ``eased`` is the plan with only what the alternative takes away; None where it adds or moves
    something that stands in place of nothing heavier. Taking away is never forbidden.
    """

    instead: str
    plan: Plan
    eased: Plan | None = None


class Alternative(Frozen):
    """What stands against an alternative: of each rule its first new breach.

    ``forbidden_by`` holds limits that it breaks on its own days, ``elsewhere`` those that the rest of
    the plan would break beside it, and so would have to change. Where all are empty nothing speaks
    against it.
    """

    instead: str
    forbidden_by: tuple[Breach, ...] = ()
    elsewhere: tuple[Breach, ...] = ()
    would_cost: tuple[Breach, ...] = ()


def as_planned(request: Request, plan: Plan) -> Request:
    """A request for judging a finished plan, with what only planning finds out: the weeks on the

    run/walk ladder, and the usual week.
    """
    placement = tuple(tuple(one.kind for one in day.sessions) for day in plan.days)
    flags = list(ladder_weeks_of(request, placement))
    for week in range(request.weeks):
        kinds = [
            kind
            for day in request.days_in(week)
            if request.states[day] not in CAREFUL
            for kind in placement[day]
            if kind.is_run
        ]
        if kinds:
            flags[week] = Kind.RUN_WALK in kinds
    known = request
    if tuple(flags) != request.ladder_weeks:
        known = with_ladder_weeks(request, tuple(flags))
    return known.model_copy(update={"usual_week": usual_week_of(known, plan)})


def alternatives(
    request: Request, plan: Plan, rules: Sequence[Rule], on: date, first_open: date
) -> tuple[Alternative, ...]:
    """What a day of the plan could hold instead, judged.

    ``plan`` holds the days of ``request``, which comes from ``as_planned``. ``first_open`` is the
    first day that may still change.
    """
    before = check(request, plan, rules)
    return tuple(
        _judged(request, plan, rules, swap, before) for swap in swaps(request, plan, on, first_open)
    )


def swaps(request: Request, plan: Plan, on: date, first_open: date) -> Iterator[Swap]:
    """The alternatives of a day: rest, a walk, an easy run, and each session longer, shorter or

    on the day before or after.
    """
    number = request.day_of(on)
    day = plan.days[number]
    if day.sessions:
        resting = _with_days(plan, _holding(day, ()))
        yield Swap("Rest", resting, eased=resting)
    for session in (_a_walk(request, day, number), _an_easy_run(request, plan, day, number)):
        if session is not None:
            eases = session.kind is Kind.WALK and any(one.kind.is_run for one in day.sessions)
            eased = _with_days(plan, _in_place(day)) if eases else None
            yield Swap(session.title, _with_days(plan, _in_place(day, session)), eased)
    for session in day.sessions:
        for other, said in _other_lengths(request, number, session):
            kept = tuple(other if one is session else one for one in day.sessions)
            made = _with_days(plan, _holding(day, kept))
            yield Swap(said, made, made if _is_lighter(other, session) else None)
        for to in (on - ONE_DAY, on + ONE_DAY):
            if max(first_open, request.start) <= to < request.date_of(request.days):
                yield Swap(
                    f"{session.title} on {_plain(to)}", _moved(request, plan, session, (on, to))
                )


def _judged(
    request: Request, plan: Plan, rules: Sequence[Rule], swap: Swap, before: Sequence[Breach]
) -> Alternative:
    after = check(request, swap.plan, rules)
    eased: Sequence[Breach] = ()
    if swap.eased is not None:
        eased = after if swap.eased is swap.plan else check(request, swap.eased, rules)
    broken, by_easing = _limits(before), _limits(eased)
    changed = [
        now.date for was, now in zip(plan.days, swap.plan.days, strict=True) if was is not now
    ]
    forbidden: dict[str, Breach] = {}
    elsewhere: dict[str, Breach] = {}
    for one in after:
        if not one.is_limit or (one.rule, one.days) in broken:
            continue
        # Some rules tell a stretch of days by its first and last: those between are held, too.
        touches = any(min(one.days) <= day <= max(one.days) for day in changed)
        is_own = touches and (one.rule, one.days) not in by_easing
        (forbidden if is_own else elsewhere).setdefault(one.rule, one)
    return Alternative(
        instead=swap.instead,
        forbidden_by=tuple(forbidden.values()),
        elsewhere=tuple(elsewhere.values()),
        would_cost=_wishes_missed(before, after),
    )


def _limits(breaches: Sequence[Breach]) -> set[tuple[str, tuple[date, ...]]]:
    return {(one.rule, one.days) for one in breaches if one.is_limit}


def _wishes_missed(before: Sequence[Breach], after: Sequence[Breach]) -> tuple[Breach, ...]:
    was, now = _costs(before), _costs(after)
    costing: dict[str, Breach] = {}
    for one in after:
        # A wish that is missed by more: told by what was not so before.
        if now.get(one.rule, 0) > was.get(one.rule, 0) and not one.is_limit and one not in before:
            costing.setdefault(one.rule, one)
    return tuple(costing.values())


def _costs(breaches: Sequence[Breach]) -> dict[str, int]:
    costs: dict[str, int] = {}
    for breach in breaches:
        costs[breach.rule] = costs.get(breach.rule, 0) + breach.cost
    return costs


def _a_walk(request: Request, day: Day, number: int) -> Session | None:
    """A walk as long as that week wants it; None where the day has one."""
    if day.has(Kind.WALK):
        return None
    return walk(request.walk_minutes_wanted(number) or request.least_walk_minutes)


def _an_easy_run(request: Request, plan: Plan, day: Day, number: int) -> Session | None:
    """An easy run as long as the nearest of the plan, those of its week first; None where one is.

    A plan without any gets one as long as that week wants it.
    """
    if day.has(Kind.EASY_RUN):
        return None
    week = request.week_of(number)
    others = [
        (request.week_of(place) != week, abs(place - number), place, session.run_minutes)
        for place, other in enumerate(plan.days)
        for session in other.sessions
        if session.kind is Kind.EASY_RUN
    ]
    if others:
        return easy_run(min(others)[-1])
    least = request.limits.need("easy-runs", "minutes_min")
    return easy_run(max(request.easy_minutes_needed(week), least))


def _in_place(day: Day, *instead: Session) -> Day:
    """The day with a run or walk in place of the one it has; strength and mobility stay."""
    kept = tuple(one for one in day.sessions if not (one.kind.is_run or one.kind is Kind.WALK))
    return _holding(day, (*instead, *kept))


def _other_lengths(request: Request, day: int, session: Session) -> Iterator[tuple[Session, str]]:
    """The session longer and shorter, in so many words; of a run/walk the stages beside its own."""
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


def _is_lighter(other: Session, session: Session) -> bool:
    """Whether nothing of the session grows: its time, its running and its longest bout."""
    bouts = [max((step.run_seconds for step in one.steps), default=0) for one in (other, session)]
    return (
        other.minutes <= session.minutes
        and other.run_minutes <= session.run_minutes
        and bouts[0] <= bouts[1]
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


def _moved(request: Request, plan: Plan, session: Session, way: tuple[date, date]) -> Plan:
    home, target = (plan.days[request.day_of(on)] for on in way)
    left = tuple(one for one in home.sessions if one is not session)
    return _with_days(plan, _holding(home, left), _holding(target, (*target.sessions, session)))


def _holding(day: Day, sessions: tuple[Session, ...]) -> Day:
    return day.model_copy(update={"sessions": sessions})


def _with_days(plan: Plan, *changed: Day) -> Plan:
    by_date = {day.date: day for day in changed}
    days = tuple(by_date.get(day.date, day) for day in plan.days)
    return plan.model_copy(update={"days": days})


def _plain(on: date) -> str:
    return " ".join(short_date(on).split())
