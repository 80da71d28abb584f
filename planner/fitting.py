"""The smooth way on the days that are placed, run by run, as far as the limits on growth allow.

Not a limit and not the answer: a start for the search (``lengths_that_fit``), and how near to the goal
no plan on these days can come (``least_short``), so that the search need not find that out.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from planner.plan import HUNDREDTHS, Kind, State
from planner.request import Ladder, Limits, Request
from planner.stepping import Climb

NO_LIMIT = 10**9
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
    """Minutes of each week's lengths, and all running of each week in hundredths."""

    lengths: Mapping[tuple[int, bool], int]
    week_run: Mapping[int, int]


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
    request = _without_ratios(request, kept)
    way = _Way(request, runs, at_most=False)
    lengths: dict[tuple[int, bool], int] = {}
    for week in range(request.weeks):
        held = way.fill(week)
        for long, kind in ((False, EASY), (True, LONG)):
            lengths[week, long] = held[kind] // HUNDREDTHS
    return Fitted(lengths, way.volumes)


def least_short(request: Request, runs: PlacedRuns, *, alike: bool) -> int:
    """Hundredths of a minute that every plan with these runs falls short of the goal, or fewer.

    Each run is taken by itself as long as it could be after the longest ones before it; ``alike``:
    where the easy runs of a week have one length.
    """
    if request.goal.kind == "walking":
        return 0
    way = _Way(request, runs, at_most=True, alike=alike)
    for week in range(request.weeks):
        way.fill(week)
    most = max((way.unbroken.get(day, 0) for day in request.goal_days), default=0)
    return max(request.goal_hundredths_in_plan - most, 0)


def least_short_on_any_days(request: Request) -> int:
    """The same wherever the runs are placed: as if each day with time for one held one.

    0, which says nothing, where run/walk sessions lead to the goal.
    """
    if any(request.ladder_weeks):
        return 0
    race = request.race_day if request.race_possible else None
    kinds = {
        day: RACE if day == race else LONG
        for day in range(request.days)
        if day == race or (request.available_minutes[day] and not request.away[day])
    }
    room = {RACE: NO_LIMIT, LONG: 0}
    rooms = {day: room[kind] or request.available_minutes[day] for day, kind in kinds.items()}
    return least_short(request, PlacedRuns(kinds, rooms, {}, {}), alike=False)


def _without_ratios(request: Request, kept: Collection[str]) -> Request:
    """The request with no ratio for the limits on growth that are not kept."""
    gone = {name for name in ("session-cap", "weekly-volume") if name not in kept}
    if not gone:
        return request
    by_rule = {
        rule: {
            state: {**numbers, "ratio_percent": NO_LIMIT} if rule in gone else numbers
            for state, numbers in of_rule.items()
        }
        for rule, of_rule in request.limits.by_rule.items()
    }
    return request.model_copy(update={"limits": Limits(by_rule=by_rule)})


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
        self, request: Request, runs: PlacedRuns, *, at_most: bool, alike: bool = True
    ) -> None:
        self._request, self._placed = request, runs
        self._at_most, self._alike = at_most, alike
        self._held = {run.day: run.run_hundredths for run in request.past_runs}
        self._climb = Climb(request, at_most=at_most)
        self.unbroken: dict[int, int] = {}
        self.volumes = {week: request.past_week(week) for week in range(-4, 0)}

    def fill(self, week: int) -> dict[Kind, int]:
        """Give a week's runs their lengths; the lengths by kind."""
        request, placed = self._request, self._placed
        days = [day for day in request.days_in(week) if day in placed.kinds]
        done = request.run_before_in_week_0 if week == 0 else 0
        room = max(self._most_in_week(week) - done, 0)
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
        most = min(self._most_on(day), week_room)
        if sort is RUN_WALK and self._at_most:
            run, self.unbroken[day] = self._climb.most(day, placed.ladders[day], most, room)
            return run
        if sort is RUN_WALK:
            wish = self._request.run_wish(day, RUN_WALK)
            most = min(most, lengths[RUN_WALK])
            stage = self._climb.next(day, placed.ladders[day], most, wish, room)
            return stage.run_hundredths
        if sort is RACE:
            run = min(lengths[RACE], most)
        else:
            if min(lengths[sort], room) > most:
                whole = max(most // HUNDREDTHS, 1) * HUNDREDTHS
                lengths[sort] = whole if self._alike else lengths[sort]
            run = min(lengths[sort], room, max(most // HUNDREDTHS, 1) * HUNDREDTHS)
        self.unbroken[day] = run
        return run

    def _most_on(self, day: int) -> int:
        """The most that the limits on a single run leave on a day, by the runs before it."""
        request, restart = self._request, self._request.restart
        state = request.states[day]
        if state is State.FLARE:
            return 0
        window = request.limits.need("session-cap", "window_days")
        returning = restart if state is State.RETURNING else None
        since = returning.day if returning else day - window
        counted = self._longest(max(since, day - window), day)
        longest = counted or self._longest(day - window, day)
        if not longest:
            return request.first_stage_hundredths
        ratio = request.limits.need("session-cap", "ratio_percent", state)
        floor = request.limits.get("session-cap", "floor_minutes", state) or 0
        most = max(longest * ratio // 100, longest + floor * HUNDREDTHS)
        if returning and not counted:
            most = min(most, request.first_restart_hundredths(day))
        held = request.setback if request.setback and day < request.setback.hold_days else None
        if held and held.run_hundredths is not None:
            most = min(most, held.run_hundredths)
        return most

    def _longest(self, first: int, day: int) -> int:
        return max((run for on, run in self._held.items() if first <= on < day), default=0)

    def _most_in_week(self, week: int) -> int:
        """The most that the limits on a week's running leave, by the weeks before it."""
        request = self._request
        if not any(self.volumes[other] for other in range(week - 4, week)):
            return NO_LIMIT
        most = NO_LIMIT
        for state in request.states_in(week):
            ratio = request.limits.get("weekly-volume", "ratio_percent", state)
            if ratio is None:
                continue
            back = request.limits.need("weekly-volume", "reference_weeks", state)
            floor = request.limits.get("weekly-volume", "floor_minutes", state) or 0
            highest = max(self.volumes[other] for other in range(week - back, week))
            most = min(most, max(highest * ratio // 100, highest + floor * HUNDREDTHS))
            before = request.restart.pre_flare_week_hundredths if request.restart else 0
            if state is State.RETURNING and before:
                share = request.limits.need("weekly-volume", "pre_flare_percent", state)
                most = min(most, before * share // 100)
        return most

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
