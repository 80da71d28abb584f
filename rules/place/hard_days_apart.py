"""48 hours between long runs, hard runs and races.

Long run on Saturday and hard run on Monday keep it; on Sunday it breaks.

Why: 48 hours between efforts is from strength work (ACSM, grade D); for running it is custom.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import DEMANDING, Plan
from planner.request import Request
from planner.rule import Breach, Cost, Stage, Tier
from rules.sentences import plain_date

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from planner.placing import Places


class HardDaysApart:
    """Never a long run, a hard run or a race on two days in a row."""

    name = "hard-days-apart"
    title = "48 hours between long runs, hard runs and races"
    stage = Stage.PLACE
    tier = Tier.LIMIT
    sources = ("I2", "ours")

    def post(self, request: Request, places: Places, model: CpModel) -> Cost:
        gap = request.limits.need(self.name, "gap_days")
        for day in range(request.days):
            for other in range(day - gap, day):
                model.add(places.demanding(other) + places.demanding(day) <= 1)
        return 0

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        gap = request.limits.need(self.name, "gap_days")
        for day in range(request.days):
            for other in range(day - gap, day):
                if ledger.has(other, *DEMANDING) and ledger.has(day, *DEMANDING):
                    yield Breach(
                        rule=self.name,
                        days=(request.date_of(other), request.date_of(day)),
                        reason=f"{plain_date(request.date_of(other))} and "
                        f"{plain_date(request.date_of(day))} are both demanding; "
                        f"{24 * (gap + 1)} hours belong between them.",
                    )
