"""Why a goal is out of reach: the smallest set of demands that can't hold together, and what would do.

Everything said here comes from a demand's own words, a rule's own checker, a question that was solved
or what lies beyond any plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from planner.checking import limits_broken
from planner.demands import TAPER, Demand
from planner.goal_day import GoalDay, earliest_day
from planner.nearest import nearest_breach
from planner.plan import Frozen, Plan, Session, hundredths
from planner.reaching import Asking
from planner.request import Request
from planner.rule import Breach, Rule
from planner.would_do import Offer, Offers, offers_for

WORK_CONFLICT = 0.7
WORK_SOLVED = 2.0
WORK_OTHER_DAYS = 0.8
WORK_OFFERS = 2.6
WORK_MEMBERS = 0.4
"""Work for each part of an explanation, in the solver's measure: a runner waits for it.

A conflict that the solver alone can find takes more of it.
"""

MOST_TOLD = 2
"""How many limits on places are told one by one."""

LONGER_MINUTES = 5
"""By how much the longest run is made longer to see which limits stand close."""


class Member(Frozen):
    """One demand of a conflict. ``breach`` is the rule's own word on the nearest plan without it.

    ``alone`` is whether the goal comes within reach when only this demand is taken away. A fact
    ``brings`` these limits with it.
    """

    demand: str
    kind: Literal["rule", "line"]
    rule: str = ""
    breach: Breach | None = None
    alone: bool
    is_fact: bool = False
    is_back: bool = False
    brings: tuple[str, ...] = ()
    offer: str = ""


class Explanation(Frozen):
    """Demands that can't hold together, and what would do instead.

    ``day``: by which the goal is in reach, were its date alone to change. Not ``sure``: the work
    allowed ran out before it was certain. ``wherever``: as in ``Conflict``. ``all_tried``: it did not
    run out before all that could do was looked for. ``reached``: there is no conflict, the goal is in
    reach.
    """

    conflict: tuple[Member, ...] = ()
    offers: tuple[Offer, ...] = ()
    day: GoalDay | None = None
    sure: bool = True
    wherever: bool = False
    all_tried: bool = True
    reached: bool = False


@dataclass(frozen=True)
class Conflict:
    """A smallest set of demands that can't hold together.

    ``wherever``: whatever days the sessions are on, not only those on which runback puts them.
    """

    demands: tuple[Demand, ...]
    sure: bool
    wherever: bool = False


def explain(asking: Asking) -> Explanation:
    """The conflict behind a goal out of reach, or behind no plan at all, and what would do."""
    if asking.without(()).reached:
        return Explanation(reached=True)
    asking.allow(WORK_CONFLICT)
    conflict = smallest_conflict(asking)
    asking.allow(WORK_OFFERS)
    offers = offers_for(asking, conflict.demands)
    all_tried = not asking.is_spent
    asking.allow(WORK_MEMBERS)
    asking.search(quick=conflict.wherever)
    many = [] if conflict.wherever else _many(asking, conflict.demands)
    members = [
        _member(asking, one, conflict, offers) for one in conflict.demands if one not in many
    ]
    if many:
        names = tuple(one.key for one in many)
        said = f"the limits on where sessions go: {', '.join(names)}"
        members.append(Member(demand=said, kind="rule", alone=False, brings=names))
    return Explanation(
        conflict=tuple(members),
        offers=offers.told,
        day=offers.day,
        sure=conflict.sure,
        wherever=conflict.wherever,
        all_tried=all_tried,
    )


def explain_reached(asking: Asking) -> Explanation:
    """A goal that is in reach: the earliest day for it."""
    asking.allow(WORK_OFFERS)
    return Explanation(reached=True, day=earliest_day(asking))


def smallest_conflict(asking: Asking) -> Conflict:
    """Demands that can't hold together, of which none can be left out: found by taking away.

    Empty where it is not certain that the goal is out of reach at all.
    """
    beyond = _beyond_any_plan(asking)
    if beyond:
        asking.search(quick=True)
        sure = next((one for one in beyond if _is_needed(asking, one)), None)
        asking.search()
        demands = tuple(sure or beyond[0])
        wherever = all(one.key != TAPER for one in demands)
        return Conflict(demands, sure=sure is not None, wherever=wherever)
    if not _is_out_of_reach(asking, asking.demands):
        return Conflict((), sure=False)
    asking.allow(WORK_SOLVED)
    asking.search(usual_days=True)
    kept = _shrunk_by_groups(asking, list(asking.demands))
    asking.search()
    asking.allow(WORK_OTHER_DAYS)
    if not _is_out_of_reach(asking, kept):
        # With the sessions on other days they hold together: more is needed for a no.
        kept = _shrunk_by_groups(asking, _grown(asking, kept))
    return Conflict(tuple(kept), sure=_is_needed(asking, kept))


def _shrunk_by_groups(asking: Asking, kept: list[Demand]) -> list[Demand]:
    """What is left once as much as possible is taken away, by groups and then one by one."""
    for group in _groups(kept):
        kept = _shrunk(asking, kept, group)
    # Once more, one by one: what was needed in a larger set may not be needed in the smallest.
    for unit in _units(asking, kept):
        rest = [one for one in kept if one not in unit]
        if rest and _is_out_of_reach(asking, rest):
            kept = rest
    return kept


def _grown(asking: Asking, kept: Sequence[Demand]) -> list[Demand]:
    """Some demands with the groups beside them without which they can hold together.

    The limits on minutes first, which need no other days; all demands at the end.
    """
    groups = _groups([one for one in asking.demands if one not in kept])
    keys = {one.key for one in kept}
    for group in sorted(groups, key=lambda group: _is_one_of_many(asking, group[0])):
        keys |= {one.key for one in group}
        grown = [one for one in asking.demands if one.key in keys]
        if _is_out_of_reach(asking, grown):
            break
    return grown


def _is_needed(asking: Asking, kept: Sequence[Demand]) -> bool:
    """Whether the goal comes within reach whichever of these is taken away."""
    without_one = ([one for one in kept if one not in unit] for unit in _units(asking, kept))
    return all(asking.without(_gone(asking, rest)).reached for rest in without_one)


def _many(asking: Asking, kept: Sequence[Demand]) -> list[Demand]:
    """The limits on places among some demands, where they are too many to be told one by one."""
    places = [one for one in kept if _is_one_of_many(asking, one)]
    return places if len(places) > MOST_TOLD else []


def _units(asking: Asking, kept: Sequence[Demand]) -> list[list[Demand]]:
    """Demands one by one; the limits on places together, where they are that for the goal's sake."""
    places = [one for one in kept if _is_one_of_many(asking, one)]
    return [[one] for one in kept if one not in places] + [places] * bool(places)


def _is_one_of_many(asking: Asking, demand: Demand) -> bool:
    """Whether a demand is one of the limits on places, which are asked about as one.

    There are many, each question about them takes a placing of its own, and what they say together is
    that the week is full. Where no plan is possible at all, each is asked about.
    """
    return demand.is_about_places and not asking.plan_alone


def _beyond_any_plan(asking: Asking) -> list[list[Demand]]:
    """Sets of demands that no plan keeps and reaches the goal, wherever its sessions are.

    Small ones first. None can be left out of any of them and that still be known without asking the
    solver; the order in which they are taken away decides which set is found. Empty where it is not
    known of all demands together.
    """
    if not asking.is_beyond(()):
        return []
    taper = [one for one in asking.demands if one.key == TAPER]
    limits = [one for one in asking.demands if one.key != TAPER]
    hers = [one for one in limits if one.is_hers]
    others = [one for one in limits if not one.is_hers]
    orders = (limits, limits[::-1], [*hers, *others], [*others, *hers])
    # The easier weeks before a race are a wish, and a way of our own to keep it: rather no part of it.
    found = []
    for order in orders:
        found.append(_left_of(asking, [*taper, *order]))
        for demand in found[-1]:
            # What is needed by itself is needed in every set: then the other orders ask little.
            asking.is_beyond({demand.key})
    unlike = (one for place, one in enumerate(found) if one not in found[:place])
    # What more runs a week would change takes long to ask, and is seldom known for certain.
    return sorted(unlike, key=lambda one: (any(each.line == "runs" for each in one), len(one)))


def _left_of(asking: Asking, order: Sequence[Demand]) -> list[Demand]:
    gone: set[str] = set()
    for demand in order:
        if asking.is_beyond({*gone, demand.key}):
            gone.add(demand.key)
    return [one for one in asking.demands if one.key not in gone]


def _groups(demands: Sequence[Demand]) -> list[list[Demand]]:
    """Rules of one stage, lines, facts: each tried to be taken away as a whole first."""

    def kind(demand: Demand) -> tuple[str, str]:
        stage = demand.rule.stage.value if demand.rule else ""
        return stage, "later" if demand.line == "later" else "" if demand.is_hers else "kept"

    return [list(group) for _, group in groupby(demands, kind)]


def _shrunk(asking: Asking, kept: list[Demand], group: Sequence[Demand]) -> list[Demand]:
    """What is kept without as many of a group as the goal stays out of reach without; by halves."""
    rest = [one for one in kept if one not in group]
    if _is_out_of_reach(asking, rest):
        return rest
    if len(group) == 1 or _is_one_of_many(asking, group[0]):
        return kept
    middle = len(group) // 2
    kept = _shrunk(asking, kept, group[:middle])
    return _shrunk(asking, kept, group[middle:])


def _is_out_of_reach(asking: Asking, kept: Sequence[Demand]) -> bool:
    """Proven so: where the work allowed runs out, a demand is rather kept than left out."""
    return asking.without(_gone(asking, kept)).reached is False


def _gone(asking: Asking, kept: Sequence[Demand]) -> frozenset[str]:
    return frozenset(one.key for one in asking.demands) - {one.key for one in kept}


def _member(asking: Asking, demand: Demand, conflict: Conflict, offers: Offers) -> Member:
    alone = demand.key in offers.alone or bool(
        not demand.is_hers and asking.without((demand.key,)).reached
    )
    breach = None
    if demand.rule is not None:
        others = () if alone else _gone(asking, conflict.demands)
        breach = nearest_breach(asking, demand.rule, others, alone=alone)
    return Member(
        demand=demand.said,
        kind="line" if demand.rule is None else "rule",
        rule=demand.rule.name if demand.rule else "",
        breach=breach,
        alone=alone,
        is_fact=demand.line == "fact",
        is_back=demand.key == "back",
        brings=asking.brought.get(demand.key, ()),
        offer=offers.alone.get(demand.key, ""),
    )


def tightest(request: Request, plan: Plan, rules: Sequence[Rule]) -> tuple[Breach, ...]:
    """The limits that stand close: of each the first breach if the longest run were a bit longer."""
    longest = max((one.run_minutes for day in plan.days for one in day.sessions), default=0)
    if not longest:
        return ()
    days = tuple(
        day.model_copy(
            update={
                "sessions": tuple(
                    _longer(one) if one.run_minutes == longest else one for one in day.sessions
                )
            }
        )
        for day in plan.days
    )
    broken = limits_broken(request, plan.model_copy(update={"days": days}), rules)
    first = {breach.rule: breach for breach in reversed(broken)}
    return tuple(first[rule.name] for rule in rules if rule.name in first)


def _longer(session: Session) -> Session:
    more = {
        "run_minutes": hundredths(session.run_minutes) / 100 + LONGER_MINUTES,
        "minutes": session.minutes + LONGER_MINUTES,
    }
    return session.model_copy(update=more)
