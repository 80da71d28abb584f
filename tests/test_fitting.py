"""Where the search for minutes begins: lengths that keep the limits, and what no plan reaches."""

from __future__ import annotations

from planner.farthest import farthest_hundredths
from planner.fitting import (
    BOUND_RESTS_ON,
    PlacedRuns,
    least_short,
    lengths_that_fit,
)
from planner.plan import Kind, Step
from planner.request import Goal, PastRun, Restart
from planner.stepping import Climb
from tests.requests import a_request

FULL_WEEK = (60_000,)
"""So full a week before that the limit on weeks holds nothing back."""

EASY, LONG, RUN_WALK = Kind.EASY_RUN, Kind.LONG_RUN, Kind.RUN_WALK


def placed(request, kinds, easy=60, long=60, room=60):
    weeks = range(request.weeks)
    return PlacedRuns(
        kinds=kinds,
        rooms=dict.fromkeys(kinds, room),
        ladders=dict.fromkeys(kinds, request.pattern),
        wishes={
            (week, is_long): (long if is_long else easy) for week in weeks for is_long in (0, 1)
        },
    )


def lengths(request, runs):
    fitted = lengths_that_fit(request, runs).lengths
    return [fitted[0, False], fitted[0, True]]


def test_a_week_climbs_to_the_cap_of_its_easy_runs_and_its_long_run_once_more():
    request = a_request(past_runs={-2: 40}, past_week_hundredths=FULL_WEEK)

    # 40 + 10 % are 44, and 44 + 10 % are 48.4: 48 whole minutes.
    assert lengths(request, placed(request, {0: EASY, 2: EASY, 5: LONG})) == [44, 48]


def test_wishes_that_keep_the_limits_stay():
    request = a_request(past_runs={-2: 40}, past_week_hundredths=FULL_WEEK)

    assert lengths(request, placed(request, {0: EASY, 5: LONG}, easy=35, long=42)) == [35, 42]


def test_a_week_stays_below_what_the_weeks_before_allow():
    request = a_request(past_runs={-2: 40}, past_week_hundredths=(8000,))
    held = lengths(request, placed(request, {0: EASY, 2: EASY, 5: LONG}, easy=40, long=44))

    # 80 minutes and 30 % are 104.
    assert 2 * held[0] + held[1] == 104


def test_before_a_flare_nothing_counts_and_the_first_run_is_a_small_one():
    restart = Restart(
        day=0, pre_flare_week_hundredths=9000, last_run_hundredths=4000, days_since_last_run=6
    )
    request = a_request(
        states="r", past_runs={-6: 40}, past_week_hundredths=FULL_WEEK, restart=restart
    )
    runs = placed(request, {0: RUN_WALK})

    # After 6 days half of 40 minutes: the stage with 20.
    assert lengths_that_fit(request, runs).week_run[0] == 2000


def test_no_plan_comes_nearer_to_the_goal_than_the_cap_lets_it():
    goal = Goal(kind="run_time", asked_hundredths=6000)
    request = a_request(past_runs={-2: 40}, past_week_hundredths=FULL_WEEK, goal=goal)
    runs = placed(request, {0: EASY, 2: EASY, 4: EASY, 6: LONG}, room=90)

    # 40, 44, 44: then 44 + 10 % are 48.4, so 48 minutes, 12 short of 60.
    assert least_short(request, runs) == 1200
    # Easy runs of unlike lengths: 44, 48, 52 (52.8), then 57 (57.2): 3 short.
    assert farthest_hundredths(request, BOUND_RESTS_ON, placed=runs) == 6000 - 300


def test_a_limit_on_growth_that_is_gone_holds_up_no_way():
    request = a_request(past_runs={-2: 40}, past_week_hundredths=FULL_WEEK)
    runs = placed(request, {0: EASY, 2: EASY, 5: LONG})
    kept = set(BOUND_RESTS_ON) - {"session-cap"}

    # With the cap 44 and 48 (above); without it the wishes of 60.
    assert lengths_that_fit(request, runs, kept=kept).lengths[0, True] == 60


def test_a_stage_is_held_as_often_as_the_limits_ask_before_the_next():
    request = a_request(states="r")
    climb = Climb(request)
    steps = [climb.next(0, request.pattern, 900, 10**6, 6000).run_hundredths for _ in range(2)]
    steps += [climb.next(0, request.pattern, 10**6, 10**6, 6000).run_hundredths for _ in range(3)]

    # Stages of 9, 9, 9 and, after three, 12 minutes; 12 again.
    assert steps == [900, 900, 900, 1200, 1200]


def test_a_session_that_was_not_clean_holds_up_the_way():
    rung = a_request().pattern.stages[2]
    step = Step(run_seconds=rung.run_seconds, walk_seconds=rung.walk_seconds, repeat=rung.repeats)

    def next_after(*clean):
        request = a_request(states="m").model_copy(
            update={
                "past_runs": tuple(
                    PastRun(
                        day=day - len(clean),
                        run_hundredths=900,
                        kind=RUN_WALK,
                        steps=(step,),
                        is_clean=one,
                    )
                    for day, one in enumerate(clean)
                )
            }
        )
        return Climb(request).next(0, request.pattern, 10**6, 10**6, 6000).run_hundredths

    assert [next_after(True, True), next_after(True, False)] == [1200, 900]


def test_of_stages_with_as_much_running_the_longest_bout_comes_nearest_to_the_goal():
    request = a_request()
    climb = Climb(request, at_most=True)

    # Stages 9, 10 and 11 hold 24 minutes: six times 4, four times 6, three times 8.
    assert climb.most(0, request.ladder, 2400, 6000) == (2400, 800)


def test_of_stages_with_as_much_running_the_next_session_takes_the_farthest_up():
    request = a_request()
    stage = Climb(request).next(0, request.ladder, 2400, 3000, 6000)

    # Six times 4, four times 6 and three times 8 minutes hold 24 each.
    assert (stage.run_seconds, stage.repeats) == (480, 3)
