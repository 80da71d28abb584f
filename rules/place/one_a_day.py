"""One run or walk a day, and strength or mobility beside it.

A walk shares a day with an easy run only when its week has no other room for it. Run and strength
on Monday keep it; two runs on Monday break it, and so does a walk beside an easy run while Tuesday
lies open.

Why: our convention; one short load and time to settle is easier on a sore back than two.
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

SUPPORT = (Kind.STRENGTH, Kind.MOBILITY)
OTHER_RUNS = tuple(kind for kind in RUNS if kind is not Kind.EASY_RUN)


class OneADay:
    """What one day may hold."""

    name = "one-a-day"
    title = "One run or walk a day, with strength or mobility beside it"
    stage = Stage.PLACE
    tier = Tier.LIMIT
    sources = ("ours",)

    def post(self, request: Request, places: Places, model: CpModel) -> Cost:
        for day in range(request.days):
            walk = places.on(day, Kind.WALK)
            model.add(places.run(day) <= 1)
            model.add(places.on(day, *SUPPORT) <= 1)
            model.add(places.on(day, *OTHER_RUNS) + walk <= 1)
            if places.can(day, Kind.EASY_RUN) and places.can(day, Kind.WALK):
                self._share_only_without_room(request, places, model, day)
        return 0

    def _share_only_without_room(
        self, request: Request, places: Places, model: CpModel, day: int
    ) -> None:
        shared = places.on(day, Kind.EASY_RUN) + places.on(day, Kind.WALK) - 1
        walk = request.least_walk_minutes
        for other in request.days_in(request.week_of(day)):
            if other == day or request.away[other]:
                continue
            left = request.available_minutes[other] - walk
            taken = [places.on(other, *RUNS, Kind.WALK)]
            for kind in SUPPORT:
                if left < request.support_minutes(other, kind):
                    taken.append(places.on(other, kind))
            if left >= 0:
                model.add(shared <= sum(taken))

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        for day in range(request.days):
            kinds = [session.kind for session in ledger.sessions(day)]
            on = plain_date(request.date_of(day))
            runs = [kind for kind in kinds if kind.is_run]
            support = [kind for kind in kinds if kind in SUPPORT]
            walks = kinds.count(Kind.WALK)
            said = ""
            if len(runs) > 1:
                said = f"{len(runs)} runs on {on}."
            elif walks > 1:
                said = f"{walks} walks on {on}."
            elif len(support) > 1:
                said = f"Strength or mobility more than once on {on}."
            elif walks and runs and runs[0] is not Kind.EASY_RUN:
                said = f"A walk beside a {self._in_words(runs[0])} on {on}."
            elif walks and runs:
                free = self._day_with_room(request, ledger, day)
                if free is not None:
                    said = (
                        f"A walk beside the easy run of {on}, while "
                        f"{plain_date(request.date_of(free))} has room for it."
                    )
            if said:
                yield Breach(rule=self.name, days=(request.date_of(day),), reason=said)

    def _in_words(self, kind: Kind) -> str:
        return kind.value.replace("_", "/" if kind is Kind.RUN_WALK else " ")

    def _day_with_room(self, request: Request, ledger: Ledger, day: int) -> int | None:
        walk = request.least_walk_minutes
        for other in request.days_in(request.week_of(day)):
            sessions = ledger.sessions(other)
            if other == day or request.away[other]:
                continue
            if any(s.kind.is_run or s.kind is Kind.WALK for s in sessions):
                continue
            if request.available_minutes[other] - sum(s.minutes for s in sessions) >= walk:
                return other
        return None
