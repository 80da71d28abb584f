"""The engine on named stories: what a coach would look for in each plan."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from planner.plan import Kind, State
from tests.runners import WEEKDAYS, planned, toml_text
from tests.stories import BASE, EVERY_DAY, MONDAY, on, runs, sample, sessions, story

NOTHING_RUN: dict[str, Any] = {}
RACE_5K = {"kind": "race", "distance_km": 5.0, "pace": "6:00"}


# --- beginners ---------------------------------------------------------------------------------


def test_a_beginner_runs_and_walks_until_the_ladder_is_done_and_then_runs_easily():
    plan = sample("zero-to-thirty")
    kinds = [session.kind for _, session in runs(plan)]
    ladder = kinds.count(Kind.RUN_WALK)

    assert set(kinds[:ladder]) == {Kind.RUN_WALK}
    assert Kind.RUN_WALK not in kinds[ladder:]
    # Twelve stages, at least two sessions at each.
    assert ladder >= 24
    assert max(session.longest_bout_minutes for _, session in runs(plan)) == 30
    assert plan.goal.reached


def test_she_leaves_the_ladder_only_after_two_sessions_on_its_top():
    walked = sessions(sample("zero-to-thirty"), Kind.RUN_WALK)

    # The top of the gentle ladder: 3 × 9 minutes.
    assert [session.run_minutes for _, session in walked[-2:]] == [27, 27]


@pytest.mark.parametrize(
    ("back", "minutes"),
    [
        ({"pain_today": 1.0}, 3.25),  # 13 × 15 s
        ({"pain_today": 0.0}, 3.0),  # 3 × 1 min, for a back that says it is healthy
    ],
)
def test_the_first_session_after_no_running_is_the_first_stage(back, minutes):
    plan = story(experience="new", recent=NOTHING_RUN, back=back).plan

    assert runs(plan)[0][1].run_minutes == minutes


def test_a_runner_who_has_not_run_for_30_days_starts_on_the_ladder_again():
    plan = story(experience="regular", recent=BASE | {"days_since_last_run": 31}).plan

    first = runs(plan)[0][1]

    assert (first.kind, first.run_minutes) == (Kind.RUN_WALK, 3.25)


def test_a_runner_new_to_running_never_runs_on_two_days_in_a_row():
    plan = story(experience="new", recent=NOTHING_RUN, week={"runs": 7}).plan
    ran = [day for day, _ in runs(plan)]

    assert min((other - one).days for one, other in pairwise(ran)) >= 2


# --- goals -------------------------------------------------------------------------------------


def test_the_race_is_run_on_its_day_with_the_minutes_asked():
    plan = story(goal=RACE_5K | {"on": on(27)}).plan

    day, race = sessions(plan, Kind.RACE)[0]

    # 5 km × 6:00 = 30 minutes, less than the 35 she has run.
    assert (day, race.run_minutes) == (on(27), 30)
    assert (plan.goal.planned_minutes, plan.goal.reached) == (30, True)


def test_a_goal_out_of_reach_is_planned_as_far_as_the_limits_allow():
    plan = story(goal={"kind": "run_time", "minutes": 120, "on": on(27)}).plan

    assert not plan.goal.reached
    # 35 minutes can become 35 × 1.1^n at the most, and the goal is not forgotten: it grows.
    assert 38.5 <= plan.goal.planned_minutes < 120
    assert any("out of reach" in note for note in plan.notes)


def test_a_goal_that_was_reached_already_stays_reached():
    plan = story(goal={"kind": "run_time", "minutes": 20, "on": on(27)}).plan

    assert plan.goal.reached


def test_a_race_while_away_is_not_in_the_plan_and_is_told():
    gone = [{"from": on(25), "to": on(29)}]
    plan = story(goal=RACE_5K | {"on": on(27)}, away=gone).plan

    assert sessions(plan, Kind.RACE) == []
    assert not plan.goal.reached
    assert any("you are away" in note for note in plan.notes)


def test_a_race_that_the_limits_leave_nothing_for_is_left_out_and_told():
    """A moderate week after weeks without running: no minute is allowed, so no race either."""
    recent = {"run_minutes": [10, 0], "longest_run_minutes": 30, "days_since_last_run": 5}
    plan = story(
        goal=RACE_5K | {"on": on(11)}, recent=recent, back={"pain_today": 4}, start=on(3), weeks=2
    ).plan

    assert sessions(plan, Kind.RACE) == []
    assert any("leave no running for it" in note for note in plan.notes)


def test_a_race_tomorrow_leaves_today_easy():
    plan = story(goal=RACE_5K | {"on": on(1)}, weeks=1).plan
    today = {session.kind for session in plan.days[0].sessions}

    assert today.isdisjoint({Kind.LONG_RUN, Kind.HARD_RUN, Kind.STRENGTH})
    assert [session.kind for session in plan.days[1].sessions] == [Kind.RACE]


def test_a_plan_of_one_day_is_the_race():
    tables = {
        "runner": {"name": "Maya", "time_zone": "Europe/Zurich"},
        "goal": RACE_5K | {"on": MONDAY},
        "week": {"runs": 3},
        "week.minutes": EVERY_DAY,
        "recent": BASE,
        "plan": {"start": MONDAY},
    }
    plan = planned(toml_text(tables)).plan

    assert [[session.kind for session in day.sessions] for day in plan.days] == [[Kind.RACE]]


# --- runs that hold nothing ---------------------------------------------------------------------


def test_a_run_that_the_limits_leave_out_frees_its_day_for_a_walk():
    """Moderate days with no run in the week before: the run of Tuesday held nothing, and the walk

    beside Saturday's run, placed for want of room, then broke one-a-day.
    """
    recent = {"run_minutes": [5, 0, 5, 15, 5, 5, 5, 5], "longest_run_minutes": 12.5}
    minutes = {"tue": 240, "wed": 240, "thu": 90, "fri": 90, "sat": 60, "sun": 5}
    plan = story(
        week={"runs": 6, "walks": 8, "strength": 2, "mobility": 1},
        minutes=minutes,
        recent=recent | {"days_since_last_run": 2, "walk_minutes": 30},
        back={"pain_today": 5},
        start=date(2027, 12, 31),
        weeks=3,
    ).plan
    tuesday = plan.days[4]

    assert tuesday.date == date(2028, 1, 4)
    assert tuesday.has(Kind.WALK) or tuesday.has_run
    assert "left-out" not in {tier.name for tier in plan.tiers}


def test_runs_that_hold_nothing_do_not_hide_30_days_without_running():
    """2 minutes 29 days ago: no stage fits moderate days, and 30 days pass before the first run."""
    recent = {"run_minutes": [12, 2, 2, 7], "longest_run_minutes": 2, "days_since_last_run": 29}
    minutes = {"mon": 15, "tue": 60, "wed": 15, "thu": 30, "fri": 45, "sat": 10, "sun": 30}
    plan = story(
        goal={"kind": "keep_running", "minutes": 30},
        week={"runs": 6},
        minutes=minutes,
        recent=recent,
        back={"pain_today": 5},
        start=date(2028, 2, 29),
        weeks=8,
    ).plan

    first = runs(plan)[0][1]

    assert (first.kind, first.run_minutes) == (Kind.RUN_WALK, 3.25)


# --- hardly any time ----------------------------------------------------------------------------


def test_one_weekday_with_time_holds_the_weeks_run():
    plan = story(minutes={"sat": 90}, week={"runs": 3}).plan

    assert [day.weekday() for day, _ in runs(plan)] == [5, 5, 5, 5]


def test_no_time_at_all_is_an_empty_plan_that_tells_what_is_missing():
    outcome = story(minutes=dict.fromkeys(WEEKDAYS, 0))

    assert [day for day in outcome.plan.days if day.sessions] == []
    assert "sessions-wanted" in {breach.rule for breach in outcome.missed}


# --- pain ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(2))
def test_a_moderate_week_holds_run_walk_only_and_no_two_days_in_a_row(number):
    recents = (BASE, BASE | {"run_minutes": [120, 130, 140, 150], "longest_run_minutes": 60})
    plan = story(experience="regular", back={"pain_today": 4}, recent=recents[number]).plan
    first = [day for day in plan.days if day.state is State.MODERATE]
    ran = [day.date for day in first if day.has_run]

    assert [day.date for day in first] == [on(n) for n in range(7)]
    assert len(ran) >= 2
    assert {s.kind for day in first for s in day.sessions if s.kind.is_run} == {Kind.RUN_WALK}
    assert min((other - one).days for one, other in pairwise(ran)) >= 2


@pytest.mark.parametrize(
    ("goal", "recent", "weeks"),
    [
        # Many weeks of run/walks: too much for a search that begins nowhere.
        ({"kind": "keep_running"}, {"run_minutes": [110, 115, 110, 120]}, 16),
        # A first run of 12 would be nearer to the goal, and leave 3.25 for all that follow.
        ({"kind": "run_time", "minutes": 40}, {"run_minutes": [60, 60, 40, 20]}, 8),
    ],
)
def test_run_walks_stay_the_same_while_the_pain_stays(goal, recent, weeks):
    plan = story(
        goal=goal,
        week={"runs": 3, "walks": 2, "strength": 2, "mobility": 2},
        recent={"longest_run_minutes": 30, "days_since_last_run": 2, **recent},
        back={"pain_today": 3, "usual_pain": 3},
        weeks=weeks,
    ).plan

    held = {one.run_minutes for _, one in runs(plan)}

    assert len(held) == 1
    assert min(held) > 3.25


def test_a_flare_holds_walks_only_and_returning_follows_it():
    plan = story(back={"pain_today": 7}, weeks=8).plan
    states = [
        state
        for state, before in zip(
            [day.state for day in plan.days],
            [None, *(day.state for day in plan.days)],
            strict=False,
        )
        if state is not before
    ]
    flare = {s.kind for day in plan.days if day.state is State.FLARE for s in day.sessions}

    assert states == [State.FLARE, State.RETURNING, State.MILD]
    assert Kind.WALK in flare
    assert flare <= {Kind.WALK, Kind.MOBILITY}


def test_the_first_run_after_a_flare_is_a_small_one_and_a_run_walk():
    plan = story(back={"pain_today": 7}, weeks=8).plan

    day, first = runs(plan)[0]

    # The last run was two days before the plan; four flare days lie between, so 6 to 14 days: half
    # of 35 minutes.
    assert 6 <= (day - on(-2)).days <= 14
    assert first.kind is Kind.RUN_WALK
    assert first.run_minutes <= 17.5


def test_exercises_leave_out_what_makes_the_back_worse():
    def names(back: dict[str, Any]) -> set[str]:
        plan = story(back=back).plan
        held = sessions(plan, Kind.STRENGTH, Kind.MOBILITY)
        return {exercise.id for _, session in held for exercise in session.exercises}

    anybody, careful = names({"pain_today": 1}), names({"pain_today": 1, "worse_with": ["flexion"]})

    assert anybody - careful != set()
    assert careful != set()


def test_a_start_time_is_given_to_the_days_first_session():
    plan = story(starts={"wed": "18:30"}).plan
    first = {day.date.weekday(): day.sessions[0].start for day in plan.days if day.sessions}

    assert first[2] == "18:30"
    assert {start for weekday, start in first.items() if weekday != 2} == {None}
