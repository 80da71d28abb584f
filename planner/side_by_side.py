"""Two plans of one runner side by side: what each comes to, and week by week."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from statistics import mode

from planner.goal_told import reached_on
from planner.notes import whole_minutes
from planner.plan import Day, Frozen, GoalResult, Kind, Plan, Session, minutes_text
from planner.request import DAYS_IN_WEEK
from planner.table import long_date, plain_date, run_minutes_of, short_date, walk_minutes_of

NONE = "–"


class WeekSum(Frozen):
    """One Monday-to-Sunday week of a plan. ``days`` are those of the plan in it, at most seven."""

    monday: date
    days: int
    run_minutes: float
    longest_run_minutes: float
    walk_minutes: float
    runs: int
    walks: int
    strength: int
    mobility: int


class Side(Frozen):
    """What a plan comes to from a day on; ``reached_on``: the first day on which its goal is."""

    start: date
    end: date
    goal: GoalResult
    reached_on: date | None
    longest_run_minutes: float
    longest_run_on: date | None
    weeks: tuple[WeekSum, ...]


class Row(Frozen):
    """A line of the table: what it is about, then the same of both plans."""

    label: str
    now: str
    what_if: str


Sides = tuple[Side | None, Side]


def side_of(plan: Plan, since: date) -> Side:
    """What a plan comes to; of one that has begun only the weeks of ``since`` and after count."""
    monday = since - timedelta(days=since.weekday())
    days = tuple(day for day in plan.days if day.date >= min(monday, plan.end))
    ahead = tuple(day for day in days if day.date >= since)
    longest = max(
        ((run.run_minutes, -day.date.toordinal()) for day in ahead for run in _runs((day,))),
        default=None,
    )
    return Side(
        start=plan.start,
        end=plan.end,
        goal=plan.goal,
        reached_on=reached_on(plan.goal, ahead),
        longest_run_minutes=longest[0] if longest else 0.0,
        longest_run_on=date.fromordinal(-longest[1]) if longest else None,
        weeks=tuple(_week_sum(monday, week) for monday, week in _weeks(days)),
    )


def rows(now: Side | None, what_if: Side) -> Iterator[Row]:
    """What the plans come to, a line each; ``now`` is None where no plan is possible."""
    sides = (now, what_if)
    yield _row("First day", sides, lambda side: long_date(side.start))
    yield _row("Last day", sides, lambda side: long_date(side.end))
    yield _row("Goal", sides, lambda side: _goal_text(side.goal))
    yield _row("Reached on", sides, lambda side: _date_text(side.reached_on))
    yield _row("Longest run", sides, _longest_text)
    yield from _row_of_sorts(sides)


def week_lines(now: Side | None, what_if: Side) -> Iterator[str]:
    """Week by week in minutes: running, the longest run and walks, each now and then."""
    first = {week.monday: week for week in (now.weeks if now else ())}
    second = {week.monday: week for week in what_if.weeks}
    both = [*first.values(), *second.values()]
    columns = [(name, get) for name, get in COLUMNS if any(get(week) for week in both)]
    if not columns:
        return
    yield f"{'Minutes':<13}" + "".join(f"{name:>21}" for name, _ in columns)
    yield f"{'Week of':<13}" + f"{'now':>12}{'what if':>9}" * len(columns)
    for monday in sorted({**first, **second}):
        pair = (first.get(monday), second.get(monday))
        texts = [_minutes_text(get(week)) if week else "" for _, get in columns for week in pair]
        cells = (f"{text:>{9 if number % 2 else 12}}" for number, text in enumerate(texts))
        yield f"{short_date(monday)[4:]} {monday.year}".ljust(13) + "".join(cells)


COLUMNS: tuple[tuple[str, Callable[[WeekSum], float]], ...] = (
    ("Running", lambda week: week.run_minutes),
    ("Longest run", lambda week: week.longest_run_minutes),
    ("Walks", lambda week: week.walk_minutes),
)


def _row(label: str, sides: Sides, text_of: Callable[[Side], str]) -> Row:
    now, what_if = sides
    return Row(label=label, now=text_of(now) if now else NONE, what_if=text_of(what_if))


def _row_of_sorts(sides: Sides) -> Iterator[Row]:
    for sort in ("runs", "walks", "strength", "mobility"):
        row = _row(f"{sort.capitalize()} a week", sides, partial(_per_week, sort))
        if {row.now, row.what_if} - {NONE, "0"}:
            yield row


def _goal_text(goal: GoalResult) -> str:
    asked = whole_minutes(goal.asked_minutes, round)
    # Rounded down: a goal that is missed by half a minute must not read as if it were reached.
    planned = whole_minutes(goal.planned_minutes)
    if not goal.within_plan:
        return f"{asked} min, after the plan"
    return f"{asked} min, reached" if goal.reached else f"{planned} of {asked} min"


def _date_text(when: date | None) -> str:
    return long_date(when) if when else NONE


def _longest_text(side: Side) -> str:
    if side.longest_run_on is None:
        return NONE
    on = plain_date(side.longest_run_on)
    return f"{_minutes_text(side.longest_run_minutes)} min, {on}"


def _per_week(sort: str, side: Side) -> str:
    """Sessions of most whole weeks, then of all: ``3 (1 to 3)``; without whole weeks, of parts."""
    whole = [week for week in side.weeks if week.days == DAYS_IN_WEEK] or list(side.weeks)
    found = sorted(getattr(week, sort) for week in whole)
    if not found:
        return NONE
    span = "" if found[0] == found[-1] else f" ({found[0]} to {found[-1]})"
    return f"{mode(found)}{span}"


def _minutes_text(minutes: float) -> str:
    return minutes_text(minutes) if minutes else NONE


def _weeks(days: Sequence[Day]) -> Iterator[tuple[date, tuple[Day, ...]]]:
    by_monday = groupby(days, key=lambda day: day.date - timedelta(days=day.date.weekday()))
    return ((monday, tuple(week)) for monday, week in by_monday)


def _week_sum(monday: date, days: Sequence[Day]) -> WeekSum:
    kinds = [session.kind for day in days for session in day.sessions]
    return WeekSum(
        monday=monday,
        days=len(days),
        run_minutes=run_minutes_of(days),
        longest_run_minutes=max((run.run_minutes for run in _runs(days)), default=0.0),
        walk_minutes=walk_minutes_of(days),
        runs=sum(kind.is_run for kind in kinds),
        walks=kinds.count(Kind.WALK),
        strength=kinds.count(Kind.STRENGTH),
        mobility=kinds.count(Kind.MOBILITY),
    )


def _runs(days: Sequence[Day]) -> list[Session]:
    return [session for day in days for session in day.sessions if session.kind.is_run]
