"""Run/walk sessions one after the other: how far up a ladder each may be after those before it."""

from __future__ import annotations

from planner.plan import HUNDREDTHS, Kind
from planner.request import Ladder, Request, Stage


class Climb:
    """The way up so far. A start for the search, no limit: the rule two-clean judges."""

    def __init__(self, request: Request, *, at_most: bool = False) -> None:
        """``at_most``: no way may be faster, so what could only hold it up is passed over: a lower

        stage on a day with little time, and whether the sessions before were clean.
        """
        self._request, self._at_most = request, at_most
        self._last: Stage | None = None
        self._held = 0
        # After a flare the stages begin anew.
        since = None if request.restart is None else request.restart.day
        done = [
            run
            for run in request.past_runs
            if run.kind is Kind.RUN_WALK and run.steps and (since is None or run.day >= since)
        ]
        for run in sorted(done, key=lambda run: run.day):
            step = run.steps[0]
            stage = Stage(
                run_seconds=step.run_seconds, walk_seconds=step.walk_seconds, repeats=step.repeat
            )
            self._count(stage)
            self._held = self._held if run.is_clean or at_most else 0

    def is_higher_than(self, other: Climb) -> bool:
        """Whether this way has come farther up a ladder, or has held the same stage more often."""
        if self._last == other._last or self._last is None or other._last is None:
            return self._held > other._held
        return not _is_no_more(self._last, other._last)

    def next(self, day: int, ladder: Ladder, most: int, wish: int, room: int) -> Stage:
        """The next session: the stage nearest to ``wish`` with no more running than ``most``.

        All in hundredths of a minute; ``room`` is for the walking breaks too.
        """
        stages = self._allowed(day, ladder, most, room)
        # Of stages with as much running the last is the farthest up.
        chosen = min(reversed(stages), key=lambda stage: abs(stage.run_hundredths - wish))
        self._count(chosen)
        return chosen

    def most(self, day: int, ladder: Ladder, most: int, room: int) -> tuple[int, int]:
        """The most running of the next session, and its longest bout, with the highest stage taken.

        The same arguments; a stage with less running may have the longer bout.
        """
        stages = self._allowed(day, ladder, most, room)
        self._count(stages[-1])
        runs, bouts = zip(*((one.run_hundredths, one.run_seconds) for one in stages), strict=True)
        return max(runs), max(bouts) * HUNDREDTHS // 60

    def _allowed(self, day: int, ladder: Ladder, most: int, room: int) -> list[Stage]:
        stages = ladder.stages[: self._highest(day, ladder) + 1]
        fitting = [
            stage
            for stage in stages
            if stage.total_hundredths <= room and stage.run_hundredths <= most
        ]
        return fitting or [stages[0]]

    def _count(self, stage: Stage) -> None:
        last = self._last
        if stage == last or (self._at_most and last and _is_no_more(stage, last)):
            self._held += 1
        else:
            self._last, self._held = stage, 1

    def _highest(self, day: int, ladder: Ladder) -> int:
        """The place on the ladder of the highest stage allowed now."""
        request, last, stages = self._request, self._last, ladder.stages
        if last is None or (self._at_most and last not in stages):
            return len(stages) - 1
        if last not in stages:
            lower = [n for n, stage in enumerate(stages) if _is_no_more(stage, last)]
            return max(lower, default=0)
        state = request.states[day]
        least = request.limits.need("two-clean", "sessions_min", state)
        own = last in request.ladder.stages and request.ladder_weeks[request.week_of(day)]
        if own:
            least = max(least, request.ladder.sessions_each)
        may = self._held >= least and request.limits.get("two-clean", "steps_max", state) != 0
        return stages.index(last) + int(may)


def _is_no_more(stage: Stage, last: Stage) -> bool:
    return stage.run_seconds <= last.run_seconds and stage.run_hundredths <= last.run_hundredths
