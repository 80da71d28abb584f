"""Lighter weeks of the smooth way: every so often, and before a race. All its numbers are wishes."""

from __future__ import annotations

from planner.plan import State
from planner.request import Request

FIVE = 5


def number(request: Request, key: str) -> int:
    """A number of the smooth way; all of them are wishes (limits.toml, smooth-ramp)."""
    return request.limits.need("smooth-ramp", key)


def before_race(request: Request, best: int, easy: int) -> tuple[int, int]:
    """Long and easy run of a week of the taper: about half, but no run so short that it is silly."""
    share = number(request, "taper_percent")
    longer, shorter = number(request, "race_week_minutes"), number(request, "short_run_minutes")
    long_run = max(neat(best * share // 100), min(longer, best))
    easy_run = max(neat(easy * share // 100), min(shorter, best))
    return long_run, min(easy_run, long_run)


def lighter(request: Request, long: int, easy: int, runs: int) -> tuple[int, int]:
    """A long and an easy run, in fives, that come nearest to the middle of a lighter week's band."""
    need = request.limits.need
    cuts = [need("cut-back-week", f"cut_{end}_percent", State.MILD) for end in ("min", "max")]
    share = 100 - sum(cuts) // 2
    others = max(runs - 1, 0)
    wanted = (long + others * easy) * share
    options = [
        (lighter_long, lighter_easy)
        for lighter_long in _fives_around(long * share // 100, long)
        for lighter_easy in _fives_around(easy * share // 100, min(easy, lighter_long))
    ]
    return min(options, key=lambda runs: abs((runs[0] + others * runs[1]) * 100 - wanted))


def _fives_around(minutes: int, most: int) -> tuple[int, ...]:
    below = min(neat(minutes), most)
    above = below + FIVE
    return (below, above) if below >= 3 * FIVE and above <= most else (below,)


def neat(minutes: int) -> int:
    """Minutes in whole fives, from a quarter of an hour on."""
    return minutes // FIVE * FIVE if minutes >= 3 * FIVE else minutes
