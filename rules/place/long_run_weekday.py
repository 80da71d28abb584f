"""The long run on the weekday that was wished for.

Why: it is what the runner asked for; without a wish the day with most time is taken.
"""

from __future__ import annotations

from collections.abc import Iterator

from ortools.sat.python.cp_model import CpModel

from planner.ledger import Ledger
from planner.placing import Places
from planner.plan import Kind, Plan
from planner.request import Request
from planner.rule import Breach, Cost, Stage, Tier


class LongRunWeekday:
    """The long run where the runner wants it."""

    name = "long-run-weekday"
    title = "The long run on the day you wished for"
    stage = Stage.PLACE
    tier = Tier.PREFERENCES
    sources = ("ours",)

    def post(self, request: Request, places: Places, model: CpModel) -> Cost:
        cost = request.limits.need(self.name, "cost")
        wished = request.wishes.long_run_weekday
        days = [d for d in range(request.days) if wished is not None and request.weekday(d) != wished]
        return sum(places.on(day, Kind.LONG_RUN) * cost for day in days)

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        wished = request.wishes.long_run_weekday
        for day in range(request.days):
            elsewhere = wished is not None and request.weekday(day) != wished
            if elsewhere and ledger.has(day, Kind.LONG_RUN):
                yield Breach(
                    rule=self.name,
                    days=(request.date_of(day),),
                    reason=f"The long run is on {request.date_of(day):%a %d %b}, "
                    "not on the weekday you wished for.",
                    cost=request.limits.need(self.name, "cost"),
                )
