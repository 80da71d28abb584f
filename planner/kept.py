"""What a week of the plan before held, as far as the way back to it allows by now."""

from __future__ import annotations

from planner.plan import HUNDREDTHS, Frozen, Kind, State
from planner.request import Before, Request

CONTINUOUS = (Kind.EASY_RUN, Kind.LONG_RUN, Kind.HARD_RUN)


class KeptWeek(Frozen):
    """The lengths of a week's runs, in minutes, and all its running together."""

    easy_minutes: int
    long_minutes: int
    hard_minutes: int
    volume: int
    is_lighter: bool


def kept_week(request: Request, week: int, best: int, volume: int) -> KeptWeek | None:
    """A week as the plan before had it; None where it had no such week.

    ``best`` and ``volume`` are the longest run and the fullest week of the four weeks before, in
    minutes. Where the old week is further above them than the limits allow, it is come back to by
    the growth of the smooth way.
    """
    held = _held(request, week)
    if held is None:
        return None
    long = max((_minutes(day) for day in held if Kind.LONG_RUN in day.kinds), default=0)
    easy = max((_minutes(day) for day in held if Kind.LONG_RUN not in day.kinds), default=0)
    others = sum(Kind.LONG_RUN not in day.kinds for day in held)
    long = min(long, _most(request, "session-cap", best))
    easy = min(easy, _most(request, "session-cap", best), long or easy)
    if long + others * easy > _most(request, "weekly-volume", volume):
        most = _smooth(request, volume)
        share = request.limits.need("smooth-ramp", "long_of_week_percent")
        long = min(long, most * share // 100) if others else min(long, most)
        easy = min(easy, (most - long) // others) if others else 0
    if not easy:
        easy = long
        long = 0
    had = _held(request, week - 1) if week else None
    lighter = request.limits.need("cut-back-week", "cut_min_percent", State.MILD)
    return KeptWeek(
        easy_minutes=max(easy, 1),
        long_minutes=long,
        hard_minutes=max(day.hard_minutes for day in held),
        volume=long + others * easy,
        is_lighter=had is not None and _all(held) * 100 <= _all(had) * (100 - lighter),
    )


def walk_before(request: Request, week: int) -> int:
    """The longest walk that the plan before had in a week, flares aside; 0 for none."""
    return max(
        (
            day.walk_minutes
            for number in request.days_in(week)
            if request.before
            and (day := request.before[number]) is not None
            and request.states[number] is not State.FLARE
            and number != request.gate_walk_day
        ),
        default=0,
    )


def _held(request: Request, week: int) -> list[Before] | None:
    """The days with continuous running in the old week, a race aside; None where it had none."""
    days = [request.before[day] for day in request.days_in(week)] if request.before else [None]
    known = [day for day in days if day is not None]
    runs = [day for day in known if any(kind in CONTINUOUS for kind in day.kinds)]
    ladder = any(Kind.RUN_WALK in day.kinds for day in known)
    return runs if runs and len(known) == len(days) and not ladder else None


def _minutes(day: Before) -> int:
    return day.run_hundredths // HUNDREDTHS


def _all(days: list[Before]) -> int:
    return sum(_minutes(day) for day in days)


def _most(request: Request, rule: str, before: int) -> int:
    """The most that a limit on growth allows after so many minutes."""
    ratio = request.limits.need(rule, "ratio_percent", State.MILD)
    return max(
        before * ratio // 100, before + request.limits.need(rule, "floor_minutes", State.MILD)
    )


def _smooth(request: Request, volume: int) -> int:
    growth = 100 + request.limits.need("smooth-ramp", "growth_target_percent", State.MILD)
    floor = request.limits.need("weekly-volume", "floor_minutes", State.MILD)
    return max(volume * growth // 100, volume + floor)
