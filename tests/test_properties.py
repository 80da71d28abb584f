"""Runners of every kind: each gets a plan that is sound, by our own checker and by the contract's.

Each plan is made once and asked every question, because the making is what takes the time; a fault
is told with the question it answers. Whatever the file says, a plan exists: the empty one keeps
every limit. So ``Impossible`` and ``Stopped`` are faults here, not cases to pass over.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import icalendar
from hypothesis import HealthCheck, given, settings

from planner.checking import limits_broken
from planner.ics import calendar_bytes
from planner.plan import Kind, Session, hundredths
from planner.planning import Planned
from planner.wording import pain_rules
from rules import RULEBOOK
from rules.loading import load_limits
from tests import contract_checker
from tests.runners import WEEKDAYS, Case, planned, runner_files

RUNNERS = 360
REST_WALK_MINUTES = 30


def faults(case: Case) -> Iterator[str]:
    """What is wrong with what came of a runner's file, in words."""
    if not isinstance(case.outcome, Planned):
        yield f"no plan: {case.outcome}"
        return
    for breach in limits_broken(case.outcome.request, case.plan, RULEBOOK):
        yield f"our checker: {breach.rule}: {breach.reason}"
    for broken in contract_checker.breaches(case.document, case.file):
        yield f"the contract: {broken.limit}, {broken.on}: {broken.said}"
    yield from faults_of_days(case)
    yield from faults_of_tiers(case)
    yield from faults_of_calendar(case)


def faults_of_days(case: Case) -> Iterator[str]:
    plan = case.plan
    listed = [day.date for day in plan.days]
    span = (plan.end - plan.start).days + 1
    if listed != [plan.start + timedelta(days=n) for n in range(span)]:
        yield f"days listed: {listed}"
    for day in plan.days:
        for session in day.sessions:
            if is_closed(case, day.date, session.kind):
                yield f"{session.title} on {day.date}, a closed day"
            yield from faults_of_minutes(session)


def is_closed(case: Case, on: date, kind: Kind) -> bool:
    """Whether the file gives a day no time for such a session; a race takes the time it takes."""
    away = any(span["from"] <= on <= span["to"] for span in case.file.get("away", []))
    minutes = case.file["week"]["minutes"].get(WEEKDAYS[on.weekday()], 0)
    return away or (minutes == 0 and kind is not Kind.RACE)


def faults_of_minutes(session: Session) -> Iterator[str]:
    """Running and walking add up to the minutes, and the steps add up to both."""
    run = sum(step.repeat * (step.run_seconds + step.easy_seconds) for step in session.steps)
    walk = sum(step.repeat * step.walk_seconds for step in session.steps)
    if session.kind in (Kind.STRENGTH, Kind.MOBILITY):
        if session.run_minutes or session.walk_minutes or session.minutes <= 0:
            yield f"{session.title}: {session}"
        return
    if hundredths(session.minutes) != hundredths(session.run_minutes + session.walk_minutes):
        yield f"{session.title}: {session.minutes} min of {session.run_minutes} running"
    # A hundredth of a minute is 0.6 seconds: steps are in whole seconds.
    if abs(run - session.run_minutes * 60) >= 1 or abs(walk - session.walk_minutes * 60) >= 1:
        yield f"{session.title}: steps of {run} s running, {walk} s walking"
    if session.minutes <= 0:
        yield f"{session.title}: nothing in it"


def faults_of_tiers(case: Case) -> Iterator[str]:
    extra = ("left-out", "alike")
    names = [tier.name for tier in case.plan.tiers if tier.name not in extra]
    if names != ["sessions", "room", "preferences", "goal", "walking", "ramp"]:
        yield f"tiers: {names}"
    for tier in case.plan.tiers:
        if not 0 <= tier.bound <= tier.cost or tier.proven != (tier.bound == tier.cost):
            yield f"tier: {tier}"


def faults_of_calendar(case: Case) -> Iterator[str]:
    words = pain_rules(load_limits())
    data = calendar_bytes(case.plan, pain_rules=words, rest_walk_minutes=REST_WALK_MINUTES)
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    kinds = [str(event["X-RUNBACK-KIND"]) for event in events]
    sessions = [session.kind.value for day in case.plan.days for session in day.sessions]
    if sorted(kind for kind in kinds if kind != "rest") != sorted(sessions):
        yield f"calendar: {kinds}"
    if kinds.count("rest") != sum(not day.sessions for day in case.plan.days):
        yield f"calendar: {kinds.count('rest')} days without a session"
    if len({str(event["UID"]) for event in events}) != len(events):
        yield "calendar: two events with one UID"


def test_every_runner_gets_a_plan_without_a_fault():
    seen = []

    @settings(
        max_examples=RUNNERS,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(runner_files())
    def every_plan_is_sound(text: str) -> None:
        seen.append(text)
        assert list(faults(planned(text))) == []

    every_plan_is_sound()
    assert len(set(seen)) >= 300
