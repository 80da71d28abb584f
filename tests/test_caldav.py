"""``runback publish --caldav`` against a real server: Radicale, in this process."""

from __future__ import annotations

import caldav
import pytest

from planner.calendar_server import calendar_on
from planner.errors import PlannerError
from planner.following import ChangedMeanwhile
from planner.login import Login
from tests.commands import run
from tests.published import MON, SUNDAY, ids_on, name_on, shown
from tests.published import files as files_of
from tests.radicale_server import (
    PASSWORD,
    USER,
    client_of,
    events_on,
    on_server,
)

# The calendar


def test_her_own_calendar_is_made(server, maya):
    maya.plans("e")

    maya.publish()

    calendars = client_of(server).get_principal().get_calendars()
    assert [one.get_display_name() for one in calendars] == ["Training"]


def test_it_is_found_again_although_she_renamed_it(server, maya):
    maya.plans("e")
    maya.publish()
    (calendar,) = client_of(server).get_principal().get_calendars()
    calendar.set_properties([caldav.elements.dav.DisplayName("Laufen")])

    done = maya.publish()

    assert "1 as before" in done.out
    assert len(client_of(server).get_principal().get_calendars()) == 1


def test_a_calendar_that_she_made_is_taken_by_its_name(server, maya):
    client_of(server).get_principal().make_calendar("Sport", "sport")
    maya.plans("e")

    place = maya.publish("--calendar", "Sport", "--json").document["place"]

    assert place == f"{server.url}{USER}/sport/"


def test_a_calendar_can_be_given_by_its_address(tmp_path, server, maya):
    client_of(server).get_principal().make_calendar("Sport", "sport")
    maya.plans("e")

    done = run(
        *("publish", maya.file, "--caldav", f"{server.url}{USER}/sport", "--user", USER, "--json"),
        today=SUNDAY,
    )

    assert done.document["place"] == f"{server.url}{USER}/sport/"
    assert len(events_on(server)) == 1


def test_the_address_of_a_calendar_and_another_name_contradict(server, maya):
    client_of(server).get_principal().make_calendar("Sport", "sport")

    with pytest.raises(PlannerError, match="one calendar already"):
        calendar_on(Login(f"{server.url}{USER}/sport/", USER, PASSWORD), "Training")


def test_two_calendars_of_one_name_are_not_guessed_between(server, maya):
    for path in ("a", "b"):
        client_of(server).get_principal().make_calendar("Sport", path)
    maya.plans("e")

    done = maya.publish("--calendar", "Sport")

    assert (done.code, "2 calendars called 'Sport'" in done.err) == (3, True)


def test_a_calendar_that_was_deleted_is_made_and_filled_anew(server, maya):
    maya.plans("e .")
    maya.publish()
    (calendar,) = client_of(server).get_principal().get_calendars()
    calendar.delete()

    assert maya.publish().out.startswith("2 put, 0 changed, 0 removed, 0 as before\n")


# Entries


def test_every_entry_is_there_as_it_is_in_the_calendar_file(server, maya):
    """SEQUENCE too: nothing on the way raises it."""
    plan = maya.plans("es . w", start="18:30")

    maya.publish()

    kept = events_on(server)
    for file in files_of(plan).values():
        assert shown(kept[file.name]) == shown(file.data)
        assert b"\nSEQUENCE:0" in kept[file.name].replace(b"\r", b"")
    assert len(kept) == 4


def test_only_what_changed_is_sent(server, maya):
    """The run of Monday moves to Tuesday, the rest day the other way; eleven entries stay."""
    maya.plans("e . " + "w " * 12)
    maya.publish()
    maya.plans(". e " + "w " * 12, made_on=MON)
    server.asked.clear()

    maya.publish()

    assert (server.counted("PUT"), server.counted("DELETE"), server.counted("GET")) == (2, 0, 0)


def test_publishing_again_only_looks(server, maya):
    maya.plans("e . w")
    maya.publish()
    server.asked.clear()

    maya.publish()

    assert {one.method for one in server.asked} == {"PROPFIND"}


def test_a_changed_session_has_a_higher_sequence(server, maya):
    old = maya.plans("e .")
    maya.publish()
    maya.plans(". e", made_on=MON)

    maya.publish()

    assert b"\nSEQUENCE:1" in events_on(server)[name_on(old, MON)].replace(b"\r", b"")


def test_what_left_the_plan_is_deleted_there(server, maya):
    maya.plans("es")
    maya.publish()
    plan = maya.plans("e")

    maya.publish()

    assert set(events_on(server)) == {file.name for file in files_of(plan).values()}


@pytest.mark.parametrize("etag", ["", '"0"'])
def test_what_changed_this_moment_is_neither_written_over_nor_deleted(server, maya, etag):
    plan = maya.plans("e")
    maya.publish()
    calendar = on_server(server)

    with pytest.raises(ChangedMeanwhile):
        calendar.put(name_on(plan, MON), next(iter(files_of(plan).values())).data, etag)
    with pytest.raises(ChangedMeanwhile):
        calendar.delete(name_on(plan, MON), '"0"')


def test_an_entry_that_is_gone_shows_nothing(server, maya):
    maya.plans("e")
    maya.publish()

    assert on_server(server).read(["nothing.ics"]) == {}


def test_a_weak_etag_is_no_obstacle(server, maya):
    """If-Match never takes a weak one (RFC 9110 13.1.1), and some servers list no other."""
    plan = maya.plans("e")
    maya.publish()
    calendar = on_server(server)
    (file,) = files_of(plan).values()
    etag = calendar.etags([file.name])[file.name]

    assert calendar.put(file.name, file.data, f"W/{etag}")


def test_what_was_imported_before_is_told(server, maya):
    """The calendar has the event already, under the name that an import gave it."""
    plan = maya.plans("e")
    calendar = client_of(server).get_principal().make_calendar("Training", "training")
    (file,) = files_of(plan).values()
    client_of(server).put(f"{calendar.url}imported.ics", file.data.decode(), {})

    done = maya.publish()

    assert done.code == 1
    assert "already under other names" in done.err


def test_a_fault_half_way_is_mended_by_the_next_publish(server, maya):
    """The server stops after two entries: the third request finds nobody."""
    plan = maya.plans("e w s")
    server.refuse("PUT", "500 Internal Server Error", when=range(2, 9))

    first = maya.publish()
    server.recover()
    second = maya.publish("--json").document

    assert first.code == 1
    assert (len(second["put"]), second["kept"]) == (1, [])
    assert set(events_on(server)) == {file.name for file in files_of(plan).values()}


def test_her_moves_on_the_server_are_remembered_for_the_next_replan(server, maya):
    plan = maya.plans("e . .")
    maya.publish()
    (calendar,) = client_of(server).get_principal().get_calendars()
    (event,) = [one for one in calendar.get_events() if "Easy run" in one.data]
    event.data = event.data.replace("20261124", "20261126").replace("20261123", "20261125")
    event.save(increase_seqno=True)

    done = maya.publish()

    assert "to Wed 25 Nov: it stays there." in done.out.replace("\n ", "")
    assert [(one.session_id, f"{one.to}") for one in maya.journal.history().moves] == [
        (ids_on(plan, MON)[0], "2026-11-25")
    ]
