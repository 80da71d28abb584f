"""The contract of a rule: one sentence, said twice.

``post`` tells the solver, ``breaches`` judges a finished plan. Each is written from the sentence
and not from the other, and a generic test compares the two over every short plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from planner.plan import Frozen, Plan
from planner.request import Request

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

Cost = Any
"""A linear expression of the solver, or 0 for a rule that costs nothing."""


class Stage(StrEnum):
    """Where a session goes, or how much it holds."""

    PLACE = "place"
    DOSE = "dose"


class Tier(StrEnum):
    """What a rule's cost counts for, in the order in which the tiers are solved.

    A rule of ``LIMIT`` has no cost: it is never traded for anything.
    """

    LIMIT = "limit"
    OWN_DAYS = "own-days"
    SESSIONS = "sessions"
    CHANGES = "changes"
    ROOM = "room"
    PREFERENCES = "preferences"
    GOAL = "goal"
    WALKING = "walking"
    MINUTES = "minutes"
    RAMP = "ramp"


class Breach(Frozen):
    """One place where a plan breaks a rule, in a sentence with its numbers.

    ``cost`` is 0 where a safety limit is broken, else what the missed wish costs.
    """

    rule: str
    days: tuple[date, ...]
    reason: str
    cost: int = 0

    @property
    def is_limit(self) -> bool:
        """Whether a safety limit is broken rather than a wish missed."""
        return self.cost == 0


class Rule(Protocol):
    """One rule. ``name`` is also its file, its test file and its word in messages.

    ``post`` adds the rule's constraints and returns its cost (0 for none); ``view`` is the stage's
    variables (``planner.placing.Places`` or ``planner.doses.Doses``).
    """

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def stage(self) -> Stage: ...
    @property
    def tier(self) -> Tier: ...
    @property
    def sources(self) -> tuple[str, ...]: ...
    def post(self, request: Request, view: Any, model: CpModel) -> Cost: ...
    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]: ...
