"""Whether the goal could be reached if some demands were taken away: asked of the solver, many times.

Each answer is remembered, and so is each placing of sessions: most questions differ in the minutes
alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.demands import Demand, demands_of, later, most_weeks_later
from planner.dose_questions import dose_at_all, dose_to_goal, is_out_of_reach
from planner.dosing import Dosed
from planner.errors import InputError
from planner.first_that import first_by_halves
from planner.goal_met import RaceIsRun, has_its_day, is_reached
from planner.placing import Placement, idle_rules
from planner.plan import Plan
from planner.planning import Found, NotSettled, Placed, place_sessions, solve_stages
from planner.profile import Runner
from planner.request import DAYS_IN_WEEK, Request
from planner.rule import Rule, Stage, Tier
from planner.solving import OutOfWork

if TYPE_CHECKING:
    pass

RequestOf = Callable[[Runner], Request]
"""What would be known if the runner's file said this."""

GUESS_PERCENT = 90
"""A race needs runs of about so much of it before: good enough for a first guess at its date."""

MORE_WEEKS = 6
"""How many weeks beyond that guess the next one lies."""

EARLY_PART = 3
"""The first guess: after this part of the time between the earliest thinkable day and that guess."""

WORK_PLACING_FIRST = 0.15
WORK_PLACING = 0.05
"""Work for placing, all tiers at once and then each by itself: of many questions in a row none may

take as long as a plan.
"""

WORK_WEEK = 0.0016
"""What building and reading a question costs for each week of the plan, in the solver's measure."""

_Key = tuple[Runner, frozenset[str]]


@dataclass(frozen=True)
class Answer:
    """``reached`` is None where the work allowed ran out; ``found`` is there where it is reached."""

    reached: bool | None
    found: Found | None = None


NO = Answer(False)
NOT_KNOWN = Answer(None)


class Asking:
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
        self.runner = runner
        self.rules = rules
        self.request_of = request_of
        self.plan_of = plan_of
        self.plan_alone = plan_alone
        self.request = request_of(runner)
        idle = idle_rules(self.request, rules)
        found = demands_of(runner, self.request, rules)
        self.demands = tuple(one for one in found if one.key not in idle)
        self._by_key = {demand.key: demand for demand in self.demands}
        self._known: dict[frozenset[str], Answer] = {}
        self._answers: dict[_Key, Answer] = {}
        self._placed: dict[object, tuple[Request, Placed]] = {}
        self._settled: dict[_Key, tuple[Request, Placement]] = {}
        self._work_left = math.inf
        self.work = 0.0

    def allow(self, work: float) -> None:
        """From now on questions may take so much work together; after that no answer is known."""
        self._work_left = work

    @property
    def is_spent(self) -> bool:
        """Whether the work allowed is used up."""
        return self._work_left <= 0

    @property
    def weeks(self) -> int:
        """Weeks that the plan has now."""
        return -(-self.request.days // DAYS_IN_WEEK)

    def demand(self, key: str) -> Demand:
        """The demand of this key."""
        return self._by_key[key]

    def without(self, gone: Collection[str], runner: Runner | None = None) -> Answer:
        """What can be reached without these demands, of a runner whose file says something else.

        What may be taken away need not be: sessions are placed by other wishes than the goal, so that
        freedom can lead away from it. A goal that may wait is tried at the day on which the smooth
        way comes to it, and somewhat later; a year of questions would take too long.
        """
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

    def _any(self, gone: frozenset[str], runner: Runner) -> Answer:
        """The first answer that reaches the goal, of the ways to use what is free."""
        best = NO
        for changed, left in self._ways(gone, runner):
            answer = self._remembered(changed, left)
            if answer.reached:
                return answer
            best = NOT_KNOWN if answer.reached is None else best
        return best

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
        without = dict.fromkeys((gone - optional[0] - optional[1], gone - optional[0], gone))
        for left in without:
            if "later" not in left:
                yield runner, left
                continue
            rest = left - {"later"}
            for weeks in self._likely_weeks(self._changed(rest, runner)):
                yield self.put_off(runner, weeks), rest

    def _remembered(self, runner: Runner, gone: frozenset[str]) -> Answer:
        key = self._key(gone, runner)
        if key not in self._answers:
            if self.is_spent:
                return NOT_KNOWN
            self._answers[key] = self._asked(key[0], key)
        return self._answers[key]

    def _key(self, gone: frozenset[str], runner: Runner) -> _Key:
        """What is asked: a line taken away is the same question as a file that says so."""
        left = (one for one in self.demands if one.key in gone)
        rest = frozenset(one.key for one in left if one.rule is not None or one.changes_request)
        return self._changed(gone, runner), rest

    def put_off(self, runner: Runner, weeks: int) -> Runner:
        """The runner with so many weeks more for her goal."""
        return later(runner, weeks, self.weeks)

    def guess_weeks(self, runner: Runner, first: int = 1) -> int:
        """After about how many weeks more the goal comes within reach; some where it never does."""
        return self._likely_weeks(runner, first)[0]

    def _likely_weeks(self, runner: Runner, first: int = 1) -> tuple[int, ...]:
        """Some numbers of weeks more, the last as many as can be: it is long to ask about each.

        The smooth way comes to the goal late, and no way before every day held a run: the first to
        try lies between.
        """
        most = most_weeks_later(self.request)
        if not self._is_smooth(self.put_off(runner, most)):
            return (most,)

        def is_smooth(weeks: int) -> bool:
            return self._is_smooth(self.put_off(runner, weeks))

        def is_open(weeks: int) -> bool:
            request = self._request(self.put_off(runner, weeks), ())
            return request is not None and not is_out_of_reach(request, self.rules)

        late = first_by_halves(is_smooth, first, most)
        early = first_by_halves(is_open, first, late)
        between = early + (late - early) // EARLY_PART
        return tuple(dict.fromkeys((between, late, min(late + MORE_WEEKS, most), most)))

    def settled(self, gone: Collection[str]) -> tuple[Request, Placement] | None:
        """Where the sessions went when this was asked, whatever the answer."""
        return self._settled.get(self._key(frozenset(gone), self.runner))

    def rules_without(self, gone: Collection[str]) -> tuple[Rule, ...]:
        """The rules that are left."""
        return tuple(rule for rule in self.rules if rule.name not in gone)

    def _changed(self, gone: Collection[str], runner: Runner) -> Runner:
        for demand in self.demands:
            if demand.key in gone:
                runner = demand.on_runner(runner)
        return runner

    def _request(self, runner: Runner, gone: Collection[str]) -> Request | None:
        try:
            request = self.request_of(runner)
        except InputError:
            # A goal before the plan's first day.
            return None
        for demand in self.demands:
            if demand.key in gone:
                request = demand.on_request(request)
        return request

    def _is_smooth(self, runner: Runner) -> bool:
        request = self._request(runner, ())
        if request is None:
            return False
        longest = max(max(w.long_minutes, w.easy_minutes) for w in request.week_wishes)
        share = GUESS_PERCENT if request.goal.kind == "race" else 100
        return longest * 10_000 >= request.goal.asked_hundredths * share

    def _asked(self, runner: Runner, key: _Key) -> Answer:
        gone = key[1]
        request = self._request(runner, gone)
        if request is None or not (self.plan_alone or has_its_day(request)):
            return NO
        is_other = runner != self.runner and not (gone or self.plan_alone)
        if is_other and is_out_of_reach(request, self.rules):
            return NO
        placed_for = (runner, frozenset(g for g in gone if not self._is_about_minutes(g)))

        def place_by(
            request: Request, rules: Sequence[Rule], without_runs: tuple[int, ...]
        ) -> tuple[Request, Placed]:
            know = (placed_for, request.ladder_weeks, without_runs)
            if know not in self._placed:
                self._placed[know] = place_sessions(
                    request,
                    rules,
                    without_runs,
                    work_first=WORK_PLACING_FIRST,
                    work_tier=WORK_PLACING,
                )
                self._spend(request, self._placed[know][1])
            near, placed = self._placed[know]
            if isinstance(placed, tuple):
                self._settled[key] = near, placed[0]
            return near, placed

        def dose_by(request: Request, placement: Placement, rules: Sequence[Rule]) -> Dosed:
            ask = dose_at_all if self.plan_alone else dose_to_goal
            dosed = ask(request, placement, rules)
            self._spend(request, dosed)
            return dosed

        rules = self.rules_without(gone)
        if not self.plan_alone:
            rules = (*rules, RaceIsRun())
        try:
            found = solve_stages(request, rules, place_by=place_by, dose_by=dose_by)
        except NotSettled:
            return NOT_KNOWN
        if isinstance(found, Found):
            return Answer(True, found) if self.plan_alone or is_reached(found) else NO
        return NOT_KNOWN if isinstance(found, OutOfWork) else NO

    def _spend(self, request: Request, done: Placed | Dosed) -> None:
        work = done[1].work if isinstance(done, tuple) else done.work
        spent = work + WORK_WEEK * request.weeks
        self.work += spent
        self._work_left -= spent

    def _is_about_minutes(self, key: str) -> bool:
        rule = self._by_key[key].rule
        return rule is not None and rule.tier is Tier.LIMIT and rule.stage is Stage.DOSE
