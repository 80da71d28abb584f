"""A new plan with sessions put back as they were: what that breaks, and which wishes it would cost.

A session goes back alone, and with all that changed together with it: sessions that came to its day,
or went from it, and so on. What breaks only as the others stay is down to the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from planner.checking import check
from planner.comparing import Change, Place, places
from planner.plan import Kind, Plan, Session
from planner.request import Request
from planner.rule import Breach, Rule, Stage, Tier
from planner.sessions import concerns, limits_of

Group = frozenset[str]

STAYING = (Tier.CHANGES, Tier.MINUTES)
"""Wishes that no change can be put down to: they speak against all of them."""

WISHES = tuple(tier for tier in Tier if tier is not Tier.LIMIT and tier not in STAYING)
FIRST_WISHES = (Tier.OWN_DAYS, Tier.SESSIONS)
"""Wishes that come before fewest changes: of a re-plan these alone can ask for another day."""

OF_ANY_KIND = ("rest-days", "race-day")
"""Limits on days that any session may break."""

OF_MINUTES = ("rest-days", "one-a-day")
"""Limits on the places of sessions that look at minutes, too."""


def is_as_much(was: Place | None, now: Place | None) -> bool:
    """Whether a session has the same day, kind and minutes: no rule can tell the two apart."""
    if was is None or now is None or was[0] != now[0]:
        return False
    before, after = (
        (one.kind, one.minutes, one.run_minutes, one.walk_minutes, one.steps)
        for one in (was[1], now[1])
    )
    return before == after


class PutBack:
    """The new plan, judged with some sessions where and as they were; each answer is kept.

    ``given`` are the identities of changes that have a fact behind them.
    """

    def __init__(
        self,
        found: Sequence[Change],
        was: Mapping[str, Place],
        new: Plan,
        request: Request,
        rules: Sequence[Rule],
        given: Collection[str],
    ) -> None:
        self.new, self.request, self.given = new, request, given
        self.was, self.now = was, places(new)
        self.by_tier = {tier: [rule for rule in rules if rule.tier is tier] for tier in Tier}
        self.changed = [
            one.session_id
            for one in found
            if not is_as_much(was.get(one.session_id), self.now.get(one.session_id))
        ]
        self.groups = self._groups()
        limits = self.by_tier[Tier.LIMIT]
        known = {name for kind in Kind for name in limits_of(kind)}
        self.unknown = {rule.name for rule in limits} - known
        places_only = {rule.name for rule in limits if rule.stage is Stage.PLACE}
        self.of_places = (places_only & known) - {*OF_MINUTES}
        self.kept = check(request, new, limits)
        self._broken: dict[Group, tuple[Breach, ...]] = {}
        self._costs: dict[tuple[Group, Tier], Counter[str]] = {}

    def days_of(self, name: str) -> set[date]:
        """The days that a session was on and is on."""
        return {place[0] for place in (self.was.get(name), self.now.get(name)) if place}

    def limits(self, name: str, *, elsewhere: bool = False) -> tuple[Breach, ...]:
        """The limits that a session as it was would break on its own days, or ``elsewhere``.

        With all that changed together with it as it was, too: these limits speak against itself.
        """
        alone, group = frozenset((name,)), self.groups[name]
        found = self._there(name, group, elsewhere=elsewhere)
        if not found or group == alone:
            return found
        names = {one.rule for one in self._there(name, alone, elsewhere=elsewhere)}
        if all(one.rule in names for one in found):
            return found
        others = {one.rule for one in self._there(name, group - alone, elsewhere=elsewhere)}
        return tuple(one for one in found if one.rule in names or one.rule not in others)

    def limits_beside(self, name: str, *, elsewhere: bool = False) -> tuple[Breach, ...]:
        """The limits that a session as it was would break beside the others as they are now.

        None that ends with others for which nothing else speaks: those could be as they were, too.
        """
        return self._beside(name, elsewhere, frozenset())

    def _there(self, name: str, group: Group, *, elsewhere: bool) -> tuple[Breach, ...]:
        days = self.days_of(name)
        found = self._limits(group)
        return tuple(one for one in found if days.isdisjoint(one.days) is elsewhere)

    def stays_on_its_day(self, name: str) -> bool:
        """Whether a session is in both plans, on the same day."""
        return name in self.was and name in self.now and len(self.days_of(name)) == 1

    def day_left(self, name: str) -> date | None:
        """The day that a session was on and moved from; None where it did not move."""
        is_moved = name in self.was and name in self.now and len(self.days_of(name)) > 1
        return self.was[name][0] if is_moved else None

    def wishes(self, name: str, tiers: Sequence[Tier]) -> set[str]:
        """The wishes that a session as it was would cost more of: those of the first tier with any.

        By itself and with all that changed together with it: what costs less one way is no reason.
        """
        alone, group = frozenset((name,)), self.groups[name]
        kind = (self.was.get(name) or self.now[name])[1].kind
        for tier in tiers:
            dearer = self._dearer(alone, tier)
            names = {rule for rule in dearer if concerns(rule, kind)}
            if names and group != alone:
                names &= self._dearer(group, tier)
            if names:
                return names
        return set()

    def _beside(self, name: str, elsewhere: bool, asking: Group) -> tuple[Breach, ...]:
        """``limits_beside``, where ``asking`` are those whose own reason this is to be."""
        alone = frozenset((name,))
        if self.groups[name] == alone:
            return ()
        found = self._there(name, alone, elsewhere=elsewhere)
        asking |= alone
        return tuple(one for one in found if self._must_stand(one, name, asking))

    def _must_stand(self, breach: Breach, name: str, asking: Group) -> bool:
        """Whether a limit beside others stays broken: each that would end it has its own reason."""
        others = sorted(self.groups[name] - {name})
        days = set(breach.days)
        ending = [
            one
            for one in others
            if not any(
                other.rule == breach.rule and days & set(other.days)
                for other in self._limits(frozenset((name, one)))
            )
        ]
        near = ending or [one for one in others if self.days_of(one) & days]
        return all(self._is_called_for(one, asking) for one in near)

    def _is_called_for(self, name: str, asking: Group) -> bool:
        """Whether anything speaks for a change, those aside that ask for it."""
        if name in self.given:
            return True
        if name in asking:
            return False
        if self.limits(name) or self.limits(name, elsewhere=True):
            return True
        # A plan made from the wishes alone may place everything anew: no wish asks for just this day.
        stays = self.stays_on_its_day(name)
        tiers = WISHES if stays else FIRST_WISHES if self.request.before else ()
        return bool(self.wishes(name, tiers) or self._beside(name, False, asking))

    def _limits(self, group: Group) -> tuple[Breach, ...]:
        """The limits that the new plan breaks with a group as it was, and does not break as it is."""
        if group not in self._broken:
            found = check(self.request, self._with(group), self._held_by(group))
            broken = tuple(one for one in found if one.is_limit and one not in self.kept)
            self._broken[group] = broken
        return self._broken[group]

    def _held_by(self, group: Group) -> list[Rule]:
        """The limits that can tell whether a group is as it was, and all of other packages."""
        kinds = {of[name][1].kind for of in (self.was, self.now) for name in group if name in of}
        names = {name for kind in kinds for name in limits_of(kind)} | {*OF_ANY_KIND, *self.unknown}
        if all(self._has_other_minutes_alone(name) for name in group):
            names -= self.of_places
        return [rule for rule in self.by_tier[Tier.LIMIT] if rule.name in names]

    def _has_other_minutes_alone(self, name: str) -> bool:
        same_day = self.stays_on_its_day(name)
        return same_day and self.was[name][1].kind is self.now[name][1].kind

    def _dearer(self, group: Group, tier: Tier) -> set[str]:
        """The wishes of a tier that cost more with a group as it was than they do now."""
        costs, now = (self._cost(one, tier) for one in (group, frozenset[str]()))
        return {rule for rule, cost in costs.items() if cost > now[rule]}

    def _cost(self, group: Group, tier: Tier) -> Counter[str]:
        if (group, tier) not in self._costs:
            costs: Counter[str] = Counter()
            for breach in check(self.request, self._with(group), self.by_tier[tier]):
                costs[breach.rule] += breach.cost
            self._costs[group, tier] = costs
        return self._costs[group, tier]

    def _groups(self) -> dict[str, Group]:
        """Each changed session with those that changed on its days, and on theirs, and so on."""
        left = {name: self.days_of(name) for name in self.changed}
        groups: dict[str, Group] = {}
        while left:
            first, days = left.popitem()
            names = {first}
            while more := {name for name, own in left.items() if own & days}:
                for name in sorted(more):
                    days = days | left.pop(name)
                names |= more
            groups.update((name, frozenset(names)) for name in names)
        return groups

    def _with(self, group: Group) -> Plan:
        """The new plan with a group of sessions as it was; the states are the new ones."""
        if not group:
            return self.new
        touched = {day for name in group for day in self.days_of(name)}
        days = tuple(
            day.model_copy(
                update={"sessions": tuple(self._sessions(day.date, day.sessions, group))}
            )
            if day.date in touched
            else day
            for day in self.new.days
        )
        return self.new.model_copy(update={"days": days})

    def _sessions(self, on: date, now: Sequence[Session], group: Group) -> Iterator[Session]:
        yield from (session for session in now if session.id not in group)
        for name in sorted(group):
            place = self.was.get(name)
            if place and place[0] == on:
                yield place[1]
