"""The journal remembers what was put into calendars outside."""

from __future__ import annotations

from planner.history import Move, Published
from tests.journals import EVERYTHING, MONDAY, a_journal


def an_entry(entry_id: str, **given: object) -> Published:
    values = {
        "href": f"{entry_id}.ics",
        "etag": '"1"',
        "event": "BEGIN:VEVENT\r\nEND:VEVENT\r\n",
        **given,
    }
    return Published.model_validate({"entry_id": entry_id, **values})


def test_what_was_published_comes_back_by_identity(tmp_path):
    journal = a_journal(tmp_path)
    first, second = an_entry("1-001", is_hers=True), an_entry("1-002")

    journal.save_published("vdir", (second, first))

    assert list(journal.published("vdir").items()) == [("1-001", first), ("1-002", second)]


def test_publishing_again_replaces_all_of_that_place_and_of_no_other(tmp_path):
    journal = a_journal(tmp_path)
    journal.save_published("https://example.org/cal/", (an_entry("1-001"),))
    journal.save_published("vdir", (an_entry("1-001"), an_entry("1-002")))

    journal.save_published("vdir", (an_entry("1-002", etag='"2"'), an_entry("2-001")))

    assert journal.published("vdir") == {
        "1-002": an_entry("1-002", etag='"2"'),
        "2-001": an_entry("2-001"),
    }
    assert journal.published("https://example.org/cal/") == {"1-001": an_entry("1-001")}


def test_places_are_known_in_order_until_nothing_is_in_them(tmp_path):
    journal = a_journal(tmp_path)
    for place in ("vdir", "https://example.org/cal/", "other"):
        journal.save_published(place, (an_entry("1-001"), an_entry("1-002")))

    journal.save_published("other", ())

    assert journal.places() == ("https://example.org/cal/", "vdir")


def test_her_moves_come_with_what_was_published(tmp_path):
    journal = a_journal(tmp_path, EVERYTHING)
    moves = (Move(session_id="1-001", to=MONDAY), Move(session_id="1-002", to=MONDAY))

    journal.save_published("vdir", (an_entry("1-001"),), moves)

    # The second replaces the move to Tuesday.
    assert journal.history().moves == moves
