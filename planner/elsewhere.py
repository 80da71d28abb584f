"""Both stages, with the sessions on other days where those come nearer to the goal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from planner.dosing import dose_quickly, short_at_least
from planner.farthest import farthest_hundredths
from planner.placing import costs_of
from planner.request import Request
from planner.roomier import as_wished, comes_smoothly, with_room_for_goal
from planner.rule import Rule
from planner.solving import Infeasible, OutOfWork
from planner.stages import Found, NotSettled, PlaceBy, Progress, each_once, solve_stages

WORK_OTHER_DAYS = 0.5
"""Other days are found to see how near they come; which are the best of them matters less."""


def solve(
    request: Request,
    rules: Sequence[Rule],
    progress: Progress | None = None,
) -> Found | Infeasible | OutOfWork:
    """Both stages; where the goal is missed, also with runs on days with all the room that it needs:

    the days that do for the smooth way may be too short for a faster one. The usual days stay where
    others come no nearer to the goal.
    """
    others = tuple(with_room_for_goal(request))
    place_usual = each_once()
    place_other = each_once(work_first=WORK_OTHER_DAYS, work_tier=WORK_OTHER_DAYS)
    near = None
    if others and not comes_smoothly(request):
        usual = _quickly(request, rules, place_usual)
        if usual is not None and usual.least_short > _least_short(request, rules):
            near = _nearest(others, rules, place_other)
            if near is not None and near.short < usual.least_short:
                # No minutes on the usual days come so near.
                moved = _elsewhere(near, request, usual.found, rules, progress)
                if moved is not None:
                    return moved
    found = solve_stages(request, rules, progress, place_by=place_usual)
    if isinstance(found, OutOfWork):
        return found
    first = found if isinstance(found, Found) else None
    if first is not None and (not first.short or first.short <= _least_short(request, rules)):
        return found
    near = near or _nearest(others, rules, place_other)
    if near is None or (first is not None and near.short >= first.short):
        return found
    return _elsewhere(near, request, first, rules, progress) or found


@dataclass(frozen=True)
class _Near:
    """How near to the goal the first minutes tried come; no others on these days are less short."""

    request: Request
    place_by: PlaceBy
    found: Found
    least_short: int

    @property
    def short(self) -> int:
        """Hundredths of a minute that are missing of the goal."""
        return self.found.short


def _quickly(request: Request, rules: Sequence[Rule], place_by: PlaceBy) -> _Near | None:
    try:
        found = solve_stages(request, rules, place_by=place_by, dose_by=dose_quickly)
    except NotSettled:
        return None
    if not isinstance(found, Found):
        return None
    least = short_at_least(found.request, found.placement, rules)
    return _Near(request, place_by, found, least)


def _nearest(tries: Sequence[Request], rules: Sequence[Rule], place_by: PlaceBy) -> _Near | None:
    near = [_quickly(request, rules, place_by) for request in tries]
    return min((one for one in near if one), key=lambda one: one.short, default=None)


def _elsewhere(
    near: _Near,
    asked: Request,
    first: Found | None,
    rules: Sequence[Rule],
    progress: Progress | None,
) -> Found | None:
    """The plan by other wishes for its days, where it comes nearer to the goal than the first one."""
    try:
        found = solve_stages(near.request, rules, progress, place_by=near.place_by)
    except NotSettled:
        return None
    if not isinstance(found, Found) or (first is not None and found.short >= first.short):
        return None
    return _as_wished(found, first, asked, rules)


def _as_wished(other: Found, first: Found | None, asked: Request, rules: Sequence[Rule]) -> Found:
    """What was found by other wishes, judged by those asked for.

    What was proven of the first placing holds, tier by tier, as long as the costs of the tiers before
    are no more than there: what is given up in one may save something in the next.
    """
    request = as_wished(other.request, asked)
    known = {tier.name: tier.bound for tier in first.tiers} if first is not None else {}
    places = [tier for tier in other.tiers if tier.stage == "place"]
    judged = []
    for tier, cost in zip(places, costs_of(request, rules, other.placement), strict=True):
        bound = min(known.get(tier.name, 0), cost)
        judged.append(
            tier.model_copy(update={"cost": cost, "bound": bound, "proven": bound == cost})
        )
        known = known if bound == cost else {}
    doses = [tier for tier in other.tiers if tier.stage == "dose"]
    return replace(other, request=request, tiers=(*judged, *doses))


def _least_short(request: Request, rules: Sequence[Rule]) -> int:
    """Hundredths of a minute that are missing of the goal on any days for the sessions, or fewer."""
    kept = [rule.name for rule in rules]
    asked = request.goal_hundredths_in_plan
    return max(asked - farthest_hundredths(request, kept), 0)
