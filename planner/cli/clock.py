"""The only place that reads the clock."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo


def today_in(time_zone: str) -> date:
    """Today where the runner lives."""
    return datetime.now(ZoneInfo(time_zone)).date()
