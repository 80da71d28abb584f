"""How a plan stands with the limits: which it breaks and how badly, and how close it stays to others.

All of it comes from the checkers: a plan is judged again with some runs shorter or longer. So it
holds for rules of other packages, too, and no number of a rule is read here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

from planner.checking import limits_broken
from planner.plan import RUNS, Frozen, Kind, Plan
from planner.request import Request
from planner.rule import Breach, Rule, Stage, Tier
from planner.scaled import scaled
from planner.table import plain_date

STEPS_PERCENT = (1, 2, 5, 10)
"""By how much the runs of a week are lengthened, one after the other."""

WEEKS_APART = 6
"""Weeks that are lengthened together lie so far apart that none counts for the other: no rule of
ours looks back further than five weeks."""

DAYS_APART = 42
"""The same for days that are shortened together."""

MOST_WORK = 20_000
"""Days of plans that are judged again to weigh the breaches of one rule: about a second."""

WHOLE = 100
TENTHS = 10
WEIGHINGS = 11
"""Judgings that halving takes from 100 % to a tenth of one, and the first of them."""

STEADY = (Kind.EASY_RUN, Kind.LONG_RUN, Kind.HARD_RUN)
"""Runs that may be a little longer; a run/walk has the length of its stage, a race its own."""


class Weighed(Frozen):
    """A breach with its week, 1 for the plan's first.

    ``too_long_percent``: by about how much the running of its days would have to be shorter, 100
    where only leaving it out helps, None where that does not help either or nobody looked.
    """

    breach: Breach
    week: int
    too_long_percent: int | None


class Group(Frozen):
    """The breaches of one rule, the worst first; ``is_convention`` where no study is behind it."""

    rule: str
    is_convention: bool
    breaches: tuple[Weighed, ...]


class Closest(Frozen):
    """A limit that breaks if the runs of one of these weeks are longer by so much, and on which days.

    Weeks and days that break it already are not among them.
    """

    rule: str
    percent: int
    weeks: tuple[int, ...]
    days: tuple[date, ...]


def grouped(
    request: Request,
    plan: Plan,
    broken: Sequence[Breach],
    rules: Sequence[Rule],
    conventions: Collection[str] = (),
    begins: date | None = None,
) -> tuple[Group, ...]:
    """The broken limits by rule, the worst rule first: by how much too long, then how often.

    ``conventions``: names of sources that are no study. Rules that rest on them alone, such as the
    time a runner has, come last. ``begins``: the first day of the whole plan, where this is a part of
    it; weeks are counted from that one.
    """
    groups = []
    for rule in _studied_first(rules, conventions):
        found = [breach for breach in broken if breach.rule == rule.name]
        if found:
            weights = _weights(request, plan, found, rule)
            weighed = [
                Weighed(breach=one, week=_week(plan, one.days[0], begins), too_long_percent=weight)
                for one, weight in zip(found, weights, strict=True)
            ]
            weighed.sort(key=lambda one: (-(one.too_long_percent or 0), one.breach.days))
            own = _is_convention(rule, conventions)
            groups.append(Group(rule=rule.name, is_convention=own, breaches=tuple(weighed)))
    return tuple(sorted(groups, key=_badness))


def verdict(plan: Plan, groups: Sequence[Group]) -> str:
    """How often and in how many weeks limits are broken, and where a plan is furthest above one.

    What breaks two limits on the same days counts once.
    """
    if not groups:
        return "Every limit is kept."
    found = [(one, group.rule) for group in groups for one in group.breaches]
    times = len({one.breach.days for one, _ in found})
    weeks = {_week(plan, day) for one, _ in found for day in one.breach.days}
    of_weeks = f"{len(weeks)} of {_counted(_week(plan, plan.end), 'week')}"
    often = f", {times} times" if times > len(groups) else ""
    said = f"Breaks {_counted(len(groups), 'limit')}{often}, in {of_weeks}."
    return " ".join([said, *_without_place(found), *_furthest_above(found)])


def _without_place(found: Sequence[tuple[Weighed, str]]) -> Iterator[str]:
    """The days whose running no limit lets be, however short."""
    days: dict[date, str] = {}
    for one, rule in found:
        if one.too_long_percent == WHOLE and len(one.breach.days) == 1:
            days.setdefault(one.breach.days[0], rule)
    if not days:
        return
    first = min(days)
    told = f"on {plain_date(first)}" if len(days) == 1 else f"on {len(days)} days"
    yield (
        f"The running {told} has no place there as it is, however short "
        f"({', '.join(dict.fromkeys(days.values()))})."
    )


def _furthest_above(found: Sequence[tuple[Weighed, str]]) -> Iterator[str]:
    """The running that would have to be shortened most, of all that may be there at all."""
    jumps = [
        (-one.too_long_percent, one.breach.days, one, rule)
        for one, rule in found
        if one.too_long_percent and one.too_long_percent < WHOLE
    ]
    if not jumps:
        return
    *_, worst, rule = min(jumps, key=lambda jump: jump[:2])
    yield (
        f"Furthest above a limit: the running of {_span(worst.breach.days)} in week {worst.week} would "
        f"have to be about {worst.too_long_percent} % shorter ({rule})."
    )


def closest(
    request: Request,
    plan: Plan,
    broken: Sequence[Breach],
    rules: Sequence[Rule],
    conventions: Collection[str] = (),
    begins: date | None = None,
) -> tuple[Closest, ...]:
    """Of each limit, the smallest step of ``STEPS_PERCENT`` that breaks it anew, and where.

    The runs of one week are lengthened at a time, the other weeks stay. Limits that no step breaks
    are left out, and so are those that do not ask for minutes. ``begins`` as in ``grouped``.
    """
    known = {(breach.rule, day) for breach in broken for day in breach.days}
    left = [
        rule
        for rule in _studied_first(rules, conventions)
        if rule.tier is Tier.LIMIT and rule.stage is Stage.DOSE
    ]
    found: list[Closest] = []
    for percent in STEPS_PERCENT:
        breaches = list(_when_longer(request, plan, percent, left))
        for rule in tuple(left):
            days = {day for one in breaches if one.rule == rule.name for day in one.days}
            new = tuple(sorted(day for day in days if (rule.name, day) not in known))
            if new:
                weeks = tuple(dict.fromkeys(_week(plan, day, begins) for day in new))
                found.append(Closest(rule=rule.name, percent=percent, weeks=weeks, days=new))
                left.remove(rule)
    return tuple(found)


def _is_convention(rule: Rule, conventions: Collection[str]) -> bool:
    return all(source in conventions for source in rule.sources)


def _studied_first(rules: Sequence[Rule], conventions: Collection[str]) -> list[Rule]:
    return sorted(rules, key=lambda rule: _is_convention(rule, conventions))


def _badness(group: Group) -> tuple[bool, int, int]:
    longest = max(one.too_long_percent or 0 for one in group.breaches)
    return group.is_convention, -longest, -len(group.breaches)


def _week(plan: Plan, day: date, begins: date | None = None) -> int:
    """The number people use for a day's week: 1 is the week of the plan's first day.

    A run before the plan can have its part in a breach, which is the first week's. ``begins`` as in
    ``grouped``.
    """
    first = begins or plan.start
    monday = first - timedelta(days=first.weekday())
    day = min(max(day, plan.start), plan.end)
    return (day - monday).days // 7 + 1


def _when_longer(
    request: Request, plan: Plan, percent: int, rules: Sequence[Rule]
) -> Iterator[Breach]:
    """The limits broken when the runs of single weeks are longer."""
    weeks = sorted({_week(plan, day.date) for day in plan.days if day.has(*STEADY)})
    if not rules:
        return
    for first in range(WEEKS_APART):
        chosen = {week for week in weeks if week % WEEKS_APART == first}
        days = {day.date for day in plan.days if _week(plan, day.date) in chosen}
        if chosen:
            longer = scaled(plan, days, WHOLE + percent, STEADY)
            yield from limits_broken(request, longer, rules)


def _weights(request: Request, plan: Plan, found: Sequence[Breach], rule: Rule) -> list[int | None]:
    """For each breach of a rule, by how many percent its days would have to be shorter.

    Breaches far apart are weighed together; of very many only the first ones are.
    """
    weights: list[int | None] = [None] * len(found)
    left = list(range(len(found)))
    for _ in range(max(MOST_WORK // (WEIGHINGS * len(plan.days)), 1)):
        batch: list[int] = []
        for number in left:
            days = found[number].days
            if all((days[0] - found[other].days[-1]).days > DAYS_APART for other in batch[-1:]):
                batch.append(number)
        left = [number for number in left if number not in batch]
        for number, weight in _batch_weights(request, plan, found, batch, rule):
            weights[number] = weight
        if not left:
            break
    return weights


def _batch_weights(
    request: Request, plan: Plan, found: Sequence[Breach], batch: Sequence[int], rule: Rule
) -> Iterator[tuple[int, int | None]]:
    """The percentage for each breach of a batch, by halving between 0 and 100 in tenths."""
    whole = WHOLE * TENTHS
    least, most = dict.fromkeys(batch, 0), dict.fromkeys(batch, whole + 1)
    tried = dict.fromkeys(batch, whole)
    while any(most[number] - least[number] > 1 for number in batch):
        shorter = plan
        for number in batch:
            left = WHOLE - tried[number] / TENTHS
            shorter = scaled(shorter, set(found[number].days), left, RUNS)
        still = {day for one in rule.breaches(request, shorter) for day in one.days}
        for number in batch:
            if most[number] - least[number] > 1:
                side = least if still & set(found[number].days) else most
                side[number] = tried[number]
            tried[number] = (least[number] + most[number]) // 2 or 1
    for number in batch:
        yield number, _in_percent(most[number]) if most[number] <= whole else None


def _in_percent(tenths: int) -> int:
    """The nearest percent to the least shortening that helps, which lies up to a tenth below.

    Only what must be left out comes to 100, and what is too long at all to 1 or more.
    """
    if tenths == WHOLE * TENTHS:
        return WHOLE
    return min(max(round((tenths - 0.5) / TENTHS), 1), WHOLE - 1)


def _span(days: Sequence[date]) -> str:
    first, last = (plain_date(day) for day in (days[0], days[-1]))
    return first if first == last else f"{first} to {last}"


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
