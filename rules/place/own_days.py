"""What the runner moved to another day herself stays there, where the limits leave room.

She moved a run to Wednesday: an easy run on Wednesday keeps it, whatever kind it was; a Wednesday with
only a walk misses it. Days outside the plan are passed over.

Why: the runner knows her week; a plan that moves it back is not used (our convention).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import Kind, Plan
from planner.request import SORTS, Request
from planner.rule import Breach, Cost, Stage, Tier
from rules.sentences import plain_date

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from planner.placing import Places

WORDS = {
    Kind.EASY_RUN: "run",
    Kind.LONG_RUN: "long run",
    Kind.HARD_RUN: "hard run",
    Kind.RUN_WALK: "run/walk",
    Kind.RACE: "race",
    Kind.WALK: "walk",
    Kind.STRENGTH: "strength",
    Kind.MOBILITY: "mobility",
}


class OwnDays:
    """Sessions on the days that she chose."""

    name = "own-days"
    title = "Sessions on the days that you moved them to yourself"
    stage = Stage.PLACE
    tier = Tier.OWN_DAYS
    sources = ("ours",)

    def post(self, request: Request, places: Places, model: CpModel) -> Cost:
        cost = request.limits.need(self.name, "cost")
        missing = []
        for own in request.own_days:
            if not 0 <= own.day < request.days:
                continue
            kinds = next(kinds for kinds in SORTS.values() if own.kind in kinds)
            is_missing = model.new_bool_var(f"own-missing@{own.day}")
            model.add(is_missing >= 1 - places.on(own.day, *kinds))
            missing.append(is_missing * cost)
        return sum(missing)

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        for own in request.own_days:
            held = [session.kind for session in ledger.sessions(own.day)]
            kept = any(kind is own.kind or (kind.is_run and own.kind.is_run) for kind in held)
            if own.day in range(request.days) and not kept:
                yield Breach(
                    rule=self.name,
                    days=(request.date_of(own.day),),
                    reason=f"You moved the {WORDS[own.kind]} to {plain_date(request.date_of(own.day))}; "
                    "the limits leave no room for it there.",
                    cost=request.limits.need(self.name, "cost"),
                )
