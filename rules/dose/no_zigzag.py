"""The long run does not go down from week to week, but for lighter weeks and before a race.

40, 45, 30 (lighter week), 45 keeps it; 45, 40, 45 without a reason is five minutes off.

Why: up and down is harder to bear than even growth (our convention).
"""

from __future__ import annotations

import itertools
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


class NoZigzag:
    """No step down that nothing asks for."""

    name = "no-zigzag"
    title = "No step down in the long run that nothing asks for"
    stage = Stage.DOSE
    tier = Tier.RAMP
    sources = ("ours",)

    def post(self, request: Request, doses: Doses, model: CpModel) -> Cost:
        costs = []
        days = [day for day in doses.run_days if doses.kind(day) is Kind.LONG_RUN]
        steady = [day for day in days if request.is_steady_week(request.week_of(day))]
        for day, following in itertools.pairwise(steady):
            costs.append(doses.over(doses.run(day) - doses.run(following), HUNDREDTHS))
        return sum(costs)

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        steady = [
            day
            for day in range(request.days)
            if ledger.has(day, Kind.LONG_RUN) and request.is_steady_week(request.week_of(day))
        ]
        for day, following in itertools.pairwise(steady):
            drop = ledger.longest_run(day, day) - ledger.longest_run(following, following)
            if drop > 0:
                yield Breach(
                    rule=self.name,
                    days=(request.date_of(day), request.date_of(following)),
                    reason=f"The long run goes down by {minutes_text(drop / 100)} min to "
                    f"{plain_date(request.date_of(following))}.",
                    cost=-(-drop // HUNDREDTHS),
                )
