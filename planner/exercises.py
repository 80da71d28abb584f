"""Which exercises belong into a strength or a mobility session.

Nothing in a direction that hurts; in a flare only what eases or leaves the spine alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from planner.plan import Exercise, Frozen, State
from planner.sources import Carried, SourceIds

KINDS_IN = {
    "strength": ("core", "strength"),
    "mobility": ("mobility", "stretch", "foam_roll"),
}
"""The kinds of exercise in a session, in the order in which they are done."""


class ExerciseEntry(Frozen):
    """One exercise of the catalogue and when it may be done.

    ``not_if_worse`` names directions that rule it out when they hurt, ``needs_relief`` directions
    of which one must ease. ``flare_max_tenths`` is the most pain in a flare, in tenths of a point.
    ``amount_eased`` takes the place of ``amount`` in ``states_eased``. ``source`` carries the exercise,
    ``dose`` its amount and sets.
    """

    id: str
    name: str
    kind: Literal["core", "strength", "mobility", "stretch", "foam_roll"]
    directions: tuple[str, ...]
    states: tuple[State, ...]
    not_if_worse: tuple[str, ...] = ()
    needs_relief: tuple[str, ...] = ()
    needs_relief_in_flare: tuple[str, ...] = ()
    flare_max_tenths: int | None = None
    sets: int
    sets_range: tuple[int, int]
    amount: str
    amount_eased: str = ""
    states_eased: tuple[State, ...] = ()
    per_side: bool = False
    dose: Carried
    note: str = ""
    source: SourceIds
    status: tuple[Literal["read", "secondary", "recalled"], ...]

    def allowed(
        self,
        state: State,
        worse_with: Sequence[str],
        better_with: Sequence[str],
        pain_tenths: int | None,
    ) -> bool:
        """Whether it may be done with such a back; pain that isn't known counts as too much."""
        relief = [self.needs_relief]
        if state is State.FLARE:
            relief.append(self.needs_relief_in_flare)
            most = self.flare_max_tenths
            if most is not None and (pain_tenths is None or pain_tenths > most):
                return False
        return (
            state in self.states
            and not any(direction in worse_with for direction in self.not_if_worse)
            and all(any(way in better_with for way in ways) for ways in relief if ways)
        )

    def in_session(self, state: State) -> Exercise:
        """The exercise as it stands in a session."""
        eased = self.amount_eased and state in self.states_eased
        return Exercise(
            id=self.id,
            name=self.name,
            sets=self.sets,
            amount=self.amount_eased if eased else self.amount,
            per_side=self.per_side,
        )


def exercises_for(
    kind: Literal["strength", "mobility"],
    state: State,
    worse_with: Sequence[str],
    better_with: Sequence[str],
    catalogue: Sequence[ExerciseEntry],
    *,
    pain_tenths: int | None = None,
) -> tuple[Exercise, ...]:
    """The exercises of a session, always in the same order.

    Strength is core work and then strength; in a flare only core work is left, and only with
    ``pain_tenths`` known and low. Mobility is never empty with the catalogue of the rulebook.
    """
    return tuple(
        entry.in_session(state)
        for part in KINDS_IN[kind]
        for entry in catalogue
        if entry.kind == part and entry.allowed(state, worse_with, better_with, pain_tenths)
    )
