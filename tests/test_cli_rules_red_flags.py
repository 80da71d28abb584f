"""``runback rules RF5``: how a question was checked, what of its consequence is ours."""

from __future__ import annotations

import pytest

from rules.loading import load_triage
from tests.commands import flat, look_up

EVERY = [question.id for question in load_triage()]


@pytest.mark.parametrize("name", ["RF5", "RF7", "RF8", "RF10", "RF11", "RF13", "RF14"])
def test_what_was_read_in_copies_says_so(name):
    # evidence/triage.csv: "Read in copies of the NHS text."
    checked = look_up(name)["checked"]

    assert checked.startswith("read in copies of the NHS text, not on its page")
    assert f"Checked: {checked}." in flat("rules", name)


@pytest.mark.parametrize("name", ["RF15", "RF16"])
def test_what_stands_in_one_copy_only_says_so(name):
    # evidence/triage.csv: a news copy of the NHS text, absent from the Sheffield NHS page.
    assert (
        "one copy of the NHS text only, a news page's, and Sheffield NHS does not have it"
        in flat("rules", name)
    )


def test_only_age_and_night_pain_are_called_false_alarms():
    # evidence G5: "such as age or night pain"; RF18 is age, RF13 night pain.
    told = [name for name in EVERY if "often a false alarm" in flat("rules", name)]

    assert told == ["RF13", "RF18"]


def test_where_the_sources_let_the_plan_go_on_that_is_told():
    # evidence/triage.csv: urgency GP_ROUTINE, "The plan may go on."
    told = [name for name in EVERY if "by its sources the plan may go on" in flat("rules", name)]

    assert told == ["RF18", "RF21", "RF22"]


def test_the_four_weeks_are_ours():
    assert "that it begins at 4 weeks is ours" in flat("rules", "RF22")


def test_an_emergency_stops_everything_in_the_document_too():
    emergency, routine = look_up("RF1"), look_up("RF18")

    assert (emergency["stops"], emergency["withdraws_plan"]) == ("all", True)
    assert (routine["stops"], routine["withdraws_plan"]) == ("running and strength", False)


@pytest.mark.parametrize(
    ("name", "urgency"),
    [("RF1", "emergency"), ("RF10", "same day"), ("RF11", "urgent"),
     ("RF19", "before running again"), ("RF18", "routine")],
)  # fmt: skip
def test_how_soon_is_told_in_a_word(name, urgency):
    assert look_up(name)["urgency"] == urgency
