"""Making the next revision of a runner's plan; nothing here writes a file."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from planner.cli.clock import today_in
from planner.cli.next_plan import Planner, next_plan
from planner.cli.printing import progress
from planner.cli.rulebook import (
    limits_in_force,
    pain_rules_for,
    rest_walk_minutes,
    rulebook,
    stop_above_max,
)
from planner.comparing import Touch, same_content, touched_after
from planner.entries import entry_prints
from planner.plan import Plan, State
from planner.profile import read_runner
from planner.rule import Breach, Rule
from planner.wording import PainRule
from rules.loading import load_exercises, load_ladders


@dataclass(frozen=True)
class Made:
    """A plan, whether it is a new revision, and what its calendar needs."""

    plan: Plan
    is_new: bool
    missed: tuple[Breach, ...]
    rules: Mapping[str, Rule]
    touched: Mapping[str, Touch]
    pain_rules: Mapping[State, PainRule]
    rest_walk_minutes: int

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


def make(
    file: Path,
    stored: Plan | None,
    touched: Mapping[str, Touch],
    weeks: int | None,
    tighter: Path | None,
    today: date | None,
) -> Made:
    """The plan for a runner's file after the stored one, if any.

    A plan that says what the stored one says, and looks the same in a calendar, is the stored one.
    """
    limits = limits_in_force(tighter)
    runner = read_runner(file, stop_above_max=stop_above_max(limits))
    today = today or today_in(runner.runner.time_zone)
    rules = rulebook()
    planner = Planner(
        runner=runner,
        limits=limits,
        ladders=load_ladders(),
        exercises=load_exercises(),
        rules=rules,
        stored=stored,
        weeks=weeks,
    )
    # What is loaded by now stays; what planning makes does not.
    gc.freeze()
    gc.enable()
    with progress("Planning"):
        plan, missed = next_plan(planner, today)
    words = pain_rules_for(runner, limits)
    walk = rest_walk_minutes(limits)
    prints = entry_prints(plan, pain_rules=words, rest_walk_minutes=walk)
    seen = {name: touch.print for name, touch in touched.items()}
    is_new = stored is None or not same_content(stored, plan) or prints != seen
    return Made(
        plan=plan if is_new or stored is None else stored,
        is_new=is_new,
        missed=missed,
        rules={rule.name: rule for rule in rules},
        touched=touched_after(touched, plan, prints) if is_new else touched,
        pain_rules=words,
        rest_walk_minutes=walk,
    )
