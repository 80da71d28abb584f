"""What holds for every rule: its names agree, it says why, it is tested, and both sayings are one.

Who a rule may import is in ``tests/test_house.py``; the dose rules said twice are in their own tests.
"""

from __future__ import annotations

import ast
import importlib
import random
from datetime import date
from pathlib import Path

import pytest

from planner import dosing
from planner.placing import AGAIN_TIERS, place
from planner.plan import Kind
from planner.request import Before, OwnDay, Setback, WeekWish, Wishes
from planner.rule import Rule, Stage, Tier
from rules import RULEBOOK
from rules.loading import load_sources
from tests.agreement import assert_agreement
from tests.requests import a_request

ROOT = Path(__file__).parent.parent.parent
PLACE = [rule for rule in RULEBOOK if rule.stage is Stage.PLACE]
TIERS = {
    Stage.PLACE: {Tier.LIMIT, *AGAIN_TIERS},
    Stage.DOSE: {Tier.LIMIT, *dosing.AGAIN_TIERS},
}

every_rule = pytest.mark.parametrize("rule", RULEBOOK, ids=lambda rule: rule.name)
every_place_rule = pytest.mark.parametrize("rule", PLACE, ids=lambda rule: rule.name)


def file_of(rule: Rule) -> Path:
    return ROOT / "rules" / rule.stage.value / f"{rule.name.replace('-', '_')}.py"


def docstring_of(path: Path) -> str:
    return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""


def test_no_two_rules_share_a_name():
    names = [rule.name for rule in RULEBOOK]

    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("stage", ["place", "dose"])
def test_every_file_of_a_rule_is_in_the_rulebook(stage):
    files = {path for path in (ROOT / "rules" / stage).glob("*.py") if path.stem != "__init__"}

    assert files == {file_of(rule) for rule in RULEBOOK if rule.stage.value == stage}


@every_rule
def test_file_and_class_are_named_after_the_rule(rule):
    words = rule.name.split("-")
    module = importlib.import_module(f"rules.{rule.stage.value}.{'_'.join(words)}")

    assert type(rule) is getattr(module, "".join(word.capitalize() for word in words))


@every_rule
def test_a_rule_says_what_it_is_and_where_it_comes_from(rule):
    assert rule.title.strip()
    assert rule.sources
    assert [id_ for id_ in rule.sources if id_ not in load_sources()] == []
    assert len(set(rule.sources)) == len(rule.sources)


@every_rule
def test_a_rule_counts_in_a_tier_of_its_stage(rule):
    assert rule.tier in TIERS[rule.stage]


@every_rule
def test_the_docstring_begins_with_the_sentence_and_says_why(rule):
    first, *others = docstring_of(file_of(rule)).splitlines()

    assert first.endswith(".")
    assert [line for line in others if line.startswith("Why: ")]


@every_rule
def test_a_rule_has_a_test_file_of_its_name(rule):
    tests = ROOT / "tests" / "rules" / rule.stage.value / f"test_{file_of(rule).name}"

    assert "\ndef test_" in tests.read_text(encoding="utf-8")


@every_place_rule
def test_a_place_rule_states_the_requests_on_which_its_two_sayings_are_compared(rule):
    tests = ROOT / "tests" / "rules" / "place" / f"test_{file_of(rule).name}"
    calls = [
        node
        for node in ast.walk(ast.parse(tests.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]
    called = [node.func.id for node in calls if isinstance(node.func, ast.Name)]

    assert "assert_agreement" in called


# Odd requests, for rules that say nothing about such days, too: from a Sunday over a week border, with
# days without time, away or in a flare, the ladder's week, running before, a race, a set-back, a red
# flag, and a plan before.
ODD = {
    "returning": {
        "states": "frr",
        "past_runs": {-1: Kind.RUN_WALK, -2: 30},
        "minutes": (60, 0, 25),
        "setback": Setback(days_off=2),
        "before": (
            Before(kinds=(Kind.EASY_RUN, Kind.STRENGTH)),
            None,
            Before(kinds=(Kind.RUN_WALK,)),
        ),
    },
    "racing": {
        "states": "h",
        "past_runs": {-1: Kind.HARD_RUN, -6: Kind.RACE},
        "race_on": 1,
        "before": (Before(kinds=(Kind.LONG_RUN,)), Before(), Before(kinds=(Kind.EASY_RUN,))),
        "own_days": (OwnDay(day=2, kind=Kind.EASY_RUN), OwnDay(day=-1, kind=Kind.WALK)),
    },
    "mixed": {
        "states": "mhM",
        "away": (1,),
        "minutes": 35,
        "ladder_weeks": (1,),
        "stopped": (Kind.HARD_RUN, Kind.STRENGTH),
        "own_days": (OwnDay(day=0, kind=Kind.STRENGTH), OwnDay(day=0, kind=Kind.LONG_RUN)),
    },
}
MOST = {Kind.LONG_RUN: 1, Kind.HARD_RUN: 1, Kind.RACE: 1}
"""The model never places more of them in a week (``placing.fit_the_days``), and a goal has one race."""


@pytest.mark.parametrize("odd", ODD)
@every_place_rule
def test_solver_and_checker_agree(rule, odd):
    request = a_request(
        3,
        start=date(2026, 12, 6),
        wishes=Wishes(runs=7, walks=7, strength=7, mobility=0, long_run_weekday=1),
        wish=WeekWish(easy_minutes=40, long_minutes=50, hard_minutes=2, walk_minutes=30),
        usual_week=(("run",), ("strength",), ("walk",), (), (), (), ("run", "long_run")),
        **ODD[odd],
    )

    assert_agreement(rule, request, ". e l h r R w es ws", MOST, bites=None)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_rules_changes_no_tier(seed):
    request = a_request(
        11,
        start=date(2026, 12, 3),
        minutes=(45, 0, 90, 60, 30, 45, 0, 45, 60, 90, 30),
        states="m",
        past_runs={-1: 30, -3: 30},
        wishes=Wishes(runs=4, walks=5, strength=2, mobility=2),
        wish=WeekWish(easy_minutes=35, long_minutes=50, walk_minutes=25),
        usual_week=(("run",), ("strength",), ("walk",), (), ("run",), (), ("run", "long_run")),
    )
    shuffled = random.Random(seed).sample(PLACE, len(PLACE))

    _, solved = place(request, PLACE)
    _, again = place(request, shuffled)

    costs = [(tier.name, tier.cost, tier.proven) for tier in solved.tiers]
    assert [(tier.name, tier.cost, tier.proven) for tier in again.tiers] == costs
    assert all(tier.proven for tier in solved.tiers)
    # More is asked for than fits, so that there is something to trade wrongly.
    assert all(tier.cost > 0 for tier in solved.tiers if tier.name != "room")
