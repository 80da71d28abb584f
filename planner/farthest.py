"""How far any plan could get that keeps some of the limits, whatever days its sessions are on.

No plan gets farther, so a goal that lies beyond is out of reach for certain, without a solver.
Each day's run is taken as long as it could be after the longest ones possible before it, of no more
runs a week than are allowed; what would hold a plan up beside that is passed over. Counted are plans in
whole minutes that run at least once in four weeks, where running is possible: after a longer rest the
limits know of no week before.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from planner.first_that import first_by_halves
from planner.fitting import PlacedRuns
from planner.growth import NO_LIMIT, Growth, longest_since
from planner.ladders import ladder_of
from planner.plan import HUNDREDTHS, RUNS, Kind, State
from planner.possible import takes_breaks
from planner.request import DAYS_IN_WEEK, Experience, Request
from planner.stepping import Climb


def farthest_hundredths(
    request: Request,
    kept: Collection[str],
    *,
    any_day: bool = False,
    placed: PlacedRuns | None = None,
) -> int:
    """The longest stretch of running, on a day on which the goal can be reached, of any plan.

    In hundredths of a minute; never less than what some plan reaches. ``kept``: the names of the
    limits to keep. ``any_day``: a race may be on any day. ``placed``: of plans with these runs.
    """
    way = _Way(request, frozenset(kept), any_day=any_day, placed=placed)
    for week in range(request.weeks):
        way.walk_through(week)
    days = range(request.days) if any_day else request.goal_days
    return max((way.unbroken.get(day, 0) for day in days), default=0)


def most_to_spare(request: Request, kept: Collection[str], *, any_day: bool = False) -> int:
    """By how much the farthest plan gets beyond a goal of running, in hundredths of a minute.

    Below 0 where no plan reaches it; 0, which says nothing, for a goal of walking.
    """
    if request.goal.kind == "walking":
        return 0
    any_day = any_day and request.goal.kind == "race"
    asked = request.goal.asked_hundredths if any_day else request.goal_hundredths_in_plan
    return farthest_hundredths(request, kept, any_day=any_day) - asked


@dataclass
class _Week:
    """One week's limits on running, in hundredths. ``chain``: the longest run known before it."""

    days: Sequence[int]
    runs: int
    room: int
    chain: int
    climbs: list[Climb]
    most: dict[tuple[int, int], int] = field(default_factory=dict)


class _Way:
    """Where the walk through the weeks has come to, in hundredths of minutes."""

    def __init__(
        self,
        request: Request,
        kept: frozenset[str],
        *,
        any_day: bool = False,
        placed: PlacedRuns | None = None,
    ) -> None:
        window = request.limits.need("session-cap", "window_days")
        known = any(run.day >= -window and run.run_hundredths for run in request.past_runs)
        known = known or any(request.past_week(week) for week in range(-4, 0))
        # Where nothing is known of the weeks before, a plan may begin later, and any week be its first.
        self._may_begin_later = placed is None and not known
        if self._may_begin_later and "session-cap" not in kept:
            kept -= {"weekly-volume"}
        self._request, self._kept, self._any_day = request, kept, any_day
        self._placed = placed
        self._growth = Growth(request, kept)
        self._held = {run.day: run.run_hundredths for run in request.past_runs}
        self._volumes = {week: request.past_week(week) for week in range(-4, 0)}
        self._past = dict(self._held)
        self._climb = self._first_climb = Climb(request, at_most=True)
        self._race = request.race_day if request.race_possible and not any_day else None
        self.unbroken: dict[int, int] = {}

    def walk_through(self, week: int) -> None:
        """The longest runs of a week's days, by how many runs of the week come before them."""
        request = self._request
        days = [day for day in request.days_in(week) if self._may_run(day)]
        done = request.run_before_in(week)
        here = self._limits(week, done, days)
        for order, day in enumerate(days, start=1):
            for count in range(1, here.runs + 1) if self._placed is None else (order,):
                before = self._longest_of_week(here, day, count - 1)
                if count == 1 or before:
                    here.most[day, count] = self._run(here, day, count, before)
        for day in days:
            longest = max((run for (on, _), run in here.most.items() if on == day), default=0)
            if longest:
                self._held[day] = longest
        self._climb = here.climbs[-1]
        self._volumes[week] = min(self._together(here), here.room) + done

    def _may_run(self, day: int) -> bool:
        request, kept = self._request, self._kept
        if self._placed is not None:
            return day in self._placed.kinds
        if request.away[day] or ("cleared-first" in kept and set(RUNS) <= set(request.stopped)):
            return False
        if "flare-rest" in kept and request.states[day] is State.FLARE:
            return False
        off = request.setback.days_off if request.setback and "days-off" in kept else 0
        return day >= off and (request.available_minutes[day] > 0 or day == self._race)

    def _limits(self, week: int, done: int, days: Sequence[int]) -> _Week:
        window = self._request.limits.need("session-cap", "window_days")
        first = self._request.days_in(week)[0]
        return _Week(
            days=days,
            runs=self._runs_in(week) if self._placed is None else len(days),
            room=max(self._room(week) - done, 0),
            chain=longest_since(self._held, first)(first - window),
            climbs=[self._climb],
        )

    def _room(self, week: int) -> int:
        """The most running of a week by the weeks before it, or of a first one."""
        room = self._growth.most_in_week(week, self._volumes, self._held)
        if not self._may_begin_later or room == NO_LIMIT:
            return room
        run = together = 0
        for _ in range(self._runs_in(week)):
            run = max(self._growth.grown(day, run) for day in self._request.days_in(week))
            together += run
        return max(room, min(together, NO_LIMIT))

    def _runs_in(self, week: int) -> int:
        """The most runs that a week may hold."""
        request, days = self._request, self._request.days_in(week)
        most = request.wanted_in(week, "runs")
        if request.race_day in days:
            # Also where there is no race after all: its place may hold another run.
            most = max(most, 1)
        if "run-days" in self._kept:
            allowed = request.limit("run-days", "max_days", days[-1])
            most = most if allowed is None else min(most, allowed)
        if "rest-days" in self._kept:
            rest = request.limit("rest-days", "min_days", days[-1]) or 0
            most = min(most, DAYS_IN_WEEK - rest)
        return most

    def _longest_of_week(self, here: _Week, day: int, count: int) -> int:
        """The longest that one of the first so many runs of the week, before a day, may be."""
        return max(
            (
                run
                for (other, number), run in here.most.items()
                if number <= count and other < day and self._may_follow(other, day)
            ),
            default=0,
        )

    def _may_follow(self, day: int, other: int) -> bool:
        request = self._request
        gap = request.limits.need("run-days-apart", "gap_days")
        if self._placed is not None or other - day > gap or "run-days-apart" not in self._kept:
            return True
        apart = request.experience is Experience.NEW or self._breaks(day) or self._breaks(other)
        return not apart

    def _breaks(self, day: int) -> bool:
        if self._placed is not None:
            return self._placed.kinds[day] is Kind.RUN_WALK
        return day != self._race and takes_breaks(self._request, day)

    def _run(self, here: _Week, day: int, count: int, before: int) -> int:
        """The longest run on a day after the longest of the week before it."""
        request = self._request
        cap = self._cap(day, before)
        given = self._placed.rooms if self._placed is not None else request.available_minutes
        room = NO_LIMIT if day == self._race else given[day] * HUNDREDTHS
        if self._breaks(day):
            run, unbroken = self._run_walk(here, day, count, min(cap, here.room), room)
        else:
            run = self._fitting(here, min(cap, room, self._taper(day)))
            if day != self._race:
                run = max(run // HUNDREDTHS, 1) * HUNDREDTHS
            unbroken = run
            if self._any_day and request.goal.kind == "race":
                unbroken = self._fitting(here, cap)
        self.unbroken[day] = max(self.unbroken.get(day, 0), unbroken)
        return run

    def _run_walk(self, here: _Week, day: int, count: int, most: int, room: int) -> tuple[int, int]:
        ladder = ladder_of(self._request, day)
        if "two-clean" not in self._kept:
            fitting = [
                stage
                for stage in ladder.stages
                if stage.run_hundredths <= most and stage.total_hundredths <= room
            ] or [ladder.stages[0]]
            return (
                max(stage.run_hundredths for stage in fitting),
                max(stage.run_seconds for stage in fitting) * HUNDREDTHS // 60,
            )
        run = unbroken = 0
        ways = [(here.climbs[min(count, len(here.climbs)) - 1], most)]
        if self._placed is None:
            # The sessions before may be left out, to begin with a longer one on a day with more time.
            ways.append((self._first_climb, min(most, self._first_cap(day))))
        for before, allowed in ways:
            climb = copy.copy(before)
            found = climb.most(day, ladder, allowed, room)
            run, unbroken = max(run, found[0]), max(unbroken, found[1])
            if count == len(here.climbs):
                here.climbs.append(climb)
            elif climb.is_higher_than(here.climbs[count]):
                here.climbs[count] = climb
        return run, unbroken

    def _first_cap(self, day: int) -> int:
        """The most that the limits on a single run leave, were it the first of the plan."""
        return self._growth.most_on(day, longest_since(self._past, day), at_most=True)

    def _taper(self, day: int) -> int:
        week = self._request.week_of(day)
        tapered = [self._request.most_before_race(week, long=long) for long in (True, False)]
        known = [minutes for minutes in tapered if minutes is not None]
        if not known or self._any_day or day == self._race:
            return NO_LIMIT
        return max(*known, 1) * HUNDREDTHS

    def _cap(self, day: int, before: int) -> int:
        """The most that the limits on a single run leave, by the runs before it in its week too."""
        known = longest_since(self._held, day)
        return self._growth.most_on(
            day, lambda first: max(known(first), before), at_most=self._placed is None
        )

    def _fitting(self, here: _Week, most: int) -> int:
        """The longest run up to ``most`` for which the week has room, with those that lead to it."""
        if most + self._leading_to(here, most) <= here.room:
            return most
        return first_by_halves(
            lambda run: run + 1 + self._leading_to(here, run + 1) > here.room,
            0,
            min(most, here.room),
        )

    def _leading_to(self, here: _Week, run: int) -> int:
        """Running of the same week without which a run could not be so long."""
        together = 0
        while here.chain:
            step = self._growth.shortest_before(here.days, run)
            if step <= here.chain:
                break
            if step >= run:
                return NO_LIMIT
            together, run = together + step, step
        return together

    def _together(self, here: _Week) -> int:
        """All running of the week at the most, by its days and by the order of its runs."""
        by_day = sorted(
            (max((run for (on, _), run in here.most.items() if on == day), default=0))
            for day in here.days
        )
        by_order = [
            max((run for (_, count), run in here.most.items() if count == number), default=0)
            for number in range(1, here.runs + 1)
        ]
        return min(sum(by_day[-here.runs :] if here.runs else ()), sum(by_order))
