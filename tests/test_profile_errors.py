"""A wrong value in the runner's file is told with file, line, key, value and what is allowed."""

from __future__ import annotations

import pytest

from planner.errors import InputError
from planner.profile import parse_runner

LINES = """\
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
[recent]
longest_run_minutes = 35
[back]
pain_today = 1.0
worse_with = ["flexion"]
[plan]
start = 2026-11-30
"""

ZEROES_AND_RANGES = [
    # key, its table, values that are not allowed
    ("born", "runner", ["1899", "2101", "true", "1988.0", '"1988"', "nan", "[]", "{}"]),
    ("runs", "week", ["-1", "8", "true", "3.0", '"3"', "inf", "2026-01-01"]),
    ("walks", "week", ["-1", "15", "2.5"]),
    ("strength", "week", ["-1", "8", "1.5"]),
    ("mobility", "week", ["-1", "8", "false"]),
    ("mon", "week.minutes", ["-1", "1441", "30.5", "true"]),
    ("distance_km", "goal", ["0", "-1", "500.5", "nan", "inf", "-inf", "true", '"10"']),
    ("minutes", "goal", ["0", "0.5", "1441", "nan", "true"]),
    ("longest_run_minutes", "recent", ["-1", "1440.5", "nan", "inf", "true"]),
    ("days_since_last_run", "recent", ["-1", "3651", "1.5", "true"]),
    ("walk_minutes", "recent", ["-1", "1441", "true"]),
    ("pain_today", "back", ["-0.5", "10.5", "1.2", "nan", "inf", "true", '"1"']),
    ("usual_pain", "back", ["-0.5", "10.5", "1.2", "nan"]),
    ("stop_above", "back", ["-0.5", "5.5", "4.2", "nan"]),
    ("weeks", "plan", ["0", "53", "1.5", "true"]),
    ("mon", "week.start", ['"24:00"', '"7:30"', '"07:60"', '"07:30:00"', "730", '"٠٧:٣٠"']),
    ("pace", "goal", ['"6:60"', '"1:29"', '"30:01"', '"6.45"', "6.75", '""', '"-6:45"']),
    ("name", "runner", ['""', '"  "', r'"a\nb"', r'"\u0007"', r'"a\u2028b"', "7"]),
    ("on", "goal", ["1969-12-31", "2201-01-01", '"2026-02-30"', '"soon"', '"20270411"']),
    ("start", "plan", ["2026-11-30T10:00:00", "2026-11-30T10:00:00Z", "10:00:00", "20261130"]),
    ("experience", "runner", ['"pro"', "1", "true"]),
    ("kind", "goal", ['"marathon"', "1"]),
    ("long_run", "week", ['"someday"', "6"]),
    ("worse_with", "back", ['"flexion"', "true", "{}"]),
]


def problems(text: str) -> str:
    with pytest.raises(InputError) as caught:
        parse_runner(text.encode(), "maya.toml", stop_above_max=5)
    assert caught.value.exit_code == 3
    return caught.value.message


def with_key(table: str, key: str, value: str) -> tuple[str, int]:
    """The good file with this key set, and the number of its line."""
    kept = [line for line in LINES.splitlines() if not line.startswith(f"{key} = ")]
    if f"[{table}]" not in kept:
        kept.append(f"[{table}]")
    at = kept.index(f"[{table}]") + 1
    kept.insert(at, f"{key} = {value}")
    return "\n".join(kept), at + 1


def test_the_file_changed_in_these_tests_is_good():
    runner = parse_runner(LINES.encode(), "maya.toml", stop_above_max=5)

    assert runner.runner.name == "Maya"


@pytest.mark.parametrize(
    ("key", "table", "value"),
    [(key, table, value) for key, table, values in ZEROES_AND_RANGES for value in values],
)
def test_a_value_that_is_not_allowed(key, table, value):
    text, line = with_key(table, key, value)

    message = problems(text)

    told = value.replace(r"\u0007", r"\x07").replace("T", " ").replace("Z", "+00:00")
    told = {"{}": "a table"}.get(told, told)
    # the whole sentence but for what is allowed, which the next test pins
    assert message.startswith(f"maya.toml, line {line}: {table}.{key} = {told} is not allowed; ")
    assert "\n" not in message


@pytest.mark.parametrize(
    ("table", "key", "values"),
    [
        ("runner", "born", ["1900", "2100"]),
        ("week", "runs", ["0", "7"]),
        ("week", "walks", ["0", "14"]),
        ("week", "strength", ["0", "7"]),
        ("week", "mobility", ["0", "7"]),
        ("week.minutes", "mon", ["0", "1440"]),
        ("goal", "distance_km", ["0.1", "500"]),
        ("goal", "minutes", ["1", "1440"]),
        ("recent", "longest_run_minutes", ["0", "1440"]),
        ("recent", "days_since_last_run", ["0", "3650"]),
        ("recent", "walk_minutes", ["0", "1440"]),
        ("recent", "run_minutes", ["[]", "[0, 10080]", "[1, 2, 3, 4, 5, 6, 7, 8]"]),
        ("back", "pain_today", ["0", "0.5", "10"]),
        ("back", "usual_pain", ["0", "10"]),
        ("back", "stop_above", ["0", "5"]),
        ("plan", "weeks", ["1", "52"]),
        ("week.start", "mon", ['"00:00"', '"23:59"']),
        ("goal", "on", ["2200-12-31"]),
        ("plan", "start", ["1970-01-01", "2027-04-11"]),  # up to the day of the race
    ],
)
def test_the_edges_of_what_is_allowed(table, key, values):
    for value in values:
        text, _ = with_key(table, key, value)

        assert parse_runner(text.encode(), "maya.toml", stop_above_max=5)


@pytest.mark.parametrize(
    ("table", "key", "value", "allowed"),
    [
        ("week", "runs", "8", "write a whole number from 0 to 7."),
        ("goal", "distance_km", "0", "write a number above 0 and up to 500."),
        ("back", "pain_today", "1.2", "write a number from 0 to 10, in steps of 0.5."),
        (
            "back",
            "stop_above",
            "6",
            "it may lower the rulebook's limit, 5, but never raise it.",
        ),
        (
            "goal",
            "kind",
            '"Race"',
            'write one of "race", "run_time", "keep_running", "walking". Did you mean "race"?',
        ),
        (
            "week",
            "long_run",
            '"saturday"',
            'write one of "mon", "tue", "wed", "thu", "fri", "sat", "sun". Did you mean "sat"?',
        ),
        (
            "recent",
            "run_minutes",
            "[1, 2, 3, 4, 5, 6, 7, 8, 9]",
            "write a list in brackets of at most 8, each a number from 0 to 10080.",
        ),
        (
            "goal",
            "on",
            '"2026-13-01"',
            "write a day of the calendar from 1970 to 2200, written like 2027-04-11.",
        ),
        (
            "runner",
            "time_zone",
            '"Europe/Zurihc"',
            "it is no IANA time zone; did you mean Europe/Zurich or Europe/Riga or Europe/Paris?",
        ),
        (
            "runner",
            "time_zone",
            '"zurich"',
            "it is no IANA time zone; did you mean Europe/Zurich?",
        ),
    ],
)
def test_what_is_allowed_is_said(table, key, value, allowed):
    text, line = with_key(table, key, value)

    assert problems(text) == (
        f"maya.toml, line {line}: {table}.{key} = {value} is not allowed; {allowed}"
    )


@pytest.mark.parametrize(
    "zone",
    [
        "",
        "Europe",  # a folder of the zone files
        "../../etc/passwd",
        "/etc/localtime",
        "localtime",  # this machine's zone, another on the next
        "right/Europe/Zurich",  # with leap seconds
        "zone.tab",
        r"a\u0000b",
        "Mars/Phobos",
        "x" * 900,
        "ü",
    ],
)
def test_a_time_zone_that_does_not_exist(zone):
    text, line = with_key("runner", "time_zone", f'"{zone}"')

    message = problems(text)

    assert message.startswith(f"maya.toml, line {line}: runner.time_zone = ")
    assert "it is no IANA time zone" in message


@pytest.mark.parametrize(
    ("table", "key", "value", "item"),
    [
        ("recent", "run_minutes", "[60, -1]", "-1"),
        ("recent", "run_minutes", "[nan]", "nan"),
        ("recent", "run_minutes", "[true]", "true"),
        ("recent", "run_minutes", "[10081]", "10081"),
        ("back", "worse_with", '["flexion", "bending"]', '"bending"'),
        ("back", "better_with", '["sitting"]', '"sitting"'),  # eases nobody's exercises
        ("back", "better_with", '["impact"]', '"impact"'),
    ],
)
def test_a_wrong_entry_of_a_list(table, key, value, item):
    text, line = with_key(table, key, value)

    start = f"maya.toml, line {line}: {table}.{key} = {item} is not allowed; write "
    assert problems(text).startswith(start)


@pytest.mark.parametrize(
    ("table", "line", "message"),
    [
        ("week", "wlaks = 2", "week.wlaks = 2 is an unknown key; did you mean week.walks?"),
        (
            "week.minutes",
            "Monday = 45",
            "week.minutes.Monday = 45 is an unknown key; did you mean week.minutes.mon?",
        ),
        (
            "week",
            'long-run = "sat"',
            'week.long-run = "sat" is an unknown key; did you mean week.long_run?',
        ),
        # known by this name in another table
        ("back", "born = 88", "back.born = 88 is an unknown key; it belongs to [runner]."),
        ("back", 'to = "x"', 'back.to = "x" is an unknown key; it belongs to [[away]].'),
        ("back", "start = 1", "back.start = 1 is an unknown key; it belongs to [plan]."),
        ("back", "minutes = 1", "back.minutes = 1 is an unknown key; it belongs to [goal]."),
        # like one of another table
        ("back", "bron = 88", "back.bron = 88 is an unknown key; did you mean runner.born?"),
        # like none at all
        ("plan", "foo = 1", "plan.foo = 1 is an unknown key; known here: start, weeks."),
        # Python's word for it, not the file's
        ("[away]", "first = 1", "away.first = 1 is an unknown key; known here: from, to."),
        # tables
        (
            "plan",
            "[plan.minutes]",
            "[plan.minutes] is an unknown table; it belongs to [week].",
        ),
        (
            "plan",
            "[plan.goal]",
            "[plan.goal] is an unknown table; it belongs to the file as the table [goal].",
        ),
    ],
)
def test_an_unknown_key(table, line, message):
    text = LINES.replace("[plan]\nstart = 2026-11-30\n", "[plan]\n")
    text = text.replace(f"[{table}]", f"[{table}]\n{line}", 1)
    number = text.splitlines().index(line) + 1

    assert problems(text) == f"maya.toml, line {number}: {message}"


def test_an_unknown_key_with_a_line_break_in_it_stays_on_one_line():
    text = LINES.replace("[plan]", '[plan]\n"a\\nb" = 1')

    assert problems(text).endswith(r": plan.a\nb = 1 is an unknown key; known here: start, weeks.")


@pytest.mark.parametrize(
    ("line", "key", "example"),
    [
        ('name = "Maya"', "runner.name", 'add a line like name = "Maya" under [runner].'),
        (
            'time_zone = "Europe/Zurich"',
            "runner.time_zone",
            'add a line like time_zone = "Europe/Zurich" under [runner].',
        ),
        ('kind = "race"', "goal.kind", 'add a line like kind = "keep_running" under [goal].'),
        ("runs = 3", "week.runs", "add a line like runs = 3 under [week]."),
        (
            "[week.minutes]\nmon = 45",
            "week.minutes",
            "add the table [week.minutes] with a line like mon = 45 under it.",
        ),
        ("to = 2026-12-27", "away.to", "add a line like to = 2026-12-27 under [[away]]."),
        (
            "on = 2027-04-11",
            "goal.on",
            'kind = "race" needs it; add a line like on = 2027-04-11 under [goal].',
        ),
        (
            "distance_km = 10.0",
            "goal.distance_km",
            'kind = "race" needs it; add a line like distance_km = 10.0 under [goal].',
        ),
        (
            'pace = "6:45"',
            "goal.pace",
            'kind = "race" needs it to know how long the race takes; add a line like '
            'pace = "6:45" under [goal].',
        ),
    ],
)
def test_a_missing_key(line, key, example):
    message = problems(LINES.replace(line + "\n", "", 1))

    assert message.startswith("maya.toml, line ")
    assert message.endswith(f": {key} is missing; {example}")


def test_missing_tables_are_told_by_their_keys():
    message = problems("[goal]\nkind = 'walking'\n")

    assert message.splitlines() == [
        'maya.toml: runner.name is missing; add a line like name = "Maya" under [runner].',
        "maya.toml: runner.time_zone is missing; "
        'add a line like time_zone = "Europe/Zurich" under [runner].',
        "maya.toml: week.runs is missing; add a line like runs = 3 under [week].",
        "maya.toml: week.minutes is missing; "
        "add the table [week.minutes] with a line like mon = 45 under it.",
    ]


@pytest.mark.parametrize(
    ("goal", "message"),
    [
        (
            'kind = "walking"\ndistance_km = 5',
            'goal.distance_km = 5 is not allowed; it is for kind "race", not for "walking".',
        ),
        (
            'kind = "run_time"\nminutes = 30\npace = "6:00"',
            'goal.pace = "6:00" is not allowed; it is for kind "race", not for "run_time".',
        ),
        (
            'kind = "keep_running"\non = 2027-01-01',
            "goal.on = 2027-01-01 is not allowed; "
            'it is for kind "race" and "run_time", not for "keep_running".',
        ),
        (
            'kind = "run_time"',
            'goal.minutes is missing; kind = "run_time" needs it; '
            "add a line like minutes = 30 under [goal].",
        ),
    ],
)
def test_keys_that_do_not_fit_the_goal(goal, message):
    start, _, rest = LINES.partition('kind = "race"')

    found = problems(f"{start}{goal}\n{rest[rest.index('[week]') :]}")

    assert found.endswith(f": {message}")


def test_days_away_that_end_before_they_begin():
    text = LINES.replace("to = 2026-12-27", "to = 2026-12-23")

    assert problems(text) == (
        'maya.toml, line 15: away.to = 2026-12-23 is not allowed; it lies before "from", '
        "2026-12-24; exchange the two."
    )


def test_the_second_of_two_spans_away_is_told_with_its_own_line():
    text = LINES.replace("[recent]", "[[away]]\nfrom = 2027-01-02\nto = 2027-01-01\n[recent]")

    assert problems(text).startswith("maya.toml, line 18: away.to = 2027-01-01 is not allowed")


def test_a_race_before_the_plan_starts():
    text = LINES.replace("on = 2027-04-11", "on = 2026-11-29")

    assert problems(text) == (
        "maya.toml, line 6: goal.on = 2026-11-29 is not allowed; it lies before plan.start, "
        "2026-11-30."
    )


def test_pythons_words_for_days_away_are_not_the_files():
    text = LINES.replace("from = 2026-12-24\nto =", "first = 2026-12-24\nlast =")

    assert problems(text).splitlines() == [
        "maya.toml, line 13: away.from is missing; "
        "add a line like from = 2026-12-24 under [[away]].",
        "maya.toml, line 13: away.to is missing; add a line like to = 2026-12-27 under [[away]].",
        "maya.toml, line 14: away.first = 2026-12-24 is an unknown key; known here: from, to.",
        "maya.toml, line 15: away.last = 2026-12-27 is an unknown key; known here: from, to.",
    ]


def test_a_direction_that_eases_and_worsens():
    text = LINES.replace("[plan]", 'better_with = ["extension", "flexion"]\n[plan]')

    assert problems(text) == (
        'maya.toml, line 21: back.better_with = ["extension", "flexion"] is not allowed; '
        '"flexion" is in worse_with too; keep it in one of them.'
    )


@pytest.mark.parametrize("limit", [3.0, 4.5])
def test_the_rulebooks_own_limit_on_pain_is_the_highest(limit):
    text = LINES.replace("[plan]", "stop_above = {}\n[plan]")

    kept = parse_runner(text.format(limit).encode(), "f", stop_above_max=limit)

    assert kept.back is not None
    assert kept.back.stop_above == limit
    with pytest.raises(InputError, match="never raise it"):
        parse_runner(text.format(limit + 0.5).encode(), "f", stop_above_max=limit)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("away = 3", "away = 3 is not allowed; write one table for each"),
        ("[away]\nfrom = 2026-01-01", "away = a table is not allowed; write one table for each"),
        ("[[week]]\nruns = 3", "week = a list is not allowed; write a table"),
        ("back = 'fine'", 'back = "fine" is not allowed; write a table'),
        ("back = []", "back = [] is not allowed; write a table"),
        ("away = [3]", "away = 3 is not allowed; write a table"),
    ],
)
def test_a_table_written_as_something_else(text, message):
    assert f"f.toml, line 1: {message}" in _first_problem(text)


def _first_problem(text: str) -> str:
    with pytest.raises(InputError) as caught:
        parse_runner(text.encode(), "f.toml", stop_above_max=5)
    return caught.value.message.splitlines()[0]


def test_five_problems_are_told_from_the_top_and_the_rest_counted():
    text = LINES.replace("mon = 45", "\n".join(f"{day} = -1" for day in ("mon", "tue", "wed")))
    text = text.replace("runs = 3", "runs = -3").replace("pain_today = 1.0", "pain_today = 11")
    text = text.replace("longest_run_minutes = 35", "longest_run_minutes = -1")

    lines = problems(text).splitlines()

    # 1 of runs, 3 of minutes, 1 of the longest run; the pain is the sixth
    assert [line.split(": ")[1].split(" = ")[0] for line in lines[:5]] == [
        "week.runs",
        "week.minutes.mon",
        "week.minutes.tue",
        "week.minutes.wed",
        "recent.longest_run_minutes",
    ]
    assert lines[5:] == ["maya.toml: and 1 more."]


@pytest.mark.parametrize(
    "number",
    ["1" + "0" * 18, "-1" + "0" * 18, "0x" + "f" * 900, "9" * 900],
)
def test_a_huge_number_is_not_written_out(number):
    text, line = with_key("runner", "born", number)

    assert problems(text).startswith(
        f"maya.toml, line {line}: runner.born = a number of more than 18 digits is not allowed"
    )
