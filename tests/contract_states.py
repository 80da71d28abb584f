"""How the back was, day by day, said a second time: from the evidence's sections 9 and 10 alone.

It reads the journal's facts as JSON has them, and takes the plain way: each question scans all days.
Points of pain are compared in tenths. What is ours in it is said where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median_low
from typing import Any

ONE_DAY = timedelta(days=1)
QUIET = MILD = 20
STOP = 50
RISE = 20
FIRST_STAGE = 325
UNKNOWN_USUAL = 20
"""Ours: who never told of her back may have 2 of 10 before it is called worse than usual."""


@dataclass
class Spell:
    """A flare: its first day, the usual pain then, the day running may return, the day it is over."""

    day_0: date
    usual: int | None
    gate: date | None = None
    over: date | None = None


@dataclass(frozen=True)
class Bad:
    """A bad run, and the day on which she knew."""

    on: date
    known: date


class Diary:
    """What was known on the morning (and, where logged, the evening) of a day."""

    def __init__(
        self,
        history: Mapping[str, Any],
        file: Mapping[str, Any],
        start: date,
        today: date,
        leg_signs: tuple[str, ...] = (),
    ) -> None:
        self.file, self.start, self.today, self.leg_signs = file, start, today, leg_signs
        self.back = file.get("back", {}) if start <= today else {}
        self.entries = [dict(one, on=_day(one["on"])) for one in history["logged"]]
        self.entries = [one for one in self.entries if one["on"] <= today]
        for one in self.entries:
            if one["on"] == today:
                one["pain_morning"] = None
        self.reports = {_day(one["on"]): one["pain"] for one in history["reports"]}
        self.answers = [
            (_day(one["on"]), one["flags"], _day(one["cleared_on"])) for one in history["answers"]
        ]
        self.rated = self._rated()
        self.runs = {one["on"]: one for one in self.entries if one["kind"] == "run"}
        self.runs = {on: one for on, one in self.runs.items() if _is_told(one)}
        self.spells: list[Spell] = []
        self.bad: list[Bad] = []
        self._live()

    def _rated(self) -> dict[date, int]:
        found: dict[date, int] = {}
        for on, points in self._points():
            if points is not None:
                found[on] = max(found.get(on, 0), _tenths(points))
        return found

    def _points(self) -> Iterator[tuple[date, float | None]]:
        for one in self.entries:
            yield from ((one["on"], one[key]) for key in ("pain", "pain_during", "pain_after"))
            yield one["on"] + ONE_DAY, one["pain_morning"]
        yield from self.reports.items()
        yield self.start, self.back.get("pain_today")

    def morning(self, day: date) -> int | None:
        """The worst of a morning after sessions."""
        yesterday = [one for one in self.entries if one["on"] == day - ONE_DAY]
        found = [
            _tenths(one["pain_morning"]) for one in yesterday if one["pain_morning"] is not None
        ]
        return max(found, default=None)

    @property
    def stop(self) -> int:
        return min(STOP, _tenths(self.back.get("stop_above", 5)))

    def usual(self, day: date) -> int | None:
        """The median of the seven days before, of three ratings at least; else as told.

        Frozen from a flare's first day until it is over. Of two middle ones the lower (ours).
        """
        for spell in self.spells:
            if spell.day_0 <= day and (spell.over is None or day < spell.over):
                return spell.usual
        week = [self.rated[d] for n in range(1, 8) if (d := day - n * ONE_DAY) in self.rated]
        if len(week) >= 3:
            return median_low(week)
        if "usual_pain" in self.back:
            return _tenths(self.back["usual_pain"])
        if not self.back or day < self.start:
            return None
        now = _tenths(self.back.get("pain_today", 0))
        # A flare's pain is nobody's usual one.
        return None if now > self.stop else now

    def most_usual(self, day: date) -> int:
        usual = self.usual(day)
        return UNKNOWN_USUAL if usual is None else usual

    def _live(self) -> None:
        known = [*self.rated, *self.reports, *self.runs, self.start]
        day = min(known)
        while day <= self.today:
            self._day(day)
            day += ONE_DAY

    def _day(self, day: date) -> None:
        last = self.spells[-1] if self.spells else None
        if last and last.gate is None:
            if not self._opens(last, day):
                return
            last.gate = day
        elif last and last.over is None and self._is_over(last, day):
            last.over = day
        self._note_bad_runs(day, last)
        if self._flares_up(day, last):
            self.spells.append(Spell(day, self.usual(day)))

    def _flares_up(self, day: date, last: Spell | None) -> bool:
        morning = self.morning(day)
        level = self.rated.get(day, 0)
        if day == self.start:
            level = max(level, _tenths(self.back.get("usual_pain", 0)))
        since = last.gate if last and last.gate else date.min
        fortnight = [one for one in self.bad if one.on >= since and (day - one.known).days < 14]
        return (
            day in self.reports
            or level > self.stop
            or (morning is not None and morning >= self.most_usual(day) + RISE)
            or (len(fortnight) >= 2 and fortnight[-1].known == day)
        )

    def _note_bad_runs(self, day: date, last: Spell | None) -> None:
        since = last.gate if last and last.gate else date.min
        for on in (day - ONE_DAY, day):
            run = self.runs.get(on)
            if run is None or on < since or on in {one.on for one in self.bad}:
                continue
            most = self.most_usual(on)
            in_spell = last is not None and (last.over is None or on < last.over)
            asked = [(run["pain_morning"], most)] if on < day else []
            if in_spell:
                asked += [(run["pain_during"], QUIET), (run["pain_after"], most)]
            if any(points is not None and _tenths(points) > limit for points, limit in asked):
                self.bad.append(Bad(on, day))

    def _loud(self, day: date, quiet: int, *, without_walk: bool = False) -> bool:
        if day in self.reports:
            return True
        points = [
            one[key]
            for one in self.entries
            for key in ("pain", "pain_during", "pain_after")
            if one["on"] == day
            and not (without_walk and one["kind"] == "walk" and key == "pain_during")
        ]
        points.append(self.back.get("pain_today") if day == self.start else None)
        levels = [_tenths(one) for one in points if one is not None]
        return max([*levels, self.morning(day) or 0]) > quiet

    def _opens(self, spell: Spell, day: date) -> bool:
        """Whether the gate is passed by the morning of a day."""
        for on, flags, cleared in self.answers:
            waits = cleared is None or cleared > day
            if on <= day and waits and any(flag in self.leg_signs for flag in flags):
                return False
        quiet = min(QUIET, spell.usual) if spell.usual is not None else QUIET
        walks = [one for one in self.entries if one["kind"] == "walk" and one["on"] < day]
        return any(self._passed(walk, spell, day, quiet) for walk in walks)

    def _passed(self, walk: Mapping[str, Any], spell: Spell, day: date, quiet: int) -> bool:
        on, during = walk["on"], walk["pain_during"]
        morning = self.morning(on + ONE_DAY)
        if walk["walk_minutes"] < 30 or during is None or _tenths(during) > QUIET:
            return False
        if morning is None or morning > quiet or self._loud(on, quiet, without_walk=True):
            return False
        if any(self._loud(x, quiet) for x in _days(on + ONE_DAY, day - ONE_DAY)):
            return False
        for first in _days(spell.day_0 + ONE_DAY, on - 2 * ONE_DAY):
            two = (first, first + ONE_DAY)
            if all(x in self.rated for x in two) and not any(
                self._loud(x, quiet) for x in _days(first, on - ONE_DAY)
            ):
                return True
        return False

    def _is_over(self, spell: Spell, day: date) -> bool:
        assert spell.gate is not None
        volume = self.pre_flare(spell.day_0)
        if not volume:
            return self._was_quiet(spell.gate, day)
        week = day - 7 * ONE_DAY
        if day.weekday() == 0 and week >= spell.gate and self.logged_week(week) >= volume:
            return True
        # Ours: whole stages need not add up to the volume before, and the way back must end.
        set_back = any((day - bad.known).days < 14 for bad in self.bad)
        return (day - spell.gate).days >= 28 and not set_back and self._was_quiet(spell.gate, day)

    def _was_quiet(self, gate: date, day: date) -> bool:
        """Fourteen days with every rating at 2 or less; three ratings at least (ours)."""
        first = day - 14 * ONE_DAY
        found = [self.rated[x] for x in _days(first, day - ONE_DAY) if x in self.rated]
        return first >= gate and len(found) >= 3 and max(found) <= MILD

    def logged_week(self, monday: date) -> int:
        """Running logged from a Monday to its Sunday, in hundredths."""
        days = _days(monday, monday + 6 * ONE_DAY)
        return sum(round(self.runs[on]["run_minutes"] * 100) for on in days if on in self.runs)

    def week(self, monday: date) -> int | None:
        """Running of a week: as logged, before the plan as told; None where nothing is known."""
        told = self.file.get("recent", {}).get("run_minutes", [])
        back = (_monday(self.start) - monday).days // 7
        logged = self.logged_week(monday)
        if 1 <= back <= len(told):
            return max(logged, round(told[-back] * 100))
        return logged if logged or self.start <= monday else None

    def pre_flare(self, day_0: date) -> int:
        """The mean of the last four full weeks before a flare, lighter ones and unknown left out.

        Less than one session of the first stage is no running (ours): no run could keep below it.
        """
        mondays = [_monday(day_0) - 7 * n * ONE_DAY for n in range(1, 5)]
        known = {monday: run for monday in mondays if (run := self.week(monday)) is not None}
        full = [run for monday, run in known.items() if not self._is_lighter(monday, run)]
        kept = full or list(known.values())
        mean = sum(kept) // len(kept) if kept else 0
        return mean if mean >= FIRST_STAGE else 0

    def _is_lighter(self, monday: date, run: int) -> bool:
        before = self.week(monday - 7 * ONE_DAY) or self._known_run_in(monday - 7 * ONE_DAY)
        return before > 0 and before * 70 <= run * 100 <= before * 80

    def _known_run_in(self, monday: date) -> int:
        recent = self.file.get("recent", {})
        since = max(recent.get("days_since_last_run", 2), 1)
        on = self.start - since * ONE_DAY
        longest = round(recent.get("longest_run_minutes", 0) * 100)
        return longest if _monday(on) == monday else 0

    @property
    def spell(self) -> Spell | None:
        """The flare of today, the way back included."""
        last = self.spells[-1] if self.spells else None
        return last if last and last.over is None else None

    @property
    def state(self) -> str:
        """The state of today; ``mild`` stands for healthy, too."""
        if self.spell:
            return "flare" if self.spell.gate is None else "returning"
        return "moderate" if self.worst > MILD else "mild"

    @property
    def worst(self) -> int:
        """The worst of the last run, the latest rated day and the usual pain as told.

        A rating counts for seven days at most.
        """
        found = [_tenths(self.back.get("usual_pain", 0))]
        if self.rated:
            latest = max(self.rated)
            found += [self.rated[latest]] * ((self.today - latest).days < 7)
        if self.runs:
            on = max(self.runs)
            run = self.runs[on]
            for key, felt in (
                ("pain_during", on),
                ("pain_after", on),
                ("pain_morning", on + ONE_DAY),
            ):
                if run[key] is not None and (self.today - felt).days < 7:
                    found.append(_tenths(run[key]))
        return max(found)

    def is_clean(self, on: date) -> bool:
        """At most 2 of 10 during a run, and no more than usual after it and next morning."""
        run, most = self.runs[on], self.most_usual(on)
        answers = (run["pain_during"], run["pain_after"], run["pain_morning"])
        if any(one is None for one in answers):
            return False
        during, after, morning = (_tenths(one) for one in answers)
        return during <= QUIET and after <= most and morning <= most


def _is_told(run: Mapping[str, Any]) -> bool:
    """An entry that was taken back holds nothing."""
    return bool(run["run_minutes"])


def _tenths(points: float) -> int:
    return round(points * 10)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _days(first: date, last: date) -> list[date]:
    return [first + n * ONE_DAY for n in range((last - first).days + 1)]


def _monday(on: date) -> date:
    return on - on.weekday() * ONE_DAY
