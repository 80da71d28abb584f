"""The contract's limits on a plan that was made again: with what was done before, and how it hurt.

Only the days that could still change are judged; what lies before them counts as the log has it.
A planned run that nobody logged may have been run: it keeps others away and allows nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from tests.contract_checker import (
    CAREFUL,
    DEMANDING,
    FIRST_STAGE,
    FIRST_STAGES,
    LADDERS,
    RUNS,
    Breach,
    Judge,
    Stage,
    _is_up,
    _monday,
    _skips,
    _stage,
    _states,
)
from tests.contract_states import Diary

ONE_DAY = timedelta(days=1)
DAYS_OFF = {"moderate": 1, "returning": 2}
STAGE_5 = 1500
ALL_STOPPED = "RF10"


class JudgeAgain(Judge):
    """A plan's document beside the runner's file, the journal's facts and the day of the re-plan."""

    def __init__(
        self,
        document: Mapping[str, Any],
        file: Mapping[str, Any],
        history: Mapping[str, Any],
        *,
        first: date,
        today: date,
        open_on: date,
        leg_signs: tuple[str, ...] = (),
    ) -> None:
        self.history, self.today = history, today
        self.diary = Diary(history, file, first, today, leg_signs)
        self.first, self.open_on = first, open_on
        super().__init__(document, file)
        self.gone = {on: day for on, day in self.days.items() if on < open_on}
        self.days = {on: day for on, day in self.days.items() if on >= open_on}
        self.start = open_on
        self.done = {(date.fromisoformat(one["on"]), one["kind"]): one for one in history["logged"]}
        # An entry that was taken back has no kind of session.
        self.strong = {
            on for (on, _), one in self.done.items() if one["session_kind"] == "strength"
        }
        self.skipped = {on for (on, _), one in self.done.items() if one["skipped"]}
        self.logged_runs = {on: run for on, run in self._logged_runs() if on < open_on}
        self.past = {**self.past, **self.logged_runs}
        spell = self.diary.spell
        self.gate = spell.gate if spell else None
        self.restart = self.gate or self._restart()

    def _past_runs(self) -> dict[date, int]:
        recent = self.file.get("recent", {})
        longest = round(recent.get("longest_run_minutes", 0) * 100)
        since = max(recent.get("days_since_last_run", 2), 1)
        return {self.first - timedelta(days=since): longest} if longest else {}

    def _past_weeks(self) -> dict[date, int]:
        return {}

    def _logged_runs(self) -> Iterator[tuple[date, int]]:
        for (on, kind), one in self.done.items():
            if kind == "run" and one["run_minutes"]:
                yield on, round(one["run_minutes"] * 100)

    def breaches(self) -> list[Breach]:
        """Every breach, the contract's limits first."""
        checks = (
            *(self._todays_state, self._no_early_return, self._restart_dose, self._days_off),
            *(self._no_growth_after_a_bad_run, self._cleared_first, self._on_a_ladder),
        )
        return [*super().breaches(), *(breach for check in checks for breach in check())]

    # --- what was done before -----------------------------------------------------------------

    def _maybe_ran(self, on: date) -> bool:
        gone = self.gone.get(on)
        return gone is not None and gone.runs and on not in self.skipped

    def _ran(self, on: date) -> bool:
        return super()._ran(on) or self._maybe_ran(on)

    def _is_rest(self, on: date) -> bool:
        if on in self.days:
            return self.days[on].is_rest
        walk = self.done.get((on, "walk"), {"walk_minutes": 0})["walk_minutes"]
        return not self._ran(on) and on not in self.strong and walk <= 30

    def _week_run(self, monday: date) -> int:
        days = [monday + n * ONE_DAY for n in range(7)]
        planned = sum(self.days[on].run for on in days if on in self.days)
        logged = sum(self.logged_runs.get(on, 0) for on in days)
        if monday >= _monday(self.first):
            return planned + logged
        known = self.diary.week(monday)
        if known is None or not self.file.get("recent", {}).get("run_minutes"):
            known = max(known or 0, sum(self.past.get(on, 0) for on in days))
        return known

    def _weekly_volume(self) -> Iterator[Breach]:
        for monday in self._mondays():
            weeks = [monday - timedelta(weeks=n) for n in range(1, 5)]
            ran = any(self._run(monday - timedelta(days=n)) for n in range(1, 31))
            if not ran and not any(self._week_run(week) for week in weeks if week < self.first):
                continue
            volume = self._week_run(monday)
            days = [monday + n * ONE_DAY for n in range(7)]
            # What was run by now can't be undone.
            done = sum(self.logged_runs.get(on, 0) for on in days)
            states = _states(self._week(monday))
            most = min((self._most(state, weeks) for state in states), default=volume)
            if volume > max(most, done):
                said = f"{volume}, at most {most} after {done} in {states}"
                yield Breach("weekly-volume", monday, said)

    def _most(self, state: str, weeks_before: list[date]) -> int:
        if state != "returning":
            return super()._most(state, weeks_before)
        highest = max(self._week_run(week) for week in weeks_before)
        most = max(highest * 130 // 100, highest + 1500)
        held = self.diary.pre_flare(self.diary.spells[-1].day_0) if self.diary.spells else 0
        return min(most, held) if held else most

    def _hard_days_apart(self) -> Iterator[Breach]:
        done = [on for (on, _), one in self.done.items() if one["session_kind"] in DEMANDING]
        done += [on for on, day in self.gone.items() if day.has(*DEMANDING) and self._maybe_ran(on)]
        for on, day in self.days.items():
            near = [x for x in (*done, *self.days) if 0 < (on - x).days < 2]
            if day.has(*DEMANDING) and any(x in done or self.days[x].has(*DEMANDING) for x in near):
                yield Breach("hard-days-apart", on, "the day before was demanding, too")

    def _strength_apart(self) -> Iterator[Breach]:
        for on, day in self.days.items():
            before = on - ONE_DAY
            held = before in self.strong or (
                before in self.days and self.days[before].has("strength")
            )
            if day.has("strength") and held:
                yield Breach("strength-apart", on, f"strength on {before}, too")

    def _hard_runs(self) -> Iterator[Breach]:
        yield from super()._hard_runs()
        hard = [on for (on, _), one in self.done.items() if one["session_kind"] == "hard_run"]
        for monday in self._mondays():
            week = self._week(monday)
            planned = [day.on for day in week if day.has("hard_run")]
            done = [on for on in hard if _monday(on) == monday and on < self.open_on]
            if planned and done and "mild" in _states(week):
                yield Breach("hard-runs", monday, f"{planned} after {done} in a mild week")

    def _flare_rest(self) -> Iterator[Breach]:
        for day in self.days.values():
            if day.state == "flare" and (day.runs or day.run or day.has("strength")):
                yield Breach("flare-rest", day.on, f"{day.kinds} in a flare")

    # --- the ladder ---------------------------------------------------------------------------

    def _two_clean(self) -> Iterator[Breach]:
        """Stages stay for two sessions, three after a flare; the last two of those done were clean.

        After a flare the sessions since the gate count, none while it is shut. In moderate no step
        up at all.
        """
        before: Stage | None = None
        clean: list[bool] = []
        for on, stage, is_clean in self._ladder_sessions():
            # Where a ladder begins is no step up from another one.
            begins = stage in FIRST_STAGES.values()
            if on in self.days and before is not None and not begins and _is_up(before, stage):
                state = self.days[on].state
                needed = 3 if state == "returning" else 2
                said = f"from {before} to {stage} after {clean}"
                if state == "moderate":
                    yield Breach("two-clean", on, f"a step up in moderate, {said}")
                elif len(clean) < needed or not all(clean[-2:]):
                    yield Breach("two-clean", on, said)
                if _skips(before, stage):
                    yield Breach("two-clean", on, f"skipped, {said}")
            clean = [*clean, is_clean] if stage == before else [is_clean]
            before = stage

    def _ladder_sessions(self) -> Iterator[tuple[date, Stage, bool]]:
        since = self.gate or (date.max if self.diary.spell else date.min)
        for on, run in sorted(self.diary.runs.items()):
            counts = since <= on < self.open_on
            if counts and run["session_kind"] == "run_walk" and run["steps"]:
                yield on, _stage(run), self.diary.is_clean(on)
        for day in self.days.values():
            for session in day.sessions:
                if session["kind"] == "run_walk":
                    yield day.on, _stage(session), True

    def _on_a_ladder(self) -> Iterator[Breach]:
        """Run/walk only in moderate and after a flare, each run a stage of a ladder."""
        stages = {stage for ladder in LADDERS for stage in ladder}
        for day in self.days.values():
            for session in day.sessions:
                if session["kind"] in RUNS and day.state in CAREFUL:
                    if session["kind"] != "run_walk":
                        yield Breach("run-walk-only", day.on, f"{session['kind']} in {day.state}")
                    elif day.state == "returning" and _stage(session) not in stages:
                        yield Breach("run-walk-only", day.on, f"{_stage(session)} is no stage")

    # --- pain ---------------------------------------------------------------------------------

    def _todays_state(self) -> Iterator[Breach]:
        day = self.days.get(self.today)
        state = day.state if day else None
        if state is not None and ("mild" if state == "healthy" else state) != self.diary.state:
            yield Breach("state", self.today, f"{state}, by the evidence {self.diary.state}")

    def _no_early_return(self) -> Iterator[Breach]:
        """A shut gate opens four days after a flare began, and tomorrow, at the earliest."""
        spell = self.diary.spell
        if spell is None or spell.gate is not None:
            return
        # Two quiet days, the test walk, and the morning after it.
        least = max(spell.day_0 + 4 * ONE_DAY, self.today + ONE_DAY)
        for day in self.days.values():
            early = day.on < least or day.state in ("healthy", "mild", "moderate")
            before_any = not any(
                other.state == "returning" for other in self.days.values() if other.on < day.on
            )
            if day.state != "flare" and early and before_any:
                yield Breach("gate", day.on, f"{day.state} after a flare on {spell.day_0}")
                return

    def _restart_dose(self) -> Iterator[Breach]:
        """The first run after the gate, by the days since the last one."""
        back = [day for day in self.days.values() if day.state == "returning"]
        if not back or not self.diary.spells:
            return
        gate = self.gate or back[0].on
        if any(on >= gate for on in self.logged_runs):
            return
        run = next((day for day in self.days.values() if day.on >= gate and day.run), None)
        if run is None or run.state != "returning":
            return
        last = max((on for on in self.past if on < run.on), default=None)
        comfortable = self._last_comfortable(self.diary.spells[-1].day_0)
        gap = (run.on - last).days if last else 99
        shares = ((5, comfortable * 75 // 100), (14, comfortable // 2))
        shares += ((28, min(comfortable // 2, STAGE_5)), (9999, 0))
        most = max(next(share for days, share in shares if gap <= days), FIRST_STAGE)
        if run.run > most:
            said = f"{run.run} after {gap} days and {comfortable}, at most {most}"
            yield Breach("restart-dose", run.on, said)

    def _last_comfortable(self, day_0: date) -> int:
        """The latest run before a flare with at most 2 during; where none was rated, the latest.

        Older ones than 30 days before the latest don't count (both ours).
        """
        before = sorted(on for on in self.past if on < day_0)
        recent = [on for on in before if (before[-1] - on).days <= 30]
        during = {on: run["pain_during"] for on, run in self.diary.runs.items()}
        if any(during.get(on) is not None for on in recent):
            recent = [on for on in recent if during.get(on) is not None and during[on] <= 2]
        return self.past[recent[-1]] if recent else 0

    def _days_off(self) -> Iterator[Breach]:
        """After a bad run a day without running in moderate, two after a flare."""
        for bad in self.diary.bad:
            off = DAYS_OFF.get(self.diary.state, 0) if bad.known == self.today else 0
            for n in range(1, off + 1):
                on = bad.on + n * ONE_DAY
                if on in self.days and self.days[on].runs:
                    yield Breach("days-off", on, f"after the bad run of {bad.on}")

    def _no_growth_after_a_bad_run(self) -> Iterator[Breach]:
        """A stage back, so for a week no longer run than the bad one."""
        since = self.gate or (self.diary.spells[-1].day_0 if self.diary.spells else date.min)
        for bad in self.diary.bad:
            for day in self.days.values():
                near = (day.on - bad.known).days < 7
                if bad.on >= since and near and day.run > self.past[bad.on]:
                    said = f"{day.run} after the bad {self.past[bad.on]} of {bad.on}"
                    yield Breach("step-back", day.on, said)

    def _cleared_first(self) -> Iterator[Breach]:
        waits = [
            f for one in self.history["answers"] if not one["cleared_on"] for f in one["flags"]
        ]
        for day in self.days.values():
            loaded = day.runs or day.run or day.has("strength")
            if waits and (loaded or (ALL_STOPPED in waits and day.sessions)):
                yield Breach("cleared-first", day.on, f"{day.kinds}, and {waits} not cleared")


def breaches_again(
    document: Mapping[str, Any],
    file: Mapping[str, Any],
    history: Mapping[str, Any],
    *,
    first: date,
    today: date,
    open_on: date,
    leg_signs: tuple[str, ...] = (),
) -> list[Breach]:
    """What a plan made again breaks. ``first``: the first plan's first day; ``today``: the day of

    the re-plan; ``open_on``: the first day that could still change.
    """
    judge = JudgeAgain(
        document, file, history, first=first, today=today, open_on=open_on, leg_signs=leg_signs
    )
    return judge.breaches()
