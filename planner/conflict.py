"""The smallest set of demands that can't hold together: found by taking away, asked of the solver."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from planner.demands import TAPER, Demand
from planner.reaching import Asking

WORK_SOLVED = 2.0
WORK_OTHER_DAYS = 0.8
"""Work for a conflict that the solver alone can find, and to ask about it on other days too."""

MOST_TOLD = 2
"""How many limits on places are told one by one."""


@dataclass(frozen=True)
class Conflict:
    """A smallest set of demands that can't hold together.

    ``unsure``: keys of those of which the work allowed did not tell whether they can be left out.
    ``wherever``: whatever days the sessions are on, not only those on which runback puts them.
    """

    demands: tuple[Demand, ...] = ()
    unsure: frozenset[str] = frozenset()
    wherever: bool = False


def smallest_conflict(asking: Asking) -> Conflict:
    """Demands that can't hold together, of which none can be left out: found by taking away.

    Empty where it is not certain that the goal is out of reach at all.
    """
    beyond = _beyond_any_plan(asking)
    if beyond:
        asking.search(quick=True)
        sure = next((one for one in beyond if _is_needed(asking, one)), None)
        demands = tuple(sure or beyond[0])
        unsure = frozenset() if sure else _not_known_needed(asking, demands)
        asking.search()
        return Conflict(demands, unsure, wherever=all(one.key != TAPER for one in demands))
    asking.allow(WORK_SOLVED)
    asking.search(usual_days=True)
    if not _is_out_of_reach(asking, asking.demands):
        return Conflict()
    kept = _shrunk_by_groups(asking, list(asking.demands))
    asking.search()
    known = asking.plan_alone
    if not known:
        asking.allow(WORK_OTHER_DAYS)
        together = asking.without(taken_away(asking, kept)).reached
        known = together is not None
        if together:
            # With the sessions on other days they hold together: more is needed for a no.
            kept = _shrunk_by_groups(asking, _grown(asking, kept))
    # Where no walk is asked for, no day holds one.
    wherever = all(one.line == "walks" for one in kept)
    unsure = _not_known_needed(asking, kept) if known else frozenset(one.key for one in kept)
    return Conflict(tuple(kept), unsure, wherever=wherever)


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
    return all(_is_free_without(asking, kept, unit) for unit in _units(asking, kept))


def _not_known_needed(asking: Asking, kept: Sequence[Demand]) -> frozenset[str]:
    """The keys of those without which it is not known that the goal comes within reach."""
    units = [unit for unit in _units(asking, kept) if not _is_free_without(asking, kept, unit)]
    return frozenset(one.key for unit in units for one in unit)


def _is_free_without(asking: Asking, kept: Sequence[Demand], unit: Sequence[Demand]) -> bool:
    rest = [one for one in kept if one not in unit]
    return asking.without(taken_away(asking, rest)).reached is True


def many_places(asking: Asking, kept: Sequence[Demand]) -> list[Demand]:
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
    return asking.without(taken_away(asking, kept)).reached is False


def taken_away(asking: Asking, kept: Sequence[Demand]) -> frozenset[str]:
    return frozenset(one.key for one in asking.demands) - {one.key for one in kept}
