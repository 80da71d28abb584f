"""48 hours between strength sessions.

Strength on Monday and Wednesday keeps it; on Monday and Tuesday it breaks.

Why: at least 48 hours for the same muscles (ACSM position stand, Garber 2011, grade D).
"""

from __future__ import annotations

import itertools
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


class StrengthApart:
    """Never strength on two days in a row."""

    name = "strength-apart"
    title = "48 hours between strength sessions"
    stage = Stage.PLACE
    tier = Tier.LIMIT
    sources = ("I2",)

    def post(self, request: Request, places: Places, model: CpModel) -> Cost:
        gap = request.limits.need(self.name, "gap_days")
        for day in range(request.days):
            for other in range(day - gap, day):
                model.add(places.on(other, Kind.STRENGTH) + places.on(day, Kind.STRENGTH) <= 1)
        return 0

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        gap = request.limits.need(self.name, "gap_days")
        strong = [day for day in range(-gap, request.days) if ledger.has(day, Kind.STRENGTH)]
        for day, following in itertools.pairwise(strong):
            if following - day <= gap and following >= 0:
                yield Breach(
                    rule=self.name,
                    days=(request.date_of(day), request.date_of(following)),
                    reason=f"Strength on {plain_date(request.date_of(day))} and again on "
                    f"{plain_date(request.date_of(following))}; {24 * (gap + 1)} hours belong between "
                    "them.",
                )
