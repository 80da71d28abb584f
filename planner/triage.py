"""The red flag questions as data."""

from __future__ import annotations

from planner.plan import Frozen
from planner.sources import SourceIds


class TriageQuestion(Frozen):
    """One question, what a yes may point to, how urgent it is and what must follow.

    ``urgency`` is a code such as ``EMERGENCY_999_AE``. ``status`` says how the question was
    checked; one that is only ``recalled`` is asked, but without a source.
    """

    id: str
    question: str
    may_point_to: str
    urgency: str
    what_to_do: str
    when_asked: str
    source: SourceIds
    status: tuple[str, ...]
    note: str
