"""One hard run in each week that is ready for it.

A week is ready when the runner has the base for it and the way to the goal holds hard minutes there.
A week without one counts a little against the plan.

Why: custom (our convention); a hard run is never needed, so every limit comes before it.
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


class HardRunWeek:
    """A hard run where the runner is ready for it."""

    name = "hard-run-week"
    title = "One hard run in a week that is ready for it"
    stage = Stage.PLACE
    tier = Tier.PREFERENCES
    sources = ("ours",)

    def post(self, request: Request, places: Places, model: CpModel) -> Cost:
        cost = request.limits.need(self.name, "cost")
        return sum(
            (1 - sum(places.on(day, Kind.HARD_RUN) for day in request.days_in(week))) * cost
            for week in range(request.weeks)
            if request.hard_minutes_wanted(week)
        )

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        for week in range(request.weeks):
            days = request.days_in(week)
            held = sum(s.kind is Kind.HARD_RUN for day in days for s in ledger.sessions(day))
            if request.hard_minutes_wanted(week) and held != 1:
                yield Breach(
                    rule=self.name,
                    days=(request.date_of(days[0]),),
                    reason=f"{held} hard runs in the week of {plain_date(request.date_of(days[0]))}, "
                    "which is ready for one.",
                    cost=abs(1 - held) * request.limits.need(self.name, "cost"),
                )
