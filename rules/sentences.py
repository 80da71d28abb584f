"""What the sentences of several rules say alike: a day, and how the back is.

The rules see nothing of the engine but its data, so they have these words of their own.
"""

from __future__ import annotations

from datetime import date

from planner.plan import State

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
