"""Why a goal is out of reach: the smallest set of demands that can't hold together, and what would do.

Everything said here comes from a demand's own words, a rule's own checker, a question that was solved
or what lies beyond any plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from planner.checking import limits_broken
from planner.conflict import Conflict, many_places, smallest_conflict, taken_away
from planner.demands import Demand
from planner.goal_day import GoalDay, earliest_day
from planner.most_by_then import most_by_then
from planner.nearest import nearest_breach
from planner.plan import Frozen, Plan, Session, hundredths
from planner.reaching import Asking
from planner.request import Request
from planner.rule import Breach, Rule
from planner.would_do import Offer, Offers, offers_for

WORK_CONFLICT = 0.7
WORK_OFFERS = 2.6
WORK_MEMBERS = 0.4
WORK_MOST = 0.4
"""Work for each part of an explanation, in the solver's measure: a runner waits for it.

A conflict that the solver alone can find takes more of it (``planner.conflict``).
"""

LONGER_MINUTES = 5
"""By how much the longest run is made longer to see which limits stand close."""


class Member(Frozen):
    """One demand of a conflict. ``breach`` is the rule's own word on the nearest plan without it.

    It is the worst of so many ``times`` that this plan breaks it. ``alone`` is whether the goal comes
    within reach when only this demand is taken away. A fact ``brings`` these limits with it. Not
    ``sure``: the work allowed ran out before it was certain that it can't be left out.
    """

    demand: str
    kind: Literal["rule", "line"]
    rule: str = ""
    breach: Breach | None = None
    times: int = 0
    alone: bool
    is_fact: bool = False
    is_back: bool = False
    brings: tuple[str, ...] = ()
    offer: str = ""
    sure: bool = True


class Explanation(Frozen):
    """Demands that can't hold together, and what would do instead.

    ``day``: by which the goal is in reach, were its date alone to change. ``wherever``: as in
    ``Conflict``. ``all_tried``: the work allowed did not run out before all that could do was looked
    for. ``reached``: there is no conflict, the goal is in reach.
    """

    conflict: tuple[Member, ...] = ()
    offers: tuple[Offer, ...] = ()
    day: GoalDay | None = None
    wherever: bool = False
    all_tried: bool = True
    reached: bool = False


def explain(asking: Asking, got_hundredths: int = 0) -> Explanation:
    """The conflict behind a goal out of reach, or behind no plan at all, and what would do.

    ``got_hundredths``: hundredths of a minute that the plan gets to on the day of its goal.
    """
    if asking.without(()).reached:
        return Explanation(reached=True)
    asking.allow(WORK_CONFLICT)
    conflict = smallest_conflict(asking)
    asking.allow(WORK_OFFERS)
    offers = offers_for(asking, conflict.demands)
    all_tried = not asking.is_spent
    asking.allow(WORK_MOST)
    asking.search(quick=True)
    most = None if asking.plan_alone else most_by_then(asking, got_hundredths)
    all_tried = all_tried and not (most is None and asking.is_spent)
    asking.allow(WORK_MEMBERS)
    asking.search(quick=conflict.wherever)
    many = [] if conflict.wherever else many_places(asking, conflict.demands)
    members = [
        _member(asking, one, conflict, offers) for one in conflict.demands if one not in many
    ]
    if many:
        names = tuple(one.key for one in many)
        said = f"the limits on where sessions go: {', '.join(names)}"
        sure = not conflict.unsure.intersection(names)
        members.append(Member(demand=said, kind="rule", alone=False, brings=names, sure=sure))
    return Explanation(
        conflict=tuple(members),
        offers=(*offers.told, *[one for one in [most] if one is not None]),
        day=offers.day,
        wherever=conflict.wherever,
        all_tried=all_tried,
    )


def explain_reached(asking: Asking) -> Explanation:
    """A goal that is in reach: the earliest day for it."""
    asking.allow(WORK_OFFERS)
    return Explanation(reached=True, day=earliest_day(asking))


def _member(asking: Asking, demand: Demand, conflict: Conflict, offers: Offers) -> Member:
    alone = demand.key in offers.alone or bool(
        not demand.is_hers and asking.without((demand.key,)).reached
    )
    nearest = None
    if demand.rule is not None:
        others = () if alone else taken_away(asking, conflict.demands)
        nearest = nearest_breach(asking, demand.rule, others, alone=alone)
    return Member(
        demand=demand.said,
        kind="line" if demand.rule is None else "rule",
        rule=demand.rule.name if demand.rule else "",
        breach=nearest.breach if nearest else None,
        times=nearest.times if nearest else 0,
        alone=alone,
        is_fact=demand.line == "fact",
        is_back=demand.key == "back",
        brings=asking.brought.get(demand.key, ()),
        offer=offers.alone.get(demand.key, ""),
        sure=alone or demand.key not in conflict.unsure,
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
