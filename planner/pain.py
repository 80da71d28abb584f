"""How the back is: the state of each day, from what the runner says of it."""

from __future__ import annotations

from planner.plan import State
from planner.profile import Runner
from planner.request import Limits


def pain_tenths(runner: Runner) -> int:
    """The pain to go by, in tenths: the worse of today's and the usual one."""
    back = runner.back
    if back is None:
        return 0
    return round(max(back.pain_today, back.usual_pain or 0.0) * 10)


def pain_state(runner: Runner, limits: Limits) -> State:
    """The state on the plan's first day, from ``[back]`` alone.

    Nothing said about the back is mild: healthy is only who says so (evidence.md, 9.3). A usual pain
    above today's counts: one good day is no better back.
    """
    if runner.back is None:
        return State.MILD
    tenths = pain_tenths(runner)
    stop = limits.need("states", "max_tenths", State.MODERATE)
    if runner.back.stop_above is not None:
        stop = min(stop, round(runner.back.stop_above * 10))
    if tenths > stop:
        return State.FLARE
    if tenths > limits.need("states", "max_tenths", State.MILD):
        return State.MODERATE
    return State.HEALTHY if tenths == 0 else State.MILD


def forecast_states(
    runner: Runner, limits: Limits, days: int, since_flare: int | None = None
) -> tuple[State, ...]:
    """The state of each day: today's, then the earliest that things can get better.

    ``since_flare`` counts the days from a flare in an earlier plan to this plan's first day: until
    the volume before it can be regained, the back is returning whatever it feels like today.
    A usual pain above the edge of mild keeps the restart gate shut: nothing better is forecast.
    """
    state = pain_state(runner, limits)
    flare = limits.need("states", "flare_forecast_days")
    returning = limits.need("states", "returning_forecast_days")
    usual = runner.back.usual_pain if runner.back else None
    edge = limits.need("states", "max_tenths", State.MILD)
    if usual is not None and round(usual * 10) > edge:
        return (state,) * days
    if state is State.FLARE:
        return _in_a_row(days, (state, flare), (State.RETURNING, returning), (State.MILD, days))
    after: list[tuple[State, int]] = []
    held = 0
    if state is State.MODERATE:
        held = limits.need("states", "moderate_forecast_days")
        after.append((state, held))
    if since_flare is not None:
        shut = max(flare - since_flare, 0)
        back = max(flare + returning - since_flare - max(shut, held), 0)
        if shut:
            after = [(State.FLARE, shut), *((s, max(n - shut, 0)) for s, n in after)]
        after.append((State.RETURNING, back))
    rest = State.MILD if state is State.MODERATE or after else state
    return _in_a_row(days, *after, (rest, days))


def _in_a_row(days: int, *spans: tuple[State, int]) -> tuple[State, ...]:
    row = [state for state, length in spans for _ in range(length)]
    return tuple(row[:days])
