"""room-for-runs: runs and walks on days with time for what the week's runs and walks need."""

from __future__ import annotations

from datetime import date

import pytest

from planner.request import WeekWish
from rules.place.room_for_runs import RoomForRuns
from tests.agreement import assert_agreement, breaches_in, missed
from tests.requests import a_request

RULE = RoomForRuns()
WISH = WeekWish(easy_minutes=30, long_minutes=60, walk_minutes=20)


@pytest.mark.parametrize(
    ("letters", "given", "costs"),
    [
        # Missing minutes cost one for each five begun.
        (". e .", {"minutes": 30}, []),
        (". e .", {"minutes": 29}, [(1, 1)]),
        (". e .", {"minutes": 25}, [(1, 1)]),
        (". e .", {"minutes": 24}, [(1, 2)]),
        (". h .", {"minutes": 24}, [(1, 2)]),  # a hard run wants the easy run's room
        (". w .", {"minutes": 20}, []),
        (". w .", {"minutes": 19}, [(1, 1)]),
        # Strength takes 30 minutes (20 where the day has less), mobility 10.
        (". es .", {"minutes": 60}, []),
        (". es .", {"minutes": 50}, [(1, 2)]),
        (". em .", {"minutes": 39}, [(1, 1)]),
        (". ws .", {"minutes": 45}, [(1, 1)]),
        (". wm .", {"minutes": 30}, []),
        (". ew .", {"minutes": 15}, [(1, 4)]),  # both: three steps for the run, one for the walk
        ("s e s", {"minutes": 30}, []),  # strength on other days takes nothing
        # The long run has a rule of its own, run/walk sessions and races theirs.
        ("l r R", {"minutes": 10}, []),
        ("s m .", {"minutes": 10}, []),
        ("e e e", {"minutes": (20, 60, 25)}, [(0, 2), (2, 1)]),
        ("e w h", {"minutes": 0, "wish": WeekWish()}, []),  # a week that asks for nothing
        # Where the goal needs longer runs, each minute of theirs costs one: 45 - 38.
        (". e .", {"minutes": 38, "easy_room_minutes": 45}, [(1, 7)]),
        (". e .", {"minutes": 45, "easy_room_minutes": 45}, []),
        (". e .", {"minutes": 29, "easy_room_minutes": 1}, [(1, 1)]),  # never less than the week's
        (". w .", {"minutes": 18, "easy_room_minutes": 45}, [(1, 2)]),  # 20 - 18
    ],
)
def test_missed(letters, given, costs):
    request = a_request(3, **{"wish": WISH, **given})

    assert missed(RULE, request, letters) == costs


def test_each_week_has_its_own_need():
    # Sunday, then Monday.
    wishes = (WeekWish(easy_minutes=30), WeekWish(easy_minutes=45))
    request = a_request(2, start=date(2026, 12, 6), minutes=30, week_wishes=wishes)

    assert missed(RULE, request, "e e") == [(1, 3)]


def test_the_reason_of_a_day_away_says_so():
    (breach,) = breaches_in(RULE, a_request(1, minutes=0, away=[0], wish=WISH), "e")

    assert breach.reason == "You are away on Mon 30 Nov; the week's sessions want more."


def test_the_reason_says_what_is_left():
    (breach,) = breaches_in(RULE, a_request(1, minutes=45, wish=WISH), "es")

    assert breach.reason == (
        "Mon 30 Nov has 15 min for a run or walk; the week's sessions want more."
    )


@pytest.mark.parametrize("minutes", [0, 9, 19, 20, 29, 30, 34, 40, 49, 50, 59])
@pytest.mark.parametrize("days", [1, 2])
def test_solver_and_checker_agree_on_every_kind(days, minutes):
    menu = ". e l h r R w s m es em ws wm hs hm ls ew ews ewm"

    assert_agreement(RULE, a_request(days, minutes=minutes, wish=WISH), menu)


@pytest.mark.parametrize("minutes", [(30, 60), (44, 75), (55, 20)])
def test_solver_and_checker_agree_where_the_goal_needs_longer_runs(minutes):
    request = a_request(2, minutes=minutes, wish=WISH, easy_room_minutes=45)

    assert_agreement(RULE, request, ". e h w s es em ws wm hs ew ews")


def test_solver_and_checker_agree_over_a_week_border():
    wishes = (WISH, WeekWish(easy_minutes=47, walk_minutes=33))
    request = a_request(5, start=date(2027, 1, 1), minutes=(30, 45, 10, 60, 33), week_wishes=wishes)

    assert_agreement(RULE, request, ". e h w es wm")
