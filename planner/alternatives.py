"""What a day could hold instead: for each alternative the limits it breaks, or the wishes it costs.

Each alternative is put into the plan and judged by the checkers; beside them only the kinds of session
that a day may hold at all speak against it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from planner.checking import check
from planner.habits import usual_week_of
from planner.ladders import ladder_weeks_of
from planner.plan import Day, Frozen, Kind, Plan, Session, State, minutes_text
from planner.possible import kinds_possible, least_minutes
from planner.request import Request
from planner.resolving import with_ladder_weeks
from planner.rule import Breach, Rule
from planner.swaps import Swap, swaps

CAREFUL = (State.MODERATE, State.RETURNING)
"""States in which every run has walking breaks, on the ladder or not."""

RETURN_WAITS = "the return to running moves on with it: it waits for this test walk. [restart-gate]"


class Alternative(Frozen):
    """What stands against an alternative: of each rule its first new breach.

    ``forbidden_by`` holds limits that it breaks on its own days, ``elsewhere`` those that the rest of
    the plan would break beside it, and so would have to change. ``not_placed`` says that the plan
    never puts a session of its kind on such a day, where no limit of a rule says so. ``without_race``
    says what it means to rest instead of the race, ``return_waits`` what it means to leave out the test
    walk after a flare. Where all are empty nothing speaks against it.
    """

    instead: str
    forbidden_by: tuple[Breach, ...] = ()
    not_placed: str = ""
    elsewhere: tuple[Breach, ...] = ()
    would_cost: tuple[Breach, ...] = ()
    without_race: str = ""
    return_waits: str = ""


def as_planned(request: Request, plan: Plan) -> Request:
    """A request for judging a finished plan, with what only planning finds out.

    That is the weeks on the run/walk ladder, and the usual week.
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
    request: Request,
    plan: Plan,
    rules: Sequence[Rule],
    on: date,
    first_open: date,
    done: Collection[str] = (),
) -> tuple[Alternative, ...]:
    """What a day of the plan could hold instead, judged.

    ``plan`` holds the days of ``request``, which comes from ``as_planned``. ``first_open`` is the
    first day that may still change, ``done`` the identities of sessions that are done already.
    """
    before = check(request, plan, rules)
    tried = swaps(request, plan, on, first_open, done)
    return tuple(_judged(request, plan, rules, swap, before) for swap in tried)


def _judged(
    request: Request, plan: Plan, rules: Sequence[Rule], swap: Swap, before: Sequence[Breach]
) -> Alternative:
    race = _race_left_out(plan, swap)
    if race is not None:
        # Nobody has to race: where it is left out, no rule asks for it.
        request = request.model_copy(update={"race_possible": False})
    after = check(request, swap.plan, rules)
    eased: Sequence[Breach] = ()
    if swap.eased is not None:
        eased = after if swap.eased is swap.plan else check(request, swap.eased, rules)
    broken, by_easing = _limits(before), _limits(eased)
    changed = [
        (was, now) for was, now in zip(plan.days, swap.plan.days, strict=True) if was is not now
    ]
    forbidden: dict[str, Breach] = {}
    elsewhere: dict[str, Breach] = {}
    for one in after:
        if not one.is_limit or (one.rule, one.days) in broken:
            continue
        # Some rules tell a stretch of days by its first and last: those between are held, too.
        touches = any(min(one.days) <= now.date <= max(one.days) for _, now in changed)
        is_own = touches and (one.rule, one.days) not in by_easing
        (forbidden if is_own else elsewhere).setdefault(one.rule, one)
    told = bool(forbidden) or swap.eased is not None
    return Alternative(
        instead=swap.instead,
        forbidden_by=tuple(forbidden.values()),
        not_placed="" if told else _not_placed(request, changed),
        elsewhere=tuple(one for name, one in elsewhere.items() if name not in forbidden),
        would_cost=_wishes_missed(before, after),
        without_race=_resting(race) if race is not None and swap.eased is swap.plan else "",
        return_waits=RETURN_WAITS if _leaves_out_test_walk(request, changed) else "",
    )


def _race_left_out(plan: Plan, swap: Swap) -> Session | None:
    """The race that an alternative leaves out: to rest, or because the plan advises against it."""
    before, after = (
        [session for day in one.days for session in day.sessions if session.kind is Kind.RACE]
        for one in (plan, swap.plan)
    )
    if not before or after:
        return None
    return before[0] if before[0].is_advised_against or swap.eased is swap.plan else None


def _leaves_out_test_walk(request: Request, changed: Sequence[tuple[Day, Day]]) -> bool:
    return any(
        request.day_of(was.date) == request.gate_walk_day
        and was.has(Kind.WALK)
        and not now.has(Kind.WALK)
        for was, now in changed
    )


def _resting(race: Session) -> str:
    if race.is_advised_against:
        return "this is what the plan advises."
    return "you may always leave the race out, and with it the goal of this plan."


def _not_placed(request: Request, changed: Sequence[tuple[Day, Day]]) -> str:
    """Of the kinds that are new on their days the first that is not possible there, in a sentence."""
    for was, now in changed:
        number = request.day_of(now.date)
        possible = kinds_possible(request, number)
        for session in now.sessions:
            if was.has(session.kind) or session.kind in possible:
                continue
            what = session.kind.value.replace("_", "/" if session.kind is Kind.RUN_WALK else " ")
            minutes = request.available_minutes[number]
            if request.away[number]:
                return f"the plan puts no {what} on a day away."
            if least_minutes(request, number, session.kind) > minutes:
                return f"the plan puts no {what} on a day with {minutes} min."
            if session.kind is Kind.MOBILITY and now.state is State.FLARE:
                return _no_mobility_yet(request)
            return f"the plan puts no {what} on such a day (back: {now.state.value})."
    return ""


def _no_mobility_yet(request: Request) -> str:
    """Why the day on which a plan is made in a flare holds no mobility, and later days of it do."""
    quiet = minutes_text(request.limits.need("restart-gate", "quiet_max_tenths") / 10)
    return (
        "the plan puts no mobility on the day on which it is made in a flare; later days hold it for "
        f"when the pain is {quiet} of 10 or less."
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
