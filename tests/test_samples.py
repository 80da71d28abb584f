"""The samples: each is planned and keeps every limit, and together they use every key there is."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.profile import Runner
from tests.commands import SAMPLES, TODAY, run


def names(path: Path) -> str:
    return path.stem


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory):
    """The plan of a sample by its name, made once, and its file."""
    folder = tmp_path_factory.mktemp("samples")
    made: dict[str, tuple[dict, Path]] = {}

    def plan_of(name: str) -> tuple[dict, Path]:
        if name not in made:
            file = folder / f"{name}.toml"
            shutil.copy(next(path for path in SAMPLES if path.stem == name), file)
            made[name] = run("plan", file, "--json").document, file
        return made[name]

    return plan_of


def test_there_are_at_least_nine_stories():
    assert len(SAMPLES) >= 9


@pytest.mark.parametrize("sample", SAMPLES, ids=names)
def test_a_sample_says_what_it_shows(sample):
    text = sample.read_text(encoding="utf-8")

    assert text.startswith("# ")
    assert "# Shows: " in text


@pytest.mark.parametrize("sample", SAMPLES, ids=names)
def test_a_sample_is_planned_and_keeps_every_limit(planned, sample):
    _, file = planned(sample.stem)
    judged = run("check", file, "--json")

    assert (judged.code, judged.document["breaches"]) == (0, [])


@pytest.mark.parametrize("sample", SAMPLES, ids=names)
def test_every_tier_is_proven_in_a_sample(planned, sample):
    plan, _ = planned(sample.stem)

    assert [tier for tier in plan["tiers"] if not tier["proven"]] == []


def keys_of(table: dict, path: str = "") -> Iterator[str]:
    for key, value in table.items():
        here = f"{path}.{key}".lstrip(".")
        yield here
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict):
                yield from keys_of(inner, here)


def schema_keys(schema: dict, definitions: dict, path: str = "") -> Iterator[str]:
    for part in (schema, *schema.get("anyOf", ()), schema.get("items", {})):
        if "$ref" in part:
            yield from schema_keys(definitions[part["$ref"].split("/")[-1]], definitions, path)
    for key, inner in schema.get("properties", {}).items():
        here = f"{path}.{key}".lstrip(".")
        yield here
        yield from schema_keys(inner, definitions, here)


def test_every_key_of_the_runners_file_is_in_a_sample():
    schema = Runner.model_json_schema(by_alias=True)
    known = set(schema_keys(schema, schema["$defs"]))
    used = {key for path in SAMPLES for key in keys_of(tomllib.loads(path.read_text("utf-8")))}

    assert {"runner.name", "week.minutes.mon", "away.from", "back.better_with"} <= known
    # A start time for one weekday stands for those of the others.
    assert {key for key in known - used if not key.startswith("week.start.")} == set()
    assert any(key.startswith("week.start.") for key in used)


def runs(plan: dict) -> list[tuple[str, str, float]]:
    return [
        (day["date"], session["kind"], session["run_minutes"])
        for day in plan["days"]
        for session in day["sessions"]
        if session["run_minutes"]
    ]


def test_from_zero_she_starts_on_the_ladder_and_runs_30_minutes_at_the_end(planned):
    plan, _ = planned("zero-to-thirty")

    # The first stage of the gentle ladder: 13 × 15 s = 3.25 minutes.
    assert runs(plan)[0][1:] == ("run_walk", 3.25)
    assert plan["goal"]["reached"] is True


def test_the_10_km_race_is_on_its_day_and_takes_what_the_pace_says(planned):
    plan, _ = planned("race-10k")

    # 10 km × 6:45 = 67.5 minutes.
    assert runs(plan)[-1] == ("2027-04-11", "race", 67.5)
    assert plan["goal"]["reached"] is True


def test_the_holidays_of_the_10_km_runner_are_empty(planned):
    plan, _ = planned("race-10k")
    away = [day for day in plan["days"] if "2026-12-24" <= day["date"] <= "2026-12-27"]

    assert [day["sessions"] for day in away] == [[]] * 4


def test_walking_only_has_no_run(planned):
    plan, _ = planned("walking")

    assert runs(plan) == []
    assert plan["goal"]["reached"] is True


def test_where_three_runs_fit_a_fourth_is_missed_and_told(planned):
    _, file = planned("four-where-three-fit")
    remarks = run("check", file, "--json").document["remarks"]

    assert "sessions-wanted" in {remark["rule"] for remark in remarks}


def test_the_short_week_before_the_race_starts_on_wednesday(planned):
    plan, _ = planned("short-week-before-race")

    assert (plan["start"], plan["end"], len(plan["days"])) == ("2026-12-02", "2026-12-12", 11)


def test_what_is_out_of_reach_is_told_with_how_far_it_gets(planned):
    plan, _ = planned("out-of-reach")

    # A marathon at 6:30 takes 274 minutes; from 40 the cap of 10 % a run allows far less.
    assert plan["goal"]["reached"] is False
    assert 40 < plan["goal"]["planned_minutes"] < 274


def test_the_year_has_52_weeks(planned):
    plan, _ = planned("whole-year")

    assert len(plan["days"]) == 52 * 7


def test_the_samples_do_not_depend_on_the_day_they_are_planned(planned):
    plan, file = planned("race-10k")
    again = run("plan", file, "--json", today="2026-11-25").document

    assert (again["revision"], again["made_on"], plan["made_on"]) == (1, TODAY, TODAY)
