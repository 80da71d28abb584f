"""Strength not on the day before a long or hard run.

Strength on the same day or two days before keeps it; the day before misses the wish.

Why: tired legs make a long day harder; custom (our convention).
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

FRESH = (Kind.LONG_RUN, Kind.HARD_RUN)


class StrengthBeforeHard:
    """Fresh legs for the long and the hard run."""

    name = "strength-before-hard"
    title = "No strength on the day before a long or hard run"
    stage = Stage.PLACE
    tier = Tier.PREFERENCES
    sources = ("ours",)

    def post(self, request: Request, places: Places, model: CpModel) -> Cost:
        cost = request.limits.need(self.name, "cost")
        tired = []
        for day in range(1, request.days):
            if places.can(day - 1, Kind.STRENGTH) and any(places.can(day, k) for k in FRESH):
                both = places.both(places.on(day - 1, Kind.STRENGTH), places.on(day, *FRESH))
                tired.append(both * cost)
        return sum(tired)

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        for day in range(1, request.days):
            if ledger.has(day - 1, Kind.STRENGTH) and ledger.has(day, *FRESH):
                yield Breach(
                    rule=self.name,
                    days=(request.date_of(day - 1), request.date_of(day)),
                    reason=f"Strength on {plain_date(request.date_of(day - 1))}, the day before the "
                    f"long or hard run of {plain_date(request.date_of(day))}.",
                    cost=request.limits.need(self.name, "cost"),
                )
