"""Walks grow by five minutes a week to their target.

From 20 minutes: 20, 25, 30, 30. Each minute short of that week's walk, or beyond it, is a minute off.
A walk beside a run takes what is left of the day by a run as long as its week wants one, at least the
shortest walk.

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
        left = self._left(request, day, support_minutes)
        return min(wanted, max(left, request.least_walk_minutes))

    def _left(self, request: Request, day: int, support_minutes: int) -> int:
        """What a run of that week's length leaves of a day; the run itself may be shorter."""
        easy = request.easy_minutes_needed(request.week_of(day))
        return request.available_minutes[day] - support_minutes - easy

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
                    f"{plain_date(request.date_of(day))}; "
                    f"{self._asked(request, day, round(support), wanted)}.",
                    cost=off,
                )

    def _asked(self, request: Request, day: int, support_minutes: int, wanted: int) -> str:
        if wanted < request.walk_minutes_wanted(day):
            run = request.easy_minutes_needed(request.week_of(day))
            support = f" and {support_minutes} for strength or mobility" if support_minutes else ""
            time = request.available_minutes[day]
            kept = f"of that day's {time} min the plan keeps {run} for a run{support}"
            if wanted > self._left(request, day, support_minutes):
                return f"{kept}, so the walk is the shortest there is, {wanted} min"
            return f"{kept}, so {wanted} for the walk"
        return f"walks of {wanted} min are what this week asks for"
