"""The rows of anybody's plan: a CSV or JSON table with date, kind and minutes.

Words for kinds are mapped to ours; what can't be understood is an error with its row.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from planner.errors import InputError
from planner.plan import Frozen, Kind

MINUTES_IN_DAY = 1440
COLUMNS = ("date", "kind", "run_minutes", "walk_minutes")
SEPARATORS = (",", ";", "\t")
LISTS = ("sessions", "workouts", "plan", "days")
"""Where a JSON object may keep its list of sessions."""

WORDS: Mapping[str, Kind | None] = {
    **{kind.value: kind for kind in Kind},
    **dict.fromkeys(("run", "easy", "jog", "recovery", "recovery_run", "steady"), Kind.EASY_RUN),
    **dict.fromkeys(("long", "lsd"), Kind.LONG_RUN),
    **dict.fromkeys(("hard", "tempo", "tempo_run", "threshold", "speed", "track"), Kind.HARD_RUN),
    **dict.fromkeys(("interval", "intervals", "fartlek", "hills", "strides"), Kind.HARD_RUN),
    **dict.fromkeys(("walk_run", "walk/run", "run/walk"), Kind.RUN_WALK),
    **dict.fromkeys(("time_trial", "parkrun"), Kind.RACE),
    **dict.fromkeys(("walking", "hike"), Kind.WALK),
    **dict.fromkeys(("weights", "gym", "core"), Kind.STRENGTH),
    **dict.fromkeys(("stretching", "yoga", "pilates"), Kind.MOBILITY),
    **dict.fromkeys(("rest", "off", "cross_training", "cycling", "swimming"), None),
}
"""Words for a kind; None for days off and for sports that no limit here knows."""

REST_WORDS = ("rest", "off")
COMMON = ("run", "long", "tempo", "intervals", "gym")
"""The words to name where one is not known: all of them would hide the few that help."""


class Row(Frozen):
    """One session of a given plan, and where in its file it stands."""

    where: str
    date: date
    word: str
    kind: Kind | None
    run_minutes: float
    walk_minutes: float


def csv_rows(path: Path, text: str) -> Iterator[Row]:
    header = text.splitlines()[0]
    separator = max(SEPARATORS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        names = [name.strip().lower() for name in next(reader)]
        _check_columns(path, names)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                where = f"{path}, line {reader.line_num}"
                if len(cells) > len(names):
                    raise InputError(
                        f"{where}: {len(cells)} cells under {len(names)} columns.",
                        "Write minutes with a point, like 22.5, and text with commas in quotes.",
                    )
                # Where commas part the cells, a comma inside a number would be a mistake.
                given = dict(zip(names, cells, strict=False))
                yield _row(where, given, decimal_comma=separator != ",")
    except csv.Error as error:
        raise InputError(
            f"{path}, line {reader.line_num}: not CSV ({error}).", "Save the plan as CSV anew."
        ) from None


def _check_columns(path: Path, names: Sequence[str]) -> None:
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise InputError(
            f"{path}: its first line has no column {_listed(missing)}.",
            f"The first line must name {', '.join(COLUMNS)}; other columns are ignored.",
        )
    twice = next((name for name in COLUMNS if names.count(name) > 1), None)
    if twice:
        raise InputError(
            f"{path}: the column {twice} stands twice in its first line.", "Leave one of them out."
        )


def _listed(names: Sequence[str]) -> str:
    """``date``, ``date or kind``, ``date, kind or run_minutes``."""
    *before, last = names
    return f"{', '.join(before)} or {last}" if before else last


def json_rows(path: Path, document: Any) -> Iterator[Row]:
    rows = document
    if isinstance(document, dict):
        rows = next((document[name] for name in LISTS if name in document), None)
    if not isinstance(rows, list):
        raise InputError(
            f"{path}: there is no list of sessions.",
            f"Give a list of objects with {', '.join(COLUMNS)}, or a plan printed by --json.",
        )
    for number, given in enumerate(rows, start=1):
        where = f"{path}, session {number}"
        if not isinstance(given, dict):
            raise InputError(
                f"{where}: not an object with {', '.join(COLUMNS)}.",
                'Write it like {"date": "2026-11-30", "kind": "run", "run_minutes": 30}.',
            )
        missing = next((name for name in COLUMNS[:2] if name not in given), None)
        if missing:
            raise InputError(f"{where}: {missing} is missing.", f"Give it a {missing}.")
        yield _row(where, given)


def _row(where: str, given: Mapping[str, Any], *, decimal_comma: bool = False) -> Row:
    word = _word(where, given.get("kind"))
    row = Row(
        where=where,
        date=_date(where, given.get("date")),
        word=word,
        kind=WORDS[word],
        run_minutes=_minutes(where, "run_minutes", given.get("run_minutes"), decimal_comma),
        walk_minutes=_minutes(where, "walk_minutes", given.get("walk_minutes"), decimal_comma),
    )
    check_running(where, row.kind, word, row.run_minutes)
    if word in REST_WORDS and row.walk_minutes:
        raise InputError(
            f"{where}: {word} with {row.walk_minutes:g} minutes of walking.", "Call it walk."
        )
    return row


def _word(where: str, given: Any) -> str:
    word = str(given).strip().lower().replace(" ", "_").replace("-", "_")
    if not isinstance(given, str) or word not in WORDS:
        near = get_close_matches(word, WORDS, n=1)
        meant = f" Did you mean {near[0]}?" if near else ""
        raise InputError(
            f"{where}: {_shown(given)} is no kind of session known here.{meant}",
            f"Use {', '.join(Kind)} or {REST_WORDS[0]}; words like {', '.join(COMMON)} are "
            "understood, too.",
        )
    return word


def _date(where: str, given: Any) -> date:
    try:
        return date.fromisoformat(given.strip())
    except (AttributeError, ValueError):
        raise InputError(
            f"{where}: {_shown(given)} is no date.", "Write dates like 2026-11-30."
        ) from None


def _minutes(where: str, name: str, given: Any, decimal_comma: bool) -> float:
    """An empty cell and a missing key are 0."""
    if given is None or (isinstance(given, str) and not given.strip()):
        return 0.0
    text = given.replace(",", ".") if isinstance(given, str) and decimal_comma else given
    try:
        minutes = math.nan if isinstance(text, bool) else float(text)
    except (TypeError, ValueError, OverflowError):
        minutes = math.nan
    if math.isnan(minutes):
        raise InputError(
            f"{where}: {name} is {_shown(given)}, which is no number of minutes.",
            "Write a number like 30, or leave it empty.",
        )
    check_minutes(where, name, minutes)
    return minutes


def check_minutes(where: str, name: str, minutes: float) -> None:
    if not 0 <= minutes <= MINUTES_IN_DAY:
        raise InputError(
            f"{where}: {name} is {minutes:g}; a day has 0 to {MINUTES_IN_DAY}.",
            "Give the minutes of this one session.",
        )


def check_running(where: str, kind: Kind | None, word: str, run_minutes: float) -> None:
    if kind is not None and kind.is_run and run_minutes == 0:
        raise InputError(
            f"{where}: {word} without running minutes.",
            "Give run_minutes: without them no limit can be judged.",
        )
    if (kind is None or not kind.is_run) and run_minutes > 0:
        raise InputError(
            f"{where}: {word} with {run_minutes:g} minutes of running.",
            "Call it run or run_walk.",
        )


def _shown(given: Any) -> str:
    text = repr(given) if isinstance(given, str) else json.dumps(given, default=str)
    return text if len(text) <= 40 else f"{text[:40]}…"
