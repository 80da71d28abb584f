"""A smooth way to the goal: each run close to what its week should hold.

Each minute that a run is longer or shorter than its week's wish counts against the plan; the hard
minutes of a week likewise. On the ladder the wish is its top stage: step up as soon as the limits allow.

Why: coaches grow slowly and evenly; a soft target of 10 percent a week is custom, and a trial found no
fewer injuries with it (Buist 2008).
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


class SmoothRamp:
    """No jump that nothing forces."""

    name = "smooth-ramp"
    title = "A smooth way to the goal"
    stage = Stage.DOSE
    tier = Tier.RAMP
    sources = ("P5", "ours")

    def post(self, request: Request, doses: Doses, model: CpModel) -> Cost:
        costs = []
        for day in doses.run_days:
            kind = doses.kind(day)
            if kind is not None and kind is not Kind.RACE:
                left = request.available_minutes[day] - doses.support_minutes(day)
                if Kind.WALK in doses.placement[day]:
                    left -= request.least_walk_minutes
                wish = self._wish(request, day, kind, max(left, 0))
                costs.append(doses.deviation(doses.run(day), wish, HUNDREDTHS))
        for week in range(request.weeks):
            hard = sum(doses.intense(day) for day in request.days_in(week))
            costs.append(doses.deviation(hard, request.hard_minutes_wanted(week)))
        return sum(costs)

    def _wish(self, request: Request, day: int, kind: Kind, room: int) -> int:
        """The week's wish, or what the day leaves of it."""
        wish = request.run_wish(day, kind)
        return wish if kind is Kind.RUN_WALK else min(wish, room * HUNDREDTHS)

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        for day in range(request.days):
            for session in ledger.sessions(day):
                if not session.kind.is_run or session.kind is Kind.RACE:
                    continue
                wish = self._wish(request, day, session.kind, self._room(request, ledger, day))
                off = -(-abs(ledger.runs(day)[0] - wish) // HUNDREDTHS)
                if off:
                    yield Breach(
                        rule=self.name,
                        days=(request.date_of(day),),
                        reason=f"{session.title} on {plain_date(request.date_of(day))}; the smooth way "
                        f"to the goal has {minutes_text(wish / 100)} min of running there.",
                        cost=off,
                    )
        for week in range(request.weeks):
            yield from self._hard_minutes_off(request, ledger, week)

    def _hard_minutes_off(self, request: Request, ledger: Ledger, week: int) -> Iterator[Breach]:
        days = request.days_in(week)
        hard = round(sum(s.intense_minutes for day in days for s in ledger.sessions(day)))
        wanted = request.hard_minutes_wanted(week)
        if hard != wanted:
            yield Breach(
                rule=self.name,
                days=tuple(request.date_of(day) for day in days),
                reason=f"{hard} hard min in the week of {plain_date(request.date_of(days[0]))}; the "
                f"smooth way to the goal has {wanted}.",
                cost=abs(hard - wanted),
            )

    def _room(self, request: Request, ledger: Ledger, day: int) -> int:
        """Minutes of a day beside what else it must hold; a walk may be short."""
        others = [s for s in ledger.sessions(day) if not s.kind.is_run]
        support = sum(s.minutes for s in others if s.kind is not Kind.WALK)
        walk = request.least_walk_minutes if any(s.kind is Kind.WALK for s in others) else 0
        return max(request.available_minutes[day] - round(support) - walk, 0)
