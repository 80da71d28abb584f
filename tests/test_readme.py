"""The README tells the truth: commands, options, keys, numbers, samples, picture."""

from __future__ import annotations

import re
import shutil
import tomllib

import click
import pytest

from planner.cli.main import COMMANDS, main
from planner.plan import State
from planner.profile import Runner
from tests.commands import ROOT, SAMPLES, run

README = (ROOT / "README.md").read_text(encoding="utf-8")


def block_after(mark: str) -> str:
    """The code block that follows a comment."""
    found = re.search(rf"<!-- {mark} -->\n```\w*\n(.*?)```", README, flags=re.DOTALL)
    assert found, f"README.md has no block after <!-- {mark} -->"
    return found[1]


@pytest.mark.parametrize("name", ["command: plan", "command: test"])
def test_each_command_is_one_line_that_makes_its_own_environment(name):
    (line,) = block_after(name).splitlines()

    assert line.startswith("python3 -m venv ")
    assert "pip --python .venv/bin/python install" in line


def test_the_picture_is_a_week_as_the_command_prints_it(tmp_path):
    shutil.copy(ROOT / "samples" / "race-10k.toml", tmp_path)
    file = tmp_path / "race-10k.toml"
    run("plan", file)
    real = run("show", file, "--week", "1").out.split("\n\n")[1].splitlines()
    shown = block_after("picture").splitlines()

    # Another release of the solver may find another plan as good as this one: the shape counts.
    assert [line[:12] for line in shown if line[2:5].isalpha()] == [
        line[:12] for line in real if line[2:5].isalpha()
    ]
    assert re.sub(r"\d+ min", "N min", shown[0]) == re.sub(r"\d+ min", "N min", real[0])


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_its_options_are_in_the_readme(name):
    command = main.get_command(click.Context(main), name)  # type: ignore[attr-defined]
    options = [option for part in command.params for option in part.opts if option[:2] == "--"]

    assert f"runback {name}" in README
    assert [option for option in options if option not in README] == []


def test_every_key_of_the_runners_file_is_in_the_readme():
    schema = Runner.model_json_schema(by_alias=True)
    tables = [schema, *schema["$defs"].values()]
    keys = {key for table in tables for key in table.get("properties", {})}
    weekdays = {"tue", "wed", "thu", "fri", "sat"}  # told as mon … sun
    told = set(
        re.findall(r"\w+", " ".join(re.findall(r"`[^`\n]+`", part_of("The keys of the file"))))
    )

    assert keys - weekdays - told == set()


def test_every_sample_is_in_the_readme():
    assert [path.stem for path in SAMPLES if f"(samples/{path.name})" not in README] == []


def part_of(heading: str) -> str:
    """What stands under a heading, up to the next."""
    return re.split(r"^#+ ", README.split(f"# {heading}\n", 1)[1], flags=re.MULTILINE)[0]


def limit_rows() -> dict[str, list[str]]:
    rows = re.findall(r"^\| `([a-z-]+)` \| (.*) \|$", part_of("The limits"), flags=re.MULTILINE)
    return {name: [cell.strip() for cell in cells.split(" | ")] for name, cells in rows}


def test_every_limit_is_in_the_readme_with_its_source_and_grade():
    from planner.rule import Tier
    from rules import RULEBOOK

    limits = [rule.name for rule in RULEBOOK if rule.tier is Tier.LIMIT]

    assert sorted(limit_rows()) == sorted(limits)
    assert {len(cells) for cells in limit_rows().values()} == {3}


def test_the_numbers_of_the_limits_are_those_of_the_rulebook():
    """Each number of limits.toml stands in its limit's row (a week's or month's window too)."""
    from rules.loading import load_limits

    missing = []
    for name, (numbers, *_) in limit_rows().items():
        told = {int(number) for number in re.findall(r"\d+", numbers)}
        for state, keys in load_limits().by_rule.get(name, {}).items():
            missing += [
                (name, state, key, value)
                for key, value in keys.items()
                if (value // 10 if key.endswith("_tenths") else value) not in told
                and not key.startswith("step_")
                and key not in NOT_IN_THE_TABLE
            ]

    assert missing == []


NOT_IN_THE_TABLE = ("week_1_percent", "week_2_percent", "week_3_percent", "week_4_percent")
"""Targets, not limits."""


def test_the_states_are_explained():
    assert [state.value for state in State if f"**{state.value}**" not in README] == []


def test_the_emergency_signs_are_all_there():
    """Each emergency question of the rulebook has its sign in the README."""
    from rules.loading import load_triage

    emergency = [ask.id for ask in load_triage() if ask.urgency == "EMERGENCY_999_AE"]
    part = README.split("emergency number", 1)[1].split("**Do not run, and speak", 1)[0]
    signs = {
        "RF1": "where a saddle would touch",
        "RF2": "urine",
        "RF3": "bowels",
        "RF4": "sexual problem",
        "RF5": "both legs",
        "RF6": "foot that drops",
        "RF7": "serious accident",
        "RF8": "chest pain",
        "RF9": "tearing pain",
    }

    assert sorted(signs) == sorted(emergency)
    assert [id_ for id_, sign in signs.items() if sign not in part] == []


def test_the_example_of_stricter_limits_is_one(tmp_path):
    rule, line = re.search(r"`\[(run-days\.mild)\]` with `(max_days = \d)`", README).groups()
    limits = tmp_path / "physio.toml"
    limits.write_text(f"[{rule}]\n{line}\n")

    shown = run("rules", "run-days", "--limits", limits, "--json").document["rules"][0]
    assert shown["limits"]["mild"]["max_days"] == tomllib.loads(line)["max_days"]
