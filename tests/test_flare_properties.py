"""Runners of every kind, as weeks go by: logged, skipped, sore, flared up, stopped, cleared.

Each re-plan of a story is judged by our own checker and by the contract's, which is written from the
contract's and the evidence's pages alone. A story is played once and asked every question.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator

from hypothesis import HealthCheck, Phase, given, settings

from planner.checking import limits_broken
from planner.cli.printing import plan_document
from planner.plan import Kind, State
from planner.request import PastRun
from planner.revising import within
from rules import RULEBOOK
from tests.contract_again import breaches_again
from tests.histories import CLEAN, LEG_SIGNS, Lived, Replan, Story, identities, lived, stories

STORIES = 60
MAY_SAY = ("has gone by", "lies before the plan's first day", "No plan keeps every limit")
"""All that may keep a re-plan from being made."""


def faults(replan: Replan, text: str) -> Iterator[str]:
    """What is wrong with one re-plan: what, and after a bar the details."""
    if replan.next is None:
        if not any(part in str(replan.fault) for part in MAY_SAY):
            yield f"refused | {replan.fault}"
        return
    plan, request = replan.next.plan, replan.next.request
    for breach in limits_broken(request, within(plan, request), RULEBOOK):
        yield f"our checker: {breach.rule} | {breach.reason}"
    yield from _breaches_of_the_contract(replan, text)
    yield from _faults_of_past(replan)
    yield from _faults_of_identities(replan)


def _breaches_of_the_contract(replan: Replan, text: str) -> Iterator[str]:
    assert replan.next is not None
    history = replan.planner.history
    found = breaches_again(
        plan_document(replan.next.plan),
        tomllib.loads(text),
        history.model_dump(mode="json"),
        first=history.told[0].on,
        today=replan.today,
        open_on=replan.open_on,
        leg_signs=LEG_SIGNS,
    )
    for one in found:
        yield f"contract: {one.limit} | {one.on} {one.said}"


def _faults_of_past(replan: Replan) -> Iterator[str]:
    """Days gone by stay; of a day with a session done a session may be left out, none comes to it."""
    assert replan.next is not None
    now = {day.date: day for day in replan.next.plan.days}
    for day in replan.stored.days:
        later = now.get(day.date)
        if day.date < replan.today and later != day:
            yield f"the past changed | {day.date}: {day} is now {later}"
        closed = replan.today == day.date < replan.open_on
        if closed and (later is None or not set(later.sessions) <= set(day.sessions)):
            yield f"a day with a session done changed | {day} is now {later}"


def _faults_of_identities(replan: Replan) -> Iterator[str]:
    assert replan.next is not None
    now, before = identities(replan.next.plan), identities(replan.stored)
    if len(set(now)) != len(now):
        yield f"identities twice | {now}"
    again = (set(now) - set(before)) & replan.used
    if again:
        yield f"identities used again | {sorted(again)}"


def test_every_re_plan_of_every_story_is_sound():
    seen: set[Story] = set()
    told: Counter[str] = Counter()
    found: list[tuple[str, Story]] = []

    # A story takes half a second: making a failing one smaller would take an hour.
    @settings(
        max_examples=STORIES,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(stories())
    def live(story: Story) -> None:
        if story in seen:
            return
        seen.add(story)
        for replan in lived(story):
            found.extend((fault, story) for fault in faults(replan, story.text))
            told.update(_told(replan))

    live()
    assert found == []
    assert len(seen) >= 40
    # What these stories are for did happen in them.
    for what in (*(state.value for state in State), "changed", "stopped", "set-back", "afresh"):
        assert told[what] >= 1, told


def _told(replan: Replan) -> Iterator[str]:
    if replan.next is None:
        return
    plan, request = replan.next.plan, replan.next.request
    yield from (day.state.value for day in plan.days if day.date == replan.today)
    yield from ["changed"] * bool(replan.next.changes)
    yield from ["stopped"] * bool(replan.planner.stopped)
    yield from ["set-back"] * (request.setback is not None)
    yield from ["afresh"] * replan.afresh


MAYA = """
[runner]
name = "Maya"
time_zone = "Europe/Zurich"
experience = "new"
[goal]
kind = "keep_running"
[week]
runs = 3
[week.minutes]
mon = 60
wed = 60
fri = 60
sun = 60
[recent]
run_minutes = [40, 40, 40, 40]
longest_run_minutes = 4
days_since_last_run = 2
[back]
pain_today = 0.5
usual_pain = 0
[plan]
start = 2026-12-04
weeks = 6
"""


def test_sessions_before_a_flare_lead_to_no_stage_after_it():
    # Twice at the first stage, a flare, the gate, twice at the first stage again: that is not enough.
    quiet, walk = Lived(rating=0.0), Lived(walk=30.0, pains=CLEAN)
    days = (*[Lived()] * 3, Lived(flare=6.0), quiet, quiet, walk, Lived(replans="morning"))
    (replan,) = lived(Story(MAYA, days))
    assert replan.next is not None
    plan = replan.next.plan
    runs = [day for day in plan.days if day.date >= replan.today and day.has_run]
    first, _, third, fourth = runs[:4]
    assert [day.run_hundredths for day in runs[:4]] == [325, 325, 325, 600]
    before = PastRun(
        day=-7,
        run_hundredths=325,
        kind=Kind.RUN_WALK,
        steps=first.sessions[0].steps,
        is_clean=True,
    )
    past = (before, before.model_copy(update={"day": -5}))
    request = replan.next.request.model_copy(update={"past_runs": past})

    sooner = third.model_copy(update={"sessions": fourth.sessions})
    changed = tuple(sooner if day == third else day for day in plan.days)
    found = limits_broken(
        request, within(plan.model_copy(update={"days": changed}), request), RULEBOOK
    )

    assert "two-clean" in {breach.rule for breach in found}
