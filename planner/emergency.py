"""What to call in an emergency where the runner lives, as far as her time zone tells it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Literal

from planner.plan import Frozen


class EmergencyCall(Frozen):
    """What to call for a medical emergency in some countries, and where that was checked."""

    call: str
    countries: tuple[str, ...]
    status: Literal["read", "recalled"]
    page: str


class Emergency(Frozen):
    """All that is known of emergency numbers, and the countries of zones by their older names."""

    number: tuple[EmergencyCall, ...]
    old_names: Mapping[str, str]


def emergency_number(time_zone: str, known: Emergency) -> str | None:
    """What to call in the country of an IANA zone; None where country or number is not known."""
    country = known.old_names.get(time_zone) or country_of_zones().get(time_zone)
    return next((entry.call for entry in known.number if country in entry.countries), None)


@cache
def country_of_zones() -> Mapping[str, str]:
    """IANA zone → ISO country, from ``zone.tab`` of the IANA time zone database."""
    text = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return MappingProxyType({row[2]: row[0] for row in rows})
