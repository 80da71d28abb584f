"""A length for each run, as fast as the limits allow: where the search for minutes may begin."""

from __future__ import annotations

from planner.each_run import each_run
from planner.fitting import PlacedRuns
from planner.plan import Kind
from planner.request import Goal
from rules import RULEBOOK
from tests.requests import a_request

EASY, LONG, RUN_WALK = Kind.EASY_RUN, Kind.LONG_RUN, Kind.RUN_WALK
KEPT = [rule.name for rule in RULEBOOK]


def lengths(request, kinds, *, room=90, kept=KEPT):
    placed = PlacedRuns(
        kinds=kinds,
        rooms=dict.fromkeys(kinds, room),
        ladders=dict.fromkeys(kinds, request.ladder),
        wishes={},
    )
    return each_run(request, placed, kept)


def runner(volume_minutes=600, asked=6000, **given):
    goal = Goal(kind="run_time", asked_hundredths=asked)
    given = {"past_runs": {-2: 40}, **given}
    return a_request(goal=goal, past_week_hundredths=(volume_minutes * 100,), **given)


WEEK = {0: EASY, 2: EASY, 5: LONG}


def test_each_run_is_as_long_as_the_one_before_it_allows():
    # 44, 48.4 and 52.8 in whole minutes.
    assert lengths(runner(), WEEK).minutes == {0: 44, 2: 48, 5: 52}


def test_no_run_is_longer_than_the_goal_needs():
    assert lengths(runner(asked=4500), WEEK).minutes == {0: 44, 2: 45, 5: 45}


def test_no_run_is_longer_than_its_day():
    assert lengths(runner(), WEEK, room=45).minutes == {0: 44, 2: 45, 5: 45}


def test_in_a_week_with_little_room_the_long_run_comes_first_and_those_that_lead_to_it():
    # 80 minutes and 30 % are 104. 48 want a run of 44 before them; 49 want 45, and 45 want 41.
    # 1 + 44 + 48 are 93; the 11 that are left go to the first run.
    assert lengths(runner(80), WEEK).minutes == {0: 12, 2: 44, 5: 48}


def test_without_a_limit_its_room_is_used():
    kept = [name for name in KEPT if name != "weekly-volume"]

    assert lengths(runner(80), WEEK, kept=kept).minutes == {0: 44, 2: 48, 5: 52}


def test_on_the_ladder_each_session_takes_its_share_of_the_week():
    request = runner(9, ladder_weeks=(0,), past_runs={-2: 9})
    found = lengths(request, {0: RUN_WALK, 2: RUN_WALK, 5: RUN_WALK})
    runs = [request.ladder.stages[place].run_hundredths for place in found.stages.values()]

    # 9 minutes and 15 are 24 for three: 8 each, so the stage with 6, held twice; then the one with 9.
    assert runs == [600, 600, 900]
    assert found.minutes == {}
