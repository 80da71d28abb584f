"""What she does in her calendar with her own hands, and what plan and calendar make of it."""

from __future__ import annotations

import shutil

import pytest

from planner.plan import RUNS, Kind
from tests.her_calendar import FREE, HerCalendar, day_of_session, id_on, sessions

WEDNESDAY, FRIDAY = "2026-11-25", "2026-11-27"
"""The days of the first two runs; those between, Monday's walk apart, are free."""


@pytest.fixture(params=["folder", "server"])
def her(request, tmp_path, server, own_keyring) -> HerCalendar:
    """A published plan, in a folder or on a server."""
    her = HerCalendar(tmp_path, server if request.param == "server" else None)
    her.types("plan", "--no-red-flags")
    her.publishes()
    return her


@pytest.fixture
def at_home(tmp_path) -> HerCalendar:
    """A plan published to a folder."""
    her = HerCalendar(tmp_path)
    her.types("plan", "--no-red-flags")
    her.publishes()
    return her


def said(done) -> str:
    """All that was said, on one line."""
    return " ".join(done.out.split())


# Where the limits allow it


@pytest.mark.parametrize(
    ("kinds", "day", "to"),
    [
        pytest.param(RUNS, WEDNESDAY, "2026-11-24", id="to a free day"),
        pytest.param(RUNS, WEDNESDAY, "2026-11-26", id="next to another run"),
        pytest.param(RUNS, WEDNESDAY, FRIDAY, id="onto another run"),
        pytest.param(RUNS, WEDNESDAY, "2026-12-02", id="to another week"),
        pytest.param(RUNS, "2026-12-01", WEDNESDAY, id="to an earlier week, onto a run"),
        pytest.param((Kind.WALK,), "2026-11-23", "2026-11-26", id="a walk"),
    ],
)
def test_the_plan_follows_to_her_day_and_the_calendar_follows_the_plan(her, kinds, day, to):
    """The session is the same one, once, on the day that she chose, and nothing is left to tell."""
    session_id = id_on(her.plan, day, *kinds)
    her.moves(session_id, to)
    told = her.publishes("--json").document

    her.types("replan")
    done = her.publishes("--json").document

    assert [one["session_id"] for one in told["kept"]] == [session_id]
    assert day_of_session(her.plan, session_id) == to
    assert done["kept"] == []
    assert her.shown == her.should_show


@pytest.mark.parametrize(
    ("to", "clock"),
    [(FRIDAY, None), (WEDNESDAY, "06:00")],
    ids=["two runs that change places", "another time of day"],
)
def test_what_only_her_move_asks_for_carries_its_rule(at_home, to, clock):
    """No other rule speaks against the week as it was."""
    at_home.moves(id_on(at_home.plan, WEDNESDAY, *RUNS), to, clock)

    changes = at_home.types("replan", "--json").document["changes"]

    assert changes
    assert {tuple(change["because"]) for change in changes} == {("own-days",)}


def test_a_second_replan_and_publish_find_nothing_to_do(her):
    her.moves(id_on(her.plan, WEDNESDAY, *RUNS), FRIDAY)
    her.publishes()
    her.types("replan")
    her.publishes()
    plan, there = her.plan, her.there

    her.types("replan")
    done = her.publishes("--json").document

    assert her.plan == plan
    assert [done[name] for name in ("put", "changed", "removed", "kept")] == [[], [], [], []]
    assert her.there == there


def test_only_what_her_move_asks_for_changes(at_home):
    """Wednesday's run goes to the free Tuesday; every other session stays as it was."""
    moved = id_on(at_home.plan, WEDNESDAY, *RUNS)
    before = dict(at_home.there)
    at_home.moves(moved, "2026-11-24")

    (change,) = at_home.types("replan", "--json").document["changes"]
    at_home.publishes()

    assert (change["session_id"], change["what"]) == (moved, "moved")
    assert change["because"] == ["own-days"]
    same = [name for name, data in at_home.there.items() if before.get(name) == data]
    # The run and the rest day that changed places with it.
    assert len(same) == len(before) - 2


@pytest.mark.parametrize("to", [WEDNESDAY, "2026-11-24"], ids=["of the same day", "of another day"])
def test_her_time_of_day_is_the_start_of_the_session(her, to):
    """06:00 UTC is 07:00 in Zurich in November."""
    session_id = id_on(her.plan, WEDNESDAY, *RUNS)
    her.moves(session_id, to, "06:00")
    her.publishes()

    her.types("replan")
    done = her.publishes("--json").document

    (found,) = [(on, one.start) for on, one in sessions(her.plan) if one.id == session_id]
    assert found == (to, "07:00")
    assert done["kept"] == []
    assert her.shown == her.should_show


def test_a_session_that_she_makes_a_whole_day_has_no_time_of_day(tmp_path):
    """Her file has every session at 18:30."""
    days = "\n".join(f'{day} = "18:30"' for day in ("mon", "tue", "wed", "thu", "fri", "sun"))
    at_home = HerCalendar(tmp_path, text=f"{FREE}\n[week.start]\n{days}\n")
    at_home.types("plan", "--no-red-flags")
    at_home.publishes()
    session_id = id_on(at_home.plan, WEDNESDAY, *RUNS)
    at_home.moves(session_id, "2026-11-24")

    at_home.types("replan")
    done = at_home.publishes("--json").document

    (found,) = [(on, one.start) for on, one in sessions(at_home.plan) if one.id == session_id]
    assert (found, done["kept"]) == (("2026-11-24", None), [])


def test_what_she_moved_in_the_folder_needs_no_publish_before_the_replan(at_home):
    session_id = id_on(at_home.plan, WEDNESDAY, *RUNS)
    at_home.moves(session_id, "2026-11-24")

    at_home.types("replan")

    assert day_of_session(at_home.plan, session_id) == "2026-11-24"


def test_a_flare_keeps_the_day_that_she_chose_after_it(at_home):
    """She moves a run of the last week; the flare of Wednesday does not reach it."""
    session_id = id_on(at_home.plan, "2026-12-16", *RUNS)
    at_home.moves(session_id, "2026-12-15")
    at_home.publishes()

    at_home.types("flare", "--pain", 6, "--no-red-flags", today=WEDNESDAY)

    assert day_of_session(at_home.plan, session_id) == "2026-12-15"


# Where it is not possible


@pytest.mark.parametrize(
    ("to", "says"),
    [
        ("2026-11-28", "You moved the run to Sat 28 Nov; the limits leave no room for it there."),
        ("2026-12-04", "to Fri 4 Dec, more than a week away: the plan keeps its own day."),
        (
            "2027-02-01",
            "to Mon 1 Feb, after the last day of your plan: the plan keeps its own day.",
        ),
    ],
    ids=["no time that day", "too far", "after the plan"],
)
def test_what_cannot_be_is_told_and_stays_in_her_calendar(her, to, says):
    session_id = id_on(her.plan, WEDNESDAY, *RUNS)
    plan = her.plan
    her.moves(session_id, to)
    her.publishes()
    hers = her.shown[her.planned[session_id].name]

    done = her.types("replan")
    kept = her.publishes("--json").document["kept"]

    assert says in said(done)
    assert her.plan == plan
    assert [one["session_id"] for one in kept] == [session_id]
    assert her.shown[her.planned[session_id].name] == hers


def test_a_run_that_she_moves_into_a_flare_is_no_part_of_the_plan(her):
    her.types("flare", "--pain", 6, "--no-red-flags")
    her.publishes()
    (day, session_id), *_ = [(on, one.id) for on, one in sessions(her.plan) if one.kind in RUNS]
    her.moves(session_id, "2026-11-24")
    her.publishes()

    done = her.types("replan")

    assert day > "2026-11-24"
    assert "You moved the run/walk to Tue 24 Nov; the limits leave no room for it" in said(done)
    assert "[flare-rest]" in said(done)
    assert day_of_session(her.plan, session_id) == day


def test_overwriting_brings_back_what_the_plan_could_not_follow(her):
    session_id = id_on(her.plan, WEDNESDAY, *RUNS)
    her.moves(session_id, "2026-11-28")
    told = her.publishes()
    her.types("replan")

    her.publishes("--overwrite")
    done = her.types("replan")

    assert "Where the plan can't follow, --overwrite puts its own days back." in said(told)
    assert her.shown == her.should_show
    assert "You moved" not in said(done)


def test_a_session_that_she_moves_to_a_day_gone_by_is_her_own_business(her):
    """The plan keeps it; she hears of it, and nothing fails."""
    session_id = id_on(her.plan, WEDNESDAY, *RUNS)
    plan = her.plan
    her.moves(session_id, "2026-11-20")

    kept = her.publishes("--json").document["kept"]
    done = her.types("replan")

    assert [one["session_id"] for one in kept] == [session_id]
    assert her.plan == plan
    assert "no session changed" in said(done)


def test_a_missed_session_that_she_moves_ahead_is_not_made_up_for(her):
    """On Friday she drags Wednesday's run to Saturday."""
    session_id = id_on(her.plan, WEDNESDAY, *RUNS)
    her.moves(session_id, "2026-11-28")

    (kept,) = her.publishes("--json", today=FRIDAY).document["kept"]
    her.types("replan", today=FRIDAY)

    assert kept["says"] == (
        'You moved "Easy run 25 min" on Wed 25 Nov to Sat 28 Nov: it stays there, but it is not part '
        "of your plan, which makes up for nothing missed."
    )
    assert day_of_session(her.plan, session_id) == WEDNESDAY


# Deleted, and folders that are no more


def test_a_session_that_she_deleted_stays_deleted_there(her):
    """A flare later, too, although the plan still has a session of that identity."""
    session_id = id_on(her.plan, "2026-12-16", *RUNS)
    name = her.planned[session_id].name
    her.deletes(session_id)
    told = her.publishes("--json").document["kept"]
    her.types("flare", "--pain", 6, "--no-red-flags")

    kept = her.publishes("--json").document["kept"]

    assert [one["session_id"] for one in told] == [session_id]
    assert day_of_session(her.plan, session_id) == "2026-12-16"
    assert [one["session_id"] for one in kept] == [session_id]
    assert name not in her.there


def test_a_folder_that_is_gone_does_not_stop_a_replan(at_home):
    shutil.rmtree(at_home.folder)

    done = at_home.types("replan")

    assert (done.code, done.err) == (0, "")


def test_a_file_in_place_of_the_folder_does_not_stop_a_replan_and_is_told(at_home):
    shutil.rmtree(at_home.folder)
    at_home.folder.write_text("no folder any more")

    done = at_home.types("replan", "--json")

    assert done.document["changes"] == []
    assert done.err.startswith(f"The folder {at_home.folder} can't be used: ")
    assert done.err.endswith(" What you moved there is left out.\n")


def test_a_folder_that_cannot_be_opened_does_not_stop_a_replan_and_is_told(at_home):
    shutil.rmtree(at_home.folder)
    # A link that leads to itself can't be opened by anybody, root neither.
    at_home.folder.symlink_to(at_home.folder)

    done = at_home.types("replan")

    assert done.code == 0
    assert done.err.startswith(f"The folder {at_home.folder} can't be used: ")
