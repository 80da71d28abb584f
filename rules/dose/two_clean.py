"""At least two clean sessions at a stage of the ladder before the next; three after a flare.

Stages 3, 3, 4 keep it; 3, 4 breaks it, and so does 3, 3, 5. In moderate pain there is no step up. The
sessions done before the plan count with what was felt: the last two at the stage must have been clean,
after a flare the last two of three. Those of the plan itself are taken to become clean, else it is made
anew. The first stage of a ladder is never a step up.

Why: each phase at least twice in a return-to-run protocol (Crowell 2023, grade D); that they must be
clean, and three after a flare, is our convention.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.ledger import Ledger
from planner.plan import Kind, Plan, State, hundredths
from planner.request import Request
from planner.request import Stage as Rung
from planner.rule import Breach, Cost, Stage, Tier
from rules.sentences import plain_date

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar

    from planner.doses import Doses

Pattern = tuple[tuple[int, int, int], ...]
Held = tuple[int, int, Pattern]
"""Running in hundredths, the longest bout in seconds, and (repeats, running, walking) of each step."""


def _past(request: Request) -> list[tuple[Rung, bool]]:
    """The run/walk sessions before the plan whose stage is known, and whether they were clean.

    After a flare those since the restart: the stages begin anew with it.
    """
    known = sorted(
        (
            run
            for run in request.past_runs
            if run.kind is Kind.RUN_WALK
            and run.steps
            and (request.restart is None or run.day >= request.restart.day)
        ),
        key=lambda run: run.day,
    )
    return [
        (
            Rung(
                run_seconds=run.steps[0].run_seconds,
                walk_seconds=run.steps[0].walk_seconds,
                repeats=run.steps[0].repeat,
            ),
            run.is_clean,
        )
        for run in known
    ]


class TwoClean:
    """Time to settle on each stage."""

    name = "two-clean"
    title = "At least two clean sessions at a ladder stage before the next"
    stage = Stage.DOSE
    tier = Tier.LIMIT
    sources = ("M5", "M3", "ours")

    def post(self, request: Request, doses: Doses, model: CpModel) -> Cost:
        past = _past(request)
        days = [day for day in doses.run_days if doses.kind(day) is Kind.RUN_WALK]
        # Sessions in their order: what was done, then the days of the plan.
        row: list[Rung | int] = [*(stage for stage, _ in past), *days]
        for place, day in enumerate(days, start=len(past)):
            if place == 0:
                continue
            before, state = row[place - 1], request.states[day]
            up = model.new_bool_var("")
            self._post_step(request, doses, model, (before, day), up)
            clean = self._clean_needed(request, state)
            least = max(self._sessions_needed(request, doses, before, day), clean)
            unclean = [done for _, done in past[max(place - clean, 0) :] if not done]
            if place < least or unclean or request.limits.get(self.name, "steps_max", state) == 0:
                model.add(up == 0)
            for other in row[max(place - least, 0) : place - 1]:
                self._post_same(doses, model, (other, before), up)
        return 0

    def _sessions_needed(self, request: Request, doses: Doses, before: Rung | int, day: int) -> int:
        """Sessions at a stage before a step up; a ladder with a longer stay of its own keeps it."""
        least = request.limits.need(self.name, "sessions_min", request.states[day])
        if isinstance(before, Rung):
            own = before in request.ladder.stages
        else:
            own = doses.ladder(before) == request.ladder
        on_ladder = own and request.ladder_weeks[request.week_of(day)]
        return max(least, request.ladder.sessions_each) if on_ladder else least

    def _clean_needed(self, request: Request, state: State) -> int:
        """How many of them must have been clean: after a flare not all, but the last ones."""
        which = None if state is State.RETURNING else state
        return request.limits.need(self.name, "sessions_min", which)

    def _post_step(
        self,
        request: Request,
        doses: Doses,
        model: CpModel,
        pair: tuple[Rung | int, int],
        up: IntVar,
    ) -> None:
        """``up`` where the later day's stage is above the earlier one's; never by two stages."""
        before, day = pair
        now, new = doses.stage(day), doses.ladder(day).stages
        if isinstance(before, Rung):
            ladders = (request.ladder.stages, request.pattern.stages)
            steps = self._steps((before,), new, ladders)
            model.add_allowed_assignments(
                [now, up], [(-1, 0), *((n, rises) for _, n, rises in steps)]
            )
            return
        old = doses.ladder(before).stages
        if old == new:
            model.add(now <= doses.stage(before) + 1)
            model.add(now <= doses.stage(before)).only_enforce_if(~up)
            return
        # From one ladder to another: the same place need not be the same stage.
        rows = [(place, -1, 0) for place in range(-1, len(old))]
        rows += self._steps(old, new, (old, new))
        model.add_allowed_assignments([doses.stage(before), now, up], rows)

    def _steps(
        self,
        old: tuple[Rung, ...],
        new: tuple[Rung, ...],
        ladders: tuple[tuple[Rung, ...], ...],
    ) -> list[tuple[int, int, int]]:
        """The steps from one place to another that skip no stage, and whether they lead up."""
        rows = []
        for (b, earlier), (n, later) in itertools.product(enumerate(old), enumerate(new)):
            longer = later.run_seconds > earlier.run_seconds
            rises = n > 0 and (longer or later.run_hundredths > earlier.run_hundredths)
            skips = any(
                earlier in stages
                and later in stages
                and stages.index(later) > stages.index(earlier) + 1
                for stages in ladders
            )
            if not skips:
                rows.append((b, n, int(rises)))
        return rows

    def _post_same(
        self, doses: Doses, model: CpModel, pair: tuple[Rung | int, Rung | int], up: IntVar
    ) -> None:
        """Both sessions are at the same stage where a step up follows them."""
        one, other = pair
        if isinstance(other, Rung):
            if one != other:
                model.add(up == 0)
            return
        second = doses.ladder(other).stages
        if isinstance(one, Rung):
            if one in second:
                model.add(doses.stage(other) == second.index(one)).only_enforce_if(up)
            else:
                model.add(up == 0)
            return
        first = doses.ladder(one).stages
        if first == second:
            model.add(doses.stage(one) == doses.stage(other)).only_enforce_if(up)
            return
        places = itertools.product(range(-1, len(first)), range(-1, len(second)))
        rows = [(a, b, 0) for a, b in places]
        rows += [(first.index(both), second.index(both), 1) for both in first if both in second]
        model.add_allowed_assignments([doses.stage(one), doses.stage(other), up], rows)

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        before: Held | None = None
        clean: tuple[bool, ...] = ()
        for day, now, is_clean in self._sessions(request, plan):
            said = self._fault(request, day, before, now, clean) if day is not None else ""
            if day is not None and said:
                yield Breach(rule=self.name, days=(request.date_of(day),), reason=said)
            clean = (*clean, is_clean) if before == now else (is_clean,)
            before = now

    def _sessions(self, request: Request, plan: Plan) -> Iterator[tuple[int | None, Held, bool]]:
        """All run/walk sessions in their order: day (None before the plan), content, clean."""
        for done, is_clean in _past(request):
            steps = ((done.repeats, done.run_seconds, done.walk_seconds),)
            yield None, (done.run_hundredths, done.run_seconds, steps), is_clean
        ledger = Ledger(request, plan)
        for day in range(request.days):
            for session in ledger.sessions(day):
                if session.kind is Kind.RUN_WALK:
                    held = tuple((s.repeat, s.run_seconds, s.walk_seconds) for s in session.steps)
                    longest = max((seconds for _, seconds, _ in held), default=0)
                    yield day, (hundredths(session.run_minutes), longest, held), True

    def _fault(
        self, request: Request, day: int, before: Held | None, now: Held, clean: tuple[bool, ...]
    ) -> str:
        """What is wrong with a session after others; ``clean`` are those before at one stage."""
        if before is None or not self._is_up(request, day, before, now):
            return ""
        state = request.states[day]
        on = plain_date(request.date_of(day))
        if request.limits.get(self.name, "steps_max", state) == 0:
            return f"A step up the ladder on {on}; in {state.value} pain there is none."
        least = request.limits.need(self.name, "sessions_min", state)
        if request.ladder_weeks[request.week_of(day)] and self._is_own(request, before):
            least = max(least, request.ladder.sessions_each)
        if len(clean) < least:
            return (
                f"A step up the ladder on {on} after {len(clean)} session"
                f"{'s' * (len(clean) != 1)} at a stage; at least {least}."
            )
        last = self._clean_needed(request, state)
        if len(clean) < last or not all(clean[-last:]):
            return (
                f"A step up the ladder on {on}; the last {last} sessions at the stage before were "
                "not all clean."
            )
        skipped = self._stages_skipped(request, before, now)
        return f"A step of {skipped + 1} stages up the ladder on {on}; one at a time." * bool(
            skipped
        )

    def _is_up(self, request: Request, day: int, before: Held, now: Held) -> bool:
        """More running or a longer bout than before, and not where the ladder begins."""
        on_ladder = request.ladder_weeks[request.week_of(day)]
        first = (request.ladder if on_ladder else request.pattern).stages[0]
        begins = now[2] == ((first.repeats, first.run_seconds, first.walk_seconds),)
        return not begins and (now[0] > before[0] or now[1] > before[1])

    def _is_own(self, request: Request, before: Held) -> bool:
        """Whether a session is a stage of the runner's own ladder, which may ask for a longer stay."""
        return any(
            request.ladder.stage_of(run, walk, repeat) is not None
            for repeat, run, walk in before[2]
        )

    def _stages_skipped(self, request: Request, before: Held, now: Held) -> int:
        for ladder in (request.ladder, request.pattern):
            known = [
                ladder.stage_of(step[1], step[2], step[0])
                for _, _, steps in (before, now)
                for step in steps[:1]
            ]
            if len(known) == 2 and known[0] is not None and known[1] is not None:
                return max(known[1] - known[0] - 1, 0)
        return 0
