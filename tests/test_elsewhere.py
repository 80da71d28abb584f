"""Other days for the sessions, where the goal needs the room."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from planner.elsewhere import solve
from planner.placing import TIERS, Placement, costs_of, place
from planner.roomier import comes_smoothly, with_room_for_goal
from planner.rule import Stage, Tier
from planner.stages import each_once, place_sessions, solve_stages
from rules import RULEBOOK
from tests.requests import a_request
from tests.runners import planned, request_of, toml_text

START = date(2026, 11, 30)


def runner(*, asked=50, weeks=5, minutes=None, **goal) -> str:
    """Runs of 30 minutes so far; 40 minutes on Saturdays, her day for long runs, 90 on Sundays."""
    on = START + timedelta(days=weeks * 7 - 1)
    tables = {
        "runner": {"name": "Kim", "time_zone": "UTC", "experience": "returning"},
        "goal": {"kind": "run_time", "minutes": asked, "on": on} | goal,
        "week": {"runs": 2, "long_run": "sat"},
        "week.minutes": minutes or {"wed": 40, "sat": 40, "sun": 90},
        "recent": {"run_minutes": [60] * 4, "longest_run_minutes": 30, "days_since_last_run": 2},
        "back": {"pain_today": 1},
        "plan": {"start": START},
    }
    return toml_text(tables)


def longest_on(case) -> int:
    """The weekday of the longest run."""
    longest = max(
        case.plan.days, key=lambda day: max((s.run_minutes for s in day.sessions), default=0)
    )
    return longest.date.weekday()


def test_the_long_run_moves_to_a_day_with_room_where_the_goal_needs_it():
    # 40 minutes on Saturdays are too short for 50.
    case = planned(runner())

    assert case.plan.goal.reached
    assert longest_on(case) == 6


def test_it_stays_on_her_day_where_the_goal_has_room_there():
    case = planned(runner(asked=38))

    assert case.plan.goal.reached
    assert longest_on(case) == 5


def test_her_day_that_was_not_kept_is_told_as_a_missed_wish():
    missed = {breach.rule for breach in planned(runner()).outcome.missed}

    assert "long-run-weekday" in missed


def test_the_days_are_judged_by_her_own_wishes():
    case = planned(runner())

    assert case.outcome.request.long_room_minutes == 0
    assert case.outcome.request.wishes.long_run_weekday == 5


def test_of_days_found_by_other_wishes_nothing_is_claimed_that_is_not_known():
    tiers = {tier.name: tier for tier in planned(runner()).plan.tiers}

    # Her day for long runs costs something; that no other plan keeps it is not known.
    assert tiers["preferences"].cost > 0
    assert not tiers["preferences"].proven
    assert tiers["sessions"].proven


def test_a_goal_that_no_day_brings_nearer_keeps_the_usual_days():
    request = request_of(runner(asked=240))
    usual, found = solve_stages(request, RULEBOOK), solve(request, RULEBOOK)

    assert found.short <= usual.short


@pytest.mark.parametrize(
    ("text", "others"),
    [
        (runner(), 2),
        # All days have the same time, or as much as the goal needs.
        (runner(minutes={"wed": 40, "sat": 40}), 0),
        (runner(minutes={"wed": 60, "sat": 90}), 0),
    ],
)
def test_other_days_are_looked_for_where_some_have_more_room_than_others(text, others):
    assert len(list(with_room_for_goal(request_of(text)))) == others


def test_a_replan_keeps_its_days():
    request = request_of(runner())
    before = (None,) * request.days

    assert not list(with_room_for_goal(request.model_copy(update={"before": before})))


def test_days_with_more_room_are_looked_for_near_the_usual_week():
    request = next(iter(with_room_for_goal(request_of(runner()))))
    near, (placement, _) = place_sessions(request, RULEBOOK, ())
    weekdays = {
        near.weekday(day) for day, kinds in enumerate(placement) if any(k.is_run for k in kinds)
    }

    assert 6 in weekdays
    assert len(weekdays) == 2


@pytest.mark.parametrize(("asked", "smoothly"), [(36, True), (120, False)])
def test_the_smooth_way_comes_to_a_goal_that_is_near(asked, smoothly):
    assert comes_smoothly(request_of(runner(asked=asked))) is smoothly


def placed(request) -> tuple[Placement, tuple[int, ...]]:
    placement, solved = place(request, RULEBOOK)
    return placement, tuple(tier.cost for tier in solved.tiers)


def test_a_placement_costs_the_same_when_it_is_judged_as_when_it_was_found():
    request = a_request(days=14, minutes=(40, 0, 20, 60, 0, 30, 90) * 2)
    placement, costs = placed(request)

    assert costs_of(request, RULEBOOK, placement) == costs


def test_a_placement_without_sessions_costs_what_is_missing():
    request = a_request(days=7)
    empty = ((),) * 7
    sessions, *_ = costs_of(request, RULEBOOK, empty)

    # Three runs cost 8 each, the long one 6 more; two walks 2, strength 4, mobility 1.
    assert sessions == 3 * 8 + 6 + 2 * 2 + 4 + 1
    assert len(TIERS) == 3


class Counting:
    """A wish of no cost that counts how often it is asked."""

    name = "counting"
    title = "Counts"
    stage = Stage.PLACE
    tier = Tier.PREFERENCES
    sources = ("ours",)
    asked = 0

    def post(self, request, places, model):
        self.asked += 1
        return 0


def test_the_same_days_are_looked_for_only_once():
    counting, place_by = Counting(), each_once()
    request = request_of(runner())
    first = place_by(request, (*RULEBOOK, counting), ())
    asked = counting.asked

    assert place_by(request.model_copy(), (*RULEBOOK, counting), ()) == first
    assert counting.asked == asked


@pytest.mark.parametrize("changed", ["request", "without_runs"])
def test_other_days_are_looked_for_anew(changed):
    counting, place_by = Counting(), each_once()
    request = request_of(runner())
    place_by(request, (*RULEBOOK, counting), ())
    asked = counting.asked
    if changed == "request":
        request = request.model_copy(update={"long_room_minutes": 50})
    place_by(request, (*RULEBOOK, counting), (2,) if changed == "without_runs" else ())

    assert counting.asked > asked
