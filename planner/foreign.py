"""Reading a plan from a file, ours or anybody's, so that it can be judged.

Ours is the JSON that ``plan --json`` prints. Any other plan is a CSV or JSON table with ``date``,
``kind``, ``run_minutes`` and ``walk_minutes``. A file can say anything: nothing in it is believed
that a limit depends on, so pain states come from the runner's own file (``with_states``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from pydantic import ValidationError

from planner.errors import InputError
from planner.foreign_rows import (
    COLUMNS,
    REST_WORDS,
    Row,
    check_minutes,
    check_running,
    csv_rows,
    json_rows,
)
from planner.plan import Day, GoalResult, Kind, Plan, Session, State, Step, hundredths, minutes_text
from planner.request import Request

MOST_BYTES = 5_000_000
FIRST_YEAR, LAST_YEAR = 1970, 2200
MOST_DAYS = 731
"""Two years: longer than any training plan, short enough to judge in a moment."""


A_TABLE = f"A plan is a table with {', '.join(COLUMNS)}."

TITLES = {Kind.RUN_WALK: "Run/walk"}
"""Kinds that are written otherwise than their words."""

BESIDE = ("changes", "advice", "fits")
"""Keys that commands put at the top of the plan they print."""

GIVEN = "given"
"""The kind of goal of a plan that is not ours: nobody told what it is for."""


def is_ours(plan: Plan) -> bool:
    """Whether a plan that was read is one of runback, which has a revision and a runner."""
    return plan.goal.kind != GIVEN


def read_plan(path: Path) -> Plan:
    """The plan in a JSON or CSV file; every day is ``healthy`` until ``with_states``.

    Raises InputError naming the file, the row and what is allowed there.
    """
    text = _text_of(path)
    if text.lstrip()[:1] not in ("{", "[") and path.suffix.lower() != ".json":
        return _plan_of(path, list(csv_rows(path, text)))
    document = _json_of(path, text)
    if isinstance(document, dict) and "schema" in document:
        return _with_hard_parts(_own_plan(path, document))
    return _plan_of(path, list(json_rows(path, document)))


def with_states(plan: Plan, request: Request) -> Plan:
    """The plan with the pain states of a request for the same days, whatever the file said."""
    days = tuple(
        day.model_copy(update={"state": state, "forecast": forecast})
        for day, state, forecast in zip(plan.days, request.states, request.forecast, strict=True)
    )
    return plan.model_copy(update={"days": days})


def _with_hard_parts(plan: Plan) -> Plan:
    days = tuple(
        day.model_copy(update={"sessions": tuple(_with_hard_part(one) for one in day.sessions)})
        for day in plan.days
    )
    return plan.model_copy(update={"days": days})


def _with_hard_part(session: Session) -> Session:
    """The session; a hard run that doesn't tell its parts is hard from beginning to end.

    Else it would hold no hard minute, and no rule on them could speak. It may accuse where a hard run
    grew by its easy minutes alone.
    """
    if session.kind is not Kind.HARD_RUN or session.steps:
        return session
    whole = Step(run_seconds=round(session.run_minutes * 60), effort="hard")
    return session.model_copy(update={"steps": (whole,)})


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except IsADirectoryError:
        raise InputError(f"{path} is a folder.", "Give the plan's file.") from None
    except FileNotFoundError:
        raise InputError(f"There is no file {path}.", "Check the name of the plan.") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a file name"
        raise InputError(f"{path} can't be read: {reason}.", "Check its name.") from None
    if len(content) > MOST_BYTES:
        raise InputError(
            f"{path} is larger than 5 MB: that is no training plan.", "Check the name of the plan."
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path} is not a text file in UTF-8.", "Save it as UTF-8.") from None
    if "\0" in text:
        raise InputError(f"{path} is not a text file.", "Give the plan as CSV or JSON.")
    if not text.strip():
        raise InputError(f"{path} is empty.", A_TABLE)
    return text


def _json_of(path: Path, text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise InputError(
            f"{path}, line {error.lineno}: this is not JSON ({error.msg}).",
            "Save the plan anew with --json, or give it as CSV.",
        ) from None
    except RecursionError:
        raise InputError(f"{path} is nested too deep to be a plan.", A_TABLE) from None
    except ValueError as error:
        raise InputError(f"{path}: {error}.", "Write minutes as a number, like 30.") from None


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is no number of minutes")


def _own_plan(path: Path, document: Mapping[str, Any]) -> Plan:
    # flare and replan print the plan with these two at its top.
    told = {key: value for key, value in document.items() if key not in BESIDE}
    try:
        plan = Plan.model_validate_json(json.dumps(told))
    except ValidationError as error:
        raise InputError(
            f"{path}: {_fault_in(error)}.",
            "Print the plan anew with --json; a plan changed by hand is best given as CSV with "
            f"{', '.join(COLUMNS)}.",
        ) from None
    _check_days(path, plan)
    for day in plan.days:
        for session in day.sessions:
            _check_session(f"{path}, {day.date}, {session.title!r}", session)
    return plan


def _fault_in(error: ValidationError) -> str:
    """What is wrong, counted as people do: ``run_minutes of session 1 of day 13 is not as …``."""
    fault = error.errors()[0]
    told, parts = [], list(fault["loc"])
    while parts:
        part = parts.pop()
        is_number = isinstance(part, int) and parts
        told.append(
            f"{str(parts.pop()).removesuffix('s')} {int(part) + 1}" if is_number else f"{part}"
        )
    where = " of ".join(told) or "the document"
    if fault["type"] == "missing":
        return f"{where} is missing, which every plan of runback has"
    return f"{where} is not as in a plan of runback"


def _check_days(path: Path, plan: Plan) -> None:
    _check_span(path, plan.start, plan.end)
    length = (plan.end - plan.start).days + 1
    expected = [plan.start + timedelta(days=number) for number in range(length)]
    if [day.date for day in plan.days] != expected:
        raise InputError(
            f"{path}: its days are not each day once from {plan.start} to {plan.end}.",
            "List every day in order, rest days with no session.",
        )


def _check_session(where: str, session: Session) -> None:
    """A session whose numbers contradict each other can't be judged."""
    for name in ("minutes", "run_minutes", "walk_minutes"):
        check_minutes(where, name, getattr(session, name))
    if hundredths(session.run_minutes + session.walk_minutes) > hundredths(session.minutes) + 1:
        raise InputError(
            f"{where}: minutes is less than run_minutes and walk_minutes together.",
            "Make minutes their sum, or more.",
        )
    check_running(where, session.kind, session.kind.value, session.run_minutes)
    told = sum(step.repeat * (step.run_seconds + step.easy_seconds) for step in session.steps)
    if session.kind.is_run and session.steps and abs(told - session.run_minutes * 60) > 1:
        raise InputError(
            f"{where}: its steps hold {told / 60:.2f} minutes of running, "
            f"run_minutes says {session.run_minutes:.2f}.",
            "Make them agree, or leave the steps out.",
        )


def _check_span(path: Path, start: date, end: date) -> None:
    if end < start:
        raise InputError(
            f"{path}: the plan ends on {end}, before it starts on {start}.", "Check both days."
        )
    if not FIRST_YEAR <= start.year <= end.year <= LAST_YEAR:
        raise InputError(
            f"{path}: the plan goes from {start} to {end}.",
            f"Use years from {FIRST_YEAR} to {LAST_YEAR}.",
        )
    if (end - start).days >= MOST_DAYS:
        raise InputError(
            f"{path}: from {start} to {end} are more than {MOST_DAYS} days.",
            "Check the years, or give the plan in parts.",
        )


def _plan_of(path: Path, rows: Sequence[Row]) -> Plan:
    if not rows:
        raise InputError(
            f"{path} holds no session.", f"Give one in each line: {', '.join(COLUMNS)}."
        )
    start, end = min(row.date for row in rows), max(row.date for row in rows)
    _check_span(path, start, end)
    sessions: dict[date, list[Session]] = {}
    for number, row in enumerate(rows, start=1):
        if row.kind is not None:
            sessions.setdefault(row.date, []).append(_session(number, row, row.kind))
    days = tuple(
        Day(date=when, state=State.HEALTHY, sessions=tuple(sessions.get(when, ())))
        for when in (start + timedelta(days=number) for number in range((end - start).days + 1))
    )
    told = "".join(f"{row.date}{row.word}{row.run_minutes}{row.walk_minutes}" for row in rows)
    longest = max((row.run_minutes for row in rows), default=0.0)
    return Plan(
        plan_id=str(uuid5(NAMESPACE_URL, told)),
        made_on=start,
        start=start,
        end=end,
        runner="",
        time_zone="UTC",
        goal=GoalResult(kind=GIVEN, asked_minutes=0, planned_minutes=longest, reached=True),
        notes=_notes(rows),
        days=days,
    )


def _session(number: int, row: Row, kind: Kind) -> Session:
    minutes = row.run_minutes + row.walk_minutes
    session = Session(
        id=f"given-{number}",
        kind=kind,
        title=f"{TITLES.get(kind, kind.value.replace('_', ' ').capitalize())}{_length(row, kind)}",
        minutes=minutes,
        run_minutes=row.run_minutes,
        walk_minutes=row.walk_minutes,
    )
    return _with_hard_part(session)


def _length(row: Row, kind: Kind) -> str:
    """How long a row is; of a run with walking that is called no run/walk, both as the row has them."""
    if kind.is_run and kind is not Kind.RUN_WALK and row.walk_minutes:
        run, walk = minutes_text(row.run_minutes), minutes_text(row.walk_minutes)
        return f" {run} min and {walk} min of walking"
    minutes = row.run_minutes + row.walk_minutes
    return f" {minutes_text(minutes)} min" if minutes else ""


def _notes(rows: Sequence[Row]) -> tuple[str, ...]:
    words = sorted({row.word for row in rows if row.kind is None} - set(REST_WORDS))
    return (f"Not judged, no limit here knows it: {', '.join(words)}.",) if words else ()
