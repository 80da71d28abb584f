"""Why this on that day, where the plan no longer fits the log or the file: that comes first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.commands import MAYA, SAMPLES, a_runner, run

MONDAY, THURSDAY, FRIDAY = "2026-11-30", "2026-12-03", "2026-12-04"
ELSE = "What else that day could hold"
RACE = next(path for path in SAMPLES if path.stem == "race-10k").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def planned(tmp_path_factory) -> dict[str, bytes]:
    """The files of a runner with a plan for a race, made once: runs on Monday, Thursday, Saturday."""
    folder = tmp_path_factory.mktemp("planned")
    assert run("plan", a_runner(folder, RACE), "--no-red-flags", today=MONDAY).code == 0
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.fixture
def maya(tmp_path, planned) -> Path:
    for name, data in planned.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path / "maya.toml"


def text(file: Path, on: str, today: str) -> str:
    done = run("why", file, on, today=today)
    assert done.code == 0, done
    return " ".join(done.out.split())


def document(file: Path, on: str, today: str) -> Any:
    return run("why", file, on, "--json", today=today).document


def log(file: Path, *options: object, today: str = THURSDAY) -> str:
    done = run("log", file, *options, today=today)
    assert done.code == 0, done
    return done.out


def test_on_the_day_of_a_flare_no_run_is_told_to_be_possible(maya):
    said = log(maya, "--pain", 7, "--no-red-flags")

    told = text(maya, "today", THURSDAY)

    assert told.startswith("Thu 3 Dec 2026 Do not run on Thu 3 Dec:")
    assert "This plan no longer fits what the log and your file tell" in told
    # The same command as log itself named.
    command = f"runback flare {maya} --pain 7"
    assert command in told
    assert command in " ".join(said.split())
    assert told.index(command) < told.index("Easy run 30 min.")
    assert ELSE not in told
    assert "possible" not in told


def test_a_flare_speaks_against_the_days_after_it_too(maya):
    log(maya, "--pain", 7, "--no-red-flags")

    # Sat 5 Dec has the long run.
    assert "Do not run on Sat 5 Dec:" in text(maya, "2026-12-05", THURSDAY)


def test_on_a_day_closed_by_a_run_the_flare_is_told_too(maya):
    log(maya, "--ran", 30, "--pain-during", 7, "--no-red-flags")

    assert "Do not run on Thu 3 Dec" in text(maya, "today", THURSDAY)


def test_a_red_flag_is_told_with_the_care_it_needs(maya):
    log(maya, "--red-flag", "RF19")

    told = text(maya, "today", THURSDAY)

    assert "Do not run: a red flag of yours has to be looked at first." in told
    assert "See a doctor (GP) or a physiotherapist before you run again." in told
    assert ELSE not in told


def test_a_plan_that_follows_the_red_flag_fits_though_it_has_left_out_the_race(maya):
    log(maya, "--red-flag", "RF19")
    assert run("replan", maya, "--yes", today=THURSDAY).code == 0

    told = document(maya, THURSDAY, THURSDAY)

    assert told["fits"] is True
    against = {
        breach["rule"]
        for one in told["alternatives"]
        if one["instead"].startswith("Easy run")
        for breach in one["forbidden_by"]
    }
    assert "cleared-first" in against


def test_after_three_months_without_a_log_the_plan_is_told_not_to_fit(maya):
    told = text(maya, "today", "2027-03-01")

    assert "This plan no longer fits" in told
    assert "--done --from 2026-11-30" in told
    assert ELSE not in told


def test_the_document_says_that_it_does_not_fit_and_keeps_its_keys(maya):
    before = document(maya, FRIDAY, THURSDAY)
    log(maya, "--pain", 7, "--no-red-flags")

    told = document(maya, FRIDAY, THURSDAY)

    assert list(told) == list(before)
    assert (before["fits"], before["advice"]) == (True, [])
    assert (told["fits"], told["alternatives"]) == (False, [])
    assert any("no longer fits" in sentence for sentence in told["advice"])


def test_of_a_day_gone_by_nothing_is_said_of_what_fits(maya):
    log(maya, "--pain", 7, "--no-red-flags")

    told = document(maya, MONDAY, THURSDAY)

    assert (told["fits"], told["advice"]) == (None, [])


def test_ratings_that_change_nothing_leave_the_alternatives(maya):
    before = document(maya, FRIDAY, THURSDAY)["alternatives"]
    log(maya, "--pain", 1, "--no-red-flags")

    told = document(maya, FRIDAY, THURSDAY)

    assert (told["fits"], told["alternatives"]) == (True, before)
    assert before


def test_a_plan_that_follows_the_log_has_its_alternatives_again(maya):
    log(maya, "--pain", 7, "--no-red-flags")
    assert run("replan", maya, "--yes", today=THURSDAY).code == 0

    assert ELSE in text(maya, "today", THURSDAY)


def test_a_file_that_wants_something_else_is_told(tmp_path):
    file = a_runner(tmp_path)
    assert run("plan", file, "--no-red-flags", today=MONDAY).code == 0
    assert ELSE in text(file, FRIDAY, MONDAY)

    file.write_text(MAYA.replace("walks = 1", "walks = 2"), encoding="utf-8")
    told = text(file, FRIDAY, MONDAY)

    assert "Your file has changed since the plan was made" in told
    assert "runback plan" in told
    assert ELSE not in told


def test_a_comment_in_the_file_changes_nothing(tmp_path):
    file = a_runner(tmp_path)
    assert run("plan", file, "--no-red-flags", today=MONDAY).code == 0

    file.write_text(f"# My plan.\n{MAYA}", encoding="utf-8")

    assert ELSE in text(file, FRIDAY, MONDAY)


def test_a_day_before_the_plan_was_changed_is_told_without_alternatives(maya):
    log(maya, "--pain", 7, "--no-red-flags")
    assert run("replan", maya, "--yes", today=THURSDAY).code == 0

    # The clock may go back; the plan as it was on that day is not what is stored last.
    assert document(maya, "2026-12-01", MONDAY)["alternatives"] == []
