"""What ``check`` prints: the verdict, the broken limits by rule, how close the plan stays."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from planner.cli.printing import print_text
from planner.cli.telling import counted

if TYPE_CHECKING:
    from planner.plan import Plan
    from planner.rule import Rule
    from planner.verdict import Closest, Group

BREACHES_TOLD = 5
"""Of one rule; ``--json`` has all of them."""

WEEKS_TOLD = 6


def print_groups(
    groups: Sequence[Group], rules: Mapping[str, Rule], stricter: Collection[str]
) -> None:
    """The broken limits: each rule with its study, then where it is broken.

    ``stricter``: the rules that numbers of the runner's own made so.
    """
    for group in groups:
        rule = rules[group.rule]
        print_text()
        times = f", {len(group.breaches)} times" if len(group.breaches) > 1 else ""
        print_text(f"{rule.name}: {rule.title}{times}", rest="  ")
        if study := _study(rule, stricter=rule.name in stricter):
            print_text(f"from {study}", first="  ", rest="    ")
        for one in group.breaches[:BREACHES_TOLD]:
            print_text(f"Week {one.week}: {one.breach.reason}", first="  - ", rest="    ")
        if len(group.breaches) > BREACHES_TOLD:
            print_text(f"  - and {len(group.breaches) - BREACHES_TOLD} more")


def print_closest(plan: Plan, found: Sequence[Closest]) -> None:
    """How much longer runs could be before a limit breaks that is kept so far."""
    from planner.verdict import STEADY, STEPS_PERCENT

    if not any(day.has(*STEADY) for day in plan.days):
        return
    print_text()
    if not found:
        print_text(
            f"How close it stays: the runs of any week could be {STEPS_PERCENT[-1]} % longer "
            "without breaking another limit."
        )
        return
    print_text("How close it stays: what would break with the runs of one week longer by")
    for one in found:
        print_text(f"{one.percent} %: {one.rule}, in {_weeks(one.weeks)}", first="- ", rest="  ")


def conventions() -> frozenset[str]:
    """The names of sources that are no study."""
    from planner.sources import CONVENTION
    from rules.loading import load_sources

    return frozenset(name for name, one in load_sources().items() if one.grade == CONVENTION)


def _study(rule: Rule, *, stricter: bool) -> str:
    """The first source in a few words."""
    from planner.cli.studies import OWN_NUMBERS, in_short, known, not_ours, unknown

    told = [in_short(source) for source in known(rule.sources[:1])]
    told += [not_ours(name) for name in unknown(rule.sources[:1])]
    return "; ".join([" ".join(told), *[OWN_NUMBERS] * stricter])


def _weeks(weeks: Sequence[int]) -> str:
    told = list(_spans(weeks))
    if len(weeks) == 1:
        return f"week {told[0]}"
    if len(told) > WEEKS_TOLD:
        return f"{counted(len(weeks), 'week')}, the first of them week {weeks[0]}"
    return f"weeks {' and '.join(part for part in (', '.join(told[:-1]), told[-1]) if part)}"


def _spans(weeks: Sequence[int]) -> Iterator[str]:
    """``2``, ``4 to 6``."""
    first = last = weeks[0]
    for week in (*weeks[1:], None):
        if week == last + 1:
            last = week
            continue
        yield f"{first}" if first == last else f"{first} to {last}"
        first = last = week or 0
