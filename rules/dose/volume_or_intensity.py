"""Not more running and more hard minutes in the same week.

More hard minutes in a week with no more running than the week before keep it.

Why: a trial found neither way of progressing worse (Run Clever 2018, 447 runners); that they should not
come together is consensus (grade D).
"""

from __future__ import annotations

from collections.abc import Iterator

from ortools.sat.python.cp_model import CpModel

from planner.dosing import MINUTE, Doses
from planner.ledger import Ledger
from planner.plan import Plan, State
from planner.request import Request
from planner.rule import Breach, Cost, Stage, Tier

UNKNOWN_BEFORE = 0


class VolumeOrIntensity:
    """One thing at a time."""

    name = "volume-or-intensity"
    title = "Not more running and more hard minutes in the same week"
    stage = Stage.DOSE
    tier = Tier.RAMP
    sources = ("P12", "ours")

    def post(self, request: Request, doses: Doses, model: CpModel) -> Cost:
        costs = []
        for week in range(request.weeks):
            intense = self._intense(request, doses, week)
            if isinstance(intense, int) or self._strictest(request, week) is None:
                continue
            before = self._intense(request, doses, week - 1) if week else UNKNOWN_BEFORE
            harder = model.new_bool_var(f"harder@{week}")
            model.add(intense <= before).only_enforce_if(~harder)
            if self._is_limit(request, week):
                model.add(doses.week_run(week) <= doses.week_run(week - 1)).only_enforce_if(harder)
                continue
            fuller = model.new_bool_var(f"fuller@{week}")
            model.add(doses.week_run(week) <= doses.week_run(week - 1)).only_enforce_if(~fuller)
            both = model.new_bool_var(f"both@{week}")
            model.add(both >= harder + fuller - 1)
            costs.append(both * request.limits.need(self.name, "cost"))
        return sum(costs)

    def _intense(self, request: Request, doses: Doses, week: int) -> Cost:
        return sum(doses.intense(day) for day in request.days_in(week))

    def _strictest(self, request: Request, week: int) -> int | None:
        return request.rule_limit_in(self.name, "rises_max", week)

    def _is_limit(self, request: Request, week: int) -> bool:
        return any(state is not State.HEALTHY for state in request.states_in(week))

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        before = float(UNKNOWN_BEFORE)
        for week in range(request.weeks):
            days = request.days_in(week)
            intense = sum(s.intense_minutes for day in days for s in ledger.sessions(day))
            harder, fuller = intense > before, ledger.week_run(week) > ledger.week_run(week - 1)
            before = intense
            if harder and fuller and self._strictest(request, week) is not None:
                limit = self._is_limit(request, week)
                yield Breach(
                    rule=self.name,
                    days=tuple(request.date_of(day) for day in days),
                    reason=f"More running and more hard minutes in the week of "
                    f"{request.date_of(days[0]):%d %b}; one at a time.",
                    cost=0 if limit else request.limits.need(self.name, "cost"),
                )
