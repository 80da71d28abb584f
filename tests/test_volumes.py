"""How much she ran: by day, by week, before a flare."""

from __future__ import annotations

import pytest

from planner.volumes import (
    last_comfortable_run,
    last_run_on,
    pre_flare_week_hundredths,
    runs_done,
    week_hundredths,
)
from tests.diaries import LIMITS, day, history, number, rated, run, told, walk


def by_day(*facts) -> dict[int | None, int]:
    return {number(on): done for on, done in runs_done(history(*facts)).items()}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), {}),
        ((run(1, 20), run(3, 12.5)), {1: 2000, 3: 1250}),
        ((run(1, 0), walk(2, 30)), {}),
        # The file's longest run, on the day of the last one; not told, the day before yesterday.
        ((told(0, longest_run_minutes=40),), {-2: 4000}),
        ((told(0, longest_run_minutes=40, days_since_last_run=9),), {-9: 4000}),
        ((told(0, longest_run_minutes=40, days_since_last_run=0),), {-1: 4000}),
        ((told(0, walk_minutes=20),), {}),
        # What is logged on that day is right; a later file adds its own.
        ((told(5, longest_run_minutes=40), run(3, 20)), {3: 2000}),
        (
            (told(0, longest_run_minutes=40), run(3, 20), told(9, longest_run_minutes=30)),
            {-2: 4000, 3: 2000, 7: 3000},
        ),
    ],
)
def test_runs_by_day(facts, expected):
    assert by_day(*facts) == expected


def test_runs_stand_in_the_order_of_their_days():
    assert list(by_day(run(9), run(1), told(5, longest_run_minutes=40))) == [1, 3, 9]


FILE = {"run_minutes": (50.0, 60.0, 70.0)}


@pytest.mark.parametrize(
    ("facts", "monday", "expected"),
    [
        ((run(0, 20), run(6, 30), run(7, 40)), 0, 5000),
        ((run(0, 20), run(6, 30), run(7, 40)), 7, 4000),
        # The latest week of the file is the one before that in which it was read (Thursday).
        ((told(3, **FILE),), -7, 7000),
        ((told(3, **FILE),), -21, 5000),
        ((told(3, **FILE),), -28, 0),
        ((told(3, **FILE),), 0, 0),
        # A week before the file: the more of what was told and what was logged.
        ((told(3, **FILE), run(-5, 20)), -7, 7000),
        ((told(3, **FILE), run(-5, 80)), -7, 8000),
        # No weeks told: the run known in it.
        ((told(3, longest_run_minutes=40, days_since_last_run=5),), -7, 4000),
        ((told(3, longest_run_minutes=40, days_since_last_run=5),), 0, 0),
        # Weeks told of hold what they were told to; a run known beyond them makes no week of its own.
        ((told(3, longest_run_minutes=40, days_since_last_run=30, **FILE),), -28, 0),
        ((told(3, longest_run_minutes=40, days_since_last_run=2, **FILE),), 0, 0),
        ((told(3, longest_run_minutes=40, days_since_last_run=2),), 0, 0),
        # A later file with other weeks speaks where nothing is logged.
        ((told(0, **FILE), told(14, run_minutes=(30.0, 35.0))), 7, 3500),
        ((told(0, **FILE), told(14, run_minutes=(30.0, 35.0)), run(8, 20)), 7, 2000),
        ((told(0, **FILE), told(14, walk_minutes=20, **FILE)), 7, 0),
        ((told(0, **FILE), told(14, run_minutes=(1.0, 2.0, 3.0, 4.0))), -7, 7000),
    ],
)
def test_running_of_a_week(facts, monday, expected):
    assert week_hundredths(history(*facts), day(monday)) == expected


def before(flare: int, *facts) -> int:
    return pre_flare_week_hundredths(history(*facts), day(flare), LIMITS)


def weekly(first: int, *minutes: float) -> tuple:
    return tuple(run(first + 7 * week, length) for week, length in enumerate(minutes))


@pytest.mark.parametrize(
    ("flare", "facts", "expected"),
    [
        (0, (told(0),), 0),
        (0, (told(0, longest_run_minutes=40),), 0),
        # The mean of the weeks told, the last four of them: (60 + 60 + 90 + 90) / 4.
        (0, (told(0, run_minutes=(10.0, 60.0, 60.0, 90.0, 90.0)),), 7500),
        (3, (told(3, run_minutes=(60.0, 90.0)),), 7500),
        # 45 is 25 % below 60: a lighter week is left out; (60 + 60 + 66) / 3.
        (0, (told(0, run_minutes=(60.0, 60.0, 45.0, 66.0)),), 6200),
        # 20 % and 30 % below are lighter weeks; 19 % and 31 % below are weeks like others.
        (0, (told(0, run_minutes=(100.0, 80.0, 100.0, 70.0)),), 10000),
        (0, (told(0, run_minutes=(100.0, 81.0, 100.0, 69.0)),), 8750),
        # All of them lighter than the one before: of all, (80 + 64 + 51 + 40) / 4.
        (0, (told(0, run_minutes=(100.0, 80.0, 64.0, 51.0, 40.0)),), 5875),
        # From the journal: full weeks before the flare's first day, a Sunday: not its own week.
        (34, (told(0), *weekly(0, 10, 20, 30, 40, 90)), 2500),
        (35, (told(0), *weekly(0, 10, 20, 30, 40, 90)), 4500),
        # A week without a run is one of the four; one before the journal is not known.
        (28, (told(0), *weekly(0, 40, 40, 40)), 3000),
        (14, (told(0), *weekly(0, 40, 50)), 4500),
        (14, (told(0), run(8, 40)), 2000),
        # The journal began on Thursday of the first week: that week is not known whole.
        (14, (told(3), run(8, 40)), 4000),
        # Told and logged together: 60, 60, 30, 40.
        (14, (told(0, run_minutes=(60.0, 60.0)), *weekly(0, 30, 40)), 4750),
    ],
)
def test_the_running_of_a_week_before_a_flare(flare, facts, expected):
    assert before(flare, *facts) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), None),
        ((told(0, longest_run_minutes=40),), (-2, 4000)),
        # Rated: the latest at 2 or less during it; how it felt later is not asked.
        ((run(1, 20, during=1), run(3, 30, during=2, after=4), run(5, during=2.5)), (3, 3000)),
        # Not rated at all: the latest.
        ((run(1, 20), run(3, 30)), (3, 3000)),
        # One was rated: it is the one known to be comfortable.
        ((run(1, 20, during=1), run(3, 30)), (1, 2000)),
        ((run(3, 30, during=3),), None),
        # A whole day at 2 or less says it of its run; one that was worse says nothing of it.
        ((run(3, 30), rated(3, 2), run(5, 40, during=3)), (3, 3000)),
        ((run(1, 20, during=1), run(3, 30), rated(3, 3)), (1, 2000)),
        # That of the flare's first day, day 10, and later ones do not count.
        ((run(1, 20), run(10, 30), run(11, 30)), (1, 2000)),
        # 30 days before the latest run are recent, 31 are not.
        ((run(-23, 60, during=1), run(7, 20)), (-23, 6000)),
        ((run(-24, 60, during=1), run(7, 20)), (7, 2000)),
    ],
)
def test_the_last_comfortable_run(facts, expected):
    found = last_comfortable_run(history(*facts), day(10), LIMITS)

    assert (found and (number(found[0]), found[1])) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), None),
        ((run(10),), None),
        ((run(3), run(9), run(11)), 9),
        ((told(0, longest_run_minutes=40),), -2),
    ],
)
def test_the_last_run_before_a_day(facts, expected):
    assert number(last_run_on(history(*facts), day(10))) == expected
