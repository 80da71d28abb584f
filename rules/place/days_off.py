"""No running on the first days after a set-back.

With two days off from Monday, a run on Wednesday keeps it, a run on Tuesday breaks it. Walking and
strength stay where the other limits allow them.

Why: sore during a session, one day off; sore from the start, two (Fees 1998, grade D, written for
weight training of the arms).
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


class DaysOff:
    """A day or two without running."""

    name = "days-off"
    title = "No running on the first days after a set-back"
    stage = Stage.PLACE
    tier = Tier.LIMIT
    sources = ("M7", "ours")

    def post(self, request: Request, places: Places, model: CpModel) -> Cost:
        if request.setback is not None:
            # A plan may be shorter than the days off.
            for day in range(min(request.setback.days_off, request.days)):
                model.add(places.run(day) == 0)
        return 0

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        off = 0 if request.setback is None else request.setback.days_off
        ledger = Ledger(request, plan)
        for day in range(request.days):
            if day < off and ledger.ran(day):
                yield Breach(
                    rule=self.name,
                    days=(request.date_of(day),),
                    reason=f"Running on {plain_date(request.date_of(day))}; after the set-back there is "
                    f"none before {plain_date(request.date_of(off))}.",
                )
