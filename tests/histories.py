"""Stories for the whole-engine tests: a runner, what happened to her day by day, when she re-plans.

A story is drawn without a plan in sight; ``lived`` plays it: what she does on a day depends on what
the plan of that day says. Each re-plan is handed out with all that was known at that moment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from hypothesis import strategies as st

from planner.as_planned import as_planned, planned_day
from planner.cli.next_plan import Next, Planner
from planner.errors import PlannerError
from planner.history import Answer, History, Logged, LogKind, News, Report, with_news
from planner.past import first_told
from planner.plan import Kind, Plan
from planner.profile import Runner, parse_runner
from planner.triage import standing, stopped_kinds
from rules import RULEBOOK
from rules.loading import load_exercises, load_ladders, load_limits, load_triage
from tests.runners import STARTS, STOP_ABOVE_MAX, WEEKDAYS, Tables, runner_files, toml_text

QUESTIONS = load_triage()
LEG_SIGNS = tuple(question.id for question in QUESTIONS if question.is_leg_sign)
FLAGS = ("RF11", "RF18", "RF19", "RF10")
"""Signs that stop running; RF19 keeps the restart gate shut as well, RF10 stops every session."""

ONE_DAY = timedelta(days=1)
DONE = ("as planned", "shorter", "longer", "skipped", "silent", "another run", "strength")

Pains = tuple[float | None, float | None, float | None]
"""During, after, and next morning."""


@dataclass(frozen=True)
class Lived:
    """One day: how the plan was followed, how it hurt, and what she told beside."""

    done: str = "silent"
    pains: Pains = (None, None, None)
    rating: float | None = None
    walk: float | None = None
    flare: float | None = None
    flag: str | None = None
    cleared: bool = False
    replans: str = ""


@dataclass(frozen=True)
class Story:
    """A runner's file and her days, the first plan's first day first."""

    text: str
    days: tuple[Lived, ...]


@dataclass(frozen=True)
class Replan:
    """One re-plan: what it was made from, and what came of it. ``fault`` is a refusal, in words."""

    planner: Planner
    today: date
    afresh: bool
    stored: Plan
    next: Next | None
    fault: PlannerError | None = None
    used: frozenset[str] = field(default_factory=frozenset)

    @property
    def open_on(self) -> date:
        """The first day that may still change: tomorrow where a session of today is done.

        Such as count for the days around it: a run, strength, a walk of more than 30 minutes.
        """
        done = any(
            one.on == self.today
            and (
                one.run_minutes > 0
                or (one.kind is LogKind.STRENGTH and one.session_kind is not None)
                or (one.kind is LogKind.WALK and one.walk_minutes > 30)
            )
            for one in self.planner.history.logged
        )
        return self.today + ONE_DAY if done else self.today


def planner_for(runner: Runner, stored: Plan | None, history: History) -> Planner:
    """All that a plan is made from, the red flags answered as the history has it."""
    where = standing(history, QUESTIONS)
    return Planner(
        runner=runner,
        limits=load_limits(),
        ladders=load_ladders(),
        exercises=load_exercises(),
        rules=RULEBOOK,
        stored=stored,
        weeks=None,
        history=history,
        stopped=stopped_kinds(where, QUESTIONS),
        leg_signs=LEG_SIGNS,
        triage=where.word,
        triage_on=where.answered_on,
    )


def identities(plan: Plan) -> list[str]:
    """The identities of a plan's sessions and rest days."""
    found = [session.id for day in plan.days for session in day.sessions]
    return found + [day.rest_id for day in plan.days if day.rest_id]


def lived(story: Story) -> Iterator[Replan]:
    """Play a story: each of its re-plans, in their order."""
    runner = parse_runner(story.text.encode(), "maya.toml", stop_above_max=STOP_ABOVE_MAX)
    start = runner.plan.start
    assert start is not None
    history = first_told(runner, start)
    plan = planner_for(runner, None, history).afresh(start).plan
    used = frozenset(identities(plan))
    for number, day in enumerate(story.days):
        today = start + number * ONE_DAY
        if today > plan.end:
            return
        for hour in ("morning", "evening"):
            facts = _told(day, today, history) if hour == "morning" else _done(day, today, plan)
            history = with_news(history, facts)
            if hour not in day.replans:
                continue
            replan = _replanned(runner, plan, history, today, "afresh" in day.replans, used)
            yield replan
            if replan.next is not None:
                plan = replan.next.plan
                used |= set(identities(plan))


def _replanned(
    runner: Runner,
    stored: Plan,
    history: History,
    today: date,
    afresh: bool,
    used: frozenset[str],
) -> Replan:
    planner = planner_for(runner, stored, history)
    try:
        found = planner.afresh(today) if afresh else planner.again(today)
    except PlannerError as fault:
        return Replan(planner, today, afresh, stored, None, fault, used)
    return Replan(planner, today, afresh, stored, found, None, used)


def _told(day: Lived, today: date, history: History) -> News:
    """What she tells in the morning, before the day's sessions."""
    rated = Logged(on=today, kind=LogKind.DAY, pain=day.rating)
    return News(
        logged=() if day.rating is None else (rated,),
        report=None if day.flare is None else Report(on=today, pain=day.flare, told_on=today),
        answer=Answer(on=today, flags=(day.flag,)) if day.flag else None,
        cleared_on=today if day.cleared and history.answers else None,
    )


def _done(day: Lived, today: date, plan: Plan) -> News:
    """The log of a day's sessions; the next morning's pain is told with them."""
    during, after, morning = day.pains
    pains = {"pain_during": during, "pain_after": after, "pain_morning": morning}
    entries = {one.kind: one for one in _sessions(day, today, plan)}
    if day.walk is not None:
        entries[LogKind.WALK] = Logged(on=today, kind=LogKind.WALK, walk_minutes=day.walk)
    owner = next((k for k in (LogKind.RUN, LogKind.WALK, LogKind.STRENGTH) if k in entries), None)
    if owner:
        entries[owner] = entries[owner].model_copy(update=pains)
    if day.done == "skipped":
        entries[LogKind.DAY] = Logged(on=today, kind=LogKind.DAY, pain=day.rating, skipped=True)
    return News(logged=tuple(entries[kind] for kind in LogKind if kind in entries))


def _sessions(day: Lived, today: date, plan: Plan) -> Iterator[Logged]:
    if day.done == "another run":
        yield Logged(on=today, kind=LogKind.RUN, run_minutes=20.0)
    if day.done == "strength":
        yield Logged(on=today, kind=LogKind.STRENGTH, session_kind=Kind.STRENGTH)
    if day.done not in ("as planned", "shorter", "longer"):
        return
    factor = {"as planned": 1.0, "shorter": 0.6, "longer": 1.4}[day.done]
    for entry in as_planned(planned_day(plan, today)):
        if entry.kind is LogKind.RUN and factor != 1:
            minutes = round(entry.run_minutes * factor, 2)
            entry = entry.model_copy(update={"run_minutes": minutes, "steps": ()})
        yield entry


CLEAN: Pains = (0.0, 0.0, 0.0)
WORSE: tuple[Pains, ...] = ((1, 1, 1), (0, 0, 2.5), (2.5, 1, 1), (3, 2, 3), (0, 0, 6), (None,) * 3)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Stories of two to five weeks, most with a flare, and three to five re-plans."""
    weeks = draw(st.integers(4, 8))
    text = draw(able_runners(weeks) | able_runners(weeks) | _stretched(weeks))
    number = draw(st.sampled_from((10, 14, 18, 22, 26, 34)))
    days = [draw(_usual_day()) for _ in range(number)]
    for flare in draw(st.sampled_from(((), (), (), (0,), (2,), (5,), (9,), (4, 20), (12,)))):
        _with_flare(draw, days, flare + draw(st.integers(0, 4)))
    if draw(st.integers(0, 4)) == 0:
        _with_flag(draw, days)
    _with_replans(draw, days)
    return Story(text, tuple(days))


@st.composite
def _usual_day(draw: st.DrawFn) -> Lived:
    done = draw(st.sampled_from((*DONE, *["as planned"] * 14, "skipped")))
    pains = draw(st.sampled_from((*[CLEAN] * 40, *WORSE)))
    rating = draw(st.sampled_from((*[None] * 24, *[0.0] * 12, 1.0, 2.0, 2.5, 4.0)))
    return Lived(done=done, pains=pains, rating=rating)


def _with_flare(draw: st.DrawFn, days: list[Lived], first: int) -> None:
    """A flare, some loud days, two quiet ones, the test walk; all of it may fail to come."""
    loud = draw(st.sampled_from((0, 0, 0, 1, 3, 6, 12)))
    row = [Lived(flare=draw(st.sampled_from((3.0, 6.0, 8.0))))]
    row += [Lived(rating=draw(st.sampled_from((2.5, 4.0, 6.0)))) for _ in range(loud)]
    row += [Lived(rating=0.0) for _ in range(draw(st.sampled_from((2, 2, 2, 2, 3, 1))))]
    row += [Lived(walk=30.0, pains=(0.0, 0.0, draw(st.sampled_from((*[0.0] * 6, 3.0)))))]
    if draw(st.integers(0, 3)):
        row.append(Lived(rating=0.0, done="as planned", pains=CLEAN, replans="morning"))
    for place, day in enumerate(row, start=first):
        if place < len(days):
            days[place] = day


def _with_flag(draw: st.DrawFn, days: list[Lived]) -> None:
    on = draw(st.integers(0, len(days) - 1))
    later = on + draw(st.integers(1, 12))
    days[on] = replace(days[on], flag=draw(st.sampled_from(FLAGS)))
    if later < len(days):
        days[later] = replace(days[later], cleared=True)


def _with_replans(draw: st.DrawFn, days: list[Lived]) -> None:
    """Re-plans on any days, on that of a flare, and at the end."""
    chosen = {draw(st.integers(0, len(days) - 1)) for _ in range(draw(st.integers(1, 3)))}
    told = (place for place, day in enumerate(days) if day.flare is not None or day.flag)
    chosen |= {place for place in told if draw(st.integers(0, 2))}
    chosen.add(len(days) - 1)
    hours = ("morning", "morning", "morning", "evening", "evening", "morning, afresh")
    for place in sorted(chosen):
        days[place] = replace(days[place], replans=draw(st.sampled_from(hours)))


@st.composite
def able_runners(draw: st.DrawFn, weeks: int) -> str:
    """Runners with time, who run: most of what a re-plan has to get right is theirs."""
    longest = draw(st.sampled_from((0, 12.5, 25, 35, 45, 60, 90)))
    runs = draw(st.integers(1, 5))
    base = int(longest * min(runs, 3) * 0.8)
    start = draw(st.sampled_from(STARTS))
    goal: Tables = {"kind": draw(st.sampled_from(("race", "run_time", "keep_running", "walking")))}
    if goal["kind"] == "race":
        distance = draw(st.sampled_from((5.0, 10.0, 21.1)))
        goal |= {"on": start + timedelta(days=7 * weeks - 1), "distance_km": distance}
        goal["pace"] = "6:45"
    if goal["kind"] == "run_time":
        goal["minutes"] = draw(st.sampled_from((30, 45, 60)))
    away = {"from": start + timedelta(days=draw(st.integers(0, 30)))}
    away["to"] = away["from"] + timedelta(days=draw(st.sampled_from((0, 3, 8))))
    tables: Tables = {
        "runner": {
            "name": "Maya",
            "time_zone": "Europe/Zurich",
            "experience": draw(st.sampled_from(("new", "returning", "regular", "regular"))),
        },
        "goal": goal,
        "week": {
            "runs": runs,
            "walks": draw(st.integers(0, 5)),
            "strength": draw(st.integers(0, 3)),
            "mobility": draw(st.integers(0, 3)),
        },
        "week.minutes": {
            day: draw(st.sampled_from((0, 30, 45, 60, 60, 90, 120))) for day in WEEKDAYS
        },
        "away": [away] if draw(st.integers(0, 3)) == 0 else [],
        "recent": {
            "run_minutes": [max(base + draw(st.sampled_from((-10, 0, 5))), 0) for _ in range(4)],
            "longest_run_minutes": longest,
            "days_since_last_run": draw(st.sampled_from((1, 2, 3, 7))),
            "walk_minutes": draw(st.sampled_from((10, 20, 30, 40))),
        },
    }
    if draw(st.integers(0, 3)):
        pain = draw(st.sampled_from((0, 0, 1, 2, 3)))
        tables["back"] = {"pain_today": pain, "usual_pain": min(pain, draw(st.integers(0, 3)))}
    tables["plan"] = {"start": start, "weeks": weeks}
    return toml_text(tables)


@st.composite
def _stretched(draw: st.DrawFn, weeks: int) -> str:
    """Any runner that a file allows, with so many weeks."""
    text = draw(runner_files())
    return re.sub(r"^weeks = .*\n", "", text, flags=re.MULTILINE) + f"weeks = {weeks}\n"
