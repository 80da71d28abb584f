"""No running and no strength in a flare; walking stays.

A walk on a flare day keeps it; a run, however short, breaks it. Never relaxed.

Why: staying active beats bed rest (Cochrane review, grade A), while running into a pain above 5 of
10 is outside every pain-monitoring model (grade D for the back).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import Kind, Plan, State
from planner.request import Request
from planner.rule import Breach, Cost, Stage, Tier
from rules.sentences import plain_date

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from planner.placing import Places


class FlareRest:
    """Walking instead of running while the back flares."""

    name = "flare-rest"
    title = "No running and no strength in a flare; walking stays"
    stage = Stage.PLACE
    tier = Tier.LIMIT
    sources = ("B16a", "B16b", "M1b", "ours")

    def post(self, request: Request, places: Places, model: CpModel) -> Cost:
        for day in range(request.days):
            if request.states[day] is State.FLARE:
                model.add(places.run(day) + places.on(day, Kind.STRENGTH) == 0)
        return 0

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        for day in range(request.days):
            loaded = ledger.ran(day) or ledger.has(day, Kind.STRENGTH)
            if request.states[day] is State.FLARE and loaded:
                what = "Running" if ledger.ran(day) else "Strength"
                yield Breach(
                    rule=self.name,
                    days=(request.date_of(day),),
                    reason=f"{what} on {plain_date(request.date_of(day))}, during a flare; "
                    "only walking and gentle mobility belong there.",
                )
