"""What would be known, were her file or the limits otherwise, and what then lies beyond any plan."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from planner.demands import Demand, demands_of, later
from planner.errors import InputError
from planner.farthest import is_beyond_any_plan
from planner.goal_met import has_its_day
from planner.idle import idle_on_places, idle_without_facts
from planner.profile import Runner
from planner.request import DAYS_IN_WEEK, Request
from planner.rule import Rule

RequestOf = Callable[[Runner], Request]
"""What would be known if the runner's file said this."""

Key = tuple[Runner, frozenset[str]]
"""A question: what the file says, and the limits and facts that are taken away."""


class Supposing:
    """One runner's file, its demands, and requests as if some of them were gone."""

    def __init__(self, runner: Runner, rules: Sequence[Rule], request_of: RequestOf) -> None:
        self.runner = runner
        self.rules = rules
        self.request_of = request_of
        self.request = request_of(runner)
        found = demands_of(runner, self.request, rules)
        idle = idle_on_places(self.request, rules) | idle_without_facts(self.request, found, rules)
        self.demands = tuple(one for one in found if one.key not in idle)
        self._by_key = {demand.key: demand for demand in self.demands}
        self._requests: dict[Key, Request | None] = {}
        self._beyond: dict[tuple[Key, bool], bool] = {}

    @property
    def weeks(self) -> int:
        """Weeks that the plan has now."""
        return -(-self.request.days // DAYS_IN_WEEK)

    def demand(self, key: str) -> Demand:
        """The demand of this key."""
        return self._by_key[key]

    def put_off(self, runner: Runner, weeks: int) -> Runner:
        """The runner with so many weeks more for her goal."""
        return later(runner, weeks, self.weeks)

    def request_without(self, gone: Collection[str], runner: Runner) -> Request | None:
        """What would be known without these demands; None for a goal before the plan's first day."""
        key = (
            self.changed(gone, runner),
            frozenset(one.key for one in self.demands if one.key in gone and one.changes_request),
        )
        if key not in self._requests:
            self._requests[key] = self._request(*key)
        return self._requests[key]

    def is_beyond(self, gone: Collection[str], runner: Runner | None = None) -> bool:
        """Whether no plan reaches the goal without these demands, on whatever days its sessions are.

        Known without a solver; False says nothing.
        """
        runner = runner or self.runner
        key = (self.key(gone, runner), "later" in gone)
        if key not in self._beyond:
            request = self.request_without(gone, runner)
            any_day = "later" in gone
            too_short = any(one.line == "weeks" and one.key not in gone for one in self.demands)
            self._beyond[key] = (
                request is None
                or not ((any_day and not too_short) or has_its_day(request))
                or is_beyond_any_plan(request, self.kept(gone), any_day=any_day)
            )
        return self._beyond[key]

    def kept(self, gone: Collection[str]) -> list[str]:
        """The names of the rules that are left."""
        return [rule.name for rule in self.rules if rule.name not in gone]

    def key(self, gone: Collection[str], runner: Runner) -> Key:
        """What is asked: a line taken away is the same question as a file that says so."""
        left = (one for one in self.demands if one.key in gone)
        rest = frozenset(one.key for one in left if one.rule is not None or one.changes_request)
        return self.changed(gone, runner), rest

    def changed(self, gone: Collection[str], runner: Runner) -> Runner:
        """The runner whose file no longer says what is taken away."""
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
