"""The runner's file: which values it gives, and what stands in for the ones left out."""

from __future__ import annotations

from datetime import date

import pytest

from planner.errors import InputError
from planner.profile import Away, Goal, Runner, Table, pace_seconds_per_km, parse_runner
from planner.request import Experience

EVERY_KEY = """
[runner]
name = "Maya"
time_zone = "Europe/Zurich"
experience = "regular"
born = 1988

[goal]
kind = "race"
on = 2027-04-11
distance_km = 10.0
pace = "6:45"
minutes = 30

[week]
runs = 3
walks = 5
strength = 2
mobility = 3
long_run = "sat"

[week.minutes]
mon = 45
tue = 10
wed = 60
thu = 20
fri = 30
sat = 120
sun = 1440

[week.start]
mon = "07:30"
tue = "00:00"
wed = "18:00"
thu = "18:05"
fri = "12:00"
sat = "09:00"
sun = "23:59"

[[away]]
from = 2026-12-24
to = 2026-12-27

[[away]]
from = 2026-12-27
to = 2026-12-27

[recent]
run_minutes = [60, 75.5, 80, 90]
longest_run_minutes = 35
days_since_last_run = 2
walk_minutes = 20

[back]
pain_today = 1.0
usual_pain = 0.5
worse_with = ["flexion", "sitting"]
better_with = ["extension"]
stop_above = 4.5

[plan]
start = 2026-11-30
weeks = 12
"""

ONLY_REQUIRED = """
[runner]
name = "Ada"
time_zone = "UTC"
[goal]
kind = "keep_running"
[week]
runs = 2
[week.minutes]
"""


def parse(text: str) -> Runner:
    return parse_runner(text.encode(), "maya.toml", stop_above_max=5)


def test_every_key_is_read():
    runner = parse(EVERY_KEY)

    assert runner.model_dump(by_alias=True) == {
        "runner": {
            "name": "Maya",
            "time_zone": "Europe/Zurich",
            "experience": Experience.REGULAR,
            "born": 1988,
        },
        "goal": {
            "kind": "race",
            "on": date(2027, 4, 11),
            "distance_km": 10.0,
            "pace": "6:45",
            "minutes": 30.0,
        },
        "week": {
            "runs": 3,
            "walks": 5,
            "strength": 2,
            "mobility": 3,
            "long_run": "sat",
            "minutes": {
                "mon": 45,
                "tue": 10,
                "wed": 60,
                "thu": 20,
                "fri": 30,
                "sat": 120,
                "sun": 1440,
            },
            "start": {
                "mon": "07:30",
                "tue": "00:00",
                "wed": "18:00",
                "thu": "18:05",
                "fri": "12:00",
                "sat": "09:00",
                "sun": "23:59",
            },
        },
        "away": (
            {"from": date(2026, 12, 24), "to": date(2026, 12, 27)},
            {"from": date(2026, 12, 27), "to": date(2026, 12, 27)},
        ),
        "recent": {
            "run_minutes": (60.0, 75.5, 80.0, 90.0),
            "longest_run_minutes": 35.0,
            "days_since_last_run": 2,
            "walk_minutes": 20,
        },
        "back": {
            "pain_today": 1.0,
            "usual_pain": 0.5,
            "worse_with": ("flexion", "sitting"),
            "better_with": ("extension",),
            "stop_above": 4.5,
        },
        "plan": {"start": date(2026, 11, 30), "weeks": 12},
    }


def test_keys_left_out_have_defaults():
    runner = parse(ONLY_REQUIRED)

    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    assert runner.model_dump() == {
        "runner": {
            "name": "Ada",
            "time_zone": "UTC",
            "experience": Experience.RETURNING,
            "born": None,
        },
        "goal": {
            "kind": "keep_running",
            "on": None,
            "distance_km": None,
            "pace": None,
            "minutes": None,
        },
        "week": {
            "runs": 2,
            "walks": 0,
            "strength": 0,
            "mobility": 0,
            "long_run": None,
            "minutes": dict.fromkeys(days, 0),
            "start": dict.fromkeys(days),
        },
        "away": (),
        "recent": {
            "run_minutes": (),
            "longest_run_minutes": 0.0,
            "days_since_last_run": None,
            "walk_minutes": 0,
        },
        "back": None,
        "plan": {"start": None, "weeks": None},
    }


def test_an_empty_back_has_no_pain_but_knows_that_none_was_told():
    back = parse(ONLY_REQUIRED + "[back]\nworse_with = ['impact']").back

    assert back is not None
    assert (back.pain_today, back.usual_pain, back.stop_above) == (0.0, None, None)
    assert not back.pain_today_given


def test_a_pain_of_zero_that_was_told_is_known_as_told():
    back = parse(ONLY_REQUIRED + "[back]\npain_today = 0").back

    assert back is not None
    assert back.pain_today_given


@pytest.mark.parametrize(
    ("lines", "usual"),
    [
        ("pain_today = 2.5", 2.5),  # no usual pain told: that of today
        ("pain_today = 2.5\nusual_pain = 0", 0.0),  # 0 is told, not left out
        ("usual_pain = 1", 1.0),
        ("", 0.0),
    ],
)
def test_usual_pain(lines, usual):
    back = parse(f"{ONLY_REQUIRED}[back]\n{lines}").back

    assert back is not None
    assert back.usual_pain_points == usual


def test_minutes_and_start_by_weekday_number():
    week = parse(EVERY_KEY).week

    assert [week.minutes.on(day) for day in range(7)] == [45, 10, 60, 20, 30, 120, 1440]
    assert (week.start.on(0), week.start.on(6)) == ("07:30", "23:59")


def test_long_run_weekday_counts_from_monday():
    assert parse(EVERY_KEY).week.long_run_weekday == 5  # sat
    assert parse(ONLY_REQUIRED).week.long_run_weekday is None


@pytest.mark.parametrize(
    ("pace", "seconds"),
    [
        ("6:45", 6 * 60 + 45),
        ("06:05", 6 * 60 + 5),
        ("1:30", 90),  # the fastest allowed
        ("30:00", 1800),  # the slowest allowed
    ],
)
def test_pace_in_seconds(pace, seconds):
    goal = parse(EVERY_KEY.replace("6:45", pace)).goal

    assert pace_seconds_per_km(goal) == seconds


def test_pace_asked_of_a_goal_without_one_is_told_to_the_runner():
    with pytest.raises(InputError, match=r"goal\.pace is missing"):
        pace_seconds_per_km(Goal(kind="walking"))


def test_a_date_in_quotes_is_a_date():
    runner = parse(EVERY_KEY.replace("on = 2027-04-11", 'on = "2027-04-11"'))

    assert runner.goal.on == date(2027, 4, 11)


def test_29_february_of_a_leap_year_is_a_date():
    runner = parse(EVERY_KEY.replace("2027-04-11", "2028-02-29"))

    assert runner.goal.on == date(2028, 2, 29)


@pytest.mark.parametrize(
    "lines",
    [
        'kind = "run_time"\nminutes = 30',
        'kind = "run_time"\nminutes = 30\non = 2027-01-01',
        'kind = "keep_running"\nminutes = 30',
        'kind = "walking"\nminutes = 30',
        'kind = "walking"',
    ],
)
def test_keys_that_fit_their_goal(lines):
    runner = parse(ONLY_REQUIRED.replace('kind = "keep_running"', lines))

    assert f'"{runner.goal.kind}"' in lines


@pytest.mark.parametrize(
    "name",
    [
        "Zoë 走る 🏃‍♀️",  # letters of any script, an emoji of several signs
        "x" * 100,  # the longest allowed
        "Mary Ann O'Neil-Smith",
    ],
)
def test_names_of_all_kinds(name):
    assert parse(ONLY_REQUIRED.replace("Ada", name)).runner.name == name


@pytest.mark.parametrize("zone", ["America/Argentina/Buenos_Aires", "Asia/Kathmandu", "Etc/GMT+5"])
def test_time_zones_of_all_kinds(zone):
    assert parse(ONLY_REQUIRED.replace("UTC", zone)).runner.time_zone == zone


def test_away_can_be_made_with_the_words_of_python():
    away = Away(first=date(2026, 1, 1), last=date(2026, 1, 2))

    assert away.model_dump(by_alias=True) == {"from": date(2026, 1, 1), "to": date(2026, 1, 2)}


def test_every_key_is_described():
    keys = [
        (f"{table.__name__}.{name}", field.description)
        for table in Table.__subclasses__()
        for name, field in table.model_fields.items()
    ]

    # 7 of the file itself, 4 runner, 5 goal, 7 week, 7 minutes,
    # 7 start, 2 away, 4 recent, 5 back, 2 plan
    assert len(keys) == 7 + 4 + 5 + 7 + 7 + 7 + 2 + 4 + 5 + 2
    assert [name for name, text in keys if not text] == []
