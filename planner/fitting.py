"""The smooth way on the days that are placed, run by run, as far as the limits on growth allow.

Not a limit and not the answer: a start for the search (``lengths_that_fit``), and how near to the goal
no plan on these days can come (``least_short``), so that the search need not find that out.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from planner.growth import NO_LIMIT, Growth, longest_since
from planner.plan import HUNDREDTHS, Kind
from planner.request import Ladder, Request
from planner.stepping import Climb

BOUND_RESTS_ON = (
    "flare-rest",
    "restart-dose",
    "session-cap",
    "step-back",
    "time",
    "two-clean",
    "weekly-volume",
)
"""The limits that ``least_short`` counts on: without one of them plans may come nearer."""

EASY, LONG, RUN_WALK, RACE = Kind.EASY_RUN, Kind.LONG_RUN, Kind.RUN_WALK, Kind.RACE


@dataclass(frozen=True)
class PlacedRuns:
    """The runs that are placed, by day: their kind, the minutes they may take, the ladder they are on.

    ``wishes``: the minutes that a week's easy runs (False) and its long run (True) should have.
    """

    kinds: Mapping[int, Kind]
    rooms: Mapping[int, int]
    ladders: Mapping[int, Ladder]
    wishes: Mapping[tuple[int, bool], int]

    def sort(self, day: int) -> Kind:
        """The kind whose length a day's run has: a hard run is as long as the easy ones."""
        kind = self.kinds[day]
        return EASY if kind is Kind.HARD_RUN else kind


@dataclass(frozen=True)
class Fitted:
    """Minutes of each week's lengths, all running of each week in hundredths, and by day the stages

    of the run/walks.
    """

    lengths: Mapping[tuple[int, bool], int]
    week_run: Mapping[int, int]
    stages: Mapping[int, int]


def lengths_that_fit(
    request: Request,
    runs: PlacedRuns,
    *,
    fast: bool = False,
    kept: Collection[str] = BOUND_RESTS_ON,
) -> Fitted:
    """The lengths next below the wishes that keep the limits on growth.

    ``fast``: as long as those limits allow up to the goal, but for weeks of the taper, whatever the
    wishes say. ``kept``: the limits there are.
    """
    if fast:
        runs = replace(runs, wishes=_as_long_as_possible(request, runs))
    way = _Way(request, runs, kept, at_most=False)
    lengths: dict[tuple[int, bool], int] = {}
    for week in range(request.weeks):
        held = way.fill(week)
        for long, kind in ((False, EASY), (True, LONG)):
            lengths[week, long] = held[kind] // HUNDREDTHS
    return Fitted(lengths, way.volumes, way.stages)


def least_short(request: Request, runs: PlacedRuns) -> int:
    """Hundredths of a minute by which every plan with these runs falls short of the goal, or fewer,

    where the easy runs of a week have one length: each as long as it could be after the longest before.
    """
    if request.goal.kind == "walking":
        return 0
    way = _Way(request, runs, at_most=True)
    for week in range(request.weeks):
        way.fill(week)
    most = max((way.unbroken.get(day, 0) for day in request.goal_days), default=0)
    return max(request.goal_hundredths_in_plan - most, 0)


def _as_long_as_possible(request: Request, runs: PlacedRuns) -> dict[tuple[int, bool], int]:
    """For each length the time there is, no more than the goal, in weeks that may grow."""
    most = dict(runs.wishes)
    last = request.goal_days[-1] if request.goal_days else -1
    for day in sorted(runs.kinds):
        week, sort = request.week_of(day), runs.sort(day)
        if sort in (EASY, LONG) and day < last and not request.week_wishes[week].taper:
            goal = -(-request.goal.asked_hundredths // HUNDREDTHS)
            room = min(runs.rooms[day], goal)
            most[week, sort is LONG] = max(most[week, sort is LONG], room)
    return most


class _Way:
    """Where the walk through the weeks has come to, in hundredths of minutes."""

    def __init__(
        self,
        request: Request,
        runs: PlacedRuns,
        kept: Collection[str] = BOUND_RESTS_ON,
        *,
        at_most: bool,
    ) -> None:
        self._request, self._placed = request, runs
        self._at_most = at_most
        self._held = {run.day: run.run_hundredths for run in request.past_runs}
        self._growth = Growth(request, kept)
        self._climb = Climb(request, at_most=at_most)
        self.unbroken: dict[int, int] = {}
        self.stages: dict[int, int] = {}
        self.volumes = {week: request.past_week(week) for week in range(-4, 0)}

    def fill(self, week: int) -> dict[Kind, int]:
        """Give a week's runs their lengths; the lengths by kind."""
        request, placed = self._request, self._placed
        days = [day for day in request.days_in(week) if day in placed.kinds]
        done = request.run_before_in(week)
        room = max(self._growth.most_in_week(week, self.volumes, self._held) - done, 0)
        before, climb = dict(self._held), self._climb
        lengths = self._wishes(week)
        while True:
            self._held, self._climb = dict(before), copy.copy(climb)
            asked = dict(lengths)
            for day in days:
                self._held[day] = self._run(day, lengths, room)
            together = sum(self._held[day] for day in days)
            if self._at_most:
                break
            if self._sorts(days) >= {EASY, LONG}:
                lengths[EASY] = min(lengths[EASY], lengths[LONG])
            if lengths == asked and not (together > room and self._shortened(days, lengths)):
                break
        self.volumes[week] = min(together, room) + done
        return lengths

    def _wishes(self, week: int) -> dict[Kind, int]:
        def wish(long: bool) -> int:
            return self._placed.wishes.get((week, long), 0) * HUNDREDTHS

        race = self._request.goal.asked_hundredths
        if self._at_most:
            return {EASY: NO_LIMIT, LONG: NO_LIMIT, RUN_WALK: NO_LIMIT, RACE: race}
        return {EASY: wish(False), LONG: wish(True), RUN_WALK: NO_LIMIT, RACE: race}

    def _sorts(self, days: Sequence[int]) -> set[Kind]:
        return {self._placed.sort(day) for day in days}

    def _run(self, day: int, lengths: dict[Kind, int], week_room: int) -> int:
        """A day's run after those before it; where the week's length is too much, it comes down."""
        placed = self._placed
        sort, room = placed.sort(day), placed.rooms[day] * HUNDREDTHS
        most = min(self._growth.most_on(day, longest_since(self._held, day)), week_room)
        if sort is RUN_WALK and self._at_most:
            run, self.unbroken[day] = self._climb.most(day, placed.ladders[day], most, room)
            return run
        if sort is RUN_WALK:
            wish = self._request.run_wish(day, RUN_WALK)
            most = min(most, lengths[RUN_WALK])
            stage = self._climb.next(day, placed.ladders[day], most, wish, room)
            self.stages[day] = placed.ladders[day].stages.index(stage)
            return stage.run_hundredths
        if sort is RACE:
            run = min(lengths[RACE], most)
        else:
            if min(lengths[sort], room) > most:
                lengths[sort] = max(most // HUNDREDTHS, 1) * HUNDREDTHS
            run = min(lengths[sort], room, max(most // HUNDREDTHS, 1) * HUNDREDTHS)
        self.unbroken[day] = run
        return run

    def _shortened(self, days: Sequence[int], lengths: dict[Kind, int]) -> bool:
        """One length less in a week that holds too much; whether any could come down."""
        longest = {
            sort: max(self._held[day] for day in days if self._placed.sort(day) is sort)
            for sort in (EASY, LONG, RUN_WALK, RACE)
            if any(self._placed.sort(day) is sort for day in days)
        }
        # A sort whose length was lowered before and held no less by it, as at the first stage, is done.
        can = [
            sort
            for sort, run in longest.items()
            if run > HUNDREDTHS and lengths[sort] > run - HUNDREDTHS
        ]
        if not can:
            return False
        # The long run, or the race, is what the easy runs are for, up to twice as long as they are.
        weight = {EASY: 2, RUN_WALK: 2, LONG: 1, RACE: 0}
        sort = max(can, key=lambda sort: longest[sort] * weight[sort])
        lengths[sort] = longest[sort] - HUNDREDTHS
        return True
