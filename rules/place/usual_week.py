"""The same weekdays from week to week, unless something forces a change.

Each session on another weekday than in the runner's usual week counts against the plan. A run is a run
here, whatever its kind; the long and the hard run have their own usual day beside that.

Why: a habit is easier to keep (our convention).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import RUNS, Kind, Plan
from planner.request import Request
from planner.rule import Breach, Cost, Stage, Tier
from rules.sentences import plain_date

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from planner.placing import Places

GROUPS = {
    "run": RUNS,
    "long_run": (Kind.LONG_RUN,),
    "hard_run": (Kind.HARD_RUN,),
    "walk": (Kind.WALK,),
    "strength": (Kind.STRENGTH,),
    "mobility": (Kind.MOBILITY,),
}


class UsualWeek:
    """Sessions on their usual weekdays."""

    name = "usual-week"
    title = "The same weekdays from week to week"
    stage = Stage.PLACE
    tier = Tier.PREFERENCES
    sources = ("ours",)

    def post(self, request: Request, places: Places, model: CpModel) -> Cost:
        cost = request.limits.need(self.name, "cost")
        return sum(
            places.on(day, *kinds) * cost
            for day in range(request.days)
            for group, kinds in GROUPS.items()
            if request.usual_week and group not in request.usual_week[request.weekday(day)]
            if day != request.race_day
        )

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        for day in range(request.days):
            if not request.usual_week or day == request.race_day:
                continue
            usual = request.usual_week[request.weekday(day)]
            unusual = [
                session
                for session in ledger.sessions(day)
                for group, kinds in GROUPS.items()
                if session.kind in kinds and group not in usual
            ]
            if unusual:
                yield Breach(
                    rule=self.name,
                    days=(request.date_of(day),),
                    reason=f"{unusual[0].title} on {plain_date(request.date_of(day))} "
                    "is not on its usual weekday.",
                    cost=len(unusual) * request.limits.need(self.name, "cost"),
                )
