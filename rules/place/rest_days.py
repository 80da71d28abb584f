"""Rest days in any seven days.

A rest day has neither running nor strength; a short walk and mobility are welcome on it.
With one asked for, six days of running and one walk keep it; seven days of running break it.

Why: fewer than two rest days a week went with 5.2 times the overuse injuries among elite athletes
(Ristolainen 2014, grade C, retrospective).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import Kind, Plan
from planner.request import Request
from planner.rule import Breach, Cost, Stage, Tier
from rules.sentences import in_state, plain_date

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from planner.placing import Places


class RestDays:
    """A least number of rest days in any seven days."""

    name = "rest-days"
    title = "Rest days in any seven days"
    stage = Stage.PLACE
    tier = Tier.LIMIT
    sources = ("I3", "ours")

    def post(self, request: Request, places: Places, model: CpModel) -> Cost:
        window = request.limits.need(self.name, "window_days")
        long_walks = request.longest_walk_minutes > request.limits.need(self.name, "walk_minutes")
        active = []
        for day in range(request.days):
            busy = model.new_bool_var(f"busy@{day}")
            model.add(busy >= places.run(day))
            model.add(busy >= places.on(day, Kind.STRENGTH))
            if long_walks:
                model.add(busy >= places.on(day, Kind.WALK))
            active.append(busy)
        for day in range(request.days):
            least = request.limit(self.name, "min_days", day)
            if least is not None:
                past = sum(places.was_active(d) for d in range(day - window + 1, min(day + 1, 0)))
                here = sum(active[max(day - window + 1, 0) : day + 1])
                # What was done cannot be undone: it only leaves no room for more.
                model.add(here <= max(window - least - past, 0))
        return 0

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        window = request.limits.need(self.name, "window_days")
        walk = request.limits.need(self.name, "walk_minutes")
        # Asked once: each day lies in as many windows as they have days.
        busy = {day for day in range(1 - window, request.days) if ledger.active(day, walk)}
        for day in range(request.days):
            least = request.limit(self.name, "min_days", day)
            days = range(day - window + 1, day + 1)
            active = [d for d in days if d in busy]
            rest = window - len(active)
            planned = bool(active) and active[-1] >= 0
            if least is not None and rest < least and planned:
                yield Breach(
                    rule=self.name,
                    days=tuple(request.date_of(d) for d in days),
                    reason=f"{rest} rest day{'' if rest == 1 else 's'} in the {window} days up to "
                    f"{plain_date(request.date_of(day))}; at least {least} "
                    f"{in_state(request.states[day])}.",
                )
