"""No run much longer than the longest of the 30 days before it.

With a longest run of 40 minutes the next may have 44 (10 % more); with 10 minutes it may have 13
(3 more). In moderate pain there is no growth; after a flare the longest since the restart counts.
With no run in those 30 days the ladder's first stage is the most.

Why: a run more than 10 % above the longest of 30 days went with 1.5 to 2.3 times the overuse injuries
(Frandsen 2025, 5205 runners, grade B). The three minutes and the use of minutes are our convention.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import HUNDREDTHS, Plan, State, minutes_text
from planner.request import Request
from planner.rule import Breach, Cost, Stage, Tier
from rules.sentences import beyond, growth_to, plain_date

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from planner.doses import Doses


class SessionCap:
    """A cap on each run by the longest of 30 days."""

    name = "session-cap"
    title = "No run much longer than the longest of the 30 days before"
    stage = Stage.DOSE
    tier = Tier.LIMIT
    sources = ("P1", "ours")

    def post(self, request: Request, doses: Doses, model: CpModel) -> Cost:
        window = request.limits.need(self.name, "window_days")
        for day in doses.run_days:
            if request.states[day] is State.FLARE:
                # No running at all, by a rule of its own.
                continue
            counted = doses.earlier_run_days(self._first_counted(request, window, day), day)
            if not counted:
                # The first run after a restart keeps the cap of the 30 days as well.
                counted = doses.earlier_run_days(day - window, day)
            if not counted:
                model.add(doses.run(day) <= request.first_stage_hundredths)
                continue
            if any(doses.is_no_longer(day, other) for other in counted):
                # No state's cap is below the longest run itself.
                continue
            ratio = request.limits.need(self.name, "ratio_percent", request.states[day])
            longest = doses.highest([doses.run(other) for other in doses.leading(counted)])
            floor = request.limits.get(self.name, "floor_minutes", request.states[day]) or 0
            doses.within_any(
                doses.run(day), (HUNDREDTHS, longest * ratio), (1, longest + floor * HUNDREDTHS)
            )
        return 0

    def _first_counted(self, request: Request, window: int, day: int) -> int:
        """The first day whose runs count: 30 days back, after a flare not before the restart."""
        if request.states[day] is State.RETURNING and request.restart is not None:
            return max(day - window, request.restart.day)
        return day - window

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        for day in range(request.days):
            if request.states[day] is State.FLARE:
                continue
            for run in ledger.runs(day):
                most, longest = self._most(request, ledger, day)
                if run > most:
                    yield Breach(
                        rule=self.name,
                        days=(request.date_of(day),),
                        reason=self._reason(request, day, run, most, longest),
                    )

    def _most(self, request: Request, ledger: Ledger, day: int) -> tuple[int, int]:
        window = request.limits.need(self.name, "window_days")
        longest = 0
        if request.states[day] is State.RETURNING and request.restart is not None:
            longest = ledger.longest_run(max(request.restart.day, day - window), day - 1)
        longest = longest or ledger.longest_run(day - window, day - 1)
        if longest == 0:
            return request.first_stage_hundredths, 0
        ratio, floor = self._numbers(request, day)
        return max(longest * ratio // 100, longest + floor * 100), longest

    def _reason(self, request: Request, day: int, run: int, most: int, longest: int) -> str:
        window = request.limits.need(self.name, "window_days")
        ran = f"{minutes_text(run / 100)} min of running on {plain_date(request.date_of(day))}"
        if not longest:
            return (
                f"{ran} after {window} days without a run; "
                f"the ladder's first stage has {minutes_text(most / 100)}."
            )
        ratio, floor = self._numbers(request, day)
        before = f"the longest of the {window} days before"
        growth = growth_to(most, longest, ratio, floor)
        return ran + beyond(run, most, longest, before, growth, request.states[day])

    def _numbers(self, request: Request, day: int) -> tuple[int, int]:
        """The most percent of the longest run, and the minutes that it may be longer in any case."""
        state = request.states[day]
        floor = request.limits.get(self.name, "floor_minutes", state) or 0
        return request.limits.need(self.name, "ratio_percent", state), floor
