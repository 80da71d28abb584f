"""Request + rules → a plan that keeps every limit, with its proof; or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.checking import check
from planner.doses import Dose
from planner.dosing import Dosed, dose
from planner.errors import PlannerError
from planner.exercises import ExerciseEntry
from planner.farthest import farthest_hundredths
from planner.ladders import ladder_weeks_after, ladder_weeks_of
from planner.ledger import Ledger
from planner.notes import notes
from planner.placing import Placement, place
from planner.plan import GoalResult, Kind, Plan, SolverInfo, TierResult, TriageWord
from planner.request import Request
from planner.resolving import with_ladder_weeks
from planner.roomier import as_wished, with_room_for_goal
from planner.rule import Breach, Rule, Tier
from planner.sessions import plan_days
from planner.solving import WORK_FIRST, WORK_TIER, Infeasible, OutOfWork, Solved, solver_version
from planner.usual import usual_days, usual_week, usual_week_before

MOST_ROUNDS = 12
"""How often the weeks on the ladder are corrected; each round only adds weeks, so few are needed."""

Progress = Callable[[str], None]
Placed = tuple[Placement, Solved] | Infeasible | OutOfWork


class NotSettled(PlannerError):
    """The weeks on the run/walk ladder that the placed runs need went on changing."""


@dataclass(frozen=True)
class PlanHeader:
    """What a plan carries beside its days."""

    plan_id: str
    revision: int
    made_on: date
    runner: str
    time_zone: str
    triage: TriageWord = "unanswered"
    triage_on: date | None = None


@dataclass(frozen=True)
class Planned:
    """A plan that keeps every limit, and the wishes it could not keep."""

    plan: Plan
    missed: tuple[Breach, ...]
    request: Request


@dataclass(frozen=True)
class Impossible:
    """No plan keeps every limit; confirmed twice by the solver."""

    reason: str
    try_: str


@dataclass(frozen=True)
class Stopped:
    """The work allowed ran out before there was any plan."""

    work: float


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


def make_plan(
    request: Request,
    rules: Sequence[Rule],
    *,
    header: PlanHeader,
    exercises: Sequence[ExerciseEntry],
    progress: Progress | None = None,
) -> Planned | Impossible | Stopped:
    """The best plan by the ordered tiers. ``progress`` is told what is being done.

    Raises PlannerError where the solver's plan breaks a limit: a fault of ours, never shown as a plan.
    """
    found = solve(request, rules, progress)
    if request.race_day is not None and request.race_possible and _is_without_race(found):
        without = request.model_copy(update={"race_possible": False})
        found = solve(without, rules, progress)
    if isinstance(found, OutOfWork):
        return Stopped(found.work)
    if isinstance(found, Infeasible):
        return Impossible(
            "No plan keeps every limit with what the file asks for.",
            "Give more days or more minutes, or shorten the days away.",
        )
    return _planned(found, rules, header, exercises)


def _is_without_race(found: Found | Infeasible | OutOfWork) -> bool:
    """Whether the limits leave no running at all for the race."""
    if isinstance(found, Found):
        race = found.request.race_day
        return race is not None and found.doses[race].run_hundredths == 0
    return isinstance(found, Infeasible)


def place_sessions(
    request: Request,
    rules: Sequence[Rule],
    without_runs: tuple[int, ...],
    *,
    work_first: float = WORK_FIRST,
    work_tier: float = WORK_TIER,
) -> tuple[Request, Placed]:
    """Stage one, near the usual week, which the request then knows.

    Where days with more room are looked for, the usual week is kept as it is wherever that is possible.
    """
    usual, tiled = usual_week_before(request) if request.before else usual_week(request, rules)
    request = request.model_copy(update={"usual_week": usual})
    tries: list[dict[int, tuple[Kind, ...]]] = [{}]
    if request.long_room_minutes and tiled is not None and not without_runs:
        tries.insert(0, {day: tiled[day] for day in usual_days(request)})
    for kept_days in tries:
        placed = place(
            request,
            rules,
            tiled,
            without_runs,
            kept_days=kept_days,
            work_first=work_first,
            work_tier=work_tier,
        )
        if isinstance(placed, tuple):
            break
    return request, placed


PlaceBy = Callable[[Request, Sequence[Rule], tuple[int, ...]], tuple[Request, Placed]]
DoseBy = Callable[[Request, Placement, Sequence[Rule]], Dosed]


def solve(
    request: Request,
    rules: Sequence[Rule],
    progress: Progress | None = None,
    *,
    place_by: PlaceBy = place_sessions,
    dose_by: DoseBy = dose,
) -> Found | Infeasible | OutOfWork:
    """Both stages; where the goal is missed, once more with long runs on days with all the room

    that it needs: the days that do for the smooth way may be too short for a faster one.
    """
    found = solve_stages(request, rules, progress, place_by=place_by, dose_by=dose_by)
    if isinstance(found, Found) and not found.short:
        return found
    kept = [rule.name for rule in rules]
    for roomier in with_room_for_goal(request):
        if isinstance(found, OutOfWork) or not _may_come_nearer(request, found, kept):
            break
        other = solve_stages(roomier, rules, progress, place_by=place_by, dose_by=dose_by)
        if isinstance(other, Found) and not (
            isinstance(found, Found) and found.short <= other.short
        ):
            found = replace(other, request=as_wished(other.request, request))
    return found


def _may_come_nearer(request: Request, found: Found | Infeasible, kept: Sequence[str]) -> bool:
    """Whether some days for the sessions might come nearer to the goal."""
    asked = request.goal_hundredths_in_plan
    got = asked - found.short if isinstance(found, Found) else 0
    return got < min(farthest_hundredths(request, kept), asked)


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


def _planned(
    found: Found, rules: Sequence[Rule], header: PlanHeader, exercises: Sequence[ExerciseEntry]
) -> Planned:
    request = found.request
    plan = plan_from(found, rules, header, exercises)
    plan = plan.model_copy(update={"notes": notes(request, plan)})
    breaches = check(request, plan, rules)
    broken = [breach for breach in breaches if breach.is_limit]
    if broken:
        raise PlannerError(
            f"The solver's plan breaks a limit, so it is not shown: {broken[0].reason}",
            "This is a fault of runback; please report it with your file.",
        )
    return Planned(plan, breaches, request)


def plan_from(
    found: Found, rules: Sequence[Rule], header: PlanHeader, exercises: Sequence[ExerciseEntry]
) -> Plan:
    """The days of what was found, and how far they get; not judged yet."""
    request = found.request
    plan = Plan(
        plan_id=header.plan_id,
        revision=header.revision,
        made_on=header.made_on,
        start=request.start,
        end=request.date_of(request.days - 1),
        runner=header.runner,
        time_zone=header.time_zone,
        triage=header.triage,
        triage_on=header.triage_on,
        goal=GoalResult(kind=request.goal.kind, asked_minutes=0, planned_minutes=0, reached=False),
        tiers=found.tiers,
        solver=SolverInfo(
            version=solver_version(), seconds=round(found.seconds, 3), work=round(found.work, 3)
        ),
        days=plan_days(request, found.placement, found.doses, rules, exercises),
    )
    return plan.model_copy(update={"goal": goal_result(request, plan)})


def goal_result(request: Request, plan: Plan) -> GoalResult:
    """What was asked for and how far the plan gets."""
    got = Ledger(request, plan).goal_hundredths()
    asked = request.goal.asked_hundredths
    day = request.goal.day
    missing_race = request.race_day is not None and not request.race_possible
    return GoalResult(
        kind=request.goal.kind,
        on=None if day is None else request.date_of(day),
        asked_minutes=asked / 100,
        planned_minutes=min(got, asked) / 100 if request.goal.kind == "race" else got / 100,
        reached=got >= asked and not missing_race and (day is None or day < request.days),
        within_plan=day is None or day < request.days,
    )
