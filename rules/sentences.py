"""What the sentences of several rules say alike: a day, and how the back is.

The rules see nothing of the engine but its data, so they have these words of their own. And what a
limit on growth says of minutes above it.
"""

from __future__ import annotations

from datetime import date

from planner.plan import HUNDREDTHS, State, minutes_text

MOST_PERCENT = 200
"""A percentage above this says nothing to anybody: minutes alone are told."""

IN_STATE = {
    State.HEALTHY: "with a healthy back",
    State.MILD: "in mild pain",
    State.MODERATE: "in moderate pain",
    State.FLARE: "in a flare",
    State.RETURNING: "on the way back after a flare",
}


def plain_date(when: date) -> str:
    """``Mon 7 Dec``: the same form as everywhere in a sentence (``planner.table.plain_date``)."""
    return f"{when:%a} {when.day} {when:%b}"


def in_state(state: State) -> str:
    """``in moderate pain``: for which state a number holds."""
    return IN_STATE[state]


def beyond(held: int, most: int, highest: int, before: str, growth: str, state: State) -> str:
    """What a limit on growth says of minutes above it, all in hundredths of a minute.

    `` is 25 % above the longest (40 min); in mild pain the limit is 10 %, 44 min.``: ``most`` is the
    limit, ``highest`` what it goes by, called ``before``, and ``growth`` how far it may grow from there
    (see ``growth_to``).
    """
    allowed = f"{minutes_text(most / HUNDREDTHS)} min"
    if not highest:
        return f"; {before} has no running, so {in_state(state)} at most {allowed}."
    percent = (200 * (held - highest) + highest) // (2 * highest)
    had = f"{minutes_text(highest / HUNDREDTHS)} min"
    if not 0 < percent <= MOST_PERCENT or growth == f"{percent} %":
        # Too large to mean anything, or rounded to nothing or to what is allowed.
        return f"; {before} has {had}, so {in_state(state)} at most {allowed}."
    limit = f"the limit is {growth}, {allowed}" if growth else f"at most {allowed}"
    return f" is {percent} % above {before} ({had}); {in_state(state)} {limit}."


def growth_to(most: int, highest: int, ratio_percent: int, floor_minutes: int) -> str:
    """By which of its two numbers a limit on growth allows ``most``: ``10 %``, ``3 min more``.

    Empty where it is neither: there is no growth, or something else decides.
    """
    if most == highest * ratio_percent // 100 and ratio_percent > 100:
        return f"{ratio_percent - 100} %"
    if most == highest + floor_minutes * HUNDREDTHS and floor_minutes:
        return f"{floor_minutes} min more"
    return ""
