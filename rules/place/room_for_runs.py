"""Runs and walks on days with time for them.

Of each run on a day that has less time left beside strength or mobility than the week's easy run needs
the missing minutes count against the plan, in steps of five; a walk likewise by the week's walk. Where
the goal needs longer runs than that, it is their minutes that count, one by one.

Why: it keeps the easy runs of a week alike (our convention).
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
EVEN = (Kind.EASY_RUN, Kind.HARD_RUN)


def _steps(minutes: int, step: int) -> int:
    return -(-max(minutes, 0) // step)


class RoomForRuns:
    """Easy runs, hard runs and walks where they fit whole."""

    name = "room-for-runs"
    title = "Runs and walks on days with time for them"
    stage = Stage.PLACE
    tier = Tier.PREFERENCES
    sources = ("ours",)

    def post(self, request: Request, places: Places, model: CpModel) -> Cost:
        costs: list[Cost] = []
        for day in range(request.days):
            week = request.week_of(day)
            easy, walk = request.easy_room_needed(week), request.walk_minutes_needed(week)
            costs.extend(self._short(request, places, day, EVEN, easy))
            costs.extend(self._short(request, places, day, (Kind.WALK,), walk))
        return sum(costs)

    def _short(
        self, request: Request, places: Places, day: int, kinds: tuple[Kind, ...], needed: int
    ) -> Iterator[Cost]:
        step = self._step(request)
        held = places.on(day, *kinds)
        alone = _steps(needed - request.available_minutes[day], step)
        yield held * alone
        for kind in SUPPORT:
            left = request.available_minutes[day] - request.support_minutes(day, kind)
            more = _steps(needed - left, step) - alone
            if more and places.can(day, kind) and any(places.can(day, k) for k in kinds):
                yield places.both(held, places.on(day, kind)) * more

    def _step(self, request: Request) -> int:
        """Minutes that cost one."""
        key = "goal_step_minutes" if request.easy_room_minutes else "step_minutes"
        return request.limits.need(self.name, key)

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        step = self._step(request)
        for day in range(request.days):
            week = request.week_of(day)
            beside = sum(s.minutes for s in ledger.sessions(day) if s.kind in SUPPORT)
            left = request.available_minutes[day] - round(beside)
            short = 0
            if ledger.has(day, *EVEN):
                short += _steps(request.easy_room_needed(week) - left, step)
            if ledger.has(day, Kind.WALK):
                short += _steps(request.walk_minutes_needed(week) - left, step)
            if short:
                on = plain_date(request.date_of(day))
                has = f"has {max(left, 0)} min for a run or walk"
                yield Breach(
                    rule=self.name,
                    days=(request.date_of(day),),
                    reason=f"{f'You are away on {on}' if request.away[day] else f'{on} {has}'}; "
                    "the week's sessions want more.",
                    cost=short,
                )
