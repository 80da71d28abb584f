"""Which sessions a day may hold at all: the shortest that are worth a place there."""

from __future__ import annotations

import pytest

from planner.plan import Kind
from planner.possible import least_minutes
from planner.request import WeekWish, Wishes
from tests.requests import a_request

WISH = WeekWish(easy_minutes=40, long_minutes=60, walk_minutes=20)
ALIKE = WeekWish(easy_minutes=40, walk_minutes=20)


@pytest.mark.parametrize(
    ("kind", "runs", "wish", "minutes", "least"),
    [
        # An easy run keeps three quarters of its 40 minutes, a long run all.
        (Kind.EASY_RUN, 3, WISH, 90, 30),
        (Kind.LONG_RUN, 3, WISH, 90, 60),
        # The only run of a week keeps all of its minutes too.
        (Kind.EASY_RUN, 1, ALIKE, 90, 40),
        # No more than the day has, and never less than 10 minutes.
        (Kind.LONG_RUN, 3, WISH, 45, 45),
        (Kind.EASY_RUN, 1, ALIKE, 35, 35),
        (Kind.EASY_RUN, 1, ALIKE, 5, 10),
        (Kind.EASY_RUN, 3, WeekWish(easy_minutes=12), 90, 10),
    ],
)
def test_a_run_is_worth_a_place_with_most_of_what_its_week_wants(kind, runs, wish, minutes, least):
    request = a_request(7, wishes=Wishes(runs=runs), wish=wish, minutes=minutes)

    assert least_minutes(request, 2, kind) == least


def test_in_a_race_week_the_other_run_is_not_the_only_one():
    request = a_request(7, wishes=Wishes(runs=1), wish=ALIKE, race_on=6)

    assert least_minutes(request, 2, Kind.EASY_RUN) == 30
