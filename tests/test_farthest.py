"""How far any plan could get: by hand for small weeks, and never less than what a plan gets to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ortools.sat.python.cp_model import LinearExpr

from planner.dosing import posted
from planner.elsewhere import solve
from planner.farthest import farthest_hundredths, most_to_spare
from planner.fitting import PlacedRuns
from planner.hinting import placed_runs
from planner.plan import Kind
from planner.request import Experience, Goal, Setback, WeekWish, Wishes
from planner.rule import Tier
from planner.solving import Goal as SolverGoal
from planner.solving import Solved, solve_tiers
from planner.stages import Found, place_sessions
from rules import RULEBOOK
from tests.requests import a_request
from tests.runners import request_of, runner_files

LIMITS = tuple(rule.name for rule in RULEBOOK if rule.tier is Tier.LIMIT)


def farthest(request, *gone, any_day=False, placed=None):
    kept = set(LIMITS) - set(gone)
    return farthest_hundredths(request, kept, any_day=any_day, placed=placed)


def runner(minutes=90, *, runs=3, asked=8000, **given):
    # A full week before, so that the week's limit holds nothing back.
    given = {"past_runs": {-2: 40}, "past_week_hundredths": (60_000,), **given}
    goal = Goal(kind="run_time", asked_hundredths=asked)
    return a_request(minutes=minutes, goal=goal, wishes=Wishes(runs=runs), **given)


@pytest.mark.parametrize(
    ("runs", "most"),
    [
        # 10 % above the longest, in whole minutes, each time: 40, 44, 48.4, 52.8.
        (1, 4400),
        (2, 4800),
        (3, 5200),
    ],
)
def test_each_run_of_a_week_may_be_longer_than_the_one_before(runs, most):
    assert farthest(runner(runs=runs)) == most


def test_no_run_is_longer_than_its_day_has_time():
    # Mondays alone have an hour and a half; a run there comes before all others.
    assert farthest(runner((90, 45, 45, 45, 45, 45, 45))) == 4500


def test_days_in_a_row_count_only_where_they_may_both_hold_a_run():
    row = (0, 0, 0, 0, 0, 90, 90)

    # 44 on Saturday and 48 on Sunday; for a runner new to running one of the two.
    assert farthest(runner(row)) == 4800
    assert farthest(runner(row, experience=Experience.NEW)) == 4400
    assert farthest(runner(row, experience=Experience.NEW), "run-days-apart") == 4800


def test_the_days_on_which_running_is_allowed_count():
    # Mild: four running days in seven; healthy: six. 40, 44, 48, 52, 57 (57.2).
    assert farthest(runner(runs=7, states="m")) == 5700
    # Then 62 (62.7) and 68 (68.2): 7 are wanted, a rest day leaves 6.
    assert farthest(runner(runs=7)) == 6800
    assert farthest(runner(runs=7), "run-days") == 6800
    # 74 (74.8) on the seventh day.
    assert farthest(runner(runs=7), "run-days", "rest-days") == 7400


def test_a_week_holds_no_more_than_the_weeks_before_allow():
    request = runner(past_week_hundredths=(8000,))

    # 80 minutes and 30 % are 104. Two runs of 44 and 48 need 92; 52 would need 44 and 48 as well.
    assert farthest(request) == 4800
    assert farthest(request, "weekly-volume") == 5200


def test_without_the_cap_only_time_and_the_week_hold_a_run_back():
    request = runner(past_week_hundredths=(8000,))

    # 80 minutes and 30 % are 104, and the day has 90.
    assert farthest(request, "session-cap") == 9000


def test_after_thirty_days_without_a_run_the_ladder_s_first_stage_is_the_most():
    request = runner(runs=1, past_runs={}, past_week_hundredths=())

    # Its running is 3.25 minutes: 3 whole ones.
    assert farthest(request) == 300


def test_on_the_ladder_the_longest_stretch_counts():
    ladder_week = runner(runs=1, past_runs={}, past_week_hundredths=(), ladder_weeks=(0,))

    # One session at the first stage: 15 seconds at a time.
    assert farthest(ladder_week) == 25


def test_the_ladder_may_begin_later_on_a_day_with_more_time():
    # 20 minutes in the first week hold its first stage; with an hour in the next one the first
    # session may be the twelfth.
    request = runner(
        (20, *[0] * 8, 60, *[0] * 4),
        days=14,
        past_runs={},
        past_week_hundredths=(),
        ladder_weeks=(0, 1),
    )
    longest = request.ladder.stages[11]

    assert longest.total_hundredths <= 6000
    assert farthest(request, "session-cap") == longest.run_seconds * 100 // 60


def test_no_running_in_a_flare():
    assert farthest(runner(states="f")) == 0


def test_no_running_on_the_days_off_after_a_set_back():
    # Four days are left for three runs, three for days without one between them.
    off = Setback(days_off=6)

    assert farthest(runner(setback=off)) == 4400
    assert farthest(runner(setback=off), "days-off") == 5200


def test_a_step_back_holds_each_run():
    held = Setback(hold_days=7, run_hundredths=3000)

    assert farthest(runner(setback=held)) == 3000
    assert farthest(runner(setback=held), "step-back") == 5200


def test_nothing_on_days_away():
    assert farthest(runner(away=range(7))) == 0


def test_before_a_race_runs_are_as_short_as_the_taper_wants_them():
    taper = WeekWish(easy_minutes=20, long_minutes=30, taper=True)
    request = a_request(
        minutes=90,
        past_runs={-2: 40},
        past_week_hundredths=(60_000,),
        race_on=6,
        wish=taper,
        wishes=Wishes(runs=3),
    )

    # The race alone goes on from 40 minutes: runs of 30 lead to no longer one.
    assert farthest(request) == 4400
    # On any day: as if no week were one of the taper. 44, 48, then 52.8 of a race.
    assert farthest(request, any_day=True) == 5280


def test_placed_runs_come_in_their_order():
    request = runner()
    kinds = {0: Kind.EASY_RUN, 2: Kind.LONG_RUN}
    placed = PlacedRuns(kinds, rooms={0: 42, 2: 90}, ladders={}, wishes={})

    # 42 on a day that has no more, then 46.2.
    assert farthest(request, placed=placed) == 4600
    # A roomier first day: 44, then 48.4.
    assert farthest(request, placed=replace(placed, rooms={0: 90, 2: 90})) == 4800


def test_a_short_day_in_between_holds_nothing_back():
    request = runner((90, 0, 30, 0, 90, 0, 0))
    kinds = {0: Kind.EASY_RUN, 2: Kind.EASY_RUN, 4: Kind.LONG_RUN}
    placed = PlacedRuns(kinds, rooms={0: 90, 2: 30, 4: 90}, ladders={}, wishes={})

    # 44 on the first day and 48 on the last; 30 between them.
    assert farthest(request, placed=placed) == 4800
    assert farthest(request) == 4800


def test_a_goal_of_walking_is_never_said_to_be_beyond_any_plan():
    walking = Goal(kind="walking", asked_hundredths=10**6)

    assert most_to_spare(a_request(goal=walking), LIMITS) == 0


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=runner_files(), gone=st.sets(st.sampled_from(LIMITS), max_size=4))
def test_no_plan_gets_farther(text, gone):
    request = request_of(text)
    rules = [rule for rule in RULEBOOK if rule.name not in gone]
    if request.goal.kind == "walking" or request.weeks > 12:
        return
    found = solve(request, rules)

    if isinstance(found, Found) and found.request.race_possible == request.race_possible:
        got = found.request.goal_hundredths_in_plan - found.short
        assert min(got, request.goal_hundredths_in_plan) <= farthest(request, *gone)


ROOMS = st.lists(st.sampled_from((0, 20, 30, 45, 60, 90, 120)), min_size=7, max_size=7)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    rooms=ROOMS,
    longest=st.sampled_from((0, 10, 25, 40, 60)),
    weeks_before=st.sampled_from(((), (3000,), (9000, 8000))),
    states=st.sampled_from(("h", "m", "MMMMm")),
    gone=st.sets(st.sampled_from(("session-cap", "weekly-volume")), max_size=1),
)
def test_no_minutes_on_the_days_placed_get_farther(rooms, longest, weeks_before, states, gone):
    """The best minutes that the solver finds, each run with a length of its own."""
    request = runner(
        rooms * 3,
        days=21,
        asked=60_000,
        states=states,
        past_runs={-2: longest} if longest else {},
        past_week_hundredths=weeks_before,
    )
    rules = [rule for rule in RULEBOOK if rule.name not in gone]
    request, placed = place_sessions(request, rules, ())
    if not isinstance(placed, tuple):
        return
    model, doses, costs = posted(request, placed[0], rules, alike=False)
    goal = SolverGoal("goal", LinearExpr.sum(costs[Tier.GOAL]))
    found = solve_tiers(model, [goal], "dose")

    if isinstance(found, Solved):
        got = 60_000 - found.tiers[0].cost
        assert got <= farthest(request, *gone, placed=placed_runs(doses))
        assert got <= farthest(request, *gone)
