"""Both stages, with the sessions on other days where those come nearer to the goal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from planner.dosing import dose_quickly, short_at_least
from planner.farthest import farthest_hundredths
from planner.placing import costs_of
from planner.request import Request
from planner.roomier import as_wished, comes_smoothly, with_room_for_goal
from planner.rule import Rule, Tier
from planner.solving import Infeasible, OutOfWork
from planner.stages import Found, NotSettled, Progress, solve_stages


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
    if others and not comes_smoothly(request):
        usual, near = _quickly(request, rules), _nearest(others, rules)
        if usual is not None and near is not None and near.short < usual.least_short:
            # No minutes on the usual days come so near.
            moved = _elsewhere(near.request, request, usual.found, rules, progress)
            if moved is not None:
                return moved
    found = solve_stages(request, rules, progress)
    is_done = isinstance(found, Found) and not found.short
    if is_done or isinstance(found, OutOfWork) or not _may_come_nearer(request, found, rules):
        return found
    near = _nearest(others, rules)
    first = found if isinstance(found, Found) else None
    if near is None or (first is not None and near.short >= first.short):
        return found
    return _elsewhere(near.request, request, first, rules, progress) or found


@dataclass(frozen=True)
class _Near:
    """How near to the goal the first minutes tried come; no others on these days are less short."""

    request: Request
    found: Found
    least_short: int

    @property
    def short(self) -> int:
        """Hundredths of a minute that are missing of the goal."""
        return self.found.short


def _quickly(request: Request, rules: Sequence[Rule]) -> _Near | None:
    try:
        found = solve_stages(request, rules, dose_by=dose_quickly)
    except NotSettled:
        return None
    if not isinstance(found, Found):
        return None
    return _Near(request, found, short_at_least(found.request, found.placement, rules))


def _nearest(tries: Sequence[Request], rules: Sequence[Rule]) -> _Near | None:
    near = [one for one in (_quickly(request, rules) for request in tries) if one is not None]
    return min(near, key=lambda one: one.short, default=None)


def _elsewhere(
    other: Request,
    asked: Request,
    first: Found | None,
    rules: Sequence[Rule],
    progress: Progress | None,
) -> Found | None:
    """The plan by other wishes for its days, where it comes nearer to the goal than the first one."""
    try:
        found = solve_stages(other, rules, progress)
    except NotSettled:
        return None
    if not isinstance(found, Found) or (first is not None and found.short >= first.short):
        return None
    return _as_wished(found, first, asked, rules)


def _as_wished(other: Found, first: Found | None, asked: Request, rules: Sequence[Rule]) -> Found:
    """What was found by other wishes, judged by those asked for.

    What was proven of the first placing holds: none has fewer sessions left out, nor then more room
    for the long run. Of the preferences nothing is known.
    """
    request = as_wished(other.request, asked)
    known = {tier.name: tier.bound for tier in first.tiers} if first is not None else {}
    known.pop(Tier.PREFERENCES.value, None)
    places = [tier for tier in other.tiers if tier.stage == "place"]
    judged = []
    for tier, cost in zip(places, costs_of(request, rules, other.placement), strict=True):
        bound = min(known.get(tier.name, 0), cost)
        judged.append(
            tier.model_copy(update={"cost": cost, "bound": bound, "proven": bound == cost})
        )
    doses = [tier for tier in other.tiers if tier.stage == "dose"]
    return replace(other, request=request, tiers=(*judged, *doses))


def _may_come_nearer(request: Request, found: Found | Infeasible, rules: Sequence[Rule]) -> bool:
    """Whether some days for the sessions might come nearer to the goal."""
    kept = [rule.name for rule in rules]
    asked = request.goal_hundredths_in_plan
    got = asked - found.short if isinstance(found, Found) else 0
    return got < min(farthest_hundredths(request, kept), asked)
