"""At most so many running days in any seven days.

With four allowed, four runs from Monday to Sunday keep it; five within any seven days break it.
Days before the plan count; the state of the seventh day gives the number.

Why: see limits.toml (our convention; at most four a week in return-to-run handouts, grade D).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import Plan
from planner.request import Request
from planner.rule import Breach, Cost, Stage, Tier
from rules.sentences import in_state, plain_date

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from planner.placing import Places


class RunDays:
    """A cap on running days in any seven days."""

    name = "run-days"
    title = "Not too many running days in any seven days"
    stage = Stage.PLACE
    tier = Tier.LIMIT
    sources = ("M6a", "B2a", "C1", "ours")

    def post(self, request: Request, places: Places, model: CpModel) -> Cost:
        window = request.limits.need(self.name, "window_days")
        for day in range(request.days):
            most = request.limit(self.name, "max_days", day)
            if most is not None:
                first = day - window + 1
                past = sum(places.run(d) for d in range(first, min(day + 1, 0)))
                here = sum(places.run(d) for d in range(max(first, 0), day + 1))
                # What was run cannot be undone: it only leaves no room for more.
                model.add(here <= max(most - past, 0))
        return 0

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        window = request.limits.need(self.name, "window_days")
        for day in range(request.days):
            most = request.limit(self.name, "max_days", day)
            ran = [d for d in range(day - window + 1, day + 1) if ledger.ran(d)]
            if most is not None and len(ran) > most and ran[-1] >= 0:
                yield Breach(
                    rule=self.name,
                    days=tuple(request.date_of(d) for d in ran),
                    reason=f"{len(ran)} running day{'s' * (len(ran) > 1)} in the {window} days up to "
                    f"{plain_date(request.date_of(day))}; at most {most} "
                    f"{in_state(request.states[day])}.",
                )
