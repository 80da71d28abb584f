"""The longest run no more than its share of the week.

With three runs a week up to 43 percent of the week's running (a third and ten points), never less
than 30. Each minute above counts against the plan.

Why: custom (grade F); no study supports a number.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import HUNDREDTHS, Kind, Plan, minutes_text
from planner.request import Request
from planner.rule import Breach, Cost, Stage, Tier
from rules.sentences import plain_date

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from planner.doses import Doses


class LongRunShare:
    """A long run that fits its week."""

    name = "long-run-share"
    title = "The longest run no more than its share of the week"
    stage = Stage.DOSE
    tier = Tier.RAMP
    sources = ("I5", "ours")

    def post(self, request: Request, doses: Doses, model: CpModel) -> Cost:
        costs = []
        for week in range(request.weeks):
            days = [day for day in doses.run_days if day in request.days_in(week)]
            share = self._share(request, week, len(days))
            if share is None or any(doses.kind(day) is Kind.RACE for day in days):
                continue
            longest = doses.highest([doses.run(day) for day in doses.leading(days)])
            volume = doses.week_run(week)
            above = longest * (100 * len(days)) - volume * share
            costs.append(doses.over(above, 100 * len(days) * HUNDREDTHS))
        return sum(costs)

    def _share(self, request: Request, week: int, runs: int) -> int | None:
        """The share, as percent times runs; None where none is set or one run is the week."""
        floor = request.rule_limit_in(self.name, "share_floor_percent", week)
        points = request.rule_limit_in(self.name, "above_equal_points", week)
        if points is None or runs < 2:
            return None
        return max((floor or 0) * runs, 100 + points * runs)

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        for week in range(request.weeks):
            days = request.days_in(week)
            runs = [run for day in days for run in ledger.runs(day)]
            share = self._share(request, week, len(runs))
            if share is None or any(ledger.has(day, Kind.RACE) for day in days):
                continue
            above = max(runs) * 100 * len(runs) - ledger.week_run(week) * share
            if above > 0:
                yield Breach(
                    rule=self.name,
                    days=tuple(request.date_of(day) for day in days),
                    reason=f"The longest run ({minutes_text(max(runs) / 100)} min) is more than "
                    f"{share // len(runs)} % of the week of {plain_date(request.date_of(days[0]))}.",
                    cost=-(-above // (100 * len(runs) * HUNDREDTHS)),
                )
