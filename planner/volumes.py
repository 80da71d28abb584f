"""How much she ran: by day, by week, and before a flare. Minutes in whole hundredths."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from planner.history import History, Told
from planner.plan import State, hundredths
from planner.ratings import ONE_DAY, runs, tenths
from planner.request import DAYS_IN_WEEK, Limits

ONE_WEEK = timedelta(days=DAYS_IN_WEEK)
WEEKS_BEFORE = 4
"""Weeks before a flare that say how much she ran (evidence.md, 9.3)."""

DAYS_SINCE = 2
"""Not told: the last run was the day before yesterday, as in a usual week."""


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - day.weekday() * ONE_DAY


def runs_done(history: History) -> dict[date, int]:
    """Running by day, in the order of days: as logged, and the longest run that the file tells of.

    The file's run stands on the day of the last run as told; where something is logged on that day,
    the log is right.
    """
    done: dict[date, int] = {}
    for on, run in _told_runs(history):
        done[on] = max(done.get(on, 0), run)
    logged = _logged(history)
    return {on: logged.get(on, done.get(on, 0)) for on in sorted({*done, *logged})}


def week_hundredths(history: History, monday: date) -> int:
    """Running of a Monday-to-Sunday week, in hundredths of a minute.

    Weeks before the file was first read hold what it told of them, or more where more is logged;
    nothing, where it told of other weeks alone, nor does the week in which it was read. Later ones hold
    what is logged; where nothing is, what a file with other weeks told of them. Where no weeks were
    told, a week holds the runs known in it.
    """
    logged = logged_week(history, monday)
    first, *later = [*_tellers(history), None]
    told = _told_week(first, monday) if first else None
    if told is not None:
        return max(logged, told)
    if logged:
        return logged
    for one in later:
        told = _told_week(one, monday) if one else None
        if told is not None:
            return told
    if first and monday == monday_of(first.on):
        return 0
    if first and first.recent.run_minutes and monday < monday_of(first.on):
        return 0
    return sum(run for on, run in runs_done(history).items() if monday_of(on) == monday)


def logged_week(history: History, monday: date) -> int:
    """Running logged in a Monday-to-Sunday week."""
    return sum(run for on, run in _logged(history).items() if monday_of(on) == monday)


def pre_flare_week_hundredths(history: History, flare_day: date, limits: Limits) -> int:
    """What a week held before a flare: the mean of the last four full weeks before its first day.

    Lighter weeks, 20 to 30 % below the one before, are left out, unless all are. Weeks of which
    nothing is known are left out too: those before the journal that no file told of, and the week in
    which the journal began, where it began after Monday. 0 where no week is known.
    """
    last = monday_of(flare_day) - ONE_WEEK
    weeks = [last - back * ONE_WEEK for back in range(WEEKS_BEFORE)]
    known = [week for week in weeks if _is_known(history, week)]
    full = [week for week in known if not _is_cut_back(history, week, limits)] or known
    return sum(week_hundredths(history, week) for week in full) // len(full) if full else 0


def last_comfortable_run(
    history: History, flare_day: date, limits: Limits
) -> tuple[date, int] | None:
    """The latest run before a flare's first day with at most 2 of 10 during it, and its running.

    A whole day rated so says it of its run too. Where no run was rated, the latest. Older runs than 30
    days before the latest say nothing of today's runner. None where there was no run, or every one
    hurt more.
    """
    done = {on: run for on, run in runs_done(history).items() if on < flare_day}
    if not done:
        return None
    window = limits.need("session-cap", "window_days")
    since = max(done) - window * ONE_DAY
    most = limits.need("clean-run", "during_max_tenths")
    whole = {e.on: tenths(e.pain) for e in history.logged if e.pain is not None}
    rated = {on: worst for on, worst in whole.items() if worst <= most}
    rated |= {e.on: tenths(e.pain_during) for e in runs(history) if e.pain_during is not None}
    recent = [on for on in done if on >= since]
    if any(on in rated for on in recent):
        recent = [on for on in recent if on in rated and rated[on] <= most]
    return (recent[-1], done[recent[-1]]) if recent else None


def last_run_on(history: History, before: date) -> date | None:
    """The day of the latest run before a day."""
    return max((on for on in runs_done(history) if on < before), default=None)


def _logged(history: History) -> dict[date, int]:
    return {e.on: hundredths(e.run_minutes) for e in runs(history) if e.run_minutes > 0}


def _told_runs(history: History) -> Iterator[tuple[date, int]]:
    for told in history.told:
        longest = hundredths(told.recent.longest_run_minutes)
        since = told.recent.days_since_last_run
        if longest:
            yield told.on - max(DAYS_SINCE if since is None else since, 1) * ONE_DAY, longest


def _tellers(history: History) -> list[Told]:
    """The files that speak of weeks: the first, and each later one that tells of others."""
    found: list[Told] = []
    before: Told | None = None
    for told in sorted(history.told, key=lambda one: one.on):
        if before is None or told.recent.run_minutes != before.recent.run_minutes:
            found.append(told)
        before = told
    return found


def _told_week(told: Told, monday: date) -> int | None:
    """What a file told of a week before the one in which it was read."""
    weeks = told.recent.run_minutes
    back = (monday_of(told.on) - monday) // ONE_WEEK
    return hundredths(weeks[-back]) if 1 <= back <= len(weeks) else None


def _is_known(history: History, monday: date) -> bool:
    tellers = _tellers(history)
    told = any(_told_week(one, monday) is not None for one in tellers)
    begun = min((told.on for told in history.told), default=None)
    return told or bool(logged_week(history, monday)) or (begun is not None and begun <= monday)


def _is_cut_back(history: History, monday: date, limits: Limits) -> bool:
    before = week_hundredths(history, monday - ONE_WEEK)
    least = limits.need("cut-back-week", "cut_min_percent", State.MILD)
    most = limits.need("cut-back-week", "cut_max_percent", State.MILD)
    share = week_hundredths(history, monday) * 100
    return before > 0 and before * (100 - most) <= share <= before * (100 - least)
