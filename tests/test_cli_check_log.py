"""``check --plan``: the log and the red flags count for every day from today on."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta

import pytest

from planner.as_if_begun import is_far_ahead
from tests.commands import MAYA, ROOT, run
from tests.replans import CALM, FIRST, Ann

MONDAY = date(2026, 11, 30)
EMERGENCY, URGENT = "RF2", "RF20"
ALL_DAYS = MAYA.replace("weeks = 2", "weeks = 5").replace("mon = 45\n", "mon = 45\ntue = 45\n")


@pytest.fixture
def ann(tmp_path):
    """A runner with a plan of five weeks."""
    ann = Ann(tmp_path, ALL_DAYS)
    ann.plan("--no-red-flags")
    return ann


def given(ann: Ann, *runs: tuple[int, int], first: date = MONDAY):
    """A plan of any origin: easy runs on days from a first one, with their minutes."""
    rows = [f"{first + timedelta(days=day)},easy,{minutes},0\n" for day, minutes in runs]
    path = ann.folder / "given.csv"
    path.write_text("date,kind,run_minutes,walk_minutes\n" + "".join(rows))
    return path


def judged(ann: Ann, path, *, today: str, code: int):
    return ann.types("check", "--plan", path, "--json", today=today, code=code).document


def rules_in(document) -> set[str]:
    return {breach["rule"] for breach in document["breaches"]}


def told(ann: Ann, path, *, today: str, code: int) -> str:
    return " ".join(ann.types("check", "--plan", path, today=today, code=code).out.split())


def test_an_emergency_sign_refuses_any_plan(ann):
    ann.types("log", "--red-flag", EMERGENCY, today=FIRST, code=7)
    done = ann.types("check", "--plan", given(ann, (1, 20)), today=FIRST, code=7)

    assert done.out == ""
    assert "144" in done.err


def test_an_open_red_flag_forbids_running_in_any_plan_and_comes_first(ann):
    ann.types("log", "--red-flag", URGENT, today=FIRST)
    path = given(ann, (1, 20))
    document = judged(ann, path, today=FIRST, code=6)
    out = told(ann, path, today=FIRST, code=6)

    assert "cleared-first" in rules_in(document)
    assert document["fits"] is None
    assert document["advice"][0].startswith("Do not run: a red flag")
    assert out.index("Do not run: a red flag") < out.index("Breaks ")
    assert "could be 10 % longer" not in out


def test_a_red_flag_holds_before_there_is_any_plan_of_her_own(tmp_path):
    ann = Ann(tmp_path, ALL_DAYS)
    ann.types("plan", "--red-flag", URGENT, today=FIRST)

    assert "cleared-first" in rules_in(judged(ann, given(ann, (1, 20)), today=FIRST, code=6))


def test_once_she_is_cleared_the_plan_is_judged_by_its_runs(ann):
    ann.types("log", "--red-flag", URGENT, today=FIRST)
    ann.types("log", "--cleared", "2026-12-01", today="2026-12-01")
    document = judged(ann, given(ann, (2, 20)), today="2026-12-01", code=0)

    assert (document["breaches"], document["advice"]) == ([], [])


def test_a_run_in_a_flare_is_told_in_any_plan(ann):
    ann.flare("2026-12-01")
    path = given(ann, (2, 20))
    document = judged(ann, path, today="2026-12-01", code=6)

    assert "flare-rest" in rules_in(document)
    assert document["advice"][0].startswith("Do not run on Tue 1 Dec: by the log")


def test_runs_that_were_logged_count_before_any_plan(ann):
    """After 35 minutes 38.5 are allowed, where the file's 30 would allow 33."""
    path = given(ann, (4, 38))
    before = judged(ann, path, today="2026-12-02", code=6)
    ann.logs("2026-12-02", "--ran", "35", *CALM[:4])
    document = judged(ann, path, today="2026-12-03", code=0)

    assert rules_in(before) == {"session-cap"}
    assert document["breaches"] == []


def test_of_a_plan_that_has_begun_the_days_to_come_are_judged_by_the_log(ann):
    """90 minutes lie behind; what was really run is in the log, and the next runs are small."""
    ann.logs("2026-12-02", "--ran", "30", *CALM[:4])
    path = given(ann, (0, 90), (4, 30), (9, 30))
    document = judged(ann, path, today="2026-12-03", code=0)

    assert document["breaches"] == []
    assert document["advice"][0].startswith("Judged from Thu 3 Dec 2026 on: ")


def test_weeks_are_numbered_as_in_the_whole_plan(ann):
    ann.logs("2026-12-02", "--ran", "30", *CALM[:4])
    # 30 + 10 % are 33.
    path = given(ann, (0, 30), (9, 44))
    (breach,) = judged(ann, path, today="2026-12-03", code=6)["breaches"]

    assert (breach["rule"], breach["week"]) == ("session-cap", 2)


def test_a_plan_that_has_begun_is_judged_from_its_first_day_where_nothing_is_logged(ann):
    document = judged(ann, given(ann, (0, 90), (4, 30)), today="2026-12-03", code=6)

    assert "2026-11-30" in {day for breach in document["breaches"] for day in breach["days"]}


def test_a_plan_that_is_over_is_judged_without_the_log_and_it_says_so(ann):
    ann.flare("2026-12-09")
    path = given(ann, (0, 30), (2, 30))
    document = judged(ann, path, today="2026-12-10", code=0)

    assert document["breaches"] == []
    assert document["advice"][0].startswith("Do not run on Thu 10 Dec: by the log")
    assert "has gone by" in document["advice"][1]


def test_red_flags_come_first_for_a_plan_that_is_over_too(ann):
    ann.types("log", "--red-flag", URGENT, today="2026-12-10")
    out = told(ann, given(ann, (0, 30)), today="2026-12-10", code=0)

    assert out.index("Do not run: a red flag") < out.index("has gone by") < out.index("Every limit")


def test_a_plan_far_ahead_is_judged_as_if_she_ran_until_then_as_she_does(ann):
    """In eight weeks' time her run of 30 minutes is older than 30 days: alone it would allow 3."""
    ann.logs("2026-12-02", "--ran", "30", *CALM[:4])
    document = judged(ann, given(ann, (56, 33), (58, 33)), today="2026-12-03", code=0)

    assert document["breaches"] == []
    assert "as your log tells of the last weeks" in document["advice"][0]


def test_a_plan_far_ahead_allows_no_more_than_what_she_runs(ann):
    ann.logs("2026-12-02", "--ran", "30", *CALM[:4])

    assert rules_in(judged(ann, given(ann, (56, 45)), today="2026-12-03", code=6)) == {
        "session-cap"
    }


@pytest.mark.parametrize(("start", "is_far"), [(6, False), (7, False), (13, False), (14, True)])
def test_far_ahead_is_later_than_the_next_week(start, is_far):
    for day in range(7):
        assert is_far_ahead(MONDAY + timedelta(days=start), MONDAY + timedelta(days=day)) is is_far


def test_a_flare_of_her_file_does_not_end_by_another_line_in_it(tmp_path):
    sore = Ann(tmp_path, ALL_DAYS.replace("pain_today = 1.0", "pain_today = 7.0"))
    sore.plan("--no-red-flags")
    sore.file.write_text(ALL_DAYS)

    assert "flare-rest" in rules_in(judged(sore, given(sore, (2, 20)), today="2026-12-01", code=6))


def test_judging_stores_nothing(tmp_path):
    ann = Ann(tmp_path, ALL_DAYS)
    judged(ann, given(ann, (1, 20)), today=FIRST, code=0)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["given.csv", "maya.toml"]


@pytest.mark.parametrize("form", [(), ("--json",)])
@pytest.mark.parametrize(("minutes", "code"), [(20, 0), (90, 6)])
def test_a_reader_who_closes_the_pipe_does_not_change_the_verdict(tmp_path, form, minutes, code):
    ann = Ann(tmp_path, ALL_DAYS)
    path = given(ann, (0, minutes))
    read, write = os.pipe()
    os.close(read)
    program = [sys.executable, "-m", "planner.cli.main", "check", str(ann.file)]
    done = subprocess.run(
        [*program, "--plan", str(path), "--today", FIRST, *form],
        stdout=write,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        check=False,
    )
    os.close(write)

    assert (done.returncode, done.stderr) == (code, b"")


HARD = "date,kind,run_minutes,walk_minutes\n"


def test_hard_runs_and_more_running_together_are_told_without_parts_too(tmp_path):
    """Week 1 has 3 × 30 easy minutes, week 2 has 92 with a hard run among them."""
    ann = Ann(tmp_path, ALL_DAYS)
    path = ann.folder / "hard.csv"
    easy = "".join(f"2026-{day},easy,30,0\n" for day in ("11-30", "12-02", "12-04", "12-07"))
    path.write_text(f"{HARD}{easy}2026-12-09,easy,32,0\n2026-12-11,tempo,30,0\n")
    document = judged(ann, path, today=FIRST, code=6)

    assert rules_in(document) == {"volume-or-intensity"}


def test_of_hard_runs_it_tells_what_is_not_judged(tmp_path):
    ann = Ann(tmp_path, ALL_DAYS)
    path = ann.folder / "hard.csv"
    path.write_text(f"{HARD}2026-11-30,tempo,20,0\n")
    document = judged(ann, path, today=FIRST, code=0)
    out = told(ann, path, today=FIRST, code=0)

    (said,) = document["not_judged"]
    assert said.startswith("Not judged of hard runs")
    assert out.index("Every limit is kept.") < out.index("Not judged of hard runs")


def test_without_hard_runs_there_is_nothing_to_tell_of_them(ann):
    assert judged(ann, given(ann, (1, 20)), today=FIRST, code=0)["not_judged"] == []


# --- somebody on the ladder -----------------------------------------------------------------------

NEW_AGAIN = MAYA[: MAYA.index("[recent]")] + MAYA[MAYA.index("[back]") :]
"""No run before the plan: its weeks are on the ladder."""


@pytest.fixture
def on_ladder(tmp_path):
    return Ann(tmp_path, NEW_AGAIN)


def test_a_run_with_walking_is_not_told_to_have_no_walking_breaks(on_ladder):
    path = on_ladder.folder / "given.csv"
    path.write_text(f"{HARD}2026-11-30,easy_run,28,5\n")

    breaches = judged(on_ladder, path, today=FIRST, code=6)["breaches"]

    (reason,) = [one["reason"] for one in breaches if one["rule"] == "run-walk-only"]
    assert reason == (
        "Easy run 28 min and 5 min of walking on Mon 30 Nov is no run/walk; the run/walk ladder is "
        "not done yet."
    )


def test_on_the_ladder_another_plan_is_not_told_the_top_stage_as_its_smooth_way(on_ladder):
    """The top stage is where runback heads for; what the limits have for that day is the first."""
    path = on_ladder.folder / "given.csv"
    path.write_text(f"{HARD}2026-11-30,run_walk,20,8\n")

    document = judged(on_ladder, path, today=FIRST, code=6)

    assert "smooth-ramp" not in {one["rule"] for one in document["remarks"]}


def test_off_the_ladder_another_plan_is_told_the_smooth_way(ann):
    remarks = judged(ann, given(ann, (0, 20)), today=FIRST, code=0)["remarks"]

    # She runs 30 minutes at the most: 20 are not what the way to her goal holds.
    assert "smooth-ramp" in {one["rule"] for one in remarks}


def test_a_race_in_a_plan_asks_for_an_easy_day_before_it(tmp_path):
    ann = Ann(tmp_path, ALL_DAYS)
    path = ann.folder / "race.csv"
    path.write_text(f"{HARD}2026-12-01,strength,0,0\n2026-12-02,race,30,0\n")

    assert "race-day" in rules_in(judged(ann, path, today=FIRST, code=6))


def test_limits_that_are_no_text_are_refused_in_a_sentence(tmp_path):
    binary = tmp_path / "bin.toml"
    binary.write_bytes(b"\xec\xff\x00")
    done = run("check", Ann(tmp_path).file, "--limits", binary, "--plan", binary)

    assert done.code == 3
    assert "is not a text file in UTF-8" in done.err
    assert "codec" not in done.err
