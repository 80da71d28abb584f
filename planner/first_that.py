"""The first number that does something, found with few tries: each of them may take long."""

from __future__ import annotations

from collections.abc import Callable


def first_that_does(
    does: Callable[[int], bool], low: int, high: int, guess: int, *, roughly: bool = False
) -> int | None:
    """The first number from ``low`` to ``high`` that does it, the one below not; None for none.

    The search begins at a guess and goes on in growing steps; ``roughly``: then it is over.
    """
    if low > high:
        return None
    at, step = min(max(guess, low), high), 1
    if does(at):
        good = at
        while good > low and does(good - min(step, good - low)):
            good -= min(step, good - low)
            step *= 2
        bad = max(good - step, low - 1)
    else:
        bad = at
        while bad < high and not does(bad + min(step, high - bad)):
            bad += min(step, high - bad)
            step *= 2
        if bad >= high:
            return None
        good = bad + min(step, high - bad)
    while good - bad > 1 and not roughly:
        middle = (good + bad) // 2
        good, bad = (middle, bad) if does(middle) else (good, middle)
    return good


def first_by_halves(does: Callable[[int], bool], low: int, high: int) -> int:
    """The first number from ``low`` to ``high`` that does it; ``high`` where none before it does."""
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if does(middle) else (middle + 1, high)
    return low
