"""The rules and their numbers as the commands use them: the rulebook, and what others add."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import PlannerError

if TYPE_CHECKING:
    from planner.plan import State
    from planner.profile import Runner
    from planner.request import Limits
    from planner.rule import Rule
    from planner.wording import PainRule

GROUP = "runback.rules"
"""The entry point group by which an installed package adds a rule."""


def rulebook() -> tuple[Rule, ...]:
    """Every rule: ours in the order people read them, then those of other packages by name."""
    from rules import RULEBOOK

    return (*RULEBOOK, *_rules_of_others({rule.name for rule in RULEBOOK}))


def limits_in_force(tighter: Path | None) -> Limits:
    """The rulebook's numbers, made stricter by a file of the runner's or her physiotherapist's."""
    from rules.loading import load_limits, tighten

    return tighten(load_limits(), tighter) if tighter else load_limits()


def pain_rules_for(runner: Runner, limits: Limits) -> dict[State, PainRule]:
    """When to walk and when to stop, by state; the runner may have lowered where to stop."""
    from planner.wording import pain_rules

    return pain_rules(limits, runner.back.stop_above if runner.back else None)


def stop_above_max(limits: Limits) -> float:
    """The highest pain at which any state lets a run go on: a runner may only lower it."""
    from planner.wording import pain_rules

    return max(rule.stop_above for rule in pain_rules(limits).values())


def rest_walk_minutes(limits: Limits) -> int:
    """The longest walk of a rest day."""
    return limits.need("rest-days", "walk_minutes")


def _rules_of_others(known: set[str]) -> Iterator[Rule]:
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: (entry.name, entry.value)):
        rule = _loaded(entry)
        if rule.name in known:
            raise PlannerError(
                f"The rule {rule.name} of {entry.value} has the name of another rule.",
                "Uninstall the package that brings it.",
            )
        known.add(rule.name)
        yield rule


def _loaded(entry: EntryPoint) -> Rule:
    """The rule behind an entry point: a rule, or a class that makes one without arguments."""
    try:
        found = entry.load()
        rule: Rule = found() if isinstance(found, type) else found
        parts = (rule.name, rule.title, rule.stage, rule.tier, rule.sources)
        usable = all(part is not None for part in parts) and callable(rule.breaches)
    # Whatever a foreign package raises, the runner is told which one it was.
    except Exception as fault:
        raise PlannerError(
            f"The rule {entry.name} ({entry.value}) can't be loaded: {fault}.",
            "Update or uninstall the package that brings it.",
        ) from fault
    if not usable:
        raise PlannerError(f"The rule {entry.name} ({entry.value}) is no rule.")
    return rule
