"""The next plan of a runner, seen from a day: what lies before it stays, the rest is planned."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, NoReturn
from uuid import UUID, uuid5

from planner.causes import cause_of
from planner.checking import check
from planner.comparing import Change, changes, keep_identities
from planner.errors import InputError, NoPlanPossible, StoppedEarly
from planner.exercises import ExerciseEntry
from planner.history import History
from planner.marking import marked
from planner.notes import notes, without_passed_tests
from planner.own_moves import moves_not_followed, with_her_identities
from planner.plan import Kind, Plan, TriageWord
from planner.profile import Runner
from planner.reasons import with_reasons
from planner.replanning import (
    after_plan,
    first_open_day,
    has_race,
    is_forced,
    may_have_race_again,
    skipped_days,
    with_known_times,
)
from planner.request import DAYS_IN_WEEK, Ladder, Limits, Request
from planner.resolving import MOST_WEEKS, as_soon_as_possible, build_request, weeks_to_goal
from planner.revising import planned_before, with_days_gone_by, within
from planner.rule import Breach, Rule
from planner.table import long_date

if TYPE_CHECKING:
    from planner.planning import Impossible, PlanHeader, Planned

# Only making a plan needs planner.planning, and with it the solver: judging one goes without.

PLANS = UUID("2c1a3d52-8a5e-5f0e-9f0c-3f3a4b1d7e60")
"""The project's namespace of plan identities."""


@dataclass(frozen=True)
class Next:
    """A plan, what it changes on the one before, and the wishes it misses."""

    plan: Plan
    request: Request
    missed: tuple[Breach, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Planner:
    """All that a plan is made from, but the day from which to look at it.

    ``stopped`` are the kinds that wait for a clinician, ``leg_signs`` the ids of the red flags that
    keep running away after a flare. ``made_from`` is the fingerprint stored with the plan before.
    """

    runner: Runner
    limits: Limits
    ladders: Mapping[str, Ladder]
    exercises: Sequence[ExerciseEntry]
    rules: Sequence[Rule]
    stored: Plan | None
    weeks: int | None
    history: History
    stopped: tuple[Kind, ...] = ()
    leg_signs: tuple[str, ...] = ()
    triage: TriageWord = "unanswered"
    triage_on: date | None = None
    made_from: str | None = None

    def fingerprint(self) -> str:
        """What the plan is made from: what she wants, the limits, and what happened, in one word.

        Two parts: the same wishes with other facts call for fewest changes, other wishes for a plan
        made afresh.
        """
        wishes = self.runner.model_copy(update={"recent": type(self.runner.recent)(), "back": None})
        back = self.runner.back
        taste = (back.worse_with, back.better_with, back.stop_above) if back else None
        told = f"{wishes.model_dump_json()}|{taste}|{self.limits.by_rule}"
        facts = f"{self.history.model_dump_json()}|{self.stopped}"
        return f"{_print(told)}-{_print(facts)}"

    def _wants_other(self, plan: Plan) -> bool:
        """Whether she wants something else than when the stored plan was made, or another length."""
        if self.weeks is not None and self.stored is not None and plan.end != self.stored.end:
            return True
        made_from = self.made_from
        return made_from is not None and wishes_in(made_from) != wishes_in(self.fingerprint())

    def afresh(self, day: date) -> Next:
        """The plan made on this day from the wishes alone; days gone by stay."""
        from planner.cli.closed_day import after_cut, cut

        if found_today := cut(self, day):
            return after_cut(self, found_today, day, Planner.afresh)
        request = self.request_as_of(day)
        planned = self._planned(request, day)
        open_ended = self.stored is None and as_soon_as_possible(self.runner, self.weeks)
        weeks = -(-request.days // DAYS_IN_WEEK)
        while open_ended and not planned.plan.goal.reached and weeks < MOST_WEEKS:
            # The first guess at how long it takes was short.
            weeks += 1
            request = replace(self, weeks=weeks).request_as_of(day)
            planned = self._planned(request, day)
        return self._next(planned)

    def again(self, day: date) -> Next:
        """The stored plan from this day on with the fewest changes; the same where nothing asks for any.

        Where the goal of an open end is no longer reached, the plan grows longer.
        """
        from planner.cli.closed_day import after_cut, cut

        stored = self.stored
        assert stored is not None
        if found_today := cut(self, day):
            return after_cut(self, found_today, day, Planner.again)
        request = self.request_again(day)
        last = request.date_of(request.days - 1)
        forced = last != stored.end or is_forced(request, stored, self.rules)
        moved = moves_not_followed(stored, self.history, request.start)
        lacks_race = not self.stopped and may_have_race_again(request, stored)
        if not forced and not moved and not lacks_race:
            return self._told_again(request)
        planned = self._planned(request, day)
        longest = MOST_WEEKS * DAYS_IN_WEEK
        open_ended = as_soon_as_possible(self.runner, self.weeks) and stored.goal.reached
        if open_ended and not planned.plan.goal.reached:
            long = self.request_after(day, request.start, longest)
            days = max(request.days, weeks_to_goal(long) * DAYS_IN_WEEK)
            while days < longest and not planned.plan.goal.reached:
                days = min(days + DAYS_IN_WEEK, longest)
                planned = self._planned(self.request_after(day, request.start, days), day)
        found = self._next(planned)
        follows = moved != moves_not_followed(found.plan, self.history, request.start)
        if not forced and not follows and not (lacks_race and has_race(found.plan)):
            # Her moves alone, or a race left out, ask for another plan, and none can have them.
            return self._told_again(request)
        return found

    def as_it_is(self, day: date) -> Next:
        """The stored plan, nothing asked; the wishes that it misses are those from this day on."""
        return self._unchanged(self.request_again(day))

    def _told_again(self, request: Request) -> Next:
        """The stored plan; what the runner should read first may be another thing by now."""
        found = self._unchanged(request)
        plan = without_passed_tests(found.request, found.plan)
        plan = plan.model_copy(update={"notes": notes(found.request, plan)})
        return replace(found, plan=plan)

    def _unchanged(self, request: Request) -> Next:
        assert self.stored is not None
        if may_have_race_again(request, self.stored):
            # It has left the race out and said why, and is judged as such a plan.
            request = request.model_copy(update={"race_possible": False})
        found = check(request, within(self.stored, request), self.rules)
        return Next(self.stored, request, tuple(one for one in found if not one.is_limit))

    def request_again(self, day: date) -> Request:
        """The days that may still change, up to the stored plan's last, or that of the weeks asked."""
        stored = self.stored
        assert stored is not None
        start = max(stored.start, first_open_day(self.history, day, self.limits))
        asked = self.weeks and stored.start + timedelta(days=DAYS_IN_WEEK * self.weeks - 1)
        last = asked or stored.end
        if last < start:
            raise InputError(
                f"The plan's last day, {long_date(last)}, has gone by, so nothing can be "
                "planned anew.",
                "Make a new plan: runback plan, with a new [plan] start, more weeks or a later goal.",
            )
        return self.request_after(day, start, (last - start).days + 1)

    def request_as_of(self, day: date) -> Request:
        """From the file's start, or from the first day that may change; a plan that has begun

        keeps its last day.
        """
        request, stored = self._request(day), self.stored
        opens = max(request.start, first_open_day(self.history, day, self.limits))
        is_new = stored is not None and stored.revision == 1 and day == stored.made_on
        if stored is None or (is_new and opens == request.start):
            return request
        last = request.date_of(request.days - 1)
        if self.runner.plan.start is not None and stored.start < day == request.start:
            first = self._request(stored.start)
            last = first.date_of(first.days - 1)
            if last < day:
                raise InputError(
                    f"The plan's last day, {long_date(last)}, has gone by, so nothing can be "
                    "planned anew.",
                    "Give a new [plan] start, more weeks or a later goal.",
                )
        opens = min(opens, last)
        if (opens, last) != (request.start, request.date_of(request.days - 1)):
            request = self._request(day, (opens, (last - opens).days + 1))
        return planned_before(request, stored, skipped_days(self.history))

    def request_to_judge(self, made_on: date, start: date, days: int) -> Request:
        """What was known when the stored plan was made, for the days from ``start`` on."""
        assert self.stored is not None
        request = self._request(made_on, (start, days))
        return planned_before(request, self.stored, skipped_days(self.history))

    def request_after(self, day: date, start: date, days: int) -> Request:
        """So many days from a first one, seen from a day, with the stored plan before them."""
        assert self.stored is not None
        return after_plan(self._request(day, (start, days)), self.stored, self.history)

    def _request(self, today: date, span: tuple[date, int] | None = None) -> Request:
        return build_request(
            self.runner,
            today=today,
            limits=self.limits,
            ladders=self.ladders,
            weeks=self.weeks,
            span=span,
            history=self.history,
            leg_signs=self.leg_signs,
            stopped=self.stopped,
        )

    def _next(self, planned: Planned) -> Next:
        request, stored = planned.request, self.stored
        plan = with_days_gone_by(planned.plan, stored, request.start)
        found = check(request, within(plan, request), self.rules)
        broken = [one for one in found if one.is_limit]
        if broken:
            raise AssertionError(f"the plan breaks {broken[0].rule}: {broken[0].reason}")
        plan = keep_identities(plan, stored)
        if stored is None:
            return Next(plan, request, found)
        plan = with_her_identities(plan, stored, self.history, request.start)
        if request.before:
            plan = with_known_times(plan, stored, self.history)
        moved = [moves_not_followed(one, self.history, request.start) for one in (stored, plan)]
        cause = cause_of(
            stored,
            plan,
            request,
            wants_other=self._wants_other(plan),
            hers={(one.session_id, one.to) for one in moved[0] if one not in moved[1]},
        )
        told = with_reasons(changes(stored, plan), stored, plan, request, self.rules, cause)
        return Next(marked(plan, stored, told, self.rules), request, found, told)

    def header(self, request: Request, day: date) -> PlanHeader:
        """What the next revision carries beside its days."""
        from planner.planning import PlanHeader

        person, stored = self.runner.runner, self.stored
        first = f"{person.name}\n{person.time_zone}\n{request.start}\n{day}"
        return PlanHeader(
            plan_id=stored.plan_id if stored else str(uuid5(PLANS, first)),
            revision=stored.revision + 1 if stored else 1,
            made_on=day,
            runner=person.name,
            time_zone=person.time_zone,
            triage=self.triage,
            triage_on=self.triage_on,
        )

    def _planned(self, request: Request, day: date) -> Planned:
        from planner.planning import Impossible, Planned, Stopped, make_plan

        header = self.header(request, day)
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


def next_plan(planner: Planner, today: date, made_from: str | None) -> Next:
    """The stored plan where nothing is new; with fewest changes where only facts are; else afresh.

    ``made_from`` is the fingerprint stored with the plan before.
    """
    stored = planner.stored
    if stored is None:
        return planner.afresh(today)
    if planner.runner.plan.start is None and stored.end < today:
        return planner.afresh(today)
    now = planner.fingerprint()
    length = planner.weeks and planner.weeks * DAYS_IN_WEEK
    if length and stored.end != stored.start + timedelta(days=length - 1):
        return planner.afresh(today)
    if made_from == now:
        return planner.as_it_is(min(today, stored.end))
    if made_from is None or wishes_in(made_from) == wishes_in(now):
        return planner.again(today)
    return planner.afresh(today)


def wishes_in(fingerprint: str) -> str:
    """The part of a plan's fingerprint that says what she wants."""
    return fingerprint.partition("-")[0]


def _print(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _no_plan(impossible: Impossible) -> NoReturn:
    raise NoPlanPossible(impossible.reason, impossible.try_)
