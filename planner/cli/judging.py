"""The stored plan and what it is judged by: the request it was made from, as known then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from planner.cli.setting import Setting
from planner.comparing import same_content
from planner.plan import Kind, Plan
from planner.replanning import first_open_day
from planner.request import Request
from planner.revising import within


@dataclass(frozen=True)
class Judged:
    """The whole plan, the part of it to judge, and the request of that part."""

    plan: Plan
    part: Plan
    request: Request


def own_plan(here: Setting, revisions: Sequence[Plan]) -> Judged:
    """The latest plan and the part to judge: from the day it was made on.

    What lies before was planned as the back was then; what was known then is what counts.
    """
    plan = revisions[-1]
    # A revision that only words its entries anew was not planned anew.
    alike = takewhile(lambda before: same_content(before, plan), reversed(revisions))
    made = list(alike)[-1]
    first = plan.start
    if made.revision > 1:
        first = max(first_open_day(here.history, made.made_on, here.limits), plan.start)
    days = [day for day in plan.days if day.date >= first]
    request = here.planner().request_to_judge(made.made_on, first, len(days))
    request = request.model_copy(update={"states": tuple(day.state for day in days)})
    if not any(day.has(Kind.RACE) for day in days):
        # The plan has left the race out and said why.
        request = request.model_copy(update={"race_possible": False})
    return Judged(plan, within(plan, request), request)
