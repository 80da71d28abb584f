"""A week of the runner's own plan, for ``runback care --for``: what it holds, and why not more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.errors import InputError

if TYPE_CHECKING:
    from planner.care import CareTopic, Held
    from planner.cli.due import Fit
    from planner.cli.setting import Setting
    from planner.plan import Day, Kind, Plan

COUNTED = {
    "runs": ("run", "runs", ", {minutes} min of running"),
    "walks": ("walk", "walks", ", {minutes} min"),
    "strength": ("strength session", "strength sessions", ", {minutes} min"),
    "mobility": ("mobility session", "mobility sessions", ", {minutes} min"),
    # How long a session with a roller is says nothing of the rolling.
    "foam_roll": ("session with foam rolling", "sessions with foam rolling", ""),
}
"""What a plan holds, in words: one, several, and for how long."""

ASKED = ("runs", "walks", "strength", "mobility")
"""The keys of ``[week]`` that ask for sessions."""

REST_IN_FLARE = ("runs", "strength")
"""What the rule flare-rest forbids."""

STALE = " This plan no longer fits."


@dataclass(frozen=True)
class Week:
    """A week of the stored plan. ``when`` says which one, ``advice`` what to read before it.

    ``wishes`` are what her file asks for in a week, by the key of ``[week]``; none where it can't be
    read. ``stopped`` are the kinds that a red flag of hers forbids.
    """

    days: tuple[Day, ...]
    when: str
    fits: bool | None
    advice: tuple[str, ...]
    stopped: tuple[Kind, ...] = ()
    wishes: Mapping[str, int] = field(default_factory=dict)
    is_walker: bool = False


def week_of(file: Path, tighter: Path | None, today: date | None) -> Week:
    """This week of the stored plan; its first or last one where it has not begun or is over.

    An emergency sign ends the command, as there is no plan to count then.
    """
    from planner.cli.asking import advice, refuse_emergency
    from planner.cli.clock import today_in
    from planner.cli.files import journal_path, stored_plan
    from planner.journal import open_journal
    from planner.triage import Verdict, standing, stopped_kinds
    from rules.loading import load_triage

    plan, questions = stored_plan(file), load_triage()
    where = standing(open_journal(journal_path(file)).history(), questions)
    if where.verdict is Verdict.EMERGENCY:
        refuse_emergency(where, plan.time_zone, questions)
    fit_now, here = _fit(file, tighter, today)
    day = today or today_in(plan.time_zone)
    days, when = _days(plan, day)
    care = advice(where, plan.time_zone, questions, day)
    return Week(
        days=days,
        when=when,
        fits=fit_now.fits,
        advice=tuple(dict.fromkeys((*fit_now.advice, *care))),
        stopped=stopped_kinds(where, questions),
        wishes=here.runner.week.model_dump(include=set(ASKED)) if here else {},
        is_walker=here is not None and here.runner.goal.kind == "walking",
    )


def _fit(file: Path, tighter: Path | None, today: date | None) -> tuple[Fit, Setting | None]:
    """Whether the plan fits, and what is known of her: nothing where her file can't be read.

    That running has to wait is read first either way: most topics here ask for some movement.
    """
    from planner.cli.due import against_running, fit, fit_of
    from planner.cli.setting import setting

    try:
        here = setting(file, tighter, today)
    except InputError:
        return fit(file, tighter, today), None
    found = fit_of(here)
    first = dict.fromkeys((*against_running(here), *found.advice))
    return found._replace(advice=tuple(first)), here


def _days(plan: Plan, day: date) -> tuple[tuple[Day, ...], str]:
    from planner.table import long_date, weeks_ahead, weeks_of

    days = weeks_of(plan)[weeks_ahead(plan, day)[0] - 1]
    if day < plan.start:
        return days, f"in its first week, from {long_date(days[0].date)}"
    if day > plan.end:
        return days, f"in its last week, to {long_date(days[-1].date)}"
    return days, "this week"


def held_sentence(topic: CareTopic, week: Week | None) -> str:
    """What her plan holds this week, or why it holds none: ``Your plan has 4 walks this week.``"""
    from planner.plan import minutes_text

    found = _held(topic, week)
    if week is None or found is None:
        return ""
    one, several, length = COUNTED[topic.counts]
    stale = STALE if week.fits is False else ""
    if not found.sessions:
        return f"Your plan has no {several} {week.when}{_why_none(topic, week)}.{stale}"
    count = f"{found.sessions} {one if found.sessions == 1 else several}"
    minutes = length.format(minutes=minutes_text(found.minutes))
    return f"Your plan has {count} {week.when}{minutes}.{stale}"


def held_document(topic: CareTopic, week: Week | None) -> dict[str, Any] | None:
    """The same as JSON; None for what no plan holds."""
    found = _held(topic, week)
    if week is None or found is None:
        return None
    return {
        **found.model_dump(),
        "counts": topic.counts,
        "from": week.days[0].date.isoformat(),
        "to": week.days[-1].date.isoformat(),
        "says": held_sentence(topic, week),
    }


def _held(topic: CareTopic, week: Week | None) -> Held | None:
    from planner.care import FOAM_ROLL, held
    from rules.loading import load_exercises

    rolling = {entry.id for entry in load_exercises() if entry.kind == FOAM_ROLL}
    return held(topic, week.days, rolling) if week else None


def _why_none(topic: CareTopic, week: Week) -> str:
    """What keeps it out: her goal, a sign, a flare, or that she asks for none."""
    from planner.care import kinds_of
    from planner.plan import State

    if topic.counts == "runs" and week.is_walker:
        return ": your goal is walking"
    if kinds_of(topic.counts) & set(week.stopped):
        return ": a red flag of yours has to be looked at first (rule cleared-first)"
    if topic.counts in REST_IN_FLARE and any(day.state is State.FLARE for day in week.days):
        return ": on days of a flare there are none (rule flare-rest)"
    if topic.key not in week.wishes:
        return ""
    wish = week.wishes[topic.key]
    return (
        f", though {topic.key} in [week] asks for {wish}"
        if wish
        else (f"; {topic.key} in [week] asks for some")
    )
