"""Whether the goal could be reached if some demands were taken away: asked of the solver, many times.

Each answer is remembered, and so is each placing of sessions: most questions differ in the minutes
alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from planner.demands import with_runs
from planner.dose_questions import dose_at_all, dose_to_goal
from planner.dosing import Dosed
from planner.farthest import most_to_spare
from planner.goal_met import RaceIsRun, is_reached
from planner.likely_weeks import likely_weeks
from planner.placing import Placement
from planner.plan import Plan
from planner.profile import Runner
from planner.request import Limits, Request
from planner.roomier import as_wished, with_room_for_goal
from planner.rule import Rule, Stage, Tier
from planner.solving import Infeasible, OutOfWork
from planner.stages import Found, NotSettled, Placed, place_sessions, solve_stages
from planner.supposing import Key, RequestOf, Supposing

WORK_PLACING_FIRST = 0.08
WORK_PLACING = 0.05
"""Work for placing, all tiers at once and then each by itself: of many questions in a row none may

take as long as a plan.
"""

WORK_WEEK_PLACED, WORK_WEEK_DOSED = 0.0045, 0.0015
"""What building and reading a question costs for each week of the plan, in the solver's measure."""

PLACED_TO_DOSED = 2.5
"""How much longer the solver takes for the same measure of work where it places sessions."""


@dataclass(frozen=True)
class Answer:
    """``reached`` is None where the work allowed ran out; ``found`` is there where it is reached."""

    reached: bool | None
    found: Found | None = None


MOST_NOT_KNOWN = 2
"""After so many tries without an answer a question is left open."""

NO = Answer(False)
NOT_KNOWN = Answer(None)


class Asking(Supposing):
    """The questions about one runner's file, and what was answered."""

    def __init__(
        self,
        runner: Runner,
        rules: Sequence[Rule],
        request_of: RequestOf,
        plan_of: Callable[[Found], Plan],
        *,
        plan_alone: bool = False,
    ) -> None:
        """``plan_alone``: only whether there is any plan at all, whatever becomes of the goal.

        ``plan_of`` writes out the days of what was found. ``work`` is what was spent so far.
        """
        super().__init__(runner, rules, request_of)
        self.plan_of = plan_of
        self.plan_alone = plan_alone
        self._known: dict[frozenset[str], Answer] = {}
        self._answers: dict[Key, Answer] = {}
        self._placed: dict[object, tuple[Request, Placed]] = {}
        self._work_left = math.inf
        self.work = 0.0
        self._quick = self._usual_days = False

    def allow(self, work: float) -> None:
        """From now on questions may take so much work together; after that no answer is known."""
        self._work_left = work

    def search(self, *, quick: bool = False, usual_days: bool = False) -> None:
        """How questions are answered from now on. ``quick``: without a long search; ``usual_days``:

        no other days for the sessions are tried, so that a no holds for those days alone.
        """
        kept = (True,) if self._usual_days else (True, False)
        self._known = {asked: one for asked, one in self._known.items() if one.reached in kept}
        self._answers = {key: one for key, one in self._answers.items() if one.reached in kept}
        self._quick, self._usual_days = quick, usual_days

    @property
    def is_spent(self) -> bool:
        """Whether the work allowed is used up."""
        return self._work_left <= 0

    def is_beyond(self, gone: Collection[str], runner: Runner | None = None) -> bool:
        """Whether no plan reaches the goal without these demands; nothing where any plan will do."""
        return not self.plan_alone and super().is_beyond(gone, runner)

    def without(self, gone: Collection[str], runner: Runner | None = None) -> Answer:
        """What can be reached without these demands, of a runner whose file says something else.

        What may be taken away need not be: sessions are placed by other wishes than the goal, so that
        freedom can lead away from it. A goal that may wait is tried on some likely days; a year of
        questions would take too long.
        """
        if self.is_beyond(gone, runner):
            return NO
        if runner is not None:
            return self._any(frozenset(gone), runner)
        asked = frozenset(gone)
        for other, answer in self._known.items():
            if (answer.reached and other <= asked) or (answer.reached is False and other >= asked):
                return answer
        answer = self._any(asked, self.runner)
        if not self.is_spent:
            self._known[asked] = answer
        return answer

    def with_limits(self, limits: Limits) -> Found | None:
        """What reaches the goal with other numbers, nothing taken away; None where nothing does."""
        request = self.request.model_copy(update={"limits": limits})
        if most_to_spare(request, self.kept(())) < 0:
            return None
        return self._solved(request, (self.runner, frozenset())).found

    def _any(self, gone: frozenset[str], runner: Runner) -> Answer:
        """The first answer that reaches the goal, of the ways to use what is free."""
        not_known = 0
        for changed, left in self._ways(gone, runner):
            answer = self._remembered(changed, left)
            if answer.reached:
                return answer
            not_known += answer.reached is None
            if not_known == (1 if self._quick else MOST_NOT_KNOWN):
                break
        return NOT_KNOWN if not_known else NO

    def _ways(
        self, gone: frozenset[str], runner: Runner
    ) -> Iterator[tuple[Runner, frozenset[str]]]:
        optional = [
            frozenset(one.key for one in self.demands if one.key in gone and one.is_about_places),
            frozenset(
                one.key
                for one in self.demands
                if one.key in gone and one.line in ("runs", "beside")
            ),
        ]
        least = gone - optional[0] - optional[1]
        tries = [(runner, least)]
        if any(one.key in gone and one.line == "runs" for one in self.demands):
            # More runs a week may be too many.
            tries.append((with_runs(runner, runner.week.runs + 1), least))
        tries += [(runner, gone - optional[0]), (runner, gone)]
        for changed, left in dict.fromkeys(tries):
            if "later" not in left:
                yield changed, left
                continue
            rest = left - {"later"}
            likely = likely_weeks(self, self.changed(rest, changed))
            for weeks in likely[:2] if self._usual_days else likely:
                yield self.put_off(changed, weeks), rest

    def _remembered(self, runner: Runner, gone: frozenset[str]) -> Answer:
        key = self.key(gone, runner)
        if key not in self._answers:
            if self.is_beyond(gone, runner):
                return NO
            if self.is_spent:
                return NOT_KNOWN
            request = self.request_without(gone, runner)
            assert request is not None
            self._answers[key] = self._solved(request, key)
        return self._answers[key]

    def _solved(self, request: Request, key: Key) -> Answer:
        """What is found, with the sessions on the days with the most room first, the likeliest to do."""
        tries = [request]
        if not (self.plan_alone or self._usual_days):
            tries += with_room_for_goal(request)
        if not _has_no_day(request):
            tries.reverse()
        best = NO
        for one in tries:
            # A plan looks for other days by its first minutes alone, and so does the question.
            try:
                found = self._stages(one, key, quick=self._quick or one is not request)
            except NotSettled:
                found = OutOfWork(0.0)
            if isinstance(found, Found) and (self.plan_alone or is_reached(found)):
                return Answer(True, replace(found, request=as_wished(found.request, request)))
            if isinstance(found, OutOfWork):
                best = NOT_KNOWN
                if self._quick:
                    break
        return best

    def _stages(self, request: Request, key: Key, *, quick: bool) -> Found | Infeasible | OutOfWork:
        placed_for = (key[0], frozenset(g for g in key[1] if not self._is_about_minutes(g)))

        def place_by(
            request: Request, rules: Sequence[Rule], without_runs: tuple[int, ...]
        ) -> tuple[Request, Placed]:
            rooms = (request.long_room_minutes, request.easy_room_minutes)
            know = (placed_for, rooms, request.ladder_weeks, without_runs)
            if know not in self._placed and self.is_spent:
                return request, OutOfWork(0.0)
            if know not in self._placed:
                self._placed[know] = place_sessions(
                    request,
                    rules,
                    without_runs,
                    work_first=WORK_PLACING_FIRST,
                    work_tier=WORK_PLACING,
                    rough=True,
                )
                work = _work_of(self._placed[know][1])
                self._spend(PLACED_TO_DOSED * work + WORK_WEEK_PLACED * request.weeks)
            near, placed = self._placed[know]
            return near.model_copy(update={"limits": request.limits}), placed

        def dose_by(request: Request, placement: Placement, rules: Sequence[Rule]) -> Dosed:
            if self.plan_alone:
                dosed = dose_at_all(request, placement, rules)
            else:
                dosed = dose_to_goal(request, placement, rules, quick=quick)
            self._spend(_work_of(dosed) + WORK_WEEK_DOSED * request.weeks)
            return dosed

        rules = [rule for rule in self.rules if rule.name not in key[1]]
        if not self.plan_alone:
            rules = [*rules, RaceIsRun()]
        return solve_stages(request, rules, place_by=place_by, dose_by=dose_by)

    def _spend(self, work: float) -> None:
        self.work += work
        self._work_left -= work

    def _is_about_minutes(self, key: str) -> bool:
        rule = self._by_key[key].rule
        return rule is not None and rule.tier is Tier.LIMIT and rule.stage is Stage.DOSE


def _work_of(done: Placed | Dosed) -> float:
    return done[1].work if isinstance(done, tuple) else done.work


def _has_no_day(request: Request) -> bool:
    """Whether the plan itself tells the day of its goal, so that the very plan is to be found."""
    return request.goal.kind == "run_time" and request.goal.day is None
