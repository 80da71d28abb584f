"""Making the next revision of a runner's plan; nothing here writes a file."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from planner.cli.next_plan import Next, Planner, next_plan
from planner.cli.printing import progress
from planner.cli.rulebook import pain_rules_for, rest_walk_minutes, rulebook
from planner.cli.setting import Setting
from planner.comparing import Change, Touch, same_content, touched_after
from planner.entries import entry_prints
from planner.errors import NoPlanPossible
from planner.history import News
from planner.plan import Plan, State
from planner.rule import Breach, Rule
from planner.wording import PainRule


@dataclass(frozen=True)
class Made:
    """A plan, whether it is a new revision, what its calendar needs and what to store with it."""

    plan: Plan
    is_new: bool
    missed: tuple[Breach, ...]
    rules: Mapping[str, Rule]
    touched: Mapping[str, Touch]
    pain_rules: Mapping[State, PainRule]
    rest_walk_minutes: int
    today: date
    changes: tuple[Change, ...] = ()
    advice: tuple[str, ...] = ()
    news: News = field(default_factory=News)
    made_from: str = ""
    restores: int | None = None

    def calendar(self, *, rest_days: bool) -> bytes:
        """The bytes of the calendar file."""
        from planner.ics import calendar_bytes

        return calendar_bytes(
            self.plan,
            pain_rules=self.pain_rules,
            rest_walk_minutes=self.rest_walk_minutes,
            rest_days=rest_days,
            touched=self.touched,
        )


def make(here: Setting, weeks: int | None, *, anew: bool = False) -> Made:
    """What ``plan`` makes: see ``next_plan``; ``anew``: from the wishes alone, new or not."""
    made_from = here.journal.made_from()

    def plan_by(planner: Planner) -> Next:
        return planner.afresh(here.today) if anew else next_plan(planner, here.today, made_from)

    with _pointing_to_why(here.file):
        return _made(here, weeks, plan_by)


def make_again(here: Setting, weeks: int | None) -> Made:
    """The stored plan with the fewest changes that the journal asks for by now."""
    with _pointing_to_why(here.file):
        return _made(here, weeks, lambda planner: planner.again(here.today))


@contextmanager
def _pointing_to_why(file: Path) -> Iterator[None]:
    """Where no plan is possible, say where the demands are named that can't hold together."""
    from planner.cli.telling import why_missed

    try:
        yield
    except NoPlanPossible as error:
        raise NoPlanPossible(error.message, f"{error.try_} {why_missed(file)}") from None


def make_undone(here: Setting, target: Plan, undone: int) -> Made:
    """The stored plan as ``target``, the one before it, had it from today on."""
    from planner.cli.undoing import undone_plan

    return _made(here, None, lambda planner: undone_plan(planner, target, here.today), undone)


def _made(
    here: Setting,
    weeks: int | None,
    plan_by: Callable[[Planner], Next],
    restores: int | None = None,
) -> Made:
    """A plan that says what the stored one says, and looks the same in a calendar, is the stored one."""
    from planner.cli.advising import advice_on

    rules = rulebook()
    planner = here.planner(rules, weeks)
    # What is loaded by now stays; what planning makes does not.
    gc.freeze()
    gc.enable()
    with progress("Planning"):
        found = plan_by(planner)
    words = pain_rules_for(here.runner, here.limits)
    walk = rest_walk_minutes(here.limits)
    before = here.journal.touched()
    prints = entry_prints(found.plan, pain_rules=words, rest_walk_minutes=walk)
    seen = {name: touch.print for name, touch in before.items()}
    stored = here.stored
    same = stored is not None and same_content(stored, found.plan) and prints == seen
    is_new = not same or restores is not None
    plan = _revised(found.plan, here) if is_new else stored or found.plan
    return Made(
        plan=plan.model_copy(update={"triage": planner.triage, "triage_on": planner.triage_on}),
        is_new=is_new,
        missed=found.missed,
        rules={rule.name: rule for rule in rules},
        touched=touched_after(before, plan, prints) if is_new else before,
        pain_rules=words,
        rest_walk_minutes=walk,
        today=here.today,
        changes=found.changes if is_new else (),
        advice=advice_on(here, planner, found),
        news=here.news,
        made_from=planner.fingerprint(),
        restores=restores,
    )


def _revised(plan: Plan, here: Setting) -> Plan:
    """A stored plan whose entries are worded anew is a revision of its own."""
    if here.stored is None or plan.revision > here.stored.revision:
        return plan
    return plan.model_copy(update={"revision": plan.revision + 1, "made_on": here.today})
