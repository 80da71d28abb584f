"""At least two sessions at a stage of the ladder before the next; three after a flare.

Stages 3, 3, 4 keep it; 3, 4 breaks it, and so does 3, 3, 5. In moderate pain there is no step up.

Why: each phase at least twice in a return-to-run protocol (Crowell 2023, grade D); three after a
flare is our convention.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import Kind, Plan, hundredths
from planner.request import Request
from planner.rule import Breach, Cost, Stage, Tier

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar

    from planner.doses import Doses

Pattern = tuple[tuple[int, int, int], ...]


class TwoClean:
    """Time to settle on each stage."""

    name = "two-clean"
    title = "At least two sessions at a ladder stage before the next"
    stage = Stage.DOSE
    tier = Tier.LIMIT
    sources = ("M5", "M3", "ours")

    def post(self, request: Request, doses: Doses, model: CpModel) -> Cost:
        days = [day for day in doses.run_days if doses.kind(day) is Kind.RUN_WALK]
        for place, day in enumerate(days):
            if place == 0:
                continue
            before, state = days[place - 1], request.states[day]
            up = model.new_bool_var("")
            self._post_step(doses, model, (before, day), up)
            least = request.limits.need(self.name, "sessions_min", state)
            if (
                request.ladder_weeks[request.week_of(day)]
                and doses.ladder(before) == request.ladder
            ):
                # A ladder with a longer stay of its own keeps it.
                least = max(least, request.ladder.sessions_each)
            if place < least or request.limits.get(self.name, "steps_max", state) == 0:
                model.add(up == 0)
            for other in days[max(place - least, 0) : place - 1]:
                self._post_same(doses, model, (other, before), up)
        return 0

    def _post_step(self, doses: Doses, model: CpModel, days: tuple[int, int], up: IntVar) -> None:
        """``up`` where the later day's stage is above the earlier one's; never by two stages."""
        before, now = (doses.stage(day) for day in days)
        old, new = (doses.ladder(day).stages for day in days)
        if old == new:
            model.add(now <= before + 1)
            model.add(now <= before).only_enforce_if(~up)
            return
        # From one ladder to another: the same place need not be the same stage.
        rows = [(place, -1, 0) for place in range(-1, len(old))]
        for (b, earlier), (n, later) in itertools.product(enumerate(old), enumerate(new)):
            longer = later.run_seconds > earlier.run_seconds
            rises = longer or later.run_hundredths > earlier.run_hundredths
            skips = any(
                earlier in stages
                and later in stages
                and stages.index(later) > stages.index(earlier) + 1
                for stages in (old, new)
            )
            if not skips:
                rows.append((b, n, int(rises)))
        model.add_allowed_assignments([before, now, up], rows)

    def _post_same(self, doses: Doses, model: CpModel, days: tuple[int, int], up: IntVar) -> None:
        """Both days hold the same stage where a step up follows them."""
        one, other = (doses.stage(day) for day in days)
        first, second = (doses.ladder(day).stages for day in days)
        if first == second:
            model.add(one == other).only_enforce_if(up)
            return
        places = itertools.product(range(-1, len(first)), range(-1, len(second)))
        rows = [(a, b, 0) for a, b in places]
        rows += [(first.index(both), second.index(both), 1) for both in first if both in second]
        model.add_allowed_assignments([one, other, up], rows)

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        ledger = Ledger(request, plan)
        held = 0
        before: tuple[int, int, Pattern] | None = None
        for day in range(request.days):
            for session in ledger.sessions(day):
                if session.kind is not Kind.RUN_WALK:
                    continue
                steps = tuple((s.repeat, s.run_seconds, s.walk_seconds) for s in session.steps)
                now = (
                    hundredths(session.run_minutes),
                    max((seconds for _, seconds, _ in steps), default=0),
                    steps,
                )
                said = self._fault(request, day, before, now, held)
                if said:
                    yield Breach(rule=self.name, days=(request.date_of(day),), reason=said)
                held = held + 1 if before == now else 1
                before = now

    def _fault(
        self,
        request: Request,
        day: int,
        before: tuple[int, int, Pattern] | None,
        now: tuple[int, int, Pattern],
        held: int,
    ) -> str:
        if before is None or not (now[0] > before[0] or now[1] > before[1]):
            return ""
        state = request.states[day]
        on = f"{request.date_of(day):%a %d %b}"
        if request.limits.get(self.name, "steps_max", state) == 0:
            return f"A step up the ladder on {on}; in {state.value} pain there is none."
        least = request.limits.need(self.name, "sessions_min", state)
        if request.ladder_weeks[request.week_of(day)] and self._is_own(request, before):
            least = max(least, request.ladder.sessions_each)
        if held < least:
            return (
                f"A step up the ladder on {on} after {held} sessions at a stage; at least {least}."
            )
        skipped = self._stages_skipped(request, before, now)
        return f"A step of {skipped + 1} stages up the ladder on {on}; one at a time." * bool(
            skipped
        )

    def _is_own(self, request: Request, before: tuple[int, int, Pattern]) -> bool:
        """Whether a session is a stage of the runner's own ladder, which may ask for a longer stay."""
        return any(
            request.ladder.stage_of(run, walk, repeat) is not None
            for repeat, run, walk in before[2]
        )

    def _stages_skipped(
        self, request: Request, before: tuple[int, int, Pattern], now: tuple[int, int, Pattern]
    ) -> int:
        for ladder in (request.ladder, request.pattern):
            known = [
                ladder.stage_of(step[1], step[2], step[0])
                for _, _, steps in (before, now)
                for step in steps[:1]
            ]
            if len(known) == 2 and known[0] is not None and known[1] is not None:
                return max(known[1] - known[0] - 1, 0)
        return 0
