"""What stands in for a runner's file and is none: told in sentences, never as a traceback."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.errors import InputError
from planner.profile import Runner, parse_runner, read_runner

GOOD = """\
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
long_run = "sat"
[week.minutes]
mon = 45
sat = 120
[[away]]
from = 2026-12-24
to = 2026-12-27
[recent]
run_minutes = [60, 75, 80, 90]
[back]
pain_today = 1.0
worse_with = ["flexion"]
stop_above = 5
[plan]
weeks = 12
"""


def parse(data: bytes) -> Runner:
    return parse_runner(data, "maya.toml", stop_above_max=5)


def message_of(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        parse(data)
    assert caught.value.try_
    return caught.value.message


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + GOOD.encode(),  # byte order mark, as Windows' Notepad writes
        GOOD.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode(),
        GOOD.rstrip().encode(),  # no line end at the end
    ],
)
def test_other_ways_to_write_the_same_file(data):
    assert parse(data) == parse(GOOD.encode())


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "maya.toml is empty."),
        (b" \r\n\t\n", "maya.toml is empty."),
        (GOOD.encode("utf-16"), "maya.toml is UTF-16 text; only UTF-8 is read."),
        (b"\xfe\xff" + GOOD.encode("utf-16-be"), "maya.toml is UTF-16 text; only UTF-8 is read."),
        (GOOD.encode("utf-16-le"), "maya.toml, line 1: this is not a text file."),
        (b'[runner]\nname = "Zo\xeb"\n', "maya.toml, line 2: this is not UTF-8 text."),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "maya.toml, line 1: this is not UTF-8 text."),
        (b"\x7fELF\0\0\0", "maya.toml, line 1: this is not a text file."),
        (b"# a\na = " + b"[" * 900, "maya.toml: brackets are nested too deep."),
        (b"# a\n" + b"a = {" * 199, "maya.toml, line 2"),
        (b"\n#" + b"x" * 1000, "maya.toml, line 2: the line has more than 1,000 characters."),
        (
            b"\na" + b".a" * 21 + b" = 1",
            "maya.toml, line 2: the line has more than 20 dots outside of quotes; "
            "no key is nested so deep.",
        ),
    ],
)
def test_a_file_that_is_not_a_runners(data, message):
    assert message_of(data).startswith(message)


def test_dots_in_texts_and_comments_are_no_keys():
    text = GOOD.replace('"Maya"', '"......................" # .......................')

    assert parse(text.encode()).runner.name == "." * 22


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "on = 2027-04-11",
            "on = 2027-02-30 # race",
            "line 6, column 6: goal.on = 2027-02-30 is not a day of the calendar; "
            "write it like 2027-04-11.",
        ),
        (
            "on = 2027-04-11",
            "on = 2027-13-01",
            "line 6, column 10: goal.on = 2027-13-01 is not a day of the calendar; "
            "write it like 2027-04-11.",
        ),
        (
            'pace = "6:45"',
            "pace = 6:45",
            'line 8, column 9: goal.pace = 6:45 needs quotes, like "6:45" or "07:30".',
        ),
        (
            "distance_km = 10.0",
            "distance_km = 10,5",
            "line 7, column 17: goal.distance_km = 10,5 has a comma; "
            "write a decimal point, like 1.5.",
        ),
        (
            '"Maya"',
            "Maya",
            'line 2, column 8: runner.name = Maya is not allowed; text needs quotes, like "Maya".',
        ),
        (
            "runs = 3",
            "runs =",
            "line 10, column 7: week.runs = has no value after the equals sign.",
        ),
        (
            "[week]",
            "[week",
            "line 9, column 6: [week can't be read; lines are written [table] or key = value.",
        ),
        (
            "runs = 3",
            "three runs",
            "line 10, column 7: three runs can't be read; "
            "lines are written [table] or key = value.",
        ),
        (
            "runs = 3",
            "runs = 3\nruns = 4",
            "line 11: week.runs is written a second time (first in line 10).",
        ),
        (
            "[back]",
            "[goal]",
            "line 20: goal is written a second time (first in line 4).",
        ),
        (
            "runs = 3",
            "runs = 3\x07",
            r"line 10, column 9: week.runs = 3\x07 can't be read; "
            "lines are written [table] or key = value.",
        ),
    ],
)
def test_a_line_that_is_not_toml(old, new, message):
    assert message_of(GOOD.replace(old, new, 1).encode()) == f"maya.toml, {message}"


def test_a_key_inside_a_long_text_is_not_taken_for_the_key():
    name = 'name = """\nborn = 1\n"""\nborn = 1'

    message = message_of(GOOD.replace('name = "Maya"', name).encode())

    # the name has line ends; the year is the one after it
    assert [line.split(" = ")[0] for line in message.splitlines()] == [
        "maya.toml, line 2: runner.name",
        "maya.toml, line 5: runner.born",
    ]


def test_a_file_name_with_a_line_break_stays_on_one_line():
    with pytest.raises(InputError) as caught:
        parse_runner(b"", "ma\nya.toml", stop_above_max=5)

    assert caught.value.message == r"ma\nya.toml is empty."


def test_a_file_is_read(tmp_path):
    path = tmp_path / "maya.toml"
    path.write_text(GOOD)

    assert read_runner(path, stop_above_max=5) == parse(GOOD.encode())


def message_of_path(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_runner(path, stop_above_max=5)
    return caught.value.message


def test_a_file_that_is_not_there(tmp_path):
    path = tmp_path / "maya.toml"

    assert message_of_path(path) == f"{path}: there is no such file."


def test_a_folder(tmp_path):
    assert message_of_path(tmp_path) == f"{tmp_path} is a folder, not a file."


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "loop"])
def test_a_name_that_can_be_no_file(tmp_path, name):
    (tmp_path / "loop").symlink_to(tmp_path / "loop")

    assert message_of_path(tmp_path / name).endswith(": the file can't be read.")


def test_a_file_of_ten_million_bytes_is_refused_at_once(tmp_path):
    path = tmp_path / "maya.toml"
    path.write_bytes(b"[[away]]\n" * 1_111_112)
    before = time.process_time()

    message = message_of_path(path)

    assert message == f"{path} is larger than 1,000,000 bytes; a runner's file has about 2,000."
    assert time.process_time() - before < 0.2  # parsing it would take seconds


@pytest.mark.parametrize(
    "line",
    [
        "k{} = 1",  # each key unknown
        "[[away]]\nform = {}",  # each span wrong in three ways
        "[a{}" + ".a" * 20 + "]",  # as deep as is allowed
    ],
)
def test_a_large_file_full_of_faults_is_told_in_seconds(line):
    size = 900_000 // len(line.format(10_000))
    text = "\n".join(line.format(10_000 + number) for number in range(size))
    before = time.process_time()

    message = message_of(text.encode())

    assert len(message.splitlines()) == 6
    assert time.process_time() - before < 15  # about 4 s; minutes if each were looked into


def test_a_file_just_below_the_limit_is_read():
    filler = b"#\n" * ((1_000_000 - len(GOOD)) // 2)

    assert parse(GOOD.encode() + filler).runner.name == "Maya"


WITHOUT_PERMISSION = """
import os, sys
from pathlib import Path
from planner.errors import InputError
from planner.profile import read_runner
if os.getuid() == 0:
    os.setuid(65534)
try:
    read_runner(Path(sys.argv[1]), stop_above_max=5)
except InputError as error:
    print(error.message)
"""


def test_a_file_without_permission(tmp_path):
    """Root may read everything: the child gives up being root first."""
    path = tmp_path / "maya.toml"
    path.write_text(GOOD)
    path.chmod(0)
    tmp_path.chmod(0o755)
    for folder in tmp_path.parents[:2]:
        if folder.stat().st_uid == os.getuid():
            folder.chmod(folder.stat().st_mode | 0o055)

    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_PERMISSION, str(path)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )

    assert done.stdout == f"{path}: you have no permission to read this file.\n"


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_end_in_a_sentence(data):
    sentences = _sentences_of(data)

    # no bytes as short as these hold all that is required
    assert sentences
    _assert_plain(sentences)


_CUT = st.integers(min_value=0, max_value=len(GOOD))
_NUMBERS = ("-1", "-0.0", "nan", "inf", "1e999", "0x" + "f" * 99, "true")
_TEXTS = ('""', "'\\'", '"Europe"', "\U0001f3c3")
_DATES = ("1979-05-27T07:32:00Z", "0001-01-01", "9999-12-31", "07:32:00")
_VALUES = st.sampled_from((*_NUMBERS, *_TEXTS, *_DATES, "[]", "{}", "[[]]", "[{}]"))


@settings(max_examples=300, deadline=None)
@given(start=_CUT, length=st.integers(0, 40), new=st.text(max_size=8) | _VALUES)
def test_a_piece_replaced_by_anything(start, length, new):
    text = GOOD[:start] + new + GOOD[start + length :]

    _assert_plain(_sentences_of(text.encode("utf-8", "surrogatepass")))


@settings(max_examples=300, deadline=None)
@given(line=st.sampled_from([n for n, x in enumerate(GOOD.splitlines()) if "=" in x]), new=_VALUES)
def test_a_value_replaced_by_an_odd_one(line, new):
    lines = GOOD.splitlines()
    lines[line] = lines[line].partition("=")[0] + "= " + new

    _assert_plain(_sentences_of("\n".join(lines).encode()))


@settings(max_examples=200, deadline=None)
@given(st.permutations(GOOD.splitlines()), st.integers(1, 30))
def test_lines_in_any_order(lines, kept):
    _assert_plain(_sentences_of("\n".join(lines[:kept]).encode()))


def _sentences_of(data: bytes) -> list[str]:
    """The sentences about a file; none where it can be read. Anything but InputError escapes."""
    try:
        parse(data)
    except InputError as error:
        return error.message.split("\n")
    return []


def _assert_plain(sentences: list[str]) -> None:
    """Each sentence names the file, is of one line, and is not pydantic's."""
    assert len(sentences) <= 6
    for sentence in sentences:
        assert re.match(r"maya\.toml\b", sentence)
        assert sentence.isprintable()
        assert "Input should" not in sentence
        assert "pydantic" not in sentence
