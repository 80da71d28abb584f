"""Run/walk sessions only, where the back or the legs are not ready for running on.

That is on days in the states moderate and returning, and in the weeks on the ladder: from the first
run after 30 days without any until the ladder is done.

Why: short runs with walking breaks are what the one trial of running with back pain used
(ASTEROID 2024, 40 adults, grade A but small); running 4 minutes, walking 1 is advice for sore
knees (Esculier 2018, indirect). That nothing else is planned then is our convention.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import Kind, Plan, State
from planner.request import Request
from planner.rule import Breach, Cost, Stage, Tier
from rules.sentences import in_state, plain_date

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from planner.placing import Places

CAREFUL = (State.MODERATE, State.RETURNING)
CONTINUOUS = (Kind.EASY_RUN, Kind.LONG_RUN, Kind.HARD_RUN, Kind.RACE)


class RunWalkOnly:
    """Walking breaks in every run, where running on would be too much."""

    name = "run-walk-only"
    title = "Run/walk only on the ladder, in moderate pain and after a flare"
    stage = Stage.PLACE
    tier = Tier.LIMIT
    sources = ("B2a", "B2d", "M3", "ours")

    def post(self, request: Request, places: Places, model: CpModel) -> Cost:
        for day in range(request.days):
            careful = request.states[day] in CAREFUL
            if careful or request.ladder_weeks[request.week_of(day)]:
                # A race in a ladder week is run as far as the limits let it be.
                kinds = CONTINUOUS if careful else CONTINUOUS[:3]
                model.add(places.on(day, *kinds) == 0)
        return 0

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        for day in range(request.days):
            careful = request.states[day] in CAREFUL
            on_ladder = request.ladder_weeks[request.week_of(day)]
            for session in ledger.sessions(day):
                continuous = session.kind.is_run and session.kind is not Kind.RUN_WALK
                if continuous and (careful or (on_ladder and session.kind is not Kind.RACE)):
                    state = in_state(request.states[day])
                    # A plan of any origin may hold a run with walking that is called no run/walk.
                    has, every = (
                        ("is no run/walk", "is run/walk")
                        if session.walk_minutes
                        else ("has no walking breaks", "has some")
                    )
                    why = (
                        f"{state} every run {every}"
                        if careful
                        else "the run/walk ladder is not done yet"
                    )
                    yield Breach(
                        rule=self.name,
                        days=(request.date_of(day),),
                        reason=f"{session.title} on {plain_date(request.date_of(day))} {has}; "
                        f"{why}.",
                    )
