"""Runs on days with all the room that the goal needs, for a way faster than the smooth one."""

from __future__ import annotations

from collections.abc import Iterator

from planner.ramp import peak_minutes
from planner.request import Request


def with_room_for_goal(request: Request) -> Iterator[Request]:
    """The request whose long runs want as much room as the longest run before the goal needs;

    then with easy runs that want it too, and the long run on the last of the days with the most time, so
    that the runs before it lead up to it. None on a re-plan, which keeps its days, for a goal of
    walking, nor where all days have as much time as the others, or as the goal needs.
    """
    if request.before or request.goal.kind == "walking":
        return
    needed = max(peak_minutes(request), 0)
    rooms = sorted({minutes for minutes in request.available_minutes if minutes})
    if not rooms or rooms[0] >= min(needed, rooms[-1]):
        return
    roomier = request.model_copy(update={"long_room_minutes": needed})
    if any(wish.long_minutes for wish in request.week_wishes):
        yield roomier
    last = max(
        request.weekday(day)
        for day, minutes in enumerate(request.available_minutes)
        if minutes >= min(needed, rooms[-1])
    )
    wishes = request.wishes.model_copy(update={"long_run_weekday": last})
    yield roomier.model_copy(update={"easy_room_minutes": needed, "wishes": wishes})


def comes_smoothly(request: Request) -> bool:
    """Whether the smooth way comes to runs as long as the goal needs."""
    wishes = request.week_wishes
    longest = max((max(one.long_minutes, one.easy_minutes) for one in wishes), default=0)
    return longest >= peak_minutes(request)


def as_wished(found: Request, asked: Request) -> Request:
    """The request found with the wishes that were asked for."""
    return found.model_copy(
        update={"long_room_minutes": 0, "easy_room_minutes": 0, "wishes": asked.wishes}
    )
