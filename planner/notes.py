"""What a runner should read before the plan itself: a few sentences, and a line on some sessions."""

from __future__ import annotations

import math
from collections.abc import Callable

from planner.plan import (
    ADVISES_NOT_TO_START,
    HUNDREDTHS,
    TEST_WALK,
    Kind,
    Plan,
    State,
    hundredths,
    minutes_text,
)
from planner.request import Limits, Request
from planner.table import long_date, plain_date

FEW_MINUTES = 10
"""Below these, a quarter of a minute counts for somebody who begins to run."""

STOPPED = (
    "No running is planned until a clinician has cleared you; then the plan finds its way back to the "
    "goal as far as the limits allow."
)

AFTER_TEST_WALK = (
    "Only after two quiet days and the test walk, all of them logged; else do not run, and "
    "plan again."
)
"""The note of the runs that a plan holds behind a test walk that is to come."""

EASE = (State.FLARE, State.MODERATE, State.RETURNING, State.MILD, State.HEALTHY)
"""States from the worst to the best."""


def whole_minutes(minutes: float, way: Callable[[float], int] = math.floor) -> str:
    """Minutes for a sentence: whole ones, but for a few; rounded down, as the most allowed is."""
    return str(way(minutes)) if minutes >= FEW_MINUTES else minutes_text(minutes)


def notes(request: Request, plan: Plan) -> tuple[str, ...]:
    """What the runner should read first, in a few sentences."""
    if any(kind.is_run for kind in request.stopped):
        return (*_time_notes(request), STOPPED)
    return (*_time_notes(request), *_goal_notes(request, plan), *_state_notes(request))


def _time_notes(request: Request) -> tuple[str, ...]:
    if any(request.available_minutes):
        return ()
    if all(request.away):
        return ("You are away on every day of this plan: it holds no training.",)
    return ("No day of this plan has time for training: give some minutes in [week.minutes].",)


def _goal_notes(request: Request, plan: Plan) -> tuple[str, ...]:
    goal, race = plan.goal, request.race_day
    got, asked = whole_minutes(goal.planned_minutes), whole_minutes(goal.asked_minutes, round)
    if race is not None and not request.race_possible:
        why = _why_without_race(request, race)
        return (f"The race of {long_date(request.date_of(race))} is not in the plan: {why}.",)
    if goal.on is not None and not goal.within_plan:
        return (f"The goal's day, {long_date(goal.on)}, lies after this plan's last day.",)
    if goal.reached:
        return ()
    if goal.on is None:
        return (f"Not within these weeks: the plan gets to {got} of {asked} minutes.",)
    easing = "" if race is None else " and easier weeks before it"
    told = (
        f"The goal is out of reach by then: with the sessions and the time you asked for{easing}, "
        f"runback's plan gets to {got} of {asked} minutes.",
    )
    if race is None:
        return told
    if _is_mostly_walked(request.limits, goal.planned_minutes, goal.asked_minutes):
        return (
            *told,
            f"Choose a later or a shorter race, and do not start this one: the {got} minutes are too "
            "little of it, and the rest would be a long way to walk with a sore back.",
        )
    return (
        *told,
        f"Choose a later or a shorter race; if you start this one, run no more than {got} minutes "
        "and walk from there.",
    )


def _is_mostly_walked(limits: Limits, run_minutes: float, asked_minutes: float) -> bool:
    """Whether too little of a race can be run for walking the rest of it to be good advice."""
    percent = limits.need("race-advice", "race_percent")
    return hundredths(asked_minutes) * 100 > hundredths(run_minutes) * percent


def _why_without_race(request: Request, race: int) -> str:
    if request.away[race]:
        return "you are away then"
    if request.states[race] not in (State.HEALTHY, State.MILD):
        return "your back may not be ready by then"
    if request.ladder_weeks[request.week_of(race)]:
        return "you are still on the run/walk ladder by then"
    return "the limits leave no running for it after the weeks before"


def _state_notes(request: Request) -> tuple[str, ...]:
    pain = minutes_text(request.limits.need("states", "max_tenths", State.MILD) / 10)
    if request.gate_walk_day is not None:
        return (_gate_note(request, request.gate_walk_day), *_no_comfortable_run(request))
    if set(request.states) == {State.FLARE}:
        return (
            f"Running begins again when your usual pain is {pain} of 10 or less. Until then this "
            "plan has you walking; a physiotherapist or a GP can help you to get there.",
        )
    if set(request.states) == {State.MODERATE}:
        return (
            f"While the pain stays above {pain} of 10 this plan keeps to walks and short run/walks, and "
            "they do not grow. A physiotherapist or a GP can help to bring it down: runback care "
            "getting-help",
        )
    better = next((day for day in range(request.days) if is_forecast_better(request, day)), None)
    if better is None:
        return ()
    return (
        f"From {plain_date(request.date_of(better))} on the plan takes it that your back has got "
        f"better, at the earliest that it can. If the pain is above {pain} of 10 by then, do not run: "
        "log it and plan again.",
    )


def _gate_note(request: Request, walk_day: int) -> str:
    need = request.limits.need
    quiet = minutes_text(need("restart-gate", "quiet_max_tenths") / 10)
    beyond = ", after this plan's last day" if walk_day + 1 >= request.days else ""
    return (
        f"Running returns on {plain_date(request.date_of(walk_day + 1))} at the earliest{beyond}: after "
        f"{need('restart-gate', 'quiet_days')} days in a row with pain of {quiet} of 10 or less and "
        f"no more than usual{_usual(request)}, then a test walk of "
        f"{need('restart-gate', 'walk_minutes')} minutes at "
        f"{minutes_text(need('restart-gate', 'walk_max_tenths') / 10)} or less and a usual morning "
        "after it. Log the pain of each day and that walk, then plan again: the plan follows."
    )


def _usual(request: Request) -> str:
    """Her usual pain as it counts in a flare, `` (1)``; nothing where it is unknown."""
    usual = request.restart.usual_tenths if request.restart else None
    return "" if usual is None else f" ({minutes_text(usual / 10)})"


def _no_comfortable_run(request: Request) -> tuple[str, ...]:
    """That the way back begins at the very start, as none of the rated runs was comfortable."""
    restart = request.restart
    if restart is None or restart.last_run_hundredths or not restart.days_since_last_run:
        return ()
    gap = restart.day + restart.days_since_last_run
    if gap > request.limits.need("restart-dose", "band_3_days", State.RETURNING):
        return ()
    pain = minutes_text(request.limits.need("clean-run", "during_max_tenths") / 10)
    least = minutes_text(request.first_stage_hundredths / HUNDREDTHS)
    return (
        f"No run before the flare was rated {pain} of 10 or less during it, so running begins again at "
        f"{least} minutes. If one was, tell it (runback log, its day and --pain-during) and plan anew "
        "(runback plan --anew).",
    )


def without_passed_tests(request: Request, plan: Plan) -> Plan:
    """The plan whose runs wait no longer for a test walk that has gone well."""
    if request.gate_walk_day is not None or request.states[0] is not State.RETURNING:
        return plan
    days = tuple(
        day.model_copy(
            update={
                "sessions": tuple(
                    one.model_copy(update={"note": ""}) if one.note == AFTER_TEST_WALK else one
                    for one in day.sessions
                )
            }
        )
        if day.date >= request.start
        else day
        for day in plan.days
    )
    return plan.model_copy(update={"days": days})


def is_forecast_better(request: Request, day: int) -> bool:
    """Whether the plan takes a day's back to be better than on the plan's first day."""
    return EASE.index(request.states[day]) > EASE.index(request.states[0])


def _test_walk_note(request: Request) -> str:
    need = request.limits.need
    most = minutes_text(need("restart-gate", "walk_max_tenths") / 10)
    return (
        f"{TEST_WALK}: {need('restart-gate', 'walk_minutes')} minutes in one go, after two quiet days. "
        f"Stop above {most} of 10 or if you limp. Log it with the pain during it and next morning."
    )


def session_note(request: Request, kind: Kind, day: int, run_hundredths: int) -> str:
    """A sentence to read before a session, often none."""
    if kind is Kind.RACE and run_hundredths < request.goal.asked_hundredths:
        run = run_hundredths / HUNDREDTHS
        asked = request.goal.asked_hundredths / HUNDREDTHS
        most = whole_minutes(run)
        if _is_mostly_walked(request.limits, run, asked):
            return (
                f"{ADVISES_NOT_TO_START}: it gets to {most} of its about "
                f"{whole_minutes(asked, round)} minutes of running. Choose a later or a shorter race."
            )
        return f"Run no more than {most} minutes of it, then walk, or leave the race for another."
    if kind is Kind.WALK and day == request.gate_walk_day:
        return _test_walk_note(request)
    if kind is Kind.MOBILITY and request.states[day] is State.FLARE:
        quiet = minutes_text(request.limits.need("restart-gate", "quiet_max_tenths") / 10)
        return f"Only with pain of {quiet} of 10 or less; else walk, and leave this out."
    if kind.is_run and request.states[day] is State.RETURNING and request.gate_walk_day is not None:
        return AFTER_TEST_WALK
    if kind.is_run and is_forecast_better(request, day):
        pain = minutes_text(request.limits.need("states", "max_tenths", State.MILD) / 10)
        return (
            f"Only if the pain in your back and legs is {pain} of 10 or less by now; else do not run, "
            "and plan again."
        )
    return ""
