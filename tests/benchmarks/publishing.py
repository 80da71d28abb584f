"""How long publishing takes: a plan of sixteen weeks, then a re-plan, into a folder and to Radicale."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from planner.calendar_server import calendar_on
from planner.following import Outcome, Place, follow
from planner.login import Login
from planner.publishing import Terms
from planner.vdir import made_folder
from tests.published import MON, ZONE, Maya, files
from tests.radicale_server import PASSWORD, USER, radicale_server

WEEK = "es . e wm . l ."
MOVED = "es . e wm . . l"
"""Saturday's long run on Sunday: two entries change."""


class Published(NamedTuple):
    """What was published where, in how many seconds, and how many entries were sent."""

    what: str
    seconds: float
    sent: int


def published(folder: Path) -> list[Published]:
    """The first plan, nothing new, two weeks changed, all weeks changed; at both places."""
    with radicale_server(folder) as server:
        login = Login(server.url, USER, PASSWORD)
        calendar_on(login, None).close()
        places: dict[str, Callable[[], Place]] = {
            "folder": lambda: made_folder(folder / "calendar", "Training"),
            "Radicale": lambda: calendar_on(login, None),
        }
        return [
            one for name, open_place in places.items() for one in _all(name, open_place, folder)
        ]


def _all(name: str, open_place: Callable[[], Place], folder: Path) -> list[Published]:
    home = folder / name
    home.mkdir()
    maya = Maya(home)
    plans = {
        "16 weeks, first time": [WEEK] * 16,
        "nothing new": [WEEK] * 16,
        "a re-plan of 4 entries": [MOVED] * 2 + [WEEK] * 14,
        "a re-plan of 28 entries": [WEEK] * 2 + [MOVED] * 12 + [WEEK] * 2,
    }
    found = []
    for what, weeks in plans.items():
        maya.plans(" ".join(weeks), made_on=MON)
        found.append(_timed(f"{name}: {what}", maya, open_place))
    return found


def _timed(what: str, maya: Maya, open_place: Callable[[], Place]) -> Published:
    plan = maya.journal.latest()
    assert plan is not None
    began = time.perf_counter()
    wanted = files(plan, touched=maya.journal.touched())
    place: Place = open_place()
    outcome = follow(place, maya.journal, wanted, Terms(plan.made_on, ZONE))
    return Published(what, time.perf_counter() - began, _sent(outcome))


def _sent(outcome: Outcome) -> int:
    return len(outcome.put) + len(outcome.changed) + len(outcome.removed)
