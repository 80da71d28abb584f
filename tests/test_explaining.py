"""Why a goal is out of reach: conflicts are proven and minimal, and what would do does."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from planner.conflict import smallest_conflict
from planner.demands import with_minutes
from planner.explaining import explain, explain_reached, tightest
from planner.reaching import NOT_KNOWN, Asking
from planner.table import long_date
from rules import RULEBOOK
from tests.askings import MONDAY, MondayMobility, MostTwenty, asking, story
from tests.commands import ROOT
from tests.runners import planned, toml_text

STORIES = {
    "a race too soon": story(),
    "a day too short for the run": toml_text(
        {
            "runner": {"name": "Maya", "time_zone": "UTC"},
            "goal": {"kind": "run_time", "minutes": 44, "on": MONDAY + timedelta(days=13)},
            "week": {"runs": 2},
            "week.minutes": {"tue": 30, "sat": 40},
            "recent": {
                "run_minutes": [80, 80, 80, 80],
                "longest_run_minutes": 42,
                "days_since_last_run": 2,
            },
            "plan": {"start": MONDAY},
        }
    ),
    "days away in the way": toml_text(
        {
            "runner": {"name": "Maya", "time_zone": "UTC"},
            "goal": {"kind": "run_time", "minutes": 56, "on": MONDAY + timedelta(days=13)},
            "week": {"runs": 2},
            "week.minutes": {"tue": 60, "sat": 90},
            "away": [{"from": MONDAY + timedelta(days=9), "to": MONDAY + timedelta(days=13)}],
            "recent": {
                "run_minutes": [80, 80, 80, 80],
                "longest_run_minutes": 40,
                "days_since_last_run": 2,
            },
            "plan": {"start": MONDAY},
        }
    ),
    "walks that grow slowly": toml_text(
        {
            "runner": {"name": "Ruth", "time_zone": "UTC"},
            "goal": {"kind": "walking", "minutes": 30},
            "week": {"runs": 0, "walks": 3},
            "week.minutes": {"mon": 45, "wed": 45, "sun": 45},
            "recent": {"walk_minutes": 15},
            "plan": {"start": MONDAY, "weeks": 2},
        }
    ),
    "a goal of walking and no walks": toml_text(
        {
            "runner": {"name": "Ruth", "time_zone": "UTC"},
            "goal": {"kind": "walking", "minutes": 15},
            "week": {"runs": 0},
            "week.minutes": {"mon": 45, "wed": 45, "sun": 45},
            "plan": {"start": MONDAY, "weeks": 2},
        }
    ),
    "a ladder to climb first": toml_text(
        {
            "runner": {"name": "Nadia", "time_zone": "UTC", "experience": "new"},
            "goal": {"kind": "run_time", "minutes": 30, "on": MONDAY + timedelta(days=20)},
            "week": {"runs": 3},
            "week.minutes": {"mon": 45, "wed": 45, "sat": 60},
            "plan": {"start": MONDAY},
        }
    ),
}


@pytest.mark.parametrize("text", STORIES.values(), ids=STORIES)
def test_a_conflict_is_out_of_reach_and_none_of_it_can_be_left_out(text):
    """Asked anew of a solver that remembers nothing of the search."""
    conflict = smallest_conflict(asking(text))
    fresh = asking(text)
    others = {one.key for one in fresh.demands} - {one.key for one in conflict.demands}

    assert conflict.demands
    assert not conflict.unsure
    assert fresh.without(others).reached is False
    for demand in conflict.demands:
        assert asking(text).without({*others, demand.key}).reached is True, demand.said


def test_a_conflict_holds_on_all_days_that_runback_tries():
    # Walks and strength leave the days of 40 minutes too little room, but on other days it would do.
    text = toml_text(
        {
            "runner": {"name": "Rita", "time_zone": "UTC"},
            "goal": {"kind": "run_time", "minutes": 42, "on": MONDAY + timedelta(days=20)},
            "week": {"runs": 2, "walks": 3, "strength": 1, "mobility": 1},
            "week.minutes": {"mon": 40, "wed": 40, "fri": 40, "sun": 60},
            "recent": {
                "run_minutes": [50, 50, 55, 60],
                "longest_run_minutes": 30,
                "days_since_last_run": 2,
                "walk_minutes": 25,
            },
            "plan": {"start": MONDAY},
        }
    )
    conflict = smallest_conflict(asking(text))
    fresh = asking(text)

    said = {one.key for one in conflict.demands}
    assert "session-cap" in said
    assert fresh.without({one.key for one in fresh.demands} - said).reached is False


def test_walks_are_offered_to_a_goal_of_walking_that_has_none():
    why = explain(asking(STORIES["a goal of walking and no walks"]))

    assert [one.demand for one in why.conflict] == ["[week] walks = 0"]
    assert [one.said for one in why.offers] == ["1 walk a week."]


def test_the_demands_are_named_as_the_runner_knows_them():
    text = STORIES["days away in the way"]

    said = [one.demand for one in explain(asking(text)).conflict]

    assert "session-cap: No run much longer than the longest of the 30 days before" in said
    assert "[[away]] 9–13 Dec" in said


def test_a_limit_tells_by_its_own_checker_how_far_it_would_be_broken():
    found = {one.rule: one for one in explain(asking(story())).conflict}

    assert found["session-cap"].alone
    breach = found["session-cap"].breach
    assert breach is not None
    assert breach.rule == "session-cap"
    assert "% above the longest of the 30 days before" in breach.reason


def reached(text: str) -> bool:
    return planned(text).plan.goal.reached


def test_the_earliest_date_is_reached_by_planning_for_it_and_not_a_week_before():
    why = explain(asking(story()))

    assert why.day is not None
    assert why.day.earliest
    assert reached(story(goal={"on": why.day.on}))
    assert not reached(story(goal={"on": why.day.on - timedelta(weeks=1)}))


class NotKnownBefore(Asking):
    """An asking for which the work allowed runs out on every day before one."""

    first = date.max

    def is_beyond(self, gone, runner=None):
        return not self._is_before(runner) and super().is_beyond(gone, runner)

    def _solved(self, request, key):
        return NOT_KNOWN if self._is_before(key[0]) else super()._solved(request, key)

    def _is_before(self, runner):
        on = (runner or self.runner).goal.on
        return on is not None and MONDAY + timedelta(days=20) < on < self.first


def test_a_day_is_not_called_the_earliest_where_the_week_before_is_not_known():
    known = asking(story())
    told = explain(known).day
    assert told is not None
    vague = NotKnownBefore(known.runner, RULEBOOK, known.request_of, known.plan_of)
    vague.first = told.on + timedelta(weeks=1)

    why = explain(vague)

    assert why.day is not None
    assert (why.day.on, why.day.earliest) == (vague.first, False)
    assert any(offer.said.endswith(": by then at the latest.") for offer in why.offers)


def test_two_things_together_are_told_as_an_example_that_does_it():
    # 100 minutes on a Saturday with 60: neither the date nor the time alone.
    tables = {"goal": {"on": MONDAY + timedelta(days=26)}, "recent": {"run_minutes": [120] * 4}}
    days = {"mon": 0, "wed": 50, "sat": 60}
    text = story(**tables, week={"runs": 2}, **{"week.minutes": days}).replace("10.0", "15.0")

    why = explain(asking(text))

    offer = why.offers[0]
    assert why.day is None
    assert "or later" not in offer.said
    told = re.fullmatch(
        r"For example a race on (.+) and (\d+) minutes on Saturdays, both together\.", offer.said
    )
    assert told is not None
    on = next(
        day
        for day in (MONDAY + timedelta(days=days) for days in range(400))
        if long_date(day) == told[1]
    )
    given = days | {"sat": int(told[2])}
    later = tables | {"goal": {"on": on}}
    assert reached(
        story(**later, week={"runs": 2}, **{"week.minutes": given}).replace("10.0", "15.0")
    )


def test_more_minutes_are_offered_in_the_fewest_quarters_that_do_it():
    text = STORIES["a day too short for the run"]
    offers = explain(asking(text)).offers

    assert "45 minutes on Saturdays." in [offer.said for offer in offers]
    # 44 minutes do not fit into 40, and 45 is the next quarter of an hour.
    assert not reached(text)
    assert reached(text.replace("sat = 40", "sat = 45"))


def test_days_away_are_offered_where_giving_them_up_does_it():
    text = STORIES["days away in the way"]
    offers = explain(asking(text)).offers

    assert "Time to train on the days away, 9–13 Dec." in [offer.said for offer in offers]
    # The same file with a day away on which nothing is planned anyway.
    free = text.replace("from = 2026-12-09\nto = 2026-12-13", "from = 2026-12-10\nto = 2026-12-10")
    assert free != text
    assert reached(free)


def test_before_days_away_an_earlier_race_is_offered_where_that_does_it():
    # 44 minutes are 10 % more than 40: the second Sunday does, on the third she is away.
    away = [{"from": MONDAY + timedelta(days=18), "to": MONDAY + timedelta(days=24)}]
    text = story(goal={"pace": "4:24"}, **{"week.minutes": {"sun": 60}}, away=away)

    said = [offer.said for offer in explain(asking(text)).offers]

    assert "A race on Sun 13 Dec 2026, before you are away." in said
    assert any(", the first later one, tried week by week." in one for one in said)
    assert reached(text.replace("on = 2026-12-20", "on = 2026-12-13"))


def test_a_shorter_race_is_offered_as_long_as_one_is_found_in_reach():
    text = story()

    (shorter,) = [one for one in explain(asking(text)).offers if one.minutes is not None]

    # 60 minutes for 10 km are 6 minutes for one.
    told = re.fullmatch(r"A race of ([\d.]+) km on that day, about (\d+) minutes\.", shorter.said)
    assert told is not None
    assert shorter.minutes == pytest.approx(float(told[1]) * 6)
    assert int(told[2]) == int(shorter.minutes)
    assert shorter.minutes >= planned(text).plan.goal.planned_minutes - 0.6
    assert reached(text.replace("distance_km = 10.0", f"distance_km = {told[1]}"))


@pytest.mark.parametrize("text", STORIES.values(), ids=STORIES)
def test_no_limit_is_ever_offered(text):
    for offer in explain(asking(text)).offers:
        assert all(line.startswith("[") for line in offer.lines)


def test_walks_that_grow_slowly_are_told_by_the_rule_that_makes_them():
    why = explain(asking(STORIES["walks that grow slowly"]), got_hundredths=2000)

    growth = next(one for one in why.conflict if one.kind == "rule")
    # From 15 minutes, five more a week: 15 and 20; 30 in the fourth week.
    assert growth.breach is not None
    assert growth.breach.reason.endswith("of 15 min are what this week asks for.") or (
        growth.breach.reason.endswith("of 20 min are what this week asks for.")
    )
    assert [offer.said for offer in why.offers] == ["A plan of 4 weeks.", "20 minutes by then."]


def test_a_ladder_is_named_and_not_offered():
    why = explain(asking(STORIES["a ladder to climb first"]))

    facts = [one.demand for one in why.conflict if one.is_fact]
    assert facts == ["[recent] tells of no run in the last 30 days, so run/walk comes first"]


def test_a_rule_of_somebody_else_explains_itself():
    rules = (*RULEBOOK, MostTwenty())
    text = STORIES["a day too short for the run"].replace("sat = 40", "sat = 90")
    assert reached(text)

    member = next(one for one in explain(asking(text, rules)).conflict if one.rule == "most-twenty")

    assert member.demand == "most-twenty: No run above twenty minutes"
    assert member.breach is not None
    assert member.breach.reason.endswith("and twenty are the most.")


def test_where_no_plan_is_possible_the_smallest_set_that_cannot_hold_is_named():
    rules = (*RULEBOOK, MondayMobility())
    a_monday = MONDAY + timedelta(days=7)
    text = story(week={"mobility": 1}, away=[{"from": a_monday, "to": a_monday}])

    why = explain(asking(text, rules, plan_alone=True))

    said = [one.demand for one in why.conflict]
    assert said == ["[[away]] 7 Dec", "monday-mobility: Mobility on every Monday"]
    assert [offer.said for offer in why.offers] == ["Time to train on the days away, 7 Dec."]


def test_a_plan_that_ends_before_the_day_of_its_goal_is_named_by_its_weeks():
    text = story(goal={"on": MONDAY + timedelta(days=69)}, plan={"weeks": 2})

    why = explain(asking(text))

    said = "[plan] weeks = 2, so that the plan ends before [goal] on = 2027-02-07"
    assert [(one.demand, one.alone) for one in why.conflict] == [(said, True)]
    # From 30 November to 7 February are ten weeks. No shorter race is in the plan either.
    assert [offer.said for offer in why.offers] == [
        "A plan of 10 weeks, up to the day of the goal."
    ]
    assert reached(text.replace("weeks = 2\n", ""))


def test_a_goal_in_reach_has_no_conflict_and_an_earliest_day():
    text = story(goal={"on": MONDAY + timedelta(days=69)})
    why = explain_reached(asking(text))

    assert why.conflict == ()
    assert why.day is not None
    assert why.day.earliest
    assert reached(story(goal={"on": why.day.on}))
    assert not reached(story(goal={"on": why.day.on - timedelta(weeks=1)}))


def test_the_earliest_day_of_a_goal_without_one_is_reached_by_asking_for_it():
    # Nights away, and a plan of 4 weeks that does by 27 December what one of 10 does not.
    text = (ROOT / "samples" / "shift-worker.toml").read_text(encoding="utf-8")

    def with_day(on: date) -> str:
        return text.replace("minutes = 45\n", f"minutes = 45\non = {on}\n", 1)

    day = explain_reached(asking(text)).day

    assert day is not None
    assert day.earliest
    assert reached(with_day(day.on))
    assert not reached(with_day(day.on - timedelta(weeks=1)))


def test_a_later_goal_within_a_plan_of_given_length_leaves_the_plan_as_long():
    on = MONDAY + timedelta(days=20)
    supposing = asking(story(plan={"start": MONDAY, "weeks": 8}))
    # The race is on the last day of week 3: 5 weeks are left after it.
    lengths = [supposing.put_off(supposing.runner, weeks).plan.weeks for weeks in (-1, 5, 6)]

    assert lengths == [8, 8, 9]
    assert supposing.put_off(supposing.runner, 6).goal.on == on + timedelta(weeks=6)


def test_the_limits_that_stand_close_break_if_the_longest_run_were_longer():
    case = planned(story())

    close = tightest(case.outcome.request, case.plan, RULEBOOK)

    # The race is run as long as the cap allows, so five minutes more break it.
    assert "session-cap" in {breach.rule for breach in close}
    assert all(breach.is_limit for breach in close)


def test_another_runner_can_be_asked_about():
    text = STORIES["a day too short for the run"]
    one = asking(text)

    assert one.without((), with_minutes(one.runner, 5, 45)).reached is True
