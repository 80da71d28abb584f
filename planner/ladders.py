"""Which weeks are on the run/walk ladder, given where the runs are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.plan import Kind
from planner.request import Ladder, Request

if TYPE_CHECKING:
    from planner.doses import Dose
    from planner.placing import Placement


def ladder_of(request: Request, day: int) -> Ladder:
    """The ladder that a run/walk session of a day belongs to."""
    return request.ladder if request.ladder_weeks[request.week_of(day)] else request.pattern


def ladder_weeks_of(request: Request, placement: Placement) -> tuple[bool, ...]:
    """The weeks on the ladder that a placement needs, those known already included.

    A first run after 30 days without any begins the ladder anew.
    """
    window = request.limits.need("session-cap", "window_days")
    flags = list(request.ladder_weeks)
    last = max((run.day for run in request.past_runs), default=-window - 1)
    left = _sessions_left(request, request.first_stage) if flags and flags[0] else 0
    for day in _run_days(placement):
        week = request.week_of(day)
        if day - last > window:
            left = max(left, _sessions_left(request, 0))
        if left > 0:
            flags[week] = True
        if flags[week]:
            left -= 1
        last = day
    return tuple(flags)


def ladder_weeks_after(
    request: Request, placement: Placement, doses: Sequence[Dose]
) -> tuple[bool, ...]:
    """The weeks on the ladder, made longer where its top was not held before it ends."""
    flags = list(request.ladder_weeks)
    top = len(request.ladder.stages) - 1
    days = [day for day in _run_days(placement) if Kind.RUN_WALK in placement[day]]
    for week in range(request.weeks - 1):
        if not flags[week] or flags[week + 1]:
            continue
        stages = [doses[day].stage or 0 for day in days if request.week_of(day) <= week]
        held = sum(stage == top for stage in stages[-request.ladder.sessions_each :])
        if held < request.ladder.sessions_each:
            short = (top - (stages[-1] if stages else 0)) * request.ladder.sessions_each
            missing = short or request.ladder.sessions_each - held
            weekly = max(len([d for d in days if request.week_of(d) == week]), 1)
            for more in range(week + 1, min(week + 1 - (-missing // weekly), request.weeks)):
                flags[more] = True
            break
    return tuple(flags)


def is_settled(request: Request, placement: Placement, doses: Sequence[Dose]) -> bool:
    """Whether the weeks on the ladder are as many as these doses need."""
    return ladder_weeks_after(request, placement, doses) == request.ladder_weeks


def _sessions_left(request: Request, first_stage: int) -> int:
    return (len(request.ladder.stages) - first_stage) * request.ladder.sessions_each


def _run_days(placement: Placement) -> list[int]:
    return [day for day, kinds in enumerate(placement) if any(kind.is_run for kind in kinds)]
