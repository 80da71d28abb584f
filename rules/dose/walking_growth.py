"""Walks grow by five minutes a week to their target.

From 20 minutes: 20, 25, 30, 30. Each minute short of that week's walk, or beyond it, is a minute off.
A walk beside a run takes what the run leaves.

Why: five walks of 30 minutes a week kept back pain away longer (WalkBack 2024, a trial of 701 people,
grade A); five minutes a week is our reading of walking programmes (grade D).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import Kind, Plan, minutes_text
from planner.request import Request
from planner.rule import Breach, Cost, Stage, Tier
from rules.sentences import plain_date

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from planner.doses import Doses
SUPPORT = (Kind.STRENGTH, Kind.MOBILITY)


class WalkingGrowth:
    """Walks as long as they should be by now."""

    name = "walking-growth"
    title = "Walks that grow by five minutes a week"
    stage = Stage.DOSE
    tier = Tier.WALKING
    sources = ("B4a", "B5a", "B9", "ours")

    def post(self, request: Request, doses: Doses, model: CpModel) -> Cost:
        return sum(
            doses.deviation(
                doses.walk(day),
                self._wanted(request, day, doses.support_minutes(day), doses.kind(day) is not None),
            )
            for day in doses.walk_days
        )

    def _wanted(self, request: Request, day: int, support_minutes: int, beside_run: bool) -> int:
        """That week's walk; beside a run what the run of that week leaves."""
        wanted = request.walk_minutes_wanted(day)
        if not beside_run:
            return wanted
        easy = request.easy_minutes_needed(request.week_of(day))
        left = request.available_minutes[day] - support_minutes - easy
        return min(wanted, max(left, request.least_walk_minutes))

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        for day in range(request.days):
            walks = [s.walk_minutes for s in ledger.sessions(day) if s.kind is Kind.WALK]
            support = sum(s.minutes for s in ledger.sessions(day) if s.kind in SUPPORT)
            wanted = self._wanted(request, day, round(support), ledger.ran(day))
            off = abs(round(sum(walks)) - wanted)
            if walks and off:
                yield Breach(
                    rule=self.name,
                    days=(request.date_of(day),),
                    reason=f"A walk of {minutes_text(sum(walks))} min on "
                    f"{plain_date(request.date_of(day))}; {self._asked(request, day, wanted)}.",
                    cost=off,
                )

    def _asked(self, request: Request, day: int, wanted: int) -> str:
        if wanted < request.walk_minutes_wanted(day):
            return f"{wanted} min are what the day leaves for it beside the run"
        return f"walks of {wanted} min are what this week asks for"
