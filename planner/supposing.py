"""What would be known, were her file or the limits otherwise, and what then lies beyond any plan."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from planner.demands import Demand, demands_of, later, weeks_in
from planner.errors import InputError
from planner.farthest import most_to_spare
from planner.goal_met import has_its_day
from planner.growth import NO_LIMIT
from planner.idle import following_from_facts, idle_limits
from planner.profile import Runner
from planner.request import Request
from planner.rule import Rule

RequestOf = Callable[[Runner], Request]
"""What would be known if the runner's file said this."""

Key = tuple[Runner, frozenset[str]]
"""A question: what the file says, and the limits and facts that are taken away."""


class Supposing:
    """One runner's file, its demands, and requests as if some of them were gone.

    ``brought``: by the key of a fact the limits that follow from it, which are no demands of their own.
    """

    def __init__(self, runner: Runner, rules: Sequence[Rule], request_of: RequestOf) -> None:
        self.runner = runner
        self.rules = rules
        self.request_of = request_of
        self.request = request_of(runner)
        found = demands_of(runner, self.request, rules)
        self.brought = following_from_facts(self.request, found, rules)
        idle = idle_limits(self.request, rules).union(*self.brought.values())
        self.demands = tuple(one for one in found if one.key not in idle)
        self._by_key = {demand.key: demand for demand in self.demands}
        self._requests: dict[Key, Request | None] = {}
        self._to_spare: dict[tuple[Key, bool], int] = {}
        self._beyond: dict[frozenset[str], bool] = {}

    @property
    def weeks(self) -> int:
        """Weeks that the plan has now."""
        return weeks_in(self.request)

    def demand(self, key: str) -> Demand:
        """The demand of this key."""
        return self._by_key[key]

    def put_off(self, runner: Runner, weeks: int) -> Runner:
        """The runner with so many weeks more for her goal."""
        return later(runner, weeks, self.request)

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

        Known without a solver; False says nothing. Beyond with more taken away is beyond with less.
        """
        if runner is not None:
            return self.most_to_spare(gone, runner) < 0
        asked = frozenset(gone)
        for other, beyond in self._beyond.items():
            if (beyond and other >= asked) or (not beyond and other <= asked):
                return beyond
        self._beyond[asked] = self.most_to_spare(asked) < 0
        return self._beyond[asked]

    def most_to_spare(self, gone: Collection[str], runner: Runner | None = None) -> int:
        """By how many hundredths of a minute some plan might get beyond the goal, at the very most.

        Below 0 where none reaches it; of walking nothing is known.
        """
        runner = runner or self.runner
        key = (self.key(gone, runner), "later" in gone)
        if key not in self._to_spare:
            self._to_spare[key] = self._most_to_spare(gone, runner)
        return self._to_spare[key]

    def _most_to_spare(self, gone: Collection[str], runner: Runner) -> int:
        request = self.request_without(gone, runner)
        any_day = "later" in gone
        is_too_short = any(one.line == "weeks" and one.key not in gone for one in self.demands)
        if request is None or not ((any_day and not is_too_short) or has_its_day(request)):
            return -NO_LIMIT
        return most_to_spare(request, self.kept(gone), any_day=any_day)

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
