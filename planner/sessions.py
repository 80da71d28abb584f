"""Doses → sessions: titles, steps and exercises in a runner's words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from planner.exercises import ExerciseEntry, exercises_for
from planner.ladders import ladder_of
from planner.notes import session_note
from planner.plan import RUNS, Day, Kind, Session, State, Step, hundredths, minutes_text
from planner.request import Request, Stage
from planner.rule import Rule, Tier

if TYPE_CHECKING:
    from planner.doses import Dose
    from planner.placing import Placement

ORDER = tuple(Kind)
MINUTES_OF_A_DAY = 24 * 60


def plan_days(
    request: Request,
    placement: Placement,
    doses: Sequence[Dose],
    rules: Sequence[Rule],
    catalogue: Sequence[ExerciseEntry],
) -> tuple[Day, ...]:
    """The days of a plan. Sessions get their identity later, from the plan before."""
    limits = tuple(rule.name for rule in rules if rule.tier is Tier.LIMIT)
    return tuple(
        Day(
            date=request.date_of(day),
            state=request.states[day],
            forecast=request.forecast[day],
            sessions=_sessions(request, placement[day], doses[day], day, limits, catalogue),
        )
        for day in range(request.days)
    )


def _sessions(
    request: Request,
    kinds: Sequence[Kind],
    dose: Dose,
    day: int,
    limits: tuple[str, ...],
    catalogue: Sequence[ExerciseEntry],
) -> tuple[Session, ...]:
    made = []
    for kind in sorted(kinds, key=ORDER.index):
        if kind.is_run and dose.run_hundredths:
            made.append(_run(request, kind, dose, day))
        elif kind is Kind.WALK and dose.walk_minutes:
            made.append(walk(dose.walk_minutes))
        elif kind in (Kind.STRENGTH, Kind.MOBILITY):
            made.append(_support(request, kind, day, catalogue))
    starts = _starts(request.start_times[day] if request.start_times else None, made)
    return tuple(
        session.model_copy(
            update={
                "start": start,
                "rules": _at_work(session, limits),
                "note": session_note(request, session.kind, day, hundredths(session.run_minutes)),
            }
        )
        for session, start in zip(made, starts, strict=True)
    )


def _starts(first: str | None, sessions: Sequence[Session]) -> list[str | None]:
    """When each session of a day starts, one after the other; None where midnight comes first."""
    if first is None:
        return [None] * len(sessions)
    hours, minutes = first.split(":")
    at = int(hours) * 60 + int(minutes)
    starts: list[str | None] = []
    for session in sessions:
        starts.append(f"{at // 60:02}:{at % 60:02}" if at < MINUTES_OF_A_DAY else None)
        at += math.ceil(session.minutes)
    return starts


RUN_LIMITS = (
    *("session-cap", "weekly-volume", "time", "run-days", "run-days-apart", "rest-days"),
    *("one-a-day", "hard-days-apart", "hard-runs", "run-walk-only", "flare-rest", "restart-dose"),
    *("volume-or-intensity", "days-off", "step-back", "cleared-first"),
)
LIMITS_OF = {
    Kind.RUN_WALK: (*RUN_LIMITS, "two-clean"),
    Kind.RACE: (
        *("session-cap", "weekly-volume", "run-days", "rest-days", "race-day", "days-off"),
        *("step-back", "cleared-first"),
    ),
    Kind.WALK: ("time", "one-a-day", "cleared-first"),
    Kind.STRENGTH: (
        *("time", "one-a-day", "rest-days", "strength-apart", "flare-rest", "cleared-first"),
    ),
    Kind.MOBILITY: ("time", "one-a-day", "cleared-first"),
}


WISHES_OF = {"walking-growth": (Kind.WALK,), "smooth-ramp": RUNS}
"""Wishes about one sort of session that depend on what else its day holds."""


def concerns(wish: str, kind: Kind) -> bool:
    """Whether a wish, by its name, is about sessions of a kind."""
    return kind in WISHES_OF.get(wish, tuple(Kind))


def limits_of(kind: Kind) -> tuple[str, ...]:
    """The names of the limits that sessions of a kind are held by."""
    return ("closed-days", *LIMITS_OF.get(kind, RUN_LIMITS))


def _at_work(session: Session, limits: tuple[str, ...]) -> tuple[str, ...]:
    """The limits that such a session is held by, in the order of the rulebook."""
    return tuple(name for name in limits if name in limits_of(session.kind))


def run_walk(stage: Stage) -> Session:
    """A session at a stage of a ladder."""
    total = stage.total_hundredths / 100
    step = Step(
        repeat=stage.repeats, run_seconds=stage.run_seconds, walk_seconds=stage.walk_seconds
    )
    return Session(
        id="",
        kind=Kind.RUN_WALK,
        title=f"Run/walk {minutes_text(total)} min",
        minutes=total,
        run_minutes=stage.run_hundredths / 100,
        walk_minutes=stage.walk_hundredths / 100,
        steps=(step,),
    )


def easy_run(minutes: float) -> Session:
    """An easy run of so many minutes."""
    return Session(
        id="",
        kind=Kind.EASY_RUN,
        title=f"Easy run {minutes_text(minutes)} min",
        minutes=minutes,
        run_minutes=minutes,
        steps=(Step(run_seconds=round(minutes * 60)),),
    )


def _run(request: Request, kind: Kind, dose: Dose, day: int) -> Session:
    run = dose.run_hundredths / 100
    if kind is Kind.RUN_WALK:
        assert dose.stage is not None
        stage = run_walk(ladder_of(request, day).stages[dose.stage])
        return stage.model_copy(update={"run_minutes": run})
    if kind is Kind.HARD_RUN and dose.intense_minutes:
        return _hard_run(request, dose)
    if kind is Kind.HARD_RUN:
        kind = Kind.EASY_RUN
    return Session(
        id="",
        kind=kind,
        title=_title(request, kind, run),
        minutes=run,
        run_minutes=run,
        steps=(Step(run_seconds=dose.run_hundredths * 60 // 100),),
    )


def _title(request: Request, kind: Kind, run: float) -> str:
    if kind is Kind.RACE:
        return f"Race {minutes_text(request.goal.distance_km or 0)} km"
    name = "Long run" if kind is Kind.LONG_RUN else "Easy run"
    return f"{name} {minutes_text(run)} min"


HARD_NAMES = ("strides", "hills", "tempo", "tempo")


def _hard_run(request: Request, dose: Dose) -> Session:
    minutes = [step.hard_minutes for step in request.hard_steps]
    place = minutes.index(dose.intense_minutes)
    step = request.hard_steps[place]
    block = step.repeats * (step.hard_seconds + step.easy_seconds)
    around = dose.run_hundredths * 60 // 100 - block
    warm_up = min(around, step.warm_up_minutes * 60)
    steps = [
        Step(run_seconds=warm_up),
        Step(
            repeat=step.repeats,
            run_seconds=step.hard_seconds,
            easy_seconds=step.easy_seconds,
            effort="hard",
        ),
    ]
    if around > warm_up:
        steps.append(Step(run_seconds=around - warm_up))
    run = dose.run_hundredths / 100
    return Session(
        id="",
        kind=Kind.HARD_RUN,
        title=f"Run with {HARD_NAMES[place]} {minutes_text(run)} min",
        minutes=run,
        run_minutes=run,
        steps=tuple(steps),
    )


def walk(minutes: int) -> Session:
    """A walk of so many minutes."""
    return Session(
        id="",
        kind=Kind.WALK,
        title=f"Walk {minutes} min",
        minutes=minutes,
        walk_minutes=minutes,
        steps=(Step(walk_seconds=minutes * 60),),
    )


def _support(request: Request, kind: Kind, day: int, catalogue: Sequence[ExerciseEntry]) -> Session:
    minutes = request.support_minutes(day, kind)
    name: Literal["strength", "mobility"] = "strength" if kind is Kind.STRENGTH else "mobility"
    exercises = exercises_for(
        name, request.states[day], request.worse_with, request.better_with, catalogue
    )
    if request.states[day] is State.FLARE:
        # Core work counts as mobility; of strength a flare leaves nothing else.
        quiet = request.limits.need("restart-gate", "quiet_max_tenths")
        exercises += exercises_for(
            "strength",
            State.FLARE,
            request.worse_with,
            request.better_with,
            catalogue,
            pain_tenths=quiet,
        )
    return Session(
        id="",
        kind=kind,
        title=f"{name.capitalize()} {minutes} min",
        minutes=minutes,
        exercises=exercises,
    )
