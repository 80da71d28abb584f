"""``runback plan`` on a plan that is stored: nothing new, the next revision, the days gone by."""

from __future__ import annotations

import re
from pathlib import Path

from tests.commands import MAYA, a_runner, run


def files_of(folder: Path) -> tuple[bytes, bytes]:
    return (folder / "maya.ics").read_bytes(), (folder / "maya.db").read_bytes()


def uids(calendar: bytes) -> list[str]:
    return re.findall(r"\r\nUID:([^\r]+)", calendar.decode())


def test_after_planning_anew_the_weeks_from_today_on_are_shown(tmp_path):
    file = a_runner(tmp_path, MAYA.replace("weeks = 2", "weeks = 6"))
    run("plan", file)
    a_runner(tmp_path, MAYA.replace("weeks = 2", "weeks = 6").replace("runs = 3", "runs = 2"))
    out = run("plan", file, today="2026-12-16").out

    # 16 December lies in the third week from 30 November.
    assert re.findall(r"^Week (\d+) ·", out, flags=re.MULTILINE) == ["3", "4"]
    assert re.findall(r"^  (\d)  ", out, flags=re.MULTILINE) == ["1", "2", "3", "4", "5", "6"]


def test_a_second_run_with_nothing_new_changes_no_byte_and_says_so(tmp_path):
    file = a_runner(tmp_path)
    run("plan", file)
    first = files_of(tmp_path)
    again = run("plan", file, today="2026-11-24")

    assert "revision 1, nothing changed" in again.out
    assert files_of(tmp_path) == first


def test_a_changed_file_gives_the_next_revision_and_sessions_keep_their_identity(tmp_path):
    file = a_runner(tmp_path)
    before = run("plan", file, "--json").document
    first = uids((tmp_path / "maya.ics").read_bytes())
    a_runner(tmp_path, MAYA.replace("weeks = 2", "weeks = 3"))
    after = run("plan", file, "--json").document
    second = uids((tmp_path / "maya.ics").read_bytes())

    assert (after["revision"], after["plan_id"]) == (2, before["plan_id"])
    # The same three runs a week are asked for: the days of the first two weeks stay entries.
    assert len(set(first) & set(second)) >= len(first) - 2
    assert len(second) == len(set(second))


def test_days_gone_by_stay_as_they_were_planned(tmp_path):
    file = a_runner(tmp_path)
    before = run("plan", file, "--json").document
    a_runner(tmp_path, MAYA.replace("runs = 3", "runs = 2").replace("weeks = 2", "weeks = 4"))
    after = run("plan", file, "--json", today="2026-12-09").document

    assert after["revision"] == 2
    # 30 November to 8 December are nine days.
    assert after["days"][:9] == before["days"][:9]
    assert run("check", file, today="2026-12-09").code == 0


def test_a_plan_gone_by_is_told_when_the_back_has_changed(tmp_path):
    file = a_runner(tmp_path)
    run("plan", file)
    before = files_of(tmp_path)
    # In moderate pain the runs of the plan gone by would be too many minutes.
    a_runner(tmp_path, MAYA.replace("pain_today = 1.0", "pain_today = 4.0"))
    done = run("plan", file, today="2027-01-10")

    assert done.code == 3
    assert "Sun 13 Dec 2026, has gone by" in " ".join(done.err.split())
    assert files_of(tmp_path) == before


def test_a_worse_back_halfway_keeps_the_past_and_plans_anew_from_today(tmp_path):
    file = a_runner(tmp_path)
    before = run("plan", file, "--json").document
    a_runner(tmp_path, MAYA.replace("pain_today = 1.0", "pain_today = 4.0"))
    after = run("plan", file, "--json", today="2026-12-09").document

    assert after["days"][:9] == before["days"][:9]
    assert [day["state"] for day in after["days"][9:]] == ["moderate"] * 5
    kinds = {s["kind"] for day in after["days"][9:] for s in day["sessions"] if s["run_minutes"]}
    assert kinds <= {"run_walk"}


def test_the_day_after_a_change_halfway_there_is_nothing_new(tmp_path):
    file = a_runner(tmp_path)
    run("plan", file)
    a_runner(tmp_path, MAYA.replace("pain_today = 1.0", "pain_today = 4.0"))
    run("plan", file, today="2026-12-09")

    assert "revision 2, nothing changed" in run("plan", file, today="2026-12-11").out


def test_a_run_planned_for_yesterday_asks_for_a_day_between(tmp_path):
    # Room on Mondays and Tuesdays alone, for one run; away on Tuesday, 8 December.
    text = re.sub(r"(wed|fri|sun) = \d+\n", "", MAYA.replace("runs = 3", "runs = 1"))
    text = text.replace("mon = 45", "mon = 45\ntue = 45").replace("walks = 1", "walks = 0")
    file = a_runner(tmp_path, text + "[[away]]\nfrom = 2026-12-08\nto = 2026-12-08\n")
    before = run("plan", file, "--json").document
    # She stays at home after all; but pain is moderate, where runs need a day between.
    a_runner(tmp_path, text.replace("pain_today = 1.0", "pain_today = 4.0"))
    after = run("plan", file, "--json", today="2026-12-08").document

    assert [bool(day["sessions"]) for day in before["days"][7:9]] == [True, False]
    assert (after["days"][8]["state"], after["days"][8]["sessions"]) == ("moderate", [])


def test_without_a_start_in_the_file_a_plan_stays_until_it_is_over(tmp_path):
    file = a_runner(tmp_path, MAYA.replace("start = 2026-11-30\n", ""))
    run("plan", file, today="2026-11-30")

    assert "revision 1, nothing changed" in run("plan", file, today="2026-12-13").out
    over = run("plan", file, "--json", today="2026-12-14").document
    assert (over["revision"], over["start"], over["end"]) == (2, "2026-11-30", "2026-12-27")


def test_a_new_start_after_the_old_plan_keeps_the_old_days(tmp_path):
    file = a_runner(tmp_path)
    before = run("plan", file, "--json").document
    a_runner(tmp_path, MAYA.replace("2026-11-30", "2026-12-21"))
    after = run("plan", file, "--json", today="2026-12-20").document

    assert after["days"][:14] == before["days"]
    assert [day["sessions"] for day in after["days"][14:21]] == [[]] * 7
    assert (after["start"], after["end"]) == ("2026-11-30", "2027-01-03")


def test_a_lower_pain_limit_is_a_new_revision_because_entries_say_it(tmp_path):
    file = a_runner(tmp_path)
    run("plan", file)
    a_runner(tmp_path, MAYA.replace("pain_today = 1.0", "pain_today = 1.0\nstop_above = 3"))

    assert ", revision 2\n" in run("plan", file).out


def test_the_calendar_comes_back_when_it_was_deleted(tmp_path):
    file = a_runner(tmp_path)
    run("plan", file)
    first = files_of(tmp_path)
    (tmp_path / "maya.ics").unlink()
    run("plan", file)

    assert files_of(tmp_path) == first
