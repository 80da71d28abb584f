"""The sessions that were asked for, of each sort, in each week.

Three runs asked and three placed keep it; each one missing has its cost: runs first, then that one of
them is the week's long run, then strength, walks and mobility. A week cut short wants its share.

Why: it is what the runner wants. Never more than a wish: no limit is traded for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import RUNS, Kind, Plan
from planner.request import Request
from planner.rule import Breach, Cost, Stage, Tier
from rules.sentences import plain_date

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from planner.placing import Places

SORTS = {
    "runs": RUNS,
    "long_runs": (Kind.LONG_RUN,),
    "strength": (Kind.STRENGTH,),
    "walks": (Kind.WALK,),
    "mobility": (Kind.MOBILITY,),
}


class SessionsWanted:
    """As many sessions of each sort as were asked for."""

    name = "sessions-wanted"
    title = "The sessions you asked for"
    stage = Stage.PLACE
    tier = Tier.SESSIONS
    sources = ("ours",)

    def post(self, request: Request, places: Places, model: CpModel) -> Cost:
        costs = []
        for week in range(request.weeks):
            days = request.days_in(week)
            for sort, kinds in SORTS.items():
                wanted = request.wanted_in(week, sort)
                if wanted:
                    missing = model.new_int_var(0, wanted, f"{sort}-missing@{week}")
                    placed = sum(places.on(day, *kinds) for day in days)
                    model.add(missing >= wanted - placed)
                    costs.append(missing * request.limits.need(self.name, f"cost_{sort}"))
        return sum(costs)

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        for week in range(request.weeks):
            days = request.days_in(week)
            for sort, kinds in SORTS.items():
                placed = sum(s.kind in kinds for day in days for s in ledger.sessions(day))
                missing = request.wanted_in(week, sort) - placed
                if missing > 0:
                    yield Breach(
                        rule=self.name,
                        days=(request.date_of(days[0]),),
                        reason=f"{placed} of {self._counted(request, sort, placed + missing)} in "
                        f"the week of {plain_date(request.date_of(days[0]))}.",
                        cost=missing * request.limits.need(self.name, f"cost_{sort}"),
                    )

    def _counted(self, request: Request, sort: str, wanted: int) -> str:
        """``3 runs``, or that a week's share is another number than the one asked for."""
        word = sort.replace("_", " ")
        word = f"{word} sessions" if sort in ("strength", "mobility") else word
        word = word.removesuffix("s") if wanted == 1 else word
        asked = getattr(request.wishes, sort, wanted)
        if wanted < asked:
            return f"{wanted} {word} (that week's share of {asked})"
        return f"{wanted} {word}" + " (one each day of a flare)" * (wanted > asked)
