"""The variables of stage two, as the rules see them: how many minutes a day holds.

One easy-run length and one long-run length a week are spread over the placed days, so that the runs
of a week are alike; a day with less time gets as much of it as fits. Run/walk sessions take a stage
of their ladder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ortools.sat.python import cp_model

from planner.arithmetic import MINUTE, Arithmetic
from planner.ladders import ladder_of
from planner.placing import Placement
from planner.plan import RUNS, Kind
from planner.request import Ladder, Request

MOST_RUN_MINUTES = 600
EVEN = (Kind.EASY_RUN, Kind.HARD_RUN)


@dataclass(frozen=True)
class Dose:
    """What one day holds: hundredths of minutes, the stage of a run/walk, the hard minutes."""

    run_hundredths: int = 0
    walk_minutes: int = 0
    stage: int | None = None
    intense_minutes: int = 0


class Doses(Arithmetic):
    """The variables of stage two, as the rules see them."""

    def __init__(
        self,
        request: Request,
        placement: Placement,
        model: cp_model.CpModel,
        *,
        alike: bool = True,
        worthwhile: bool = False,
        may_drop: bool = False,
        domains: Mapping[int, Sequence[int]] | None = None,
    ) -> None:
        """``alike`` gives the easy runs of a week one length, else each its own.

        ``worthwhile`` makes no run shorter than a useful one, where its week wants that much.

        ``domains`` gives each run day its own minutes to choose from (for the tests).
        """
        # More than any run here can hold; a race takes what it takes.
        race = request.goal.asked_hundredths // MINUTE if request.goal.kind == "race" else 0
        longest = max(*request.available_minutes, race + 1, 1)
        week = 7 * longest * MINUTE + request.run_before_in_week_0
        super().__init__(model, longest, max(week, 2 * request.goal.asked_hundredths))
        self.request = request
        self.placement = placement
        self._alike = alike
        self._useful = worthwhile and request.restart is not None
        self.worthwhile = request.limits.need("easy-runs", "minutes_min") if worthwhile else 1
        self.least = 0 if may_drop else 1
        self._own: dict[int, list[tuple[Any, Any, int]]] = {}
        self.own_lengths: dict[int, Any] = {}
        self._even: set[int] = set()
        self._whole: set[int] = set()
        self.lengths: dict[tuple[int, bool], tuple[Any, int]] = {}
        self._run: dict[int, Any] = {run.day: run.run_hundredths for run in request.past_runs}
        self._break: dict[int, Any] = {}
        self._stage: dict[int, Any] = {}
        self.walks: dict[int, Any] = {}
        self.hard_minutes: dict[int, Any] = {}
        self.run_days = tuple(d for d in range(request.days) if self._kind(d) is not None)
        self.walk_days = tuple(d for d in range(request.days) if Kind.WALK in placement[d])
        for week in range(request.weeks):
            self._make_week(week, domains)
        for day in self.walk_days:
            # A walk alone takes what it wants; beside a run the two share the day.
            most = self.most_walk(day)
            least = min(request.least_walk_minutes, most) * self.least
            alone = self._kind(day) is None
            self.walks[day] = most if alone else model.new_int_var(least, most, f"walk@{day}")

    def _kind(self, day: int) -> Kind | None:
        return next((kind for kind in self.placement[day] if kind in RUNS), None)

    def _make_week(self, week: int, domains: Mapping[int, Sequence[int]] | None) -> None:
        shared: dict[bool, tuple[Any, int]] = {}
        for day in self.request.days_in(week):
            kind = self._kind(day)
            if kind is None:
                continue
            if domains is not None and day in domains:
                values = cp_model.Domain.from_values(list(domains[day]))
                self._run[day] = self.model.new_int_var_from_domain(values, f"run@{day}")
            elif kind is Kind.RACE:
                most = max(self.request.goal.asked_hundredths, 1)
                self._run[day] = self.model.new_int_var(self.least, most, "race")
            elif kind is Kind.RUN_WALK:
                self._make_stage(day)
            else:
                self._make_even(day, kind, shared)
            if kind is Kind.HARD_RUN and domains is None:
                self._make_intense(day)

    def _make_stage(self, day: int) -> None:
        stages = ladder_of(self.request, day).stages
        room = self.room(day) * MINUTE
        # A later stage may be shorter than an earlier one: those that fit need not be the first ones.
        most = self.request.most_with_care(day)
        fitting = [
            n
            for n, stage in enumerate(stages)
            if stage.total_hundredths <= room and (most is None or stage.run_hundredths <= most)
        ] or [0]
        if self._useful and self._is_mixed(day):
            # Beside runs of 35 minutes none of 6: the others would only be longer for it.
            half = self.request.week_wishes[self.request.week_of(day)].easy_minutes * MINUTE // 2
            fitting = [n for n in fitting if stages[n].run_hundredths >= half] or fitting
        # Stage -1 is a session left out.
        left_out = [] if self.least else [-1]
        domain = cp_model.Domain.from_values([*left_out, *fitting])
        stage = self.model.new_int_var_from_domain(domain, f"stage@{day}")
        self._stage[day] = stage
        runs = [0, *(s.run_hundredths for s in stages)]
        breaks = [0, *(s.walk_hundredths for s in stages)]
        self._run[day] = self._looked_up(stage + 1, runs, f"run@{day}")
        self._break[day] = self._looked_up(stage + 1, breaks, f"break@{day}")

    def _is_mixed(self, day: int) -> bool:
        """Whether a week has runs with walking breaks and runs without."""
        week = self.request.days_in(self.request.week_of(day))
        return any(self._kind(other) in (*EVEN, Kind.LONG_RUN) for other in week)

    def _looked_up(self, place: Any, table: list[int], name: str) -> Any:
        value = self.model.new_int_var(min(table), max(table), name)
        self.model.add_element(place, table, value)
        return value

    def _make_even(self, day: int, kind: Kind, shared: dict[bool, tuple[Any, int]]) -> None:
        """The week's one length for such runs, or what fits into a shorter day."""
        long = kind is Kind.LONG_RUN
        week = self.request.week_of(day)
        room = max(self.room(day), 1)
        if long not in shared:
            name = f"{'long' if long else 'easy'}@{week}"
            rooms = [self.room(d) for d in self.request.days_in(week) if self._is_even(d, long)]
            tapered = self.request.most_before_race(week, long=long)
            most = max(min(max(rooms), MOST_RUN_MINUTES if tapered is None else tapered), 1)
            least = self._least_length(week, long, most)
            shared[long] = (self.model.new_int_var(least, most, name), most)
            self.lengths[week, long] = shared[long]
            if True in shared and False in shared:
                # The long run of a week is its longest.
                self.model.add(shared[False][0] <= shared[True][0])
        minutes, most = shared[long]
        if not (long or self._alike):
            # The shared length is the longest of the week's easy runs, which differ.
            own = self.model.new_int_var(self._least_length(week, long, room), room, f"own@{day}")
            self.model.add(own <= minutes)
            self._own.setdefault(week, []).append((own, minutes, room))
            self.own_lengths[day] = own
            minutes = own
        elif room < most:
            fitting = self.model.new_int_var(0, room, f"fitting@{day}")
            self.model.add_min_equality(fitting, [minutes, room])
            minutes = fitting
        else:
            self._whole.add(day)
        self._even.add(day)
        self._run[day] = minutes * MINUTE

    def _least_length(self, week: int, long: bool, most: int) -> int:
        """The shortest run that is worth its day, where the week wants that much."""
        wish = self.request.week_wishes[week]
        wanted = wish.long_minutes if long else wish.easy_minutes
        return self.least * max(min(self.worthwhile, wanted, most), 1)

    def _is_even(self, day: int, long: bool) -> bool:
        return self._kind(day) in ((Kind.LONG_RUN,) if long else EVEN)

    def _make_intense(self, day: int) -> None:
        minutes = [0, *(step.hard_minutes for step in self.request.hard_steps)]
        values = cp_model.Domain.from_values(minutes)
        intense = self.model.new_int_var_from_domain(values, f"intense@{day}")
        for step in self.request.hard_steps:
            below = self.model.new_bool_var(f"below{step.hard_minutes}@{day}")
            self.model.add(intense < step.hard_minutes).only_enforce_if(below)
            enough = step.run_minutes * MINUTE
            self.model.add(self._run[day] >= enough).only_enforce_if(~below)
        self.hard_minutes[day] = intense

    def most_walk(self, day: int) -> int:
        """Minutes of a walk at the most."""
        return min(self.request.walk_minutes_wanted(day), self.room(day, beside_run=False))

    def support_minutes(self, day: int) -> int:
        """Minutes of strength and mobility on a day."""
        support = [k for k in self.placement[day] if k in (Kind.STRENGTH, Kind.MOBILITY)]
        return sum(self.request.support_minutes(day, kind) for kind in support)

    def room(self, day: int, *, beside_run: bool = True) -> int:
        """Minutes left for a run (or a walk) beside what else the day must hold."""
        left = self.request.available_minutes[day] - self.support_minutes(day)
        if beside_run and Kind.WALK in self.placement[day] and self._kind(day) is not None:
            left -= self.request.least_walk_minutes
        return max(min(left, MOST_RUN_MINUTES), 0)

    def unlike_weeks(self) -> dict[int, Any]:
        """For each week whether its easy runs differ where the days leave room for equal ones."""
        unlike: dict[int, Any] = {}
        for week, runs in self._own.items():
            unlike[week] = self.model.new_bool_var(f"unlike@{week}")
            for number, (own, shared, room) in enumerate(runs):
                fitting = self.model.new_int_var(0, room, f"fitting@{week}.{number}")
                self.model.add_min_equality(fitting, [shared, room])
                self.model.add(own >= fitting).only_enforce_if(~unlike[week])
        return unlike

    def kind(self, day: int) -> Kind | None:
        """The kind of the day's run, if it has one."""
        return self._kind(day)

    def run(self, day: int) -> Any:
        """Running of a day in hundredths; before the plan what is known; 0 without a run."""
        return self._run.get(day, 0)

    def ladder(self, day: int) -> Ladder:
        """The ladder that a day's run/walk session belongs to."""
        return ladder_of(self.request, day)

    def stage(self, day: int) -> Any:
        """The stage of a day's run/walk session."""
        return self._stage[day]

    def continuous(self, day: int) -> Any:
        """The longest stretch of running without a walking break on a day, in hundredths."""
        if day not in self._stage:
            return self.run(day)
        bouts = [0, *(s.run_seconds * 100 // 60 for s in ladder_of(self.request, day).stages)]
        return self._looked_up(self._stage[day] + 1, bouts, f"bout@{day}")

    def walk(self, day: int) -> Any:
        """Minutes of a day's walk."""
        return self.walks.get(day, 0)

    def intense(self, day: int) -> Any:
        """Hard minutes of a day's run."""
        return self.hard_minutes.get(day, 0)

    def total(self, day: int) -> Any:
        """All minutes of a day, in hundredths."""
        training = self.run(day) + self._break.get(day, 0) + self.walk(day) * MINUTE
        return training + self.support_minutes(day) * MINUTE

    def week_run(self, week: int) -> Any:
        """Running of a week in hundredths; a week before the plan as it was told."""
        if week < 0:
            return self.request.past_week(week)
        ran = sum(self.run(day) for day in self.request.days_in(week))
        return ran + self.request.run_before_in(week)

    def earlier_run_days(self, first: int, day: int) -> tuple[int, ...]:
        """Days with running from ``first`` up to the day before ``day``, in order.

        A run before the plan that may not have been done (0 minutes) is none to go by.
        """
        known = (d for d in sorted(self._run) if first <= d < day)
        return tuple(d for d in known if not (isinstance(self._run[d], int) and self._run[d] == 0))

    def is_no_longer(self, day: int, other: int) -> bool:
        """Whether the week's one length makes a day's run no longer than another's."""
        if other not in self._whole or day not in self._even:
            return False
        same_week = self.request.week_of(day) == self.request.week_of(other)
        long = Kind.LONG_RUN
        return same_week and (self._kind(other) is long or self._kind(day) is not long)

    def leading(self, days: Sequence[int]) -> tuple[int, ...]:
        """Days among which the longest run of ``days`` is sure to be."""
        by_week: dict[int, list[int]] = {}
        for day in days:
            by_week.setdefault(self.request.week_of(day), []).append(day)
        return tuple(
            day
            for day in days
            if not any(
                self.is_no_longer(day, other) and (other < day or not self.is_no_longer(other, day))
                for other in by_week[self.request.week_of(day)]
                if other != day
            )
        )

    def doses(self, values: Any) -> tuple[Dose, ...]:
        """What each day holds in a solution."""
        return tuple(
            Dose(
                run_hundredths=values.of(self.run(day)),
                walk_minutes=values.of(self.walk(day)),
                stage=values.of(self._stage[day]) if day in self._stage else None,
                intense_minutes=values.of(self.intense(day)),
            )
            for day in range(self.request.days)
        )
