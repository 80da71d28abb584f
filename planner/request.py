"""Everything the engine may know, resolved to days. It holds no clock and no path.

Day 0 is the plan's first day, negative days lie before it. Week 0 is the Monday-to-Sunday week
that holds day 0. Minutes that are compared are whole hundredths (see ``planner.plan``).
"""

from __future__ import annotations

from datetime import date, timedelta

from pydantic import field_serializer

from planner.asked import (
    Before,
    Experience,
    Goal,
    HardStep,
    Ladder,
    Limits,
    OwnDay,
    PastRun,
    Restart,
    Setback,
    Stage,
    WeekWish,
    Wishes,
)
from planner.plan import HUNDREDTHS, RUNS, Frozen, Kind, State

__all__ = [
    "DAYS_IN_WEEK",
    "SORTS",
    "Before",
    "Experience",
    "Goal",
    "HardStep",
    "Ladder",
    "Limits",
    "OwnDay",
    "PastRun",
    "Request",
    "Restart",
    "Setback",
    "Stage",
    "WeekWish",
    "Wishes",
]

DAYS_IN_WEEK = 7

SORTS = {
    "runs": RUNS,
    "walks": (Kind.WALK,),
    "strength": (Kind.STRENGTH,),
    "mobility": (Kind.MOBILITY,),
}
"""The kinds of session that count as one of a sort that a runner asks for."""


class Request(Frozen):
    """All the engine may know. The solver, the rules and the checker see nothing else.

    ``past_strength`` and ``past_long_walks`` are days before the plan, walks too long for a rest day.
    ``before`` is the plan before, by day, empty on a first plan, None on days that it says nothing
    of. ``long_room_minutes`` and ``easy_room_minutes``: room that the days of runs should have where the
    goal needs more of it than the smooth way does. Not ``tapers``: runs before a race may grow up to it.
    ``stopped`` are the kinds that wait until a clinician has cleared the runner.
    ``gate_walk_day`` is the day of the test walk after which running may return.
    """

    start: date
    days: int
    today: date
    available_minutes: tuple[int, ...]
    away: tuple[bool, ...]
    states: tuple[State, ...]
    forecast: tuple[bool, ...]
    start_times: tuple[str | None, ...] = ()
    limits: Limits
    past_runs: tuple[PastRun, ...] = ()
    past_strength: tuple[int, ...] = ()
    past_long_walks: tuple[int, ...] = ()
    past_week_hundredths: tuple[int, ...] = ()
    run_before_in_week_0: int = 0
    experience: Experience
    wishes: Wishes
    goal: Goal
    ladder: Ladder
    pattern: Ladder
    ladder_weeks: tuple[bool, ...]
    long_room_minutes: int = 0
    easy_room_minutes: int = 0
    tapers: bool = True
    first_stage: int = 0
    walk_minutes: int
    walk_target_minutes: int
    week_wishes: tuple[WeekWish, ...] = ()
    restart: Restart | None = None
    before: tuple[Before | None, ...] = ()
    own_days: tuple[OwnDay, ...] = ()
    setback: Setback | None = None
    stopped: tuple[Kind, ...] = ()
    gate_walk_day: int | None = None
    race_possible: bool = True
    usual_week: tuple[tuple[str, ...], ...] = ()
    worse_with: tuple[str, ...] = ()
    better_with: tuple[str, ...] = ()
    hard_steps: tuple[HardStep, ...] = ()

    @field_serializer("limits")
    def _limits_as_dict(self, limits: Limits) -> dict[str, dict[str, dict[str, int]]]:
        return {
            rule: {state: dict(numbers) for state, numbers in states.items()}
            for rule, states in limits.by_rule.items()
        }

    def date_of(self, day: int) -> date:
        """The date of a day, also of one before the plan."""
        return self.start + timedelta(days=day)

    def day_of(self, when: date) -> int:
        """The day number of a date; negative before the plan."""
        return (when - self.start).days

    def weekday(self, day: int) -> int:
        """0 for Monday to 6 for Sunday."""
        return self.date_of(day).weekday()

    def week_of(self, day: int) -> int:
        """The Monday-to-Sunday week of a day; 0 is the week of day 0, -1 the one before."""
        return (day + self.start.weekday()) // DAYS_IN_WEEK

    @property
    def weeks(self) -> int:
        """Weeks that hold at least one day of the plan."""
        return self.week_of(self.days - 1) + 1

    def days_in(self, week: int) -> range:
        """The plan's days in a week; the first and the last week may be cut short."""
        first = week * DAYS_IN_WEEK - self.start.weekday()
        return range(max(first, 0), min(first + DAYS_IN_WEEK, self.days))

    def states_in(self, week: int) -> tuple[State, ...]:
        """The states of a week's days, flare aside, each once, in a fixed order."""
        present = {self.states[day] for day in self.days_in(week)}
        return tuple(state for state in State if state in present and state is not State.FLARE)

    def past_week(self, week: int) -> int:
        """Run hundredths of a week before the plan (``week`` < 0); 0 where nothing is known."""
        place = -week - 1
        return self.past_week_hundredths[place] if place < len(self.past_week_hundredths) else 0

    def limit(self, rule: str, key: str, day: int) -> int | None:
        """A rule's number on a day of the plan, by the day's state."""
        return self.limits.get(rule, key, self.states[day])

    def run_before_in(self, week: int) -> int:
        """Run hundredths of a week before the plan's first day in it; 0 but for the first week."""
        return self.run_before_in_week_0 if week == 0 else 0

    def rule_limit_in(self, rule: str, key: str, week: int) -> int | None:
        """The smallest of a rule's numbers over the states of a week's days, flare aside."""
        found = [self.limits.get(rule, key, state) for state in self.states_in(week)]
        return min((number for number in found if number is not None), default=None)

    def wanted_in(self, week: int, sort: str) -> int:
        """Sessions of a sort wanted in a week: ``runs``, ``long_runs`` (one of them), ``walks``,

        ``strength`` or ``mobility``.

        A week cut short, by days away too, wants its share, rounded; a flare day wants a walk and
        nothing else. Of a week that has begun, or holds a flare, a re-plan wants no more than the plan
        before had left there: what is missed is not made up for.
        """
        if sort == "long_runs":
            return int(self.long_minutes_needed(week) > 0)
        here = [day for day in self.days_in(week) if not self.away[day]]
        free = [day for day in here if self.states[day] is not State.FLARE]
        wish: int = getattr(self.wishes, sort)
        # Half up, in whole numbers: 3 runs a week are 2 in four days (12/7) and 1 in two (6/7).
        wanted = (2 * wish * len(free) + DAYS_IN_WEEK) // (2 * DAYS_IN_WEEK)
        begun = (week == 0 and self.weekday(0) > 0) or len(free) < len(here)
        if begun and self.before and all(self.before[day] is not None for day in here):
            off = self.setback.days_off if self.setback and sort == "runs" else 0
            counted = [day for day in (here if sort == "mobility" else free) if day >= off]
            wanted = min(sum(self.had(day, *SORTS[sort]) for day in counted), wish)
        return wanted + len(here) - len(free) if sort == "walks" else wanted

    def had(self, day: int, *kinds: Kind) -> int:
        """How many sessions of these kinds the plan before had on a day."""
        before = self.before[day] if day < len(self.before) else None
        return sum(kind in kinds for kind in before.kinds) if before else 0

    def support_minutes(self, day: int, kind: Kind) -> int:
        """How long strength or mobility takes on a day; strength is shorter on a short day."""
        if kind is Kind.MOBILITY:
            return self.limits.need("mobility-sessions", "minutes")
        whole = self.limits.need("strength-sessions", "minutes")
        short = self.limits.need("strength-sessions", "minutes_min")
        return whole if self.available_minutes[day] >= whole else short

    def long_minutes_needed(self, week: int) -> int:
        """Minutes that the long run of a week should have; 0 where the week has none."""
        return self.week_wishes[week].long_minutes if self.week_wishes else 0

    def long_room_needed(self, week: int) -> int:
        """The room that the day of a week's long run should have; 0 where the week has none."""
        needed = self.long_minutes_needed(week)
        return max(needed, self.long_room_minutes) if needed else 0

    def has_one_run(self, week: int) -> bool:
        """Whether a week has a single run, which no race is."""
        return self.wanted_in(week, "runs") == 1 and self.race_day not in self.days_in(week)

    def longest_minutes_needed(self, week: int) -> int:
        """Minutes that the longest run of a week should have: its long run, or the only run there is;

        0 where all runs are alike.
        """
        if self.has_one_run(week):
            return max(self.long_minutes_needed(week), self.easy_minutes_needed(week))
        return self.long_minutes_needed(week)

    def has_time_for_longest(self, day: int) -> bool:
        """Whether a day has the minutes of its week's longest run, or as many as any of that week."""
        week = self.week_of(day)
        here = [self.available_minutes[d] for d in self.days_in(week) if not self.away[d]]
        needed = min(self.longest_minutes_needed(week), max(here, default=0))
        return self.available_minutes[day] >= needed

    def easy_room_needed(self, week: int) -> int:
        """The room that the day of an easy run should have."""
        return max(self.easy_minutes_needed(week), self.easy_room_minutes)

    def easy_minutes_needed(self, week: int) -> int:
        """Minutes that an easy run of a week should have."""
        return self.week_wishes[week].easy_minutes if self.week_wishes else 0

    @property
    def first_stage_hundredths(self) -> int:
        """Running in the ladder's first stage: the most after 30 days without a run."""
        return self.ladder.stages[0].run_hundredths

    def first_restart_hundredths(self, day: int) -> int:
        """The most that the first run after a flare may hold on a day, by the days without a run.

        Source: the restart bands of evidence.md, section 10 (our convention).
        """
        restart = self.restart
        assert restart is not None
        gap = day + restart.days_since_last_run
        need = self.limits.need
        bands = [
            gap <= need("restart-dose", f"band_{band}_days", State.RETURNING) for band in (1, 2, 3)
        ]
        if not any(bands):
            return self.first_stage_hundredths
        band = bands.index(True) + 1
        share = need("restart-dose", f"band_{band}_percent", State.RETURNING)
        most = max(restart.last_run_hundredths * share // 100, self.first_stage_hundredths)
        stage = self.limits.get("restart-dose", f"band_{band}_stage", State.RETURNING)
        if stage is not None:
            most = min(most, self.pattern.stages[stage - 1].run_hundredths)
        return most

    def run_wish(self, day: int, kind: Kind) -> int:
        """Running that a session should hold on the smooth way to the goal, in hundredths."""
        week = self.week_of(day)
        if kind is Kind.RUN_WALK and self.ladder_weeks[week]:
            return self.ladder.stages[-1].run_hundredths
        wish = self.week_wishes[week]
        long = wish.long_minutes if kind is Kind.LONG_RUN else 0
        return (long or wish.easy_minutes) * 100

    def walk_minutes_wanted(self, day: int) -> int:
        """Minutes of a walk by then: a few short ones in a flare, else growing to the target.

        The test walk before the first run after a flare has the length it needs.
        """
        if day == self.gate_walk_day:
            return self.limits.need("restart-gate", "walk_minutes")
        if self.states[day] is State.FLARE:
            bouts = self.limits.need("walking-growth", "bouts", State.FLARE)
            return bouts * self.limits.need("walking-growth", "bout_minutes_max", State.FLARE)
        return self.week_wishes[self.week_of(day)].walk_minutes

    def is_steady_week(self, week: int) -> bool:
        """Neither a lighter week nor one of the taper."""
        return not (self.week_wishes[week].cut_back or self.week_wishes[week].taper)

    @property
    def goal_days(self) -> range:
        """The days on which the goal can be reached."""
        day = self.goal.day
        if self.race_day is not None and self.race_possible:
            return range(self.race_day, self.race_day + 1)
        return range(self.days if day is None else min(day + 1, self.days))

    @property
    def goal_hundredths_in_plan(self) -> int:
        """What this plan should come to: the goal, or the way to it when its day lies beyond."""
        asked = self.goal.asked_hundredths
        if self.goal.day is None or self.goal.day < self.days:
            return asked
        wishes = [max(wish.long_minutes, wish.easy_minutes) for wish in self.week_wishes]
        on_ladder = all(self.ladder_weeks)
        return 0 if on_ladder else min(asked, max(wishes, default=0) * 100)

    @property
    def least_walk_minutes(self) -> int:
        """The shortest walk worth a place in a day."""
        return min(self.limits.need("walking-growth", "start_minutes"), self.walk_minutes)

    def most_before_race(self, week: int, *, long: bool) -> int | None:
        """Minutes of a run at the most in a week that leads up to a race; None in other weeks.

        Runs stay as short as the taper wants them, also for a goal out of reach.
        """
        wish = self.week_wishes[week]
        if not wish.taper:
            return None
        return wish.long_minutes if long else wish.easy_minutes

    def most_with_care(self, day: int) -> int | None:
        """Running of a day at the most in moderate pain and on the way back after a flare; else None.

        In hundredths: the stage nearest to what its week wants, whatever the goal. What is missing to
        the goal is told, not made up for.
        """
        on_way_back = self.states[day] is State.RETURNING and self.restart is not None
        if not (on_way_back or self.states[day] is State.MODERATE) or not self.week_wishes:
            return None
        wanted = self.week_wishes[self.week_of(day)].easy_minutes * HUNDREDTHS
        runs = (stage.run_hundredths for stage in self.pattern.stages)
        return min(runs, key=lambda run: abs(run - wanted))

    def hard_minutes_wanted(self, week: int) -> int:
        """Hard minutes that a week's hard run should hold; 0 where it should have none."""
        return self.week_wishes[week].hard_minutes if self.week_wishes else 0

    def walk_minutes_needed(self, week: int) -> int:
        """The room that a walk of a week should have."""
        return self.week_wishes[week].walk_minutes if self.week_wishes else 0

    @property
    def longest_walk_minutes(self) -> int:
        """The longest walk the plan may come to."""
        return max(self.walk_minutes, self.walk_target_minutes)

    @property
    def race_day(self) -> int | None:
        """The day of the race when it lies within the plan, else None."""
        day = self.goal.day
        if self.goal.kind != "race" or day is None or not 0 <= day < self.days:
            return None
        return day
