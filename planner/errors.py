"""What can go wrong for a runner, as sentences: what happened, and what to try."""

from __future__ import annotations


class PlannerError(Exception):
    """A fault to tell the runner about; ``try_`` is what she can do."""

    exit_code = 1

    def __init__(self, message: str, try_: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.try_ = try_


class InputError(PlannerError):
    """A file or a value that can't be understood."""

    exit_code = 3


class NoPlanPossible(PlannerError):
    """No plan keeps every limit."""

    exit_code = 4


class StoppedEarly(PlannerError):
    """The work allowed ran out before there was an answer."""

    exit_code = 5


class CareFirst(PlannerError):
    """A sign that needs care before any training: the plan is withdrawn."""

    exit_code = 7
