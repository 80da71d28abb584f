"""``runback undo``: back to the plan before, and what it never takes back."""

from __future__ import annotations

import re

import pytest

from planner.journal import open_journal
from tests.commands import run
from tests.replans import Ann, days_of, runs_of, said_by
from tests.terminal import answered

WEDNESDAY, THURSDAY = "2026-12-09", "2026-12-10"


@pytest.fixture
def ann(tmp_path):
    """A runner with a plan of five weeks and a flare in the second."""
    ann = Ann(tmp_path)
    ann.plan()
    ann.flare(WEDNESDAY)
    return ann


def sessions_by_day(document):
    """What she sees of each day: no identities, no line on changes, not how the days were expected."""
    return {
        day["date"]: [{**session, "id": "", "changed": ""} for session in day["sessions"]]
        for day in document["days"]
    }


def sequences(calendar: bytes) -> dict[str, int]:
    found = re.findall(r"\r\nUID:([^\r]+).*?\r\nSEQUENCE:(\d+)", calendar.decode(), re.DOTALL)
    return {uid: int(number) for uid, number in found}


def test_one_step_back_is_the_plan_before_as_a_new_revision(ann):
    first = ann.kept().plans[0]
    back = ann.undo(WEDNESDAY)

    assert back["revision"] == 3
    assert sessions_by_day(back) == sessions_by_day(first.model_dump(mode="json"))
    assert {day["state"] for day in back["days"]} == {"mild"}


def test_the_calendar_goes_back_too(ann):
    ann.undo(WEDNESDAY)
    calendar = ann.kept().calendar.decode()

    assert "X-RUNBACK-REVISION:3" in calendar
    assert calendar.count("X-RUNBACK-KIND:easy_run") == sum(
        session.kind == "easy_run" for day in ann.kept().plans[0].days for session in day.sessions
    )


def test_undoing_a_flare_takes_its_report_back(ann):
    ann.undo(WEDNESDAY)
    before = ann.kept()
    again = ann.replan(THURSDAY)

    assert before.history.reports == ()
    assert (again["changes"], again["revision"]) == ([], 3)
    assert ann.kept() == before


def test_the_answers_to_the_red_flags_stay(ann):
    answers = ann.kept().history.answers
    ann.undo(WEDNESDAY)

    assert ann.kept().history.answers == answers
    assert len(answers) == 1


def test_what_was_logged_stays(ann):
    ann.logs(WEDNESDAY, "--walked", "20")
    logged = ann.kept().history.logged
    ann.undo(THURSDAY)

    assert ann.kept().history.logged == logged
    assert len(logged) == 1


def test_days_gone_by_stay_as_the_flare_had_them(ann):
    flare = ann.now().plan.model_dump(mode="json")
    back = ann.undo("2026-12-12")

    assert days_of(back, last="2026-12-11") == days_of(flare, last="2026-12-11")
    # The run of Sunday comes back.
    assert [on for on, _ in runs_of(back, "2026-12-12", "2026-12-13")] == ["2026-12-13"]


def test_two_steps_go_back_two_plans(ann):
    first, flare = ann.kept().plans
    # Home on Sundays alone: a plan made afresh with the flare in it.
    text = ann.file.read_text()
    ann.file.write_text(text.replace("runs = 3", "runs = 1"))
    ann.plan(today=WEDNESDAY)
    ann.file.write_text(text)
    once, twice = ann.undo(WEDNESDAY), ann.undo(WEDNESDAY)

    assert sessions_by_day(once) == sessions_by_day(flare.model_dump(mode="json"))
    assert sessions_by_day(twice) == sessions_by_day(first.model_dump(mode="json"))
    assert [plan.revision for plan in ann.kept().plans] == [1, 2, 3, 4, 5]


def test_after_as_many_undos_as_plans_there_is_none_to_go_back_to(ann):
    ann.undo(WEDNESDAY)
    before = ann.kept()
    done = ann.types("undo", today=WEDNESDAY, code=3)

    assert "left to go back to" in said_by([done.err])
    assert ann.kept() == before


TAKEN_BACK = "The flare that you told with the plan before this one is taken back, too."


def test_a_flare_taken_back_is_told(ann):
    assert TAKEN_BACK in ann.types("undo", today=WEDNESDAY).out


def test_with_one_plan_there_is_none_to_go_back_to(tmp_path):
    ann = Ann(tmp_path)
    ann.plan()
    before = ann.kept()
    done = ann.types("undo", today=WEDNESDAY, code=3)

    assert "left to go back to" in said_by([done.err])
    assert ann.kept() == before


def test_without_a_plan_there_is_none_to_go_back_to(tmp_path):
    ann = Ann(tmp_path)
    done = ann.types("undo", today=WEDNESDAY, code=3)

    assert "There is no plan for" in done.err


def test_a_plan_that_would_break_a_limit_by_now_does_not_come_back(ann):
    # Pain of 7 is a flare of its own, told or not: the runs before it can't come back.
    ann.logs(THURSDAY, "--pain", "7")
    before = ann.kept()
    done = ann.types("undo", today=THURSDAY, code=4)

    assert "The plan before can't come back" in said_by([done.err])
    assert done.out == ""
    assert "[flare-rest]" in done.err
    assert "runback replan" in said_by([done.err])
    assert ann.kept() == before


def test_the_plan_of_an_undo_keeps_every_limit(ann):
    ann.undo(THURSDAY)

    assert run("check", ann.file, today=THURSDAY).code == 0


def test_no_identity_is_used_again_and_no_sequence_falls(ann):
    journal = open_journal(ann.folder / "maya.db")
    gone: set[str] = set()
    before = sequences(ann.kept().calendar)
    for step in range(3):
        names = {session.id for day in ann.now().plan.days for session in day.sessions}
        if step % 2:
            ann.flare(WEDNESDAY)
        else:
            ann.undo(WEDNESDAY)
        now = {session.id for day in ann.now().plan.days for session in day.sessions}
        assert not now & gone
        gone |= names - now
        after = sequences(ann.kept().calendar)
        assert all(after[uid] >= number for uid, number in before.items() if uid in after)
        assert after != before
        before = after

    assert gone
    assert gone <= journal.used_ids()


def test_a_flare_again_after_the_undo_is_a_flare(ann):
    flare = ann.kept().plans[-1]
    ann.undo(WEDNESDAY)
    again = ann.flare(WEDNESDAY)

    assert again["revision"] == 4
    assert sessions_by_day(again) == sessions_by_day(flare.model_dump(mode="json"))


def test_it_prints_what_changes_with_the_rules(ann):
    done = ann.types("undo", today=WEDNESDAY)

    assert "revision 3" in done.out
    assert "What changed:" in done.out
    assert "Easy run 25 min, new" in said_by([done.out])


TOOK_BACK = "you took the latest change back [undo]."


def test_each_change_of_an_undo_is_down_to_the_undo(ann):
    document = ann.undo(WEDNESDAY)
    listed = said_by([ann.types("show", "--changes", today=WEDNESDAY).out])
    plan = ann.now().plan
    lines = {session.changed for day in plan.days for session in day.sessions if session.changed}

    assert {tuple(change["because"]) for change in document["changes"]} == {("undo",)}
    assert "- undo: You took the latest change back." in listed
    assert lines == {f"{what} on Wed 9 Dec: {TOOK_BACK}" for what in ("Added", "Changed")}


def test_an_undo_of_what_the_file_asked_for_is_down_to_the_undo(planned):
    text = planned.file.read_text()
    planned.file.write_text(text.replace("runs = 3", "runs = 2"))
    planned.plan(today="2026-12-01")
    planned.file.write_text(text)
    changes = planned.undo("2026-12-01")["changes"]

    assert {tuple(change["because"]) for change in changes} == {("undo",)}


def test_json_has_the_changes_at_its_top(ann):
    document = ann.undo(WEDNESDAY)

    assert list(document)[:2] == ["changes", "advice"]
    assert document["changes"]


def test_the_calendar_can_go_to_standard_output(ann):
    before = ann.kept().calendar
    done = ann.types("undo", "--ics", "-", today=WEDNESDAY)

    assert done.raw.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"X-RUNBACK-REVISION:3" in done.raw
    assert ann.kept().calendar == before


def test_json_and_a_calendar_both_want_standard_output(ann):
    before = ann.kept()
    ann.types("undo", "--json", "--ics", "-", today=WEDNESDAY, code=2)

    assert ann.kept() == before


def test_a_no_on_a_terminal_keeps_the_flare_and_its_report(ann):
    before = ann.kept()
    code, said = answered("n\n", "undo", ann.file, "--today", WEDNESDAY)

    assert code == 0
    assert "Change the plan like this?" in said
    assert "This would take back the flare" in said
    assert "is taken back" not in said
    assert ann.kept() == before


def test_after_the_last_day_nothing_comes_back(ann):
    before = ann.kept()
    done = ann.types("undo", today="2027-01-04", code=3)

    assert "had its last day on 2027-01-03" in said_by([done.err])
    assert ann.kept() == before


@pytest.fixture
def planned(tmp_path):
    """A runner with a plan of five weeks and nothing else."""
    ann = Ann(tmp_path)
    ann.plan()
    return ann


@pytest.mark.parametrize("weeks", [3, 7])
def test_a_plan_made_longer_or_shorter_gets_its_last_day_back(planned, weeks):
    first = planned.kept().plans[0].model_dump(mode="json")
    planned.plan("--weeks", weeks)
    back = planned.undo("2026-12-01")

    assert (back["end"], back["revision"]) == ("2027-01-03", 3)
    assert sessions_by_day(back) == sessions_by_day(first)


def test_days_that_only_the_plan_before_has_are_judged_too(planned):
    planned.plan("--weeks", "1")
    away = "[[away]]\nfrom = 2026-12-14\nto = 2026-12-20\n"
    planned.file.write_text(planned.file.read_text() + away)
    before = planned.kept()
    done = planned.types("undo", today="2026-12-01", code=4)

    assert "[closed-days]" in done.err
    assert planned.kept() == before


def test_a_plan_longer_than_the_one_before_stays_once_that_has_ended(planned):
    planned.replan(WEDNESDAY, "--weeks", "7")
    before = planned.kept()
    done = planned.types("undo", today="2027-01-05", code=3)

    assert "had its last day on 2027-01-03" in said_by([done.err])
    assert planned.kept() == before


def test_name_and_time_zone_are_those_of_the_file(planned):
    text = planned.file.read_text()
    planned.file.write_text(text.replace("Maya", "Ann").replace("Zurich", "Rome"))
    planned.plan()
    back = planned.undo("2026-12-01")

    assert (back["runner"], back["time_zone"]) == ("Ann", "Europe/Rome")
