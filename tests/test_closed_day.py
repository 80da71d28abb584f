"""A re-plan on a day with a session done: what was done counts, what is left stays where it may."""

from __future__ import annotations

import pytest

from planner.cli.due import fit
from planner.plan import State
from tests.commands import run
from tests.replans import FIRST, FIVE_WEEKS, Ann, days_of

BUSY = FIVE_WEEKS.replace("walks = 1", "walks = 2\nstrength = 2")
"""Strength on Fridays beside a walk and on Sundays beside the long run; runs also on Wednesdays and,

beside a walk, on Mondays.
"""

WEDNESDAY, FRIDAY, SATURDAY = "2026-12-09", "2026-12-11", "2026-12-12"
SUNDAY, MONDAY = "2026-12-13", "2026-12-14"
LAST = "2027-01-03"
MILD = ("--strength", "--pain-during", "1")


@pytest.fixture
def ann(tmp_path):
    """A runner with a plan of five weeks, runs and strength."""
    ann = Ann(tmp_path, BUSY)
    ann.plan()
    return ann


def kinds(document, on):
    (day,) = days_of(document, on, on)
    return [session["kind"] for session in day["sessions"]]


def test_strength_done_today_keeps_strength_away_from_tomorrow(ann):
    """48 hours: that of Friday was left out and done on Saturday, so Sunday has none."""
    ann.logs(FRIDAY, "--skipped")
    ann.logs(SATURDAY, *MILD)
    document = ann.replan(SATURDAY)

    assert kinds(document, SUNDAY) == ["long_run"]
    assert "strength-apart" in {rule for one in document["changes"] for rule in one["because"]}


def test_strength_done_today_is_not_planned_today_again(ann):
    ann.logs(FRIDAY, "--skipped")
    ann.logs(SATURDAY, *MILD)
    before = ann.now().day(SATURDAY)
    ann.replan(SATURDAY)

    assert ann.now().day(SATURDAY) == before


def test_a_session_done_in_the_morning_leaves_that_of_the_evening(ann):
    before = ann.kept()
    ann.logs(SUNDAY, *MILD)

    assert ann.replan(SUNDAY)["changes"] == []
    assert ann.kept().plans == before.plans
    assert fit(ann.file, None, ann.now().day(SUNDAY).date).advice == ()


def test_a_short_walk_done_in_the_morning_leaves_the_whole_day_open(ann):
    """A walk of 20 minutes fits a rest day, so a flare of the evening makes the day one of a flare."""
    ann.logs(MONDAY, "--walked", "20")
    unchanged = ann.replan(MONDAY)
    flare = ann.flare(MONDAY)

    assert (unchanged["changes"], kinds(unchanged, MONDAY)) == ([], ["easy_run", "walk"])
    assert (days_of(flare, MONDAY)[0]["state"], kinds(flare, MONDAY)) == ("flare", ["walk"])


def test_a_walk_too_long_for_a_rest_day_is_no_rest(ann):
    """Of more than 30 minutes; the days after it are planned with it as done."""
    from planner.cli.setting import setting

    ann.logs(SATURDAY, "--walked", "31")
    today = ann.now().day(SATURDAY).date
    request = setting(ann.file, None, today).planner().request_again(today)

    assert (str(request.start), request.past_long_walks) == (SUNDAY, (-1,))


def test_a_flare_in_the_evening_takes_the_run_that_was_left(ann):
    ann.logs(SUNDAY, *MILD)
    document = ann.flare(SUNDAY)

    assert kinds(document, SUNDAY) == ["strength"]
    assert days_of(document, SUNDAY)[0]["state"] == "flare"
    gone = [one for one in document["changes"] if one["date"] == SUNDAY]
    assert [one["what"] for one in gone] == ["removed"]
    assert "flare-rest" in gone[0]["because"]
    assert run("check", ann.file, today=SUNDAY).code == 0


def test_a_flare_after_the_run_takes_the_strength_that_was_left(ann):
    ann.logs(SUNDAY, "--ran", "30", "--pain-during", "2")
    document = ann.flare(SUNDAY)

    assert kinds(document, SUNDAY) == ["long_run"]
    assert days_of(document, SUNDAY)[0]["state"] == "flare"


def test_the_same_flare_twice_changes_nothing_the_second_time(ann):
    ann.logs(SUNDAY, *MILD)
    ann.flare(SUNDAY)
    before = ann.kept()
    again = ann.flare(SUNDAY)

    assert (again["changes"], again["revision"]) == ([], 2)
    assert ann.kept() == before


def test_a_back_that_got_worse_in_the_morning_takes_a_run_without_breaks(ann):
    """Pain of 4 is moderate: no long run, and no run without walking breaks."""
    ann.logs(SUNDAY, "--strength", "--pain-during", "4")
    today = ann.now().day(SUNDAY).date
    told = " ".join(fit(ann.file, None, today).advice)
    document = ann.replan(SUNDAY)

    assert "runback replan" in told
    assert kinds(document, SUNDAY) == ["strength"]
    assert fit(ann.file, None, today).advice == ()


def test_a_day_of_which_nothing_is_left_is_a_rest_day_in_the_calendar(ann):
    """Strength on a Wednesday is none of the plan's sessions; the run there was the only one."""
    ann.logs(WEDNESDAY, *MILD)
    ann.flare(WEDNESDAY)
    day = ann.now().day(WEDNESDAY)

    assert (day.sessions, bool(day.rest_id)) == ((), True)
    assert day.rest_id in dict(ann.kept().touched)


def test_on_the_last_day_what_is_left_of_it_still_goes(ann):
    ann.logs(LAST, *MILD)
    document = ann.flare(LAST)

    assert kinds(document, LAST) == ["strength"]
    assert (document["revision"], ann.now().day(LAST).state) == (2, State.FLARE)


def test_an_undo_brings_no_session_back_to_a_day_on_which_one_was_done(ann):
    ann.logs(SUNDAY, *MILD)
    ann.flare(SUNDAY)
    document = ann.undo(SUNDAY)

    assert kinds(document, SUNDAY) == ["strength"]
    assert kinds(document, MONDAY) == ["easy_run", "walk"]


# --- another wish on such a day -------------------------------------------------------------------


@pytest.fixture
def with_another_wish(ann):
    """She has written that she wants four walks a week: the plan is made afresh."""

    def plan(today):
        text = ann.file.read_text()
        ann.file.write_text(text.replace("walks = 2", "walks = 4"))
        return ann.plan(today=today)

    return plan


def test_a_plan_made_afresh_leaves_the_day_of_a_run_alone(ann, with_another_wish):
    ann.logs(SUNDAY, "--ran", "30", "--pain-during", "1")
    before = ann.now().day(SUNDAY)
    document = with_another_wish(SUNDAY)

    assert (document["revision"], ann.now().day(SUNDAY)) == (2, before)
    assert document["end"] == LAST


def test_a_plan_made_afresh_on_the_day_of_the_first_one_leaves_a_run_done_alone(
    ann, with_another_wish
):
    ann.logs(FIRST, "--ran", "25", "--pain-during", "1")
    before = ann.now().day(FIRST)
    document = with_another_wish(FIRST)

    assert (document["revision"], ann.now().day(FIRST)) == (2, before)


def test_a_plan_made_afresh_takes_what_can_not_be_done_any_more(ann, with_another_wish):
    ann.logs(SUNDAY, "--strength", "--pain-during", "6")
    document = with_another_wish(SUNDAY)

    assert kinds(document, SUNDAY) == ["strength"]
    assert days_of(document, MONDAY)[0]["state"] == "flare"
