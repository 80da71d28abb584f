"""What became of a day gone by: what was planned, what was done, what followed."""

from __future__ import annotations

import pytest

from planner.followed import planned_earlier
from planner.plan import Step
from tests.commands import MAYA, TODAY, Done, a_runner, run
from tests.plans import plan_of

MONDAY = "2026-11-30"
FIRST_DAYS = (MONDAY, *(f"2026-12-0{day}" for day in range(1, 7)))


@pytest.fixture
def maya(tmp_path):
    """A file with its plan of two weeks from 30 November on."""
    file = a_runner(tmp_path, MAYA)
    assert run("plan", file, "--no-red-flags").code == 0
    return file


def asked(file, on: str, today: str = TODAY, *options: str) -> Done:
    done = run("why", file, on, *options, today=today)
    assert done.code == 0, done
    return done


def text(file, on: str, today: str = TODAY) -> str:
    return asked(file, on, today).out


def document(file, on: str, today: str = TODAY):
    return asked(file, on, today, "--json").document


def run_day(file) -> str:
    """The first day of the plan with an easy run."""
    return next(
        on
        for on in FIRST_DAYS
        if any(session["kind"] == "easy_run" for session in document(file, on)["sessions"])
    )


def test_a_day_gone_by_has_no_alternatives(maya):
    told = document(maya, MONDAY, "2026-12-02")

    assert told["alternatives"] == []
    assert "nothing is logged for that day" in text(maya, MONDAY, "2026-12-02")


def test_a_day_gone_by_tells_what_was_done_and_the_morning_after(maya):
    on = run_day(maya)
    log = ("log", maya, on, "--ran", 20, "--pain-during", 1, "--pain-morning", 2)
    assert run(*log, "--no-red-flags", today="2026-12-07").code == 0

    told = text(maya, on, "2026-12-07")

    assert "Done: run with 20 min of running; pain 1 during it." in told
    assert "Followed: pain 2 next morning." in told


def logged(file, on: str, *told: object, today: str = "2026-12-07") -> str:
    """What ``why`` says of a day, in one line, after something was logged of it."""
    assert run("log", file, on, *told, "--no-red-flags", today=today).code == 0
    return " ".join(text(file, on, today).split())


def test_a_set_back_names_the_rating_that_makes_it_one(maya):
    """Her usual pain is 1 (``pain_today``); within the hour after it only counts after a flare."""
    ratings = ("--pain-during", 2, "--pain-after", 1.5, "--pain-morning", 2.5)
    told = logged(maya, run_day(maya), "--ran", 20, *ratings)

    set_back = (
        "Followed: this counts as a set-back: pain of 2.5 next morning (limit 1, your usual)."
    )
    assert f"{set_back} [step-back]" in told


def test_a_usual_morning_is_no_set_back(maya):
    told = logged(maya, run_day(maya), "--ran", 20, "--pain-during", 1, "--pain-morning", 1)

    assert "set-back" not in told


def test_a_flare_that_only_the_log_knows_is_told_with_its_reason(maya):
    """A morning of 3.5 is two and a half points above the usual 1; a flare begins two above it."""
    on = run_day(maya)
    told = logged(maya, on, "--ran", 20, "--pain-during", 1, "--pain-morning", 3.5)

    assert "Followed: a flare on" in told
    assert "pain of that morning, 3.5, is well above your usual one (1): from 3 on" in told
    flare = document(maya, on, "2026-12-07")["followed"]["flare"]
    assert (flare["pain"], flare["told_on"], flare["because"]) == (3.5, None, "rise")


def test_a_second_set_back_is_told_as_the_flare_that_it_is(maya):
    """Two bad mornings within 14 days; the usual pain of the second run is 1, too."""
    ran = ("--ran", 15, "--pain-during", 1, "--pain-morning", 1.5)
    logged(maya, "2026-12-02", *ran)
    told = logged(maya, "2026-12-04", *ran)

    assert "a flare on Sat 5 Dec 2026: it is another set-back soon after the last. [states]" in told


def test_a_revision_of_the_day_itself_may_have_come_before_what_was_logged(maya):
    on = "2026-12-02"
    assert run("log", maya, on, "--pain", 4, "--no-red-flags", today=on).code == 0
    assert run("replan", maya, "--yes", today=on).code == 0
    told = logged(maya, on, "--ran", 15, today="2026-12-03")

    assert "On the same day: revision 2, made on Wed 2 Dec 2026" in told
    assert "Followed: revision" not in told


def test_a_later_revision_followed_rather_than_one_of_the_day_itself(maya):
    on = "2026-12-02"
    assert run("log", maya, on, "--pain", 4, "--no-red-flags", today=on).code == 0
    assert run("replan", maya, "--yes", today=on).code == 0
    sore = ("log", maya, "2026-12-04", "--pain", 6, "--no-red-flags")
    assert run(*sore, today="2026-12-04").code == 0
    assert run("replan", maya, "--yes", today="2026-12-04").code == 0

    assert "Followed: revision 3, made on Fri 4 Dec 2026" in text(maya, on, "2026-12-05")


def test_today_counts_as_gone_by_once_its_run_is_logged(maya):
    on = run_day(maya)
    assert document(maya, on, on)["alternatives"] != []

    assert run("log", maya, on, "--ran", 25, "--no-red-flags", today=on).code == 0

    assert document(maya, on, on)["alternatives"] == []


@pytest.fixture
def flared(maya):
    """A flare on Wednesday of the first week."""
    done = run("flare", maya, "--pain", 6, "--no-red-flags", "--yes", today="2026-12-02")
    assert done.code == 0, done
    return maya


def test_what_followed_names_the_flare_and_the_revision(flared):
    told = " ".join(text(flared, "2026-12-01", "2026-12-03").split())

    assert "Followed: a flare on Wed 2 Dec 2026, with pain 6." in told
    assert "revision 2, made on Wed 2 Dec 2026" in told
    assert "--changes 2" in told


def test_what_was_planned_until_the_day_changed_is_told(maya):
    had = document(maya, "2026-12-04")["sessions"]
    assert document(maya, "2026-12-04")["earlier"] is None

    done = run("flare", maya, "--pain", 6, "--no-red-flags", "--yes", today="2026-12-02")
    assert done.code == 0, done

    titles = ", ".join(session["title"] for session in had)
    assert f"Planned before the change of Wed 2 Dec 2026: {titles}." in " ".join(
        text(maya, "2026-12-04", "2026-12-02").split()
    )


def test_a_day_that_never_changed_has_no_earlier_plan(flared):
    assert "Planned before" not in text(flared, MONDAY, "2026-12-03")


def done_lines(told: str) -> list[str]:
    return [line for line in told.splitlines() if line.startswith(("Done:", "Felt:"))]


def test_a_day_skipped_after_a_walk_was_logged_is_told_in_one_line(maya):
    day = ("log", maya, "2026-12-01", "--no-red-flags")
    assert run(*day, "--walked", 20, today="2026-12-01").code == 0
    assert run(*day, "--skipped", today="2026-12-01").code == 0

    told = text(maya, "2026-12-01", "2026-12-03")

    assert done_lines(told) == ["Done: nothing of what was planned."]


def test_pain_of_a_skipped_day_is_told_beside_it(maya):
    log = ("log", maya, "2026-12-01", "--skipped", "--pain", 2, "--no-red-flags")
    assert run(*log, today="2026-12-01").code == 0

    assert done_lines(text(maya, "2026-12-01", "2026-12-03")) == [
        "Done: nothing of what was planned.",
        "Felt: pain 2 at the worst of the day.",
    ]


def test_pain_is_felt_not_done(maya):
    log = ("log", maya, "2026-12-01", "--pain", 2, "--no-red-flags")
    assert run(*log, today="2026-12-01").code == 0

    assert "Felt: pain 2 at the worst of the day." in text(maya, "2026-12-01", "2026-12-03")


def test_the_state_of_a_day_gone_by_is_what_was_expected_then(maya):
    assert text(maya, "2026-12-02", TODAY).startswith("Wed 2 Dec 2026, back: mild (expected)\n")
    assert text(maya, "2026-12-02", "2026-12-04").startswith(
        "Wed 2 Dec 2026, back: mild (expected then)\n"
    )


def test_a_flare_of_a_week_later_did_not_follow(flared):
    told = document(flared, MONDAY, "2026-12-12")["followed"]
    assert told["flare"] is not None

    again = run("flare", flared, "--pain", 6, "--no-red-flags", "--yes", today="2026-12-11")
    assert again.code == 0, again

    followed = document(flared, "2026-12-04", "2026-12-12")["followed"]
    assert followed["flare"] is None


def test_of_a_day_ahead_no_later_revision_is_told(flared):
    assert "revision 2" in text(flared, "2026-12-02", "2026-12-03")
    assert "revision 2" not in text(flared, "2026-12-02", "2026-12-02")


def test_today_is_no_longer_expected_where_the_back_is_as_the_plan_took_it_to_be(maya):
    """Of Wednesday the plan expected a mild back; on that day it is mild."""
    assert text(maya, "2026-12-02", "2026-12-02").startswith("Wed 2 Dec 2026, back: mild\n")


def test_a_run_walk_of_another_stage_was_planned_otherwise_before():
    """Both are called run/walk of 30 minutes: what they are made of is what changed."""
    first = plan_of("r")
    day = first.days[0]
    steps = (Step(repeat=6, run_seconds=120, walk_seconds=180),)
    later = day.sessions[0].model_copy(update={"steps": steps})
    second = first.model_copy(
        update={"revision": 2, "days": (day.model_copy(update={"sessions": (later,)}),)}
    )

    earlier = planned_earlier((first, second), day.date)

    assert earlier is not None
    assert (earlier.revision, earlier.sessions) == (2, day.sessions)
