"""The next plan of a runner, seen from a day: what lies before it stays, the rest is planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NoReturn
from uuid import UUID, uuid5

from planner.checking import check
from planner.comparing import keep_identities, same_content
from planner.errors import InputError, NoPlanPossible, PlannerError, StoppedEarly
from planner.exercises import ExerciseEntry
from planner.plan import Plan
from planner.planning import Impossible, PlanHeader, Planned, Stopped, make_plan
from planner.profile import Runner
from planner.request import DAYS_IN_WEEK, Ladder, Limits, Request
from planner.resolving import MOST_WEEKS, as_soon_as_possible, build_request
from planner.revising import last_flare, runs_planned_before, with_days_gone_by, within
from planner.rule import Breach, Rule

PLANS = UUID("2c1a3d52-8a5e-5f0e-9f0c-3f3a4b1d7e60")
"""The project's namespace of plan identities."""


@dataclass(frozen=True)
class Planner:
    """All that a plan is made from, but the day from which to look at it."""

    runner: Runner
    limits: Limits
    ladders: Mapping[str, Ladder]
    exercises: Sequence[ExerciseEntry]
    rules: Sequence[Rule]
    stored: Plan | None
    weeks: int | None

    def plan_as_of(self, day: date) -> tuple[Plan, tuple[Breach, ...]]:
        """The plan made on this day after the stored one, and the wishes it misses."""
        request = self.request_as_of(day)
        planned = self._planned(request, self._header(request, day))
        open_ended = self.stored is None and as_soon_as_possible(self.runner, self.weeks)
        weeks = -(-request.days // DAYS_IN_WEEK)
        while open_ended and not planned.plan.goal.reached and weeks < MOST_WEEKS:
            # The first guess at how long it takes was short.
            weeks += 1
            request = replace(self, weeks=weeks).request_as_of(day)
            planned = self._planned(request, self._header(request, day))
        plan = with_days_gone_by(planned.plan, self.stored, request.start)
        found = check(planned.request, within(plan, request), self.rules)
        broken = [one for one in found if one.is_limit]
        if broken:
            raise AssertionError(f"the plan breaks {broken[0].rule}: {broken[0].reason}")
        return keep_identities(plan, self.stored), found

    def request_as_of(self, day: date) -> Request:
        """From the file's start, or from ``day`` where that has gone by; a plan that has begun

        keeps its last day.
        """
        request, stored = self._request(day), self.stored
        if stored is None or (stored.revision == 1 and day == stored.made_on):
            return request
        if self.runner.plan.start is not None and stored.start < day == request.start:
            first = self._request(stored.start)
            last = first.date_of(first.days - 1)
            if last < day:
                raise InputError(
                    f"The plan's last day, {last}, has gone by, so nothing can be planned anew.",
                    "Give a new [plan] start, more weeks or a later goal.",
                )
            request = self._request(day, (day, (last - day).days + 1))
        return runs_planned_before(request, stored)

    def _request(self, today: date, span: tuple[date, int] | None = None) -> Request:
        return build_request(
            self.runner,
            today=today,
            limits=self.limits,
            ladders=self.ladders,
            weeks=self.weeks,
            span=span,
            flare_on=last_flare(self.stored, today) if self.stored else None,
        )

    def _header(self, request: Request, day: date) -> PlanHeader:
        person, stored = self.runner.runner, self.stored
        first = f"{person.name}\n{person.time_zone}\n{request.start}\n{day}"
        return PlanHeader(
            plan_id=stored.plan_id if stored else str(uuid5(PLANS, first)),
            revision=stored.revision + 1 if stored else 1,
            made_on=day,
            runner=person.name,
            time_zone=person.time_zone,
            triage="unanswered",
        )

    def _planned(self, request: Request, header: PlanHeader) -> Planned:
        match make_plan(request, self.rules, header=header, exercises=self.exercises):
            case Planned() as planned:
                return planned
            case Impossible() as impossible:
                _no_plan(impossible)
            case Stopped():
                raise StoppedEarly(
                    "The work allowed ran out before there was a plan.",
                    "Plan fewer weeks: --weeks 8.",
                )


def next_plan(planner: Planner, today: date) -> tuple[Plan, tuple[Breach, ...]]:
    """What the stored plan says, where planning on its day gives the same again; else a new plan.

    Compared with a plan made today, one without news would change from day to day.
    """
    stored = planner.stored
    if stored is None:
        return planner.plan_as_of(today)
    again = _again(planner, stored)
    over = planner.runner.plan.start is None and stored.end < today
    if again and same_content(stored, again[0]) and not over:
        return _dated(again[0], today), again[1]
    if again and _same_request(planner, stored.made_on, today):
        return _dated(again[0], today), again[1]
    return planner.plan_as_of(today)


def _again(planner: Planner, stored: Plan) -> tuple[Plan, tuple[Breach, ...]] | None:
    """The plan as of the stored plan's day; None where the file no longer allows one then."""
    try:
        return planner.plan_as_of(stored.made_on)
    except PlannerError:
        return None


def _dated(plan: Plan, today: date) -> Plan:
    return plan.model_copy(update={"made_on": today})


def _same_request(planner: Planner, one: date, other: date) -> bool:
    first = planner.request_as_of(one)
    return first == planner.request_as_of(other).model_copy(update={"today": first.today})


def _no_plan(impossible: Impossible) -> NoReturn:
    raise NoPlanPossible(impossible.reason, impossible.try_)
