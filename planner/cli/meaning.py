"""What something told means: how the back is now, and whether the plan has to follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from planner.advice import advice
from planner.flares import BadRun, Course, Flare, course, earliest_gate
from planner.history import History, Logged, LogKind
from planner.logged_words import too_much_words
from planner.pain import state_on
from planner.plan import HUNDREDTHS, State, hundredths, minutes_text
from planner.ratings import daily_rating, last_back, ratings_of, stop_tenths, usual_or_edge
from planner.request import Limits
from planner.table import long_date
from planner.triage import is_due, rose
from planner.volumes import runs_done
from rules.loading import load_triage

WHY_A_FLARE = {
    "rating": "pain of {pain} is more than running goes with",
    "own limit": "pain of {pain} is above your own limit of {limit} ([back] stop_above)",
    "rise": "the pain of that morning, {pain}, is well above your usual one ({usual}): from {limit} on "
    "it is one",
    "second set-back": "it is another set-back soon after the last",
}


@dataclass(frozen=True)
class Meaning:
    """The back after what was told, against before. ``pain``: the rating of the flare's first day.

    ``why_flare``: why it is a flare, in words; empty where she said so herself.
    ``flare`` and ``setbacks`` are those that follow from what was told; ``is_due``: the red flag
    questions have to be asked (again), ``pain_rose``: for the pain has risen. ``ran_in_flare``: days
    with a run while running had to wait; ``gate_later_on``: the earliest day for it, where that is
    later than before; ``gate_open_on``: the day from which running may return, where that is new.
    """

    today: date
    state: State
    state_before: State
    flare: Flare | None
    pain: float | None
    setbacks: tuple[BadRun, ...]
    advice: tuple[str, ...]
    is_due: bool
    pain_rose: bool
    ran_in_flare: tuple[date, ...] = ()
    gate_later_on: date | None = None
    gate_open_on: date | None = None
    why_flare: str = ""

    def sentences(self, name: str, *, has_plan: bool) -> Iterator[str]:
        """What follows, with the command to type for the runner's file ``name``."""
        if self.flare:
            yield self._flare_sentence(name)
            return
        for day in self.ran_in_flare:
            yield (
                f"You ran on {long_date(day)} during a flare. Please don't run until the test walk has "
                "gone well; walking is fine, and the plan tells the earliest day."
            )
        told = tuple(self._for_the_plan())
        yield from told[:-1]
        if told:
            yield f"{told[-1]} Plan again: runback {'replan' if has_plan else 'plan'} {name}"

    def _for_the_plan(self) -> Iterator[str]:
        """What the plan has to follow."""
        if self.gate_open_on:
            yield (
                "The quiet days and the test walk have gone well: running may return on "
                f"{long_date(self.gate_open_on)}, in small steps."
            )
        if self.gate_later_on:
            yield (
                f"Running has to wait a little longer: {long_date(self.gate_later_on)} at the earliest."
            )
        for one in self.setbacks:
            yield (
                f"The run on {long_date(one.run_on)} counts as a set-back: "
                f"{too_much_words(one.because)}. So the next ones have to be easier."
            )
        if self.state is not self.state_before:
            yield f"Your back counts as {self.state} now (before: {self.state_before})."

    def _flare_sentence(self, name: str) -> str:
        assert self.flare is not None
        why = f": {self.why_flare}" if self.why_flare else ""
        command = flare_command(name, self.flare.day_0, self.pain, self.today)
        return (
            f"This counts as a flare{why}. Do not run, keep walking as far as it feels fine, and let "
            f"the plan follow: {command}"
        )


def flare_command(name: str, day_0: date, pain: float | None, today: date) -> str:
    """What to type where the log tells of a flare that the plan does not know."""
    on = "" if day_0 == today else f" --on {day_0}"
    return f"runback flare {name} --pain {minutes_text(pain or 0.0)}{on}"


def meaning_of(before: History, after: History, limits: Limits, today: date) -> Meaning:
    """What is new in the second of two histories."""
    signs = tuple(one.id for one in load_triage() if one.is_leg_sign)
    old, new = (course(history, limits, today, signs) for history in (before, after))
    flare = _new_flare(old, new)
    rating = daily_rating(after, flare.day_0) if flare else None
    state = state_on(after, limits, today, signs)
    latest = max((answer.on for answer in after.answers), default=None)
    moderate = state is State.MODERATE and rose(ratings_of(after).by_day, latest, limits)
    return Meaning(
        today=today,
        state=state,
        state_before=state_on(before, limits, today, signs),
        flare=flare,
        pain=None if rating is None else rating / 10,
        setbacks=_new_setbacks(old, new),
        advice=advice(after, limits, today, signs),
        is_due=is_due(after, today, limits),
        pain_rose=moderate or flare is not None,
        ran_in_flare=tuple(
            one.on
            for one in after.logged
            if one not in before.logged and one.run_minutes > 0 and _is_shut(new, one.on)
        ),
        why_flare=why_a_flare(after, flare, limits) if flare else "",
        **_gate_news(before, after, old, new, limits, today),
    )


def far_above_others(logged: Sequence[Logged], before: History, limits: Limits) -> Iterator[str]:
    """Of a run that is more likely misspelt than run: later ones would grow from its minutes.

    Runs done as planned, with their steps, can't be misspelt.
    """
    done = runs_done(before)
    # The days whose runs count for the next one.
    days = limits.need("session-cap", "window_days")
    percent = limits.need("likely-typo", "above_percent")
    never_far_minutes = limits.need("likely-typo", "above_minutes")
    for one in logged:
        if one.kind is not LogKind.RUN or one.steps or one.run_minutes <= never_far_minutes:
            continue
        first = one.on - timedelta(days=days)
        longest = max((run for day, run in done.items() if first <= day < one.on), default=0)
        if hundredths(one.run_minutes) * 100 > longest * percent:
            known = minutes_text(longest / HUNDREDTHS) if longest else "none is known"
            yield (
                f"{minutes_text(one.run_minutes)} minutes are far above your longest run of the last "
                f"{days} days ({known}). If that is a typo, log the day again with the right "
                "number."
            )


def why_a_flare(history: History, flare: Flare, limits: Limits) -> str:
    """Why a flare is one, in words; empty where she said so herself."""
    because, limit, usual = str(flare.because), 0, 0
    ratings = ratings_of(history)
    pain = ratings.by_day.get(flare.day_0, 0)
    if flare.because == "rating" and pain <= stop_tenths(None, limits):
        # Everybody else runs with that much.
        because, limit = "own limit", stop_tenths(last_back(history, flare.day_0), limits)
    if flare.because == "rise":
        pain = ratings.mornings.get(flare.day_0, 0)
        usual = usual_or_edge(flare.usual_tenths, limits)
        limit = usual + limits.need("states", "rise_tenths", State.FLARE)
    told = {"pain": pain, "limit": limit, "usual": usual}
    words = {name: minutes_text(tenths / 10) for name, tenths in told.items()}
    return WHY_A_FLARE.get(because, "").format(**words)


def _new_setbacks(old: Course, new: Course) -> tuple[BadRun, ...]:
    """The set-backs that were none before, whatever rating makes them one by now."""
    known = {(one.run_on, one.known_on) for one in old.bad_runs}
    return tuple(one for one in new.bad_runs if (one.run_on, one.known_on) not in known)


def _gate_news(
    before: History, after: History, old: Course, new: Course, limits: Limits, today: date
) -> dict[str, date]:
    """What is new about the gate of a flare that was open already."""
    was = old.flares[-1] if old.flares else None
    now = new.flares[-1] if new.flares else None
    if was is None or now is None or was.day_0 != now.day_0 or was.gate_on is not None:
        return {}
    if now.gate_on is not None:
        return {"gate_open_on": now.gate_on}
    then = earliest_gate(before, limits, was, today)[1]
    later = earliest_gate(after, limits, now, today)[1]
    return {"gate_later_on": later} if later > then else {}


def _is_shut(found: Course, day: date) -> bool:
    """Whether running had to wait on a day, the one on which a flare began aside."""
    flare = found.flare_on(day)
    return flare is not None and flare.day_0 < day and (flare.gate_on or date.max) > day


def _new_flare(old: Course, new: Course) -> Flare | None:
    """The last flare, where it had not begun before, or where it was over by the same day."""
    last = new.flares[-1] if new.flares else None
    known = {flare.day_0 for flare in old.flares}
    return last if last and last.day_0 not in known else None
