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


def test_a_run_during_a_flare_is_answered(tmp_path):
    file = planned(tmp_path)
    run("flare", file, "--pain", "6", "--no-red-flags", today="2026-12-01")

    logged = run("log", file, "--ran", "10", today="2026-12-02").out

    assert "You ran on Wed 2 Dec 2026 during a flare." in " ".join(logged.split())
