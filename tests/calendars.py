"""Calendar files of small plans."""

from __future__ import annotations

from typing import Any

from planner.comparing import keep_identities
from planner.ics import calendar_bytes
from planner.plan import Plan
from tests.ics_linter import events
from tests.plans import MONDAY, WORDS, a_day, a_plan, a_session


def named(plan: Plan) -> Plan:
    """A first plan with its identities."""
    return keep_identities(plan, None)


def of_one(**given: Any) -> dict[str, str]:
    """The event of a plan that is one session."""
    plan = named(a_plan(a_day(MONDAY, a_session(**given))))
    (found,) = events(calendar_bytes(plan, **WORDS))
    return found
