"""From the bytes of a TOML file to its tables, with the line of each key.

Everything that can be wrong before the keys are looked at is said here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.errors import InputError

MOST_BYTES = 1_000_000
MOST_LINE_CHARACTERS = 1_000
MOST_LINE_DOTS = 20
"""A runner's file has about 2,000 bytes and short lines. ``tomllib`` takes time with the square of
the dots of a key, and gives up on numbers of thousands of digits; such files are refused first."""

SAVE_AS_TEXT = "Save it as plain text in UTF-8, or start again from one of the samples."
START_FROM_SAMPLE = "Start from one of the samples and change its values."

MOST_LIST_SHOWN = 12

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True)
class TomlText:
    """A file's tables, and the line in which each key stands."""

    file: str
    data: dict[str, Any]
    line_of: dict[KeyPath, int]

    def where(self, path: KeyPath) -> tuple[int, str]:
        """Line (0 where unknown) and the words for the place of a key or of its table."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.line_of:
                line = self.line_of[path[:length]]
                return line, f"{self.file}, line {line}"
        return 0, self.file


def shown(value: object) -> str:
    """A value as it would be written in the file, on one line and not too long."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) >= 10**18:
        return "a number of more than 18 digits"
    if isinstance(value, str):
        return f'"{printable(value)}"'
    if isinstance(value, list):
        simple = not any(isinstance(part, list | dict) for part in value)
        short = simple and len(value) <= MOST_LIST_SHOWN
        return f"[{', '.join(shown(part) for part in value)}]" if short else "a list"
    return "a table" if isinstance(value, dict) else str(value)


def printable(text: str, most: int = 60) -> str:
    """Text of a file for a message: control characters as escapes, the rest cut off."""
    cut = text if len(text) <= most else text[:most] + "…"
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in cut)


def no_such_file(path: Path) -> InputError:
    """What is said of a runner's file that is not there."""
    return InputError(f"{printable(str(path), 300)}: there is no such file.", "Check the name.")


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, at most one more than is allowed; InputError where it can't be read."""
    name = printable(str(path), 300)
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise no_such_file(path) from None
    except (OSError, ValueError) as error:
        if isinstance(error, IsADirectoryError) or _is_folder(path):
            raise InputError(
                f"{name} is a folder, not a file.", "Give the file in it, like maya.toml."
            ) from None
        if isinstance(error, PermissionError):
            raise InputError(
                f"{name}: you have no permission to read this file.", "Change its permissions."
            ) from None
        raise InputError(f"{name}: the file can't be read.", "Check the name.") from None


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def decode_toml(data: bytes, file: str) -> TomlText:
    """The tables in a file's bytes; InputError with file, line and the fault else."""
    file = printable(file, 300)
    if len(data) > MOST_BYTES:
        raise InputError(
            f"{file} is larger than {MOST_BYTES:,} bytes; a runner's file has about 2,000.",
            START_FROM_SAMPLE,
        )
    text = _decoded(data, file)
    lines = text.split("\n")
    _refuse_odd_lines(lines, file)
    places = _Places(lines)
    try:
        return TomlText(file, tomllib.loads(text), places.line_of)
    except RecursionError:
        raise InputError(f"{file}: brackets are nested too deep.", START_FROM_SAMPLE) from None
    except ValueError as error:
        raise _syntax_error(str(error), lines, places, file) from None


def _decoded(data: bytes, file: str) -> str:
    if not data.strip():
        raise InputError(f"{file} is empty.", START_FROM_SAMPLE)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(f"{file} is UTF-16 text; only UTF-8 is read.", SAVE_AS_TEXT)
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(f"{file}, line {line}: this is not UTF-8 text.", SAVE_AS_TEXT) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise InputError(f"{file}, line {line}: this is not a text file.", SAVE_AS_TEXT)
    return text


def _refuse_odd_lines(lines: list[str], file: str) -> None:
    for number, line in enumerate(lines, start=1):
        if len(line) > MOST_LINE_CHARACTERS:
            raise InputError(
                f"{file}, line {number}: the line has more than {MOST_LINE_CHARACTERS:,} "
                "characters.",
                "Break it into shorter lines.",
            )
        if line.count(".") > MOST_LINE_DOTS:
            bare = re.sub(r"\"[^\"]*\"|'[^']*'|#.*", "", line)
            if bare.count(".") > MOST_LINE_DOTS:
                raise InputError(
                    f"{file}, line {number}: the line has more than {MOST_LINE_DOTS} dots "
                    "outside of quotes; no key is nested so deep.",
                    START_FROM_SAMPLE,
                )


_PART = r"(?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')"
_KEY = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_KEY})[ \t]*\]\]?[ \t]*(?:#.*)?$")
_PAIR = re.compile(rf"[ \t]*({_KEY})[ \t]*=")


class _Places:
    """Where each table and key starts, read line by line; lines of long strings are no keys."""

    def __init__(self, lines: list[str]) -> None:
        self.line_of: dict[KeyPath, int] = {}
        self.repeated: list[tuple[KeyPath, int]] = []
        self.key_on: dict[int, KeyPath] = {}
        table: KeyPath = ()
        spans: dict[KeyPath, int] = {}
        for number, line in _outside_long_strings(lines):
            if header := _HEADER.match(line):
                table = _parts(header[2])
                if header[1] == "[[":
                    count = spans.get(table, 0)
                    spans[table] = count + 1
                    self.line_of.setdefault(table, number)
                    table = (*table, count)
                self._note(table, number)
            elif pair := _PAIR.match(line):
                self._note((*table, *_parts(pair[1])), number)

    def _note(self, path: KeyPath, number: int) -> None:
        if path in self.line_of:
            self.repeated.append((path, number))
        else:
            self.line_of[path] = number
        self.key_on[number] = path


def _parts(key: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(_PART, key))


def _outside_long_strings(lines: list[str]) -> Iterator[tuple[int, str]]:
    closing = ""
    for number, line in enumerate(lines, start=1):
        if closing:
            if closing in line:
                closing = ""
            continue
        yield number, line
        for quotes in ('"""', "'''"):
            if line.count(quotes) % 2:
                closing = quotes


def dotted(path: KeyPath) -> str:
    """A key as people say it: ``week.minutes.mon``; places in lists are left out."""
    return ".".join(printable(part) for part in path if isinstance(part, str))


def _syntax_error(fault: str, lines: list[str], places: _Places, file: str) -> InputError:
    if places.repeated and ("overwrite" in fault or "twice" in fault or "redefine" in fault):
        path, line = places.repeated[0]
        return InputError(
            f"{file}, line {line}: {dotted(path)} is written a second time "
            f"(first in line {places.line_of[path]}).",
            "Keep one of the two.",
        )
    found = re.search(r"\(at line (\d+), column (\d+)\)", fault)
    number, column = (int(found[1]), int(found[2])) if found else (len(lines), 1)
    key = dotted(places.key_on.get(number, ()))
    line_text = re.split(r"(?:^|\s)#", lines[number - 1])[0].strip()
    value = line_text.partition("=")[2].strip() if key else line_text
    at = f"{file}, line {number}, column {column}: "
    at += (
        f"{key} = {printable(value)}".rstrip() if key else printable(value) or "the end of the file"
    )
    return InputError(f"{at} {_hint(value, bool(key))}.", "Correct this line and try again.")


def _hint(value: str, has_key: bool) -> str:
    """What is probably wrong with a value that TOML does not allow."""
    if re.match(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}\b", value):
        return "is not a day of the calendar; write it like 2027-04-11"
    if re.match(r"[0-9]{1,2}:[0-9]{2}\b", value):
        return 'needs quotes, like "6:45" or "07:30"'
    if re.match(r"[0-9]+,[0-9]", value):
        return "has a comma; write a decimal point, like 1.5"
    if has_key and not value:
        return "has no value after the equals sign"
    if has_key and re.match(r"[^\W\d_]", value) and not re.match(r"(true|false|nan|inf)\b", value):
        return 'is not allowed; text needs quotes, like "Maya"'
    return "can't be read; lines are written [table] or key = value"
