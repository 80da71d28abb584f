"""The joint model's variables, the words it is said in, and where its sessions may go."""

from __future__ import annotations

from typing import Any

from ortools.sat.python import cp_model

from planner.plan import Kind, State
from planner.request import Experience, Request

RUNS = (Kind.EASY_RUN, Kind.LONG_RUN, Kind.RUN_WALK, Kind.RACE)
SUPPORT = (Kind.STRENGTH, Kind.MOBILITY)
MOST_RUN = 60_000
RUN_DAYS = {State.HEALTHY: 6, State.MILD: 4, State.MODERATE: 3, State.FLARE: 0}
REST_DAYS = {State.HEALTHY: 1, State.MILD: 1, State.MODERATE: 2}
OTHER_SORTS = {"walks": Kind.WALK, "strength": Kind.STRENGTH, "mobility": Kind.MOBILITY}


class JointDays:
    """A request's days as one model: what each may hold."""

    def __init__(self, request: Request, *, alike: bool = True) -> None:
        """``alike``: the easy runs of a week have one length; else each week may give that up."""
        self.request = request
        self.model = cp_model.CpModel()
        self.days = range(request.days)
        self.past = {run.day: run.run_hundredths for run in request.past_runs}
        self.on = {(d, kind): self._bool() for d in self.days for kind in Kind}
        self.support = {d: self._support(d) for d in self.days}
        self.runs = {d: sum(self.on[d, kind] for kind in RUNS) for d in self.days}
        self.run = {d: self._int(0, MOST_RUN) for d in self.days}
        self.rest = {d: self._int(0, 6000) for d in self.days}
        self.walk = {d: self._int(0, 600) for d in self.days}
        self.stage = {d: self._int(0, self._last_stage()) for d in self.days}
        self.stretch = {d: self._int(0, MOST_RUN) for d in self.days}
        self.unlike = [self._bool() for _ in range(request.weeks)]
        if alike:
            self.model.add(sum(self.unlike) == 0)
        self._place()
        self._apart()

    def _bool(self) -> Any:
        return self.model.new_bool_var("")

    def _int(self, least: int, most: int) -> Any:
        return self.model.new_int_var(least, most, "")

    def _all(self, *true: Any) -> Any:
        """Whether all of these are true."""
        both = self._bool()
        self.model.add_min_equality(both, list(true))
        return both

    def _is(self, value: Any, number: int) -> Any:
        """Whether a value is this number."""
        same = self._bool()
        self.model.add(value == number).only_enforce_if(same)
        self.model.add(value != number).only_enforce_if(~same)
        return same

    def _part(self, value: Any, when: Any, most: int) -> Any:
        """A value where ``when`` holds, else 0."""
        part = self._int(0, most)
        self.model.add(part == value).only_enforce_if(when)
        self.model.add(part == 0).only_enforce_if(~when)
        return part

    def _above(self, value: Any, unit: int) -> Any:
        """A value in whole units, rounded up, and 0 where it is below 0."""
        over = self._int(0, 10**7)
        self.model.add(over * unit >= value)
        return over

    def _support(self, day: int) -> Any:
        minutes = [(kind, self.request.support_minutes(day, kind)) for kind in SUPPORT]
        return sum(self.on[day, kind] * length for kind, length in minutes)

    def _weeks(self) -> list[range]:
        return [self.request.days_in(week) for week in range(self.request.weeks)]

    def _last_stage(self) -> int:
        return max(len(self.request.ladder.stages), len(self.request.pattern.stages)) - 1

    def _stages(self, day: int) -> Any:
        on_ladder = self.request.ladder_weeks[self.request.week_of(day)]
        return (self.request.ladder if on_ladder else self.request.pattern).stages

    def _place(self) -> None:
        """What a day may hold: by its time, its state and what the week is for."""
        request, add = self.request, self.model.add
        first = request.ladder.stages[request.first_stage]
        for day in self.days:
            race = day == request.race_day and request.race_possible
            add(self.on[day, Kind.RACE] == race)
            add(self.on[day, Kind.HARD_RUN] == 0)
            if race or request.away[day]:
                others = [self.on[day, kind] for kind in Kind if kind is not Kind.RACE]
                add(sum(others) == 0)
                continue
            careful = request.states[day] is State.MODERATE
            walking_breaks = careful or request.ladder_weeks[request.week_of(day)]
            for kind in RUNS[:3]:
                if (kind is Kind.RUN_WALK) != walking_breaks:
                    add(self.on[day, kind] == 0)
            if request.states[day] is State.FLARE:
                add(self.runs[day] + self.on[day, Kind.STRENGTH] == 0)
            # Sessions worth the name fit into the day.
            run_walk = -(-first.total_hundredths // 100)
            # An easy run keeps three quarters of what its week wants, a long run or the only run all.
            week = request.week_of(day)
            wish = request.week_wishes[week]
            time = request.available_minutes[day]
            kept = wish.easy_minutes * 3 // 4
            if self.has_one_run(week, request.days_in(week)):
                kept = max(wish.easy_minutes, wish.long_minutes)
            easy = max(10, min(kept, time))
            long = max(10, min(wish.long_minutes, time))
            least = easy * self.on[day, Kind.EASY_RUN] + long * self.on[day, Kind.LONG_RUN]
            least += run_walk * self.on[day, Kind.RUN_WALK]
            least += request.least_walk_minutes * self.on[day, Kind.WALK]
            add(least + self.support[day] <= request.available_minutes[day])
            # One run or walk, and strength or mobility beside it.
            add(self.runs[day] <= 1)
            add(sum(self.on[day, kind] for kind in SUPPORT) <= 1)
            for kind in RUNS[1:]:
                add(self.on[day, kind] + self.on[day, Kind.WALK] <= 1)
            self._walk_beside_a_run(day)
        if request.race_day and request.race_possible:
            eve = (Kind.LONG_RUN, Kind.STRENGTH)
            add(sum(self.on[request.race_day - 1, kind] for kind in eve) == 0)
        for week, days in enumerate(self._weeks()):
            self._no_more_than_wanted(week, days)

    def has_one_run(self, week: int, days: range) -> bool:
        """Whether a week is asked to hold a single run, which is no race."""
        return self.request.wanted_in(week, "runs") == 1 and self.request.race_day not in days

    def _walk_beside_a_run(self, day: int) -> None:
        shared = self._all(self.on[day, Kind.EASY_RUN], self.on[day, Kind.WALK])
        for other in self.request.days_in(self.request.week_of(day)):
            if other == day or self.request.away[other]:
                continue
            # The other day holds a run or a walk, or has no time left for one.
            full = self._bool()
            left = self.request.available_minutes[other] - self.support[other]
            self.model.add(left <= self.request.least_walk_minutes - 1).only_enforce_if(full)
            used = self.runs[other] + self.on[other, Kind.WALK]
            self.model.add(used + full >= 1).only_enforce_if(shared)

    def _no_more_than_wanted(self, week: int, days: range) -> None:
        request = self.request
        runs = max(request.wanted_in(week, "runs"), int(request.race_day in days))
        long = int(request.week_wishes[week].long_minutes > 0)
        self.model.add(sum(self.runs[d] for d in days) <= runs)
        self.model.add(sum(self.on[d, Kind.LONG_RUN] for d in days) <= long)
        for sort, kind in OTHER_SORTS.items():
            wanted = request.wanted_in(week, sort)
            self.model.add(sum(self.on[d, kind] for d in days) <= wanted)

    def _apart(self) -> None:
        request, add = self.request, self.model.add
        walks_are_long = request.longest_walk_minutes > 30
        for day in self.days:
            seven = [d for d in range(day - 6, day + 1) if d >= 0]
            before = sum(day - 6 <= d for d in self.past)
            add(sum(self.runs[d] for d in seven) <= max(RUN_DAYS[request.states[day]] - before, 0))
            if request.states[day] in REST_DAYS:
                loads = [(self.runs[d], self.on[d, Kind.STRENGTH]) for d in seven]
                if walks_are_long:
                    # Where a walk may come to more than 30 minutes, none is taken for rest.
                    walked = [self.on[d, Kind.WALK] for d in seven]
                    loads = [(*load, w) for load, w in zip(loads, walked, strict=True)]
                busy = [self._any(*load) for load in loads]
                most = max(7 - REST_DAYS[request.states[day]] - before, 0)
                add(sum(busy) <= most)
        for day in self.days:
            yesterday = self.runs.get(day - 1, int(day - 1 in self.past))
            states = {request.states[max(day - 1, 0)], request.states[day]}
            if request.experience is Experience.NEW or State.MODERATE in states:
                add(yesterday + self.runs[day] <= 1)
            add(yesterday + self.on[day, Kind.RUN_WALK] <= 1)
            if day:
                add(self.on[day - 1, Kind.RUN_WALK] + self.runs[day] <= 1)
                for kinds in ((Kind.LONG_RUN, Kind.RACE), (Kind.STRENGTH,)):
                    two = [self.on[d, kind] for d in (day - 1, day) for kind in kinds]
                    add(sum(two) <= 1)

    def _any(self, *some: Any) -> Any:
        any_ = self._bool()
        for one in some:
            self.model.add(any_ >= one)
        return any_
