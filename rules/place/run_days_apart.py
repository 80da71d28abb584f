"""No running on two days in a row where the back or the runner needs a day between.

That is in the states moderate and returning, beside any run/walk session, and for a runner new to
running. Run, rest, run keeps it; run/walk on Monday and Tuesday breaks it.

Why: at least one day of rest between runs in Couch to 5K and in return-to-run protocols (grade D).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import Kind, Plan, State
from planner.request import Experience, Request
from planner.rule import Breach, Cost, Stage, Tier

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from planner.placing import Places

CAREFUL = (State.MODERATE, State.RETURNING)


class RunDaysApart:
    """A day without running between runs."""

    name = "run-days-apart"
    title = "A day without running between runs, when care is needed"
    stage = Stage.PLACE
    tier = Tier.LIMIT
    sources = ("I4", "M5", "M6a")

    def post(self, request: Request, places: Places, model: CpModel) -> Cost:
        for day in range(request.days):
            today, before = places.run(day), places.run(day - 1)
            states = {request.states[max(day - 1, 0)], request.states[day]}
            if request.experience is Experience.NEW or states & set(CAREFUL):
                model.add(before + today <= 1)
            else:
                model.add(places.on(day - 1, Kind.RUN_WALK) + today <= 1)
                model.add(before + places.on(day, Kind.RUN_WALK) <= 1)
        return 0

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        for day in range(request.days):
            if not (ledger.ran(day - 1) and ledger.ran(day)):
                continue
            why = self._why(request, ledger, day)
            if why:
                yield Breach(
                    rule=self.name,
                    days=(request.date_of(day - 1), request.date_of(day)),
                    reason=f"Running on {request.date_of(day - 1):%a %d %b} and again on "
                    f"{request.date_of(day):%a %d %b}: {why} needs a day between.",
                )

    def _why(self, request: Request, ledger: Ledger, day: int) -> str:
        if request.experience is Experience.NEW:
            return "a runner new to running"
        careful = [
            request.states[d] for d in (max(day - 1, 0), day) if request.states[d] in CAREFUL
        ]
        if careful:
            return f"a back that is {careful[0].value}"
        if ledger.has(day - 1, Kind.RUN_WALK) or ledger.has(day, Kind.RUN_WALK):
            return "a run/walk session"
        return ""
