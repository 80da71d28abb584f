"""``runback log`` on a terminal: three questions, and the red flags one by one."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from contextlib import suppress

from planner.history import Answer, Logged, LogKind
from tests.commands import ROOT
from tests.logs import MONDAY, RUN_WALK, entries, history, maya, on, unwrapped


def typed_on_a_terminal(folder, *answers: str, args=(), day=0) -> tuple[int, str]:
    """Exit code and all that a terminal shows when these lines are typed one after the other."""
    terminal, inside = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "planner.cli.main", "log", *args, "--today", str(on(day))],
        stdin=inside,
        stdout=inside,
        stderr=inside,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
    )
    os.close(inside)
    # Then Control-D: whoever asks for more than was typed stops, and does not wait for ever.
    os.write(terminal, "".join(f"{answer}\n" for answer in (*answers, "\x04")).encode())
    said = b""
    # Linux reports the end of a terminal as an error (EIO).
    with os.fdopen(terminal, "rb", buffering=0) as reader, suppress(OSError):
        while part := reader.read(65536):
            said += part
    return process.wait(), unwrapped(said.decode())


def test_three_questions_without_naming_the_file(tmp_path):
    file = maya(tmp_path)
    (tmp_path / "other.toml").write_text("no journal beside it")
    code, said = typed_on_a_terminal(tmp_path, "yes", "1.5", "1")

    assert code == 0
    assert "Mon 30 Nov 2026: Run walk 30 min, Walk 20 min." in said
    assert [number for number in ("1. ", "2. ", "3. ", "4. ") if number in said] == [
        "1. ",
        "2. ",
        "3. ",
    ]
    run_ = entries(file)[0, "run"]
    assert (run_.pain_during, run_.pain_after, run_.steps) == (1.5, 1, RUN_WALK.steps)
    assert entries(file)[0, "walk"].walk_minutes == 20


def test_the_third_question_takes_this_mornings_pain_along(tmp_path):
    file = maya(tmp_path, Logged(on=on(2), kind=LogKind.RUN, run_minutes=15))
    code, said = typed_on_a_terminal(tmp_path, "10", "0", "0.5 2", args=[str(file)], day=3)

    assert code == 0
    assert "the morning after the run of Wed 2 Dec 2026" in said
    assert entries(file)[2, "run"].pain_morning == 2
    # Thursday holds a walk alone, so the minutes are those of the walk.
    walk = entries(file)[3, "walk"]
    assert (walk.walk_minutes, walk.pain_during, walk.pain_after) == (10, 0, 0.5)


def test_no_means_skipped_and_asks_for_the_pain_of_the_day(tmp_path):
    file = maya(tmp_path)
    code, said = typed_on_a_terminal(tmp_path, "no", "3")

    assert code == 0
    assert "Worst pain of the day" in said
    assert entries(file) == {(0, "day"): Logged(on=MONDAY, kind=LogKind.DAY, skipped=True, pain=3)}


def test_an_answer_that_is_none_is_asked_for_again_and_enter_leaves_it_open(tmp_path):
    file = maya(tmp_path)
    code, said = typed_on_a_terminal(tmp_path, "perhaps", "12", "eleven", "", "")

    assert code == 0
    assert "Answer yes or no, or give the minutes alone" in said
    assert "Give a number from 0 to 10" in said
    run_ = entries(file)[0, "run"]
    assert (run_.run_minutes, run_.pain_during, run_.pain_after) == (12, None, None)


def test_a_flare_has_the_questions_asked_at_once(tmp_path):
    file = maya(tmp_path)
    _, said = typed_on_a_terminal(tmp_path, args=[str(file), "--pain", "7"], day=1)

    assert "1 of 22" in said


def test_leaving_the_red_flags_unanswered_keeps_the_entry(tmp_path):
    file = maya(tmp_path, answers=())
    # Nothing is typed: the first of the questions that are due gets Control-D.
    code, said = typed_on_a_terminal(tmp_path, args=[str(file), "--ran", "12"])

    assert code == 5
    assert "1 of 22" in said
    assert entries(file)[0, "run"].run_minutes == 12
    assert history(file).answers == ()


def test_an_emergency_among_the_questions_stores_the_answer_alone(tmp_path):
    file = maya(tmp_path, answers=())
    code, said = typed_on_a_terminal(tmp_path, "n", "y", args=[str(file), "--ran", "12"])

    assert code == 7
    assert "was not stored" in said
    assert entries(file) == {}
    assert history(file).answers == (Answer(on=MONDAY, flags=("RF2",)),)


def test_two_plans_in_a_folder_need_a_name(tmp_path):
    maya(tmp_path)
    (tmp_path / "tom.toml").touch()
    (tmp_path / "tom.db").touch()
    code, said = typed_on_a_terminal(tmp_path, "")

    assert code == 2
    assert "Tell whose log it is" in said
