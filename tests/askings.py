"""Goals out of reach to ask about, and rules of somebody else's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from planner.plan import HUNDREDTHS, Kind, Plan
from planner.planning import plan_from
from planner.profile import parse_runner
from planner.reaching import Asking
from planner.request import Request
from planner.resolving import build_request
from planner.rule import Breach, Rule, Stage, Tier
from planner.stages import Found
from rules import RULEBOOK
from rules.loading import load_exercises, load_ladders, load_limits
from tests.runners import STOP_ABOVE_MAX, TODAY, header_on, toml_text

MONDAY = date(2026, 11, 30)


def story(**tables: Any) -> str:
    """A race of 60 minutes in three weeks for someone who runs 40, changed by the tables given."""
    default: dict[str, Any] = {
        "runner": {"name": "Maya", "time_zone": "UTC"},
        "goal": {
            "kind": "race",
            "distance_km": 10.0,
            "pace": "6:00",
            "on": MONDAY + timedelta(days=20),
        },
        "week": {"runs": 3, "walks": 1},
        "week.minutes": {"mon": 50, "wed": 50, "sat": 90},
        "recent": {
            "run_minutes": [90, 90, 90, 90],
            "longest_run_minutes": 40,
            "days_since_last_run": 2,
        },
        "back": {"pain_today": 1},
        "plan": {"start": MONDAY},
    }
    text = {name: default.get(name, {}) | tables.get(name, {}) for name in default}
    text |= {name: table for name, table in tables.items() if name not in default}
    return toml_text(text)


def asking(text: str, rules: Sequence[Rule] = RULEBOOK, *, plan_alone: bool = False) -> Asking:
    limits, ladders = load_limits(), load_ladders()
    runner = parse_runner(text.encode(), "maya.toml", stop_above_max=STOP_ABOVE_MAX)

    def plan_of(found: Found) -> Plan:
        return plan_from(found, rules, header_on(), load_exercises())

    return Asking(
        runner,
        rules,
        lambda one: build_request(one, today=TODAY, limits=limits, ladders=ladders),
        plan_of,
        plan_alone=plan_alone,
    )


class MostTwenty:
    """A rule of somebody else's: no run above 20 minutes."""

    name = "most-twenty"
    title = "No run above twenty minutes"
    stage = Stage.DOSE
    tier = Tier.LIMIT
    sources = ("their-own",)

    def post(self, request: Request, doses: Any, model: Any) -> int:
        for day in doses.run_days:
            model.add(doses.run(day) <= 20 * HUNDREDTHS)
        return 0

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        for day in plan.days:
            if day.run_hundredths > 20 * HUNDREDTHS:
                said = f"{day.run_hundredths / 100:g} minutes of running, and twenty are the most."
                yield Breach(rule=self.name, days=(day.date,), reason=said)


class MondayMobility:
    """A rule of somebody else's: mobility every Monday."""

    name = "monday-mobility"
    title = "Mobility on every Monday"
    stage = Stage.PLACE
    tier = Tier.LIMIT
    sources = ("their-own",)

    def post(self, request: Request, places: Any, model: Any) -> int:
        for day in range(request.days):
            if request.weekday(day) == 0:
                model.add(places.on(day, Kind.MOBILITY) >= 1)
        return 0

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        for day in plan.days:
            if day.date.weekday() == 0 and not day.has(Kind.MOBILITY):
                said = f"No mobility on Monday {day.date:%d %b}."
                yield Breach(rule=self.name, days=(day.date,), reason=said)
