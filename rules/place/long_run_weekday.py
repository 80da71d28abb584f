"""The long run on the weekday that was wished for; without a wish, at the weekend.

Wished for on Sunday: Sunday keeps it, Saturday counts against the plan.

Why: it is what the runner asked for; late in the week it can build on the runs before it.
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

WEEKEND = (5, 6)


class LongRunWeekday:
    """The long run where the runner wants it."""

    name = "long-run-weekday"
    title = "The long run on the day you wished for"
    stage = Stage.PLACE
    tier = Tier.PREFERENCES
    sources = ("ours",)

    def post(self, request: Request, places: Places, model: CpModel) -> Cost:
        return sum(
            places.on(day, Kind.LONG_RUN) * self._cost(request, day) for day in range(request.days)
        )

    def _cost(self, request: Request, day: int) -> int:
        wished = request.wishes.long_run_weekday
        if wished is None:
            at_weekend = request.weekday(day) in WEEKEND
            return 0 if at_weekend else request.limits.need(self.name, "cost_unasked")
        at_wish = request.weekday(day) == wished
        return 0 if at_wish else request.limits.need(self.name, "cost")

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        for day in range(request.days):
            cost = self._cost(request, day)
            if cost and ledger.has(day, Kind.LONG_RUN):
                asked = request.wishes.long_run_weekday is not None
                where = "not on the weekday you wished for" if asked else "not at the weekend"
                yield Breach(
                    rule=self.name,
                    days=(request.date_of(day),),
                    reason=f"The long run is on {plain_date(request.date_of(day))}, {where}.",
                    cost=cost,
                )
