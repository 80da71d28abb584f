"""The most that can be reached where a goal is not: a shorter race on its day, or fewer minutes."""

from __future__ import annotations

from collections.abc import Callable

from planner.plan import HUNDREDTHS
from planner.profile import Runner
from planner.reaching import Asking
from planner.would_do import Offer

TENTHS = 10
"""A race is made shorter by tenths of a kilometre, other goals by whole minutes."""

CLOSE_PERCENT = 3
"""A plan that comes so near to what no plan gets beyond is not looked beyond: each try takes long."""

TRIES = 3
"""How often the way between what a plan gets to and what no plan gets beyond is halved."""


def most_by_then(asking: Asking, got_hundredths: int) -> Offer | None:
    """The most found with all of her file's other lines as they are; None where that is nothing,

    or where the plan ends before the day of the goal.

    ``got_hundredths``: hundredths of a minute that the plan made for the goal gets to on its day, so
    that as much needs no question.
    """
    runner, goal = asking.runner, asking.runner.goal
    day = asking.request.goal.day
    if day is not None and day >= asking.request.days:
        # A plan that ends before it comes to nothing on it.
        return None
    asked = asking.request.goal.asked_hundredths
    is_race = goal.kind == "race"
    whole = (
        round(goal.distance_km * TENTHS) if goal.distance_km and is_race else asked // HUNDREDTHS
    )
    beyond = asked + min(asking.most_to_spare(()), 0)
    low, high = (whole * minutes // asked for minutes in (got_hundredths, beyond))
    # A whole kilometre, or the shortest run there is.
    least = TENTHS if is_race else asking.request.limits.need("easy-runs", "minutes_min")

    def does(number: int) -> bool:
        return asking.without((), _with_goal(runner, number, is_race=is_race)).reached is True

    high = min(high, whole - 1)
    is_known = low >= least
    if is_known and (high - low) * 100 <= whole * CLOSE_PERCENT:
        most: int | None = low
    else:
        most = _most(does, max(low, least), high) or (low if is_known else None)
    if most is None:
        return None
    when = "by then" if goal.on is None else "on that day" if is_race else "by that day"
    if not is_race:
        line = f"[goal] minutes = {asked / HUNDREDTHS:g}"
        return Offer(said=f"{most} minutes {when}.", lines=(line,), minutes=most)
    minutes = asked * most // whole / HUNDREDTHS
    said = f"A race of {most / TENTHS:g} km {when}, about {int(minutes)} minutes."
    line = f"[goal] distance_km = {goal.distance_km:g}"
    return Offer(said=said, lines=(line,), minutes=minutes)


def _with_goal(runner: Runner, number: int, *, is_race: bool) -> Runner:
    changed = {"distance_km": number / TENTHS} if is_race else {"minutes": float(number)}
    return runner.model_copy(update={"goal": runner.goal.model_copy(update=changed)})


def _most(does: Callable[[int], bool], low: int, high: int) -> int | None:
    """The highest number found that does it, of those above the lowest; None for none."""
    if low > high:
        return None
    if does(high):
        return high
    found = None
    for _ in range(TRIES):
        middle = (low + high) // 2
        if middle == low:
            break
        if does(middle):
            found = low = middle
        else:
            high = middle
    return found
