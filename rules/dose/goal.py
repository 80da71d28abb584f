"""The goal: how many minutes the plan falls short of it.

A race: running on race day. The longest run without a walking break: by its day. Walking: the longest
walk. Where the goal's day lies beyond the plan, the way there counts: the longest run that the last
weeks should hold.

Why: it is what the runner wants; no limit is traded for it (our convention).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import HUNDREDTHS, Plan, minutes_text
from planner.request import Request
from planner.rule import Breach, Cost, Stage, Tier

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from planner.doses import Doses


class Goal:
    """As close to the goal as the limits allow."""

    name = "goal"
    title = "Your goal, as far as the limits allow"
    stage = Stage.DOSE
    tier = Tier.GOAL
    sources = ("ours",)

    def post(self, request: Request, doses: Doses, model: CpModel) -> Cost:
        asked = request.goal_hundredths_in_plan
        short = model.new_int_var(0, max(asked, 0), "short")
        if request.goal.kind == "walking":
            days = [day for day in doses.walk_days if day in request.goal_days]
            got = doses.highest([doses.walk(day) * HUNDREDTHS for day in days])
        else:
            days = [day for day in doses.run_days if day in request.goal_days]
            got = doses.highest([doses.continuous(day) for day in days])
        model.add(short >= asked - got)
        return short

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        asked = request.goal_hundredths_in_plan
        got = Ledger(request, plan).goal_hundredths()
        if got < asked:
            yield Breach(
                rule=self.name,
                days=(request.date_of(request.days - 1),),
                reason=f"The plan gets to {minutes_text(got / 100)} of {minutes_text(asked / 100)} "
                "minutes.",
                cost=asked - got,
            )
