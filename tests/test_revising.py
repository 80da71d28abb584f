"""Days gone by stay in later revisions."""

from __future__ import annotations

from datetime import timedelta

from planner.plan import State
from planner.profile import parse_runner
from planner.request import PastRun
from planner.resolving import build_request
from planner.revising import planned_before, with_days_gone_by
from rules.loading import load_ladders, load_limits
from tests.commands import MAYA
from tests.plans import MONDAY, plan_of


def kinds(plan):
    return [[session.kind.value[:1] for session in day.sessions] for day in plan.days]


def test_a_first_plan_is_as_it_is():
    new = plan_of("e . e . e . .")

    assert with_days_gone_by(new, None, MONDAY) == new


def test_days_before_the_new_start_stay():
    old = plan_of("e . . e . . .")
    new = plan_of("w w w w w").model_copy(update={"start": MONDAY + timedelta(days=2)})
    days = tuple(
        day.model_copy(update={"date": MONDAY + timedelta(days=2 + number)})
        for number, day in enumerate(new.days)
    )
    both = with_days_gone_by(new.model_copy(update={"days": days}), old, days[0].date)

    assert kinds(both) == [["e"], [], ["w"], ["w"], ["w"], ["w"], ["w"]]
    assert (both.start, both.end) == (MONDAY, MONDAY + timedelta(days=6))


def test_days_before_the_border_stay_where_both_plans_have_them():
    both = with_days_gone_by(
        plan_of("w w w w w w w"), plan_of("e . e . e . ."), MONDAY + timedelta(days=3)
    )

    assert kinds(both) == [["e"], [], ["e"], ["w"], ["w"], ["w"], ["w"]]


def test_what_the_old_plan_held_after_the_new_one_is_gone():
    both = with_days_gone_by(plan_of("w w"), plan_of("e . e . e . ."), MONDAY)

    assert kinds(both) == [["w"], ["w"]]


def test_days_between_the_two_plans_hold_nothing():
    new = plan_of("w w")
    days = tuple(
        day.model_copy(update={"date": MONDAY + timedelta(days=3 + number)})
        for number, day in enumerate(new.days)
    )
    later = new.model_copy(update={"start": days[0].date, "end": days[-1].date, "days": days})
    both = with_days_gone_by(later, plan_of("e"), days[0].date)

    assert kinds(both) == [["e"], [], [], ["w"], ["w"]]
    assert both.days[1].state is State.MILD


def a_request(start, *past):
    runner = parse_runner(MAYA.encode(), "maya.toml", stop_above_max=5)
    request = build_request(
        runner,
        today=start,
        limits=load_limits(),
        ladders=load_ladders(),
        span=(start, 7),
    )
    return request.model_copy(update={"past_runs": past})


def past(request):
    return [(run.day, run.run_hundredths) for run in request.past_runs]


def test_planned_runs_count_as_run_days_but_hold_no_minutes_that_would_allow_more():
    # Runs of 30 minutes on Monday and Wednesday; told is one of 20 minutes on Tuesday. Nobody said
    # that the planned ones were done, so the cap must not go by them.
    stored = plan_of("e . e . e . .")
    request = a_request(MONDAY + timedelta(days=3), PastRun(day=-2, run_hundredths=2000))

    assert past(planned_before(request, stored)) == [(-3, 0), (-2, 2000), (-1, 0)]


def test_a_run_that_was_told_beats_what_was_planned_that_day():
    stored = plan_of("e")
    request = a_request(MONDAY + timedelta(days=1), PastRun(day=-1, run_hundredths=4000))

    assert past(planned_before(request, stored)) == [(-1, 4000)]


def test_walks_and_days_to_come_are_no_past_runs():
    stored = plan_of("w . e e")
    request = a_request(MONDAY + timedelta(days=2), PastRun(day=-20, run_hundredths=2000))

    assert past(planned_before(request, stored)) == [(-20, 2000)]
