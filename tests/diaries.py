"""Histories for tests: what happened, day by day from a Monday on; day 0 is the plan's first day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from planner.history import Answer, History, Logged, LogKind, Report, Told
from planner.plan import State
from planner.profile import Back, Recent
from rules.loading import load_limits

MONDAY = date(2026, 11, 30)
LIMITS = load_limits()
LEG_SIGNS = ("LEG1", "LEG2")
LETTERS = {
    State.HEALTHY: "h",
    State.MILD: "m",
    State.MODERATE: "M",
    State.FLARE: "f",
    State.RETURNING: "r",
}

Fact = Logged | Report | Answer | Told


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def number(when: date | None) -> int | None:
    return None if when is None else (when - MONDAY).days


def run(on: int, minutes: float = 30, **given: Any) -> Logged:
    """A run; ``during``, ``after`` and ``morning`` are its pain."""
    return _logged(on, LogKind.RUN, run_minutes=minutes, **given)


def walk(on: int, minutes: float = 30, **given: Any) -> Logged:
    return _logged(on, LogKind.WALK, walk_minutes=minutes, **given)


def rated(on: int, pain: float) -> Logged:
    """The worst pain of a whole day."""
    return Logged(on=day(on), kind=LogKind.DAY, pain=pain)


def rated_days(first: int, *pains: float) -> tuple[Logged, ...]:
    """A rating a day, from a day on."""
    return tuple(rated(first + ahead, pain) for ahead, pain in enumerate(pains))


def _logged(on: int, kind: LogKind, **given: Any) -> Logged:
    fields = {
        f"pain_{key}": given.pop(key) for key in ("during", "after", "morning") if key in given
    }
    return Logged(on=day(on), kind=kind, **fields, **given)


def clean_run(on: int, minutes: float = 30) -> Logged:
    return run(on, minutes, during=0, after=0, morning=0)


def report(on: int, pain: float = 6) -> Report:
    return Report(on=day(on), pain=pain, told_on=day(on))


def told(on: int = 0, back: Back | None = None, **recent: Any) -> Told:
    """What the file says; ``recent`` are the keys of its table."""
    return Told(on=day(on), recent=Recent(**recent), back=back)


def answer(on: int, *flags: str, cleared: int | None = None) -> Answer:
    return Answer(on=day(on), flags=flags, cleared_on=None if cleared is None else day(cleared))


def history(*facts: Fact | tuple[Fact, ...]) -> History:
    """All these facts, in the order of their days."""
    flat = [one for fact in facts for one in (fact if isinstance(fact, tuple) else (fact,))]
    return in_this_order(sorted(flat, key=lambda fact: (fact.on, repr(fact))))


def in_this_order(facts: list[Fact]) -> History:
    """These facts as they stand, whatever their days."""

    def of(kind: type[Fact]) -> tuple[Any, ...]:
        return tuple(fact for fact in facts if isinstance(fact, kind))

    return History(logged=of(Logged), reports=of(Report), answers=of(Answer), told=of(Told))


def through_the_gate(first: int, morning: float = 0) -> tuple[Fact, ...]:
    """A flare from a day on that ends as early as it can: the gate opens four days later."""
    return (
        report(first),
        *rated_days(first + 1, 0, 0),
        walk(first + 3, during=0, morning=morning),
    )


POINTS = st.integers(0, 20).map(lambda halves: halves / 2)
MAYBE = st.none() | POINTS
DAYS = st.integers(0, 40)


def _sessions(kind: LogKind) -> st.SearchStrategy[Logged]:
    minutes = {LogKind.RUN: "run_minutes", LogKind.WALK: "walk_minutes"}[kind]
    return st.builds(
        lambda on, how_long, during, after, morning: Logged(
            on=day(on),
            kind=kind,
            **{minutes: how_long},
            pain_during=during,
            pain_after=after,
            pain_morning=morning,
        ),
        DAYS,
        st.sampled_from((10.0, 30.0, 40.0)),
        MAYBE,
        MAYBE,
        MAYBE,
    )


BACKS = st.none() | st.builds(
    lambda now, usual, stop: Back(
        **{"pain_today": now} if now is not None else {},
        usual_pain=usual,
        stop_above=stop,
    ),
    MAYBE,
    MAYBE,
    st.none() | st.sampled_from((1.0, 3.0, 5.0)),
)


@st.composite
def fact_lists(draw: st.DrawFn) -> list[Fact]:
    """Facts of six weeks, no two of a kind on one day, and a file on the first day."""
    logged = draw(
        st.lists(
            _sessions(LogKind.RUN)
            | _sessions(LogKind.WALK)
            | st.builds(rated, DAYS, st.sampled_from((0.0, 0.0, 1.0, 2.0, 2.5, 5.5))),
            max_size=30,
            unique_by=lambda entry: (entry.on, entry.kind),
        )
    )
    reports = draw(st.lists(st.builds(report, DAYS, POINTS), max_size=2, unique_by=lambda r: r.on))
    answers = draw(
        st.lists(
            st.builds(lambda on, later: answer(on, "LEG1", cleared=on + later), DAYS, DAYS),
            max_size=1,
        )
    )
    files = [told(0, draw(BACKS), run_minutes=(60.0, 60.0), longest_run_minutes=30.0)]
    return [*files, *logged, *reports, *answers]
