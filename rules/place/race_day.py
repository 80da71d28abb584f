"""The race on its day, with nothing else on it and an easy day before it.

No long run, hard run or strength the day before; an easy run, a walk or rest keeps it. So with any race
that a plan holds, asked for or not.

Why: coaching custom (our convention).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import DEMANDING, Kind, Plan
from planner.request import Request
from planner.rule import Breach, Cost, Stage, Tier
from rules.sentences import plain_date

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from planner.placing import Places

BESIDE: tuple[Kind, ...] = tuple(kind for kind in Kind if kind is not Kind.RACE)
HEAVY = (*DEMANDING, Kind.STRENGTH)


class RaceDay:
    """The race is where it must be, and the day before is easy."""

    name = "race-day"
    title = "Race day for the race, and an easy day before it"
    stage = Stage.PLACE
    tier = Tier.LIMIT
    sources = ("ours",)

    def post(self, request: Request, places: Places, model: CpModel) -> Cost:
        asked = request.race_day if request.race_possible else None
        for day in range(request.days):
            if day == asked:
                model.add(places.on(day, Kind.RACE) == 1)
                model.add(places.on(day, *BESIDE) == 0)
                if day > 0:
                    model.add(places.on(day - 1, *HEAVY) == 0)
            elif places.can(day, Kind.RACE):
                race = places.on(day, Kind.RACE)
                for kind in BESIDE:
                    model.add(race + places.on(day, kind) <= 1)
                for kind in HEAVY if day > 0 else ():
                    model.add(race + places.on(day - 1, kind) <= 1)
        return 0

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        asked = request.race_day if request.race_possible else None
        for race in range(request.days):
            # A plan of any origin may hold races that nobody asked for.
            if race == asked or ledger.has(race, Kind.RACE):
                yield from self._around(request, ledger, race)

    def _around(self, request: Request, ledger: Ledger, race: int) -> Iterator[Breach]:
        on = request.date_of(race)
        kinds = [session.kind for session in ledger.sessions(race)]
        if kinds != [Kind.RACE]:
            yield Breach(
                rule=self.name,
                days=(on,),
                reason=f"{plain_date(on)} is race day: the race, and only it.",
            )
        before = [s for s in ledger.sessions(race - 1) if s.kind in HEAVY]
        if before:
            yield Breach(
                rule=self.name,
                days=(request.date_of(race - 1), on),
                reason=f"{before[0].title} on the day before the race of {plain_date(on)}; "
                "that day is for rest, a walk or an easy run.",
            )
