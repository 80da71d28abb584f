"""Limits that ask nothing of a runner, or nothing but what follows from where she starts."""

from __future__ import annotations

from datetime import timedelta

from planner.demands import demands_of
from planner.idle import following_from_facts, idle_limits
from rules import RULEBOOK
from tests.askings import MONDAY, asking, story


def of_facts(text):
    one = asking(text)
    demands = demands_of(one.runner, one.request, RULEBOOK)
    return following_from_facts(one.request, demands, RULEBOOK)


def named(text):
    return {one.key for one in asking(text).demands}


def test_without_a_flare_a_set_back_or_a_red_flag_their_limits_are_idle():
    idle = idle_limits(asking(story()).request, RULEBOOK)

    assert {"flare-rest", "days-off", "cleared-first", "restart-dose", "step-back"} <= idle
    assert "run-days" not in idle


def test_of_a_sound_runner_nothing_follows_from_facts():
    assert of_facts(story()) == {}


def test_what_follows_from_a_flare_is_not_named_beside_it():
    keys = named(story(back={"pain_today": 7, "usual_pain": 1}))

    assert "back" in keys
    assert not keys & {"flare-rest", "restart-dose", "two-clean", "step-back"}
    assert {"session-cap", "weekly-volume"} <= keys


def test_what_follows_from_the_ladder_is_not_named_beside_it():
    keys = named(story(recent={"longest_run_minutes": 0, "run_minutes": []}))

    assert "ladder" in keys
    assert not keys & {"two-clean", "run-walk-only"}


def test_it_is_told_with_the_ladder():
    brought = of_facts(story(recent={"longest_run_minutes": 0, "run_minutes": []}))

    assert {"two-clean", "run-walk-only"} <= set(brought["ladder"])


def other_goal(**goal) -> str:
    """The runner of ``story`` with another goal than a race."""
    race = 'kind = "race"\ndistance_km = 10.0\npace = "6:00"\n'
    on = f"on = {MONDAY + timedelta(days=20)}\n"
    lines = "".join(f"{key} = {value}\n" for key, value in goal.items())
    text = story()
    assert race + on in text
    return text.replace(race + on, lines)


def test_the_weeks_before_a_race_are_a_demand_of_a_race_alone():
    by_then = MONDAY + timedelta(days=20)

    assert "taper" in named(story())
    assert "taper" not in named(other_goal(kind='"run_time"', minutes=60, on=by_then))


def test_more_weeks_are_no_demand_where_she_keeps_up_what_she_runs():
    # Her longest run has 40 minutes.
    assert "later" not in named(other_goal(kind='"keep_running"') + "weeks = 4\n")
    assert "later" in named(other_goal(kind='"keep_running"', minutes=60) + "weeks = 4\n")
