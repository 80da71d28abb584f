"""How long ``why`` takes: goals missed in sixteen weeks, and a day of a plan."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from planner.explaining import explain
from planner.plan import Plan
from planner.planning import plan_from
from planner.profile import parse_runner
from planner.reaching import Asking
from planner.resolving import build_request
from planner.stages import Found
from rules import RULEBOOK
from rules.loading import load_exercises, load_ladders, load_limits
from tests.benchmarks.measuring import COMMAND, process_seconds
from tests.commands import TODAY
from tests.runners import STOP_ABOVE_MAX, header_on, toml_text

START = date(2026, 11, 30)
IN_SIXTEEN_WEEKS = date(2027, 3, 21)

HALF = {"kind": "race", "on": IN_SIXTEEN_WEEKS, "distance_km": 21.1, "pace": "6:30"}
WEEKDAYS_45 = dict.fromkeys(("mon", "tue", "wed", "thu"), 45)
SHORT_RUNS = {"run_minutes": [40] * 4, "longest_run_minutes": 15, "days_since_last_run": 2}
LONGER_RUNS = {"run_minutes": [70, 80, 80, 90], "longest_run_minutes": 30, "days_since_last_run": 2}

MISSED: Mapping[str, Mapping[str, object]] = {
    "half marathon, short runs so far": {
        "goal": HALF,
        "week": {"runs": 3, "walks": 2, "strength": 1, "mobility": 1},
        "week.minutes": {**WEEKDAYS_45, "sat": 60, "sun": 180},
        "recent": SHORT_RUNS,
    },
    "half marathon, an hour on Sundays": {
        "goal": HALF,
        "week": {"runs": 3, "walks": 2, "strength": 1, "mobility": 1},
        "week.minutes": {"mon": 40, "wed": 40, "sun": 60},
        "recent": LONGER_RUNS,
    },
    "half marathon, three weeks away": {
        "goal": HALF,
        "week": {"runs": 2, "walks": 2, "strength": 1, "mobility": 1},
        "week.minutes": {**WEEKDAYS_45, "sat": 60, "sun": 180},
        "away": [{"from": date(2026, 12, 20), "to": date(2027, 1, 10)}],
        "recent": LONGER_RUNS,
    },
    "three hours of running": {
        "goal": {"kind": "run_time", "minutes": 180, "on": IN_SIXTEEN_WEEKS},
        "week": {"runs": 3, "walks": 2, "strength": 1, "mobility": 1},
        "week.minutes": {**WEEKDAYS_45, "sat": 60, "sun": 180},
        "recent": SHORT_RUNS,
    },
    "half marathon, new to running": {
        "goal": HALF,
        "week": {"runs": 3, "walks": 2, "strength": 1, "mobility": 1},
        "week.minutes": {**WEEKDAYS_45, "sat": 60, "sun": 180},
    },
    "marathon, runs of 30 minutes so far": {
        "goal": {"kind": "race", "on": IN_SIXTEEN_WEEKS, "distance_km": 42.195, "pace": "6:00"},
        "week": {"runs": 4, "walks": 2, "strength": 1, "mobility": 1},
        "week.minutes": {**WEEKDAYS_45, "sat": 60, "sun": 300},
        "recent": LONGER_RUNS,
    },
}


@dataclass(frozen=True)
class Asked:
    """``work`` in the measure of ``planner.reaching``; ``offers``: how many were found."""

    name: str
    seconds: float
    work: float
    conflict: int
    offers: int


def text_of(name: str) -> str:
    """The file of a runner who misses her goal."""
    kind = "new" if "new to" in name else "returning"
    tables = {
        "runner": {"name": "Kim", "time_zone": "UTC", "experience": kind},
        **MISSED[name],
        "back": {"pain_today": 1.0, "usual_pain": 1.0},
        "plan": {"start": START},
    }
    return toml_text(tables)


def asked(name: str) -> Asked:
    """The explanation of a missed goal, timed without the start of the process."""
    limits, ladders = load_limits(), load_ladders()
    runner = parse_runner(text_of(name).encode(), "kim.toml", stop_above_max=STOP_ABOVE_MAX)

    def plan_of(found: Found) -> Plan:
        return plan_from(found, RULEBOOK, header_on(), load_exercises())

    began = time.perf_counter()
    asking = Asking(
        runner,
        RULEBOOK,
        lambda one: build_request(one, today=START, limits=limits, ladders=ladders),
        plan_of,
    )
    why = explain(asking)
    seconds = time.perf_counter() - began
    return Asked(name, seconds, asking.work, len(why.conflict), len(why.offers))


def why_seconds(folder: Path, name: str) -> float:
    """A whole ``why`` of a plan that is stored, in a process of its own."""
    file = _planned(folder, name)
    return process_seconds("-c", COMMAND, "why", str(file), "--today", TODAY, repeats=1)


def day_seconds(folder: Path, name: str, day: str) -> tuple[float, float]:
    """``why`` about a day, and ``show``, which has to start and to read the plan as well."""
    file = str(_planned(folder, name))
    why = process_seconds("-c", COMMAND, "why", file, day, "--today", TODAY)
    return why, process_seconds("-c", COMMAND, "show", file, "--today", TODAY)


def _planned(folder: Path, name: str) -> Path:
    file = folder / "kim.toml"
    file.with_suffix(".db").unlink(missing_ok=True)
    file.write_text(text_of(name))
    process_seconds("-c", COMMAND, "plan", str(file), "--today", TODAY, repeats=1)
    return file
