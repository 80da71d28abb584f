"""Where a runner starts from, her longest run and her back; and a request as if it were otherwise."""

from __future__ import annotations

from planner.plan import HUNDREDTHS, Kind, State, minutes_text
from planner.profile import Runner
from planner.request import PastRun, Request
from planner.resolving import with_ladder_weeks
from planner.table import day_month
from planner.volumes import WEEKS_BEFORE


def longest_known(runner: Runner, request: Request) -> str:
    """The longest run of the last 30 days as her file says it, or as the log does by now."""
    window = request.limits.need("session-cap", "window_days")
    counted = [run.run_hundredths for run in request.past_runs if run.day >= -window]
    longest, told = max(counted, default=0), runner.recent.longest_run_minutes or 0
    if not longest and not told:
        return f"[recent] tells of no run in the last {window} days"
    if longest == round(told * HUNDREDTHS):
        return f"[recent] longest_run_minutes = {minutes_text(told)}"
    if not longest:
        return f"no run logged in the last {window} days"
    return f"{minutes_text(longest / HUNDREDTHS)} min the longest run of the last {window} days"


def soreness(request: Request, state: State) -> str:
    """The state in plain words, and how long it lasts."""
    days = range(request.days)
    last = max(day for day in days if request.states[day] not in (State.HEALTHY, State.MILD))
    until = f"up to {day_month(request.date_of(last))}"
    if last == request.days - 1:
        until = "through the whole plan"
    pain = minutes_text(request.limits.need("states", "max_tenths", State.MILD) / 10)
    words = {
        State.FLARE: "a flare, then the way back",
        State.RETURNING: "on the way back after a flare",
    }
    return f"{words.get(state, f'pain above {pain} of 10')}, {until}"


def without_ladder(request: Request) -> Request:
    """As if run/walk were behind her: weeks of its last session, the last on the day before the plan."""
    held = request.ladder.stages[-1].run_hundredths
    done = PastRun(day=-1, run_hundredths=held, kind=Kind.EASY_RUN)
    known = (*(run for run in request.past_runs if run.day < done.day), done)
    race = request.race_day
    weeks = tuple(
        max(request.past_week(-back), request.wishes.runs * held)
        for back in range(1, WEEKS_BEFORE + 1)
    )
    changed = request.model_copy(
        update={
            "past_runs": known,
            "past_week_hundredths": weeks,
            "race_possible": race is None or not request.away[race],
        }
    )
    return with_ladder_weeks(changed, (False,) * request.weeks)


def well(request: Request) -> Request:
    """As if the back were no worse than mild; a race that only the back forbids is possible then."""
    states = tuple(
        state if state in (State.HEALTHY, State.MILD) else State.MILD for state in request.states
    )
    race = request.race_day
    changed = request.model_copy(
        update={
            "states": states,
            "restart": None,
            "setback": None,
            "gate_walk_day": None,
            "race_possible": race is None or not request.away[race],
        }
    )
    return with_ladder_weeks(changed, changed.ladder_weeks)
