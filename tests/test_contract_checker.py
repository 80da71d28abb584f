"""The contract's checker itself: a sound plan has no breach, and each limit can be broken."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.contract_checker import breaches

MONDAY = date(2026, 11, 30)
FILE: dict[str, Any] = {
    "runner": {"experience": "regular"},
    "week": {"minutes": dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), 60)},
    "recent": {
        "run_minutes": [100, 100, 100, 100],
        "longest_run_minutes": 40,
        "days_since_last_run": 2,
    },
}


def session(letter: str, minutes: float) -> dict[str, Any]:
    kinds = {"e": "easy_run", "l": "long_run", "h": "hard_run", "R": "race", "w": "walk"}
    kind = (kinds | {"s": "strength", "m": "mobility"})[letter]
    return {
        "kind": kind,
        "minutes": minutes,
        "run_minutes": minutes if letter in "elhR" else 0,
        "walk_minutes": minutes if letter == "w" else 0,
        "steps": [{"repeat": 1, "run_seconds": minutes * 60, "walk_seconds": 0}],
    }


def ladder(repeat: int, run: int, walk: int) -> dict[str, Any]:
    running, walking = repeat * run / 60, repeat * walk / 60
    return {
        "kind": "run_walk",
        "minutes": running + walking,
        "run_minutes": running,
        "walk_minutes": walking,
        "steps": [{"repeat": repeat, "run_seconds": run, "walk_seconds": walk}],
    }


FIRST, SECOND, THIRD = ladder(13, 15, 120), ladder(12, 30, 120), ladder(12, 45, 105)


def document(days: list[list[dict[str, Any]]], states: str = "mild") -> dict[str, Any]:
    return {
        "start": MONDAY.isoformat(),
        "days": [
            {
                "date": (MONDAY + timedelta(days=n)).isoformat(),
                "state": states,
                "sessions": sessions,
            }
            for n, sessions in enumerate(days)
        ],
    }


def week(text: str) -> list[list[dict[str, Any]]]:
    """``e30 . w30+s20``: one word a day, sessions joined by a plus."""
    return [
        [session(part[0], float(part[1:])) for part in word.split("+") if part != "."]
        for word in text.split()
    ]


def limits_broken(days: list[list[dict[str, Any]]], state: str = "mild", **file: Any) -> list[str]:
    return sorted({breach.limit for breach in breaches(document(days, state), FILE | file)})


def test_a_sound_week_breaks_nothing():
    # 100 minutes after 100, the longest run 44 = 1.1 × 40.
    assert limits_broken(week("e30 s30 e26 w30 m10 l44 w60")) == []


@pytest.mark.parametrize(
    ("days", "state", "limit"),
    [
        ("l44.01", "mild", "session-cap"),  # at most 44
        ("e41", "moderate", "session-cap"),  # no growth
        ("e40 . e40 . e41", "mild", "weekly-volume"),  # 121 of 120
        (". . . e44 e44 l42.01", "healthy", "weekly-volume"),  # 130.01 of 130
        ("e20 e20 e20 . e20 e20", "mild", "run-days"),  # five in seven days
        ("e10 e10 e10 e10 e10 e10 e10", "healthy", "rest-days"),
        ("s30 w31 w31 s20 w31 w31 s30", "mild", "rest-days"),
        ("e20 e20", "moderate", "run-days-apart"),
        ("h30 l40", "mild", "hard-days-apart"),
        ("h30 . h30", "mild", "hard-runs"),
        ("h30", "returning", "hard-runs"),
        ("s20 s20", "mild", "strength-apart"),
        ("e31+s30", "mild", "time"),
        ("e10", "flare", "flare-rest"),
        ("l30+w20", "mild", "one-a-day"),
        ("e30+w20 .", "mild", "one-a-day"),  # Tuesday has room
        ("s20+m10", "mild", "one-a-day"),
        ("e10+e10", "mild", "one-a-day"),
    ],
)
def test_a_plan_that_breaks_a_limit(days, state, limit):
    assert limit in limits_broken(week(days), state)


def test_a_walk_may_share_a_day_when_the_week_has_no_other_room():
    minutes = {"mon": 60, "tue": 9}

    assert limits_broken(week("e30+w20 ."), week={"minutes": minutes}) == []


def test_a_runner_new_to_running_does_not_run_on_two_days_in_a_row():
    found = limits_broken(week("e20 e20"), runner={"experience": "new"})

    assert found == ["run-days-apart"]


def test_the_run_before_the_plan_counts():
    # She ran yesterday, and today's is a run/walk session.
    recent = {"longest_run_minutes": 40, "days_since_last_run": 1}

    assert limits_broken([[FIRST]], recent=recent) == ["run-days-apart"]


@pytest.mark.parametrize(
    ("sessions", "broken"),
    [
        ([FIRST, FIRST, SECOND, SECOND, THIRD], []),
        ([FIRST, SECOND], ["two-clean"]),
        ([FIRST, FIRST, THIRD], ["session-cap", "two-clean"]),  # 9 minutes after 3.25
        ([SECOND], ["session-cap", "two-clean"]),  # 6 minutes, nothing run before
        ([FIRST, FIRST, SECOND, FIRST, SECOND], ["two-clean"]),
    ],
)
def test_the_ladder(sessions, broken):
    days = [day for one in sessions for day in ([one], [])]

    assert limits_broken(days, recent={}) == broken


def test_after_a_flare_a_stage_takes_three_sessions_and_the_restart_counts():
    # Two sessions are enough in mild. Nothing told of the weeks: no pre-flare volume.
    four = [[FIRST], [], [FIRST], [], [SECOND]]

    recent = {"longest_run_minutes": 40, "days_since_last_run": 9}

    assert limits_broken(four, "returning", recent=recent) == ["two-clean"]


def test_no_session_on_a_day_away():
    away = [{"from": MONDAY, "to": MONDAY}]

    assert limits_broken(week("R20"), away=away) == ["time"]
