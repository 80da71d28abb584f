"""When it is time to see somebody, and what a flare's first day asks to hear."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from planner.flares import Course, course
from planner.history import History
from planner.plan import minutes_text
from planner.ratings import ONE_DAY, Ratings, known_by, ratings_of
from planner.request import DAYS_IN_WEEK, Limits


class WhenToSeek(NamedTuple):
    """When ``advice`` says to see somebody, a red flag or not, and its numbers: rule and key."""

    says: str
    numbers: tuple[tuple[str, str], ...]


def when_to_seek(limits: Limits) -> tuple[WhenToSeek, ...]:
    """All that ``advice`` watches for, as it can be told before it has come."""
    setbacks = limits.need("step-back", "setbacks_to_walking")
    setback_days = limits.need("step-back", "setback_window_days")
    sore = minutes_text(_need(limits, "no_progress_above_tenths") / 10)
    return (
        WhenToSeek(
            f"A flare that after {_need(limits, 'gate_shut_days')} days has not settled enough to"
            " run: see a physiotherapist or a doctor (GP).",
            (("care-advice", "gate_shut_days"),),
        ),
        WhenToSeek(
            f"{_need(limits, 'flares_max')} flares in {_need(limits, 'flares_window_days')} days:"
            " see a physiotherapist.",
            (("care-advice", "flares_max"), ("care-advice", "flares_window_days")),
        ),
        WhenToSeek(
            f"Pain above {sore} of 10 that has not come down in"
            f" {_need(limits, 'no_progress_days')} days: see a doctor (GP).",
            (("care-advice", "no_progress_days"), ("care-advice", "no_progress_above_tenths")),
        ),
        WhenToSeek(
            f"{setbacks} set-backs after runs in {setback_days} days: see a physiotherapist before"
            " you build up again.",
            (("step-back", "setbacks_to_walking"), ("step-back", "setback_window_days")),
        ),
    )


def advice(
    history: History, limits: Limits, today: date, leg_signs: Collection[str]
) -> tuple[str, ...]:
    """Plain sentences: what the course of the last weeks says about seeking care.

    The numbers are those of evidence.md, section 10, step 6.
    """
    found = course(history, limits, today, leg_signs)
    ratings = ratings_of(known_by(history, today))
    return (
        *_on_day_0(found, history, today),
        *_shut_gate(found, limits, today),
        *_setbacks(found, limits, today),
        *_many_flares(found, limits, today),
        *_no_progress(ratings, limits, today),
    )


def _need(limits: Limits, key: str) -> int:
    return limits.need("care-advice", key)


def _on_day_0(found: Course, history: History, today: date) -> Iterator[str]:
    last = found.flares[-1] if found.flares else None
    told = any(report.told_on == today and report.on <= today for report in history.reports)
    # Pocovi et al. 2024 (B4a, read): about 70% have a recurrence within a year, fewer with walking.
    if last and last.gate_on is None and (told or last.day_0 == today):
        yield (
            "Flares are common and pass: most people with back pain have another within a year,"
            " and walking helps to keep them away, so keep walking as far as it is comfortable."
        )


def _shut_gate(found: Course, limits: Limits, today: date) -> Iterator[str]:
    last = found.flares[-1] if found.flares else None
    if last is None or last.gate_on is not None:
        return
    days = (today - last.day_0).days
    if days > _need(limits, "gate_shut_days"):
        yield (
            f"Your flare began {days} days ago and has not settled enough to run. Please see a"
            " physiotherapist or your doctor (GP): it is time for somebody to look at your back."
        )


def _setbacks(found: Course, limits: Limits, today: date) -> Iterator[str]:
    last = found.flares[-1] if found.flares else None
    if last and last.because == "second set-back" and last.gate_on is None:
        weeks = limits.need("step-back", "setback_window_days") // DAYS_IN_WEEK
        yield (
            f"This was the second set-back within {weeks} weeks, so it is back to walking for now."
            " Please see a physiotherapist before you build up again."
        )


def _many_flares(found: Course, limits: Limits, today: date) -> Iterator[str]:
    window = _need(limits, "flares_window_days")
    recent = [flare for flare in found.flares if (today - flare.day_0).days < window]
    if len(recent) >= _need(limits, "flares_max"):
        yield (
            f"That makes {len(recent)} flares in {window // DAYS_IN_WEEK} weeks. Please see a"
            " physiotherapist, to find out together what sets them off."
        )


def _no_progress(ratings: Ratings, limits: Limits, today: date) -> Iterator[str]:
    now = _mean_parts(ratings, limits, today - (_span(limits) - 1) * ONE_DAY)
    before = _week_before(ratings, limits, today)
    if now is None or before is None:
        return
    pain, days = now
    past, past_days = before
    sore = pain > _need(limits, "no_progress_above_tenths") * days
    if sore and pain * past_days >= past * days:
        yield (
            f"Your pain has not come down in {_need(limits, 'no_progress_days') // DAYS_IN_WEEK} weeks"
            " or more. Please see your doctor (GP)."
        )


def _week_before(ratings: Ratings, limits: Limits, today: date) -> tuple[int, int] | None:
    """The last week with enough ratings that began long enough ago."""
    latest = today - _need(limits, "no_progress_days") * ONE_DAY
    first = min(ratings.by_day, default=today)
    for back in range(max((latest - first).days + 1, 0)):
        found = _mean_parts(ratings, limits, latest - back * ONE_DAY)
        if found is not None:
            return found
    return None


def _mean_parts(ratings: Ratings, limits: Limits, first: date) -> tuple[int, int] | None:
    """Sum and number of the ratings of the week from a day on; None with too few."""
    found = ratings.between(first, first + (_span(limits) - 1) * ONE_DAY)
    few = len(found) < limits.need("step-back", "mean_ratings_min")
    return None if few else (sum(found), len(found))


def _span(limits: Limits) -> int:
    return limits.need("step-back", "mean_days")
