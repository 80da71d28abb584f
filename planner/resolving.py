"""Runner + today → Request: what the runner wrote, resolved to days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from planner.errors import InputError
from planner.pain import forecast_states
from planner.plan import State, hundredths
from planner.profile import Runner, pace_seconds_per_km
from planner.ramp import week_wishes
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
    Wishes,
)

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
    flare_on: date | None = None,
) -> Request:
    """Everything the engine may know, by day.

    ``weeks`` beats the file's; ``span`` (first day, number of days) is for judging a given plan;
    ``flare_on`` is the last day known to have been a flare, from an earlier plan. Raises InputError
    where the goal lies before the plan.
    """
    start = span[0] if span else first_day(runner, today)
    if span is None and as_soon_as_possible(runner, weeks):
        long = build_request(
            runner,
            today=today,
            limits=limits,
            ladders=ladders,
            weeks=MOST_WEEKS,
            flare_on=flare_on,
        )
        weeks = _weeks_to_goal(long)
    days = span[1] if span else days_of_plan(runner, start, weeks)
    since_flare = None if flare_on is None else (start - flare_on).days
    states = forecast_states(runner, limits, days, since_flare)
    past_runs = _past_runs(runner)
    ladder = _ladder(runner, states, ladders)
    on_ladder = is_on_ladder(runner, limits, past_runs)
    available, away = _time(runner, start, days)
    request = Request(
        start=start,
        days=days,
        today=today,
        available_minutes=available,
        away=away,
        states=states,
        forecast=tuple(day > 0 for day in range(days)),
        start_times=tuple(
            runner.week.start.on((start.weekday() + day) % DAYS_IN_WEEK) for day in range(days)
        ),
        limits=limits,
        past_runs=past_runs,
        past_week_hundredths=_past_weeks(runner, start, past_runs),
        experience=Experience(runner.runner.experience),
        wishes=_wishes(runner),
        goal=_goal(runner, start, limits),
        ladder=ladder,
        pattern=ladders["pattern"],
        ladder_weeks=(),
        first_stage=_first_stage(ladder, past_runs) if on_ladder else 0,
        walk_minutes=_walk_start(runner, limits),
        walk_target_minutes=_walk_target(runner, limits),
        restart=_restart(runner, states, past_runs, _gate_day(states, since_flare, limits)),
        worse_with=runner.back.worse_with if runner.back else (),
        better_with=runner.back.better_with if runner.back else (),
        hard_steps=_hard_steps(runner, limits, past_runs),
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
    return changed.model_copy(update={"week_wishes": week_wishes(changed)})


def first_day(runner: Runner, today: date) -> date:
    """The plan's first day: the one the runner wrote, where it has not gone by; else today."""
    return max(runner.plan.start or today, today)


def as_soon_as_possible(runner: Runner, weeks: int | None) -> bool:
    """Whether the plan is to end when the goal is reached: no day and no weeks are given."""
    goal, asked = runner.goal, weeks or runner.plan.weeks
    return goal.kind == "run_time" and goal.on is None and not asked


def _weeks_to_goal(request: Request) -> int:
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


def _past_runs(runner: Runner) -> tuple[PastRun, ...]:
    longest = hundredths(runner.recent.longest_run_minutes)
    if not longest:
        return ()
    since = runner.recent.days_since_last_run
    # Not told: the run before yesterday, as in a usual week.
    return (PastRun(day=-max(2 if since is None else since, 1), run_hundredths=longest),)


def _past_weeks(runner: Runner, start: date, past_runs: tuple[PastRun, ...]) -> tuple[int, ...]:
    """Weekly running before the plan's first Monday, the latest week first.

    Where the runner told no weeks, a week holds the run that is known to lie in it.
    """
    told = runner.recent.run_minutes
    if told:
        return tuple(hundredths(minutes) for minutes in reversed(told))
    weeks = [0] * 4
    for run in past_runs:
        place = -((run.day + start.weekday()) // DAYS_IN_WEEK) - 1
        if 0 <= place < len(weeks):
            weeks[place] += run.run_hundredths
    return tuple(weeks)


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
    race = request.race_day
    return race is None or (
        not request.away[race] and request.states[race] in (State.HEALTHY, State.MILD)
    )


def _ladder(runner: Runner, states: tuple[State, ...], ladders: Mapping[str, Ladder]) -> Ladder:
    """The gentle ladder; a runner whose back is healthy may take the other one."""
    return ladders["blake" if states[0] is State.HEALTHY else "gentle"]


def is_on_ladder(runner: Runner, limits: Limits, past_runs: tuple[PastRun, ...]) -> bool:
    """Whether the plan begins with run/walk: no run in 30 days, or new and short of 30 minutes."""
    window = limits.need("session-cap", "window_days")
    longest = max((run.run_hundredths for run in past_runs if run.day >= -window), default=0)
    continuous = hundredths(limits.need("ladder", "continuous_minutes"))
    return longest == 0 or (runner.runner.experience == "new" and longest < continuous)


def _first_stage(ladder: Ladder, past_runs: tuple[PastRun, ...]) -> int:
    """The highest stage that holds no more running than the longest run known."""
    longest = max((run.run_hundredths for run in past_runs), default=0)
    fitting = [n for n, stage in enumerate(ladder.stages) if stage.run_hundredths <= longest]
    return max(fitting, default=0)


def first_ladder_weeks(request: Request) -> tuple[bool, ...]:
    """The weeks a ladder takes at the best, from the first; the planning corrects it."""
    sessions = (len(request.ladder.stages) - request.first_stage) * request.ladder.sessions_each
    # A day between runs leaves four in a week, as many as mild allows.
    most = request.limits.need("run-days", "max_days", State.MILD)
    flags = []
    for week in range(request.weeks):
        flags.append(sessions > 0)
        sessions -= min(request.wanted_in(week, "runs"), most)
    return tuple(flags)


def _walk_start(runner: Runner, limits: Limits) -> int:
    usual = int(runner.recent.walk_minutes)
    return usual or limits.need("walking-growth", "start_minutes")


def _walk_target(runner: Runner, limits: Limits) -> int:
    target = limits.need("walking-growth", "target_minutes")
    if runner.goal.kind == "walking" and runner.goal.minutes is not None:
        return max(int(runner.goal.minutes), 1)
    return target


def _gate_day(states: tuple[State, ...], since_flare: int | None, limits: Limits) -> int | None:
    """The first day on which running may return after a flare; before the plan it is negative."""
    if State.RETURNING not in states:
        return None
    if since_flare is None or State.FLARE in states:
        return states.index(State.RETURNING)
    return limits.need("states", "flare_forecast_days") - since_flare


def _restart(
    runner: Runner,
    states: tuple[State, ...],
    past_runs: tuple[PastRun, ...],
    gate_day: int | None,
) -> Restart | None:
    if gate_day is None:
        return None
    told = [hundredths(minutes) for minutes in runner.recent.run_minutes[-4:]]
    return Restart(
        day=gate_day,
        pre_flare_week_hundredths=sum(told) // len(told) if told else 0,
        last_run_hundredths=max((run.run_hundredths for run in past_runs), default=0),
        days_since_last_run=-past_runs[0].day if past_runs else 0,
    )


def _hard_steps(
    runner: Runner, limits: Limits, past_runs: tuple[PastRun, ...]
) -> tuple[HardStep, ...]:
    """Hard parts, step by step, for a regular runner with a base; none for others."""

    def need(key: str) -> int:
        return limits.need("hard-runs", key)

    told = runner.recent.run_minutes[-need("base_weeks") :]
    longest = max((run.run_hundredths for run in past_runs), default=0)
    base = (
        runner.runner.experience == "regular"
        and runner.goal.kind == "race"
        and len(told) >= need("base_weeks")
        and min(told, default=0) >= need("base_week_minutes")
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
