"""No reason of a re-plan can be refuted: the old session put back breaks, or costs, what is named.

The runners and their days are those of the whole-engine tests. What is put back, and with what, is
worked out here anew, and judged by the rule that is named alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from planner.causes import CLEARED, OTHERS, OWN_DAYS, WISHES
from planner.comparing import Change, changes, keep_identities
from planner.past import first_told
from planner.plan import RUNS, Kind, Plan, Session
from planner.profile import parse_runner
from planner.request import Request
from planner.revising import within
from planner.rule import Breach, Rule, Tier
from rules import RULEBOOK
from rules.loading import load_words
from tests.agreement import plan_on
from tests.histories import Replan, Story, lived, planner_for, stories
from tests.requests import a_request
from tests.runners import STOP_ABOVE_MAX

SAMPLE = Path(__file__).parent.parent / "samples" / "race-10k.toml"
STORIES = 30
RULES = {rule.name: rule for rule in RULEBOOK}
OF_WALKS = ("walking-growth",)
OF_RUNS = (
    *("session-cap", "weekly-volume", "run-days", "run-days-apart", "hard-days-apart", "hard-runs"),
    *("run-walk-only", "restart-dose", "two-clean", "volume-or-intensity", "smooth-ramp"),
    *("long-run-share", "cut-back-week", "taper", "no-zigzag", "whole-fives"),
)

Place = tuple[date, Session]


def places(plan: Plan) -> dict[str, Place]:
    return {session.id: (day.date, session) for day in plan.days for session in day.sessions}


class Refuter:
    """A re-plan beside the plan before it."""

    def __init__(self, changes: tuple[Change, ...], old: Plan, new: Plan, request: Request) -> None:
        self.changes, self.request = changes, request
        self.was, self.now = places(old), places(new)
        self.part = within(new, request)

    def faults(self) -> Iterator[str]:
        for change in self.changes:
            for fault in self._faults(change):
                yield f"{fault}: {change}"

    def _faults(self, change: Change) -> Iterator[str]:
        if not change.because:
            yield "no reason"
        if not set(change.because) <= RULES.keys() | load_words().keys():
            yield "a name that cannot be looked up"
        if change.because[:1] == (OTHERS,) and len(change.because) != 2:
            yield "goes with others, and nothing says why"
        # A day that a session done on it has closed is judged alone.
        if change.date < self.request.start or not self._is_put_elsewhere(change):
            return
        kind = self._kind(change)
        for name in set(change.because) & RULES.keys():
            if name in OF_WALKS and kind is not Kind.WALK:
                yield f"{name}, a rule of walks"
            if name in OF_RUNS and not kind.is_run:
                yield f"{name}, a rule of runs"
            # These are told as facts: a clinician's word, and where she moved a session.
            is_fact = name == OWN_DAYS or bool(change.says)
            if not is_fact and not self._holds(change, RULES[name]):
                yield f"{name} says nothing against the session as it was"

    def _kind(self, change: Change) -> Kind:
        return (self.was.get(change.session_id) or self.now[change.session_id])[1].kind

    def _is_put_elsewhere(self, change: Change) -> bool:
        """Whether it is another session, or on another day; not only at another time of it."""
        was, now = self.was.get(change.session_id), self.now.get(change.session_id)
        if was is None or now is None or was[0] != now[0]:
            return True
        one, other = was[1], now[1]
        return (one.kind, one.minutes, one.steps) != (other.kind, other.minutes, other.steps)

    def _holds(self, change: Change, rule: Rule) -> bool:
        """Whether the old session breaks a limit, alone or with others, or costs more both ways."""
        kept = tuple(rule.breaches(self.request, self.part))
        ways = ({change.session_id}, self._partners(change))
        found = [tuple(rule.breaches(self.request, self._put_back(names))) for names in ways]
        if rule.tier is not Tier.LIMIT:
            return all(cost(one) > cost(kept) for one in found)
        of_one = change.needed_on or change.of_day
        days = {of_one} if of_one else self._days(change.session_id)
        return any(days & set(breach.days) for one in found for breach in one if breach not in kept)

    def _days(self, name: str) -> set[date]:
        return {of[name][0] for of in (self.was, self.now) if name in of}

    def _partners(self, change: Change) -> set[str]:
        """The change with all that share a day with it, with one of those, and so on."""
        names = {change.session_id}
        while True:
            days = {day for name in names for day in self._days(name)}
            more = {
                other.session_id
                for other in self.changes
                if self._is_put_elsewhere(other) and self._days(other.session_id) & days
            }
            if more <= names:
                return names
            names |= more

    def _put_back(self, names: set[str]) -> Plan:
        days = []
        for day in self.part.days:
            sessions = [session for session in day.sessions if session.id not in names]
            sessions += [
                s for name, (on, s) in self.was.items() if name in names and on == day.date
            ]
            days.append(day.model_copy(update={"sessions": tuple(sessions)}))
        return self.part.model_copy(update={"days": tuple(days)})


def cost(found: tuple[Breach, ...]) -> int:
    return sum(breach.cost for breach in found)


def faults(replan: Replan) -> Iterator[str]:
    if replan.next is not None:
        found = replan.next
        yield from Refuter(found.changes, replan.stored, found.plan, found.request).faults()


def test_no_reason_of_any_story_can_be_refuted():
    told: set[str] = set()
    found: list[str] = []

    # Making a failing story smaller would take too long.
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
        for replan in lived(story):
            found.extend(faults(replan))
            changes = replan.next.changes if replan.next else ()
            told.update(name for change in changes for name in change.because)

    live()
    assert found == []
    # What these stories are for did happen in them.
    assert told >= {"states", "restart-gate", "flare-rest", "session-cap", CLEARED}


@pytest.mark.parametrize(
    ("sort", "had", "kinds"),
    [("runs", 3, RUNS), ("walks", 5, (Kind.WALK,)), ("strength", 2, (Kind.STRENGTH,))],
)
def test_what_is_left_out_since_fewer_are_asked_for_names_the_wish(sort, had, kinds):
    """Wednesday of the first week, and one fewer a week from now on: it is left out, and says so."""
    text = SAMPLE.read_text()
    runner, fewer = (
        parse_runner(one.encode(), "maya.toml", stop_above_max=STOP_ABOVE_MAX)
        for one in (text, text.replace(f"\n{sort} = {had}\n", f"\n{sort} = {had - 1}\n"))
    )
    start = runner.plan.start
    assert start is not None
    old = planner_for(runner, None, first_told(runner, start)).afresh(start).plan
    wednesday = start + timedelta(days=2)

    found = planner_for(fewer, old, first_told(runner, start)).afresh(wednesday)

    was, request = places(old), found.request
    # A week cut short, as the first is and that with days away, wants a share alone.
    short = {0, *(request.week_of(day) for day in range(request.days) if request.away[day])}
    whole_weeks = [
        change
        for change in found.changes
        if change.what == "removed"
        and was[change.session_id][1].kind in kinds
        and request.week_of(request.day_of(change.date)) not in short
    ]
    assert whole_weeks
    assert {change.because for change in whole_weeks} == {(WISHES,)}
    assert list(Refuter(found.changes, old, found.plan, found.request).faults()) == []


def test_a_reason_that_is_none_is_refuted():
    """The run that a walk stands in for now broke no cap."""
    request = a_request(7, states="m", past_runs={-2: 30, -4: 30}, past_week_hundredths=(6000,))
    old = keep_identities(plan_on(request, "e . . e . . ."), None)
    new = plan_on(request, "e . . w . . .").model_copy(update={"revision": 2})
    new = keep_identities(new, old)
    told = tuple(one.model_copy(update={"because": ("session-cap",)}) for one in changes(old, new))

    found = " ".join(Refuter(told, old, new, request).faults())

    assert "session-cap says nothing against the session as it was" in found
    assert "session-cap, a rule of runs" in found
