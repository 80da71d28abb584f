"""What happened, as the journal tells it: sessions done, pain, flares, red flags, her own moves.

Pain is rated from 0 to 10, halves allowed, in the back or the legs, the worse of the two.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TypeVar

from planner.plan import Frozen, Kind, State, Step
from planner.profile import Back, Recent

Thing = TypeVar("Thing")


class LogKind(StrEnum):
    """What an entry of the log is about; a day has at most one entry of each."""

    RUN = "run"
    WALK = "walk"
    STRENGTH = "strength"
    DAY = "day"


class Logged(Frozen):
    """One entry of the log.

    ``pain_during`` and ``pain_after`` (within the hour) belong to the session, ``pain_morning`` to
    the morning of the next day; ``pain`` is the worst of a whole day and stands in entries of kind
    ``DAY`` only, and so does ``skipped``: nothing planned for that day was done. ``rpe`` is how hard
    it felt, 0 to 10. ``session_kind``, ``steps`` and ``state`` come from the plan where the session
    was done as planned.
    """

    on: date
    kind: LogKind
    run_minutes: float = 0.0
    walk_minutes: float = 0.0
    pain_during: float | None = None
    pain_after: float | None = None
    pain_morning: float | None = None
    pain: float | None = None
    rpe: float | None = None
    skipped: bool = False
    note: str = ""
    session_kind: Kind | None = None
    steps: tuple[Step, ...] = ()
    state: State | None = None


class Report(Frozen):
    """She says that her back flares up: on which day, how bad, and when she told it."""

    on: date
    pain: float
    told_on: date


class Answer(Frozen):
    """The red flag questions as answered on a day: the ids of those with a yes.

    ``cleared_on``: the day on which a clinician cleared her of them, as she says.
    """

    on: date
    flags: tuple[str, ...] = ()
    cleared_on: date | None = None


class Told(Frozen):
    """What the runner's file said of the weeks before a day (``recent``) and of her back on it."""

    on: date
    recent: Recent
    back: Back | None = None


class Move(Frozen):
    """A session that she moved in her calendar: to which day, and when (local ``HH:MM``)."""

    session_id: str
    to: date
    start: str | None = None


class Published(Frozen):
    """An entry as it was last put into a calendar outside: a folder, or a calendar server.

    ``entry_id`` is the session's or rest day's identity, ``href`` its file name or path there,
    ``etag`` what the place answered for it (a hash of the bytes for a folder), ``event`` the text as
    put. ``is_hers``: she edited or deleted it there, so it is left alone.
    """

    entry_id: str
    href: str
    etag: str
    event: str
    is_hers: bool = False


class History(Frozen):
    """All that the journal knows beside the plans; every tuple in the order of its days."""

    logged: tuple[Logged, ...] = ()
    reports: tuple[Report, ...] = ()
    answers: tuple[Answer, ...] = ()
    told: tuple[Told, ...] = ()
    moves: tuple[Move, ...] = ()


class News(Frozen):
    """What one command adds to the history, to be stored in one transaction.

    ``cleared_on`` clears every answer given up to that day. ``withdrawn_revision``: the reports that
    came with this revision no longer count.
    """

    logged: tuple[Logged, ...] = ()
    report: Report | None = None
    answer: Answer | None = None
    cleared_on: date | None = None
    told: Told | None = None
    moves: tuple[Move, ...] = ()
    withdrawn_revision: int | None = None


def with_news(history: History, news: News) -> History:
    """The history as it will be once the news are stored; what they replace is gone.

    An entry of the log replaces the one of its day and kind, a report or an answer that of its day,
    a move the earlier move of its session.
    """
    logged = {(one.on, one.kind): one for one in (*history.logged, *news.logged)}
    reports = {one.on: one for one in (*history.reports, *_given(news.report))}
    # Being cleared comes first: a yes of the same command is a new sign.
    cleared = (_cleared(one, news.cleared_on) for one in history.answers)
    answers = {one.on: one for one in (*cleared, *_given(news.answer))}
    told = {one.on: one for one in (*history.told, *_given(news.told))}
    moves = {one.session_id: one for one in (*history.moves, *news.moves)}
    return History(
        logged=tuple(logged[key] for key in sorted(logged)),
        reports=tuple(reports[on] for on in sorted(reports)),
        answers=tuple(answers[on] for on in sorted(answers)),
        told=tuple(told[on] for on in sorted(told)),
        moves=tuple(moves[name] for name in sorted(moves)),
    )


def _given(one: Thing | None) -> tuple[Thing, ...]:
    return () if one is None else (one,)


def _cleared(answer: Answer, on: date | None) -> Answer:
    counts = on is not None and answer.flags and answer.cleared_on is None and answer.on <= on
    return answer.model_copy(update={"cleared_on": on}) if counts else answer
