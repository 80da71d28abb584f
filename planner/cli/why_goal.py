"""``runback why FILE``: what stands between the runner and her goal, and what would do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli.due import NOT_KNOWN, Fit, fit_of
from planner.errors import NoPlanPossible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planner.cli.next_plan import Next, Planner
    from planner.cli.setting import Setting
    from planner.explaining import Explanation, Member
    from planner.plan import Plan
    from planner.profile import Runner
    from planner.request import Limits, Request
    from planner.rule import Breach, Rule


@dataclass(frozen=True)
class _Story:
    """The plan, if there is one, and what explains it. ``changed``: not the plan that is stored.

    ``name``: of her file, as typed; ``fit``: whether the stored plan still fits; ``own``: the rules that
    numbers of her own made stricter.
    """

    plan: Plan | None
    why: Explanation
    close: tuple[Breach, ...]
    rules: Mapping[str, Rule]
    limits: Limits
    changed: bool = False
    name: str = ""
    fit: Fit = NOT_KNOWN


def tell_goal(file: Path, tighter: Path | None, today: date | None, as_json: bool) -> None:
    """Find out and print, as sentences or as the contract's JSON."""
    from planner.cli.printing import print_json, print_text, progress
    from planner.cli.setting import setting
    from planner.table import with_years

    here = setting(file, tighter, today)
    here.refuse_withdrawn()
    with progress("Looking for what stands in the way"):
        story = replace(
            _story(here),
            name=click.format_filename(file),
            fit=fit_of(here),
        )
    if as_json:
        print_json(_document(story))
        return
    for text, first in _told(story):
        print_text(with_years(text, here.today), first=first, rest=" " * len(first))


def _story(here: Setting) -> _Story:
    from planner.cli.rulebook import rulebook
    from planner.explaining import explain, explain_reached, tightest
    from planner.goal_told import lacks_race
    from planner.plan import hundredths

    rules = rulebook()
    planner = here.planner(rules, _weeks(here))
    by_name = {rule.name: rule for rule in rules}
    try:
        found, changed = _plan(here, planner)
    except NoPlanPossible:
        why = explain(_asking(here, planner, plan_alone=True))
        return _Story(None, why, (), by_name, here.limits)
    asking = _asking(here, planner)
    if not found.plan.goal.reached:
        on_its_day = 0.0 if lacks_race(found.plan) else found.plan.goal.planned_minutes
        why = explain(asking, hundredths(on_its_day))
        return _Story(found.plan, why, (), by_name, here.limits, changed)
    close = tightest(found.request, found.plan, rules)
    return _Story(found.plan, explain_reached(asking), close, by_name, here.limits, changed)


def _weeks(here: Setting) -> int | None:
    """The weeks that the stored plan was asked for, where the file says nothing of its end."""
    from planner.request import DAYS_IN_WEEK

    runner, stored = here.runner, here.stored
    if stored is None or runner.goal.on is not None or runner.plan.weeks is not None:
        return None
    return -(-len(stored.days) // DAYS_IN_WEEK)


def _plan(here: Setting, planner: Planner) -> tuple[Next, bool]:
    """The stored plan where nothing is new since, else the one that would be made now."""
    if here.stored is not None and here.journal.made_from() == planner.fingerprint():
        return planner.as_it_is(min(here.today, here.stored.end)), False
    return planner.afresh(here.today), here.stored is not None


def _asking(here: Setting, planner: Planner, *, plan_alone: bool = False) -> Any:
    from planner.cli.setting import with_runner
    from planner.planning import plan_from
    from planner.reaching import Asking
    from planner.stages import Found

    def request_of(runner: Runner) -> Request:
        other = with_runner(here, runner).planner(planner.rules, _weeks_of(runner, here, planner))
        return other.request_as_of(here.today)

    def plan_of(found: Found) -> Plan:
        header = planner.header(found.request, here.today)
        return plan_from(found, planner.rules, header, planner.exercises)

    return Asking(here.runner, planner.rules, request_of, plan_of, plan_alone=plan_alone)


def _weeks_of(runner: Runner, here: Setting, planner: Planner) -> int | None:
    return planner.weeks if runner.plan.weeks == here.runner.plan.weeks else None


def _says(member: Member, story: _Story) -> str:
    """What a demand of the conflict asks, in its own numbers; empty where no number tells it."""
    if member.breach is not None:
        what = "without it" if member.alone else "with the others alone"
        times = f" {member.times} times, at worst" if member.times > 1 else ""
        said = f"The nearest plan found {what} breaks it{times}: {member.breach.reason}"
        return said + _study(member, story)
    if member.rule:
        numbers = _numbers(member, story)
        return f"Its numbers: {numbers}.{_study(member, story)}" if numbers else ""
    if member.offer:
        return f"Enough would be: {member.offer}."
    if not member.is_fact:
        return ""
    brings = f" It brings with it: {', '.join(member.brings)}." if member.brings else ""
    care = (
        "Pain that stays is worth showing to a physiotherapist or a GP: runback care getting-help"
    )
    better = " In mild pain or none the goal would be in reach." * member.alone
    return f"This is where you start from.{brings}" + f"{better} {care}" * member.is_back


def _numbers(member: Member, story: _Story) -> str:
    """The limit's numbers in the states of the plan, in a runner's words."""
    from planner.cli.rule_numbers import EVERY, number_lines, numbers_of

    states = {EVERY, *(day.state.value for day in story.plan.days)} if story.plan else None
    numbers = numbers_of(member.rule, story.limits)
    held = [one for one in numbers if states is None or one.state in states]
    return "; ".join(line for line, _ in number_lines(held, in_full=False))


def _study(member: Member, story: _Story) -> str:
    """The studies that give the limit's numbers in the states of the plan, or point to them."""
    from planner.cli.studies import OWN_NUMBERS, carrying, known

    rule = story.rules[member.rule]
    days = story.plan.days if story.plan else ()
    on = member.breach.days if member.breach else ()
    states = {day.state for day in days if day.date in on} or {day.state for day in days}
    found = carrying(rule, story.limits, tuple(states))
    sources = (*found.given, *found.minded) if found.has_numbers else rule.sources
    studies = [one.short() for one in known(sources) if one.year and one.citable]
    told = [*dict.fromkeys(studies), *[OWN_NUMBERS] * found.hers]
    return f" ({'; '.join(told)})" if told else ""


def _document(story: _Story) -> dict[str, Any]:
    plan, why = story.plan, story.why
    goal = plan.goal if plan else None
    reached = goal is not None and goal.reached
    gets_to = [one.minutes for one in why.offers if one.minutes is not None]
    most = max([goal.planned_minutes, *gets_to]) if goal and not reached else None
    return {
        "reached": reached,
        "asked_minutes": goal.asked_minutes if goal else None,
        "planned_minutes": goal.planned_minutes if goal else None,
        "conflict": [
            {"demand": one.demand, "kind": one.kind, "says": _says(one, story), "sure": one.sure}
            for one in why.conflict
        ],
        "earliest_date": why.day.on.isoformat() if why.day and why.day.earliest else None,
        "most_minutes": most,
        "would_do": [offer.said for offer in why.offers],
        "all_tried": why.all_tried,
        "wherever": why.wherever,
        "fits": story.fit.fits,
        "advice": list(story.fit.advice),
    }


def _told(story: _Story) -> Iterator[tuple[str, str]]:
    """The sentences, each with what its first line begins with."""
    from planner.cli import telling
    from planner.resolving import MOST_WEEKS

    plan, why = story.plan, story.why
    yield from _fit_told(story)
    if plan is None:
        yield "No plan is possible with what the file asks for.", ""
        yield from _conflict(story, "a plan would be possible")
        return
    yield telling.goal_sentence(plan), ""
    for note in plan.notes:
        yield note, ""
    if plan.goal.reached:
        yield from _reached(story, plan)
        return
    if why.reached:
        yield (
            "A plan made anew from today on would get there; the one you have was changed as little as "
            f"could be. For the other one: runback plan {story.name} --anew",
            "",
        )
        return
    if not why.conflict and not plan.goal.within_plan:
        yield f"A plan has {MOST_WEEKS} weeks at the most: plan again when its day is nearer.", ""
        return
    yield from _conflict(story, "the goal would be in reach")


def _fit_told(story: _Story) -> Iterator[tuple[str, str]]:
    """Whether the stored plan still fits, and of which plan the rest is told."""
    for sentence in story.fit.advice:
        yield sentence, ""
    if story.changed:
        made_now = "this is a plan made now."
        changed = "Your file or your log has changed since the plan was made; "
        yield f"What follows: {made_now}" if story.fit.advice else changed + made_now, ""
    if story.fit.advice:
        yield "", ""


def _conflict(story: _Story, free: str) -> Iterator[tuple[str, str]]:
    why = story.why
    yield "", ""
    where = ", whatever days the sessions are on" if why.wherever else ""
    if len(why.conflict) == 1:
        yield "This stands in the way, whatever else gave way:", ""
    elif why.conflict:
        yield (
            f"These can't all hold{where}; all else is set aside here. Were one of them gone, {free}:",
            "",
        )
    all_unsure = not any(member.sure for member in why.conflict)
    for member in why.conflict:
        yield member.demand, "- "
        says = _says(member, story)
        if says:
            yield says, "  "
        if not member.sure and not all_unsure:
            yield "Whether it is needed for that took too much work to find out.", "  "
    if why.conflict and not why.wherever and story.plan is not None:
        easing = ", and to ease the weeks before a race" * (story.plan.goal.kind == "race")
        yield (
            f"So far as runback's own way goes to choose the days{easing}; a plan of another make "
            "might do.",
            "",
        )
    if why.conflict and all_unsure:
        yield "It took too much work to be certain that each of them is needed for that.", ""
    yield "", ""
    if why.offers:
        yield "What would do, each planned and found to keep every limit:", ""
        for offer in why.offers:
            yield offer.said, "- "
    elif why.all_tried:
        yield "No change of your own lines was found that does it. Limits are never given up.", ""
    if not why.all_tried:
        more = "There may be more: it" if why.offers else "It"
        yield (
            f"{more} was too much work to try everything that may do. Limits are never given up.",
            "",
        )
    named = [name for one in why.conflict for name in (one.rule, *one.brings) if name]
    if named:
        looked_up = ", ".join(f"runback rules {name}" for name in dict.fromkeys(named))
        yield f"What it rests on: {looked_up}", ""


def _reached(story: _Story, plan: Plan) -> Iterator[tuple[str, str]]:
    from planner.plan import State
    from planner.table import long_date

    day = story.why.day
    is_sore = any(one.state not in (State.HEALTHY, State.MILD) for one in plan.days)
    hope = ", if your back gets better as early as it can" * is_sore
    if day is not None and day.earliest:
        yield f"The earliest day for it, tried week by week: {long_date(day.on)}{hope}.", ""
    elif day is not None:
        yield f"It is in reach by {long_date(day.on)}{hope or ' at the latest'}.", ""
    if story.close:
        yield "", ""
        yield "Limits that stand close, were the longest run 5 minutes longer:", ""
        for breach in story.close:
            yield f"{breach.reason} [{breach.rule}]", "- "
