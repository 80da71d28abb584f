"""Going back to the plan before the latest, from today on."""

from __future__ import annotations

from datetime import date

from planner.causes import UNDO, Cause
from planner.checking import check
from planner.cli.next_plan import Next, Planner
from planner.comparing import changes, keep_identities
from planner.errors import InputError, NoPlanPossible
from planner.marking import marked
from planner.own_moves import OWN_DAYS
from planner.plan import Day, Plan
from planner.reasons import with_reasons
from planner.replanning import first_open_day
from planner.request import Request
from planner.revising import with_days_gone_by, within


def undone_plan(planner: Planner, target: Plan, today: date) -> Next:
    """The stored plan with its days from today on as the target has them.

    Raises NoPlanPossible where the target would break a limit by now: a limit is never traded; and
    InputError where all of it has gone by.
    """
    stored = planner.stored
    assert stored is not None
    border = max(stored.start, first_open_day(planner.history, today, planner.limits))
    if target.end < border:
        raise InputError(
            f"The plan before had its last day on {target.end}, so nothing of it can come back.",
            "Plan from what is logged by now: runback replan.",
        )
    plan = with_days_gone_by(target, stored, border)
    first = max(border, plan.start)
    request = planner.request_after(today, first, (plan.end - first).days + 1)
    header = planner.header(request, today)
    plan = plan.model_copy(
        update={
            "revision": header.revision,
            "made_on": today,
            "runner": header.runner,
            "time_zone": header.time_zone,
            "days": tuple(_as_now(day, request) for day in plan.days),
        }
    )
    found = check(request, within(plan, request), planner.rules)
    broken = [one for one in found if one.is_limit]
    if broken:
        raise NoPlanPossible(
            f"The plan before can't come back: {broken[0].reason} [{broken[0].rule}]",
            "Plan from what is logged by now: runback replan.",
        )
    plan = keep_identities(plan, stored)
    found_changes = changes(stored, plan)
    told = with_reasons(found_changes, stored, plan, request, planner.rules, Cause(UNDO))
    # What she moved herself is no wish that an undo could have followed: it is told in its own words.
    missed = tuple(one for one in found if one.rule != OWN_DAYS)
    return Next(marked(plan, stored, told, planner.rules), request, missed, told)


def _as_now(day: Day, request: Request) -> Day:
    number = request.day_of(day.date)
    if not 0 <= number < request.days:
        return day
    now = {"state": request.states[number], "forecast": request.forecast[number]}
    return day.model_copy(update=now)
