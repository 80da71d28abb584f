"""What is asked about a goal: no more than need be, and nothing that is not known counts as known."""

from __future__ import annotations

import math
from datetime import timedelta

import planner.explaining
import planner.planning
from planner.explaining import explain
from planner.reaching import NO, NOT_KNOWN, Asking
from tests.askings import MONDAY, asking, story
from tests.runners import planned


def test_weekdays_with_the_same_minutes_are_one_line():
    minutes = [one.said for one in asking(story()).demands if one.line == "minutes"]

    assert minutes == [
        "[week.minutes] tue, thu, fri and sun = 0",
        "[week.minutes] mon and wed = 50",
        "[week.minutes] sat = 90",
    ]


def test_without_any_work_left_nothing_is_known():
    one = asking(story())
    one.allow(0)

    assert one.without(()) == NOT_KNOWN


def test_what_was_not_known_for_want_of_work_is_asked_again():
    one = asking(story())
    one.allow(0)
    one.without(())
    one.allow(math.inf)

    assert one.without(()) == NO


def test_where_not_all_could_be_tried_it_says_so(monkeypatch):
    monkeypatch.setattr(planner.explaining, "WORK_OFFERS", 0.0)

    why = explain(asking(story()))

    assert (why.offers, why.all_tried, why.sure) == ((), False, True)


def test_all_is_tried_for_a_race_too_soon():
    assert explain(asking(story())).all_tried


def test_weeks_on_the_ladder_that_do_not_settle_leave_an_answer_open(monkeypatch):
    one = asking(story())
    monkeypatch.setattr(planner.planning, "MOST_ROUNDS", 0)

    assert one.without(()) == NOT_KNOWN


AWAY = {"from": MONDAY + timedelta(days=4), "to": MONDAY + timedelta(weeks=20)}


def test_a_race_is_offered_for_long_after_the_days_away():
    # Away for 20 weeks: the smooth way, which knows of no days away, comes there long before.
    why = explain(asking(story(away=[AWAY])))

    assert why.day is not None
    assert why.day.on > AWAY["to"]
    assert planned(story(away=[AWAY], goal={"on": why.day.on})).plan.goal.reached


class Counting(Asking):
    """How many questions were really asked of the solver."""

    asked = 0

    def _asked(self, runner, key):
        self.asked += 1
        return super()._asked(runner, key)


def counting(text: str) -> Counting:
    one = asking(text)
    return Counting(one.runner, one.rules, one.request_of, one.plan_of)


def test_more_than_can_not_hold_is_not_asked_again():
    one = counting(story())
    kept = [demand.key for demand in one.demands if demand.key != "session-cap"]
    assert one.without(kept[:1]) == NO
    before = one.asked

    # With more to keep than that it can hold even less.
    assert one.without(()) == NO
    assert one.asked == before
