"""``runback replan``, day after day: nothing new, what was missed, older journals."""

from __future__ import annotations

import sqlite3

import pytest

from planner.journal_tables import MIGRATIONS
from planner.plan import State
from tests.commands import run
from tests.replans import (
    FIRST,
    FIVE_WEEKS,
    RULES,
    Ann,
    after,
    days_between,
    days_of,
    runs_of,
    said_by,
    weeks_of,
)

WEDNESDAY = "2026-12-09"


@pytest.fixture
def ann(tmp_path):
    """A runner with a plan of five weeks."""
    ann = Ann(tmp_path)
    ann.plan()
    return ann


# --- nothing new ------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["replan", "plan"])
@pytest.mark.parametrize("today", [FIRST, "2026-12-01", "2026-12-09"])
def test_with_nothing_new_nothing_changes(ann, command, today):
    before = ann.kept()
    document = ann.types(command, "--json", today=today).document

    assert (document["revision"], document.get("changes", [])) == (1, [])
    assert ann.kept() == before


@pytest.mark.parametrize("command", ["replan", "plan"])
def test_sessions_done_as_planned_without_more_pain_change_nothing(ann, command):
    before = ann.kept()
    ann.does_as_planned(FIRST, "2026-12-13")
    for today in ("2026-12-14", "2026-12-15"):
        assert ann.types(command, "--json", today=today).document["revision"] == 1

    assert (ann.kept().calendar, ann.kept().plans) == (before.calendar, before.plans)


def test_replan_says_that_nothing_changed(ann):
    out = ann.types("replan", today=WEDNESDAY).out

    assert "revision 1, no session changed" in said_by([out])
    assert "Calendar:" not in out


def test_after_a_flare_the_next_days_change_nothing(ann):
    ann.flare(WEDNESDAY)
    before = ann.kept()
    for today in (WEDNESDAY, "2026-12-10"):
        assert ann.replan(today)["revision"] == 2
        assert ann.plan(today=today)["revision"] == 2

    assert ann.kept() == before


def test_without_a_plan_there_is_nothing_to_plan_again(tmp_path):
    ann = Ann(tmp_path)
    done = ann.types("replan", today=WEDNESDAY, code=3)

    assert "There is no plan for" in done.err


# --- plan after a flare -----------------------------------------------------------------------------


def test_another_wish_after_a_flare_is_planned_afresh_with_the_facts(ann):
    flare = ann.flare(WEDNESDAY)
    text = ann.file.read_text()
    ann.file.write_text(text.replace("runs = 3", "runs = 2"))
    document = ann.plan(today=WEDNESDAY)

    def states(of):
        return [day["state"] for day in of["days"]]

    assert document["revision"] == 3
    assert states(document) == states(flare)
    assert days_of(document, last="2026-12-08") == days_of(flare, last="2026-12-08")
    # Two runs in each of the three full weeks after it.
    assert [len([s for s in week if s["run_minutes"]]) for week in weeks_of(document).values()][
        -3:
    ] == [2, 2, 2]
    assert run("check", ann.file, today=WEDNESDAY).code == 0


def test_weeks_asked_for_make_the_plan_longer(ann):
    document = ann.replan(WEDNESDAY, "--weeks", "6")

    assert (document["end"], document["revision"]) == ("2027-01-10", 2)
    assert {change["what"] for change in document["changes"]} == {"added"}


# --- missed sessions --------------------------------------------------------------------------------


def skipped(ann, first, last):
    for on in days_between(first, last):
        ann.logs(on, "--skipped")


@pytest.mark.parametrize(
    ("first", "last"),
    [
        # Three runs in a row, a week ill, two weeks ill.
        ("2026-12-09", "2026-12-13"),
        ("2026-12-07", "2026-12-13"),
        ("2026-12-07", "2026-12-20"),
    ],
)
def test_what_was_missed_is_not_made_up_for(ann, first, last):
    before = ann.kept().plans[0].model_dump(mode="json")
    ann.does_as_planned(FIRST, after(first, -1))
    skipped(ann, first, last)
    today = after(last, 1)
    document = ann.replan(today)

    assert days_of(document, last=last) == days_of(before, last=last)
    planned, now = weeks_of(before, today), weeks_of(document, today)
    for monday in planned:
        assert len(now[monday]) <= len(planned[monday])
        assert runs_in(now[monday]) <= runs_in(planned[monday])
    assert longest(document, today) <= longest(before, today)
    assert run("check", ann.file, today=today).code == 0


def runs_in(week):
    return sum(session["run_minutes"] > 0 for session in week)


def longest(document, first):
    return max(minutes for _, minutes in runs_of(document, first))


def test_weeks_without_running_lower_the_running_that_follows(ann):
    """Runs not done count for no minutes, so the next ones are shorter."""
    before = ann.kept().plans[0].model_dump(mode="json")
    skipped(ann, FIRST, "2027-01-02")
    document = ann.replan("2027-01-03")

    # No run in 30 days: the ladder's first stage.
    assert [minutes for _, minutes in runs_of(before, "2027-01-03")] == [30]
    assert [minutes for _, minutes in runs_of(document, "2027-01-03")] == [3.25]
    assert all(set(change["because"]) <= RULES for change in document["changes"])


AWAY = "[[away]]\nfrom = 2026-12-14\nto = 2026-12-20\n"


@pytest.mark.parametrize("command", ["plan", "replan"])
def test_a_week_away_is_left_empty_and_the_past_stays(ann, command):
    before = ann.kept().plans[0].model_dump(mode="json")
    ann.file.write_text(ann.file.read_text() + AWAY)
    document = ann.types(command, "--json", today="2026-12-08").document

    assert document["revision"] == 2
    assert days_of(document, last="2026-12-07") == days_of(before, last="2026-12-07")
    assert [day["sessions"] for day in days_of(document, "2026-12-14", "2026-12-20")] == [[]] * 7
    assert longest(document, "2026-12-08") <= longest(before, "2026-12-08")
    assert run("check", ann.file, today="2026-12-08").code == 0


def test_a_week_away_is_not_made_up_for_and_changes_no_day_beside_it(ann):
    before = ann.kept().plans[0].model_dump(mode="json")
    ann.file.write_text(ann.file.read_text() + AWAY)
    document = ann.replan("2026-12-08")

    old, new = kinds_by_day(before), kinds_by_day(document)
    changed = [on for on in old if old[on] != new[on]]
    # Of the week away the walk and the three runs; the days with a rest stay as they were.
    assert changed == ["2026-12-14", "2026-12-16", "2026-12-18", "2026-12-20"]
    assert all(minutes <= 30 for _, minutes in runs_of(document, "2026-12-21"))


def test_runs_missing_in_the_log_are_told_with_the_command_for_them(ann):
    advice = said_by(ann.replan("2026-12-14")["advice"])

    # 2, 4, 6, 9, 11 and 13 December.
    assert "6 planned runs since Wed 2 Dec 2026 are not in the log" in advice
    assert "2026-12-13 --done --from 2026-12-02" in advice


def test_runs_said_to_be_skipped_are_not_told_as_missing(ann):
    skipped(ann, FIRST, "2026-12-13")

    assert ann.replan("2026-12-14")["advice"] == []


def test_a_run_done_today_leaves_today_as_it_is(ann):
    ann.does_as_planned(FIRST, "2026-12-08")
    before = ann.kept().plans[0].model_dump(mode="json")
    # A bad run: 5 of 10 in it and a bad rest of the day.
    ann.logs(WEDNESDAY, "--ran", "25", "--pain-during", "5", "--pain-after", "5")
    ann.logs(WEDNESDAY, "--pain", "6")
    document = ann.replan(WEDNESDAY)

    assert document["revision"] == 2
    assert days_of(document, last=WEDNESDAY) == days_of(before, last=WEDNESDAY)
    assert days_of(document, "2026-12-10")[0]["state"] == "flare"


# --- journals of the version before -----------------------------------------------------------------


@pytest.fixture
def of_old(ann):
    """The same runner, with a journal as the version before wrote it."""
    path = ann.file.with_suffix(".db")
    with sqlite3.connect(path) as new:
        revisions = new.execute("SELECT revision, plan_id, made_on, document FROM revisions")
        entries = new.execute("SELECT id, seen_in, changed_in, changed_on, print FROM entries")
        rows = revisions.fetchall(), entries.fetchall()
    new.close()
    path.unlink()
    old = sqlite3.connect(path)
    for statement in MIGRATIONS[0]:
        old.execute(statement)
    old.execute("INSERT INTO meta VALUES ('runback_schema', '1')")
    old.executemany("INSERT INTO revisions VALUES (?, ?, ?, ?)", rows[0])
    old.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?)", rows[1])
    old.commit()
    old.close()
    return ann


@pytest.mark.parametrize("command", ["plan", "replan"])
def test_a_journal_of_the_version_before_with_nothing_new_stays_as_it_is(of_old, command):
    before = of_old.kept().plans
    assert of_old.types(command, "--json", today=FIRST).document["revision"] == 1

    assert of_old.kept().plans == before


def test_a_flare_follows_a_journal_of_the_version_before(of_old):
    document = of_old.flare(WEDNESDAY)

    assert document["revision"] == 2
    assert of_old.now().day(WEDNESDAY).state is State.FLARE
    assert of_old.replan("2026-12-10")["revision"] == 2
    assert run("check", of_old.file, today=WEDNESDAY).code == 0


# --- few changes ------------------------------------------------------------------------------------

BUSY = FIVE_WEEKS.replace("walks = 1", "walks = 2\nstrength = 2\nmobility = 2").replace(
    "weeks = 5", "weeks = 12"
)


def kinds_by_day(document):
    """What each day holds, whatever kind of run it is."""
    return {
        day["date"]: {"run" if s["run_minutes"] else s["kind"] for s in day["sessions"]}
        for day in document["days"]
    }


@pytest.mark.parametrize(
    ("text", "most"),
    [
        # Runs on Wednesdays, Fridays and Sundays, as they may stay after a flare.
        (FIVE_WEEKS.replace("weeks = 5", "weeks = 16"), 0),
        # Runs on Sundays and Mondays, which may not follow each other while the back is returning: two
        # days of each of its four weeks. Strength has no room beside a run that needs all of a Friday.
        (BUSY, 9),
    ],
)
def test_beyond_the_flare_no_day_changes_that_need_not(tmp_path, text, most):
    ann = Ann(tmp_path, text)
    before = ann.plan()
    document = ann.flare("2026-12-07")
    flare = {day["date"] for day in document["days"] if day["state"] == "flare"}
    old, new = kinds_by_day(before), kinds_by_day(document)
    changed = [on for on in old if old[on] != new[on] and on not in flare]

    assert len(flare) == 5
    assert len(changed) <= most
