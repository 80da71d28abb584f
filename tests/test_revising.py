"""Days gone by stay in later revisions."""

from __future__ import annotations

from datetime import timedelta

from planner.plan import State
from planner.revising import with_days_gone_by
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
    both = with_days_gone_by(new.model_copy(update={"days": days}), old, MONDAY)

    assert kinds(both) == [["e"], [], ["w"], ["w"], ["w"], ["w"], ["w"]]
    assert (both.start, both.end) == (MONDAY, MONDAY + timedelta(days=6))


def test_days_before_today_stay_where_both_plans_have_them():
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
