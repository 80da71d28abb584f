"""What is asked about a goal: no more than need be, and nothing that is not known counts as known."""

from __future__ import annotations

import math
from datetime import timedelta

import pytest

import planner.explaining
import planner.stages
from planner.explaining import explain
from planner.reaching import NO, NOT_KNOWN, Asking
from tests.askings import MONDAY, asking, story
from tests.runners import planned, toml_text

CROWDED = toml_text(
    {
        "runner": {"name": "Tom", "time_zone": "UTC", "experience": "regular"},
        "goal": {"kind": "keep_running", "minutes": 45},
        "week": {"runs": 2, "walks": 3, "strength": 2, "mobility": 2, "long_run": "fri"},
        "week.minutes": {"tue": 30, "wed": 40, "thu": 40, "fri": 60, "sat": 20, "sun": 30},
        "recent": {"run_minutes": [60] * 4, "longest_run_minutes": 30, "days_since_last_run": 2},
        "back": {"pain_today": 1},
        "plan": {"start": MONDAY, "weeks": 3},
    }
)
"""Two runs a week may grow to 45 minutes in three weeks if both grow. A walk beside Wednesday's keeps
that one at 30, for it has no other day: strength needs the days of 30 minutes."""


def test_weekdays_with_the_same_minutes_are_one_line():
    minutes = [one.said for one in asking(story()).demands if one.line == "minutes"]

    assert minutes == [
        "[week.minutes] no time on tue, thu, fri and sun",
        "[week.minutes] mon and wed = 50",
        "[week.minutes] sat = 90",
    ]


def test_without_any_work_left_nothing_is_known_that_only_the_solver_knows():
    one = asking(CROWDED)
    one.allow(0)

    assert one.without(()) == NOT_KNOWN


def test_what_lies_beyond_any_plan_is_known_without_work():
    one = asking(story())
    one.allow(0)

    assert one.without(()) == NO


def test_what_was_not_known_for_want_of_work_is_asked_again():
    one = asking(CROWDED)
    one.allow(0)
    one.without(())
    one.allow(math.inf)

    assert one.without(()) == NO


def test_where_not_all_could_be_tried_it_says_so(monkeypatch):
    monkeypatch.setattr(planner.explaining, "WORK_OFFERS", 0.0)
    monkeypatch.setattr(planner.explaining, "WORK_MOST", 0.0)

    why = explain(asking(story()))

    assert (why.offers, why.all_tried) == ((), False)
    assert all(member.sure for member in why.conflict)


def test_all_is_tried_for_a_race_too_soon():
    assert explain(asking(story())).all_tried


def test_weeks_on_the_ladder_that_do_not_settle_leave_an_answer_open(monkeypatch):
    one = asking(CROWDED)
    monkeypatch.setattr(planner.stages, "MOST_ROUNDS", 0)

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

    def _solved(self, request, key):
        self.asked += 1
        return super()._solved(request, key)


def counting(text: str) -> Counting:
    one = asking(text)
    return Counting(one.runner, one.rules, one.request_of, one.plan_of)


def test_more_than_can_not_hold_is_not_asked_again():
    one = counting(CROWDED)
    kept = [demand.key for demand in one.demands if demand.key != "session-cap"]
    assert one.without(kept[:1]) == NO
    before = one.asked

    # With more to keep than that it can hold even less.
    assert one.without(()) == NO
    assert one.asked == before


def conflict(one: Asking) -> list[str]:
    return [member.demand for member in explain(one).conflict]


def test_a_limit_that_asks_nothing_of_her_is_no_demand():
    # No flare, no set-back, no red flag.
    demands = {one.key for one in asking(story()).demands}

    assert not demands & {"flare-rest", "days-off", "cleared-first"}


def test_a_back_that_stays_sore_is_all_that_stands_in_the_way():
    one = asking(story(back={"pain_today": 3, "usual_pain": 3}))

    assert conflict(one) == ["your back: pain above 2 of 10, through the whole plan"]


def test_one_run_more_is_offered_where_it_does():
    # One run a week may grow by 10 % once a week; two may do so more often.
    text = story(goal={"on": MONDAY + timedelta(weeks=3, days=6)}, week={"runs": 1, "walks": 0})
    assert not planned(text).plan.goal.reached
    why = explain(asking(text))
    more = [offer.said for offer in why.offers if offer.said.endswith("runs a week.")]

    assert more == ["2 runs a week."]
    assert planned(text.replace("runs = 1", "runs = 2")).plan.goal.reached


def test_one_walk_less_is_offered_where_it_makes_room():
    assert not planned(CROWDED).plan.goal.reached
    said = [offer.said for offer in explain(asking(CROWDED)).offers]

    assert "2 walks a week." in said
    assert planned(CROWDED.replace("walks = 3", "walks = 2")).plan.goal.reached


def test_strength_is_never_offered_to_be_given_up():
    said = [offer.said for offer in explain(asking(CROWDED)).offers]

    assert not [one for one in said if "strength" in one or "mobility" in one]


@pytest.mark.parametrize(("liked", "told"), [("tue", "Tuesdays"), ("sat", "Saturdays")])
def test_more_minutes_are_offered_on_the_day_of_her_long_run_first(liked, told):
    tables = {
        "runner": {"name": "Maya", "time_zone": "UTC"},
        "goal": {"kind": "run_time", "minutes": 44, "on": MONDAY + timedelta(days=13)},
        "week": {"runs": 2, "long_run": liked},
        "week.minutes": {"tue": 40, "sat": 40},
        "recent": {"run_minutes": [80] * 4, "longest_run_minutes": 42, "days_since_last_run": 2},
        "plan": {"start": MONDAY},
    }
    said = [offer.said for offer in explain(asking(toml_text(tables))).offers]

    assert f"45 minutes on {told}." in said
