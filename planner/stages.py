"""Both stages, one after the other, until the weeks on the run/walk ladder fit them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from planner.doses import Dose
from planner.dosing import Dosed, dose
from planner.errors import PlannerError
from planner.ladders import ladder_weeks_after, ladder_weeks_of
from planner.placing import Placement, place
from planner.plan import TierResult
from planner.request import Request
from planner.resolving import with_ladder_weeks
from planner.rule import Rule, Tier
from planner.solving import WORK_FIRST, WORK_TIER, Infeasible, OutOfWork, Solved
from planner.usual import usual_days, usual_week, usual_week_before

MOST_ROUNDS = 12
"""How often the weeks on the ladder are corrected; each round only adds weeks, so few are needed."""

Progress = Callable[[str], None]
Placed = tuple[Placement, Solved] | Infeasible | OutOfWork
PlaceBy = Callable[[Request, Sequence[Rule], tuple[int, ...]], tuple[Request, Placed]]
DoseBy = Callable[[Request, Placement, Sequence[Rule]], Dosed]


class NotSettled(PlannerError):
    """The weeks on the run/walk ladder that the placed runs need went on changing."""


@dataclass(frozen=True)
class Found:
    """Both stages solved; ``request`` knows the weeks on the ladder."""

    request: Request
    placement: Placement
    doses: tuple[Dose, ...]
    tiers: tuple[TierResult, ...]
    work: float
    seconds: float

    @property
    def short(self) -> int:
        """Hundredths of a minute that are missing of the goal."""
        return sum(tier.cost for tier in self.tiers if tier.name == Tier.GOAL.value)


def place_sessions(
    request: Request,
    rules: Sequence[Rule],
    without_runs: tuple[int, ...],
    *,
    work_first: float = WORK_FIRST,
    work_tier: float = WORK_TIER,
    rough: bool = False,
) -> tuple[Request, Placed]:
    """Stage one, near the usual week, which the request then knows.

    Where days with more room are looked for, runs are on the usual week's days if that is possible.
    """
    usual, tiled = usual_week_before(request) if request.before else usual_week(request, rules)
    request = request.model_copy(update={"usual_week": usual})
    tries: list[dict[int, bool]] = [{}]
    if request.long_room_minutes and tiled is not None and not without_runs:
        usual_runs = {day: any(k.is_run for k in tiled[day]) for day in usual_days(request)}
        tries.insert(0, usual_runs)
    for runs_on in tries:
        placed = place(
            request,
            rules,
            tiled,
            without_runs,
            runs_on=runs_on,
            work_first=work_first,
            work_tier=work_tier,
            rough=rough,
        )
        if isinstance(placed, tuple):
            break
    return request, placed


def each_once(*, work_first: float = WORK_FIRST, work_tier: float = WORK_TIER) -> PlaceBy:
    """Stage one, for one set of rules, that looks up what it was asked before."""
    known: list[tuple[Request, tuple[int, ...], tuple[Request, Placed]]] = []

    def place_by(
        request: Request, rules: Sequence[Rule], without_runs: tuple[int, ...]
    ) -> tuple[Request, Placed]:
        for asked, without, answer in known:
            if (asked, without) == (request, without_runs):
                return answer
        answer = place_sessions(
            request, rules, without_runs, work_first=work_first, work_tier=work_tier
        )
        known.append((request, without_runs, answer))
        return answer

    return place_by


def solve_stages(
    request: Request,
    rules: Sequence[Rule],
    progress: Progress | None = None,
    *,
    place_by: PlaceBy = place_sessions,
    dose_by: DoseBy = dose,
) -> Found | Infeasible | OutOfWork:
    """Place and dose, until the weeks on the ladder are those that the placed runs need."""
    progress = progress or (lambda said: None)
    work = seconds = 0.0
    without_runs: tuple[int, ...] = ()
    for _ in range(MOST_ROUNDS):
        progress("placing sessions")
        request, placed = place_by(request, rules, without_runs)
        if not isinstance(placed, tuple):
            return placed
        placement, first = placed
        work, seconds = work + first.work, seconds + first.seconds
        flags = ladder_weeks_of(request, placement)
        if flags != request.ladder_weeks:
            request = with_ladder_weeks(request, flags)
            continue
        progress("choosing minutes")
        dosed = dose_by(request, placement, rules)
        if not isinstance(dosed, tuple):
            return dosed
        doses, second = dosed
        work, seconds = work + second.work, seconds + second.seconds
        empty = _empty_runs(placement, doses)
        if empty and request.race_day not in empty:
            # A run left out frees its day and lengthens the break before the next: place again.
            without_runs = tuple(d for d, held in enumerate(doses) if not held.run_hundredths)
            continue
        flags = ladder_weeks_after(request, placement, doses)
        if flags == request.ladder_weeks:
            return Found(request, placement, doses, _tiers(first, second), work, seconds)
        request = with_ladder_weeks(request, flags)
    raise NotSettled("The weeks on the run/walk ladder did not settle.", "Please report this file.")


def _empty_runs(placement: Placement, doses: Sequence[Dose]) -> tuple[int, ...]:
    """The days of runs for which the limits leave no running."""
    return tuple(
        day
        for day, kinds in enumerate(placement)
        if any(kind.is_run for kind in kinds) and not doses[day].run_hundredths
    )


def _tiers(first: Solved, second: Solved) -> tuple[TierResult, ...]:
    return (*first.tiers, *second.tiers)
