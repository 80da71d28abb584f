"""A plan as plain text that reads well at 80 columns.

Lines carry a tone, so that a terminal may colour them; the text alone says everything.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from planner.plan import (
    ADVISES_NOT_TO_START,
    Day,
    Frozen,
    Kind,
    Plan,
    Session,
    State,
    minutes_text,
)
from planner.wording import describe_steps, title

WIDTH = 80
"""Columns of a terminal nobody has widened."""

INDENT = 14
"""Where titles begin: after ``  Mon 30 Nov  ``."""

TITLE = 30
"""Columns of a session's title; what to do stands to the right of it."""

WEEKS_AHEAD = 2
"""Weeks that are shown day by day where nobody asks for others."""

EXPECTED = " (expected)"
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAY_WITHOUT_YEAR = re.compile(
    rf"\b({'|'.join(WEEKDAYS)}) +(\d{{1,2}}) ({'|'.join(MONTHS)})\b(?! \d{{4}})"
)
# Not strftime: its names follow the locale, and the same plan must read the same everywhere.


class Tone(StrEnum):
    """What a line is, for those who colour lines."""

    WEEK = "week"
    RUN = "run"
    OTHER = "other"
    REST = "rest"


class Line(Frozen):
    """One line of the table."""

    text: str
    tone: Tone


BLANK = Line(text="", tone=Tone.OTHER)


def short_date(when: date) -> str:
    """``Mon  7 Dec``, always ten characters: for columns; sentences take ``plain_date``."""
    return f"{WEEKDAYS[when.weekday()]} {day_month(when):>6}"


def plain_date(when: date) -> str:
    """``Mon 7 Dec``, for sentences about a day whose year nobody can mistake."""
    return f"{WEEKDAYS[when.weekday()]} {day_month(when)}"


def day_month(when: date) -> str:
    """``7 Dec``."""
    return f"{when.day} {MONTHS[when.month - 1]}"


def long_date(when: date) -> str:
    """``Mon 7 Dec 2026``, for sentences that tell the year."""
    return f"{plain_date(when)} {when.year}"


def with_years(text: str, today: date) -> str:
    """A sentence with the year after each day of another year than today's.

    ``Sun 21 Nov`` is looked for near today: a weekday with its date comes again after five years at the
    earliest, and no plan is that long. Days that have their year keep it.
    """
    return DAY_WITHOUT_YEAR.sub(lambda found: _with_year(found, today), text)


def _with_year(found: re.Match[str], today: date) -> str:
    weekday, day, month = found.groups()
    for year in (today.year, today.year + 1, today.year - 1, today.year + 2):
        with suppress(ValueError):
            when = date(year, MONTHS.index(month) + 1, int(day))
            if WEEKDAYS[when.weekday()] == weekday:
                return found[0] if year == today.year else f"{found[0]} {year}"
    return found[0]


def what_to_do(session: Session) -> str:
    """The steps of a session in one line; nothing where its title says it all."""
    if len(session.steps) == 1 and session.steps[0].repeat == 1:
        return ""
    return describe_steps(session.steps)


def weeks_of(plan: Plan) -> tuple[tuple[Day, ...], ...]:
    """The plan's days by Monday-to-Sunday week; the first and the last may be cut short."""
    by_monday = groupby(plan.days, key=lambda day: day.date - timedelta(days=day.date.weekday()))
    return tuple(tuple(days) for _, days in by_monday)


def run_minutes_of(days: Sequence[Day]) -> float:
    """Running minutes of some days together."""
    return sum(day.run_hundredths for day in days) / 100


def walk_minutes_of(days: Sequence[Day]) -> float:
    """Minutes of walks, walking breaks of run/walk sessions left out."""
    sessions = (session for day in days for session in day.sessions)
    return sum(session.walk_minutes for session in sessions if session.kind is Kind.WALK)


def week_numbers(plan: Plan) -> range:
    """The numbers people use for the plan's weeks: 1 is the week of its first day."""
    return range(1, len(weeks_of(plan)) + 1)


def weeks_ahead(plan: Plan, today: date) -> range:
    """The numbers of this week and the next; before the plan its first, after it its last."""
    numbers = week_numbers(plan)
    gone = sum(days[-1].date < today for days in weeks_of(plan))
    first = min(gone, len(numbers) - 1)
    return numbers[first : first + WEEKS_AHEAD]


def plan_lines(plan: Plan, numbers: Sequence[int]) -> tuple[Line, ...]:
    """The weeks with these numbers, each as a block: a heading with its sums, then its days."""
    weeks = weeks_of(plan)
    blocks = [tuple(_week_lines(plan, number, weeks[number - 1])) for number in numbers]
    return tuple(
        line for block in blocks for line in (*((BLANK,) if block != blocks[0] else ()), *block)
    )


def summary_lines(plan: Plan) -> tuple[Line, ...]:
    """One line a week: its days, runs, running minutes, longest run and walking minutes."""
    head = f"  {'Week':<6}{'Days':<19}{'Runs':>5}{'Running':>12}{'Longest':>12}{'Walks':>12}"
    return (
        Line(text=head, tone=Tone.WEEK),
        *(_summary_line(number, days) for number, days in enumerate(weeks_of(plan), start=1)),
    )


def wrapped(text: str, first: str = "", rest: str | None = None, width: int = WIDTH) -> str:
    """A sentence broken at ``width``; ``first`` stands before it, ``rest`` before other lines."""
    return textwrap.fill(
        text,
        width,
        initial_indent=first,
        subsequent_indent=" " * len(first) if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _summary_line(number: int, days: Sequence[Day]) -> Line:
    runs = [session for day in days for session in day.sessions if session.kind.is_run]
    longest = max((session.run_minutes for session in runs), default=0.0)
    span = f"{day_month(days[0].date)} – {day_month(days[-1].date)}"
    text = f"  {number:<6}{span:<19}{len(runs):>5}{_minutes(run_minutes_of(days)):>12}"
    text += f"{_minutes(longest):>12}{_minutes(walk_minutes_of(days)):>12}"
    return Line(text=text, tone=Tone.RUN if runs else Tone.OTHER)


def _minutes(minutes: float) -> str:
    return f"{minutes_text(minutes)} min" if minutes else "–"


def _week_lines(plan: Plan, number: int, days: Sequence[Day]) -> Iterator[Line]:
    span = f"{day_month(days[0].date)} – {day_month(days[-1].date)} {days[-1].date.year}"
    heading = f"Week {number} · {span}"
    sums = _week_sums(days, _states(plan, days))
    room = WIDTH - len(heading) - 1
    if len(sums) > room:
        yield Line(text=heading, tone=Tone.WEEK)
        heading, room = "", WIDTH - 1
    yield Line(text=f"{heading} {sums:>{room}}", tone=Tone.WEEK)
    for day in days:
        yield from _day_lines(day)


def _week_sums(days: Sequence[Day], states: Sequence[tuple[State, bool]]) -> str:
    parts = [
        f"{minutes_text(minutes)} min {word}"
        for minutes, word in ((run_minutes_of(days), "running"), (walk_minutes_of(days), "walks"))
        if minutes
    ]
    ways = [" · ".join([*parts, f"back: {text}"]) for text in _state_texts(states)]
    return next((text for text in ways if len(text) < WIDTH), ways[-1])


def _state_texts(states: Sequence[tuple[State, bool]]) -> Iterator[str]:
    """A week's states in words, the fullest first, for lines that have less room."""
    yield ", then ".join(f"{state}{EXPECTED if ahead else ''}" for state, ahead in states)
    names, mark = [state.value for state, _ in states], EXPECTED if states[-1][1] else ""
    yield f"{', '.join(names)}{mark}"
    yield f"{names[0]} … {names[-1]}{mark}"


def _states(plan: Plan, days: Sequence[Day]) -> list[tuple[State, bool]]:
    """The states of some days, none twice in a row, and whether each is only expected."""
    known = next((day for day in reversed(plan.days) if not day.forecast), plan.days[0])
    marked = [
        (day.state, day.forecast and day.date > known.date and day.state is not known.state)
        for day in days
    ]
    return [next(same) for _, same in groupby(marked, key=lambda one: one[0])]


def _day_lines(day: Day) -> Iterator[Line]:
    label = f"  {short_date(day.date)}  "
    if not day.sessions:
        yield Line(text=f"{label}rest", tone=Tone.REST)
    for session in day.sessions:
        yield from _session_lines(session, label)
        label = " " * INDENT


def _session_lines(session: Session, label: str) -> Iterator[Line]:
    tone = Tone.RUN if session.kind.is_run else Tone.OTHER
    advice = f"{ADVISES_NOT_TO_START}." if session.is_advised_against else ""
    name = _title_with_minutes(session)
    steps = what_to_do(session)
    if not advice and len(name) < TITLE and INDENT + TITLE + len(steps) <= WIDTH:
        yield Line(text=f"{label}{name:<{TITLE}}{steps}".rstrip(), tone=tone)
        return
    for text in (name, steps, advice):
        for part in textwrap.wrap(text, WIDTH - INDENT):
            yield Line(text=f"{label}{part}", tone=tone)
            label = " " * INDENT


def _title_with_minutes(session: Session) -> str:
    name, whole = title(session), f"{minutes_text(session.minutes)} min"
    if session.minutes and whole not in name:
        name = f"{name}, {whole}"
    return f"{session.start} {name}" if session.start else name
