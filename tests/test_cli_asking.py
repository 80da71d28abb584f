"""The red flag questions on a terminal, one by one, and their options for scripts.

The command under test is a small one of this file; run as a program it talks to a real terminal.
"""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import click
import pytest
from click.testing import CliRunner

from planner.cli.asking import (
    advice,
    answered,
    cleared_day,
    is_on_terminal,
    refuse_emergency,
    triage_options,
)
from planner.errors import CareFirst, InputError
from planner.history import Answer, History
from planner.triage import standing
from rules.loading import load_limits, load_triage
from tests.commands import ROOT

TODAY = date(2026, 11, 23)
QUESTIONS = load_triage()
HISTORY = History()
NO = "n\n"
TO_RF21 = NO * 20


def command_for(history: History, *, must: bool, on_terminal: bool | None) -> click.Command:
    """A command that prints what was answered, as JSON on standard output."""

    @click.command()
    @triage_options
    def command(no_red_flags: bool, red_flags: tuple[str, ...], cleared: date | None) -> None:
        where = standing(history, QUESTIONS)
        cleared_day(cleared, red_flags, where=where, today=TODAY)
        answer = answered(
            no_red_flags,
            red_flags,
            history=history,
            today=TODAY,
            limits=load_limits(),
            questions=QUESTIONS,
            on_terminal=is_on_terminal() if on_terminal is None else on_terminal,
            must=must,
        )
        click.echo(json.dumps(None if answer is None else answer.flags))

    return command


def ask(
    typed: str, history: History = HISTORY, must: bool = True, *options: str, terminal: bool = True
) -> Any:
    """Answer on a terminal what is typed."""
    command = command_for(history, must=must, on_terminal=terminal)
    return CliRunner().invoke(command, options, input=typed)


def script(*options: str, history: History = HISTORY, must: bool = False) -> Any:
    """The same without a terminal."""
    return ask("", history, must, *options, terminal=False)


def flags_of(done: Any) -> list[str] | None:
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def answers(**given: Any) -> History:
    return History(answers=(Answer(**given),))


def test_no_to_every_question_is_no_flag():
    done = ask(NO * len(QUESTIONS))

    assert flags_of(done) == []
    assert "22 of 22: " in done.stderr


def test_a_yes_that_is_no_emergency_is_noted_and_the_rest_is_asked():
    assert flags_of(ask(NO * 10 + "y\n" + NO * 10 + "y\n")) == ["RF11", "RF22"]


def test_the_first_emergency_yes_ends_the_questions():
    done = ask(NO + "y\n")

    assert flags_of(done) == ["RF2"]
    assert "3 of 22" not in done.stderr


def test_no_answer_is_taken_for_granted():
    done = ask("\n" + NO * len(QUESTIONS))

    assert flags_of(done) == []
    assert done.stderr.count("\n1 of 22: ") == 2


def test_leaving_in_the_middle_answers_nothing():
    done = ask(NO * 3)

    assert done.exit_code != 0
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("fitting", "flags"), [("0", []), ("3", []), ("4", ["RF21"]), ("9", ["RF21"])]
)
def test_the_nine_signs_count_from_four_on(fitting, flags):
    assert flags_of(ask(TO_RF21 + f"y\n{fitting}\n" + NO)) == flags


def test_the_nine_signs_stand_on_lines_of_their_own_after_a_yes_to_the_opening():
    asked = ask(TO_RF21 + "y\n3\n" + NO).stderr
    not_asked = ask(TO_RF21 + NO + NO).stderr

    assert asked.count("\n  - ") == 9
    assert "\n  - " not in not_asked


@pytest.mark.parametrize(("fitting", "is_told"), [("2", False), ("3", True), ("4", False)])
def test_exactly_three_of_nine_get_their_own_advice(fitting, is_told):
    assert ("HLA-B27" in ask(TO_RF21 + f"y\n{fitting}\n" + NO).stderr) is is_told


def test_a_number_of_signs_beyond_nine_is_asked_for_again():
    assert flags_of(ask(TO_RF21 + "y\n10\n0\n" + NO)) == []


def test_lines_are_no_wider_than_a_terminal():
    lines = ask(TO_RF21 + "y\n3\n" + NO).stderr.splitlines()

    assert [line for line in lines if len(line) > 80] == []


@pytest.mark.parametrize(("changed", "flags"), [("y", ["RF12"]), ("n", [])])
def test_what_she_was_cleared_of_counts_only_when_it_has_changed(changed, flags):
    cleared = answers(on=date(2026, 9, 1), flags=("RF12",), cleared_on=date(2026, 9, 3))

    done = ask(NO * 11 + f"y\n{changed}\n" + NO * 10, cleared)

    assert flags_of(done) == flags
    assert "cleared you of this on Thu 3 Sep 2026" in " ".join(done.stderr.split())


def test_an_emergency_sign_that_was_cleared_and_has_not_changed_does_not_end_the_questions():
    cleared = answers(on=date(2026, 9, 1), flags=("RF4",), cleared_on=date(2026, 9, 3))

    assert flags_of(ask(NO * 3 + "y\nn\n" + NO * 17 + "y\n", cleared)) == ["RF22"]


def test_what_is_in_force_is_not_asked_again():
    done = ask(NO * 21, answers(on=date(2026, 11, 10), flags=("RF15",)))

    assert flags_of(done) == []
    assert "21 of 21: " in done.stderr
    assert "sneezing" not in done.stderr


@pytest.mark.parametrize(("days", "is_asked"), [(6, False), (7, True)])
def test_a_week_after_the_last_answers_the_questions_come_again(days, is_asked):
    before = answers(on=TODAY - timedelta(days=days))

    done = ask(NO * 22, before, False)

    assert flags_of(done) == ([] if is_asked else None)


def test_at_a_flare_the_questions_come_even_on_the_same_day():
    assert flags_of(ask(NO * 22, answers(on=TODAY), True)) == []


def test_a_rise_of_pain_is_a_reason_to_ask():
    given = {
        "history": answers(on=TODAY),
        "today": TODAY,
        "limits": load_limits(),
        "questions": QUESTIONS,
        "on_terminal": True,
        "must": False,
    }

    @click.command()
    def command() -> None:
        assert answered(False, (), **given) is None
        click.echo(answered(False, (), **given, pain_rose=True).flags)

    assert "()" in CliRunner().invoke(command, input=NO * 22).stdout


def test_options_answer_for_scripts_and_on_a_terminal():
    assert flags_of(script("--no-red-flags")) == []
    assert flags_of(script("--red-flag", "RF22", "--red-flag", "rf5")) == ["RF5", "RF22"]
    assert flags_of(ask("", HISTORY, True, "--no-red-flags")) == []


def test_without_a_terminal_nobody_is_asked():
    assert flags_of(script()) is None


def test_who_must_answer_without_a_terminal_is_told_how():
    done = script(must=True)

    assert done.exit_code == 2
    assert "--no-red-flags" in done.stderr
    assert "--red-flag ID" in done.stderr


def test_yes_and_no_at_once_contradict_each_other():
    done = script("--no-red-flags", "--red-flag", "RF1")

    assert done.exit_code == 2
    assert "contradict" in done.stderr


@pytest.mark.parametrize(("name", "near"), [("RF222", "RF22"), ("FR7", "RF7")])
def test_a_red_flag_that_is_none_gets_the_nearest_and_where_the_list_is(name, near):
    done = script("--red-flag", name)

    assert done.exit_code == 2
    assert f"Did you mean {near}?" in done.stderr
    assert "When not to run" in done.stderr


def test_a_no_later_on_the_day_keeps_the_yes_of_the_morning():
    assert flags_of(script("--no-red-flags", history=answers(on=TODAY, flags=("RF1",)))) == ["RF1"]


def test_a_date_that_is_none_is_refused():
    done = script("--cleared", "yesterday")

    assert done.exit_code == 2
    assert "write it like 2026-11-30" in done.stderr


def test_cleared_and_a_new_red_flag_are_two_commands():
    done = script("--cleared", "2026-11-23", "--red-flag", "RF5")

    assert done.exit_code == 2
    assert "second command" in done.stderr


def test_cleared_in_the_future_is_refused():
    where = standing(answers(on=TODAY, flags=("RF5",)), QUESTIONS)

    with pytest.raises(InputError, match="lies ahead"):
        cleared_day(TODAY + timedelta(days=1), (), where=where, today=TODAY)


def test_cleared_before_the_yes_is_refused():
    where = standing(answers(on=TODAY, flags=("RF5",)), QUESTIONS)

    with pytest.raises(InputError, match="clears nothing"):
        cleared_day(TODAY - timedelta(days=1), (), where=where, today=TODAY)


@pytest.mark.parametrize("flags", [("RF5",), ()], ids=["in force", "nothing in force"])
def test_cleared_today_is_taken(flags):
    where = standing(answers(on=TODAY, flags=flags), QUESTIONS)

    assert cleared_day(TODAY, (), where=where, today=TODAY) == TODAY


def test_an_emergency_ends_with_code_7_what_to_call_and_how_to_go_on():
    where = standing(answers(on=TODAY, flags=("RF1",)), QUESTIONS)

    with pytest.raises(CareFirst) as stop:
        refuse_emergency(where, "Europe/Zurich", QUESTIONS)

    assert stop.value.exit_code == 7
    assert stop.value.message.startswith("Get help now: call 144 ")
    assert "--cleared" in stop.value.try_


def test_advice_where_the_country_is_not_known_names_no_number():
    where = standing(answers(on=TODAY, flags=("RF1",)), QUESTIONS)

    assert "your local emergency number" in advice(where, "UTC", QUESTIONS)[0]


def on_a_real_terminal(typed: str) -> str:
    """What a terminal shows of this file's command, run as a program."""
    ours, theirs = pty.openpty()
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.test_cli_asking"],
        cwd=ROOT,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    os.write(ours, typed.encode())
    shown = b""
    # A terminal whose program has ended reports an error instead of an end.
    with suppress(OSError):
        while part := os.read(ours, 4096):
            shown += part
    os.close(ours)
    assert program.wait(timeout=60) == 0
    return shown.decode()


def test_on_a_real_terminal_the_questions_are_asked():
    shown = on_a_real_terminal("n\ny\n")

    assert "1 of 22: Have you noticed new numbness" in shown
    assert shown.rstrip().endswith('["RF2"]')


def test_without_a_real_terminal_the_program_waits_for_nobody():
    done = subprocess.run(
        [sys.executable, "-m", "tests.test_cli_asking"],
        cwd=ROOT,
        input="n\ny\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 2
    assert "1 of 22" not in done.stderr


if __name__ == "__main__":
    command_for(HISTORY, must=True, on_terminal=None)()
