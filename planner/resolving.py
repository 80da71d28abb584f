"""Runner + journal + today → Request: what is wanted and what is known, resolved to days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from planner.begun_week import not_made_up
from planner.errors import InputError
from planner.flares import last_flare
from planner.history import History
from planner.on_ladder import first_ladder_weeks, is_on_ladder, ladder_to_take
from planner.pain import Outlook, outlook
from planner.past import (
    first_told,
    ladder_session,
    past_long_walks,
    past_runs,
    past_strength,
    past_weeks,
    restart_after,
    run_in_first_week,
)
from planner.plan import Kind, State, hundredths
from planner.profile import Runner, pace_seconds_per_km
from planner.ramp import week_wishes
from planner.ratings import known_by
from planner.request import (
    DAYS_IN_WEEK,
    Experience,
    Goal,
    HardStep,
    Ladder,
    Limits,
    PastRun,
    Request,
    Restart,
    Stage,
    Wishes,
)
from planner.soreness import setback

DEFAULT_WEEKS = 8
MOST_WEEKS = 52
HARD_STEPS = (1, 2, 3, 4)


def build_request(
    runner: Runner,
    *,
    today: date,
    limits: Limits,
    ladders: Mapping[str, Ladder],
    weeks: int | None = None,
    span: tuple[date, int] | None = None,
    history: History | None = None,
    leg_signs: Sequence[str] = (),
    stopped: tuple[Kind, ...] = (),
) -> Request:
    """Everything the engine may know, by day.

    ``weeks`` beats the file's; ``span`` (first day, number of days) is for judging a given plan and
    for planning again. ``history`` is the journal's; without one the file alone tells the past.
    ``leg_signs``: ids of the red flags that keep running away after a flare. Raises InputError where
    the goal lies before the plan.
    """
    start = span[0] if span else first_day(runner, today)
    if span is None and as_soon_as_possible(runner, weeks):
        long = build_request(
            runner,
            today=today,
            limits=limits,
            ladders=ladders,
            weeks=MOST_WEEKS,
            history=history,
            leg_signs=leg_signs,
            stopped=stopped,
        )
        weeks = weeks_to_goal(long)
    told = history if history and history.told else first_told(runner, start)
    known = known_by(told, today, told_by=max(today, start))
    days = span[1] if span else days_of_plan(runner, start, weeks)
    available, away = _time(runner, start, days)
    back = outlook(known, limits, today, start, days, leg_signs)
    back = _with_room_for_test_walk(back, start, available, limits)
    runs = past_runs(known, limits, today, start, leg_signs)
    weeks_before = past_weeks(known, start)
    experience = Experience(runner.runner.experience)
    ladder, first_stage = ladder_to_take(
        back.states, ladders, known, start, runs, limits, experience
    )
    latest = ladder_session(known, ladder, start, limits, experience)
    on_ladder = is_on_ladder(experience, limits, runs, latest, ladder)
    request = Request(
        start=start,
        days=days,
        today=today,
        available_minutes=available,
        away=away,
        states=back.states,
        forecast=back.forecast,
        start_times=tuple(
            runner.week.start.on((start.weekday() + day) % DAYS_IN_WEEK) for day in range(days)
        ),
        limits=limits,
        past_runs=runs,
        past_strength=past_strength(known, start),
        past_long_walks=past_long_walks(known, limits, start),
        past_week_hundredths=weeks_before,
        run_before_in_week_0=run_in_first_week(known, start),
        experience=experience,
        wishes=_wishes(runner),
        goal=_goal(runner, start, limits),
        ladder=ladder,
        pattern=ladders["pattern"],
        ladder_weeks=(),
        first_stage=first_stage if on_ladder else 0,
        walk_minutes=_walk_start(runner, limits),
        walk_target_minutes=_walk_target(runner, limits),
        restart=_restart(back, known, limits, ladders, today, start, leg_signs),
        setback=setback(
            known, limits, today, start, _stages(ladder, ladders, on_ladder, back), leg_signs
        ),
        stopped=stopped,
        gate_walk_day=_gate_walk_day(back, start),
        worse_with=runner.back.worse_with if runner.back else (),
        better_with=runner.back.better_with if runner.back else (),
        hard_steps=_hard_steps(runner, limits, runs, weeks_before),
    )
    request = request.model_copy(update={"race_possible": _race_possible(request)})
    flags = first_ladder_weeks(request) if on_ladder else (False,) * request.weeks
    return with_ladder_weeks(request, flags)


def with_ladder_weeks(request: Request, flags: tuple[bool, ...]) -> Request:
    """The request with these weeks on the run/walk ladder, and the wishes that follow from it.

    There is no race on the ladder: it would be run without its walking breaks.
    """
    race = request.race_day
    off = race is None or not flags[request.week_of(race)]
    changed = request.model_copy(
        update={"ladder_weeks": flags, "race_possible": request.race_possible and off}
    )
    return changed.model_copy(update={"week_wishes": not_made_up(changed, week_wishes(changed))})


def first_day(runner: Runner, today: date) -> date:
    """The plan's first day: the one the runner wrote, where it has not gone by; else today."""
    return max(runner.plan.start or today, today)


def as_soon_as_possible(runner: Runner, weeks: int | None) -> bool:
    """Whether the plan is to end when the goal is reached: no day and no weeks are given."""
    goal, asked = runner.goal, weeks or runner.plan.weeks
    return goal.kind == "run_time" and goal.on is None and not asked


def weeks_to_goal(request: Request) -> int:
    """Weeks until the smooth way comes to the goal: a first guess, which planning may find short."""
    asked = request.goal.asked_hundredths
    for week, wish in enumerate(request.week_wishes):
        longest = max(wish.long_minutes, wish.easy_minutes) * 100
        if not request.ladder_weeks[week] and longest >= asked:
            return week + 1
    return MOST_WEEKS


def days_of_plan(runner: Runner, start: date, weeks: int | None = None) -> int:
    """Days from the first to the last: the weeks asked for, else to the goal, else eight weeks."""
    asked = weeks or runner.plan.weeks
    on = runner.goal.on
    if on is not None and on < start:
        raise InputError(
            f"[goal] on = {on} lies before the plan's first day, {start}.",
            "Choose a later date for the goal, or an earlier [plan] start.",
        )
    if asked:
        return asked * DAYS_IN_WEEK
    if on is not None:
        return min((on - start).days + 1, MOST_WEEKS * DAYS_IN_WEEK)
    return DEFAULT_WEEKS * DAYS_IN_WEEK


def _time(runner: Runner, start: date, days: int) -> tuple[tuple[int, ...], tuple[bool, ...]]:
    minutes: list[int] = []
    gone: list[bool] = []
    for day in range(days):
        on = start + timedelta(days=day)
        away = any(span.first <= on <= span.last for span in runner.away)
        gone.append(away)
        minutes.append(0 if away else runner.week.minutes.on(on.weekday()))
    return tuple(minutes), tuple(gone)


def _wishes(runner: Runner) -> Wishes:
    week = runner.week
    return Wishes(
        runs=0 if runner.goal.kind == "walking" else week.runs,
        walks=week.walks,
        strength=week.strength,
        mobility=week.mobility,
        long_run_weekday=week.long_run_weekday,
    )


def _goal(runner: Runner, start: date, limits: Limits) -> Goal:
    goal = runner.goal
    day = (goal.on - start).days if goal.on else None
    if goal.kind == "race":
        asked = round((goal.distance_km or 0) * pace_seconds_per_km(goal) * 100 / 60)
    elif goal.kind == "walking":
        asked = hundredths(goal.minutes or limits.need("walking-growth", "target_minutes"))
    elif goal.minutes is not None:
        asked = hundredths(goal.minutes)
    else:
        known = runner.recent.longest_run_minutes
        asked = hundredths(known or limits.need("ladder", "continuous_minutes"))
    return Goal(kind=goal.kind, day=day, asked_hundredths=asked, distance_km=goal.distance_km)


def _race_possible(request: Request) -> bool:
    """Not on a day away, nor with a sore back, nor so soon after a flare that it would be squeezed."""
    race = request.race_day
    if race is None:
        return True
    if request.away[race] or request.states[race] not in (State.HEALTHY, State.MILD):
        return False
    back = [day for day in range(race) if request.states[day] in (State.FLARE, State.RETURNING)]
    least = request.limits.need("restart-gate", "weeks_before_race") * DAYS_IN_WEEK
    return not back or race - back[-1] > least


def _walk_start(runner: Runner, limits: Limits) -> int:
    usual = int(runner.recent.walk_minutes)
    return usual or limits.need("walking-growth", "start_minutes")


def _walk_target(runner: Runner, limits: Limits) -> int:
    target = limits.need("walking-growth", "target_minutes")
    if runner.goal.kind == "walking" and runner.goal.minutes is not None:
        return max(int(runner.goal.minutes), 1)
    return target


def _stages(
    ladder: Ladder, ladders: Mapping[str, Ladder], on_ladder: bool, back: Outlook
) -> tuple[Stage, ...]:
    """The run/walk stages that she is on; none where she runs without walking breaks."""
    if on_ladder:
        return ladder.stages
    sore = back.states[:1] in ((State.RETURNING,), (State.MODERATE,))
    return ladders["pattern"].stages if sore else ()


def _with_room_for_test_walk(
    back: Outlook, start: date, available: tuple[int, ...], limits: Limits
) -> Outlook:
    """The outlook with the test walk on a day that has the time for it, and all that follows later."""
    if back.gate_walk_on is None or back.gate_on is None or back.gate_walk_on < start:
        return back
    first = (back.gate_walk_on - start).days
    least = limits.need("restart-gate", "walk_minutes")
    roomy = [day for day in range(first, len(available)) if available[day] >= least]
    if not roomy or roomy[0] == first:
        return back
    more = roomy[0] - first
    gate = (back.gate_on - start).days
    states = (*back.states[:gate], *[State.FLARE] * more, *back.states[gate:])
    return back.model_copy(
        update={
            "states": states[: len(available)],
            "gate_walk_on": back.gate_walk_on + timedelta(days=more),
            "gate_on": back.gate_on + timedelta(days=more),
        }
    )


def _gate_walk_day(back: Outlook, start: date) -> int | None:
    """The day of the test walk, which may lie after the plan's last; None where none is ahead."""
    day = (back.gate_walk_on - start).days if back.gate_walk_on else -1
    return day if day >= 0 else None


def _restart(
    back: Outlook,
    history: History,
    limits: Limits,
    ladders: Mapping[str, Ladder],
    today: date,
    start: date,
    leg_signs: Sequence[str],
) -> Restart | None:
    flare = last_flare(history, limits, max(today, start), leg_signs)
    if flare is None or back.gate_on is None or State.RETURNING not in back.states:
        return None
    least = ladders["pattern"].stages[0].run_hundredths
    return restart_after(flare, back.gate_on, history, limits, start, least)


def _hard_steps(
    runner: Runner, limits: Limits, runs: tuple[PastRun, ...], weeks_before: tuple[int, ...]
) -> tuple[HardStep, ...]:
    """Hard parts, step by step, for a regular runner with a base; none for others."""

    def need(key: str) -> int:
        return limits.need("hard-runs", key)

    longest = max((run.run_hundredths for run in runs), default=0)
    base = (
        runner.runner.experience == "regular"
        and runner.goal.kind == "race"
        and min(weeks_before[: need("base_weeks")]) >= hundredths(need("base_week_minutes"))
        and longest >= hundredths(need("base_longest_minutes"))
    )
    return tuple(
        HardStep(
            repeats=need(f"step_{step}_repeats"),
            hard_seconds=need(f"step_{step}_hard_seconds"),
            easy_seconds=need(f"step_{step}_easy_seconds"),
            warm_up_minutes=need("warm_up_minutes"),
        )
        for step in HARD_STEPS
        if base
    )
