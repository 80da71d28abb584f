"""What was run and what is planned, by day: the one view that every checker reads a plan through."""

from __future__ import annotations

from planner.plan import Day, Kind, Plan, Session, hundredths
from planner.request import Request


class Ledger:
    """A plan beside the running before it. Days are numbered as in the request."""

    def __init__(self, request: Request, plan: Plan) -> None:
        self.request = request
        numbered = ((request.day_of(day.date), day) for day in plan.days)
        self.days: dict[int, Day] = {
            number: day for number, day in numbered if 0 <= number < request.days
        }
        self.past = {run.day: run for run in request.past_runs}
        # Asked again and again, as windows of days overlap.
        self._ran: dict[int, bool] = {}
        self._runs: dict[int, tuple[int, ...]] = {}

    def sessions(self, day: int) -> tuple[Session, ...]:
        """The sessions of a day of the plan; none on days outside it."""
        return self.days[day].sessions if day in self.days else ()

    def has(self, day: int, *kinds: Kind) -> bool:
        """Whether the day holds one of these kinds, before the plan too where it is known."""
        if day < 0:
            strength = Kind.STRENGTH in kinds and day in self.request.past_strength
            return strength or (day in self.past and self.past[day].kind in kinds)
        return any(session.kind in kinds for session in self.sessions(day))

    def ran(self, day: int) -> bool:
        """Whether there is running on a day, before the plan too."""
        if day not in self._ran:
            self._ran[day] = day in self.past or (day in self.days and self.days[day].has_run)
        return self._ran[day]

    def active(self, day: int, rest_walk_minutes: int) -> bool:
        """Whether a day is no rest day: running, strength, or walks longer than allowed."""
        if day in self.request.past_long_walks:
            return True
        walked = sum(s.walk_minutes for s in self.sessions(day) if s.kind is Kind.WALK)
        return self.ran(day) or self.has(day, Kind.STRENGTH) or walked > rest_walk_minutes

    def runs(self, day: int) -> tuple[int, ...]:
        """The running of each session of a day, in hundredths of a minute."""
        if day in self.past:
            return (self.past[day].run_hundredths,)
        if day not in self._runs:
            self._runs[day] = tuple(
                hundredths(session.run_minutes)
                for session in self.sessions(day)
                if session.run_minutes > 0
            )
        return self._runs[day]

    def week_run(self, week: int) -> int:
        """Running of a week in hundredths of a minute; a week before the plan as it was told."""
        if week < 0:
            return self.request.past_week(week)
        ran = sum(sum(self.runs(day)) for day in self.request.days_in(week))
        return ran + self.request.run_before_in(week)

    def longest_run(self, first: int, last: int) -> int:
        """The longest run from one day to another, both included, in hundredths; 0 for none."""
        return max((run for day in range(first, last + 1) for run in self.runs(day)), default=0)

    def goal_hundredths(self) -> int:
        """How far the plan gets: the longest stretch without a walking break, the running on race day,

        or the longest walk.
        """
        sessions = [s for day in self.request.goal_days for s in self.sessions(day)]
        if self.request.goal.kind == "walking":
            walks = [hundredths(s.walk_minutes) for s in sessions if s.kind is Kind.WALK]
            return max(walks, default=0)
        runs = [hundredths(s.longest_bout_minutes) for s in sessions if s.kind.is_run]
        return max(runs, default=0)
