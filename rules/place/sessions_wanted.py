"""The sessions that were asked for, of each sort, in each week.

Three runs asked and three placed keep it; each one missing counts against the plan: runs first, then
that one of them is the week's long run, on a day with time for it (or with as much as any day has), then
strength, walks and mobility. The only run of a week wants such a day too. A week cut short wants its
share.

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
                    held = [day for day in days if self._counts(request, sort, day)]
                    placed = sum(places.on(day, *kinds) for day in held)
                    model.add(missing >= wanted - placed)
                    costs.append(missing * request.limits.need(self.name, f"cost_{sort}"))
            if self._is_only_run(request, week):
                short = [day for day in days if not request.has_time_for_longest(day)]
                cost = request.limits.need(self.name, "cost_long_runs")
                costs.extend(places.run(day) * cost for day in short)
        return sum(costs)

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        for week in range(request.weeks):
            days = request.days_in(week)
            said = f"in the week of {plain_date(request.date_of(days[0]))}."
            for sort, kinds in SORTS.items():
                held = [day for day in days if ledger.has(day, *kinds)]
                counted = [day for day in held if self._counts(request, sort, day)]
                placed = sum(s.kind in kinds for day in counted for s in ledger.sessions(day))
                missing = request.wanted_in(week, sort) - placed
                if missing > 0:
                    where = "on a day with time for it " if held != counted else ""
                    yield Breach(
                        rule=self.name,
                        days=(request.date_of(days[0]),),
                        reason=f"{placed} of {self._counted(request, sort, placed + missing)} "
                        f"{where}{said}",
                        cost=missing * request.limits.need(self.name, f"cost_{sort}"),
                    )
            held = [day for day in days if ledger.has(day, *RUNS)]
            short = [day for day in held if not request.has_time_for_longest(day)]
            if short and self._is_only_run(request, week):
                yield Breach(
                    rule=self.name,
                    days=tuple(request.date_of(day) for day in short),
                    reason=f"The run is not on a day with time for it {said}",
                    cost=len(short) * request.limits.need(self.name, "cost_long_runs"),
                )

    def _is_only_run(self, request: Request, week: int) -> bool:
        """Whether the one run of a week is its longest without being called a long run."""
        return request.has_one_run(week) and not request.long_minutes_needed(week)

    def _counts(self, request: Request, sort: str, day: int) -> bool:
        """Whether a session on a day is one of those asked for; a long run needs its time."""
        return sort != "long_runs" or request.has_time_for_longest(day)

    def _counted(self, request: Request, sort: str, wanted: int) -> str:
        """``3 runs``, or that a week's share is another number than the one asked for."""
        word = sort.replace("_", " ")
        word = f"{word} sessions" if sort in ("strength", "mobility") else word
        word = word.removesuffix("s") if wanted == 1 else word
        asked = getattr(request.wishes, sort, wanted)
        if wanted < asked:
            return f"{wanted} {word} (that week's share of {asked})"
        return f"{wanted} {word}" + " (one each day of a flare)" * (wanted > asked)
