"""Small sums over the solver's variables that several rules about minutes need.

Each makes its helping variables once for the same expression.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ortools.sat.python import cp_model

MINUTE = 100
"""Expressions of running and walking are in hundredths of a minute."""


class Arithmetic:
    """Highest, bounded, off a wish, uneven, over: as linear expressions of a model."""

    def __init__(self, model: cp_model.CpModel, longest_minutes: int, most_hundredths: int) -> None:
        """``longest_minutes`` bounds one session, ``most_hundredths`` any sum compared."""
        self.model = model
        self._longest = longest_minutes
        self._most = most_hundredths
        self._made = 0
        self._deviations: dict[tuple[Any, int], Any] = {}

    def _next_name(self) -> str:
        """Names tell expressions apart: each made variable needs its own."""
        self._made += 1
        return f"made{self._made}"

    def highest(self, expressions: Sequence[Any]) -> Any:
        """The highest of some expressions; a number where all are numbers."""
        numbers = [e for e in expressions if isinstance(e, int)]
        unique = {str(e): e for e in expressions if not isinstance(e, int)}
        if not unique:
            return max(numbers, default=0)
        top = self.model.new_int_var(0, max([*numbers, self._most]), self._next_name())
        base = [max(numbers)] if numbers else []
        self.model.add_max_equality(top, [*unique.values(), *base])
        return top

    def within_any(self, value: Any, *bounds: tuple[int, Any]) -> None:
        """``factor · value <= bound`` for at least one of the pairs (factor, bound)."""
        if all(isinstance(bound, int) for _, bound in bounds):
            # The widest of plain numbers: compare value <= bound / factor.
            widest = max(bound // factor for factor, bound in bounds)
            self.model.add(value <= widest)
            return
        chosen = [self.model.new_bool_var("") for _ in bounds]
        for choice, (factor, bound) in zip(chosen, bounds, strict=True):
            self.model.add(factor * value <= bound).only_enforce_if(choice)
        self.model.add_bool_or(chosen)

    def deviation(self, expression: Any, wish: int, unit: int = 1) -> Any:
        """How far an expression is from a wish, in whole units, rounded up."""
        if isinstance(expression, int):
            return -(-abs(expression - wish) // unit)
        key = (str(expression), wish)
        if key not in self._deviations:
            most = max(self._longest, -(-wish // unit))
            off = self.model.new_int_var(0, most, self._next_name())
            self.model.add(off * unit >= expression - wish)
            self.model.add(off * unit >= wish - expression)
            self._deviations[key] = off
        return self._deviations[key]

    def uneven(self, expression: Any, step: int, least: int) -> Any:
        """1 where an expression is at least ``least`` and no multiple of ``step``."""
        key = (str(expression), -step)
        if key not in self._deviations:
            name = self._next_name()
            most = self._longest * MINUTE
            steps = self.model.new_int_var(0, most // step, f"{name}/steps")
            rest = self.model.new_int_var(0, step - 1, f"{name}/rest")
            small = self.model.new_bool_var(f"{name}/small")
            uneven = self.model.new_bool_var(name)
            self.model.add(expression == steps * step + rest)
            self.model.add(expression < least).only_enforce_if(small)
            self.model.add(rest <= (step - 1) * (uneven + small))
            self._deviations[key] = uneven
        return self._deviations[key]

    def over(self, expression: Any, unit: int) -> Any:
        """An expression where it is above 0, in whole units, rounded up."""
        off = self.model.new_int_var(0, 28 * self._longest, self._next_name())
        self.model.add(off * unit >= expression)
        return off
