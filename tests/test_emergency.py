"""Emergency numbers: by the country of a time zone, only where they were checked."""

from __future__ import annotations

import zoneinfo
from collections import Counter

import pytest

from planner.emergency import country_of_zones, emergency_number
from rules.loading import load_emergency

KNOWN = load_emergency()
ZONES = sorted(zoneinfo.available_timezones())
COUNTRIES = {country for entry in KNOWN.number for country in entry.countries}


@pytest.mark.parametrize(
    ("zone", "number"),
    [
        ("Europe/Zurich", "144"),
        ("Europe/Berlin", "112"),
        ("Europe/Busingen", "112"),  # a German town with the clock of Zurich
        ("Atlantic/Canary", "112"),
        ("Europe/London", "999"),
        ("Europe/Oslo", "113"),
        ("America/New_York", "911"),
        ("Pacific/Honolulu", "911"),
        ("America/Toronto", "911"),
        ("America/Sao_Paulo", "192"),
        ("Australia/Sydney", "000"),
        ("Pacific/Auckland", "111"),
        ("Asia/Tokyo", "119"),
        ("Asia/Seoul", "119"),
        ("Asia/Shanghai", "120"),
        ("Asia/Kolkata", "112"),
    ],
)
def test_the_number_for_a_medical_emergency_of_a_country(zone, number):
    assert emergency_number(zone, KNOWN) == number


@pytest.mark.parametrize(
    ("zone", "number"),
    [("Iceland", "112"), ("Asia/Calcutta", "112"), ("US/Pacific", "911"), ("Japan", "119")],
)
def test_older_names_of_zones_are_those_of_their_country(zone, number):
    assert emergency_number(zone, KNOWN) == number


@pytest.mark.parametrize(
    "zone", ["UTC", "Etc/GMT-1", "CET", "EST", "Antarctica/McMurdo", "Nowhere"]
)
def test_a_zone_without_a_country_has_no_number(zone):
    assert emergency_number(zone, KNOWN) is None


def test_every_zone_has_the_number_of_its_country_or_none():
    countries = {**country_of_zones(), **KNOWN.old_names}
    with_number = [zone for zone in ZONES if emergency_number(zone, KNOWN)]

    assert [zone for zone in with_number if countries[zone] not in COUNTRIES] == []
    assert [zone for zone in ZONES if countries.get(zone) in COUNTRIES] == with_number


def test_every_country_and_older_name_is_one_of_the_database():
    assert set(country_of_zones().values()) >= COUNTRIES
    assert set(KNOWN.old_names) <= set(ZONES)
    assert set(KNOWN.old_names.values()) <= COUNTRIES


def test_no_country_has_two_numbers():
    listed = Counter(country for entry in KNOWN.number for country in entry.countries)

    assert [country for country, count in listed.items() if count > 1] == []


def test_every_number_is_short_and_was_read_on_a_page():
    assert [entry.call for entry in KNOWN.number if not entry.call.isdigit()] == []
    assert [entry.call for entry in KNOWN.number if len(entry.call) != 3] == []
    assert [
        entry.call
        for entry in KNOWN.number
        if entry.status != "read" or not entry.page.startswith("http")
    ] == []
