"""Run/walk sessions one after the other: how far up a ladder each may be after those before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.plan import HUNDREDTHS, Kind
from planner.request import Ladder, Request, Stage

_Key = tuple[int, int, int]


@dataclass(frozen=True)
class _Rungs:
    """A ladder's stages as plain numbers, by place: asked for very often."""

    stages: tuple[Stage, ...]
    keys: tuple[_Key, ...]
    runs: tuple[int, ...]
    totals: tuple[int, ...]
    places: Mapping[_Key, int]


class Climb:
    """The way up so far. A start for the search, no limit: the rule two-clean judges."""

    def __init__(self, request: Request, *, at_most: bool = False) -> None:
        """``at_most``: no way may be faster, so what could only hold it up is passed over: a lower

        stage on a day with little time, and whether the sessions before were clean.
        """
        self._request, self._at_most = request, at_most
        self._by_name: dict[str, _Rungs] = {}
        self._last: _Key | None = None
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
            self._count((step.run_seconds, step.walk_seconds, step.repeat))
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
        rungs = self._rungs(ladder)
        allowed = self._allowed(day, rungs, most, room)
        # Of stages with as much running the last is the farthest up.
        chosen = min(reversed(allowed), key=lambda place: abs(rungs.runs[place] - wish))
        self._count(rungs.keys[chosen])
        return rungs.stages[chosen]

    def most(self, day: int, ladder: Ladder, most: int, room: int) -> tuple[int, int]:
        """The most running of the next session, and its longest bout, with the highest stage taken.

        The same arguments; a stage with less running may have the longer bout.
        """
        rungs = self._rungs(ladder)
        allowed = self._allowed(day, rungs, most, room)
        self._count(rungs.keys[allowed[-1]])
        bout = max(rungs.keys[place][0] for place in allowed)
        return max(rungs.runs[place] for place in allowed), bout * HUNDREDTHS // 60

    def _rungs(self, ladder: Ladder) -> _Rungs:
        if ladder.name not in self._by_name:
            keys = tuple((one.run_seconds, one.walk_seconds, one.repeats) for one in ladder.stages)
            self._by_name[ladder.name] = _Rungs(
                stages=ladder.stages,
                keys=keys,
                runs=tuple(stage.run_hundredths for stage in ladder.stages),
                totals=tuple(stage.total_hundredths for stage in ladder.stages),
                places={key: place for place, key in reversed(list(enumerate(keys)))},
            )
        return self._by_name[ladder.name]

    def _allowed(self, day: int, rungs: _Rungs, most: int, room: int) -> list[int]:
        """The places on the ladder that are allowed now; the first one always."""
        fitting = [
            place
            for place in range(self._highest(day, rungs) + 1)
            if rungs.totals[place] <= room and rungs.runs[place] <= most
        ]
        return fitting or [0]

    def _count(self, stage: _Key) -> None:
        last = self._last
        if stage == last or (self._at_most and last and _is_no_more(stage, last)):
            self._held += 1
        else:
            self._last, self._held = stage, 1

    def _highest(self, day: int, rungs: _Rungs) -> int:
        """The place on the ladder of the highest stage allowed now."""
        request, last = self._request, self._last
        if last is None or (self._at_most and last not in rungs.places):
            return len(rungs.stages) - 1
        if last not in rungs.places:
            lower = [place for place, key in enumerate(rungs.keys) if _is_no_more(key, last)]
            return max(lower, default=0)
        state = request.states[day]
        least = request.limits.need("two-clean", "sessions_min", state)
        own = last in self._rungs(request.ladder).places
        if own and request.ladder_weeks[request.week_of(day)]:
            least = max(least, request.ladder.sessions_each)
        may = self._held >= least and request.limits.get("two-clean", "steps_max", state) != 0
        return min(rungs.places[last] + int(may), len(rungs.stages) - 1)


def _is_no_more(stage: _Key, last: _Key) -> bool:
    """Neither a longer stretch of running nor more of it in all."""
    return stage[0] <= last[0] and stage[0] * stage[2] <= last[0] * last[2]
