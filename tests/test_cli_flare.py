"""``runback flare``: what it asks, says, stores and plans."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from planner.history import Answer, Report
from planner.plan import RUNS
from tests.commands import ROOT, run
from tests.replans import FIRST, RULES, Ann, after, days_of, runs_of, said_by

WEDNESDAY = "2026-12-09"
"""A day with a run, in the second week."""

ANSWERED = ("--pain", "6", "--no-red-flags")


@pytest.fixture
def ann(tmp_path):
    """A runner with a plan of five weeks."""
    ann = Ann(tmp_path)
    ann.plan()
    return ann


def test_without_a_plan_there_is_nothing_to_plan_again(tmp_path):
    ann = Ann(tmp_path)
    done = ann.types("flare", *ANSWERED, today=WEDNESDAY, code=3)

    assert "There is no plan for" in done.err
    assert "runback plan" in done.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["maya.toml"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--no-red-flags",), "--pain"),
        (("--no-red-flags", "--pain", "11"), "from 0 to 10"),
        (("--no-red-flags", "--pain", "-1"), "from 0 to 10"),
        (("--no-red-flags", "--pain", "bad"), "from 0 to 10"),
        (("--pain", "6"), "The red flag questions need an answer"),
        (("--pain", "6", "--red-flag", "RF99"), "There is no red flag called RF99"),
        (("--pain", "6", "--no-red-flags", "--red-flag", "RF5"), "contradict each other"),
        (("--pain", "6", "--no-red-flags", "--on", "9 December"), "is no date"),
        (("--pain", "6", "--no-red-flags", "--json", "--ics", "-"), "standard output"),
    ],
)
def test_what_is_typed_wrong_is_told_and_nothing_is_stored(ann, given, said):
    before = ann.kept()
    done = ann.types("flare", *given, today=WEDNESDAY, code=2)

    assert said in said_by([done.err])
    assert ann.kept() == before


@pytest.mark.parametrize(
    ("on", "said"), [("2026-12-10", "lies ahead"), ("2026-11-10", "more than 28 days ago")]
)
def test_a_day_that_no_plan_follows_from_is_told_and_nothing_is_stored(ann, on, said):
    before = ann.kept()
    done = ann.types("flare", *ANSWERED, "--on", on, today=WEDNESDAY, code=3)

    assert said in said_by([done.err])
    assert ann.kept() == before


def test_from_today_on_nobody_runs_in_a_flare_and_walking_stays(ann):
    after_it = ann.flare(WEDNESDAY)
    flare = [day for day in after_it["days"] if day["state"] == "flare"]

    # Two quiet days, then the test walk on a day with time for it: Sunday, as Saturday has none. So
    # running may return on Monday, five days later.
    assert [day["date"] for day in flare] == [after(WEDNESDAY, ahead) for ahead in range(5)]
    kinds = {session["kind"] for day in flare for session in day["sessions"]}
    assert "walk" in kinds
    assert not kinds & set(RUNS)


def test_only_the_day_of_the_flare_is_known_the_others_are_expected(ann):
    after_it = ann.flare(WEDNESDAY)

    assert [day["forecast"] for day in days_of(after_it, WEDNESDAY, after(WEDNESDAY, 2))] == [
        False,
        True,
        True,
    ]


def test_a_flare_of_earlier_days_leaves_them_as_they_were(ann):
    before = ann.plan(today=WEDNESDAY)
    after_it = ann.flare("2026-12-11", "--on", WEDNESDAY)

    assert days_of(after_it, last="2026-12-10") == days_of(before, last="2026-12-10")
    assert days_of(after_it, "2026-12-11", "2026-12-11")[0]["state"] == "flare"
    assert ann.kept().history.reports[0].on.isoformat() == WEDNESDAY


def test_the_report_is_stored_with_its_day_and_the_answers(ann):
    ann.flare(WEDNESDAY)
    history = ann.kept().history
    day = ann.now().day(WEDNESDAY).date

    assert history.reports == (Report(on=day, pain=6, told_on=day),)
    assert history.answers == (Answer(on=day, flags=()),)


def test_the_document_has_changes_and_advice_at_its_top(ann):
    document = ann.flare(WEDNESDAY)

    assert list(document)[:2] == ["changes", "advice"]
    assert (document["schema"], document["revision"], document["triage"]) == (1, 2, "clear")
    assert document["triage_on"] == WEDNESDAY
    assert set(document["changes"][0]) == {
        *("date", "session_id", "what", "before", "after", "because", "says", "needed_on"),
        "of_day",
    }
    assert any("keep walking" in sentence for sentence in document["advice"])


def test_the_changes_are_what_differs_between_the_two_plans(ann):
    before, after_it = ann.plan(today=WEDNESDAY), ann.flare(WEDNESDAY)

    def by_id(document):
        return {
            session["id"]: (day["date"], {**session, "rules": []})
            for day in document["days"]
            for session in day["sessions"]
        }

    old, new = by_id(before), by_id(after_it)
    differing = {name for name in {*old, *new} if old.get(name) != new.get(name)}
    assert {change["session_id"] for change in after_it["changes"]} == differing


def test_every_change_names_rules_of_the_rulebook(ann):
    changes = ann.flare(WEDNESDAY)["changes"]

    assert len(changes) >= 3
    assert [change for change in changes if not change["because"]] == []
    assert {rule for change in changes for rule in change["because"]} <= RULES


def test_runs_left_out_in_the_flare_carry_its_rule(ann):
    document = ann.flare(WEDNESDAY)
    flare = {day["date"] for day in document["days"] if day["state"] == "flare"}
    left_out = [
        change
        for change in document["changes"]
        if change["what"] == "removed" and change["date"] in flare
    ]

    # The runs of Wednesday, Friday and Sunday.
    assert [change["date"] for change in left_out] == [WEDNESDAY, "2026-12-11", "2026-12-13"]
    assert all("flare-rest" in change["because"] for change in left_out)


def test_it_prints_the_changes_the_way_back_and_where_the_calendar_is(ann):
    done = ann.types("flare", *ANSWERED, today=WEDNESDAY)
    said = said_by([done.out])

    assert done.out.startswith("Maya's plan: Mon 30 Nov 2026 to Sun 3 Jan 2027, revision 2\n")
    assert "What changed:" in done.out
    assert "[flare-rest" in said
    assert "Running returns on" in said
    assert "runback show" in said
    assert "maya.ics" in said
    assert max(map(len, done.out.replace(str(ann.folder), "").splitlines())) <= 80


def test_the_calendar_follows(ann):
    ann.flare(WEDNESDAY)
    calendar = ann.kept().calendar.decode().replace("\r\n ", "")
    events = {
        part.partition("DTSTART")[2][:30]: part for part in calendar.split("BEGIN:VEVENT")[1:]
    }
    today = next(part for start, part in events.items() if "20261209" in start)

    assert "X-RUNBACK-KIND:walk" in today
    assert "X-RUNBACK-REVISION:2" in calendar


def test_ics_dash_prints_the_calendar_and_nothing_else(ann):
    before = ann.kept().calendar
    done = ann.types("flare", *ANSWERED, "--ics", "-", today=WEDNESDAY)

    assert done.raw.startswith(b"BEGIN:VCALENDAR\r\n")
    assert done.raw.endswith(b"END:VCALENDAR\r\n")
    assert b"X-RUNBACK-REVISION:2" in done.raw
    assert (done.err, ann.kept().calendar) == ("", before)


def test_the_same_flare_twice_changes_nothing_the_second_time(ann):
    ann.flare(WEDNESDAY)
    before = ann.kept()
    again = ann.flare(WEDNESDAY)

    assert (again["changes"], again["revision"]) == ([], 2)
    assert ann.kept() == before


def test_the_same_flare_told_on_the_next_day_changes_no_plan(ann):
    ann.flare(WEDNESDAY)
    before = ann.kept()
    again = ann.flare("2026-12-10", "--on", WEDNESDAY)

    assert (again["changes"], again["revision"]) == ([], 2)
    assert (ann.kept().calendar, ann.kept().plans) == (before.calendar, before.plans)


def test_the_red_flags_answered_alone_make_no_revision(ann):
    before = ann.kept()
    document = ann.replan(WEDNESDAY, "--no-red-flags")

    assert (document["revision"], document["triage"]) == (1, "clear")
    assert (ann.kept().calendar, ann.kept().plans) == (before.calendar, before.plans)


@pytest.mark.parametrize(("seed", "zone"), [("1", "Pacific/Kiritimati"), ("2", "Asia/Tokyo")])
def test_the_same_bytes_whatever_the_hash_seed_and_the_time_zone(ann, seed, zone):
    here = ann.types("flare", *ANSWERED, "--json", today=WEDNESDAY).raw
    kept = ann.kept()
    for name in ("maya.db", "maya.ics"):
        (ann.folder / name).unlink()
    ann.plan()
    words = ("flare", ann.file, *ANSWERED, "--today", WEDNESDAY, "--json")
    there = subprocess.run(
        [sys.executable, "-m", "planner.cli.main", *words],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
    )

    assert there.stdout == here
    assert ann.kept() == kept


def test_the_plan_is_found_without_a_calendar_beside_it(ann):
    """A calendar that she deleted comes back with the flare."""
    ann.file.with_suffix(".ics").unlink()
    ann.flare(WEDNESDAY)

    assert b"X-RUNBACK-REVISION:2" in ann.kept().calendar


def test_the_first_day_of_the_plan_may_be_the_flare(ann):
    document = ann.flare(FIRST)

    assert document["days"][0]["state"] == "flare"
    assert runs_of(document, FIRST, "2026-12-03") == []


def test_a_flare_before_the_plan_begins_is_followed_from_its_first_day(tmp_path):
    ann = Ann(tmp_path)
    ann.plan(today="2026-11-22")
    document = ann.flare("2026-11-28")

    # Two quiet days and the test walk from the 29th on: running from 3 December at the earliest.
    assert (document["start"], document["days"][0]["state"]) == (FIRST, "flare")
    assert runs_of(document, FIRST, "2026-12-02") == []
    assert run("check", ann.file, today="2026-11-28").code == 0


def test_after_the_last_day_there_is_nothing_to_plan_again(ann):
    before = ann.kept()
    done = ann.types("flare", *ANSWERED, today="2027-01-04", code=3)

    assert "has gone by" in done.err
    assert ann.kept() == before
