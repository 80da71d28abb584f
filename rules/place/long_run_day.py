"""A long run each week, on a day with room for it.

A week that has at least two runs, no race, and days for running on, holds a long run, on a day with
as many minutes free (strength and mobility taken off) as the way to the goal needs that week, or, where
only a faster way comes there, as the longest run before it needs. Each minute of room that is missing
counts against the plan, and no long run at all as much as the whole length of one.

Why: the goal is reached by the long run; where it lies is custom (our convention).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import Kind, Plan
from planner.request import Request
from planner.rule import Breach, Cost, Stage, Tier
from rules.sentences import plain_date

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from planner.placing import Places

SUPPORT = (Kind.STRENGTH, Kind.MOBILITY)


class LongRunDay:
    """Room for the long run that the goal needs."""

    name = "long-run-day"
    title = "A long run each week, where there is room for it"
    stage = Stage.PLACE
    tier = Tier.ROOM
    sources = ("ours",)

    def post(self, request: Request, places: Places, model: CpModel) -> Cost:
        costs = []
        for week in range(request.weeks):
            needed = request.long_room_needed(week)
            if not needed:
                continue
            days = request.days_in(week)
            costs.append((1 - sum(places.on(d, Kind.LONG_RUN) for d in days)) * needed)
            for day in days:
                if places.can(day, Kind.LONG_RUN):
                    costs.extend(self._short_of_room(request, places, day, needed))
        return sum(costs)

    def _short_of_room(
        self, request: Request, places: Places, day: int, needed: int
    ) -> Iterator[Cost]:
        long = places.on(day, Kind.LONG_RUN)
        alone = max(needed - request.available_minutes[day], 0)
        yield long * alone
        for kind in SUPPORT:
            left = max(request.available_minutes[day] - request.support_minutes(day, kind), 0)
            more = max(needed - left, 0) - alone
            if more and places.can(day, kind):
                yield places.both(long, places.on(day, kind)) * more

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        for week in range(request.weeks):
            needed = request.long_room_needed(week)
            days = request.days_in(week)
            long = [day for day in days if ledger.has(day, Kind.LONG_RUN)]
            short = needed - max((self._room(request, ledger, day) for day in long), default=0)
            if needed and short > 0:
                said = f"has {needed - short} minutes of room" if long else "is not there"
                yield Breach(
                    rule=self.name,
                    days=tuple(request.date_of(day) for day in long or days[:1]),
                    reason=f"The long run in the week of {plain_date(request.date_of(days[0]))} {said}; "
                    f"the goal needs {needed} minutes.",
                    cost=short,
                )

    def _room(self, request: Request, ledger: Ledger, day: int) -> int:
        beside = sum(s.minutes for s in ledger.sessions(day) if s.kind in SUPPORT)
        return max(request.available_minutes[day] - round(beside), 0)
