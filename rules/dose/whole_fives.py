"""Runs in whole fives of minutes where the limits leave room.

35 and 40 keep it; 38 counts a little against the plan. Runs under a quarter of an hour are left alone.

Why: it reads well (our convention).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import HUNDREDTHS, Kind, Plan, minutes_text
from planner.request import Request
from planner.rule import Breach, Cost, Stage, Tier
from rules.sentences import plain_date

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from planner.doses import Doses

NEAT = (Kind.EASY_RUN, Kind.LONG_RUN, Kind.HARD_RUN)


class WholeFives:
    """Round numbers."""

    name = "whole-fives"
    title = "Runs in whole fives of minutes, where there is room"
    stage = Stage.DOSE
    tier = Tier.RAMP
    sources = ("ours",)

    def post(self, request: Request, doses: Doses, model: CpModel) -> Cost:
        five = request.limits.need(self.name, "step_minutes") * HUNDREDTHS
        least = request.limits.need(self.name, "from_minutes") * HUNDREDTHS
        cost = request.limits.need(self.name, "cost")
        days = [day for day in doses.run_days if doses.kind(day) in NEAT]
        return sum(doses.uneven(doses.run(day), five, least) * cost for day in days)

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        five = request.limits.need(self.name, "step_minutes") * HUNDREDTHS
        least = request.limits.need(self.name, "from_minutes") * HUNDREDTHS
        for day in range(request.days):
            uneven = [run for run in ledger.runs(day) if run >= least and run % five]
            if uneven and ledger.has(day, *NEAT):
                yield Breach(
                    rule=self.name,
                    days=(request.date_of(day),),
                    reason=f"{minutes_text(uneven[0] / 100)} min on {plain_date(request.date_of(day))} "
                    "is no round number.",
                    cost=request.limits.need(self.name, "cost"),
                )
