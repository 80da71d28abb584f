"""The engine against one joint model of placing and dosing on short plans: the same tier values.

``tests.joint`` says each rule once more, as one model in which the minutes are chosen together with
the days, so it may take any placement of the best place tiers. The engine fixes one of those first:
where that cost it something in a later tier, the values would differ. Both prove every value.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.joint import joint
from tests.runners import WEEKDAYS, planned, toml_text

MONDAY = date(2026, 11, 30)


def story(**tables: dict[str, Any]) -> str:
    """A returning runner with a mild back, three runs in a week from a Monday on, changed by it."""
    default: dict[str, dict[str, Any]] = {
        "runner": {"name": "Maya", "time_zone": "UTC"},
        "goal": {"kind": "keep_running", "minutes": 40},
        "week": {"runs": 3, "walks": 2, "strength": 2, "mobility": 1},
        "week.minutes": {"mon": 45, "tue": 30, "wed": 45, "fri": 60, "sat": 75},
        "recent": {
            "run_minutes": [70, 75, 80, 80],
            "longest_run_minutes": 35,
            "days_since_last_run": 2,
        },
        "back": {"pain_today": 1},
        "plan": {"start": MONDAY, "weeks": 1},
    }
    text = {name: default.get(name, {}) | tables.get(name, {}) for name in {**default, **tables}}
    return toml_text(text)


def on(day: int) -> date:
    return MONDAY + timedelta(days=day)


NOTHING_RUN = {"run_minutes": [], "longest_run_minutes": 0}
EVERY_DAY = dict.fromkeys(WEEKDAYS, 60)
TWO_WEEKS = {"weeks": 2}
RACE_5K = {"kind": "race", "distance_km": 5.0, "pace": "6:45"}

STORIES = {
    "a plain week": story(),
    "two weeks, healthy": story(back={"pain_today": 0}, plan=TWO_WEEKS),
    "a start in mid-week": story(plan={"start": on(3), "weeks": 1}),
    "two weeks from a Saturday": story(plan={"start": on(5), "weeks": 2}),
    "from zero, on the ladder": story(
        recent=NOTHING_RUN, plan=TWO_WEEKS, **{"week.minutes": EVERY_DAY}
    ),
    "from zero, a healthy back and the other ladder": story(
        recent=NOTHING_RUN,
        back={"pain_today": 0},
        plan=TWO_WEEKS,
        **{"week.minutes": EVERY_DAY},
    ),
    "new to running, part of the way": story(
        runner={"experience": "new"},
        recent={"run_minutes": [20, 24], "longest_run_minutes": 12},
        plan=TWO_WEEKS,
    ),
    "a moderate week, then a mild one": story(back={"pain_today": 4}, plan=TWO_WEEKS),
    "a moderate week from a Thursday": story(
        back={"pain_today": 4}, plan={"start": on(3), "weeks": 1}
    ),
    "a race in two weeks": story(goal=RACE_5K | {"on": on(13)}, plan=TWO_WEEKS),
    "a race tomorrow": story(goal=RACE_5K | {"on": on(1)}),
    "a race that is out of reach": story(
        goal=RACE_5K | {"distance_km": 21.1, "on": on(12)}, plan=TWO_WEEKS
    ),
    "four days to a race": story(goal=RACE_5K | {"on": on(3)}, plan={"start": MONDAY}),
    "the goal needs easy runs of unlike lengths": story(
        goal={"minutes": 38.5}, recent={"run_minutes": [70], "longest_run_minutes": 35}
    ),
    "more asked than fits": story(
        week={"runs": 5, "walks": 6, "strength": 3, "mobility": 3}, plan=TWO_WEEKS
    ),
    "a walk beside an easy run": story(
        week={"walks": 4, "strength": 0, "mobility": 0},
        **{"week.minutes": {"mon": 60, "tue": 0, "wed": 60, "fri": 60, "sat": 75}},
    ),
    "walking only": story(
        goal={"kind": "walking", "minutes": 45},
        recent=NOTHING_RUN | {"walk_minutes": 20},
        week={"walks": 5},
        plan=TWO_WEEKS,
    ),
    "every day has the same time": story(
        week={"runs": 4, "long_run": "wed"}, plan=TWO_WEEKS, **{"week.minutes": EVERY_DAY}
    ),
    "one weekday with time": story(
        plan=TWO_WEEKS, **{"week.minutes": {day: 90 * (day == "sat") for day in WEEKDAYS}}
    ),
    "no time at all": story(**{"week.minutes": dict.fromkeys(WEEKDAYS, 0)}),
    "days away in the middle": story(plan=TWO_WEEKS, away={"from": on(4), "to": on(9)}).replace(
        "[away]", "[[away]]"
    ),
}


@pytest.mark.parametrize("text", STORIES.values(), ids=STORIES)
def test_placing_first_and_dosing_after_loses_nothing(text):
    case = planned(text)

    by_engine = {tier.name: tier.cost for tier in case.plan.tiers}

    assert [tier.name for tier in case.plan.tiers if not tier.proven] == []
    assert by_engine == joint(case.outcome.request)


def test_the_goal_may_need_unlike_easy_runs():
    """The story above is what it says: otherwise the tier ``alike`` is compared nowhere."""
    plan = planned(STORIES["the goal needs easy runs of unlike lengths"]).plan

    assert {tier.name: tier.cost for tier in plan.tiers}["alike"] == 1
    assert plan.goal.reached


# Two placements of the same value may leave unlike room for minutes; the engine takes one of them
# before it knows. Found among 150 odd runners, three times.
TIES = {
    "a run capped at 15 minutes is less short of its wish on a short day": toml_text(
        {
            "runner": {"name": "Maya", "time_zone": "UTC", "experience": "regular"},
            "goal": {"kind": "keep_running"},
            "week": {"runs": 1, "walks": 3, "strength": 2},
            "week.minutes": dict(zip(WEEKDAYS, (40, 45, 90, 30, 20, 20, 60), strict=True)),
            "recent": {"longest_run_minutes": 35, "days_since_last_run": 2, "walk_minutes": 15},
            "back": {"pain_today": 1},
            "plan": {"start": on(6), "weeks": 1},
        }
    ),
    "a walk on a day with less time than the walk": toml_text(
        {
            "runner": {"name": "Maya", "time_zone": "UTC"},
            "goal": RACE_5K | {"distance_km": 10.0, "on": on(12)},
            "week": {"runs": 4, "walks": 3, "mobility": 1},
            "week.minutes": dict(zip(WEEKDAYS, (30, 40, 40, 0, 20, 30, 40), strict=True)),
            "recent": {
                "longest_run_minutes": 30,
                "days_since_last_run": 3,
                "walk_minutes": 35,
                "run_minutes": [77, 77, 33],
            },
            "back": {"pain_today": 0},
            "plan": {"start": on(6), "weeks": 1},
        }
    ),
}


@pytest.mark.parametrize("text", TIES.values(), ids=TIES)
def test_a_tie_of_placing_costs_no_session_no_wish_and_no_minute_of_the_goal(text):
    case = planned(text)

    by_engine = {tier.name: tier.cost for tier in case.plan.tiers}
    best = joint(case.outcome.request)

    first = ("sessions", "room", "preferences", "goal")
    assert [by_engine[tier] for tier in first] == [best[tier] for tier in first]
    later = ("walking", "ramp")
    assert [best[tier] for tier in later] <= [by_engine[tier] for tier in later]
