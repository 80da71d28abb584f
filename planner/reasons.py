"""Why a session is not as it was: the rules that forbid the old week, or the wish it would cost."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, timedelta

from planner.checking import check
from planner.comparing import Change
from planner.plan import Day, Kind, Plan, Session
from planner.request import DAYS_IN_WEEK, SORTS, Request
from planner.revising import within
from planner.rule import Breach, Rule, Tier
from planner.sessions import limits_of

THE_BACK = "states"
"""The fact behind a change that no rule asks for: another state of the back on its day. What the
states are is looked up by this name, as rules are by theirs."""

STAYING = (Tier.CHANGES, Tier.MINUTES)
"""Wishes that no change can be put down to: they speak against all of them."""


def with_reasons(
    found: Sequence[Change], old: Plan, new: Plan, request: Request, rules: Sequence[Rule]
) -> tuple[Change, ...]:
    """The changes, each with the names of the rules behind it.

    The old week is put back into the new plan and judged: the limits broken on the change's own days
    come first. Else the session alone is put back as it was: the limits that it breaks now, or the
    wish that it would miss by more. Where no rule says anything, and the back is another one that
    day, that is the reason. What is left is put down to the old week's other days.
    """
    if not found:
        return ()
    order = {rule.name: number for number, rule in enumerate(rules)}
    judge = _Judge(within(new, request), old, request, rules)
    told = []
    for change in found:
        names = judge.behind(change)
        ordered = tuple(sorted(names, key=lambda name: order.get(name, len(order))))
        told.append(change.model_copy(update={"because": ordered}))
    return _with_those_of_the_run(told, old, new)


def _with_those_of_the_run(found: Sequence[Change], old: Plan, new: Plan) -> tuple[Change, ...]:
    """What moved within its day moved because of the run before it: it has the run's reasons."""
    was, now = (
        {name: session for name, (_, session) in _places(plan).items()} for plan in (old, new)
    )
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


class _Judge:
    """The new plan, judged with parts of the old one in their place.

    Limits come first and wishes in the order of their tiers, so that no more rules are asked than
    needed: there may be sixty changes.
    """

    def __init__(self, new: Plan, old: Plan, request: Request, rules: Sequence[Rule]) -> None:
        self.new, self.old, self.request = new, old, request
        self.by_tier = {
            tier: tuple(rule for rule in rules if rule.tier is tier)
            for tier in Tier
            if tier not in STAYING
        }
        self.places = (_places(old), _places(new))
        told = [rule for of_tier in self.by_tier.values() for rule in of_tier]
        self.found = check(request, new, told)
        self.costs = _costs(self.found)
        self.weeks: dict[date, tuple[Breach, ...]] = {}

    def behind(self, change: Change) -> set[str]:
        """The names behind a change; of several ways to find any, the first that does."""
        was, now = (places.get(change.session_id) for places in self.places)
        days = {place[0] for place in (was, now) if place}
        kind = next((place[1].kind for place in (was, now) if place), None)
        held_by = limits_of(kind) if kind else ()
        of_week = self._limits_of_week(change.date)
        fitting = [one for one in of_week if one.rule in held_by]
        alone = self._with_old_session(change.session_id)
        ways: tuple[Callable[[], set[str]], ...] = (
            lambda: {one.rule for one in fitting if days & set(one.days)},
            lambda: {one.rule for one in self._limits(alone, self._holding(kind))},
            lambda: self._wish(alone, days),
            lambda: {THE_BACK} if self._is_another_state(days) else set(),
            lambda: {one.rule for one in fitting},
            lambda: self._wish(self._with_old_week(change.date), days),
            lambda: self._wish(self._with_old_week(change.date), ()),
            lambda: {one.rule for one in of_week},
        )
        return next((names for way in ways if (names := way())), set())

    def _limits_of_week(self, on: date) -> tuple[Breach, ...]:
        """The limits that one week's sessions as they were break in the new plan."""
        monday = on - timedelta(days=on.weekday())
        if monday not in self.weeks:
            week = self._with_old_week(on)
            self.weeks[monday] = self._limits(week, self.by_tier[Tier.LIMIT])
        return self.weeks[monday]

    def _holding(self, kind: Kind | None) -> tuple[Rule, ...]:
        """The limits that hold sessions of a kind, and all that another package brings."""
        held_by = limits_of(kind) if kind else ()
        ours = {name for one in Kind for name in limits_of(one)}
        limits = self.by_tier[Tier.LIMIT]
        return tuple(rule for rule in limits if rule.name in held_by or rule.name not in ours)

    def _limits(self, plan: Plan, rules: Sequence[Rule]) -> tuple[Breach, ...]:
        """The limits among some rules that a plan breaks and the new one doesn't."""
        found = check(self.request, plan, rules)
        return tuple(one for one in found if one.is_limit and one not in self.found)

    def _wish(self, plan: Plan, days: Collection[date]) -> set[str]:
        """The wishes that a plan misses by more than the new one: those of the tier that decides.

        With ``days``, only what is missed on one of them counts.
        """
        for tier, rules in self.by_tier.items():
            if tier is Tier.LIMIT:
                continue
            missed = check(self.request, plan, rules)
            costs = _costs(missed)
            names = {
                one.rule
                for one in missed
                if costs[one.rule] > self.costs.get(one.rule, 0)
                and (not days or set(days) & set(one.days))
            }
            if names:
                return names
        return set()

    def _is_another_state(self, days: Collection[date]) -> bool:
        was = {day.date: day.state for day in self.old.days if day.date in days}
        return any(was.get(day.date, day.state) is not day.state for day in self.new.days)

    def _with_old_week(self, on: date) -> Plan:
        """The new plan with one week's sessions as they were; the states are the new ones."""
        monday = on - timedelta(days=on.weekday())
        was = {
            day.date: day.sessions
            for day in self.old.days
            if 0 <= (day.date - monday).days < DAYS_IN_WEEK
        }
        days = tuple(
            day.model_copy(update={"sessions": was[day.date]}) if day.date in was else day
            for day in self.new.days
        )
        return self.new.model_copy(update={"days": days})

    def _with_old_session(self, name: str) -> Plan:
        """The new plan with one session where and as it was, or without it where there was none.

        Another of its sort that has its place by now goes where the session has gone to.
        """
        was, now = (places.get(name) for places in self.places)
        days = {day.date: day for day in self.new.days}
        sessions = {
            place[0]: [one for one in days[place[0]].sessions if one.id != name]
            for place in (was, now)
            if place and place[0] in days
        }
        if was and was[0] in sessions:
            mates = [one for one in sessions[was[0]] if one.kind.is_of_sort(was[1].kind)]
            sessions[was[0]] = [one for one in sessions[was[0]] if one not in mates] + [was[1]]
            if now and now[0] != was[0]:
                sessions[now[0]] += mates
        days.update(
            (on, days[on].model_copy(update={"sessions": tuple(held)}))
            for on, held in sessions.items()
        )
        return self.new.model_copy(update={"days": tuple(days.values())})


def _places(plan: Plan) -> dict[str, tuple[date, Session]]:
    """Each session by its identity, with its day."""
    return {session.id: (day.date, session) for day in plan.days for session in day.sessions}


def _costs(breaches: Sequence[Breach]) -> dict[str, int]:
    costs: dict[str, int] = {}
    for breach in breaches:
        costs[breach.rule] = costs.get(breach.rule, 0) + breach.cost
    return costs
