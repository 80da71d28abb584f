"""Not more running and more hard minutes in the same week.

A limit in mild and after a flare; a wish when healthy (one-thing-at-a-time). More hard minutes in a
week with no more running than the week before keep it.

Why: a trial found neither way of progressing worse (Run Clever 2018, 447 runners); that they should not
come together is consensus (grade D).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import Plan
from planner.request import Request
from planner.rule import Breach, Cost, Stage, Tier
from rules.sentences import plain_date

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from planner.doses import Doses

UNKNOWN_BEFORE = 0


class VolumeOrIntensity:
    """One thing at a time."""

    name = "volume-or-intensity"
    title = "Not more running and more hard minutes in the same week"
    stage = Stage.DOSE
    tier = Tier.LIMIT
    sources = ("P12", "ours")

    def post(self, request: Request, doses: Doses, model: CpModel) -> Cost:
        for week in range(request.weeks):
            intense = self._intense(request, doses, week)
            if isinstance(intense, int) or not self._holds(request, week):
                continue
            before = self._intense(request, doses, week - 1) if week else UNKNOWN_BEFORE
            harder = model.new_bool_var(f"harder@{week}")
            model.add(intense <= before).only_enforce_if(~harder)
            model.add(doses.week_run(week) <= doses.week_run(week - 1)).only_enforce_if(harder)
        return 0

    def _intense(self, request: Request, doses: Doses, week: int) -> Cost:
        return sum(doses.intense(day) for day in request.days_in(week))

    def _holds(self, request: Request, week: int) -> bool:
        return request.rule_limit_in(self.name, "rises_max", week) is not None

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        before = float(UNKNOWN_BEFORE)
        for week in range(request.weeks):
            days = request.days_in(week)
            intense = sum(s.intense_minutes for day in days for s in ledger.sessions(day))
            harder, fuller = intense > before, ledger.week_run(week) > ledger.week_run(week - 1)
            before = intense
            if harder and fuller and self._holds(request, week):
                yield Breach(
                    rule=self.name,
                    days=tuple(request.date_of(day) for day in days),
                    reason=f"More running and more hard minutes in the week of "
                    f"{plain_date(request.date_of(days[0]))}; one at a time.",
                )
