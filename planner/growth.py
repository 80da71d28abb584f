"""What the limits on growth leave for a run and for a week, by the runs before: plain arithmetic.

For looking ahead without a solver; the rules themselves judge. All in hundredths of a minute.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from planner.plan import HUNDREDTHS, State
from planner.request import DAYS_IN_WEEK, Request

NO_LIMIT = 10**9


class Growth:
    """The limits on growth that are kept."""

    def __init__(self, request: Request, kept: Collection[str]) -> None:
        """``kept``: the names of the limits that there are."""
        self._request = request
        self._kept = frozenset(kept)
        self._window = request.limits.need("session-cap", "window_days")
        self._ratios = {state: _ratio(request, state) for state in State}

    def most_on(
        self, day: int, longest_since: Callable[[int], int], *, at_most: bool = False
    ) -> int:
        """The most that the limits on a single run leave on a day.

        ``longest_since`` tells the longest run from a day on, up to this one. ``at_most``: after a
        flare, whether that run is the first one or not.
        """
        request, state = self._request, self._request.states[day]
        if state is State.FLARE and "flare-rest" in self._kept:
            return 0
        most = self.grown(day, longest_since(day - self._window))
        restart = request.restart
        if restart is not None and state is State.RETURNING:
            counted = longest_since(max(restart.day, day - self._window))
            later = self.grown(day, counted) if counted else 0
            first = most
            if "restart-dose" in self._kept:
                first = min(most, request.first_restart_hundredths(day))
            most = max(later, first) if at_most else later or first
        held = request.setback if request.setback and day < request.setback.hold_days else None
        if held and held.run_hundredths is not None and "step-back" in self._kept:
            most = min(most, held.run_hundredths)
        return most

    def grown(self, day: int, longest: int) -> int:
        """The longest run on a day after a longest one before it."""
        request, state = self._request, self._request.states[day]
        if "session-cap" not in self._kept or state is State.FLARE:
            return NO_LIMIT
        if not longest:
            return request.first_stage_hundredths
        ratio, floor = self._ratios[state]
        return max(longest * ratio // 100, longest + floor)

    def shortest_before(self, days: Iterable[int], run: int) -> int:
        """The shortest of longest runs before it that lets a run on one of these days be so long.

        0 where any does.
        """
        states = {self._request.states[day] for day in days}
        if "session-cap" not in self._kept or State.FLARE in states or run >= NO_LIMIT:
            return 0
        return min(
            min(-(-run * 100 // ratio), max(run - floor, 0))
            for ratio, floor in (self._ratios[state] for state in states)
        )

    def most_in_week(self, week: int, volumes: Mapping[int, int], held: Mapping[int, int]) -> int:
        """The most that the limits on a week's running leave, by the running of the weeks before.

        No limit where nothing at all is known of them. ``held``: the runs of the days before.
        """
        request = self._request
        monday = week * DAYS_IN_WEEK - request.start.weekday()
        known = any(volumes.get(other, 0) for other in range(week - 4, week))
        known = known or longest_since(held, monday)(monday - self._window) > 0
        if not known or "weekly-volume" not in self._kept:
            return NO_LIMIT
        most = NO_LIMIT
        for state in request.states_in(week):
            ratio = request.limits.get("weekly-volume", "ratio_percent", state)
            if ratio is None:
                continue
            back = request.limits.need("weekly-volume", "reference_weeks", state)
            floor = request.limits.get("weekly-volume", "floor_minutes", state) or 0
            highest = max(volumes.get(other, 0) for other in range(week - back, week))
            most = min(most, max(highest * ratio // 100, highest + floor * HUNDREDTHS))
            before = request.restart.pre_flare_week_hundredths if request.restart else 0
            if state is State.RETURNING and before:
                share = request.limits.need("weekly-volume", "pre_flare_percent", state)
                most = min(most, before * share // 100)
        return most


def _ratio(request: Request, state: State) -> tuple[int, int]:
    """Percent of the longest run, and hundredths of a minute beyond it; in a flare no cap is set."""
    ratio = request.limits.get("session-cap", "ratio_percent", state)
    floor = request.limits.get("session-cap", "floor_minutes", state) or 0
    return NO_LIMIT if ratio is None else ratio, floor * HUNDREDTHS


def longest_since(held: Mapping[int, int], day: int) -> Callable[[int], int]:
    """The longest run held from a day on, up to ``day``."""

    def since(first: int) -> int:
        return max([held[on] for on in range(first, day) if on in held], default=0)

    return since
