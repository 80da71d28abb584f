"""How much the sessions of the joint model hold: minutes, ladder stages, growth."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from planner.plan import Kind, State
from planner.request import Request
from tests.joint_days import MOST_RUN, RUNS, JointDays

GROWTH = {State.HEALTHY: (130, 1500, 4), State.MILD: (120, 1500, 4), State.MODERATE: (100, 0, 1)}
"""Percent and hundredths on top of the fullest of so many weeks."""


class JointMinutes(JointDays):
    """The days with their minutes."""

    def __init__(self, request: Request, *, alike: bool) -> None:
        super().__init__(request, alike=alike)
        self._minutes()
        self._ladder()
        self._growth()

    def _minutes(self) -> None:
        """Easy runs of a week alike but for short days, the long run its longest, and the time."""
        request, add = self.request, self.model.add
        for days in self._weeks():
            wish = request.week_wishes[request.week_of(days[0])]
            # Before a race runs stay as short as the taper wants them.
            most = max(wish.easy_minutes, 1) if wish.taper else MOST_RUN // 100
            easy = self._int(1, most)
            for day in days:
                self._minutes_of(day, easy)
                if wish.taper:
                    add(self.run[day] <= 100 * most).only_enforce_if(self.on[day, Kind.EASY_RUN])
                    long = 100 * max(wish.long_minutes, 1)
                    add(self.run[day] <= long).only_enforce_if(self.on[day, Kind.LONG_RUN])
            for one in days:
                for other in days:
                    long = self._all(self.on[one, Kind.LONG_RUN], self.on[other, Kind.EASY_RUN])
                    add(self.run[one] >= self.run[other]).only_enforce_if(long)
        for day in self.days:
            walking = self.on[day, Kind.WALK]
            room = self._int(0, 1440)
            add(room == request.available_minutes[day] - self.support[day])
            add(self.walk[day] == 0).only_enforce_if(~walking)
            add(self.walk[day] <= request.walk_minutes_wanted(day))
            add(self.walk[day] >= request.least_walk_minutes).only_enforce_if(walking)
            held = self.run[day] + self.rest[day] + 100 * self.walk[day] + 100 * self.support[day]
            if day != request.race_day or not request.race_possible:
                add(held <= 100 * request.available_minutes[day])

    def _minutes_of(self, day: int, easy: Any) -> None:
        add, run = self.model.add, self.run[day]
        kinds = {kind: self.on[day, kind] for kind in RUNS}
        add(run == 0).only_enforce_if([~on for on in kinds.values()])
        for on in kinds.values():
            add(run >= 1).only_enforce_if(on)
        add(run <= max(self.request.goal.asked_hundredths, 1)).only_enforce_if(kinds[Kind.RACE])
        whole = self._int(0, MOST_RUN // 100)
        for kind in (Kind.EASY_RUN, Kind.LONG_RUN):
            add(run == 100 * whole).only_enforce_if(kinds[kind])
        # As much of the week's easy run as the day has time for.
        fitting = self._int(0, MOST_RUN // 100)
        self.model.add_min_equality(fitting, [easy, self.room(day)])
        unlike = self.unlike[self.request.week_of(day)]
        add(whole == fitting).only_enforce_if([kinds[Kind.EASY_RUN], ~unlike])
        continuous = ~kinds[Kind.RUN_WALK]
        add(self.rest[day] == 0).only_enforce_if(continuous)
        add(self.stretch[day] == run).only_enforce_if(continuous)

    def room(self, day: int) -> Any:
        """Minutes of a day for its run, beside strength or mobility and the shortest walk."""
        room = self._int(0, MOST_RUN // 100)
        walk = self.on[day, Kind.WALK] * self.request.least_walk_minutes
        free = min(self.request.available_minutes[day], MOST_RUN // 100)
        self.model.add_max_equality(room, [free - self.support[day] - walk, 0])
        return room

    def _ladder(self) -> None:
        """Stages, at least two sessions at each, one step at a time, none in moderate pain."""
        for day in self.days:
            stages, on = self._stages(day), self.on[day, Kind.RUN_WALK]
            for place in range(self._last_stage() + 1):
                here = self._all(on, self._is(self.stage[day], place))
                if place >= len(stages):
                    self.model.add(here == 0)
                    continue
                stage = stages[place]
                self.model.add(self.run[day] == stage.run_hundredths).only_enforce_if(here)
                self.model.add(self.rest[day] == stage.walk_hundredths).only_enforce_if(here)
                bout = stage.run_seconds * 100 // 60
                self.model.add(self.stretch[day] == bout).only_enforce_if(here)
        held = {d: self._int(1, len(self.days)) for d in self.days}
        for one, day in combinations(self.days, 2):
            between = [~self.on[d, Kind.RUN_WALK] for d in range(one + 1, day)]
            ends = [self.on[one, Kind.RUN_WALK], self.on[day, Kind.RUN_WALK]]
            self._step(held, one, day, self._all(*ends, *between))
        for day in self.days:
            earlier = [~self.on[d, Kind.RUN_WALK] for d in range(day)]
            self.model.add(held[day] == 1).only_enforce_if(earlier)

    def _step(self, held: dict[int, Any], one: int, day: int, follows: Any) -> None:
        """From one session to the next; ``held`` counts the sessions in a row at a stage."""
        add = self.model.add
        ladder = self.request.ladder_weeks[self.request.week_of(day)]
        before, now = self.stage[one], self.stage[day]
        same, up = self._bool(), self._bool()
        add(now == before).only_enforce_if([follows, same])
        add(now != before).only_enforce_if([follows, ~same])
        add(held[day] == held[one] + 1).only_enforce_if([follows, same])
        add(held[day] == 1).only_enforce_if([follows, ~same])
        add(now == before + 1).only_enforce_if([follows, up])
        add(now <= before).only_enforce_if([follows, ~up])
        least = max(2, self.request.ladder.sessions_each) if ladder else 2
        add(held[one] >= least).only_enforce_if([follows, up])
        if self.request.states[day] is State.MODERATE:
            add(up == 0).only_enforce_if(follows)

    def _growth(self) -> None:
        """Each run by the longest of 30 days, each week by the fullest of four."""
        add = self.model.add
        for day in self.days:
            before = [run for d, run in self.past.items() if d >= day - 30]
            longest = self._int(0, MOST_RUN)
            self.model.add_max_equality(longest, [*before, 0, *(self.run[d] for d in range(day))])
            moderate = self.request.states[day] is State.MODERATE
            ratio, more = (100, 0) if moderate else (110, 300)
            by_ratio, by_more, is_first = self._bool(), self._bool(), self._bool()
            add(100 * self.run[day] <= ratio * longest).only_enforce_if(by_ratio)
            add(self.run[day] <= longest + more).only_enforce_if(by_more)
            add(longest == 0).only_enforce_if(is_first)
            add(longest >= 1).only_enforce_if(~is_first)
            first = self.request.ladder.stages[0].run_hundredths
            add(self.run[day] <= first).only_enforce_if(is_first)
            self.model.add_bool_or(by_ratio, by_more, is_first)
        for week, days in enumerate(self._weeks()):
            self._week_growth(week, days)

    def _volume(self, week: int) -> Any:
        if week < 0:
            return self.request.past_week(week)
        return sum(self.run[d] for d in self.request.days_in(week))

    def _week_growth(self, week: int, days: range) -> None:
        monday = days[0] - self.request.weekday(days[0])
        month = range(monday - 30, monday)
        told = any(self.request.past_week(w) for w in range(week - 4, 0))
        known = any(d in month for d in self.past) or told
        earlier = [self.runs[d] for d in self.days if d in month]
        for state in {self.request.states[d]: None for d in days}:
            if state not in GROWTH:
                continue
            ratio, more, back = GROWTH[state]
            fullest = self._int(0, 7 * MOST_RUN)
            weeks = [self._volume(w) for w in range(week - back, week)]
            self.model.add_max_equality(fullest, weeks)
            by_ratio, by_more, no_run = self._bool(), self._bool(), self._bool()
            self.model.add(100 * self._volume(week) <= ratio * fullest).only_enforce_if(by_ratio)
            self.model.add(self._volume(week) <= fullest + more).only_enforce_if(by_more)
            if known:
                self.model.add(no_run == 0)
            elif earlier:
                self.model.add(sum(earlier) == 0).only_enforce_if(no_run)
            self.model.add_bool_or(by_ratio, by_more, no_run)
