"""Making the next revision of a runner's plan; nothing here writes a file."""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NoReturn
from uuid import UUID, uuid5

from planner.checking import check
from planner.cli.clock import today_in
from planner.cli.printing import progress
from planner.cli.rulebook import (
    limits_in_force,
    pain_rules_for,
    rest_walk_minutes,
    rulebook,
    stop_above_max,
)
from planner.comparing import Touch, keep_identities, same_content, touched_after
from planner.entries import entry_prints
from planner.errors import NoPlanPossible, StoppedEarly
from planner.plan import Plan, State
from planner.planning import Impossible, PlanHeader, Planned, Stopped, make_plan
from planner.profile import Runner, read_runner
from planner.request import Limits, Request
from planner.resolving import build_request
from planner.revising import with_days_gone_by, within
from planner.rule import Breach, Rule
from planner.wording import PainRule

PLANS = UUID("2c1a3d52-8a5e-5f0e-9f0c-3f3a4b1d7e60")
"""The project's namespace of plan identities."""


@dataclass(frozen=True)
class Made:
    """A plan, whether it is a new revision, and what its calendar needs."""

    plan: Plan
    is_new: bool
    missed: tuple[Breach, ...]
    rules: Mapping[str, Rule]
    touched: Mapping[str, Touch]
    pain_rules: Mapping[State, PainRule]
    rest_walk_minutes: int

    def calendar(self, *, rest_days: bool) -> bytes:
        """The bytes of the calendar file."""
        from planner.ics import calendar_bytes

        return calendar_bytes(
            self.plan,
            pain_rules=self.pain_rules,
            rest_walk_minutes=self.rest_walk_minutes,
            rest_days=rest_days,
            touched=self.touched,
        )


def make(
    file: Path,
    stored: Plan | None,
    touched: Mapping[str, Touch],
    weeks: int | None,
    tighter: Path | None,
    today: date | None,
) -> Made:
    """The plan for a runner's file after the stored one, if any.

    A plan that says what the stored one says, and looks the same in a calendar, is the stored one.
    """
    limits = limits_in_force(tighter)
    runner = read_runner(file, stop_above_max=stop_above_max(limits))
    today = today or today_in(runner.runner.time_zone)
    rules = rulebook()
    # What is loaded by now stays; what planning makes does not.
    gc.freeze()
    gc.enable()
    with progress("Planning"):
        plan, missed = _next_plan(runner, limits, rules, stored, weeks, today)
    words = pain_rules_for(runner, limits)
    walk = rest_walk_minutes(limits)
    prints = entry_prints(plan, pain_rules=words, rest_walk_minutes=walk)
    seen = {name: touch.print for name, touch in touched.items()}
    is_new = stored is None or not same_content(stored, plan) or prints != seen
    return Made(
        plan=plan if is_new or stored is None else stored,
        is_new=is_new,
        missed=missed,
        rules={rule.name: rule for rule in rules},
        touched=touched_after(touched, plan, prints) if is_new else touched,
        pain_rules=words,
        rest_walk_minutes=walk,
    )


def _next_plan(
    runner: Runner,
    limits: Limits,
    rules: Sequence[Rule],
    stored: Plan | None,
    weeks: int | None,
    today: date,
) -> tuple[Plan, tuple[Breach, ...]]:
    from rules.loading import load_ladders

    ladders = load_ladders()
    request = build_request(runner, today=today, limits=limits, ladders=ladders, weeks=weeks)
    header = _header(runner, request, stored, today)
    plan = with_days_gone_by(_planned(request, rules, header), stored, today)
    broken = _broken(request, plan, rules)
    if broken and request.start < today <= plan.end:
        # What lies behind can't be changed any more, and what was planned after it no longer fits:
        # from today on anew.
        span = (today, (plan.end - today).days + 1)
        request = build_request(runner, today=today, limits=limits, ladders=ladders, span=span)
        plan = with_days_gone_by(_planned(request, rules, header), stored, today)
        broken = _broken(request, plan, rules)
    if broken:
        raise AssertionError(f"the plan breaks {broken[0].rule}: {broken[0].reason}")
    missed = check(request, within(plan, request), rules)
    return keep_identities(plan, stored), tuple(one for one in missed if not one.is_limit)


def _broken(request: Request, plan: Plan, rules: Sequence[Rule]) -> list[Breach]:
    return [one for one in check(request, within(plan, request), rules) if one.is_limit]


def _header(runner: Runner, request: Request, stored: Plan | None, today: date) -> PlanHeader:
    person = runner.runner
    first = f"{person.name}\n{person.time_zone}\n{request.start}\n{today}"
    return PlanHeader(
        plan_id=stored.plan_id if stored else str(uuid5(PLANS, first)),
        revision=stored.revision + 1 if stored else 1,
        made_on=today,
        runner=person.name,
        time_zone=person.time_zone,
        triage="unanswered",
    )


def _planned(request: Request, rules: Sequence[Rule], header: PlanHeader) -> Plan:
    from rules.loading import load_exercises

    match make_plan(request, rules, header=header, exercises=load_exercises()):
        case Planned() as planned:
            return planned.plan
        case Impossible() as impossible:
            _no_plan(impossible)
        case Stopped():
            raise StoppedEarly(
                "The work allowed ran out before there was a plan.", "Plan fewer weeks: --weeks 8."
            )


def _no_plan(impossible: Impossible) -> NoReturn:
    raise NoPlanPossible(impossible.reason, impossible.try_)
