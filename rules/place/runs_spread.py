"""Running days spread over the week, with a second rest day where there is room.

Two running days in a row count against the plan where no limit forbids them.

Why: a day between runs is soft for a runner with no or little pain (return-to-run protocols, D).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import Plan
from planner.request import Request
from planner.rule import Breach, Cost, Stage, Tier
from rules.sentences import plain_date

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from planner.placing import Places


class RunsSpread:
    """A day between runs, as a wish."""

    name = "runs-spread"
    title = "A day between runs, where it can be"
    stage = Stage.PLACE
    tier = Tier.PREFERENCES
    sources = ("C1", "M5", "M6a")

    def post(self, request: Request, places: Places, model: CpModel) -> Cost:
        cost = request.limits.need(self.name, "cost")
        return sum(
            places.both(places.run(day - 1), places.run(day)) * cost
            for day in range(1, request.days)
        )

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        for day in range(1, request.days):
            if ledger.ran(day - 1) and ledger.ran(day):
                yield Breach(
                    rule=self.name,
                    days=(request.date_of(day - 1), request.date_of(day)),
                    reason=f"Runs on {plain_date(request.date_of(day - 1))} and the day after.",
                    cost=request.limits.need(self.name, "cost"),
                )
