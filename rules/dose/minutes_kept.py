"""Runs and walks as long as in the plan before, where their weeks still want that much.

A day with an easy run of 30 minutes before and 30 now keeps it; with 25 now it is 5 minutes off. Where
the week now wants 20 minutes of it, 20 keep it. Days with a run, or a walk, in one of the two plans
alone are passed over, and so are a race and a run that became a run/walk, or the other way round: how
much one holds says nothing of the other.

Why: what was planned is arranged already; a re-plan does not undo it without need (our convention).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import HUNDREDTHS, Kind, Plan, hundredths, minutes_text
from planner.request import Before, Request
from planner.rule import Breach, Cost, Stage, Tier
from rules.sentences import plain_date

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from planner.doses import Doses


class MinutesKept:
    """No minutes changed that nothing forces."""

    name = "minutes-kept"
    title = "Runs and walks as long as in the plan before"
    stage = Stage.DOSE
    tier = Tier.MINUTES
    sources = ("ours",)

    def post(self, request: Request, doses: Doses, model: CpModel) -> Cost:
        costs = []
        for day, before in enumerate(request.before[: request.days]):
            if before is None:
                continue
            kind = doses.kind(day)
            if kind is not None and kind is not Kind.RACE and self._is_alike(kind, before):
                wish = self._run_wish(request, day, kind, before)
                costs.append(doses.deviation(doses.run(day), wish, HUNDREDTHS))
            if Kind.WALK in before.kinds and day in doses.walk_days:
                costs.append(doses.deviation(doses.walk(day), before.walk_minutes))
        return sum(costs)

    def _is_alike(self, kind: Kind, before: Before) -> bool:
        """Whether the day had a run/walk before and has one now, or another run both times."""
        ladder = {was is Kind.RUN_WALK for was in before.kinds if was.is_run}
        return (kind is Kind.RUN_WALK) in ladder

    def _run_wish(self, request: Request, day: int, kind: Kind, before: Before) -> int:
        """The run of the plan before, no more of it than the week wants now."""
        return min(before.run_hundredths, request.run_wish(day, kind))

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        for day in range(min(len(request.before), request.days)):
            before = request.before[day]
            if before is None:
                continue
            for session in ledger.sessions(day):
                wish = self._wish(request, day, session.kind, before)
                walks = session.kind is Kind.WALK
                now = hundredths(session.walk_minutes if walks else session.run_minutes)
                off = 0 if wish is None else -(-abs(now - wish) // HUNDREDTHS)
                if wish is not None and off:
                    yield Breach(
                        rule=self.name,
                        days=(request.date_of(day),),
                        reason=f"{session.title} on {plain_date(request.date_of(day))}; the plan before "
                        f"leads to {minutes_text(wish / HUNDREDTHS)} min there.",
                        cost=off,
                    )

    def _wish(self, request: Request, day: int, kind: Kind, before: Before) -> int | None:
        """Hundredths that a session should hold; None where the plan before says nothing of it."""
        if kind is Kind.WALK and Kind.WALK in before.kinds:
            return before.walk_minutes * HUNDREDTHS
        had = [was is Kind.RUN_WALK for was in before.kinds if was.is_run]
        if kind.is_run and kind is not Kind.RACE and (kind is Kind.RUN_WALK) in had:
            return self._run_wish(request, day, kind, before)
        return None
