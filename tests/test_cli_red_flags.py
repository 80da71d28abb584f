"""Red flags answered with a flare or a re-plan: no plan at an emergency sign, no running at another."""

from __future__ import annotations

import pytest

from planner.cli.due import fit
from planner.history import Answer
from planner.plan import Kind
from tests.commands import SAMPLES, a_runner, run
from tests.replans import Ann, after, days_of, runs_of, said_by

WEDNESDAY = "2026-12-09"
"""A day with a run, in the second week."""

ANSWERED = ("--pain", "6", "--no-red-flags")


@pytest.fixture
def ann(tmp_path):
    """A runner with a plan of five weeks."""
    ann = Ann(tmp_path)
    ann.plan()
    return ann


EMERGENCY = "RF5"
URGENT = "RF11"


def test_an_emergency_sign_stores_the_answer_alone(ann):
    before = ann.kept()
    done = ann.types("flare", "--pain", "6", "--red-flag", EMERGENCY, today=WEDNESDAY, code=7)
    now = ann.kept()

    assert done.out == ""
    assert "112" in done.err or "144" in done.err
    assert (now.calendar, now.plans, now.touched) == (before.calendar, before.plans, before.touched)
    assert now.history.answers == (Answer(on=ann.now().day(WEDNESDAY).date, flags=(EMERGENCY,)),)
    assert now.history.model_copy(update={"answers": ()}) == before.history


@pytest.mark.parametrize(
    ("command", "given"),
    [
        ("plan", ()),
        ("replan", ()),
        ("flare", ANSWERED),
        ("show", ()),
        ("undo", ()),
        ("publish", ("--vdir", "there")),
    ],
)
def test_after_an_emergency_sign_the_plan_is_withdrawn_until_she_is_cleared(ann, command, given):
    ann.types("flare", "--pain", "6", "--red-flag", EMERGENCY, today=WEDNESDAY, code=7)
    given = tuple(ann.folder / one if one == "there" else one for one in given)
    before = ann.kept()
    ann.types(command, *given, today="2026-12-10", code=7)

    assert ann.kept() == before
    assert not (ann.folder / "there").exists()


@pytest.mark.parametrize(
    "command",
    [
        ("show",),
        ("show", "--changes"),
        ("why",),
        ("why", "today"),
        ("check",),
        ("replan",),
        ("undo",),
        ("flare", "--pain", "6", "--no-red-flags"),
        ("publish", "--vdir", "calendar"),
        ("care", "--for"),
    ],
    ids=" ".join,
)
def test_an_emergency_sign_told_at_the_first_plan_comes_before_there_is_no_plan(tmp_path, command):
    file = a_runner(tmp_path)
    assert run("plan", file, "--red-flag", EMERGENCY).code == 7
    # FILE is the first argument, but for care the last.
    name, *options = command
    given = (*command, file) if name == "care" else (name, file, *options)
    done = run(*given)

    assert (done.code, done.out) == (7, "")
    assert done.err.startswith("Get help now: call 144")  # Maya lives in Switzerland


def test_without_a_file_to_read_the_emergency_is_told_all_the_same(tmp_path):
    file = a_runner(tmp_path)
    assert run("plan", file, "--red-flag", EMERGENCY).code == 7
    file.unlink()
    done = run("show", file)

    assert done.code == 7
    assert "call your local emergency number" in done.err


def test_once_cleared_the_plan_is_there_again(ann):
    ann.types("flare", "--pain", "6", "--red-flag", EMERGENCY, today=WEDNESDAY, code=7)
    document = ann.replan("2026-12-12", "--cleared", "2026-12-11")

    assert document["triage"] == "clear"
    ann.types("show", today="2026-12-12")
    ann.flare("2026-12-12")


def test_another_sign_stops_running_from_today_and_names_the_care(ann):
    document = ann.types(
        "flare", "--pain", "6", "--red-flag", URGENT, "--json", today=WEDNESDAY
    ).document

    assert (document["triage"], document["triage_on"]) == ("stopped", WEDNESDAY)
    assert runs_of(document, WEDNESDAY) == []
    assert "doctor" in said_by(document["advice"])
    assert {"cleared-first"} <= {rule for one in document["changes"] for rule in one["because"]}


def test_the_care_to_seek_comes_before_the_plan_that_knows_of_the_sign(ann):
    ann.types("flare", "--pain", "6", "--red-flag", URGENT, today=WEDNESDAY)

    first = run("show", ann.file, today=WEDNESDAY).out.split("\n\n")[1]

    assert first.startswith("See a doctor")


def test_a_plan_that_does_not_know_of_the_sign_tells_each_sentence_once(ann):
    ann.types("log", "--red-flag", URGENT, today=WEDNESDAY)

    advice = run("show", ann.file, "--json", today="2026-12-10").document["advice"]

    assert [one for one in advice if "--cleared" in one] == [
        "When a clinician has cleared you, say so with --cleared and the day, as in "
        "--cleared 2026-12-10."
    ]


def test_with_another_sign_her_strength_work_waits_too(tmp_path):
    ann = Ann(
        tmp_path, Ann(tmp_path).file.read_text().replace("walks = 1", "walks = 1\nstrength = 2")
    )
    before = ann.plan()
    document = ann.types(
        "flare", "--pain", "6", "--red-flag", URGENT, "--json", today=WEDNESDAY
    ).document

    def strength(of):
        days = days_of(of, WEDNESDAY)
        return [day["date"] for day in days for one in day["sessions"] if one["kind"] == "strength"]

    assert len(strength(before)) >= 4
    assert strength(document) == []


def test_what_comes_back_once_she_is_cleared_says_that_she_is(ann):
    ann.types("flare", "--pain", "6", "--red-flag", URGENT, today=WEDNESDAY)
    ann.goes_through_the_gate(WEDNESDAY)
    document = ann.replan("2026-12-14", "--cleared", "2026-12-14")
    listed = said_by([ann.types("show", "--changes", today="2026-12-14").out])

    back = [one for one in document["changes"] if one["what"] == "added"]
    assert back
    assert {tuple(one["because"]) for one in back} == {("cleared-first",)}
    assert "new: a clinician has cleared you [cleared-first]" in listed
    calendar = ann.kept().calendar.replace(b"\r\n ", b"").decode()
    assert "Added on Mon 14 Dec: a clinician has cleared you [cleared-first]." in calendar


def test_once_cleared_of_another_sign_running_comes_back(ann):
    ann.types("replan", "--red-flag", URGENT, today=WEDNESDAY)
    stopped = ann.replan("2026-12-10")
    document = ann.replan("2026-12-14", "--cleared", "2026-12-14")

    assert runs_of(stopped, WEDNESDAY) == []
    assert document["triage"] == "clear"
    assert len(runs_of(document, "2026-12-14")) >= 6


# --- the way to a race ----------------------------------------------------------------------------


@pytest.fixture
def jonas(tmp_path):
    """A runner on the way to a half marathon, who has told a sign that stops all running."""
    (sample,) = [path for path in SAMPLES if path.stem == "half-marathon"]
    jonas = Ann(tmp_path, sample.read_text(encoding="utf-8"))
    jonas.plan(today="2026-11-23")
    jonas.types("flare", "--pain", "6", "--red-flag", URGENT, today="2026-12-08")
    return jonas


def test_a_plan_that_knows_of_the_red_flag_fits_though_it_has_left_out_the_race(jonas):
    assert fit(jonas.file, None, jonas.now().day(WEDNESDAY).date).advice == ()


def test_with_nothing_but_a_skipped_day_a_replan_changes_nothing(jonas):
    """What is missed is not made up for, on the day itself either."""
    jonas.logs(WEDNESDAY, "--skipped")

    assert jonas.replan(WEDNESDAY)["changes"] == []


def test_once_cleared_in_time_the_race_is_there_again(jonas):
    before = jonas.now().plan
    document = jonas.replan(after(WEDNESDAY, 2), "--cleared", after(WEDNESDAY, 2))

    assert not any(day.has(Kind.RACE) for day in before.days)
    assert "race" in {one["kind"] for day in document["days"] for one in day["sessions"]}


def test_a_plan_that_left_its_race_out_keeps_the_limits_when_given_back(jonas, tmp_path):
    given = tmp_path / "given.json"
    shown = run("show", jonas.file, "--json", today=WEDNESDAY).out
    given.write_text(shown, encoding="utf-8")

    checked = run("check", jonas.file, "--plan", given, "--json", today=WEDNESDAY)

    assert checked.document["breaches"] == []
