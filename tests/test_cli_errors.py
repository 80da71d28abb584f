"""What goes wrong is told in sentences, with the exit codes of the contract, and writes nothing."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import MAYA, ROOT, TODAY, a_runner, names_in, run
from tests.users import as_plain_user, open_folder

COMMANDS = ("plan", "show", "check", "rules")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command):
    done = run(command, "--help", today=None)

    assert done.code == 0
    assert f"Example: runback {command}" in done.out
    assert "--json" in done.out
    assert "--today" in done.out


@pytest.mark.parametrize(
    "args",
    [
        ("plan",),
        ("plan", "maya.toml", "--weeks", "53"),
        ("plan", "maya.toml", "--today", "tomorrow"),
        ("plan", "maya.toml", "--colour"),
        ("plan", "maya.toml", "--json", "--ics", "-"),
        ("show", "maya.toml", "--week", "1", "--all"),
        ("fly", "maya.toml"),
        (),
    ],
)
def test_wrong_usage_exits_with_2(args):
    done = run(*args, today=None)

    assert done.code == 2
    assert done.err != ""


@pytest.mark.parametrize("given", ["abc", "0", "99", "1.5", ""])
def test_weeks_that_are_no_number_of_weeks_are_refused_in_a_plain_sentence(given):
    done = run("plan", "maya.toml", "--weeks", given)

    assert done.code == 2
    assert done.err.endswith("Error: --weeks takes a whole number from 1 to 52.\n")


def test_a_week_to_show_is_a_whole_number_too():
    done = run("show", "maya.toml", "--week", "0")

    assert done.code == 2
    assert done.err.endswith("Error: --week takes a whole number from 1 on.\n")


@pytest.mark.parametrize("options", [(), ("--limits",), ("--plan",)])
def test_a_file_without_permission_is_told_in_our_words(options):
    """Also where a file is an option's value: only those who read it tell what is wrong.

    The first run loads the program, which a plain user may have no way to.
    """
    with open_folder() as folder:
        runner, closed = a_runner(folder), a_runner(folder, name="closed.toml")
        closed.chmod(0)
        runner.chmod(0o644)
        args = ["check", *((runner, *options) if options else ()), closed]
        run(*args)

        told = as_plain_user(lambda: "{0.code} {0.out}{0.err}".format(run(*args)))

    assert re.match(r"3 \S*closed.toml(:| can't be read).*permission", told, re.IGNORECASE)


@pytest.mark.parametrize(
    ("args", "code"),
    [(["rules"], 0), (["--help"], 0), (["show", "nobody.toml", "--json"], 3)],
)
def test_a_pipe_that_is_closed_ends_quietly(args, code):
    """``runback rules | head -1``: one line is read, then nobody listens any more."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "planner.cli.main", *args],
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        check=False,
    )
    os.close(writer)

    assert done.returncode == code
    assert ("there is no such file" in done.stderr) is bool(code)
    assert len(done.stderr.splitlines()) == bool(code)


def test_a_pipe_closed_under_the_function_is_quiet_at_the_interpreters_exit():
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-c", "from planner.cli.main import main\nmain.main(['rules'])"],
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        check=False,
    )
    os.close(writer)

    assert (done.returncode, done.stderr) == (0, "")


def test_version_is_told():
    done = run("--version", today=None)

    assert done.code == 0
    # Without an installation there is no number to tell.
    assert re.match(r"runback( \d+\.\d+\.\d+|, run from its source)", done.out)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("[runner\n", "line 1"),
        (MAYA.replace("runs = 3", "rnus = 3"), "runs"),
        (MAYA.replace("2026-11-30", "2026-11-31"), "line"),
        (MAYA.replace("1.0", "nan"), "pain_today"),
    ],
)
def test_a_file_that_is_not_understood_exits_with_3_and_writes_nothing(tmp_path, text, said):
    done = run("plan", a_runner(tmp_path, text))

    assert (done.code, done.out) == (3, "")
    assert said in done.err
    assert "Traceback" not in done.err
    assert names_in(tmp_path) == ["maya.toml"]


def test_json_tells_the_error_too(tmp_path):
    done = run("plan", tmp_path / "nobody.toml", "--json")

    assert done.code == 3
    assert set(done.document["error"]) == {"code", "message", "try"}
    assert done.document["error"]["code"] == 3
    assert done.document["error"]["message"] in done.err


def test_json_tells_wrong_usage_too():
    done = run("plan", "--json", today=None)

    assert (done.code, done.document["error"]["code"]) == (2, 2)


@pytest.mark.parametrize("name", ["maya.db", "maya.ics"])
def test_a_runners_file_that_the_plan_would_overwrite_is_refused(tmp_path, name):
    file = a_runner(tmp_path, name=name)
    done = run("plan", file)

    assert done.code == 3
    assert "written over it" in done.err
    assert file.read_text(encoding="utf-8") == MAYA


@pytest.mark.parametrize("name", [".", "/", "samples"])
def test_a_folder_is_no_runners_file(name):
    done = run("plan", name)

    assert (done.code, done.out) == (3, "")
    assert "folder" in done.err


def test_a_file_name_that_is_no_text_is_still_told(tmp_path):
    name = os.fsdecode(bytes(tmp_path / "maya") + b"\xff.toml")
    done = in_a_process(f"from planner.cli.main import main\nmain(['show', {name!r}, '--json'])")

    assert done.returncode == 3
    assert "there is no such file" in json.loads(done.stdout)["error"]["message"]


def test_a_calendar_that_cannot_be_written_leaves_no_journal(tmp_path):
    done = run("plan", a_runner(tmp_path), "--ics", tmp_path / "missing" / "maya.ics")

    assert done.code == 3
    assert "there is no folder" in done.err
    assert names_in(tmp_path) == ["maya.toml"]


def hinder(journal: Path) -> None:
    """A trigger stands for whatever may hinder the last write, a full disk for example."""
    other = sqlite3.connect(journal)
    other.execute(
        "CREATE TRIGGER no BEFORE INSERT ON revisions BEGIN SELECT RAISE(ABORT, 'full'); END"
    )
    other.commit()
    other.close()


def test_a_journal_that_cannot_be_written_leaves_the_calendar_as_it_was(tmp_path):
    file = a_runner(tmp_path)
    run("plan", file)
    calendar = (tmp_path / "maya.ics").read_bytes()
    hinder(tmp_path / "maya.db")
    a_runner(tmp_path, MAYA.replace("weeks = 2", "weeks = 3"))
    done = run("plan", file)

    assert done.code == 3
    assert (tmp_path / "maya.ics").read_bytes() == calendar
    assert names_in(tmp_path) == ["maya.db", "maya.ics", "maya.toml"]


def test_a_first_calendar_goes_away_when_the_journal_fails(tmp_path):
    file = a_runner(tmp_path)
    run("plan", file)
    (tmp_path / "maya.ics").unlink()
    hinder(tmp_path / "maya.db")
    a_runner(tmp_path, MAYA.replace("weeks = 2", "weeks = 3"))
    done = run("plan", file)

    assert done.code == 3
    assert names_in(tmp_path) == ["maya.db", "maya.toml"]


def test_a_journal_that_is_none_is_told_before_anything_is_written(tmp_path):
    file = a_runner(tmp_path)
    (tmp_path / "maya.db").write_bytes(b"this is no database, but long enough to be taken for one")
    done = run("plan", file)

    assert done.code == 3
    assert names_in(tmp_path) == ["maya.db", "maya.toml"]


def test_a_calendar_in_place_of_the_runners_file_is_refused(tmp_path):
    file = a_runner(tmp_path)
    done = run("plan", file, "--ics", file)

    assert done.code == 3
    assert file.read_text(encoding="utf-8") == MAYA


@pytest.mark.parametrize("command", ["show", "check"])
def test_no_plan_yet_is_told_with_what_to_do(tmp_path, command):
    file = a_runner(tmp_path)
    done = run(command, file)

    assert done.code == 3
    assert f"There is no plan for {file} yet" in done.err
    assert f"runback plan {file}" in done.err
    assert names_in(tmp_path) == ["maya.toml"]


FOR_A_STORED_PLAN = [
    ("show",),
    ("check",),
    ("replan",),
    ("undo",),
    ("flare", "--pain", "6", "--no-red-flags"),
    ("publish", "--vdir", "calendar"),
    ("care", "--for"),
]


@pytest.mark.parametrize("command", FOR_A_STORED_PLAN, ids=" ".join)
def test_a_file_that_is_not_there_is_told_as_such_and_not_as_one_without_a_plan(tmp_path, command):
    done = run(*command, tmp_path / "nobody.toml")

    assert done.code == 3
    assert "nobody.toml: there is no such file" in done.err
    assert names_in(tmp_path) == []


@pytest.mark.parametrize("command", FOR_A_STORED_PLAN, ids=" ".join)
def test_a_folder_is_not_a_file_without_a_plan(tmp_path, command):
    done = run(*command, tmp_path)

    assert done.code == 3
    assert "is a folder" in done.err


def in_a_process(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **environment},
        check=False,
    )


FAULTY = """
import planner.profile
from planner.cli.main import main
def broken(*args, **kwargs): raise KeyError("limits.toml has no such key")
planner.profile.read_runner = broken
main(["plan", "maya.toml", "--json"])
"""


def test_a_fault_of_the_program_is_a_sentence_and_exits_with_1():
    done = in_a_process(FAULTY)

    assert done.returncode == 1
    assert "A fault in runback, not in your file" in done.stderr
    assert "Traceback" not in done.stderr
    assert '"code": 1' in done.stdout


def test_a_fault_shows_where_it_happened_when_asked():
    done = in_a_process(FAULTY, RUNBACK_DEBUG="1")

    assert done.returncode == 1
    assert "Traceback" in done.stderr


def test_a_full_disk_behind_standard_output_is_a_sentence():
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "planner.cli.main", "rules"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            check=False,
        )

    assert done.returncode == 1
    assert done.stderr.startswith("The system refused: ")


def test_a_rule_of_another_package_that_cannot_be_loaded_is_named(tmp_path):
    info = tmp_path / "others-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: others\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[runback.rules]\nslow = nowhere:Slow\n")
    done = in_a_process(
        "from planner.cli.main import main\nmain(['rules'])", PYTHONPATH=f"{ROOT}:{tmp_path}"
    )

    assert done.returncode == 1
    assert "The rule slow (nowhere:Slow) can't be loaded" in done.stderr


def test_a_rule_of_another_package_is_in_the_rulebook(tmp_path):
    info = tmp_path / "others-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: others\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[runback.rules]\nquiet = others:Quiet\n")
    (tmp_path / "others.py").write_text(
        "from planner.rule import Stage, Tier\n"
        "class Quiet:\n"
        "    name, title, sources = 'quiet-sundays', 'No running on Sundays', ()\n"
        "    stage, tier = Stage.PLACE, Tier.LIMIT\n"
        "    def post(self, request, view, model):\n"
        "        for day in range(request.days):\n"
        "            if request.weekday(day) == 6: model.add(view.run(day) == 0)\n"
        "        return 0\n"
        "    def breaches(self, request, plan):\n"
        "        return iter(())\n"
    )
    file = a_runner(tmp_path)
    script = (
        "from planner.cli.main import main\n"
        f"main(['plan', {str(file)!r}, '--today', {TODAY!r}, '--json'])"
    )
    done = in_a_process(script, PYTHONPATH=f"{ROOT}:{tmp_path}")

    assert done.returncode == 0
    plan = json.loads(done.stdout)
    # 6 and 13 December 2026 are Sundays.
    sundays = [day for day in plan["days"] if day["date"] in ("2026-12-06", "2026-12-13")]
    assert [s["run_minutes"] for day in sundays for s in day["sessions"] if s["run_minutes"]] == []


@pytest.mark.parametrize("day", ["9999-12-30", "1969-12-31"])
def test_a_day_that_nobody_plans_for_is_refused_in_a_sentence(tmp_path, day):
    done = run("plan", a_runner(tmp_path), "--no-red-flags", today=day)

    assert done.code == 2
    assert f"{day} is not between the years 1970 and 2200" in " ".join(done.err.split())
    assert names_in(tmp_path) == ["maya.toml"]


@pytest.mark.parametrize(
    ("args", "help_on"),
    [(("log", "maya.toml"), "runback log"), (("shwo",), "runback")],
)
def test_wrong_usage_says_where_the_right_one_stands(args, help_on):
    error = run(*args, "--json", today=None).document["error"]

    assert (error["code"], error["try"]) == (2, f"See {help_on} --help.")


@pytest.mark.parametrize("command", [("show",), ("why", "today"), ("replan",)], ids=" ".join)
def test_of_a_file_that_is_not_there_no_plan_is_offered(tmp_path, command):
    name, *rest = command
    done = run(name, tmp_path / "nope.toml", *rest)

    assert done.code == 3
    assert "nope.toml: there is no such file. Check the name." in done.err
