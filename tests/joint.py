"""A whole short plan as one model: where the sessions go and how much they hold, together.

Written from the sentences of the rules and from no rule's code, with its own variables: a Boolean
for each kind on each day, and the minutes of each day beside it, whatever its kind turns out to be.
It is the oracle of the engine, which places first and doses after.

Left out, and refused by ``joint``: hard runs, days after a flare, plans of three weeks and more
(cut-back weeks, the taper).
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

from ortools.sat.python import cp_model

from planner.plan import Kind, State
from planner.request import Request
from tests.joint_days import MOST_RUN, OTHER_SORTS, RUNS, SUPPORT
from tests.joint_minutes import JointMinutes

MISSING = {"walks": 2, "strength": 4, "mobility": 1}


class Joint(JointMinutes):
    """The one model of a request whose usual week and ladder weeks are settled."""

    def __init__(self, request: Request, *, alike: bool = True) -> None:
        """``alike``: the easy runs of a week have one length; else each week may give that up."""
        super().__init__(request, alike=alike)
        self.costs = {
            "sessions": self._missing_sessions(),
            "room": self._missing_room(),
            "preferences": self._preferences(),
            "goal": self._goal(),
            "alike": sum(self.unlike),
            "walking": self._walking(),
            "ramp": self._ramp(),
        }

    def _missing_sessions(self) -> Any:
        costs = []
        for week, days in enumerate(self._weeks()):
            wanted = [(8, self.request.wanted_in(week, "runs"), RUNS)]
            costs.append(6 * self._missing_long_run(week, days))
            for sort, kind in OTHER_SORTS.items():
                wanted.append((MISSING[sort], self.request.wanted_in(week, sort), (kind,)))
            for cost, count, kinds in wanted:
                placed = sum(self.on[d, kind] for d in days for kind in kinds)
                costs.append(cost * self._above(count - placed, 1))
        return sum(costs)

    def _missing_long_run(self, week: int, days: range) -> Any:
        """Whether the long run, or the only run, has no day with its time or with as much as any has."""
        request = self.request
        wish = request.week_wishes[week]
        only = self.has_one_run(week, days) and not wish.long_minutes
        needed = wish.easy_minutes if only else wish.long_minutes
        if not needed:
            return 0
        most = max((request.available_minutes[d] for d in days if not request.away[d]), default=0)
        enough = [d for d in days if request.available_minutes[d] >= min(needed, most)]
        if only:
            return sum(self.runs[d] for d in days if d not in enough)
        return 1 - sum(self.on[d, Kind.LONG_RUN] for d in enough)

    def _missing_room(self) -> Any:
        """The minutes that the day of the long run lacks; the whole run where there is none."""
        costs = []
        for week, days in enumerate(self._weeks()):
            needed = self.request.week_wishes[week].long_minutes
            if needed:
                held = []
                for day in days:
                    free = self._int(0, 1440)
                    left = self.request.available_minutes[day] - self.support[day]
                    self.model.add_max_equality(free, [left, 0])
                    held.append(self._part(free, self.on[day, Kind.LONG_RUN], 1440))
                costs.append(self._above(needed - sum(held), 1))
        return sum(costs)

    def _preferences(self) -> Any:
        request = self.request
        wished = request.wishes.long_run_weekday
        costs = []
        for day in self.days:
            long = self.on[day, Kind.LONG_RUN]
            if wished is None:
                costs.append(long * (request.weekday(day) < 5))
            else:
                costs.append(long * 3 * (request.weekday(day) != wished))
            if day:
                costs.append(4 * self._and(self.runs[day - 1], self.runs[day]))
                costs.append(2 * self._and(self.on[day - 1, Kind.STRENGTH], long))
            wish = request.week_wishes[request.week_of(day)]
            left = request.available_minutes[day] - self.support[day]
            for kind, needed in (
                (Kind.EASY_RUN, wish.easy_minutes),
                (Kind.WALK, wish.walk_minutes),
            ):
                short = self._above(needed - left, 5)
                costs.append(self._part(short, self.on[day, kind], 10**7))
            if request.usual_week and day != request.race_day:
                costs.append(self._unusual(day, request.usual_week[request.weekday(day)]))
        return sum(costs)

    def _and(self, one: Any, other: Any) -> Any:
        both = self._bool()
        self.model.add(both >= one + other - 1)
        return both

    def _unusual(self, day: int, usual: tuple[str, ...]) -> Any:
        alone = (Kind.LONG_RUN, Kind.WALK, *SUPPORT)
        strange = sum(self.on[day, kind] for kind in alone if kind.value not in usual)
        return strange + (0 if "run" in usual else self.runs[day])

    def _goal(self) -> Any:
        request = self.request
        walking = request.goal.kind == "walking"
        got = self._int(0, MOST_RUN)
        lengths = [self.walk[d] * 100 if walking else self.stretch[d] for d in request.goal_days]
        self.model.add_max_equality(got, [0, *lengths])
        return self._above(max(request.goal_hundredths_in_plan, 0) - got, 1)

    def _walking(self) -> Any:
        """How far each walk is from the week's, beside a run from what the run leaves of it."""
        costs = []
        for day in self.days:
            wanted = self.request.walk_minutes_wanted(day)
            easy = self.request.week_wishes[self.request.week_of(day)].easy_minutes
            left, least = self._int(0, 1440), self.request.least_walk_minutes
            free = self.request.available_minutes[day] - self.support[day] - easy
            self.model.add_max_equality(left, [free, least])
            aim, beside = self._int(0, 1440), self._int(0, 1440)
            self.model.add_min_equality(beside, [wanted, left])
            self.model.add(aim == beside).only_enforce_if(self.on[day, Kind.EASY_RUN])
            self.model.add(aim == wanted).only_enforce_if(~self.on[day, Kind.EASY_RUN])
            off = self._int(0, 1440)
            self.model.add_abs_equality(off, aim - self.walk[day])
            costs.append(self._part(off, self.on[day, Kind.WALK], 1440))
        return sum(costs)

    def _ramp(self) -> Any:
        costs = []
        for day in self.days:
            costs.append(self._off_the_way(day))
            costs.append(2 * self._uneven(day))
        for week, days in enumerate(self._weeks()):
            costs.append(self._share(week, days))
        costs.extend(self._drops())
        return sum(costs)

    def _off_the_way(self, day: int) -> Any:
        """Minutes between a run and what its week should hold, as far as the day has time."""
        request = self.request
        week = request.week_of(day)
        wish, off = self._int(0, MOST_RUN), self._int(0, MOST_RUN)
        for kind in RUNS[:3]:
            on = self.on[day, kind]
            if kind is Kind.RUN_WALK:
                top = request.ladder.stages[-1].run_hundredths
                easy = request.week_wishes[week].easy_minutes * 100
                aim = top if request.ladder_weeks[week] else easy
            else:
                wishes = request.week_wishes[week]
                length = wishes.long_minutes if kind is Kind.LONG_RUN else wishes.easy_minutes
                aim = self._int(0, MOST_RUN // 100)
                self.model.add_min_equality(aim, [length, self.room(day)])
                aim = 100 * aim
            self.model.add(wish == aim).only_enforce_if(on)
            self.model.add(100 * off >= self.run[day] - wish).only_enforce_if(on)
            self.model.add(100 * off >= wish - self.run[day]).only_enforce_if(on)
        return off

    def _uneven(self, day: int) -> Any:
        """Whether an easy or long run of a quarter of an hour or more is no multiple of five."""
        fives, rest, small, uneven = (
            self._int(0, 120),
            self._int(0, 499),
            self._bool(),
            self._bool(),
        )
        self.model.add(self.run[day] == 500 * fives + rest)
        self.model.add(self.run[day] <= 1499).only_enforce_if(small)
        self.model.add(rest == 0).only_enforce_if([~small, ~uneven])
        even = self.on[day, Kind.EASY_RUN] + self.on[day, Kind.LONG_RUN]
        return self._and(uneven, even)

    def _share(self, week: int, days: range) -> Any:
        """What the longest run has above its share of the week: 100 / runs + 10, at least 30."""
        if self.request.race_day in days and self.request.race_possible:
            return 0
        careful = any(self.request.states[d] is State.MODERATE for d in days)
        floor, points = (0, 5) if careful else (30, 10)
        if all(self.request.states[d] is State.FLARE for d in days):
            return 0
        longest, over = self._int(0, MOST_RUN), self._int(0, MOST_RUN)
        self.model.add_max_equality(longest, [self.run[d] for d in days])
        runs = sum(self.runs[d] for d in days)
        for count in range(2, len(days) + 1):
            share = max(floor * count, 100 + points * count)
            above = longest * (100 * count) - self._volume(week) * share
            here = self._is(runs, count)
            self.model.add(over * (100 * count * 100) >= above).only_enforce_if(here)
        return over

    def _drops(self) -> list[Any]:
        """Minutes that the long run goes down by, from one to the next."""
        days = [d for d in self.days if self.request.is_steady_week(self.request.week_of(d))]
        drops = []
        for one, other in combinations(days, 2):
            between = [~self.on[d, Kind.LONG_RUN] for d in days if one < d < other]
            ends = [self.on[one, Kind.LONG_RUN], self.on[other, Kind.LONG_RUN]]
            drop = self._int(0, MOST_RUN)
            follows = self._all(*ends, *between)
            less = self.run[one] - self.run[other]
            self.model.add(100 * drop >= less).only_enforce_if(follows)
            drops.append(drop)
        return drops


def joint(request: Request) -> dict[str, int]:
    """The best value of each tier, in order, each held while the next is solved; each is proven.

    Easy runs of a week are alike. Only where the goal is out of reach so, and in reach with unlike
    ones, they are unlike in as few weeks as the goal needs; the tier ``alike`` counts those.
    """
    assert not request.hard_steps
    assert State.RETURNING not in request.states
    assert not any(wish.cut_back for wish in request.week_wishes)
    assert request.days <= 14
    best = _solved(Joint(request), ("sessions", "room", "preferences", "goal", "walking", "ramp"))
    assert best is not None
    if best["goal"]:
        unlike = Joint(request, alike=False)
        for tier in ("sessions", "room", "preferences"):
            unlike.model.add(unlike.costs[tier] <= best[tier])
        unlike.model.add(unlike.costs["goal"] == 0)
        best |= _solved(unlike, ("goal", "alike", "walking", "ramp")) or {}
    return best


def _solved(joint: Joint, tiers: tuple[str, ...]) -> dict[str, int] | None:
    """The tiers in order; None where there is no plan."""
    best: dict[str, int] = {}
    for tier in tiers:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = 2
        joint.model.minimize(joint.costs[tier])
        status = solver.solve(joint.model)
        if status == cp_model.INFEASIBLE and not best:
            return None
        assert status == cp_model.OPTIMAL, (tier, solver.status_name(status))
        best[tier] = int(solver.value(joint.costs[tier]))
        joint.model.add(joint.costs[tier] <= best[tier])
        joint.model.clear_hints()
        for index, value in enumerate(solver.response_proto.solution):
            joint.model.add_hint(joint.model.get_int_var_from_proto_index(index), value)
    return best
