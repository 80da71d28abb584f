"""Wishes changed for once with ``--set``: what is understood, and what is said of what is not."""

from __future__ import annotations

from datetime import date

import pytest

from planner.errors import InputError
from planner.profile import Runner
from planner.profile_edits import edited, edited_runner, edits_of
from planner.profile_text import decode_toml

FILE = b"""\
[runner]
name = "Maya"
time_zone = "Europe/Zurich"
[goal]
kind = "race"
on = 2027-04-11
distance_km = 10.0
pace = "6:45"
[week]
runs = 3
[week.minutes]
mon = 45
[[away]]
from = 2026-12-24
to = 2026-12-27
[back]
pain_today = 1.0
"""


def with_edits(*given: str) -> Runner:
    return edited_runner(FILE, "maya.toml", edits_of(given), stop_above_max=5.0)


def said_of(*given: str) -> str:
    with pytest.raises(InputError) as caught:
        with_edits(*given)
    return f"{caught.value.message} {caught.value.try_}"


@pytest.mark.parametrize(
    ("given", "table", "key", "value"),
    [
        ("week.runs=4", "week", "runs", 4),
        (" week.runs = 4 ", "week", "runs", 4),
        ("goal.on=2027-05-02", "goal", "on", date(2027, 5, 2)),
        ('goal.on="2027-05-02"', "goal", "on", date(2027, 5, 2)),
        ("goal.pace=7:00", "goal", "pace", "7:00"),
        ('goal.pace="7:00"', "goal", "pace", "7:00"),
        ("runner.name=Maya Lee", "runner", "name", "Maya Lee"),
        ("week.long_run=sat", "week", "long_run", "sat"),
        ('back.worse_with=["flexion"]', "back", "worse_with", ("flexion",)),
        ("recent.run_minutes=[60, 75]", "recent", "run_minutes", (60, 75)),
    ],
)
def test_a_value_is_one_of_the_file_or_a_bare_word(given, table, key, value):
    assert getattr(getattr(with_edits(given), table), key) == value


def test_a_key_of_an_inner_table_is_changed_and_its_neighbours_stay():
    minutes = with_edits("week.minutes.sat=90").week.minutes

    assert (minutes.mon, minutes.sat) == (45, 90)


def test_a_time_of_day_needs_no_quotes():
    assert with_edits("week.start.mon=07:30").week.start.mon == "07:30"


def test_nothing_after_the_sign_leaves_the_key_out():
    runner = with_edits("goal.kind=run_time", "goal.minutes=30", "goal.distance_km=", "goal.pace=")

    assert (runner.goal.distance_km, runner.goal.pace, runner.goal.minutes) == (None, None, 30)


def test_a_whole_table_can_be_left_out():
    assert with_edits("back=").back is None


def test_a_list_of_tables_is_given_as_a_whole():
    assert with_edits("away=[]").away == ()
    (away,) = with_edits("away=[{from = 2027-01-02, to = 2027-01-03}]").away
    assert (away.first, away.last) == (date(2027, 1, 2), date(2027, 1, 3))


def test_what_is_not_set_stays_and_so_does_the_text():
    text = decode_toml(FILE, "maya.toml")
    before = repr(text.data)
    changed = edited(text, edits_of(["week.minutes.mon=30", "week.runs=4"]))

    assert repr(text.data) == before
    assert changed.data["runner"] == text.data["runner"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("week.runs=9", "week.runs = 9 is not allowed; write a whole number from 0 to 7."),
        ("week.runs=four", 'week.runs = "four" is not allowed; write a whole number'),
        ("week.rns=4", "week.rns = 4 is an unknown key; did you mean week.runs?"),
        ("wek.runs=4", "[wek] is an unknown table; did you mean week?"),
        ("goal.on=2027-02-30", 'goal.on = "2027-02-30" is not allowed; write a day of the calend'),
        ("goal.on=", 'goal.on is missing; kind = "race" needs it'),
        ("goal.pace=", "goal.pace is missing"),
        ("goal.onn=", "goal.onn is not in the file; did you mean goal.on?"),
        ("recent=", "recent is not in the file, so it can't be left out."),
        ("goal.on.x=", "goal.on.x is not in the file"),
        ("goal.on.x=1", "goal.on = a table is not allowed"),
        ("away.from=2027-01-02", "away.from is a part of a list. Give the list as a whole"),
        ("away=[{from=2027-01-02, to=2027-01-01}]", 'it lies before "from", 2027-01-02'),
        (
            "week.start.mon=07:30:00",
            'week.start.mon = "07:30:00" is not allowed; write a time in q',
        ),
        ("back.stop_above=7", "it may lower the rulebook's limit, 5, but never raise it"),
    ],
)
def test_a_wrong_value_is_told_as_the_file_would_be(given, said):
    sentence = said_of(given)

    assert said in sentence
    assert "maya.toml with --set: " in sentence


def test_a_key_of_the_file_that_no_longer_fits_is_told_with_its_line():
    # distance_km stands in line 7 of the file and is for races only.
    sentence = said_of("goal.kind=keep_running", "goal.on=")

    assert "maya.toml, line 7: goal.distance_km = 10.0 is not allowed" in sentence
    assert "--set KEY= leaves a key out" in sentence


@pytest.mark.parametrize(
    "given",
    [
        "week.runs",
        "=4",
        "week..runs=4",
        "week runs=4",
        "week.runs=4\nx = 1",
        "x=\udcff",
        "a" * 2000,
    ],
)
def test_what_is_no_key_with_a_value_is_refused(given):
    assert "like --set week.runs=4" in said_of(given)


@pytest.mark.parametrize("given", ["away=[", 'goal.pace="7:00', "away=[1 2]", "week.minutes={mon}"])
def test_brackets_and_quotes_have_to_close(given):
    assert "a quote, a bracket or a comma" in said_of(given)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("week.runs=4", "week.runs=5"),
        ("week.minutes.sat=90", "week.minutes={mon = 30}"),
        ("week.minutes={mon = 30}", "week.minutes.sat=90"),
        ("goal.on=2027-05-02", "goal.on="),
    ],
)
def test_no_key_is_set_twice(first, second):
    assert "is set twice" in said_of(first, second)


def test_keys_that_begin_alike_are_not_the_same():
    assert with_edits("week.minutes.mon=30", "week.mobility=2").week.mobility == 2
