"""An entry's identity in the calendar file, and when it counts as changed: stamps and prints."""

from __future__ import annotations

from datetime import date

import pytest

from planner.comparing import Touch, keep_identities, touched_after
from planner.entries import entry_prints
from planner.ics import calendar_bytes, event_uid
from planner.plan import Kind, State
from tests.calendars import named, of_one
from tests.ics_linter import events
from tests.plans import MONDAY, WORDS, a_day, a_plan, a_session, plan_of


def test_identity_is_made_from_plan_and_session_alone():
    plan = named(plan_of("e"))
    later = plan.model_copy(update={"revision": 7, "made_on": date(2027, 1, 1), "runner": "Mia"})

    assert event_uid(plan, "1-001") == event_uid(later, "1-001")
    assert event_uid(plan, "1-001") != event_uid(plan, "1-002")
    assert event_uid(plan, "1-001") != event_uid(
        plan.model_copy(update={"plan_id": "other"}), "1-001"
    )


def test_identities_stay_for_ever():
    """Another value here would double every event in every calendar ever imported."""
    assert event_uid(named(plan_of("e")), "1-001") == "f7735032-5a8f-579d-8997-89ca141dfbf3"


def test_two_entries_with_one_identity_are_refused():
    with pytest.raises(ValueError, match="one identity"):
        calendar_bytes(plan_of("ew"), **WORDS)


def test_a_first_plan_is_stamped_one_second_after_midnight():
    found = of_one()

    assert found["DTSTAMP"] == found["LAST-MODIFIED"] == "20261122T000001Z"
    assert found["SEQUENCE"] == "0"


def test_only_what_changed_gets_a_new_stamp():
    """Revision 3 of 1 December changed the first run; the other one last changed in revision 1."""
    plan = named(plan_of("e e")).model_copy(update={"revision": 3, "made_on": date(2026, 12, 1)})
    touched = {
        "1-001": Touch(revision=3, on=date(2026, 12, 1)),
        "1-002": Touch(revision=1, on=date(2026, 11, 22)),
    }

    found = events(calendar_bytes(plan, touched=touched, **WORDS))

    assert [(event["LAST-MODIFIED"], event["SEQUENCE"]) for event in found] == [
        ("20261201T000003Z", "2"),
        ("20261122T000001Z", "0"),
    ]


def test_an_entry_that_nobody_touched_has_the_stamp_of_its_plan():
    plan = named(plan_of("e")).model_copy(update={"revision": 3, "made_on": date(2026, 12, 1)})

    (found,) = events(calendar_bytes(plan, touched={}, **WORDS))

    assert (found["LAST-MODIFIED"], found["SEQUENCE"]) == ("20261201T000003Z", "2")


def test_a_revision_of_the_same_day_is_later_still():
    old = named(plan_of("e ."))
    new = keep_identities(plan_of(". e", revision=2), old)
    before = touched_after({}, old, entry_prints(old, **WORDS))

    touched = touched_after(before, new, entry_prints(new, **WORDS))
    found = events(calendar_bytes(new, touched=touched, **WORDS))

    assert {event["LAST-MODIFIED"] for event in found} == {"20261122T000002Z"}


@pytest.mark.parametrize(
    "change",
    [
        {"minutes": 40},
        {"title": "Easy run in the park"},
        {"start": "07:00"},
        {"kind": Kind.LONG_RUN, "title": "Easy run 30 min"},
    ],
)
def test_what_a_person_can_see_changes_the_print(change):
    old = a_plan(a_day(MONDAY, a_session(id="a")))
    new = a_plan(a_day(MONDAY, a_session(**{"id": "a", **change})))

    assert entry_prints(old, **WORDS) != entry_prints(new, **WORDS)


def test_another_pain_rule_changes_the_print():
    """A runner who lowers her own limit must find it in events that otherwise stay the same."""
    plan = a_plan(a_day(MONDAY, a_session(id="a")))
    rule = WORDS["pain_rules"][State.MILD].model_copy(update={"stop_above": 3})
    lowered = {**WORDS, "pain_rules": {**WORDS["pain_rules"], State.MILD: rule}}

    assert entry_prints(plan, **WORDS) != entry_prints(plan, **lowered)


def test_what_nobody_sees_does_not_change_the_print():
    old = a_plan(a_day(MONDAY, a_session(id="a")))
    new = a_plan(a_day(MONDAY, a_session(id="a", rules=("time",)), forecast=True), revision=2)

    assert entry_prints(old, **WORDS) == entry_prints(new, **WORDS)


def test_the_longer_session_before_it_touches_the_one_that_follows():
    """Strength at the same hour begins when the run ends."""
    old, new = (
        a_plan(
            a_day(
                MONDAY,
                a_session(minutes=minutes, id="a", start="07:00"),
                a_session(Kind.STRENGTH, id="b", start="07:00"),
            )
        )
        for minutes in (30, 40)
    )

    assert entry_prints(old, **WORDS)["b"] != entry_prints(new, **WORDS)["b"]
