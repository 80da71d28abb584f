"""Request + rules → a plan that keeps every limit, with its proof; or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planner.checking import check
from planner.elsewhere import solve
from planner.errors import PlannerError
from planner.exercises import ExerciseEntry
from planner.ledger import Ledger
from planner.notes import notes
from planner.plan import GoalResult, Plan, SolverInfo, TriageWord
from planner.request import Request
from planner.rule import Breach, Rule
from planner.sessions import plan_days
from planner.solving import Infeasible, OutOfWork, solver_version
from planner.stages import Found, Progress


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
