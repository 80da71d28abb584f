"""The first run after a flare is a small one, by the days since the last run.

Up to 5 days: three quarters of the last comfortable run; 6 to 14 days: half; 15 to 28 days: half, and
no more than stage 5 of the ladder; longer: the ladder's first stage. So it is where runs were rated and
none of them is known to have been comfortable.

Why: 50, 65, 80 percent smooth what coaches advise (grade F) so that no step is above 30 percent; the
cut-offs are our convention.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import Plan, State, minutes_text
from planner.request import Request
from planner.rule import Breach, Cost, Stage, Tier
from rules.sentences import plain_date

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from planner.doses import Doses


class RestartDose:
    """How much the first run after a flare may hold."""

    name = "restart-dose"
    title = "A small first run after a flare"
    stage = Stage.DOSE
    tier = Tier.LIMIT
    sources = ("M9", "ours")

    def post(self, request: Request, doses: Doses, model: CpModel) -> Cost:
        restart = request.restart
        if restart is None or doses.earlier_run_days(restart.day, 0):
            return 0
        days = [day for day in doses.run_days if day >= restart.day]
        for place, day in enumerate(days):
            if request.states[day] is not State.RETURNING:
                continue
            # The first run placed is the first run, but where it is left out.
            begun = model.new_bool_var(f"begun@{day}")
            model.add(sum(doses.run(other) for other in days[:place]) >= begun)
            model.add(doses.run(day) <= request.first_restart_hundredths(day)).only_enforce_if(
                ~begun
            )
        return 0

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        restart = request.restart
        if restart is None:
            return
        ledger = Ledger(request, plan)
        ran = [day for day in range(restart.day, request.days) if ledger.longest_run(day, day)]
        # A first run before the plan is a fact.
        if not ran or ran[0] < 0 or request.states[ran[0]] is not State.RETURNING:
            return
        most, run = request.first_restart_hundredths(ran[0]), ledger.longest_run(ran[0], ran[0])
        if run > most:
            yield Breach(
                rule=self.name,
                days=(request.date_of(ran[0]),),
                reason=f"{minutes_text(run / 100)} min of running on "
                f"{plain_date(request.date_of(ran[0]))}, the first run after the flare; at most "
                f"{minutes_text(most / 100)}{self._why_so_little(request)}.",
            )

    def _why_so_little(self, request: Request) -> str:
        """That there is no run to take a share of, where that is why."""
        restart = request.restart
        if restart is None or restart.last_run_hundredths or not restart.days_since_last_run:
            return ""
        pain = request.limits.need("clean-run", "during_max_tenths") / 10
        return f", as no run before it was rated {minutes_text(pain)} or less during it"
