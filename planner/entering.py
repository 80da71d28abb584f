"""From what a runner typed after a session to entries of the log, and to words for them.

Which planned session an entry is about decides what it may allow later: only a run done as planned
keeps its steps, and with them its place on the ladder.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from planner.as_planned import as_planned, can_be_logged, planned_day, planned_entry, planned_run
from planner.errors import InputError
from planner.history import History, Logged, LogKind
from planner.logged_words import is_empty, logged_sentence, replaced_sentence
from planner.plan import Day, Frozen, Kind, Plan, Session, minutes_text
from planner.table import long_date

SESSIONS = (LogKind.RUN, LogKind.WALK, LogKind.STRENGTH)
"""What can be done on a day, in the order in which pain is put down to it."""

ROUNDED_MINUTES = 0.5
"""How far whole minutes may be from the planned ones and still mean them: 3 for 3.25."""


class Typed(Frozen):
    """What was typed of one day. ``done``: everything planned for it was done as planned."""

    ran: float | None = None
    walked: float | None = None
    strength: bool = False
    skipped: bool = False
    done: bool = False
    pain: float | None = None
    pain_during: float | None = None
    pain_after: float | None = None
    pain_morning: float | None = None
    rpe: float | None = None
    note: str = ""

    @property
    def has_session(self) -> bool:
        """Whether something was done, as she says."""
        return self.done or self.strength or self.ran is not None or self.walked is not None

    @property
    def of_session(self) -> dict[str, Any]:
        """What was typed of pain, effort and notes that belongs to a session."""
        names = ("pain_during", "pain_after", "pain_morning", "rpe")
        given = {name: getattr(self, name) for name in names if getattr(self, name) is not None}
        return {**given, **({"note": self.note} if self.note else {})}


class Entered(Frozen):
    """Entries to store, those of which something is gone with them, and sentences on both."""

    logged: tuple[Logged, ...] = ()
    replaced: tuple[Logged, ...] = ()
    sentences: tuple[str, ...] = ()


def enter(typed: Typed, on: date, plan: Plan | None, history: History) -> Entered:
    """The entries of a day from what was typed of it; those of the same kind are replaced.

    Ratings typed without a session are added to the day's run, else its walk, else its strength
    session, else to the day. InputError where nothing that could be done was planned.
    """
    day = planned_day(plan, on)
    before = {one.kind: one for one in history.logged if one.on == on}
    sessions, sentences = _sessions(typed, on, day)
    entries = _with_ratings(typed, on, sessions, before)
    if typed.skipped:
        entries.update(_taken_back(before))
    if sessions and LogKind.DAY in before and before[LogKind.DAY].skipped:
        now = entries.get(LogKind.DAY, before[LogKind.DAY])
        entries[LogKind.DAY] = now.model_copy(update={"skipped": False})
    logged = tuple(entries[kind] for kind in LogKind if kind in entries)
    replaced = tuple(
        old
        for new in logged
        if (old := before.get(new.kind))
        and not is_empty(old)
        and (new.kind in sessions or _loses(old, new))
    )
    return Entered(
        logged=logged,
        replaced=replaced,
        sentences=(
            *(logged_sentence(one) for one in logged if not is_empty(one)),
            *sentences,
            *(replaced_sentence(one, entries[one.kind]) for one in replaced),
        ),
    )


def enter_days_done(first: date, last: date, plan: Plan | None, history: History) -> Entered:
    """Everything planned done as planned, on each day of a span whose sessions nobody told yet."""
    told = {one.on for one in history.logged if one.kind in SESSIONS or one.skipped}
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    open_days = [on for on in days if on not in told and can_be_logged(planned_day(plan, on))]
    entered = [enter(Typed(done=True), on, plan, history) for on in open_days]
    span = f"{long_date(first)} to {long_date(last)}"
    said = f"Logged as planned: {counted_days(len(open_days))} from {span}."
    if not open_days:
        said = f"Nothing to add from {span}: every day with a session has its entry."
    return Entered(
        logged=tuple(entry for one in entered for entry in one.logged), sentences=(said,)
    )


def both(one: Entered, other: Entered) -> Entered:
    """What was entered of one day, then of another."""
    return Entered(
        logged=one.logged + other.logged,
        replaced=one.replaced + other.replaced,
        sentences=one.sentences + other.sentences,
    )


def counted_days(number: int) -> str:
    """``1 day``, ``3 days``."""
    return f"{number} day{'' if number == 1 else 's'}"


def lacks_morning(history: History, on: date) -> Logged | None:
    """The session of a day that nobody rated on the morning after: its run, else its walk, ..."""
    found = {one.kind: one for one in history.logged if one.on == on and not is_empty(one)}
    if any(one.pain_morning is not None for one in found.values()):
        return None
    return next((found[kind] for kind in SESSIONS if kind in found), None)


def _sessions(
    typed: Typed, on: date, day: Day | None
) -> tuple[dict[LogKind, Logged], tuple[str, ...]]:
    """Entries of what was done, without ratings, and what must be said of how it was understood."""
    if typed.done:
        if day is None or not can_be_logged(day):
            raise InputError(
                f"Nothing that could be logged is planned on {long_date(on)}.",
                "Tell what you did: --ran MIN, --walked MIN or --strength.",
            )
        return {one.kind: one for one in as_planned(day)}, ()
    found: dict[LogKind, Logged] = {}
    sentences: tuple[str, ...] = ()
    breaks = typed.walked if typed.ran is not None and _walks_are_breaks(day) else None
    if typed.ran is not None:
        found[LogKind.RUN], sentences = _run(on, typed.ran, breaks, day)
    if typed.walked and breaks is None:
        found[LogKind.WALK] = _walk(on, typed.walked, day)
    if typed.strength:
        planned = next((one for one in as_planned(day) if one.kind is LogKind.STRENGTH), None)
        found[LogKind.STRENGTH] = planned or Logged(
            on=on, kind=LogKind.STRENGTH, session_kind=Kind.STRENGTH
        )
    return found, sentences


def _run(
    on: date, ran: float, breaks: float | None, day: Day | None
) -> tuple[Logged, tuple[str, ...]]:
    """A run: the planned one where its minutes say so, else with the planned one's kind alone.

    The kind stays, whatever the minutes: a long or hard run cut short still asks for easy days
    around it. Its steps don't: a stage of the ladder counts only when it was done.
    """
    session = planned_run(day)
    if session is None or day is None:
        return Logged(on=on, kind=LogKind.RUN, run_minutes=ran, walk_minutes=breaks or 0.0), ()
    planned = planned_entry(session, day)
    if breaks is None or _means(breaks, session.walk_minutes):
        if _means(ran, session.run_minutes):
            return planned, ()
        if breaks is None and session.walk_minutes and _means(ran, session.minutes):
            return planned, (_whole_session_sentence(session, ran),)
    entry = Logged(
        on=on,
        kind=LogKind.RUN,
        run_minutes=ran,
        walk_minutes=breaks or 0.0,
        session_kind=session.kind,
    )
    if breaks and not _means(breaks, session.walk_minutes):
        return entry, (
            f"The {minutes_text(breaks)} min of walking count as the breaks of the run. For a walk "
            f"of its own give --walked in a command without --ran.",
        )
    return entry, ()


def _walk(on: date, walked: float, day: Day | None) -> Logged:
    planned = next((one for one in as_planned(day) if one.kind is LogKind.WALK), None)
    if planned and _means(walked, planned.walk_minutes):
        return planned
    return Logged(on=on, kind=LogKind.WALK, walk_minutes=walked)


def _walks_are_breaks(day: Day | None) -> bool:
    """Whether walking told together with a run is its breaks: no walk of its own is planned."""
    return day is not None and day.has(Kind.RUN_WALK) and not day.has(Kind.WALK)


def _means(typed: float, planned: float) -> bool:
    """Whether typed minutes are the planned ones, perhaps rounded to a whole minute."""
    away = abs(typed - planned)
    return away < 0.005 or (typed == int(typed) and away <= ROUNDED_MINUTES)


def _whole_session_sentence(session: Session, ran: float) -> str:
    run, whole = minutes_text(session.run_minutes), minutes_text(ran)
    return (
        f"{whole} min is the whole session with its walking breaks, so it counts as done as "
        f"planned, with {run} min of running. If you ran {whole} min without a break: "
        f"--ran {whole} --walked 0"
    )


def _with_ratings(
    typed: Typed, on: date, sessions: dict[LogKind, Logged], before: dict[LogKind, Logged]
) -> dict[LogKind, Logged]:
    """The entries with pain, effort and note where they belong."""
    entries = dict(sessions)
    of_day: dict[str, Any] = {"pain": typed.pain} if typed.pain is not None else {}
    if typed.skipped:
        of_day = {"skipped": True, **_pain_kept(before), **typed.of_session, **of_day}
    elif typed.of_session:
        known = sessions or {kind: one for kind, one in before.items() if not is_empty(one)}
        owner = next((kind for kind in SESSIONS if kind in known), None)
        if owner:
            entries[owner] = known[owner].model_copy(update=typed.of_session)
        else:
            of_day |= typed.of_session
    if of_day:
        whole = before.get(LogKind.DAY) or Logged(on=on, kind=LogKind.DAY)
        entries[LogKind.DAY] = whole.model_copy(update=of_day)
    return entries


def _pain_kept(before: dict[LogKind, Logged]) -> dict[str, float]:
    """The pain of sessions that are taken back, as the day's: no bad rating is lost by the way."""
    told = [one for kind, one in before.items() if kind in SESSIONS]
    whole = before.get(LogKind.DAY)
    during = [rating for one in told for rating in (one.pain_during, one.pain_after)]
    worst = {
        "pain": [*during, whole.pain if whole else None],
        "pain_morning": [one.pain_morning for one in before.values()],
    }
    known = {name: [one for one in found if one is not None] for name, found in worst.items()}
    return {name: max(found) for name, found in known.items() if found}


def _taken_back(before: dict[LogKind, Logged]) -> dict[LogKind, Logged]:
    """Sessions logged by mistake, as entries that hold nothing: an entry can't be deleted."""
    return {
        kind: Logged(on=one.on, kind=kind)
        for kind, one in before.items()
        if kind in SESSIONS and not is_empty(one)
    }


def _loses(old: Logged, new: Logged) -> bool:
    """Whether something that the old entry said is gone with the new one."""
    said = old.model_dump(exclude_defaults=True, exclude={"session_kind", "steps", "state"})
    now = new.model_dump()
    return any(now[name] != value for name, value in said.items())
