"""Nothing that a red flag has stopped, until a clinician has cleared you.

With running and strength stopped, a plan of walks keeps it; a run on any day breaks it, also in weeks to
come. Never relaxed.

Why: the red flag questions look for the few causes of back pain in which running can do lasting harm
(IFOMPT framework 2020, NHS, grade D). That it holds for the whole plan is our convention: nobody knows
the day on which she will be seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import RUNS, Plan
from planner.request import Request
from planner.rule import Breach, Cost, Stage, Tier
from rules.sentences import plain_date

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from planner.placing import Places


class ClearedFirst:
    """First the clinician, then the run."""

    name = "cleared-first"
    title = "No running after a red flag until you are cleared"
    stage = Stage.PLACE
    tier = Tier.LIMIT
    sources = ("G1", "G2", "ours")

    def post(self, request: Request, places: Places, model: CpModel) -> Cost:
        if request.stopped:
            for day in range(request.days):
                model.add(places.on(day, *request.stopped) == 0)
        return 0

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        without_running = all(kind in request.stopped for kind in RUNS)
        for day in range(request.days):
            # A walk with some running in it is running.
            held = [
                session.title
                for session in ledger.sessions(day)
                if session.kind in request.stopped or (without_running and session.run_minutes > 0)
            ]
            if held:
                yield Breach(
                    rule=self.name,
                    days=(request.date_of(day),),
                    reason=f"{held[0]} on {plain_date(request.date_of(day))}, before a clinician has "
                    "cleared you.",
                )
