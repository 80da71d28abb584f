"""Nothing on a day without time, and nothing on a day away.

A race takes the time it takes, on a day that is not away.
Keeps it: a rest day on a Tuesday without minutes. Breaks it: a walk on that Tuesday.

Why: the runner said so; a plan that ignores it is no plan (our convention).
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


class ClosedDays:
    """No session where there is no time or the runner is away."""

    name = "closed-days"
    title = "Nothing on days without time or days away"
    stage = Stage.PLACE
    tier = Tier.LIMIT
    sources = ("ours",)

    def post(self, request: Request, places: Places, model: CpModel) -> Cost:
        for day in range(request.days):
            if request.away[day]:
                model.add(places.on(day, *Kind) == 0)
            elif request.available_minutes[day] == 0:
                model.add(places.on(day, *(kind for kind in Kind if kind is not Kind.RACE)) == 0)
        return 0

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        for day in range(request.days):
            held = [s for s in ledger.sessions(day) if request.away[day] or s.kind is not Kind.RACE]
            if held and (request.away[day] or request.available_minutes[day] == 0):
                why = "you are away" if request.away[day] else "you gave this day no time"
                yield Breach(
                    rule=self.name,
                    days=(request.date_of(day),),
                    reason=f"{held[0].title} is planned on {plain_date(request.date_of(day))}, but "
                    f"{why}.",
                )
