"""No day fuller than the time the runner gave it.

A day of 45 minutes holds 35 of running and 10 of mobility; 36 and 10 break it. Walking breaks count,
a race takes the time it takes.

Why: the runner said so (our convention).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import HUNDREDTHS, Kind, Plan, hundredths, minutes_text
from planner.request import Request
from planner.rule import Breach, Cost, Stage, Tier
from rules.sentences import plain_date

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from planner.doses import Doses


class Time:
    """The minutes of each day."""

    name = "time"
    title = "No day fuller than the time you gave it"
    stage = Stage.DOSE
    tier = Tier.LIMIT
    sources = ("ours",)

    def post(self, request: Request, doses: Doses, model: CpModel) -> Cost:
        for day in range(request.days):
            if not doses.placement[day]:
                continue
            total = doses.total(day)
            if doses.kind(day) is Kind.RACE:
                total -= doses.run(day)
            model.add(total <= request.available_minutes[day] * HUNDREDTHS)
        return 0

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        for day in range(request.days):
            sessions = ledger.sessions(day)
            total = sum(hundredths(s.minutes) for s in sessions if s.kind is not Kind.RACE)
            available = request.available_minutes[day]
            if total > available * 100:
                given = f"you gave this day {available or 'no time'}"
                yield Breach(
                    rule=self.name,
                    days=(request.date_of(day),),
                    reason=f"{minutes_text(total / 100)} min on {plain_date(request.date_of(day))}; "
                    f"{'you are away' if request.away[day] else given}.",
                )
