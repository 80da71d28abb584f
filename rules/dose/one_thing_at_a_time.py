"""When healthy: rather not more running and more hard minutes in the same week.

A wish; in mild and after a flare it is a limit (volume-or-intensity). A week that raises both
counts against the plan as much as a few minutes off what the week should hold (smooth-ramp).

Why: a trial found neither way of progressing worse (Run Clever 2018, 447 runners); consensus, grade D.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import Plan, State
from planner.request import Request
from planner.rule import Breach, Cost, Stage, Tier
from rules.sentences import plain_date

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from planner.doses import Doses

UNKNOWN_BEFORE = 0


class OneThingAtATime:
    """The wish of a healthy runner."""

    name = "one-thing-at-a-time"
    title = "When healthy, rather not more running and more hard minutes in one week"
    stage = Stage.DOSE
    tier = Tier.RAMP
    sources = ("P12", "ours")

    def post(self, request: Request, doses: Doses, model: CpModel) -> Cost:
        costs = []
        for week in range(request.weeks):
            intense = self._intense(request, doses, week)
            if isinstance(intense, int) or not self._holds(request, week):
                continue
            before = self._intense(request, doses, week - 1) if week else UNKNOWN_BEFORE
            calm, full = model.new_bool_var(f"calm@{week}"), model.new_bool_var(f"full@{week}")
            both = model.new_bool_var(f"both@{week}")
            model.add(intense <= before).only_enforce_if(calm)
            model.add(doses.week_run(week) <= doses.week_run(week - 1)).only_enforce_if(~full)
            model.add(both >= full - calm)
            costs.append(both * request.limits.need(self.name, "cost"))
        return sum(costs)

    def _intense(self, request: Request, doses: Doses, week: int) -> Cost:
        return sum(doses.intense(day) for day in request.days_in(week))

    def _holds(self, request: Request, week: int) -> bool:
        return request.states_in(week) == (State.HEALTHY,)

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
                    cost=request.limits.need(self.name, "cost"),
                )
