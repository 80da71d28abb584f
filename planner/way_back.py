"""The way back after a flare: the run/walk stages that its weeks can come to, one by one."""

from __future__ import annotations

from planner.plan import HUNDREDTHS, State
from planner.request import DAYS_IN_WEEK, Request

STEPS = ("week_1_percent", "week_2_percent", "week_3_percent", "week_4_percent")


def stage_minutes(request: Request, week: int) -> int:
    """Running of one session in a week of the way back, in minutes.

    Each week wants its share of a week before the flare, in so many runs; a stage up takes as many
    sessions at the one before as ``two-clean`` asks. Runs since the restart that were done count.
    """
    stages = [stage.run_hundredths for stage in request.pattern.stages]
    restart = request.restart
    assert restart is not None
    done = [run.run_hundredths for run in request.past_runs if run.day >= restart.day]
    done = [run for run in done if run]
    fits = _most_fitting(request)
    first = done[-1] if done else request.first_restart_hundredths(max(restart.day, 0))
    place = max((n for n, run in enumerate(stages) if run <= first and n <= fits), default=0)
    if not done:
        place = min(place, _nearest(stages, _wanted(request, max(request.week_of(restart.day), 0))))
    held = _held(done)
    least = request.limits.need("two-clean", "sessions_min", State.RETURNING)
    most = request.limits.need("run-days", "max_days", State.RETURNING)
    for number in range(week + 1):
        wanted = _nearest(stages, _wanted(request, number))
        days = sum(request.states[day] is State.RETURNING for day in request.days_in(number))
        # A day lies between two runs.
        for _ in range(min(request.wanted_in(number, "runs"), most, (days + 1) // 2)):
            if held >= least and place < min(fits, wanted) and _may_follow(request, stages, place):
                place, held = place + 1, 0
            held += 1
    return stages[place] // HUNDREDTHS


def _wanted(request: Request, week: int) -> int:
    """Running that one session of a week should hold by its share of a week before the flare."""
    restart = request.restart
    assert restart is not None
    since = max(week - request.week_of(restart.day), 0)
    share = request.limits.need("restart-dose", STEPS[min(since, len(STEPS) - 1)], State.RETURNING)
    most = request.limits.need("run-days", "max_days", State.RETURNING)
    runs = max(min(request.wishes.runs, most), 1)
    return restart.pre_flare_week_hundredths * share // 100 // runs


def _nearest(stages: list[int], run_hundredths: int) -> int:
    return min(range(len(stages)), key=lambda place: abs(stages[place] - run_hundredths))


def _held(done: list[int]) -> int:
    """How many of the last runs held the same."""
    held = 0
    for run in reversed(done):
        if run != done[-1]:
            break
        held += 1
    return held


def _most_fitting(request: Request) -> int:
    """The highest stage for which as many weekdays have time as there are runs in a week."""
    runs = max(request.wishes.runs, 1)
    days = sorted(request.available_minutes[: 2 * DAYS_IN_WEEK], reverse=True)
    # Of the last days of a plan as large a share of the runs.
    asked = max(runs * len(days) // DAYS_IN_WEEK, 1)
    room = days[min(asked, len(days)) - 1] * HUNDREDTHS
    stages = request.pattern.stages
    return max((n for n, stage in enumerate(stages) if stage.total_hundredths <= room), default=0)


def _may_follow(request: Request, stages: list[int], place: int) -> bool:
    """Whether the next stage keeps the cap on the longest run since the restart."""
    ratio = request.limits.need("session-cap", "ratio_percent", State.RETURNING)
    floor = request.limits.need("session-cap", "floor_minutes", State.RETURNING)
    longest = max(stages[: place + 1])
    return stages[place + 1] <= max(longest * ratio // 100, longest + floor * HUNDREDTHS)
