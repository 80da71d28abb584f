"""Numbers of one rule that bound each other: at least so many of so many, or from so much to so much.

Somebody else's numbers may ask for more than there can be, each of them being strict enough.
"""

from __future__ import annotations

from pathlib import Path

from planner.errors import InputError
from planner.plan import State
from planner.request import Limits

LEAST_AND_MOST = (
    ("min_days", "window_days"),
    ("max_days", "window_days"),
    ("usual_ratings_min", "usual_days"),
    ("mean_ratings_min", "mean_days"),
    ("cut_min_percent", "cut_max_percent"),
    ("bout_minutes_min", "bout_minutes_max"),
)
"""Keys of a rule of which the first may not be above the second; ratings count one a day."""


def refuse_more_than_can_be(limits: Limits, path: Path, rules: tuple[str, ...]) -> None:
    """InputError where the numbers of one of these rules, as ``path`` makes them, can't be kept."""
    for rule in rules:
        for state in State:
            for low, high in LEAST_AND_MOST:
                least, most = limits.get(rule, low, state), limits.get(rule, high, state)
                if least is not None and most is not None and least > most:
                    own = low in limits.by_rule[rule].get(state.value, {})
                    raise InputError(
                        f"{path}: [{rule}.{state.value if own else 'every'}] {low} = {least} is "
                        f"more than {high} = {most}, so that nothing could keep to it.",
                        f"Make {low} smaller or {high} larger.",
                    )
