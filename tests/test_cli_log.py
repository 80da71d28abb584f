"""``runback log``: what was done and how it hurt, stored and told."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import textwrap
from contextlib import suppress
from datetime import date, timedelta

import pytest

from planner.history import Answer, History, Logged, LogKind, News, Told
from planner.journal import open_journal
from planner.plan import Kind, Session
from planner.profile import Back, Recent
from tests.commands import MAYA, ROOT, a_runner, names_in, run
from tests.plans import a_day, a_plan, a_session

MONDAY = date(2026, 11, 30)
RUN_WALK = a_session(Kind.RUN_WALK, 30)
WALK = a_session(Kind.WALK, 20)
WEEK = ((RUN_WALK, WALK), (), (RUN_WALK,), (WALK,), (), (RUN_WALK,), ())
"""Monday to Sunday; Tuesday, Friday and Sunday are rest days."""

BACK = Back(pain_today=1.0)
ANSWERED = (Answer(on=MONDAY),)


def on(day: int) -> date:
    """A day of the week; Monday is 0."""
    return MONDAY + timedelta(days=day)


def maya(folder, *known, answers=ANSWERED):
    """Maya's file, her plan of a week, and entries known before; the questions are answered."""
    file = a_runner(folder)
    days = [a_day(on(n), *(named(one, n) for one in given)) for n, given in enumerate(WEEK)]
    journal = open_journal(folder / "maya.db")
    journal.save(a_plan(*days), {})
    journal.record(News(logged=known, told=Told(on=MONDAY, recent=Recent(), back=BACK)))
    for answer in answers:
        journal.record(News(answer=answer))
    return file


def named(session: Session, day: int) -> Session:
    return session.model_copy(update={"id": f"{session.kind}-{day}"})


def log(file, *args, day=0):
    """The command on a day of the week."""
    return run("log", file, *args, today=str(on(day)))


def history(file) -> History:
    return open_journal(file.with_suffix(".db")).history()


def entries(file) -> dict[tuple[int, str], Logged]:
    """Entries by day of the week and kind."""
    return {((one.on - MONDAY).days, one.kind.value): one for one in history(file).logged}


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
        ((), "Tell whose log it is, and what was done. Example: runback log maya.toml"),
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


# --- what it means -------------------------------------------------------------------------------


def unwrapped(text: str) -> str:
    return " ".join(text.split())


def test_pain_above_five_is_a_flare_and_names_the_next_command(tmp_path):
    file = maya(tmp_path)
    done = log(file, "--ran", "15", "--pain-during", "6")

    assert "This counts as a flare: pain of 6 is more" in unwrapped(done.out)
    assert f"runback flare {file} --pain 6" in unwrapped(done.out)


def test_a_flare_of_an_earlier_day_is_dated(tmp_path):
    file = maya(tmp_path)
    done = log(file, "2026-11-30", "--pain", "7.5", day=2)

    assert f"runback flare {file} --pain 7.5 --on 2026-11-30" in unwrapped(done.out)


def test_a_morning_far_above_the_usual_is_a_flare(tmp_path):
    """Usual pain is 1 (``pain_today`` of her file), so 3.5 is two and a half points above it."""
    file = maya(tmp_path)
    log(file, "--done", "--pain-during", "1")
    done = log(file, "yesterday", "--pain-morning", "4.5", day=1)

    assert "the pain of that morning, 4.5, is well above your usual one" in unwrapped(done.out)


def test_a_worse_back_asks_to_plan_again(tmp_path):
    file = maya(tmp_path, Logged(on=on(0), kind=LogKind.DAY, pain=1))
    done = log(file, "--pain", "4", day=1)

    assert (
        f"Your back counts as moderate now (before: mild). Plan again: runback replan {file}"
        in (unwrapped(done.out))
    )


def test_before_the_first_plan_the_file_says_how_the_back_is(tmp_path):
    file = a_runner(tmp_path, MAYA.replace("pain_today = 1.0", "pain_today = 4.0"))

    assert run("log", file, "--walked", "10", "--json").document["state"] == "moderate"


def test_a_morning_above_the_usual_is_a_set_back(tmp_path):
    """Usual pain is 1; 2 is above it, and not by the two points of a flare."""
    file = maya(tmp_path)
    log(file, "--done", "--pain-during", "1")
    done = log(file, "yesterday", "--pain-morning", "2", day=1)

    assert (
        "The run on Mon 30 Nov 2026 counts as a set-back, so the next ones have to be easier. Plan "
        f"again: runback replan {file}"
    ) in unwrapped(done.out)


def test_an_ordinary_day_asks_for_nothing(tmp_path):
    done = log(maya(tmp_path), "--done", "--pain-during", "1")

    assert done.out.count("Logged for") == 2
    assert "replan" not in done.out
    assert "flare" not in done.out


def test_the_document_tells_the_same(tmp_path):
    file = maya(tmp_path, Logged(on=on(0), kind=LogKind.WALK, walk_minutes=10))
    document = log(file, "--walked", "20", "--pain", "4", "--json").document

    assert [(one["kind"], one["on"]) for one in document["logged"]] == [
        ("walk", "2026-11-30"),
        ("day", "2026-11-30"),
    ]
    assert [one["walk_minutes"] for one in document["replaced"]] == [10]
    assert (document["state"], document["triage"]) == ("moderate", "clear")
    assert any("replan" in sentence for sentence in document["advice"])


# --- red flags -----------------------------------------------------------------------------------


def test_an_emergency_answer_stores_nothing_but_itself(tmp_path):
    file = maya(tmp_path)
    done = log(file, "--ran", "15", "--red-flag", "RF1", day=1)

    assert (done.code, done.out) == (7, "")
    assert "What you told of your training was not stored." in done.err
    assert history(file).logged == ()
    assert history(file).answers[-1] == Answer(on=on(1), flags=("RF1",))


def test_another_flag_is_stored_with_the_entry_and_names_the_care(tmp_path):
    file = maya(tmp_path)
    done = log(file, "--ran", "15", "--red-flag", "rf10", day=1)

    assert done.code == 0
    assert (1, "run") in entries(file)
    assert history(file).answers[-1].flags == ("RF10",)
    assert "--cleared" in done.out


def test_while_the_plan_is_withdrawn_facts_are_kept_and_the_care_is_told(tmp_path):
    file = maya(tmp_path, answers=(Answer(on=MONDAY, flags=("RF1",)),))
    done = log(file, "--walked", "10", day=1)

    assert done.code == 0
    assert (1, "walk") in entries(file)
    assert "Your plan is withdrawn" in unwrapped(done.out)


def test_cleared_alone_is_stored_and_told(tmp_path):
    file = maya(tmp_path, answers=(Answer(on=MONDAY, flags=("RF1",)),))
    done = log(file, "--cleared", "2026-12-01", day=1)

    assert done.code == 0
    assert "Cleared of every red flag up to Tue 1 Dec 2026." in done.out
    assert history(file).answers[0].cleared_on == on(1)


@pytest.mark.parametrize(("day", "is_due"), [(6, False), (7, True)])
def test_questions_a_week_old_are_due(tmp_path, day, is_due):
    done = log(maya(tmp_path), "--ran", "5", day=day)

    assert done.code == 0
    assert ("When not to run" in unwrapped(done.out)) is is_due


@pytest.mark.parametrize(("pain", "is_due"), [("3", True), ("2", False)])
def test_a_rise_into_moderate_pain_makes_the_questions_due(tmp_path, pain, is_due):
    """Answered the day before; from 2 to 3 is a rise by one point, and above 2 is moderate."""
    file = maya(tmp_path, Logged(on=on(0), kind=LogKind.DAY, pain=2))
    done = log(file, "--pain", pain, day=1)

    assert ("When not to run" in unwrapped(done.out)) is is_due


# --- on a terminal -------------------------------------------------------------------------------


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


# --- the program ---------------------------------------------------------------------------------


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
