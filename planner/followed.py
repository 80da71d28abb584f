"""What became of a day: what was taken from it, what the log says was done, and what followed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from planner.as_planned import planned_day
from planner.comparing import Change, changes
from planner.flares import SAYS_SO, BadRun, Because, Course
from planner.history import History, Logged
from planner.plan import Day, Frozen, Plan, Session
from planner.ratings import daily_rating
from planner.table import what_to_do
from planner.wording import title

FLARE_WITHIN_DAYS = 2
REVISION_WITHIN_DAYS = 7
"""How soon after a day something counts as what followed; nothing says that it came from it."""

StoredChanges = Callable[[int], tuple[Change, ...] | None]
"""The stored changes of a revision; None where none were stored with it."""


class Seen(Frozen):
    """A flare: its first day, how bad, when she told of it (None: the log alone does), and why."""

    on: date
    pain: float | None = None
    told_on: date | None = None
    because: Because


class Followed(Frozen):
    """What followed, where it is known.

    That is the pain of the next morning, whether the run counts as a set-back, a flare, and the plan's
    next revision. ``same_day``: it was made on that day, and nothing tells whether before or after what
    was logged.
    """

    pain_morning: float | None = None
    set_back: BadRun | None = None
    flare: Seen | None = None
    revision: int | None = None
    made_on: date | None = None
    same_day: bool = False
    changes: tuple[Change, ...] = ()


class Gone(Frozen):
    """A session that a revision took from a day; ``change`` says why, and to which day it moved."""

    made_on: date
    session: Session
    change: Change


class Aftermath(Frozen):
    """What was taken from a day, the day's entries of the log, and what followed."""

    gone: tuple[Gone, ...] = ()
    done: tuple[Logged, ...] = ()
    followed: Followed = Followed()


class Earlier(Frozen):
    """What a day held until a revision changed it, made on that day."""

    revision: int
    made_on: date
    sessions: tuple[Session, ...]


def planned_earlier(revisions: Sequence[Plan], on: date) -> Earlier | None:
    """What a day held before it last changed; None where it never did."""
    for plan, before in pairwise(reversed(revisions)):
        now, was = planned_day(plan, on), planned_day(before, on)
        if now and was and _as_read(now) != _as_read(was):
            return Earlier(revision=plan.revision, made_on=plan.made_on, sessions=was.sessions)
    return None


def gone_from(revisions: Sequence[Plan], stored: StoredChanges, on: date) -> tuple[Gone, ...]:
    """What was left out or moved away from a day: of each sort that it holds no more, the latest."""
    now = planned_day(revisions[-1], on)
    sorts = {_sort(one) for one in now.sessions} if now else set()
    found: list[Gone] = []
    for plan, before in pairwise(reversed(revisions)):
        day, was = planned_day(plan, on), planned_day(before, on)
        kept = {one.id for one in day.sessions} if day else set()
        taken = [one for one in was.sessions if one.id not in kept] if was else []
        taken = [one for one in taken if _sort(one) not in sorts]
        if not taken:
            continue
        told = {one.session_id: one for one in changes_of(revisions, stored, plan.revision)}
        found += [
            Gone(made_on=plan.made_on, session=one, change=told[one.id])
            for one in taken
            if one.id in told
        ]
        sorts |= {_sort(one) for one in taken}
    return tuple(found)


def _sort(session: Session) -> str:
    return "run" if session.kind.is_run else session.kind.value


def _as_read(day: Day) -> list[tuple[str, str]]:
    """What a day asks for: the same title may stand for other steps."""
    return sorted((title(session), what_to_do(session)) for session in day.sessions)


def aftermath(
    history: History, course: Course, revisions: Sequence[Plan], stored: StoredChanges, on: date
) -> Aftermath:
    """What became of a day, from the journal alone; ``course`` is that of it."""
    done = tuple(one for one in history.logged if one.on == on)
    mornings = [one.pain_morning for one in done if one.pain_morning is not None]
    last = on + timedelta(days=FLARE_WITHIN_DAYS)
    flares = [flare for flare in _flares_seen(history, course) if on <= flare.on <= last]
    followed = Followed(
        pain_morning=max(mornings, default=None),
        set_back=next((one for one in course.bad_runs if one.run_on == on), None),
        flare=min(flares, key=lambda flare: flare.on, default=None),
    )
    told_on = [report.told_on for report in history.reports if report.on == on]
    return Aftermath(
        gone=gone_from(revisions, stored, on),
        done=done,
        followed=_with_revision(followed, revisions, stored, on, told_on),
    )


def _flares_seen(history: History, course: Course) -> Iterator[Seen]:
    """Flares that she told of, and those that only her log does."""
    for report in history.reports:
        yield Seen(**report.model_dump(), because=SAYS_SO)
    for flare in course.flares:
        if flare.because != SAYS_SO:
            rating = daily_rating(history, flare.day_0)
            pain = None if rating is None else rating / 10
            yield Seen(on=flare.day_0, pain=pain, because=flare.because)


def changes_of(revisions: Sequence[Plan], stored: StoredChanges, number: int) -> tuple[Change, ...]:
    """What a revision changed on the one before; without reasons where they were not stored."""
    place = [plan.revision for plan in revisions].index(number)
    if place == 0:
        return ()
    kept = stored(number)
    return changes(revisions[place - 1], revisions[place]) if kept is None else kept


def _with_revision(
    followed: Followed,
    revisions: Sequence[Plan],
    stored: StoredChanges,
    on: date,
    told_on: Sequence[date],
) -> Followed:
    """The first revision that changed a session, made soon after that day.

    Of its own day only where none was, or where a flare of that day was told with it: what is logged
    has no time of day.
    """
    last = on + timedelta(days=REVISION_WITHIN_DAYS)
    soon = [plan for plan in revisions[1:] if on <= plan.made_on <= last]
    is_open = {plan.revision: plan.made_on == on and on not in told_on for plan in soon}
    for plan in sorted(soon, key=lambda plan: (is_open[plan.revision], plan.revision)):
        found = changes_of(revisions, stored, plan.revision)
        if found:
            return followed.model_copy(
                update={
                    "revision": plan.revision,
                    "made_on": plan.made_on,
                    "same_day": is_open[plan.revision],
                    "changes": found,
                }
            )
    return followed
