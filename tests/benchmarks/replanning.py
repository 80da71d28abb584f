"""How long a re-plan takes: sixteen weeks are left when a flare of ten days begins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from planner.history import History, Logged, LogKind, Report
from planner.past import first_told
from planner.plan import Plan, TierResult
from planner.profile import Runner, parse_runner
from tests.benchmarks.measuring import gaps_in
from tests.histories import planner_for
from tests.runners import STOP_ABOVE_MAX

WEEKS = 18
FLARE_AFTER = timedelta(days=14)
FLARE_DAYS = 10
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Replanned:
    """One re-plan of a sample: when, the seconds and the work of its solving, the proofs."""

    sample: str
    when: str
    seconds: float
    work: float
    tiers: tuple[TierResult, ...]

    @property
    def gaps(self) -> str:
        """The tiers that are not proven, with cost and bound; empty where all are."""
        return gaps_in(self.tiers)


def replanned(sample: Path) -> tuple[Replanned, Replanned]:
    """Two weeks as planned, then a flare: the re-plan of its first day, and of the gate's."""
    runner = parse_runner(sample.read_bytes(), str(sample), stop_above_max=STOP_ABOVE_MAX)
    start = runner.plan.start
    assert start is not None
    told = first_told(runner, start)
    plan = replace(planner_for(runner, None, told), weeks=WEEKS).afresh(start).plan
    flare = start + FLARE_AFTER
    hurt = told.model_copy(
        update={
            "logged": _runs_as_planned(plan, flare),
            "reports": (Report(on=flare, pain=6, told_on=flare),),
        }
    )
    resting = _again(runner, plan, hurt, flare)
    calm = hurt.model_copy(update={"logged": (*hurt.logged, *_until_the_gate(runner, flare))})
    back = _again(runner, resting, calm, flare + FLARE_DAYS * ONE_DAY)
    return _told(sample, "first day", resting), _told(sample, "gate opens", back)


def _again(runner: Runner, plan: Plan, history: History, today: date) -> Plan:
    return replace(planner_for(runner, plan, history), weeks=WEEKS).again(today).plan


def _told(sample: Path, when: str, plan: Plan) -> Replanned:
    assert plan.solver is not None
    return Replanned(sample.stem, when, plan.solver.seconds, plan.solver.work, plan.tiers)


def _runs_as_planned(plan: Plan, until: date) -> tuple[Logged, ...]:
    return tuple(
        Logged(
            on=day.date,
            kind=LogKind.RUN,
            run_minutes=session.run_minutes,
            walk_minutes=session.walk_minutes,
            pain_during=1,
            pain_after=1,
            pain_morning=1,
            session_kind=session.kind,
            steps=session.steps,
            state=day.state,
        )
        for day in plan.days
        if day.date < until
        for session in day.sessions
        if session.kind.is_run
    )


def _until_the_gate(runner: Runner, flare: date) -> tuple[Logged, ...]:
    """Sore days, then two quiet ones, and the test walk on the last day of the flare."""
    quiet = min(runner.back.usual_pain_points if runner.back else 0.0, 2.0)
    days = [
        Logged(
            on=flare + day * ONE_DAY,
            kind=LogKind.DAY,
            pain=4.0 if day < FLARE_DAYS - 3 else quiet,
        )
        for day in range(1, FLARE_DAYS)
    ]
    walk = Logged(
        on=flare + (FLARE_DAYS - 1) * ONE_DAY,
        kind=LogKind.WALK,
        walk_minutes=30,
        pain_during=quiet,
        pain_after=quiet,
        pain_morning=quiet,
    )
    return (*days, walk)
