"""No week much fuller than the fullest of the four weeks before it.

With a fullest week of 100 running minutes the next may have 120 in mild and 130 in healthy; small
weeks may grow by 15 minutes. Moderate: no more than the week before. After a flare: never above what
a week held before it. A week judged by several states keeps the limits of each.

The studies behind it compared weeks that follow each other (one with the next, or over two weeks), not
the fullest of four, which lets a week after a lighter one hold more: that is ours.

Why: more than 30 % in two weeks went with more distance-related injuries, not significantly (Nielsen
2014, grade B, weak); 20 to 60 % with more injuries at three weeks (Damsted 2019, grade B, weak).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import HUNDREDTHS, Plan, State, minutes_text
from planner.request import DAYS_IN_WEEK, Request
from planner.rule import Breach, Cost, Stage, Tier
from rules.sentences import beyond, growth_to, in_state, plain_date

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from planner.doses import Doses


class WeeklyVolume:
    """A cap on a week's running by the weeks before it."""

    name = "weekly-volume"
    title = "No week much fuller than the fullest of the weeks before"
    stage = Stage.DOSE
    tier = Tier.LIMIT
    sources = ("P3", "P4", "ours")

    def post(self, request: Request, doses: Doses, model: CpModel) -> Cost:
        window = request.limits.need("session-cap", "window_days")
        for week in range(request.weeks):
            monday = week * DAYS_IN_WEEK - request.start.weekday()
            told = any(request.past_week(w) for w in range(week - 4, min(week, 0)))
            if not doses.earlier_run_days(monday - window, monday) and not told:
                continue
            for state in request.states_in(week):
                self._cap(request, doses, week, state)
        return 0

    def _cap(self, request: Request, doses: Doses, week: int, state: State) -> None:
        ratio = request.limits.get(self.name, "ratio_percent", state)
        if ratio is None:
            return
        back = self._reference_weeks(request, state)
        floor = request.limits.get(self.name, "floor_minutes", state) or 0
        volume = doses.week_run(week)
        highest = doses.highest([doses.week_run(other) for other in range(week - back, week)])
        # What was run earlier in the week cannot be undone: it only leaves no room for more.
        done = request.run_before_in(week)
        doses.within_any(
            volume, (100, highest * ratio), (1, highest + floor * HUNDREDTHS), (1, done)
        )
        before_flare = self._before_flare(request, state)
        if before_flare is not None:
            doses.model.add(volume <= max(before_flare, done))

    def _before_flare(self, request: Request, state: State) -> int | None:
        """The most of a week while returning: what one held before the flare; None if not known."""
        held = request.restart.pre_flare_week_hundredths if request.restart else 0
        if state is not State.RETURNING or not held:
            return None
        return held * request.limits.need(self.name, "pre_flare_percent", state) // 100

    def _reference_weeks(self, request: Request, state: State) -> int:
        return request.limits.need(self.name, "reference_weeks", state)

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        for week in range(request.weeks):
            if not self._has_reference(request, ledger, week):
                continue
            volume = ledger.week_run(week)
            for state in request.states_in(week):
                most = self._most(request, ledger, week, state)
                if most is not None and volume > most:
                    yield Breach(
                        rule=self.name,
                        days=tuple(request.date_of(day) for day in request.days_in(week)),
                        reason=self._reason(request, ledger, week, state, most),
                    )
                    break

    def _has_reference(self, request: Request, ledger: Ledger, week: int) -> bool:
        first = request.days_in(week)[0]
        monday = first - request.weekday(first)
        window = request.limits.need("session-cap", "window_days")
        known = ledger.longest_run(monday - window, monday - 1) > 0
        return known or any(request.past_week(w) > 0 for w in range(-4, 0) if w >= week - 4)

    def _most(self, request: Request, ledger: Ledger, week: int, state: State) -> int | None:
        if request.limits.get(self.name, "ratio_percent", state) is None:
            return None
        ratio, floor = self._numbers(request, state)
        highest = self._highest(request, ledger, week, state)
        most = max(highest * ratio // 100, highest + floor * 100)
        before_flare = self._before_flare(request, state)
        if before_flare is not None:
            most = min(most, before_flare)
        return max(most, request.run_before_in(week))

    def _numbers(self, request: Request, state: State) -> tuple[int, int]:
        """The most percent of the fullest week, and the minutes that may come on top in any case."""
        floor = request.limits.get(self.name, "floor_minutes", state) or 0
        return request.limits.need(self.name, "ratio_percent", state), floor

    def _highest(self, request: Request, ledger: Ledger, week: int, state: State) -> int:
        back = self._reference_weeks(request, state)
        return max(ledger.week_run(other) for other in range(week - back, week))

    def _reason(self, request: Request, ledger: Ledger, week: int, state: State, most: int) -> str:
        volume, first = ledger.week_run(week), request.date_of(request.days_in(week)[0])
        ran = f"{minutes_text(volume / 100)} min of running in the week of {plain_date(first)}"
        if most == self._before_flare(request, state):
            return (
                f"{ran}; {in_state(state)} at most {minutes_text(most / 100)} min, by what a week "
                "held before it."
            )
        highest = self._highest(request, ledger, week, state)
        back = self._reference_weeks(request, state)
        before = "the week before" if back == 1 else f"the fullest of the {back} weeks before"
        growth = growth_to(most, highest, *self._numbers(request, state))
        return ran + beyond(volume, most, highest, before, growth, state)
