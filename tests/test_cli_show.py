"""``runback show``: the stored plan in the terminal."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from contextlib import suppress

from tests.commands import MAYA, ROOT, a_runner, run


def weeks_in(text: str) -> list[str]:
    return re.findall(r"^Week (\d+)", text, flags=re.MULTILINE)


def four_weeks(folder):
    file = a_runner(folder, MAYA.replace("weeks = 2", "weeks = 4"))
    run("plan", file)
    return file


def test_show_begins_with_the_week_of_today(tmp_path):
    file = four_weeks(tmp_path)

    # 9 December is in the second week of a plan from 30 November.
    assert weeks_in(run("show", file, today="2026-12-09").out) == ["2", "3"]


def test_show_before_and_after_the_plan_keeps_to_its_weeks(tmp_path):
    file = four_weeks(tmp_path)

    assert weeks_in(run("show", file, today="2026-11-01").out) == ["1", "2"]
    assert weeks_in(run("show", file, today="2027-11-01").out) == ["4"]


def test_one_week_and_all_weeks(tmp_path):
    file = four_weeks(tmp_path)

    assert weeks_in(run("show", file, "--week", "3").out) == ["3"]
    assert weeks_in(run("show", file, "--all").out) == ["1", "2", "3", "4"]


def test_a_week_the_plan_does_not_have_is_told(tmp_path):
    done = run("show", four_weeks(tmp_path), "--week", "5")

    assert (done.code, done.out) == (3, "")
    assert "no week 5" in done.err


def test_show_gives_the_same_document_as_plan(tmp_path):
    file = a_runner(tmp_path)
    planned = run("plan", file, "--json").document

    shown = run("show", file, "--json").document
    assert (shown.pop("fits"), shown.pop("advice")) == (True, [])
    assert shown == planned


def test_show_needs_only_the_journal(tmp_path):
    file = four_weeks(tmp_path)
    file.unlink()

    assert run("show", file).code == 0


def on_a_terminal(args: list[str], **environment: str) -> str:
    """What the command prints when its output is a terminal."""
    reader, writer = pty.openpty()
    plain = {key: os.environ[key] for key in os.environ if key not in ("NO_COLOR", "FORCE_COLOR")}
    process = subprocess.Popen(
        [sys.executable, "-m", "planner.cli.main", *args],
        stdout=writer,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={**plain, "TERM": "xterm-256color", **environment},
    )
    os.close(writer)
    said = b""
    # Linux reports the end of a terminal as an error (EIO).
    with os.fdopen(reader, "rb", buffering=0) as terminal, suppress(OSError):
        while part := terminal.read(65536):
            said += part
    assert process.wait() == 0
    return said.decode()


def test_colours_only_on_a_terminal(tmp_path):
    file = four_weeks(tmp_path)

    assert "\x1b[" in on_a_terminal(["show", str(file)])
    assert "\x1b[" not in run("show", file).out


def test_no_color_is_heeded_on_a_terminal(tmp_path):
    assert "\x1b[" not in on_a_terminal(["show", str(four_weeks(tmp_path))], NO_COLOR="1")
