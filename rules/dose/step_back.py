"""Less running on the days after a set-back: each run, each stretch of it and all of it together.

Held for a week at 24 minutes a run and 60 in all, runs of 24, 20 and 16 keep it; one of 25 breaks it,
and so do three of 21. A run/walk session is held by its running, and by its longest stretch without a
walking break. From the day after the hold on, the other limits alone count. A race is a run as well.

Why: a stage back after a sore session is what a physiotherapist's soreness rules ask for (Fees 1998,
grade D, written for weight training of the arms); the week's pain as a measure is from Achilles pain
(Silbernagel 2007); the numbers are our convention.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import HUNDREDTHS, Plan, hundredths, minutes_text
from planner.request import Request, Setback
from planner.rule import Breach, Cost, Stage, Tier
from rules.sentences import plain_date

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

    from planner.doses import Doses


class StepBack:
    """A week of no more than before, or of less."""

    name = "step-back"
    title = "No more running than before, or less, in the week after a set-back"
    stage = Stage.DOSE
    tier = Tier.LIMIT
    sources = ("M7", "M1b", "ours")

    def post(self, request: Request, doses: Doses, model: CpModel) -> Cost:
        setback = request.setback
        if setback is None:
            return 0
        days = [day for day in doses.run_days if day < setback.hold_days]
        for day in days:
            if setback.run_hundredths is not None:
                model.add(doses.run(day) <= setback.run_hundredths)
            if setback.bout_hundredths is not None:
                model.add(doses.continuous(day) <= setback.bout_hundredths)
        if days and setback.all_hundredths is not None:
            model.add(sum(doses.run(day) for day in days) <= setback.all_hundredths)
        return 0

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        if request.setback is None:
            return
        ledger = Ledger(request, plan)
        held = range(min(request.setback.hold_days, request.days))
        for day in held:
            for said in self._too_much(request, ledger, request.setback, day):
                yield Breach(rule=self.name, days=(request.date_of(day),), reason=said)
        together, most = sum(sum(ledger.runs(day)) for day in held), request.setback.all_hundredths
        if most is not None and together > most:
            yield Breach(
                rule=self.name,
                days=tuple(request.date_of(day) for day in held if ledger.runs(day)),
                reason=f"{minutes_text(together / HUNDREDTHS)} min of running up to "
                f"{plain_date(request.date_of(held[-1]))}; after the set-back at most "
                f"{minutes_text(most / HUNDREDTHS)}.",
            )

    def _too_much(
        self, request: Request, ledger: Ledger, setback: Setback, day: int
    ) -> Iterator[str]:
        """A day's run, or its longest stretch, beside what is left of it."""
        on = plain_date(request.date_of(day))
        for session in ledger.sessions(day):
            run, bout = hundredths(session.run_minutes), hundredths(session.longest_bout_minutes)
            for minutes, most, of_what in (
                (run, setback.run_hundredths, "of running"),
                (bout, setback.bout_hundredths, "of running without a walking break"),
            ):
                if most is not None and minutes > most:
                    yield (
                        f"{minutes_text(minutes / HUNDREDTHS)} min {of_what} on {on}; after the "
                        f"set-back at most {minutes_text(most / HUNDREDTHS)}."
                    )
