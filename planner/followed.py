"""What became of a day: what the log says was done, and what followed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from planner.as_planned import planned_day
from planner.comparing import Change, changes
from planner.history import History, Logged, Report
from planner.plan import Day, Frozen, Plan, Session
from planner.wording import describe_steps, title

FLARE_WITHIN_DAYS = 2
REVISION_WITHIN_DAYS = 7
"""How soon after a day something counts as what followed; nothing says that it came from it."""

StoredChanges = Callable[[int], tuple[Change, ...] | None]
"""The stored changes of a revision; None where none were stored with it."""


class Followed(Frozen):
    """The pain of the next morning, a flare told of, and the plan's next revision, where known."""

    pain_morning: float | None = None
    flare: Report | None = None
    revision: int | None = None
    made_on: date | None = None
    changes: tuple[Change, ...] = ()


class Aftermath(Frozen):
    """The day's entries of the log, and what followed."""

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
        if now and was and _seen(now) != _seen(was):
            return Earlier(revision=plan.revision, made_on=plan.made_on, sessions=was.sessions)
    return None


def _seen(day: Day) -> list[tuple[str, str]]:
    """The titles of a day's sessions, and what runs are made of: a run/walk may be another by that."""
    return sorted((title(one), describe_steps(one.steps)) for one in day.sessions)


def aftermath(
    history: History, revisions: Sequence[Plan], stored: StoredChanges, on: date
) -> Aftermath:
    """What was done on a day and what followed, from the journal alone."""
    done = tuple(one for one in history.logged if one.on == on)
    mornings = [one.pain_morning for one in done if one.pain_morning is not None]
    last = on + timedelta(days=FLARE_WITHIN_DAYS)
    flares = [report for report in history.reports if on <= report.on <= last]
    followed = Followed(
        pain_morning=max(mornings, default=None), flare=flares[0] if flares else None
    )
    return Aftermath(done=done, followed=_with_revision(followed, revisions, stored, on))


def changes_of(revisions: Sequence[Plan], stored: StoredChanges, number: int) -> tuple[Change, ...]:
    """What a revision changed on the one before; without reasons where they were not stored."""
    place = [plan.revision for plan in revisions].index(number)
    if place == 0:
        return ()
    kept = stored(number)
    return changes(revisions[place - 1], revisions[place]) if kept is None else kept


def _with_revision(
    followed: Followed, revisions: Sequence[Plan], stored: StoredChanges, on: date
) -> Followed:
    """The first revision from that day on that changed a session, made soon after."""
    last = on + timedelta(days=REVISION_WITHIN_DAYS)
    for plan in revisions[1:]:
        if on <= plan.made_on <= last:
            found = changes_of(revisions, stored, plan.revision)
            if found:
                new = {"revision": plan.revision, "made_on": plan.made_on, "changes": found}
                return followed.model_copy(update=new)
    return followed
