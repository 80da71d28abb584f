"""What pain after runs asks for: a step back, days off, no growth; and when to see somebody."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from planner.flares import BadRun, Course, course, usual_in
from planner.history import History
from planner.pain import counting_ratings, state_on
from planner.plan import Kind, State
from planner.ratings import ONE_DAY, Ratings, is_clean, known_by, ratings_of, runs
from planner.request import Limits, Setback, Stage
from planner.volumes import runs_done


def clean_runs(
    history: History, limits: Limits, today: date, leg_signs: Collection[str]
) -> tuple[date, ...]:
    """The days of the clean runs, oldest first, each by the usual pain of its time."""
    facts = known_by(history, today)
    found = course(history, limits, today, leg_signs)
    ratings = ratings_of(facts)
    return tuple(
        entry.on
        for entry in runs(facts)
        if is_clean(entry, usual_in(found, ratings, entry.on, limits), limits)
    )


def setback(
    history: History,
    limits: Limits,
    today: date,
    start: date,
    stages: Sequence[Stage],
    leg_signs: Collection[str],
) -> Setback | None:
    """What the pain of the last days asks of the plan from ``start`` on; None where nothing.

    ``stages``: the ladder that she is on, empty where she is on none. Several causes combine to the
    strictest. In a flare there is no running to hold back.
    """
    sore = _Soreness(history, limits, today, leg_signs)
    if sore.state(today) is State.FLARE:
        return None
    asked = [
        *sore.after_bad_runs(start, stages),
        *sore.after_rise(start),
        *sore.while_moderate(start),
    ]
    asked = [one for one in asked if one.days_off > 0 or one.hold_days > 0]
    return _strictest(asked) if asked else None


class _Soreness:
    """The facts of one question, read once."""

    def __init__(
        self, history: History, limits: Limits, today: date, leg_signs: Collection[str]
    ) -> None:
        self.history = history
        self.limits = limits
        self.today = today
        self.leg_signs = leg_signs
        self.facts = known_by(history, today)
        self.course: Course = course(history, limits, today, leg_signs)
        self.ratings: Ratings = ratings_of(self.facts)
        self.done = runs_done(self.facts)
        calm = {on: pain for on, pain in self.ratings.by_day.items() if not self._is_shut(on)}
        self.calm = Ratings(history=self.facts, by_day=calm, mornings={})

    def _is_shut(self, day: date) -> bool:
        """Whether a day lies in a flare whose gate was still shut."""
        flare = self.course.flare_on(day)
        return flare is not None and (flare.gate_on is None or day < flare.gate_on)

    def state(self, day: date) -> State:
        return state_on(self.history, self.limits, day, self.leg_signs)

    def need(self, key: str, state: State | None = None) -> int:
        return self.limits.need("step-back", key, state)

    def hold_days(self, since: date, start: date) -> int:
        """Days of the plan until what began on a day is over."""
        return max((since - start).days + self.need("hold_days"), 0)

    def after_bad_runs(self, start: date, stages: Sequence[Stage]) -> list[Setback]:
        """A stage back, and in some states days off, for each set-back."""
        return [
            self._after_bad_run(bad, start, stages)
            for bad in self.course.since_last_gate()
            if self.hold_days(bad.known_on, start)
        ]

    def _after_bad_run(self, bad: BadRun, start: date, stages: Sequence[Stage]) -> Setback:
        state = self.state(bad.known_on)
        off = self.limits.get("step-back", "days_off", state) or 0
        run, bout = self._step_back(bad.run_on, stages)
        return Setback(
            days_off=max((bad.run_on - start).days + off + 1, 0) if off else 0,
            hold_days=self.hold_days(bad.known_on, start),
            run_hundredths=run,
            bout_hundredths=bout,
        )

    def _step_back(self, on: date, stages: Sequence[Stage]) -> tuple[int | None, int | None]:
        """The most running and the longest bout after a bad run, never more than in that one.

        None where no minutes are known to go by, nor a ladder.
        """
        known = [(self.done[on], self._bout(on))] if on in self.done else []
        if stages:
            fitting = [
                n for n, one in enumerate(stages) if known and one.run_hundredths <= known[0][0]
            ]
            stage = stages[max(max(fitting, default=0) - self.need("stages_back"), 0)]
            known.append((stage.run_hundredths, stage.run_seconds * 100 // 60))
        else:
            known += [(self.done[day], self._bout(day)) for day in self._gentle_run(on)]
        least_run = min((run for run, _ in known), default=None)
        return least_run, min((bout for _, bout in known), default=None)

    def _gentle_run(self, on: date) -> list[date]:
        """The last clean run before a day; where none was clean, the shortest of two weeks."""
        clean = clean_runs(self.history, self.limits, on, self.leg_signs)
        if any(day in self.done for day in clean):
            return [day for day in clean if day in self.done][-1:]
        window = self.need("setback_window_days")
        recent = [day for day in self.done if 0 <= (on - day).days < window]
        return sorted(recent, key=lambda day: (self.done[day], day))[:1]

    def _bout(self, on: date) -> int:
        """The longest stretch without a walking break in the run of a day."""
        entry = next((entry for entry in runs(self.facts) if entry.on == on), None)
        steps = entry.steps if entry and entry.session_kind is Kind.RUN_WALK else ()
        bouts = [step.run_seconds * 100 // 60 for step in steps]
        return min(self.done[on], max(bouts, default=self.done[on]))

    def after_rise(self, start: date) -> list[Setback]:
        """No growth for a week after the mean pain has risen from one week to the next."""
        return [
            self._hold(day, start, self.need("hold_percent", self.state(day)))
            for day in self._rises()
            if self.hold_days(day, start)
        ]

    def _rises(self) -> list[date]:
        """The rated days on which the rise was seen; each asks for a week before the next can.

        What a flare felt like counts on neither side: the gate and the restart answer it.
        """
        found: list[date] = []
        for day in sorted(self.calm.by_day):
            free = not found or (day - found[-1]).days >= self.need("hold_days")
            if free and self._has_risen(day):
                found.append(day)
        return found

    def _has_risen(self, day: date) -> bool:
        span = self.need("mean_days")
        middle = day - span * ONE_DAY
        now = self.calm.between(middle + ONE_DAY, day)
        before = self.calm.between(middle - (span - 1) * ONE_DAY, middle)
        if min(len(now), len(before)) < self.need("mean_ratings_min"):
            return False
        rise = sum(now) * len(before) - sum(before) * len(now)
        return rise >= self.need("mean_rise_tenths") * len(now) * len(before)

    def while_moderate(self, start: date) -> list[Setback]:
        """While returning with more than 2 of 10, no growth either: the stricter of two states."""
        if self.state(self.today) is not State.RETURNING:
            return []
        edge = self.limits.need("states", "max_tenths", State.MILD)
        counting = counting_ratings(self.ratings, self.limits, self.today)
        days = sorted({day for day, rating in counting if rating > edge})
        return [self._hold(day, start, self.need("hold_percent")) for day in days]

    def _hold(self, day: date, start: date, percent: int) -> Setback:
        """No more than before a day: each run, each bout, and the week's running."""
        window = self.limits.need("session-cap", "window_days")
        recent = [on for on in self.done if 0 < (day - on).days <= window]
        span = self.need("mean_days")
        week = sum(self.done[on] for on in recent if (day - on).days <= span)
        since = sum(run for on, run in self.done.items() if day <= on < start)
        return Setback(
            hold_days=self.hold_days(day, start),
            run_hundredths=max((self.done[on] for on in recent), default=None),
            bout_hundredths=max((self._bout(on) for on in recent), default=None),
            all_hundredths=max(week * percent // 100 - since, 0) if week else None,
        )


def _strictest(asked: Sequence[Setback]) -> Setback:
    def least(key: str) -> int | None:
        found = [getattr(one, key) for one in asked]
        return min((number for number in found if number is not None), default=None)

    return Setback(
        days_off=max(one.days_off for one in asked),
        hold_days=max(one.hold_days for one in asked),
        run_hundredths=least("run_hundredths"),
        bout_hundredths=least("bout_hundredths"),
        all_hundredths=least("all_hundredths"),
    )
