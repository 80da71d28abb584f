"""What is left of a week that has begun: what was missed in it is not poured into its last runs."""

from __future__ import annotations

from planner.plan import HUNDREDTHS
from planner.request import Request, WeekWish


def not_made_up(request: Request, wishes: tuple[WeekWish, ...]) -> tuple[WeekWish, ...]:
    """The wishes of the weeks; of one that has begun no run is longer than the plan before had there."""
    if not request.before or request.weekday(0) == 0:
        return wishes
    days = [request.before[day] for day in request.days_in(0) if day < len(request.before)]
    known = [day.run_hundredths for day in days if day is not None and day.run_hundredths]
    if not known:
        return wishes
    most = max(known) // HUNDREDTHS
    first = wishes[0].model_copy(
        update={
            "easy_minutes": max(min(wishes[0].easy_minutes, most), 1),
            "long_minutes": min(wishes[0].long_minutes, most),
        }
    )
    return (first, *wishes[1:])
