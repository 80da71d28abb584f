"""``runback plan``: files, what it prints, the same everywhere."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from datetime import date

import pytest

from planner.cli import telling
from planner.plan import GoalResult, Plan
from tests.commands import MAYA, ROOT, TODAY, a_runner, names_in, run
from tests.plans import plan_of


def test_plan_writes_the_calendar_and_the_journal_beside_the_file(tmp_path):
    done = run("plan", a_runner(tmp_path))

    assert (done.code, done.err) == (0, "")
    assert names_in(tmp_path) == ["maya.db", "maya.ics", "maya.toml"]


def test_plan_prints_each_day_the_goal_the_red_flags_and_where_the_calendar_is(tmp_path):
    out = run("plan", a_runner(tmp_path)).out

    assert out.startswith("Maya's plan: Mon 30 Nov 2026 to Sun 13 Dec 2026, revision 1\n")
    assert "\nWeek 1 · 30 Nov – 6 Dec 2026" in out
    assert "\n  Sun 13 Dec  " in out
    assert "\nGoal: keep running" in out
    assert "When not to run" in out
    assert "maya.ics" in out
    assert "new, separate calendar" in " ".join(out.split())
    assert max(map(len, out.replace(str(tmp_path), "").splitlines())) <= 80


def test_a_first_plan_of_days_away_alone_is_none(tmp_path):
    away = "\n[[away]]\nfrom = 2026-11-30\nto = 2026-12-13\n"
    done = run("plan", a_runner(tmp_path, MAYA + away))

    assert (done.code, done.out, names_in(tmp_path)) == (4, "", ["maya.toml"])
    told = " ".join(done.err.split())
    assert "You are away on every day of the plan, Mon 30 Nov 2026 to Sun 13 Dec 2026" in told
    assert "[[away]]" in told


def test_a_plan_that_has_begun_may_be_of_days_away_from_here_on(tmp_path):
    file = a_runner(tmp_path)
    run("plan", file)
    a_runner(tmp_path, f"{MAYA}\n[[away]]\nfrom = 2026-11-30\nto = 2026-12-13\n")
    done = run("plan", file)

    assert done.code == 0
    assert "You are away on every day of this plan" in " ".join(done.out.split())


def test_json_is_the_plan_document_and_nothing_else(tmp_path):
    done = run("plan", a_runner(tmp_path), "--json")
    plan = done.document

    assert done.err == ""
    assert (plan["schema"], plan["revision"], plan["made_on"]) == (1, 1, TODAY)
    assert (plan["start"], plan["end"], plan["runner"]) == ("2026-11-30", "2026-12-13", "Maya")
    assert plan["triage"] == "unanswered"
    assert len(plan["days"]) == 14
    assert {tier["proven"] for tier in plan["tiers"]} == {True}


def test_ics_dash_prints_the_calendar_and_nothing_else(tmp_path):
    file = a_runner(tmp_path)
    done = run("plan", file, "--ics", "-")

    assert done.raw.startswith(b"BEGIN:VCALENDAR\r\n")
    assert done.raw.endswith(b"END:VCALENDAR\r\n")
    assert (done.err, names_in(tmp_path)) == ("", ["maya.db", "maya.toml"])


def test_ics_out_writes_there_instead(tmp_path):
    run("plan", a_runner(tmp_path), "--ics", tmp_path / "other.ics")

    assert names_in(tmp_path) == ["maya.db", "maya.toml", "other.ics"]


def test_no_rest_days_leaves_them_out_of_the_calendar(tmp_path):
    file = a_runner(tmp_path)
    run("plan", file)
    with_rest = (tmp_path / "maya.ics").read_text(encoding="utf-8")
    run("plan", file, "--no-rest-days")
    without = (tmp_path / "maya.ics").read_text(encoding="utf-8")

    assert "X-RUNBACK-KIND:rest" in with_rest
    assert "X-RUNBACK-KIND:rest" not in without


def test_weeks_of_the_command_line_beat_those_of_the_file(tmp_path):
    plan = run("plan", a_runner(tmp_path), "--weeks", "1", "--json").document

    assert len(plan["days"]) == 7


def test_sessions_without_a_place_are_told_and_what_could_be_smoother_is_not(tmp_path):
    # Seven walks and seven times strength find no place in four open days.
    crowded = MAYA.replace("walks = 1", "walks = 7\nstrength = 7").replace("weeks = 2", "weeks = 5")
    file = a_runner(tmp_path, crowded)
    out = run("plan", file).out
    missed = {one["rule"] for one in run("check", file, "--json").document["remarks"]}
    told = set(re.findall(r"\[([a-z]+-[a-z-]+)\]", out))

    assert told == {"sessions-wanted"}
    assert missed > told


@pytest.mark.parametrize(
    ("missed", "told"),
    [
        ("abcd", ["a", "b", "c", "d"]),
        # Seven without the first four.
        ("abcdefg", ["a", "b", "c", "d", "and 3 more: runback check maya.toml"]),
        ("", []),
    ],
)
def test_a_long_list_of_wishes_is_cut_after_the_fourth(missed, told):
    assert list(telling.cut_short(list(missed), "runback check maya.toml")) == told


def a_goal(kind: str, asked: float, planned: float, **given) -> GoalResult:
    reached = planned >= asked
    return GoalResult(
        kind=kind, asked_minutes=asked, planned_minutes=planned, reached=reached, **given
    )


def a_plan_for(goal: GoalResult) -> Plan:
    """A plan of a week with a race on Sunday."""
    return plan_of("e . . . . . R", goal=goal)


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        (
            # 42.195 km × 6.5 minutes; 109.75 minutes are not yet 110.
            a_goal("race", 274.27, 109.75, on=date(2027, 4, 11)),
            "Goal: a race of about 274 minutes on Sun 11 Apr 2027. This plan gets to 109 minutes "
            "without a walking break.",
        ),
        (
            # A run/walk of 9 × 3 minutes: its 27 minutes of running are no stretch of 27.
            a_goal("keep_running", 30, 3),
            "Goal: keep running, up to 30 minutes at a time. "
            "This plan gets to 3 minutes without a walking break.",
        ),
        (
            a_goal("run_time", 30, 9),
            "Goal: 30 minutes of running without a break. "
            "This plan gets to 9 minutes without a walking break.",
        ),
        (
            a_goal("run_time", 30, 3.25),
            "Goal: 30 minutes of running without a break. "
            "This plan gets to 3.25 minutes without a walking break.",
        ),
        (
            a_goal("run_time", 30, 1),
            "Goal: 30 minutes of running without a break. "
            "This plan gets to 1 minute without a walking break.",
        ),
        (a_goal("walking", 30, 25), "Goal: walks of 30 minutes. This plan gets to 25 minutes."),
        (a_goal("walking", 30, 30), "Goal: walks of 30 minutes. The plan gets there."),
    ],
)
def test_the_goal_is_told_in_whole_minutes(goal, said):
    assert telling.goal_sentence(a_plan_for(goal)) == said


def test_a_race_that_is_not_in_the_plan_is_told_so():
    goal = a_goal("race", 274.27, 66, on=date(2026, 11, 29))
    plan = plan_of("e . . . . . .", goal=goal.model_copy(update={"reached": False}))

    assert telling.goal_sentence(plan) == (
        "Goal: a race of about 274 minutes on Sun 29 Nov 2026, which is not in this plan. Its longest "
        "run by then: 66 minutes without a walking break."
    )


def test_a_run_time_without_a_day_is_told_with_the_day_on_which_the_plan_comes_to_it():
    # The easy runs of plan_of have 30 minutes; the first is on Tuesday.
    plan = plan_of(". e . e . . .", goal=a_goal("run_time", 30, 30))

    assert telling.goal_sentence(plan).endswith("The plan gets there on Tue 24 Nov 2026.")


FOREIGN = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Others//EN\r\nEND:VCALENDAR\r\n"


@pytest.mark.parametrize("options", [(), ("--ics", "own.ics")])
def test_a_calendar_of_others_is_left_as_it_is(tmp_path, monkeypatch, options):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / (options[1] if options else "maya.ics")
    path.write_bytes(FOREIGN)
    done = run("plan", a_runner(tmp_path), *options)

    assert (done.code, done.out) == (3, "")
    assert "not a calendar that runback wrote" in done.err
    assert "another name after --ics" in done.err
    assert path.read_bytes() == FOREIGN
    assert names_in(tmp_path) == sorted(["maya.toml", path.name])


def test_an_empty_file_and_an_own_calendar_are_written_over(tmp_path):
    file = a_runner(tmp_path)
    (tmp_path / "maya.ics").touch()

    assert run("plan", file).code == 0
    a_runner(tmp_path, MAYA.replace("weeks = 2", "weeks = 1"))
    assert run("plan", file).code == 0


def test_stricter_numbers_of_a_file_are_kept(tmp_path):
    limits = tmp_path / "physio.toml"
    limits.write_text("[run-days.mild]\nmax_days = 2\n", encoding="utf-8")
    plan = run("plan", a_runner(tmp_path), "--limits", limits, "--json").document

    ran = [any(s["run_minutes"] for s in day["sessions"]) for day in plan["days"]]
    # Windows of seven days, cut short at neither end of the plan.
    assert max(sum(ran[first : first + 7]) for first in range(8)) == 2


def test_the_plan_identity_names_runner_zone_start_and_day(tmp_path):
    file = a_runner(tmp_path)
    ids = set()
    for text in (MAYA, MAYA.replace("Maya", "Ann"), MAYA.replace("Zurich", "Rome")):
        a_runner(tmp_path, text)
        ids.add(run("plan", file, "--json").document["plan_id"])
        (tmp_path / "maya.db").unlink()

    assert len(ids) == 3


def test_without_today_the_clock_of_the_runners_zone_counts(tmp_path):
    file = a_runner(tmp_path, MAYA.replace("start = 2026-11-30\n", ""))
    plan = run("plan", file, "--json", today=None).document

    assert plan["start"] == plan["made_on"]


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "PYTHONIOENCODING": "ascii"},
    ],
)
def test_the_same_input_gives_the_same_bytes_everywhere(tmp_path, environment):
    here = run("plan", a_runner(tmp_path), "--json").raw
    calendar = (tmp_path / "maya.ics").read_bytes()
    (tmp_path / "maya.db").unlink()
    (tmp_path / "maya.ics").unlink()
    command = [sys.executable, "-m", "planner.cli.main", "plan", tmp_path / "maya.toml"]

    there = subprocess.run(
        [*command, "--json", "--today", TODAY],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, **environment},
    )

    assert there.stdout == here
    assert (tmp_path / "maya.ics").read_bytes() == calendar


def test_a_slow_command_says_on_a_terminal_that_it_is_at_work(tmp_path):
    file = a_runner(tmp_path)
    script = (
        "import planner.cli.printing as printing\nprinting.PATIENCE_SECONDS = 0\n"
        "from planner.cli.main import main\n"
        f"main(['plan', {str(file)!r}, '--today', {TODAY!r}, '--json'])"
    )
    reader, writer = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=writer, cwd=ROOT, check=True
    )
    os.close(writer)
    said = os.read(reader, 1000).decode()
    os.close(reader)

    assert said.startswith("Planning …")
    assert b"Planning" not in done.stdout
