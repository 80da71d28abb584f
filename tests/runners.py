"""Runners of every kind for the whole-engine tests: strategies of files, and the way to a plan."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from planner.cli.printing import plan_document
from planner.comparing import keep_identities
from planner.plan import Plan
from planner.planning import Impossible, PlanHeader, Planned, Stopped, make_plan
from planner.profile import parse_runner
from planner.request import Request
from planner.resolving import build_request
from rules import RULEBOOK
from rules.loading import load_exercises, load_ladders, load_limits

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
TODAY = date(2026, 11, 22)
STOP_ABOVE_MAX = 5.0

STARTS = (
    *(date(2026, 11, 30) + timedelta(days=day) for day in range(7)),  # each weekday
    date(2026, 12, 28),  # a week that holds the year's end
    date(2027, 12, 31),
    date(2027, 3, 25),  # summer time begins in Europe
    date(2028, 2, 24),  # a month with 29 days
    date(2028, 2, 29),
)
ZONES = (
    *("Europe/Zurich", "UTC", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns"),
    *("Pacific/Chatham", "Africa/Casablanca", "Pacific/Kiritimati"),
)
WEEKS = (*[1] * 5, *[2] * 7, *[3] * 4, *[4] * 4, *range(5, 11), 13, 20)
MINUTES = (0, 0, 5, 10, 15, 20, 30, 30, 45, 45, 60, 75, 90, 120, 240)

Tables = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """A runner's file and what came of it."""

    text: str
    request: Request
    outcome: Planned | Impossible | Stopped

    @property
    def file(self) -> Mapping[str, Any]:
        """The file as TOML reads it."""
        return tomllib.loads(self.text)

    @property
    def plan(self) -> Plan:
        """The plan, which must be there."""
        assert isinstance(self.outcome, Planned), self.outcome
        return self.outcome.plan

    @property
    def document(self) -> dict[str, Any]:
        """What ``plan --json`` prints."""
        return plan_document(self.plan)


def header_on(today: date = TODAY) -> PlanHeader:
    """What a first plan carries beside its days."""
    return PlanHeader("plan", 1, today, "Maya", "Europe/Zurich")


def request_of(text: str, today: date = TODAY, weeks: int | None = None) -> Request:
    """The request of a runner's file."""
    runner = parse_runner(text.encode(), "maya.toml", stop_above_max=STOP_ABOVE_MAX)
    return build_request(
        runner, today=today, limits=load_limits(), ladders=load_ladders(), weeks=weeks
    )


def planned(text: str, today: date = TODAY, weeks: int | None = None) -> Case:
    """The plan of a runner's file, with identities, made as the command makes it."""
    request = request_of(text, today, weeks)
    outcome = make_plan(request, RULEBOOK, header=header_on(today), exercises=load_exercises())
    if isinstance(outcome, Planned):
        named = keep_identities(outcome.plan, None)
        outcome = Planned(named, outcome.missed, outcome.request)
    return Case(text, request, outcome)


def toml_text(tables: Tables) -> str:
    """A runner's file; a list of tables becomes ``[[name]]``."""
    lines: list[str] = []
    for name, table in tables.items():
        for one in table if isinstance(table, list) else [table]:
            lines.append(f"[[{name}]]" if isinstance(table, list) else f"[{name}]")
            lines += [f"{key} = {_value(value)}" for key, value in one.items()]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else json.dumps(value)


@st.composite
def runner_files(draw: st.DrawFn) -> str:
    """A runner's file: any experience, goal, week, history and back that the file allows."""
    start = draw(st.sampled_from(STARTS))
    weeks = draw(st.sampled_from(WEEKS))
    tables: Tables = {"runner": draw(_people()), "goal": draw(_goals(start, weeks))}
    tables["week"] = draw(_weeks())
    tables["week.minutes"] = draw(_minutes())
    if draw(st.integers(0, 4)) == 0:
        day = draw(st.sampled_from(WEEKDAYS))
        tables["week.start"] = {day: draw(st.sampled_from(("02:30", "07:00", "23:30")))}
    tables["away"] = draw(st.lists(_away(start, weeks), max_size=2))
    if draw(st.integers(0, 5)):
        tables["recent"] = draw(_recents())
    if draw(st.integers(0, 4)):
        tables["back"] = draw(_backs())
    tables["plan"] = {"start": start}
    # Now and then the plan goes to its goal, near as that is.
    if "on" not in tables["goal"] or draw(st.integers(0, 2)):
        tables["plan"]["weeks"] = weeks
    return toml_text(tables)


def _people() -> st.SearchStrategy[Tables]:
    return st.fixed_dictionaries(
        {"name": st.just("Maya"), "time_zone": st.sampled_from(ZONES)},
        optional={"experience": st.sampled_from(("new", "returning", "regular"))},
    )


@st.composite
def _goals(draw: st.DrawFn, start: date, weeks: int) -> Tables:
    kind = draw(st.sampled_from(("race", "run_time", "keep_running", "walking")))
    goal: Tables = {"kind": kind}
    # From the first day to a little after the last.
    on = start + timedelta(days=draw(st.integers(0, weeks * 7 + 10)))
    if kind == "race":
        goal |= {"on": on, "distance_km": draw(st.sampled_from((0.1, 3.0, 5.0, 10.0, 21.1, 42.2)))}
        goal["pace"] = draw(st.sampled_from(("4:59", "6:45", "7:30", "9:00")))
        return goal
    if kind == "run_time" and draw(st.booleans()):
        goal["on"] = on
    if kind == "run_time" or draw(st.booleans()):
        goal["minutes"] = draw(st.sampled_from((1, 20, 30, 32.5, 45, 60, 90, 150)))
    return goal


def _weeks() -> st.SearchStrategy[Tables]:
    return st.fixed_dictionaries(
        {"runs": st.integers(0, 7)},
        optional={
            "walks": st.integers(0, 8),
            "strength": st.integers(0, 4),
            "mobility": st.integers(0, 7),
            "long_run": st.sampled_from(WEEKDAYS),
        },
    )


@st.composite
def _minutes(draw: st.DrawFn) -> Tables:
    if draw(st.integers(0, 3)) == 0:
        # The same time on every day, so that the limits alone decide.
        return dict.fromkeys(WEEKDAYS, draw(st.sampled_from(MINUTES)))
    return {day: draw(st.sampled_from(MINUTES)) for day in WEEKDAYS}


@st.composite
def _away(draw: st.DrawFn, start: date, weeks: int) -> Tables:
    first = start + timedelta(days=draw(st.integers(-3, weeks * 7)))
    length = draw(st.sampled_from((0, 0, 1, 3, 6, 13, 35)))
    return {"from": first, "to": first + timedelta(days=length)}


@st.composite
def _recents(draw: st.DrawFn) -> Tables:
    """Weeks that fit the longest run, and such as contradict it."""
    recent: Tables = {}
    longest = draw(st.sampled_from((0, 2, 5, 12.5, 20, 30, 35, 45, 60, 90, 150)))
    if draw(st.integers(0, 5)):
        recent["longest_run_minutes"] = longest
    if draw(st.integers(0, 4)):
        base = draw(st.sampled_from((0, int(longest), int(longest * 2), int(longest * 3), 90)))
        steps = draw(st.lists(st.sampled_from((0, -base, 5, 10, 15)), max_size=8))
        recent["run_minutes"] = [base + step for step in steps]
    if draw(st.booleans()):
        recent["days_since_last_run"] = draw(st.sampled_from((0, 1, 2, 3, 7, 15, 29, 30, 31, 90)))
    if draw(st.booleans()):
        recent["walk_minutes"] = draw(st.sampled_from((0, 1, 5, 10, 20, 30, 40, 60)))
    return recent


@st.composite
def _backs(draw: st.DrawFn) -> Tables:
    back: Tables = {
        "pain_today": draw(st.sampled_from((0, 0, 0, 1, 1.5, 2, 2.5, 4, 5, 5.5, 7, 10)))
    }
    if draw(st.booleans()):
        back["usual_pain"] = draw(st.sampled_from((0, 0.5, 1, 3, 8)))
    if draw(st.booleans()):
        back["worse_with"] = draw(
            st.lists(st.sampled_from(("flexion", "extension", "sitting", "impact")), unique=True)
        )
        back["better_with"] = draw(st.sampled_from(([], ["rotation"])))
    if draw(st.integers(0, 4)) == 0:
        back["stop_above"] = draw(st.sampled_from((0, 1.5, 3, 5)))
    return back
