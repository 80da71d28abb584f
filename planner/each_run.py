"""A way to the goal on which each run has a length of its own, as fast as the limits allow.

Not a limit and not the answer: a start for the search. In each week the long run, or the race, comes
first, then those runs without which it could not be so long; the others fill what is left of the week.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from planner.first_that import first_by_halves
from planner.fitting import PlacedRuns
from planner.growth import NO_LIMIT, Growth, longest_since
from planner.plan import HUNDREDTHS, Kind
from planner.request import Request
from planner.stepping import Climb


@dataclass(frozen=True)
class EachRun:
    """Whole minutes by day of each run but the race, and the place on its ladder of each run/walk."""

    minutes: Mapping[int, int]
    stages: Mapping[int, int]


def each_run(
    request: Request, placed: PlacedRuns, kept: Collection[str], least_minutes: int = 1
) -> EachRun:
    """A length for each run. ``kept``: the names of the limits that there are.

    ``least_minutes``: no run is shorter, where its week wants that much and the limits allow it.
    """
    way = _Way(request, placed, kept, least_minutes)
    for week in range(request.weeks):
        way.walk_through(week)
    minutes = {
        day: run // HUNDREDTHS
        for day, run in way.held.items()
        if day >= 0 and placed.kinds[day] not in (Kind.RUN_WALK, Kind.RACE)
    }
    return EachRun(minutes, way.stages)


class _Way:
    """Where the walk through the weeks has come to, in hundredths of minutes."""

    def __init__(
        self, request: Request, placed: PlacedRuns, kept: Collection[str], least_minutes: int
    ) -> None:
        self._request, self._placed, self._least = request, placed, least_minutes
        self._growth = Growth(request, kept)
        self._climb = Climb(request)
        self.held = {run.day: run.run_hundredths for run in request.past_runs}
        self.stages: dict[int, int] = {}
        self._volumes = {week: request.past_week(week) for week in range(-4, 0)}

    def walk_through(self, week: int) -> None:
        """Give each run of a week its length."""
        request = self._request
        days = [day for day in request.days_in(week) if day in self._placed.kinds]
        done = request.run_before_in(week)
        room = max(self._growth.most_in_week(week, self._volumes, self.held) - done, 0)
        window = request.limits.need("session-cap", "window_days")
        first = request.days_in(week)[0]
        before = longest_since(self.held, first)(first - window)
        for place, day in enumerate(days):
            if self._placed.kinds[day] is Kind.RUN_WALK:
                # The sessions after it want their share of the week: a stage given up is soon lost.
                held = sum(self.held[other] for other in days[:place])
                self.held[day] = self._run_walk(day, (room - held) // (len(days) - place))
            else:
                self.held[day] = self._most(day, room)
        most = {day: self.held[day] for day in days}
        if sum(most.values()) > room:
            self._share(most, before, room)
        self._volumes[week] = sum(self.held[day] for day in days) + done

    def _most(self, day: int, week_room: int) -> int:
        """The longest run of a day after those before it."""
        request, placed = self._request, self._placed
        room = placed.rooms[day] * HUNDREDTHS
        most = min(self._growth.most_on(day, longest_since(self.held, day)), week_room)
        asked = request.goal.asked_hundredths
        if placed.kinds[day] is Kind.RACE:
            return min(asked, most)
        whole = -(-asked // HUNDREDTHS) * HUNDREDTHS
        most = min(most, room, self._taper(day), whole)
        return max(most // HUNDREDTHS, 1) * HUNDREDTHS

    def _run_walk(self, day: int, week_room: int) -> int:
        """The running of a day's stage, one up as soon as may be."""
        ladder, room = self._placed.ladders[day], self._placed.rooms[day] * HUNDREDTHS
        most = min(self._growth.most_on(day, longest_since(self.held, day)), week_room)
        most = min(most, self._request.most_with_care(day) or NO_LIMIT)
        wish = self._request.run_wish(day, Kind.RUN_WALK)
        stage = self._climb.next(day, ladder, most, wish, room)
        self.stages[day] = ladder.stages.index(stage)
        return stage.run_hundredths

    def _taper(self, day: int) -> int:
        long = self._placed.kinds[day] is Kind.LONG_RUN
        most = self._request.most_before_race(self._request.week_of(day), long=long)
        return NO_LIMIT if most is None else most * HUNDREDTHS

    def _share(self, most: Mapping[int, int], before: int, room: int) -> None:
        """Lengths for a week that has no room for the longest of each."""
        first = self._first(most)

        def fits(run: int) -> bool:
            return sum(self._led(most, first, run, before).values()) <= room

        longest = most[first]
        if not fits(longest):
            # One minute before the first that is too much.
            whole = longest // HUNDREDTHS
            longest = HUNDREDTHS * first_by_halves(
                lambda minutes: not fits((minutes + 1) * HUNDREDTHS), 1, whole
            )
        found = self._led(most, first, longest, before)
        self.held.update(found)
        left = max(room - sum(found.values()), 0)
        for day in sorted(found):
            if day != first and self._placed.kinds[day] is not Kind.RUN_WALK:
                cap = self._growth.most_on(day, longest_since(self.held, day))
                more = min(most[day], longest, cap) - found[day]
                more = min(max(more, 0), left) // HUNDREDTHS * HUNDREDTHS
                self.held[day], left = found[day] + more, left - more

    def _least_on(self, day: int) -> int:
        long = self._placed.kinds[day] is Kind.LONG_RUN
        wish = self._placed.wishes.get((self._request.week_of(day), long), 1)
        return max(min(self._least, wish, self._placed.rooms[day]), 1) * HUNDREDTHS

    def _first(self, most: Mapping[int, int]) -> int:
        """The day of the run that the others of the week are for."""
        kinds = self._placed.kinds
        for kind in (Kind.RACE, Kind.LONG_RUN):
            for day in most:
                if kinds[day] is kind:
                    return day
        return max(most, key=lambda day: (most[day], day))

    def _led(
        self, most: Mapping[int, int], first: int, longest: int, before: int
    ) -> dict[int, int]:
        """The week with this length of its first run, all others as short as that allows.

        ``before``: the longest run before the week.
        """
        kinds = self._placed.kinds
        found = {
            day: run if kinds[day] is Kind.RUN_WALK else min(self._least_on(day), run)
            for day, run in most.items()
        }
        found[first] = longest
        following = first
        for day in sorted((day for day in most if day < first), reverse=True):
            needed = self._growth.shortest_before([following], found[following])
            if needed <= before:
                break
            if found[day] <= needed <= most[day]:
                found[day] = -(-needed // HUNDREDTHS) * HUNDREDTHS
                following = day
        return found
