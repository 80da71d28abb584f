"""Wishes changed for once: ``week.runs=4`` put over the runner's file, which stays as it is.

What comes of it is read like the file itself, with the same sentences about what is wrong.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import time
from typing import Any

from planner.errors import InputError
from planner.profile import Runner, runner_in
from planner.profile_text import KeyPath, TomlText, decode_toml, dotted, printable, shown

MOST_CHARACTERS = 1_000
"""Of one edit, as of a line of the file."""

OPTION = "--set"
EXAMPLE = f"Write a key of the file and its value, like {OPTION} week.runs=4."
TRY = f"Correct {OPTION} and try again; {OPTION} KEY= leaves a key out."

_KEY = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*")
_OPENING = ("[", "{", '"', "'")


@dataclass(frozen=True)
class Edit:
    """A key of the file and what it is to be; ``is_removal`` where it is left out."""

    path: KeyPath
    value: Any
    is_removal: bool = False

    def __str__(self) -> str:
        value = "left out" if self.is_removal else shown(self.value)
        return f"{dotted(self.path)} {'' if self.is_removal else '= '}{value}"


@dataclass(frozen=True)
class EditedText(TomlText):
    """The tables of a file that was right before some keys were changed: faults are the edits'."""

    edited: tuple[KeyPath, ...] = ()

    def where(self, path: KeyPath) -> tuple[int, str]:
        line, words = super().where(path)
        is_of_edit = any(
            all(one == other for one, other in zip(path, edit, strict=False))
            for edit in self.edited
        )
        # What the file doesn't hold can only be wrong, or missing, by an edit.
        if is_of_edit or path not in self.line_of:
            return -1, f"{self.file} with {OPTION}"
        return line, words


def edits_of(given: Sequence[str]) -> tuple[Edit, ...]:
    """What ``KEY=VALUE`` asks for; no key may be set twice, nor a table and a key within it.

    A value is one of TOML; a bare word that is none is text; nothing at all leaves the key out.
    Raises InputError.
    """
    edits = tuple(_edit(text) for text in given)
    for number, edit in enumerate(edits):
        for other in edits[:number]:
            short = min(len(edit.path), len(other.path))
            if edit.path[:short] == other.path[:short]:
                raise InputError(
                    f"{OPTION}: {dotted(edit.path)} is set twice ({other}, and {edit}).",
                    "Set each key once.",
                )
    return edits


def edited_runner(
    data: bytes, file: str, edits: Sequence[Edit], *, stop_above_max: float
) -> Runner:
    """The runner in a file's bytes with the edits put over them; InputError as for the file."""
    text = edited(decode_toml(data, file), edits)
    try:
        return runner_in(text, stop_above_max=stop_above_max)
    except InputError as error:
        raise InputError(error.message, TRY) from None


def edited(text: TomlText, edits: Sequence[Edit]) -> EditedText:
    """The tables of a file with the edits put over them; ``text`` stays as it is."""
    data = deepcopy(text.data)
    for edit in edits:
        _put(data, edit, text.file)
    return EditedText(text.file, data, text.line_of, tuple(edit.path for edit in edits))


def _edit(text: str) -> Edit:
    key, equals, raw = (part.strip() for part in text.partition("="))
    if not text.isprintable() or len(text) > MOST_CHARACTERS:
        raise InputError(f"{OPTION} {printable(text)} can't be read.", EXAMPLE)
    if not equals or not _KEY.fullmatch(key):
        raise InputError(f"{OPTION} {printable(text)} is no key with a value.", EXAMPLE)
    path = tuple(key.split("."))
    return Edit(path, _value(key, raw)) if raw else Edit(path, None, is_removal=True)


def _value(key: str, raw: str) -> Any:
    """A TOML value, else the text itself; a time of day is text in the file, too."""
    try:
        tables = tomllib.loads(f"value = {raw}")
    except (ValueError, RecursionError):
        tables = {}
    if "value" in tables and not isinstance(tables["value"], time):
        return tables["value"]
    if raw.startswith(_OPENING):
        raise InputError(
            f"{OPTION} {key}={printable(raw)} can't be read: a quote, a bracket or a comma is "
            "missing or too much.",
            "Put the whole of it into single quotes for the shell, like "
            f"{OPTION} 'back.worse_with=[\"flexion\"]'.",
        )
    return raw


def _put(data: dict[str, Any], edit: Edit, file: str) -> None:
    *tables, key = edit.path
    here = data
    for depth, name in enumerate(tables, start=1):
        inner = here.get(str(name))
        if isinstance(inner, list):
            whole = dotted(edit.path[:depth])
            raise InputError(
                f"{file} with {OPTION}: {dotted(edit.path)} is a part of a list.",
                f"Give the list as a whole: {OPTION} '{whole}=[…]'; with nothing in the brackets "
                "it is empty.",
            )
        if not isinstance(inner, dict):
            if edit.is_removal:
                raise _not_there(data, edit, file)
            here[str(name)] = inner = {}
        here = inner
    if not edit.is_removal:
        here[str(key)] = edit.value
    elif here.pop(str(key), None) is None:
        raise _not_there(data, edit, file)


def _not_there(data: Mapping[str, Any], edit: Edit, file: str) -> InputError:
    key = dotted(edit.path)
    near = difflib.get_close_matches(key, [dotted(path) for path in _paths(data)], n=1, cutoff=0.8)
    hint = f"; did you mean {near[0]}?" if near else ", so it can't be left out."
    return InputError(f"{file} with {OPTION}: {key} is not in the file{hint}", TRY)


def _paths(data: Mapping[str, Any], above: KeyPath = ()) -> Iterator[KeyPath]:
    for key, value in data.items():
        yield (*above, key)
        if isinstance(value, dict):
            yield from _paths(value, (*above, key))
