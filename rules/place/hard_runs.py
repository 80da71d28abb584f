"""Hard runs only where the back allows them.

None on a flare day and none in a week with moderate or returning days, at most one (a race counts)
in a week with mild days; what was run earlier in the week counts. A healthy week has no cap from
this rule. A race without a hard run beside it is left to the race's own rule.

So much is checked in every plan. The other numbers are how runback plans hard runs, and are not checked
in a plan from elsewhere: only for a regular runner with a race ahead who has those weeks and that run
behind her, one in a week that is ready for it, with no more than that share of the running that the week
is meant to hold, and easy running around the hard parts.

Why: our convention; trials show no clear advantage of hard running and have no injury data.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import Kind, Plan, State
from planner.request import DAYS_IN_WEEK, Request
from planner.rule import Breach, Cost, Stage, Tier
from rules.sentences import plain_date

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from planner.placing import Places

COUNTED = (Kind.HARD_RUN, Kind.RACE)


class HardRuns:
    """A cap on hard runs in a week, by the strictest of its days."""

    name = "hard-runs"
    title = "Hard runs only where the back allows them"
    stage = Stage.PLACE
    tier = Tier.LIMIT
    sources = ("I1a", "I1b", "ours")

    def post(self, request: Request, places: Places, model: CpModel) -> Cost:
        for week in range(request.weeks):
            days = request.days_in(week)
            most = request.rule_limit_in(self.name, "max_in_week", week)
            if most is not None:
                left = most - sum(places.on(day, *COUNTED) for day in self._gone_by(request, week))
                hard = sum(places.on(day, Kind.HARD_RUN) for day in days)
                races = sum(places.on(day, Kind.RACE) for day in days)
                model.add(hard <= max(left, 0))
                # One race alone always passes; beside a hard run it takes a place.
                model.add(hard + races <= max(left, 1))
        for day in range(request.days):
            if request.states[day] is State.FLARE:
                # Its week is judged without it.
                most = request.limits.need(self.name, "max_in_week", State.FLARE)
                model.add(places.on(day, Kind.HARD_RUN) <= most)
        return 0

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        for week in range(request.weeks):
            most = request.rule_limit_in(self.name, "max_in_week", week)
            days = [*self._gone_by(request, week), *request.days_in(week)]
            counted = [d for d in days if ledger.has(d, *COUNTED)]
            planned = any(d >= 0 and ledger.has(d, Kind.HARD_RUN) for d in counted)
            if most is not None and planned and len(counted) > most:
                monday = request.date_of(week * DAYS_IN_WEEK - request.start.weekday())
                yield Breach(
                    rule=self.name,
                    days=tuple(request.date_of(d) for d in counted),
                    reason=f"{len(counted)} hard {'day' if len(counted) == 1 else 'days'} in the "
                    f"week of {plain_date(monday)}; at most {most} there.",
                )
        for day in range(request.days):
            if request.states[day] is State.FLARE and ledger.has(day, Kind.HARD_RUN):
                yield Breach(
                    rule=self.name,
                    days=(request.date_of(day),),
                    reason=f"A hard run on {plain_date(request.date_of(day))}, during a flare.",
                )

    def _gone_by(self, request: Request, week: int) -> range:
        """The days of the plan's first week that lie before the plan."""
        return range(-request.start.weekday(), 0) if week == 0 else range(0)
