"""The days on which two plans of one runner differ: what is there in each, how, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from planner.causes import OTHERS
from planner.comparing import Change
from planner.plan import Day, Frozen, Plan, Session, minutes_text
from planner.wording import describe_steps, title

EXERCISES_TOLD = 2
"""Differences between two lists of exercises that are told one by one."""


class ChangedDay(Frozen):
    """A day of both plans, and its sessions in each where they differ, as titles.

    ``differs`` says what is done differently where the titles are the same; ``because`` names the
    rules behind the difference, where the two plans could be judged.
    """

    date: date
    now: tuple[str, ...]
    what_if: tuple[str, ...]
    differs: str = ""
    because: tuple[str, ...] = ()


def changed_days(
    now: Plan, what_if: Plan, reasons: Mapping[date, tuple[str, ...]] | None = None
) -> tuple[ChangedDay, ...]:
    """The days that both plans have and that differ in something a runner can notice.

    ``reasons``: of each day, as ``reasons_by_day`` gives them.
    """
    was = {day.date: day for day in now.days}
    return tuple(
        ChangedDay(
            date=day.date,
            now=_titles(was[day.date]),
            what_if=_titles(day),
            differs=differing(was[day.date], day),
            because=(reasons or {}).get(day.date, ()),
        )
        for day in what_if.days
        if day.date in was and _seen(was[day.date]) != _seen(day)
    )


def reasons_by_day(
    found: Sequence[Change], now: Plan, what_if: Plan
) -> dict[date, tuple[str, ...]]:
    """The names behind the changes of each day, a session's old day and its new one alike.

    A change that only goes with others adds nothing to them.
    """
    places: dict[str, set[date]] = {}
    for plan in (now, what_if):
        for day in plan.days:
            for session in day.sessions:
                places.setdefault(session.id, set()).add(day.date)
    reasons: dict[date, tuple[str, ...]] = {}
    for change in found:
        if change.because[:1] == (OTHERS,):
            continue
        for on in sorted(places.get(change.session_id, {change.date})):
            reasons[on] = tuple(dict.fromkeys((*reasons.get(on, ()), *change.because)))
    return reasons


def differing(was: Day, now: Day) -> str:
    """What is done differently in sessions whose titles are the same; empty where titles differ."""
    if _titles(was) != _titles(now):
        return ""
    pairs = zip(was.sessions, now.sessions, strict=True)
    return "; ".join(told for pair in pairs if (told := _session_differs(*pair)))


def _session_differs(was: Session, now: Session) -> str:
    parts = [*_steps_differ(was, now), *_exercises_differ(was, now)]
    if not parts and was.minutes != now.minutes:
        parts = [f"{minutes_text(now.minutes)} min instead of {minutes_text(was.minutes)}"]
    if not parts and was.note != now.note:
        parts = ["with another note"]
    return f"{title(now)}: {', '.join(parts)}" if parts else ""


def _steps_differ(was: Session, now: Session) -> Iterator[str]:
    before, after = (describe_steps(one.steps) for one in (was, now))
    if before != after:
        yield f"{after or 'no steps'} instead of {before or 'no steps'}"


def _exercises_differ(was: Session, now: Session) -> Iterator[str]:
    """The first few differences, then how many more there are."""
    before, after = ({one.name: one for one in each.exercises} for each in (was, now))
    told = [f"without {name}" for name in before if name not in after]
    told += [f"with {name}" for name in after if name not in before]
    told += [
        f"{name} {after[name].sets} × {after[name].amount} instead of {one.sets} × {one.amount}"
        for name, one in before.items()
        if name in after and after[name] != one
    ]
    yield from told[:EXERCISES_TOLD]
    if len(told) > EXERCISES_TOLD:
        yield f"and {len(told) - EXERCISES_TOLD} more differences"


def common_days(now: Plan, what_if: Plan) -> int:
    """How many days both plans have."""
    return len({day.date for day in now.days} & {day.date for day in what_if.days})


def _titles(day: Day) -> tuple[str, ...]:
    return tuple(
        f"{session.start} {title(session)}" if session.start else title(session)
        for session in day.sessions
    )


def _seen(day: Day) -> list[Session]:
    """The sessions without what makes no other day: identities, rules, and when they changed last."""
    return [one.model_copy(update={"id": "", "rules": (), "changed": ""}) for one in day.sessions]
