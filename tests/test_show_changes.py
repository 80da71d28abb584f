"""What a revision changed and why: listed by ``show --changes``, and a line in the calendar."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

import icalendar
import pytest

from planner.causes import THE_BACK
from planner.cli.telling import change_lines
from planner.comparing import Change, changes, keep_identities, same_content
from planner.entries import entry_prints
from planner.journal import open_journal
from planner.marking import changed_line, marked
from planner.plan import Kind, Plan, State
from planner.wording import DESCRIPTION_BYTES, description
from rules import RULEBOOK
from rules.loading import load_words
from rules.place.flare_rest import FlareRest
from tests.commands import MAYA, a_runner, run
from tests.plans import MONDAY, PAIN_RULES, WORDS, a_session, plan_of
from tests.replans import Ann

WEDNESDAY = "2026-12-02"
TITLES = {name: words.title for name, words in load_words().items()} | {
    rule.name: rule.title for rule in RULEBOOK
}


def flare(file, today=WEDNESDAY, pain=6):
    done = run("flare", file, "--pain", pain, "--no-red-flags", "--yes", today=today)
    assert done.code == 0, done
    return done


@pytest.fixture
def maya(tmp_path):
    """A runner whose back flares on Wednesday of her first week."""
    file = a_runner(tmp_path, MAYA)
    assert run("plan", file, "--no-red-flags").code == 0
    flare(file)
    return file


def events(file) -> dict[str, icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(file.with_suffix(".ics").read_bytes())
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def changed_events(file) -> dict[str, str]:
    """The last line of each event that says it changed."""
    lines = {uid: str(event["DESCRIPTION"]).splitlines()[-1] for uid, event in events(file).items()}
    return {uid: line for uid, line in lines.items() if line.startswith(("Changed", "Added"))}


# Listing them.


def test_the_latest_changes_are_those_that_the_flare_told_of(tmp_path):
    file = a_runner(tmp_path, MAYA)
    run("plan", file, "--no-red-flags")
    done = run(*("flare", file, "--pain", 6, "--no-red-flags", "--yes", "--json"), today=WEDNESDAY)

    assert run("show", file, "--changes", "--json").document["changes"] == done.document["changes"]


def test_each_change_is_told_with_its_rules_and_each_rule_with_its_title(maya):
    document = run("show", maya, "--changes", "--json").document
    text = " ".join(run("show", maya, "--changes").out.split())
    behind = {name for change in document["changes"] for name in change["because"]}

    assert "flare-rest" in behind
    assert {rule["name"] for rule in document["rules"]} == behind
    for name in behind:
        assert f"- {name}: {TITLES[name]}." in text


def test_an_earlier_revision_is_listed_by_its_number(maya):
    before = run("show", maya, "--changes", "--json").document
    flare(maya, "2026-12-10")

    assert run("show", maya, "--changes", 2, "--json").document == before
    assert run("show", maya, "--changes", "--json").document["revision"] == 3


def test_the_first_plan_has_changed_nothing(tmp_path):
    file = a_runner(tmp_path, MAYA)
    run("plan", file, "--no-red-flags")

    done = run("show", file, "--changes")

    assert done.code == 0
    assert "nothing has changed yet" in done.out


def test_a_revision_that_is_not_there_is_told(maya):
    done = run("show", maya, "--changes", 9)

    assert (done.code, done.out) == (3, "")
    assert "no revision 9: the plan is at revision 2" in done.err


@pytest.mark.parametrize("number", ["0", "two"])
def test_what_is_no_revision_is_refused(maya, number):
    done = run("show", maya, f"--changes={number}")

    assert (done.code, done.out) == (2, "")
    assert "--changes takes a whole number from 1 on." in done.err


@pytest.mark.parametrize("other", [("--all",), ("--week", 1)])
def test_changes_and_weeks_are_not_shown_together(maya, other):
    assert run("show", maya, "--changes", 2, *other).code == 2


def test_the_list_fits_80_columns(maya):
    lines = run("show", maya, "--changes").out.splitlines()

    assert [line for line in lines if len(line) > 80] == []


def test_changes_of_an_older_runback_are_told_without_reasons(maya):
    """Its journal had no such column; what changed is found by comparing the two plans."""
    stored = run("show", maya, "--changes", "--json").document["changes"]
    with closing(sqlite3.connect(maya.with_suffix(".db"))) as connection, connection:
        connection.execute("UPDATE revisions SET changes = NULL")

    document = run("show", maya, "--changes", "--json").document

    unknown = {"because": [], "says": "", "needed_on": None}
    assert document["changes"] == [{**change, **unknown} for change in stored]
    assert document["why_stored"] is False
    assert "Why was not stored" in run("show", maya, "--changes").out


def test_a_journal_keeps_the_changes_of_each_revision(tmp_path):
    journal = open_journal(tmp_path / "maya.db")
    told = (Change(date=MONDAY, session_id="1-001", what="removed", because=("flare-rest",)),)
    first = keep_identities(plan_of("e . w"), None)
    second = keep_identities(plan_of(". . w", revision=2), first)
    journal.save(first, {})
    journal.save(second, {}, changes=told)

    assert journal.changes(1) is None
    assert journal.changes(2) == told


def told(what: str, before: str, after: str, **given) -> str:
    """The line of one change."""
    change = Change(date=MONDAY, session_id="1-001", what=what, before=before, after=after, **given)
    return " ".join(change_lines((change,)))


SHORT, LONG = ("Run/walk 30 min; 12 × (30 s run, 2 min walk)", "Run/walk 30 min; 6 × (4 min run)")


def test_a_run_walk_that_keeps_its_length_tells_both_stages():
    assert told("changed", SHORT, LONG) == (
        "Mon 23 Nov: Run/walk 30 min, 6 × (4 min run) instead of 12 × (30 s run, 2 min walk)"
    )


def test_a_run_that_becomes_a_run_walk_tells_both():
    assert told("changed", "Easy run 20 min; 20 min run", LONG) == (
        "Mon 23 Nov: Run/walk 30 min, 6 × (4 min run) instead of Easy run 20 min"
    )


def test_a_session_that_moves_and_changes_tells_what_it_was():
    moved = told("moved", f"Sun 22 Nov 2026: {SHORT}", f"Mon 23 Nov 2026: {LONG}")
    alike = told("moved", f"Sun 22 Nov 2026: {LONG}", f"Mon 23 Nov 2026: {LONG}")

    here = "Mon 23 Nov: Run/walk 30 min, 6 × (4 min run), moved here from Sun 22 Nov 2026"
    assert moved == f"{here}, where it was 12 × (30 s run, 2 min walk)"
    assert alike == here


def test_what_another_day_needs_names_that_day():
    given = {"because": ("session-cap",), "needed_on": date(2026, 11, 28)}

    assert told("changed", "Long run 45 min", "Long run 57 min", **given) == (
        "Mon 23 Nov: Long run 57 min instead of Long run 45 min, needed for Sat 28 Nov [session-cap]"
    )


def test_a_limit_of_the_day_that_a_session_left_names_that_day():
    given = {"because": ("flare-rest",), "of_day": date(2026, 11, 22)}

    assert told("moved", "Sun 22 Nov 2026: Easy run", "Mon 23 Nov 2026: Easy run", **given) == (
        "Mon 23 Nov: Easy run, moved here from Sun 22 Nov 2026, because of Sun 22 Nov [flare-rest]"
    )


def test_the_test_walk_is_told_in_the_list_and_in_the_calendar(tmp_path):
    """Of a walk that was planned for that day alone its note is new."""
    ann = Ann(tmp_path)
    text = ann.file.read_text().replace("walks = 1", "walks = 7").replace("runs = 3", "runs = 1")
    ann.file.write_text(
        text + "\n[recent]\nwalk_minutes = 30\n" if "[recent]" not in text else text
    )
    ann.plan()
    ann.flare(WEDNESDAY)
    walk = next(one for day in ann.now().plan.days for one in day.sessions if one.is_test_walk)
    listed = run("show", ann.file, "--changes", "--json").document["changes"]

    assert [one["because"] for one in listed if one["session_id"] == walk.id] == [["restart-gate"]]
    assert walk.changed.endswith("on Wed 2 Dec: it is the test walk now [restart-gate].")


# The line in the calendar.


def test_a_changed_session_says_when_and_why_in_its_last_line(maya):
    lines = list(changed_events(maya).values())

    # A walk stands where Wednesday's run was, as the back flares; the runs that follow have walking
    # breaks by now.
    assert "Added on Wed 2 Dec: for a flare that day [states]." in lines
    run_walk = (
        "Changed on Wed 2 Dec: run/walk only on the ladder, in moderate pain and after a flare"
    )
    assert [line for line in lines if line.startswith(f"{run_walk} [run-walk-only]")]


def test_every_session_that_came_or_changed_has_the_line_and_no_other(maya):
    document = run("show", maya, "--changes", "--json").document
    plan = run("show", maya, "--json").document
    here = {change["session_id"] for change in document["changes"] if change["what"] != "removed"}
    marked_ones = {
        session["id"] for day in plan["days"] for session in day["sessions"] if session["changed"]
    }

    assert marked_ones == here
    assert len(changed_events(maya)) == len(here)


def test_titles_say_nothing_of_it(maya):
    said = [str(event["SUMMARY"]) for event in events(maya).values()]

    assert not [title for title in said if "flare" in title or "hanged" in title]


def test_the_line_stays_until_the_session_changes_again(maya):
    before = changed_events(maya)
    flare(maya, "2026-12-10")
    after = changed_events(maya)

    document = run("show", maya, "--changes", "--json").document
    again = {change["session_id"] for change in document["changes"]}
    plan = open_journal(maya.with_suffix(".db")).latest()
    assert plan is not None
    lines = {s.id: s.changed for day in plan.days for s in day.sessions}
    assert again
    assert all(lines[name].find("on Thu 10 Dec") > 0 for name in again & lines.keys())
    kept = [uid for uid in before if after.get(uid) == before[uid]]
    assert kept


def test_planning_again_with_nothing_new_changes_no_byte(maya):
    before = maya.with_suffix(".ics").read_bytes()

    done = run("replan", maya, "--no-red-flags", "--yes", today=WEDNESDAY)

    assert done.code == 0
    assert maya.with_suffix(".ics").read_bytes() == before


def test_events_of_sessions_that_did_not_change_stay_as_they_were(tmp_path):
    file = a_runner(tmp_path, MAYA)
    run("plan", file, "--no-red-flags")
    before = {uid: event.to_ical() for uid, event in events(file).items()}
    plan = open_journal(file.with_suffix(".db")).latest()
    assert plan is not None
    flare(file)

    gone_by = [day for day in plan.days if day.date < date(2026, 12, 2)]
    after = {event.to_ical() for event in events(file).values()}
    unchanged = [data for data in before.values() if data in after]
    # Nothing of Monday and Tuesday is another byte.
    assert len(unchanged) >= sum(max(len(day.sessions), 1) for day in gone_by)


# The line itself.


def replanned(old: str, new: str, because: tuple[str, ...] = ("flare-rest",)) -> tuple[Plan, Plan]:
    """A plan and the next, marked, with the same reason for each change."""
    first = keep_identities(plan_of(old), None)
    second = keep_identities(plan_of(new, revision=2, made_on=date(2026, 12, 14)), first)
    found = [change.model_copy(update={"because": because}) for change in changes(first, second)]
    return first, marked(second, first, found, [FlareRest()])


def lines_of(plan: Plan) -> list[str]:
    return [session.changed for day in plan.days for session in day.sessions]


def test_a_session_that_came_says_added():
    _, plan = replanned("e .", "e w")

    assert lines_of(plan) == [
        "",
        "Added on Mon 14 Dec: no running and no strength in a flare; walking stays [flare-rest].",
    ]


def test_a_change_without_a_rule_behind_it_says_when():
    _, plan = replanned("e .", ". e", because=())

    assert lines_of(plan) == ["Changed on Mon 14 Dec."]


@pytest.mark.parametrize(
    ("state", "forecast", "said"),
    [
        (State.MODERATE, False, "for moderate pain that day"),
        (State.RETURNING, True, "for the way back after a flare, expected that day"),
    ],
)
def test_where_no_rule_is_behind_a_change_the_line_tells_of_the_back(state, forecast, said):
    first = keep_identities(plan_of("e ."), None)
    second = keep_identities(plan_of(". e", revision=2, made_on=date(2026, 12, 14)), first)
    days = tuple(
        day.model_copy(update={"state": state, "forecast": forecast}) for day in second.days
    )
    second = second.model_copy(update={"days": days})
    found = [
        change.model_copy(update={"because": (THE_BACK,)}) for change in changes(first, second)
    ]

    assert lines_of(marked(second, first, found, [FlareRest()])) == [
        f"Changed on Mon 14 Dec: {said} [states]."
    ]


def test_sessions_after_the_end_of_the_plan_before_have_not_changed():
    _, plan = replanned("e .", "e . e .")

    assert lines_of(plan) == ["", ""]


def test_the_line_alone_makes_no_other_plan():
    first, plan = replanned("e .", ". e")
    bare = marked(plan, first, (), ())

    assert plan != bare
    assert same_content(plan, bare)
    assert changes(plan, bare) == ()


def test_an_entry_without_a_change_keeps_its_fingerprint():
    first, plan = replanned("e . w", ". e w")
    before, after = (entry_prints(one, **WORDS) for one in (first, plan))

    assert before["1-002"] == after["1-002"]
    assert before["1-001"] != after["1-001"]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("needed_on", ": needed for Sat 19 Dec: "),
        # No running in a flare, on a day that is in none, would read as false.
        ("of_day", ", because of Sat 19 Dec: "),
    ],
)
def test_the_line_names_the_day_that_needs_the_change_or_that_the_session_left(day, said):
    change = Change(
        date=MONDAY,
        session_id="1-001",
        what="changed",
        because=("session-cap",),
        **{day: date(2026, 12, 19)},
    )

    assert changed_line(change, date(2026, 12, 14), TITLES) == (
        f"Changed on Mon 14 Dec{said}no run much longer than the longest of the 30 days before "
        "[session-cap]."
    )


def test_many_rules_stay_one_short_line():
    names = ("flare-rest", "run-days", "rest-days", "two-clean")
    change = Change(date=MONDAY, session_id="1-001", what="changed", because=names)

    line = changed_line(change, date(2026, 12, 14), TITLES)

    assert line == (
        "Changed on Mon 14 Dec: no running and no strength in a flare; walking stays [flare-rest]; "
        "not too many running days in any seven days [run-days]; and [rest-days], [two-clean]."
    )


def test_a_rule_of_another_package_with_any_title_stays_on_one_line():
    change = Change(date=MONDAY, session_id="1-001", what="changed", because=("theirs",))

    line = changed_line(change, date(2026, 12, 14), {"theirs": "A\nvery\r\n" + "long " * 200})

    assert "\n" not in line
    assert len(line) <= 300


def test_the_stop_rule_comes_before_why_it_changed():
    session = a_session(Kind.EASY_RUN, changed="Changed on Mon 14 Dec: a rule [of-a-name].")
    plan = plan_of("e")

    text = description(session, plan.days[0].state, PAIN_RULES[plan.days[0].state])

    assert text.index("Above 5 stop.") < text.index("Changed on Mon 14 Dec")
    assert len(text.encode()) < DESCRIPTION_BYTES
