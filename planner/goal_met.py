"""Whether a plan meets its goal, and the race as a thing that must be in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.placing import Places
from planner.plan import Kind, Plan
from planner.request import Request
from planner.rule import Breach, Cost, Stage, Tier
from planner.stages import Found

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel


class RaceIsRun:
    """That there is a race on its day: what a question is about, not a limit to take away."""

    name = "race-is-run"
    title = "The race on its day"
    stage = Stage.PLACE
    tier = Tier.LIMIT
    sources = ()

    def post(self, request: Request, places: Places, model: CpModel) -> Cost:
        if request.race_day is not None and request.race_possible:
            model.add(places.on(request.race_day, Kind.RACE) == 1)
        return 0

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        yield from ()


def is_reached(found: Found) -> bool:
    """Whether nothing is missing of the goal, nor of the race itself."""
    short = [tier.cost for tier in found.tiers if tier.name == Tier.GOAL.value]
    return has_its_day(found.request) and short == [0]


def has_its_day(request: Request) -> bool:
    """Whether the goal's day is in the plan, and the race can be run on it."""
    day = request.goal.day
    within = day is None or day < request.days
    return within and (request.race_day is None or request.race_possible)
