"""Hard runs only where the back allows them.

None in a week with moderate or returning days, at most one (a race counts) in a week with mild
days. A healthy week has no cap from this rule.

Why: our convention; trials show no clear advantage of hard running and have no injury data.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import Kind, Plan
from planner.request import Request
from planner.rule import Breach, Cost, Stage, Tier

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from planner.placing import Places


class HardRuns:
    """A cap on hard runs in a week, by the strictest of its days."""

    name = "hard-runs"
    title = "Hard runs only where the back allows them"
    stage = Stage.PLACE
    tier = Tier.LIMIT
    sources = ("I1a", "I1b", "ours")

    def post(self, request: Request, places: Places, model: CpModel) -> Cost:
        for week in range(request.weeks):
            most = request.rule_limit_in(self.name, "max_in_week", week)
            if most is not None:
                days = request.days_in(week)
                hard = sum(places.on(day, Kind.HARD_RUN) for day in days)
                races = sum(places.on(day, Kind.RACE) for day in days)
                # A race alone is judged by its own rule: only beside it a hard run is too many.
                model.add(hard <= most)
                model.add(hard + races <= max(most, 1))
        return 0

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        for week in range(request.weeks):
            most = request.rule_limit_in(self.name, "max_in_week", week)
            hard = [d for d in request.days_in(week) if ledger.has(d, Kind.HARD_RUN)]
            races = [d for d in request.days_in(week) if ledger.has(d, Kind.RACE)]
            if most is None or (len(hard) <= most and len(hard) + len(races) <= max(most, 1)):
                continue
            days = sorted(hard + races)
            yield Breach(
                rule=self.name,
                days=tuple(request.date_of(d) for d in days),
                reason=f"{len(days)} hard days in the week of "
                f"{request.date_of(request.days_in(week)[0]):%d %b}; at most {most} there.",
            )
