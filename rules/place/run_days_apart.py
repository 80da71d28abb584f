"""No running on two days in a row where the back or the runner needs a day between.

That is in the states moderate and returning, beside any run/walk session, and for a runner new to
running. Run, rest, run keeps it; run/walk on Monday and Tuesday breaks it.

Why: at least one day of rest between runs in Couch to 5K and in return-to-run protocols (grade D).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import Kind, Plan, State
from planner.request import Experience, Request
from planner.rule import Breach, Cost, Stage, Tier
from rules.sentences import plain_date

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from planner.placing import Places

CAREFUL = {State.MODERATE: "moderate pain", State.RETURNING: "the way back after a flare"}


class RunDaysApart:
    """A day without running between runs."""

    name = "run-days-apart"
    title = "A day without running between runs, when care is needed"
    stage = Stage.PLACE
    tier = Tier.LIMIT
    sources = ("C1", "M5", "M6a")

    def post(self, request: Request, places: Places, model: CpModel) -> Cost:
        gap = request.limits.need(self.name, "gap_days")
        for day in range(request.days):
            for other in range(day - gap, day):
                today, before = places.run(day), places.run(other)
                states = {request.states[max(other, 0)], request.states[day]}
                if request.experience is Experience.NEW or states & set(CAREFUL):
                    model.add(before + today <= 1)
                else:
                    model.add(places.on(other, Kind.RUN_WALK) + today <= 1)
                    model.add(before + places.on(day, Kind.RUN_WALK) <= 1)
        return 0

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        gap = request.limits.need(self.name, "gap_days")
        between = "a day" if gap == 1 else f"{gap} days"
        ran = [day for day in range(-gap, request.days) if ledger.ran(day)]
        for before, day in itertools.combinations(ran, 2):
            near = day >= 0 and day - before <= gap
            why = self._why(request, ledger, before, day) if near else ""
            if why:
                yield Breach(
                    rule=self.name,
                    days=(request.date_of(before), request.date_of(day)),
                    reason=f"Running on {plain_date(request.date_of(before))} and again on "
                    f"{plain_date(request.date_of(day))}: {why} needs {between} between.",
                )

    def _why(self, request: Request, ledger: Ledger, before: int, day: int) -> str:
        if request.experience is Experience.NEW:
            return "a runner new to running"
        careful = [request.states[d] for d in (max(before, 0), day) if request.states[d] in CAREFUL]
        if careful:
            return CAREFUL[careful[0]]
        if ledger.has(before, Kind.RUN_WALK) or ledger.has(day, Kind.RUN_WALK):
            return "a run/walk session"
        return ""
