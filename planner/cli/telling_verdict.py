"""What ``check`` prints: the verdict, the broken limits by rule, how close the plan stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from planner.cli.printing import print_text
from planner.cli.telling import counted

if TYPE_CHECKING:
    from planner.cli.judging import Judged
    from planner.plan import Plan, State
    from planner.rule import Breach, Rule
    from planner.verdict import Closest, Group

BREACHES_TOLD = 5
"""Of one rule; ``--json`` has all of them."""

WEEKS_TOLD = 6


def print_groups(groups: Sequence[Group], rules: Mapping[str, Rule], judged: Judged) -> None:
    """The broken limits: each rule with what carries its numbers, then where it is broken."""
    for group in groups:
        rule = rules[group.rule]
        print_text()
        times = f", {len(group.breaches)} times" if len(group.breaches) > 1 else ""
        print_text(f"{rule.name}: {rule.title}{times}", rest="  ")
        for carried in _carried(rule, [one.breach for one in group.breaches], judged):
            print_text(carried, first="  ", rest="    ")
        for one in group.breaches[:BREACHES_TOLD]:
            print_text(f"Week {one.week}: {one.breach.reason}", first="  - ", rest="    ")
        if len(group.breaches) > BREACHES_TOLD:
            print_text(f"  - and {len(group.breaches) - BREACHES_TOLD} more")


def broken_document(breach: Breach, week: int, rule: Rule, judged: Judged) -> dict[str, Any]:
    """A broken limit as JSON."""
    from planner.cli.studies import cited_for

    return {
        **breach.model_dump(mode="json", exclude={"cost"}),
        "week": week,
        "sources": list(cited_for(rule, judged.request.limits, _states(breach, judged))),
    }


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


def _carried(rule: Rule, broken: Sequence[Breach], judged: Judged) -> Iterator[str]:
    """``from`` and what carries the numbers, with the states where it differs between them."""
    from planner.cli.studies import cited_for

    by_sources: dict[tuple[str, ...], list[State]] = {}
    for state in dict.fromkeys(state for one in broken for state in _states(one, judged)):
        sources = cited_for(rule, judged.request.limits, (state,))
        by_sources.setdefault(sources, []).append(state)
    for sources, held in by_sources.items():
        if sources:
            where = f" ({', '.join(held)})" if len(by_sources) > 1 else ""
            yield f"from {'; '.join(sources)}{where}"


def _states(breach: Breach, judged: Judged) -> tuple[State, ...]:
    """The states of the days of a breach, each once; days before the plan have none."""
    held = {day.date: day.state for day in judged.part.days}
    return tuple(dict.fromkeys(held[day] for day in breach.days if day in held))


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
