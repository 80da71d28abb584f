"""Why a session is not as it was: a fact, the limits that it would break by now, or a wish."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from planner.asked_for import Asked
from planner.causes import Cause, Facts, Why, cause_of
from planner.checking import check
from planner.comparing import Change
from planner.plan import Day, Plan, Session
from planner.put_back import FIRST_WISHES, WISHES, PutBack
from planner.request import DAYS_IN_WEEK, SORTS, Request
from planner.revising import within
from planner.rule import Breach, Rule


def with_reasons(
    found: Sequence[Change],
    old: Plan,
    new: Plan,
    request: Request,
    rules: Sequence[Rule],
    cause: Cause | None = None,
) -> tuple[Change, ...]:
    """The changes, each with what is behind it, true by how it is found.

    Facts come first: an undo, what she moved, a red flag, the test walk, fewer sessions asked for. Then
    the session is put back as it was into the new plan, with those that changed together with it, and
    that is judged: the limits it would break on its own days; the share of a week cut short; another
    state of the back there; limits on other days, which need the change; the wishes that it would cost.
    Where nothing speaks against it, that is told.
    """
    if not found:
        return ()
    cause = cause or cause_of(old, new, request)
    shared = cause.behind_all()
    if shared:
        return tuple(_told(change, shared) for change in found)
    facts = Facts(old, new, request, cause)
    asked = Asked(old, new, request)
    given = {**asked.fewer(found), **facts.behind(found)}
    others, shares = facts.in_other_states(found), asked.shares(found)
    pressing = {*given, *shares, *(name for name in others if facts.is_worse_for(name))}
    back = PutBack(found, facts.was, within(new, request), request, rules, pressing)
    order = {rule.name: number for number, rule in enumerate(rules)}
    told = []
    for change in found:
        name = change.session_id
        why = given.get(name) or _judged(name, shares.get(name), others.get(name), back, cause)
        names = tuple(sorted(why.names, key=lambda one: order.get(one, len(order))))
        told.append(_told(change, why if why.says else why._replace(names=names)))
    after = {one.session_id: later for one in found if (later := facts.after_a_run(one))}
    return tuple(
        _told(one, after[one.session_id]) if one.session_id in after else one for one in told
    )


def _judged(name: str, share: Why | None, state: Why | None, back: PutBack, cause: Cause) -> Why:
    """What a session as it was would break, or cost, in the new plan.

    ``share`` is the reason where a week cut short has its share, ``state`` where the back is in another
    state than the old plan had. Another day for a session is asked for by limits and the first wishes,
    other minutes by any wish.
    """
    found = next((why for why in _reasons(name, share, state, back) if why.names), None)
    return found or cause.of_one_with_others()


def _reasons(name: str, share: Why | None, state: Why | None, back: PutBack) -> Iterator[Why]:
    """Each way to a reason in its turn; it may have found no names."""
    if name not in back.groups:
        yield state or Why(())
        return
    stays, left = back.stays_on_its_day(name), back.day_left(name)
    yield _of_limits(back.limits(name), left)
    if share:
        yield share
    if state:
        yield Why(()) if stays else _of_limits(back.limits_beside(name), left)
        yield state
    yield Why(tuple(back.wishes(name, FIRST_WISHES)))
    yield _of_limits_elsewhere(back.limits(name, elsewhere=True))
    if stays:
        yield Why(tuple(back.wishes(name, WISHES)))
    yield _of_limits(back.limits_beside(name), left)
    yield _of_limits_elsewhere(back.limits_beside(name, elsewhere=True))
    yield Why(tuple(back.wishes(name, WISHES)))


def _of_limits(found: Sequence[Breach], left: date | None) -> Why:
    """Limits as reasons; of a session that moved, with the day it ``left`` where all are of that."""
    is_of_left = all(left in one.days for one in found)
    return Why(tuple({one.rule for one in found}), of_day=left if is_of_left else None)


def _of_limits_elsewhere(found: Sequence[Breach]) -> Why:
    """Limits broken elsewhere as reasons: the ones of the first day there."""
    if not found:
        return Why(())
    first = min(min(one.days) for one in found)
    return Why(tuple({one.rule for one in found if first in one.days}), needed_on=first)


def _told(change: Change, why: Why) -> Change:
    told = {"because": why.names, "says": why.says, "needed_on": why.needed_on}
    return change.model_copy(update={**told, "of_day": why.of_day})


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
