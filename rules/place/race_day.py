"""The race on its day, with nothing else on it and an easy day before it.

No long run, hard run or strength the day before; an easy run, a walk or rest keeps it.

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


class RaceDay:
    """The race is where it must be, and the day before is easy."""

    name = "race-day"
    title = "Race day for the race, and an easy day before it"
    stage = Stage.PLACE
    tier = Tier.LIMIT
    sources = ("ours",)

    def post(self, request: Request, places: Places, model: CpModel) -> Cost:
        race = request.race_day
        if race is None or not request.race_possible:
            return 0
        model.add(places.on(race, Kind.RACE) == 1)
        model.add(places.on(race, *(kind for kind in Kind if kind is not Kind.RACE)) == 0)
        if race > 0:
            model.add(places.on(race - 1, *DEMANDING, Kind.STRENGTH) == 0)
        return 0

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        race = request.race_day
        if race is None or not request.race_possible:
            return
        ledger = Ledger(request, plan)
        on = request.date_of(race)
        kinds = [session.kind for session in ledger.sessions(race)]
        if kinds != [Kind.RACE]:
            yield Breach(
                rule=self.name,
                days=(on,),
                reason=f"{plain_date(on)} is race day: the race, and only it.",
            )
        before = [s for s in ledger.sessions(race - 1) if s.kind in (*DEMANDING, Kind.STRENGTH)]
        if before:
            yield Breach(
                rule=self.name,
                days=(request.date_of(race - 1), on),
                reason=f"{before[0].title} on the day before the race of {plain_date(on)}; "
                "that day is for rest, a walk or an easy run.",
            )
