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
    """A week as the plan before had it; None where it had no such week, or it is too much by now.

    ``best`` and ``volume`` are the longest run and the fullest week of the four weeks before, in
    minutes. Where the old week is further above them than the limits allow, the smooth way leads
    back to it.
    """
    held = _held(request, week)
    if held is None:
        return None
    long = max((_minutes(day) for day in held if Kind.LONG_RUN in day.kinds), default=0)
    easy = max((_minutes(day) for day in held if Kind.LONG_RUN not in day.kinds), default=0)
    others = sum(Kind.LONG_RUN not in day.kinds for day in held)
    too_long = max(long, easy) > most_after(request, "session-cap", best)
    if too_long or long + others * easy > most_after(request, "weekly-volume", volume):
        return None
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


def catching_up(
    request: Request, asked: tuple[int, int], best: int, volume: int
) -> tuple[int, int] | None:
    """A long and an easy run that climb two steps in a week; None where one is all there is room for.

    ``asked``: the long run wanted and the runs of the week. The easy runs make the long one possible.
    """
    wanted, runs = asked
    step = most_after(request, "session-cap", best)
    most = most_after(request, "weekly-volume", volume)
    for long in range(min(wanted, most_after(request, "session-cap", step)), step, -1):
        easy = _leading_to(request, long)
        if long + (runs - 1) * easy <= most:
            return long, easy
    return None


def runs_in(request: Request, week: int) -> int:
    """Runs that a week should hold; after a flare no more than the limits leave by then."""
    wanted = request.wanted_in(week, "runs")
    most = request.rule_limit_in("run-days", "max_days", week)
    return wanted if most is None or not request.before else min(wanted, most)


def _leading_to(request: Request, long: int) -> int:
    """The shortest run after which one of ``long`` minutes keeps the cap."""
    ratio = request.limits.need("session-cap", "ratio_percent", State.MILD)
    floor = request.limits.need("session-cap", "floor_minutes", State.MILD)
    return min(-(-long * 100 // ratio), long - floor)


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


def most_after(request: Request, rule: str, before: int) -> int:
    """The most that a limit on growth allows after so many minutes."""
    ratio = request.limits.need(rule, "ratio_percent", State.MILD)
    return max(
        before * ratio // 100, before + request.limits.need(rule, "floor_minutes", State.MILD)
    )
