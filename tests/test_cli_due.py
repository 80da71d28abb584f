"""What is told where a plan no longer fits the log: by ``show``, ``check`` and ``log`` itself."""

from __future__ import annotations

import pytest

from tests.commands import MAYA, a_runner, run

REPLAN = "runback replan"
SORE = ("--ran", "30", "--pain-during", "4")


def planned(folder):
    file = a_runner(folder, MAYA)
    run("plan", file, today="2026-11-30")
    return file


@pytest.mark.parametrize("command", ["show", "check"])
def test_a_sore_back_since_the_plan_was_made_is_told(tmp_path, command):
    file = planned(tmp_path)
    run("log", file, "2026-11-30", *SORE, today="2026-11-30")

    assert REPLAN in run(command, file, today="2026-12-01").out


@pytest.mark.parametrize("command", ["show", "check"])
def test_a_plan_that_follows_the_log_says_nothing(tmp_path, command):
    file = planned(tmp_path)
    run("log", file, "2026-11-30", *SORE, today="2026-11-30")
    run("replan", file, today="2026-12-01")

    assert REPLAN not in run(command, file, today="2026-12-01").out


@pytest.mark.parametrize("command", ["show", "check"])
def test_without_a_log_nothing_is_told(tmp_path, command):
    assert REPLAN not in run(command, planned(tmp_path), today="2026-12-01").out


def test_a_plan_is_shown_though_its_file_cannot_be_read(tmp_path):
    file = planned(tmp_path)
    run("log", file, "2026-11-30", *SORE, today="2026-11-30")
    file.write_text("no toml [")

    shown = run("show", file, today="2026-12-01")

    assert (shown.code, REPLAN in shown.out) == (0, False)


IN_FLARE = "Do not run on Tue 1 Dec: by the log your back is in a flare."
NO_FILE = (
    ("no toml [", "maya.toml, line 1"),
    (MAYA.replace("keep_running", "keep"), 'goal.kind = "keep" is not allowed'),
    (None, "there is no such file"),
)
"""What stands in the file by now, None for no file; and what is said of it."""


@pytest.mark.parametrize(("text", "fault"), NO_FILE)
def test_a_flare_is_told_though_the_file_cannot_be_read(tmp_path, text, fault):
    file = planned(tmp_path)
    run("log", file, "2026-11-30", "--ran", "30", "--pain-during", "7", today="2026-12-01")
    file.write_text(text) if text else file.unlink()

    shown = run("show", file, today="2026-12-01")
    document = run("show", file, "--json", today="2026-12-01").document

    assert shown.code == 0
    first = " ".join(shown.out.split("\n\n")[1].split())
    assert first.startswith(IN_FLARE)
    assert fault in first
    assert (document["fits"], document["advice"][0]) == (None, IN_FLARE)


def test_a_red_flag_is_told_though_the_file_is_gone(tmp_path):
    file = planned(tmp_path)
    run("log", file, "--red-flag", "RF12", today="2026-12-01")
    file.unlink()

    shown = run("show", file, today="2026-12-01").out.split("\n\n")[1]

    assert shown.startswith("Do not run: a red flag of yours has to be looked at first.")


def test_a_quiet_back_and_a_file_that_is_gone_leave_the_file_to_tell_of(tmp_path):
    file = planned(tmp_path)
    file.unlink()

    advice = run("show", file, "--json", today="2026-12-01").document["advice"]

    assert [sentence.endswith("Check the name.") for sentence in advice] == [True, False]


def test_publish_says_nothing_beside_a_file_that_cannot_be_read(tmp_path):
    file = planned(tmp_path)
    file.unlink()

    published = run("publish", file, "--vdir", tmp_path / "calendar", today="2026-12-01")

    assert (published.code, published.err.count("no such file")) == (3, 1)


def test_a_run_during_a_flare_is_answered(tmp_path):
    file = planned(tmp_path)
    run("flare", file, "--pain", "6", "--no-red-flags", today="2026-12-01")

    logged = run("log", file, "--ran", "10", today="2026-12-02").out

    assert "You ran on Wed 2 Dec 2026 during a flare." in " ".join(logged.split())


# --- a file that has changed ----------------------------------------------------------------------

SHOWS = (("show",), ("check",), ("why",), ("what-if", "--set", "week.strength=1"))
CHANGED = "Your file has changed since the plan was made"


@pytest.mark.parametrize("command", ["show", "check", "why"])
def test_a_file_with_other_wishes_is_told_before_anything_else(tmp_path, command):
    file = planned(tmp_path)
    file.write_text(MAYA.replace("walks = 1", "walks = 2"), encoding="utf-8")

    told = run(command, file, today="2026-11-30").out.split("\n\n")

    # The first line of show and check names the plan.
    first = told[0] if command == "why" else told[1]
    assert first.startswith(CHANGED)
    assert f"runback plan {file}" in " ".join(first.split())


@pytest.mark.parametrize("command", ["show", "check", "why"])
def test_a_sorer_back_in_the_file_is_told(tmp_path, command):
    file = planned(tmp_path)
    file.write_text(MAYA.replace("pain_today = 1.0", "pain_today = 6.0"), encoding="utf-8")

    assert REPLAN in run(command, file, today="2026-11-30").out


@pytest.mark.parametrize("command", SHOWS)
def test_the_documents_say_whether_the_plan_fits(tmp_path, command):
    file = planned(tmp_path)
    name, *options = command
    before = run(name, file, *options, "--json", today="2026-11-30").document
    file.write_text(MAYA.replace("walks = 1", "walks = 2"), encoding="utf-8")
    after = run(name, file, *options, "--json", today="2026-11-30").document

    assert (before["fits"], before["advice"]) == (True, [])
    assert after["fits"] is False
    assert after["advice"][0].startswith(CHANGED)


def test_without_a_plan_nothing_is_said_of_one_that_fits(tmp_path):
    document = run("why", a_runner(tmp_path), "--json").document

    assert (document["fits"], document["advice"]) == (None, [])


def test_of_a_plan_that_is_not_hers_nothing_is_said_of_what_fits(tmp_path):
    file = planned(tmp_path)
    other = tmp_path / "other.csv"
    other.write_text("date,kind,run_minutes,walk_minutes\n2026-12-01,run,20,0\n")
    document = run("check", file, "--plan", other, "--json", today="2026-11-30").document

    assert (document["fits"], document["advice"]) == (None, [])


def test_a_plan_made_with_stricter_limits_fits_when_shown_with_them(tmp_path):
    file, stricter = a_runner(tmp_path), tmp_path / "hers.toml"
    stricter.write_text("[run-days.mild]\nmax_days = 3\n")
    assert run("plan", file, "--limits", stricter, today="2026-11-30").code == 0

    assert run("show", file, "--limits", stricter, "--json", today="2026-11-30").document["fits"]
    plain = run("show", file, "--json", today="2026-11-30").document
    assert "--limits" in plain["advice"][0]


def test_a_shown_document_is_a_plan_to_check(tmp_path):
    file = planned(tmp_path)
    shown = tmp_path / "shown.json"
    shown.write_bytes(run("show", file, "--json").raw)

    assert run("check", file, "--plan", shown).code == 0
