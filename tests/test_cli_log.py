"""``runback log``: what was done, stored and told."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from datetime import date

import pytest

from planner.history import Logged, LogKind
from planner.plan import Kind
from tests.commands import ROOT, a_runner, names_in, run
from tests.logs import MONDAY, RUN_WALK, entries, history, log, maya, on


def test_a_run_is_stored_and_told_in_plain_words(tmp_path):
    file = maya(tmp_path)
    done = log(file, "--ran", "12", "--pain-during", "1", "--rpe", "4", "--note", "wet")

    assert done.code == 0
    assert done.out.startswith(
        "Logged for Mon 30 Nov 2026: run/walk with 12 min of running; pain 1"
    )
    assert entries(file)[0, "run"] == Logged(
        on=MONDAY,
        kind=LogKind.RUN,
        run_minutes=12,
        pain_during=1,
        rpe=4,
        note="wet",
        session_kind=Kind.RUN_WALK,
    )


def test_lines_fit_a_terminal(tmp_path):
    done = log(maya(tmp_path), "--ran", "12", "--pain-during", "7", "--note", "word " * 60)

    assert max(map(len, done.out.splitlines())) <= 80


def test_the_day_can_be_given_by_date_or_as_yesterday(tmp_path):
    file = maya(tmp_path)
    log(file, "2026-12-02", "--ran", "15", day=4)
    log(file, "yesterday", "--walked", "20", day=4)

    assert list(entries(file)) == [(2, "run"), (3, "walk")]


def test_a_run_before_any_plan_is_a_fact_too(tmp_path):
    file = a_runner(tmp_path)
    done = run("log", file, "2026-10-01", "--ran", "25")

    assert done.code == 0
    assert history(file).logged == (Logged(on=date(2026, 10, 1), kind=LogKind.RUN, run_minutes=25),)


def test_the_morning_after_is_added_to_the_run(tmp_path):
    file = maya(tmp_path)
    log(file, "--done", "--pain-during", "1", "--pain-after", "0.5")
    done = log(file, "yesterday", "--pain-morning", "1", day=1)

    run_ = entries(file)[0, "run"]
    assert (run_.pain_during, run_.pain_after, run_.pain_morning) == (1, 0.5, 1)
    assert run_.steps == RUN_WALK.steps
    assert "Replaced" not in done.out


def test_the_morning_after_today_has_not_come_yet(tmp_path):
    file = maya(tmp_path)
    done = log(file, "--pain-morning", "1.5")

    assert (done.code, done.out) == (3, "")
    assert f"runback log {file} 2026-11-29 --pain-morning 1.5" in done.err
    assert history(file).logged == ()


def test_the_same_again_replaces_and_says_so(tmp_path):
    file = maya(tmp_path)
    log(file, "--ran", "12")
    done = log(file, "--ran", "14")

    assert entries(file)[0, "run"].run_minutes == 14
    assert "Replaced: run/walk with 12 min of running." in done.out


def test_days_done_since_a_date(tmp_path):
    file = maya(tmp_path, Logged(on=on(2), kind=LogKind.DAY, skipped=True))
    done = log(file, "--done", "--from", "2026-11-30", day=5)

    # Monday (two sessions), Thursday and Saturday; Wednesday was skipped.
    assert list(entries(file)) == [(0, "run"), (0, "walk"), (2, "day"), (3, "walk"), (5, "run")]
    assert "Logged as planned: 3 days from Mon 30 Nov 2026 to Sat 5 Dec 2026." in done.out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("2026-12-25", "--ran", "20"), "2026-12-25 lies ahead (today is 2026-11-30)"),
        (("2025-11-29", "--ran", "20"), "more than a year ago"),
        (("2026-12-01", "--done"), "lies ahead"),
        (("2026-11-29", "--done"), "Nothing that could be logged is planned on Sun 29 Nov 2026"),
    ],
)
def test_days_that_can_not_be_logged_are_told(tmp_path, args, said):
    file = maya(tmp_path)
    done = log(file, *args)

    assert (done.code, done.out) == (3, "")
    assert said in done.err
    assert history(file).logged == ()


POINTS = "takes a number from 0 to 10, halves allowed, like 2 or 2.5."
MINUTES = "takes minutes from 0 to 1440, like 30 or 12.5."


@pytest.mark.parametrize(
    ("args", "said"),
    [
        *(
            (("--pain", text), f"--pain {POINTS}")
            for text in ("11", "-1", "nan", "1e0", "2.3", "bad", "", "٣", "1_0")
        ),
        *(
            (("--ran", text), f"--ran {MINUTES}")
            for text in ("1e9", "inf", "-5", "1441", "1,440", "0.001", "20min")
        ),
        (("--ran", "0"), "--ran takes minutes above 0"),
        (("--walked", "0"), "--walked 0 says that a run had no breaks"),
        (("--skipped", "--ran", "5"), "--skipped says that nothing planned was done"),
        (("--skipped", "--strength"), "--skipped says"),
        (("--skipped", "--pain-during", "0"), "--skipped says"),
        (("--skipped", "--done"), "--skipped says"),
        (("--done", "--ran", "5"), "--done says that everything was done as planned"),
        (("--from", "2026-11-30"), "--from goes with --done"),
        (("--from", "2026-11-30", "--done", "--pain", "1"), "--from goes with --done"),
        (("2026-11-29", "--from", "2026-11-30", "--done"), "lies after"),
        (("--from", "soon", "--done"), "'soon' is no date"),
        (("someday", "--ran", "5"), "'someday' is no date"),
        (("--ran", "5", "--note", "x" * 501), "--note takes up to 500 characters"),
        ((), "Tell what was done, or how it hurt. Example: runback log maya.toml"),
    ],
)
def test_what_can_not_be_meant_is_refused_in_one_sentence(tmp_path, args, said):
    file = maya(tmp_path)
    done = log(file, *args)

    assert (done.code, done.out) == (2, "")
    assert said in " ".join(done.err.split())
    assert history(file).logged == ()


@pytest.mark.parametrize(
    ("text", "minutes"), [("12,5", 12.5), ("12.333333", 12.33), ("1440", 1440)]
)
def test_minutes_as_people_write_them(tmp_path, text, minutes):
    file = maya(tmp_path)
    log(file, "--ran", text)

    assert entries(file)[0, "run"].run_minutes == minutes


def test_a_note_stays_on_one_line_without_controls(tmp_path):
    file = maya(tmp_path)
    log(file, "--ran", "5", "--note", "wet\n\x1b[31mcold\udcff ")

    assert entries(file)[0, "run"].note == "wet [31mcold"


@pytest.mark.parametrize("name", ["nobody.toml", "."])
def test_a_file_that_is_none_is_told_and_nothing_is_written(tmp_path, name):
    done = run("log", tmp_path / name, "--ran", "5")

    assert done.code == 3
    assert "Traceback" not in done.err
    assert names_in(tmp_path) == []


def test_without_options_and_without_a_terminal_nothing_is_asked(tmp_path):
    done = run("log", maya(tmp_path), today=None)

    assert (done.code, done.out) == (2, "")
    assert "Example: runback log maya.toml --ran 20 --pain-during 1" in done.err


def test_it_brings_in_no_solver_calendar_or_table(tmp_path):
    file = maya(tmp_path)
    script = textwrap.dedent(f"""
        import sys
        from planner.cli.main import main
        try: main.main(["log", {str(file)!r}, "--ran", "12", "--today", "2026-11-30"])
        except SystemExit as end: print("|", end.code, *(
            name for name in ("ortools", "icalendar", "rich") if name in sys.modules))
    """)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert done.stdout.split("|")[-1].split() == ["0"]
