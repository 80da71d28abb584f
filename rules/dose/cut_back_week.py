"""A lighter week every fourth week: 20 to 30 percent less running than the week before.

100 minutes, then 70 to 80, keeps it. Each minute outside that counts against the plan.

Why: custom (grade F for injuries); blocks with a lighter fourth week did as well or better than steady
ones for fitness in one trial (Costa 2019).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import HUNDREDTHS, Plan, State, minutes_text
from planner.request import Request
from planner.rule import Breach, Cost, Stage, Tier
from rules.sentences import plain_date

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from planner.doses import Doses


class CutBackWeek:
    """A lighter week every so often."""

    name = "cut-back-week"
    title = "A lighter week every fourth week"
    stage = Stage.DOSE
    tier = Tier.RAMP
    sources = ("P13a", "P13b")

    def post(self, request: Request, doses: Doses, model: CpModel) -> Cost:
        low, high = self._band(request)
        costs = []
        for week in range(request.weeks):
            if request.week_wishes[week].cut_back:
                now, before = doses.week_run(week), doses.week_run(week - 1)
                costs.append(doses.over(100 * now - high * before, 100 * HUNDREDTHS))
                costs.append(doses.over(low * before - 100 * now, 100 * HUNDREDTHS))
        return sum(costs)

    def _band(self, request: Request) -> tuple[int, int]:
        """The percent of the week before that a cut-back week should hold: least and most."""
        need = request.limits.need
        most_cut = need(self.name, "cut_max_percent", State.MILD)
        least_cut = need(self.name, "cut_min_percent", State.MILD)
        return 100 - most_cut, 100 - least_cut

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        low, high = self._band(request)
        for week in range(request.weeks):
            if not request.week_wishes[week].cut_back:
                continue
            now, before = ledger.week_run(week), ledger.week_run(week - 1)
            off = max(100 * now - high * before, low * before - 100 * now, 0)
            if off:
                yield Breach(
                    rule=self.name,
                    days=tuple(request.date_of(day) for day in request.days_in(week)),
                    reason=f"{minutes_text(now / 100)} min in the lighter week of "
                    f"{plain_date(request.date_of(request.days_in(week)[0]))}, after "
                    f"{minutes_text(before / 100)}.",
                    cost=-(-off // (100 * HUNDREDTHS)),
                )
