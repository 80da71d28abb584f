"""Pain by day: what the journal says of it, what is usual, and whether a run was clean.

Points of 0 to 10 are compared in whole tenths, so that no rounding error can move a limit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from planner.history import Answer, History, Logged, LogKind, Told
from planner.plan import Frozen, State
from planner.profile import Back
from planner.request import Limits

ONE_DAY = timedelta(days=1)


def tenths(points: float) -> int:
    """Points of pain as a whole number of tenths."""
    return round(points * 10)


def known_by(history: History, today: date, told_by: date | None = None) -> History:
    """The history as far as it was known at the end of a day: no later day says anything.

    ``told_by``: the last day of which the runner's file may speak, where that is another one (a
    plan that starts after today speaks of the back on its first day).
    """
    file_by = told_by or today
    return History(
        logged=tuple(as_known(entry, today) for entry in history.logged if entry.on <= today),
        reports=tuple(report for report in history.reports if report.on <= today),
        answers=tuple(
            _cleared_by(answer, today) for answer in history.answers if answer.on <= today
        ),
        told=tuple(told for told in history.told if told.on <= file_by),
        moves=history.moves,
    )


def as_known(entry: Logged, today: date) -> Logged:
    """An entry of today or before as it was at the end of today: its next morning is to come."""
    return entry.model_copy(update={"pain_morning": None}) if entry.on == today else entry


def _cleared_by(answer: Answer, today: date) -> Answer:
    later = answer.cleared_on is not None and answer.cleared_on > today
    return answer.model_copy(update={"cleared_on": None}) if later else answer


def stated_backs(history: History) -> Iterator[tuple[date, Back]]:
    """What the file said of the back, on the days on which it said something new.

    A ``[back]`` left as it was, beside a changed ``[recent]``, is no pain of that day.
    """
    before: Back | None = None
    for told in sorted(history.told, key=lambda one: one.on):
        if told.back is not None and told.back != before:
            yield told.on, told.back
        before = told.back


def last_told(history: History, day: date) -> Told | None:
    """What the file said last, up to a day."""
    earlier = [told for told in history.told if told.on <= day]
    return max(earlier, key=lambda told: told.on, default=None)


def last_back(history: History, day: date) -> Back | None:
    """What the file said last of the back; None where it said nothing."""
    told = last_told(history, day)
    return told.back if told else None


def told_tenths(back: Back) -> int:
    """The pain to go by of what the file says: the worse of that day's and the usual one."""
    return max(tenths(back.pain_today), told_usual_tenths(back) or 0)


def told_usual_tenths(back: Back | None) -> int | None:
    """The usual pain as she wrote it; None where she wrote none."""
    return None if back is None or back.usual_pain is None else tenths(back.usual_pain)


def stop_tenths(back: Back | None, limits: Limits) -> int:
    """The pain above which a day is a flare: hers, where it is lower than the rulebook's."""
    stop = limits.need("states", "max_tenths", State.MODERATE)
    own = back.stop_above if back else None
    return stop if own is None else min(stop, tenths(own))


@dataclass(frozen=True)
class Ratings:
    """The worst rating of each rated day, and the worst of each morning after a session."""

    history: History
    by_day: Mapping[date, int]
    mornings: Mapping[date, int]

    def usual(self, day: date, limits: Limits) -> int | None:
        """See ``usual_tenths``."""
        span = limits.need("ratings", "usual_days")
        found = self.between(day - span * ONE_DAY, day - ONE_DAY)
        if len(found) >= limits.need("ratings", "usual_ratings_min"):
            # Of two in the middle the lower one, which is stricter.
            return sorted(found)[(len(found) - 1) // 2]
        back = last_back(self.history, day)
        if back is None:
            return None
        usual = tenths(back.usual_pain_points)
        is_flare = back.usual_pain is None and usual > stop_tenths(back, limits)
        return None if is_flare else usual

    def between(self, first: date, last: date) -> list[int]:
        """The ratings of these days, both ends included."""
        days = (first + ahead * ONE_DAY for ahead in range((last - first).days + 1))
        return [self.by_day[day] for day in days if day in self.by_day]

    def without_walk(self, day: date) -> int | None:
        """The rating of a day without the pain during its walk."""
        near = [entry for entry in self.history.logged if day - ONE_DAY <= entry.on <= day]
        kept = tuple(
            entry.model_copy(update={"pain_during": None})
            if entry.on == day and entry.kind is LogKind.WALK
            else entry
            for entry in near
        )
        return daily_rating(self.history.model_copy(update={"logged": kept}), day)

    @property
    def latest(self) -> date | None:
        """The last rated day."""
        return max(self.by_day, default=None)


def ratings_of(history: History) -> Ratings:
    """All ratings of a history by day, read once."""
    by_day: dict[date, int] = {}
    mornings: dict[date, int] = {}
    for day, points in _all_points(history):
        by_day[day] = max(by_day.get(day, 0), tenths(points))
    for entry in history.logged:
        if entry.pain_morning is not None:
            morning = entry.on + ONE_DAY
            mornings[morning] = max(mornings.get(morning, 0), tenths(entry.pain_morning))
    return Ratings(history=history, by_day=by_day, mornings=mornings)


def _all_points(history: History) -> Iterator[tuple[date, float]]:
    for entry in history.logged:
        for points in (entry.pain, entry.pain_during, entry.pain_after):
            if points is not None:
                yield entry.on, points
        if entry.pain_morning is not None:
            yield entry.on + ONE_DAY, entry.pain_morning
    for report in history.reports:
        yield report.on, report.pain
    for on, back in stated_backs(history):
        if back.pain_today_given:
            yield on, back.pain_today


def daily_rating(history: History, day: date) -> int | None:
    """The worst that she said of a day, in tenths; None where she said nothing.

    Counted are the day's own rating, pain during and after its sessions, the morning after those of
    the day before, a flare reported on it, and the file's ``pain_today``.
    """
    return ratings_of(history).by_day.get(day)


def usual_tenths(history: History, day: date, limits: Limits) -> int | None:
    """Her usual pain before a day, in tenths: the median of the daily ratings of the week before.

    With too few ratings it is the usual pain as told in the file (evidence.md, 9.3), None where the
    file tells none: nothing of the back, or no more than the pain of a flare. In a flare and until it
    is over it is frozen: see ``planner.flares``.
    """
    return ratings_of(history).usual(day, limits)


def usual_or_edge(usual: int | None, limits: Limits) -> int:
    """The usual pain, or the edge of mild where it is unknown: nothing said is mild.

    Unknown as 0 would make a set-back of every first rating; above the edge nobody is let pass.
    """
    return limits.need("states", "max_tenths", State.MILD) if usual is None else usual


def is_clean(entry: Logged, usual: int | None, limits: Limits) -> bool:
    """Whether a run went well by all three answers; one not given is not clean.

    At most 2 of 10 during it, and no more than usual after it and next morning (evidence.md, 9.3);
    an unknown usual pain counts as 2.
    """
    if entry.pain_during is None or entry.pain_after is None or entry.pain_morning is None:
        return False
    most = usual_or_edge(usual, limits) + limits.need("clean-run", "rise_max_tenths")
    during = tenths(entry.pain_during) <= limits.need("clean-run", "during_max_tenths")
    return during and tenths(entry.pain_after) <= most and tenths(entry.pain_morning) <= most


class TooMuch(Frozen):
    """The rating that makes a run a set-back, and the limit that it is above, in points of 0 to 10.

    ``is_usual``: that limit is her usual pain.
    """

    when: Literal["during it", "within the hour after it", "next morning"]
    pain: float
    limit: float
    is_usual: bool


def too_much(
    entry: Logged, usual: int | None, limits: Limits, *, returning: bool
) -> TooMuch | None:
    """What makes a run a set-back, None where it is none; an answer not given makes none of it.

    More pain than usual next morning; while returning from a flare also more than 2 of 10 during it,
    or more than usual after it. Of several the one that is furthest above its limit.
    """
    rise = limits.need("clean-run", "rise_max_tenths")
    most = (usual_or_edge(usual, limits) + rise) / 10
    is_usual = usual is not None and not rise
    asked = [("next morning", entry.pain_morning, most, is_usual)]
    if returning:
        during_most = limits.need("clean-run", "during_max_tenths") / 10
        asked += [
            ("during it", entry.pain_during, during_most, False),
            ("within the hour after it", entry.pain_after, most, is_usual),
        ]
    found = [
        TooMuch(when=when, pain=points, limit=limit, is_usual=of_usual)
        for when, points, limit, of_usual in asked
        if points is not None and tenths(points) > tenths(limit)
    ]
    return max(found, key=lambda one: tenths(one.pain) - tenths(one.limit), default=None)


def runs(history: History) -> tuple[Logged, ...]:
    """The runs that were logged, in the order of their days."""
    found = (e for e in history.logged if e.kind is LogKind.RUN)
    return tuple(sorted(found, key=lambda entry: entry.on))
