"""Less running in the two weeks before a race: 41 to 60 percent less than in the two before those.

200 minutes in two weeks, then 80 to 118 before the race, keeps it. The race itself does not count,
and cut-back weeks are left out of the comparison. Each minute outside that counts against the plan.

Why: tapers of two weeks with 41 to 60 percent less did best (Bosquet 2007, 27 studies, grade A, in
competitive athletes).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import HUNDREDTHS, Plan, State
from planner.request import Request
from planner.rule import Breach, Cost, Stage, Tier

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from planner.doses import Doses


class Taper:
    """Fresh legs on race day."""

    name = "taper"
    title = "Less running in the two weeks before a race"
    stage = Stage.DOSE
    tier = Tier.RAMP
    sources = ("I7a", "I7b")

    def post(self, request: Request, doses: Doses, model: CpModel) -> Cost:
        race = request.race_day
        if race is None or not request.race_possible:
            return 0
        length = request.limits.need(self.name, "days", State.MILD)
        base = self._base_days(request, race - length, length)
        taper = sum(doses.run(day) for day in range(max(race - length, 0), race))
        before = sum(
            doses.run(day) if day >= 0 else self._day_before_plan(request, day) for day in base
        )
        if not base or race < length:
            return 0
        low, high = self._band(request)
        unit = 100 * len(base) * HUNDREDTHS
        return doses.over(taper * (100 * len(base)) - before * (high * length), unit) + doses.over(
            before * (low * length) - taper * (100 * len(base)), unit
        )

    def _base_days(self, request: Request, end: int, length: int) -> list[int]:
        days = range(end - length, end)
        return [d for d in days if d < 0 or not request.week_wishes[request.week_of(d)].cut_back]

    def _day_before_plan(self, request: Request, day: int) -> int:
        """The mean day of a week before the plan: which days held its running is not known."""
        return request.past_week(request.week_of(day)) // 7 if request.week_of(day) < 0 else 0

    def _band(self, request: Request) -> tuple[int, int]:
        need = request.limits.need
        most_cut = need(self.name, "cut_max_percent", State.MILD)
        least_cut = need(self.name, "cut_min_percent", State.MILD)
        return 100 - most_cut, 100 - least_cut

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        race = request.race_day
        length = request.limits.need(self.name, "days", State.MILD)
        if race is None or race < length or not request.race_possible:
            return
        ledger = Ledger(request, plan)
        base = self._base_days(request, race - length, length)
        taper = sum(sum(ledger.runs(day)) for day in range(race - length, race))
        before = sum(
            sum(ledger.runs(day)) if day >= 0 else self._day_before_plan(request, day)
            for day in base
        )
        low, high = self._band(request)
        held, unit = taper * 100 * len(base), 100 * len(base) * HUNDREDTHS
        off = max(held - before * high * length, before * low * length - held, 0)
        if base and off:
            yield Breach(
                rule=self.name,
                days=(request.date_of(race - length), request.date_of(race - 1)),
                reason=self._reason(request, taper, before, len(base)),
                cost=-(-off // unit),
            )

    def _reason(self, request: Request, taper: int, before: int, base_days: int) -> str:
        """The running of both stretches, and what would keep the rule; lighter weeks count as usual."""
        length = request.limits.need(self.name, "days", State.MILD)
        low, high = self._band(request)
        usual = before * length / base_days / HUNDREDTHS
        least, most = math.ceil(usual * low / 100), math.floor(usual * high / 100)
        lighter = " (a lighter week counted as the others)" if base_days < length else ""
        return (
            f"{round(taper / HUNDREDTHS)} min of running in the {length} days before the race, "
            f"{round(usual)} in the {length} before those{lighter}; {least} to {most} min would be "
            f"{100 - high} to {100 - low} % less."
        )
