"""As few days as can be differ from the plan before, near days above all.

A day differs where running, a walk, strength or mobility is there in only one of the two plans, or
where a long or hard run became another kind of run, or the other way round. That a kind of run is no
longer possible on a day, as with walking breaks after a flare, is no change of its own. Before: easy run
and walk. An easy run and a walk keep it; the easy run alone differs, and so do a long run and a walk. Of
as many changed days those are best in which fewer sessions come or go.

Why: a plan that is shuffled at each set-back is not trusted; the coming days have been arranged already
(our convention).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import Kind, Plan
from planner.possible import kinds_possible
from planner.request import SORTS, Before, Request
from planner.rule import Breach, Cost, Stage, Tier
from rules.sentences import plain_date

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar

    from planner.placing import Places

MARKED = (Kind.LONG_RUN, Kind.HARD_RUN)
WORDS = {"runs": "run", "walks": "walk", "strength": "strength", "mobility": "mobility"}


ANOTHER_KIND = "with another kind of run"


class FewestChanges:
    """Days as they were."""

    name = "fewest-changes"
    title = "As few changed days as possible, near days above all"
    stage = Stage.PLACE
    tier = Tier.CHANGES
    sources = ("ours",)

    def post(self, request: Request, places: Places, model: CpModel) -> Cost:
        one = request.limits.need(self.name, "cost_session")
        return sum(
            self._changed(request, places, model, day, before) * self._cost(request, day)
            + sum(self._differs(places, day, before, kinds) for kinds in SORTS.values()) * one
            for day, before in enumerate(request.before[: request.days])
            if before is not None
        )

    def _differs(self, places: Places, day: int, before: Before, kinds: tuple[Kind, ...]) -> Cost:
        """1 where one of these kinds is there in only one of the two plans."""
        here = places.on(day, *kinds)
        return 1 - here if any(kind in kinds for kind in before.kinds) else here

    def _changed(
        self, request: Request, places: Places, model: CpModel, day: int, before: Before
    ) -> IntVar:
        """At least 1 where the day differs; the cost pushes it down to that."""
        changed = model.new_bool_var(f"changed@{day}")
        for kinds in SORTS.values():
            model.add(changed >= self._differs(places, day, before, kinds))
        possible = kinds_possible(request, day)
        if any(kind.is_run and kind in possible for kind in before.kinds):
            for kind in MARKED:
                here = places.on(day, kind)
                model.add(changed >= (1 - here if kind in before.kinds else here))
        return changed

    def _cost(self, request: Request, day: int) -> int:
        week = request.week_of(day) + 1
        nearness = request.limits.get(self.name, f"cost_week_{week}") or 0
        return request.limits.need(self.name, "cost_day") + nearness

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        one = request.limits.need(self.name, "cost_session")
        for day in range(min(len(request.before), request.days)):
            before = request.before[day]
            if before is None:
                continue
            now = tuple(session.kind for session in ledger.sessions(day))
            differing = self._differing(before.kinds, now, kinds_possible(request, day))
            sorts = len([said for said in differing if said != ANOTHER_KIND])
            if differing:
                yield Breach(
                    rule=self.name,
                    days=(request.date_of(day),),
                    reason=f"{plain_date(request.date_of(day))} changes: {', '.join(differing)}.",
                    cost=self._cost(request, day) + sorts * one,
                )

    def _differing(
        self, before: tuple[Kind, ...], now: tuple[Kind, ...], possible: tuple[Kind, ...]
    ) -> list[str]:
        """What is no longer there, what is new, and whether the run is of another kind."""
        had = {sort for sort, kinds in SORTS.items() for kind in before if kind in kinds}
        has = {sort for sort, kinds in SORTS.items() for kind in now if kind in kinds}
        said = [f"without {WORDS[sort]}" for sort in SORTS if sort in had - has]
        said += [f"with {WORDS[sort]}" for sort in SORTS if sort in has - had]
        was = [kind for kind in before if kind.is_run]
        runs = [kind for kind in now if kind.is_run]
        if was and runs and was[0] in possible and was[0] is not runs[0]:
            marked = [kind for kind in MARKED if kind in (was[0], runs[0])]
            said += [ANOTHER_KIND] * bool(marked)
        return said
