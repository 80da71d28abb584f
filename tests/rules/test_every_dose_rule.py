"""What holds for every dose rule: both sayings are one on odd weeks, and no order of them matters."""

from __future__ import annotations

import random
from datetime import date

import pytest

from planner.checking import check
from planner.dosing import dose
from planner.plan import Kind, Step
from planner.request import Before, HardStep, PastRun, Restart, Setback, WeekWish
from planner.rule import Stage, Tier
from rules import RULEBOOK
from tests.dose_agreement import (
    breaches,
    every_dose,
    least_cost,
    placed,
    plan_with,
)
from tests.requests import a_request

DOSE = [rule for rule in RULEBOOK if rule.stage is Stage.DOSE]
LIMITS = [rule for rule in DOSE if rule.tier is Tier.LIMIT]
WISHES = [rule for rule in DOSE if rule.tier is not Tier.LIMIT]
SUNDAY = date(2026, 12, 6)
WISH = WeekWish(easy_minutes=8, long_minutes=10, hard_minutes=1, walk_minutes=5)
STEPS = (HardStep(repeats=1, hard_seconds=60, easy_seconds=60, warm_up_minutes=1),)

RUN, WALK = (
    Before(kinds=(Kind.EASY_RUN,), run_hundredths=400),
    Before(kinds=(Kind.WALK,), walk_minutes=4),
)
# Odd requests, over a week border from a Sunday on: days of a few minutes, a flare before a return, the
# last day on the ladder, a race, a cut-back week, running before that allows little, set-backs of every
# sort, and a plan before.
ODD = {
    "returning": (
        "r . r .",
        {
            "states": "fr",
            "past_runs": {-9: 8, -2: 0.0},
            "past_week_hundredths": (800, 2000),
            "minutes": 33,
            "restart": Restart(
                day=1,
                pre_flare_week_hundredths=2000,
                last_run_hundredths=800,
                days_since_last_run=9,
            ),
            "setback": Setback(hold_days=3, run_hundredths=325, bout_hundredths=25),
        },
    ),
    "racing": (
        "h . e R",
        {
            "past_runs": {-30: 4, -31: 9},
            "past_week_hundredths": (400,),
            "race_on": 3,
            "minutes": 6,
            "setback": Setback(hold_days=4, run_hundredths=440, all_hundredths=900),
            "before": (RUN, None, WALK, RUN),
        },
    ),
    "mixed": (
        "e h l ew",
        {
            "states": "hhmM",
            "past_runs": {-1: 5},
            "run_before_in_week_0": 500,
            "past_week_hundredths": (500, 0, 0, 0, 900),
            "minutes": (3, 4, 4, 7),
            "before": (RUN, WALK, None, Before(kinds=(*RUN.kinds, *WALK.kinds), walk_minutes=2)),
        },
    ),
    "lighter": (
        "l . h ew",
        {
            "states": "mfm",
            "past_week_hundredths": (700,),
            "past_runs": {-3: 3},
            "minutes": (5, 0, 5, 8),
            "week_wishes": (WISH, WISH.model_copy(update={"cut_back": True})),
            "setback": Setback(hold_days=7, all_hundredths=1000),
            "before": (RUN, RUN, RUN, WALK),
        },
    ),
    "ladder": (
        ". . r rw",
        {
            "states": "mmmM",
            "past_runs": {-1: 6},
            "stages_before": (2, 2),
            "ladder_weeks": (1,),
            "minutes": (0, 0, 30, 44),
        },
    ),
}
every_limit = pytest.mark.parametrize("rule", LIMITS, ids=lambda rule: rule.name)
every_wish = pytest.mark.parametrize("rule", WISHES, ids=lambda rule: rule.name)
odd = pytest.mark.parametrize("odd", ODD)


def an_odd(name):
    letters, given = ODD[name]
    goal = {"minutes": 60} if "race_on" not in given else {}
    stages = given.get("stages_before", ())
    plain = {key: value for key, value in given.items() if key != "stages_before"}
    request = a_request(
        4, start=SUNDAY, hard_steps=STEPS, wish=WISH, walk_minutes=3, **{**goal, **plain}
    )
    done = tuple(done_at(request, -8 + place, stage) for place, stage in enumerate(stages))
    request = request.model_copy(update={"past_runs": (*done, *request.past_runs)})
    return letters, cut_to_a_race_of(request, 500)


def done_at(request, day, number):
    """A clean run/walk session before the plan at a stage of the ladder, counted from 1."""
    stage = request.ladder.stages[number - 1]
    step = Step(
        repeat=stage.repeats, run_seconds=stage.run_seconds, walk_seconds=stage.walk_seconds
    )
    return PastRun(
        day=day,
        run_hundredths=stage.run_hundredths,
        kind=Kind.RUN_WALK,
        steps=(step,),
        is_clean=True,
    )


def cut_to_a_race_of(request, hundredths):
    """A race so short that all its minutes can be listed."""
    goal = request.goal.model_copy(update={"asked_hundredths": hundredths})
    return request.model_copy(update={"goal": goal})


@odd
@every_limit
@pytest.mark.parametrize("alike", [True, False])
def test_solver_and_checker_allow_the_same(rule, odd, alike):
    letters, request = an_odd(odd)
    domains = {3: (325, 326, 440, 441, 500)} if "R" in letters else None
    possible = every_dose(request, letters, domains, alike=alike)

    by_solver = every_dose(request, letters, domains, [rule], alike=alike)

    assert by_solver == {d for d in possible if not breaches(rule, request, letters, d)}


@odd
@every_wish
def test_solver_and_checker_count_the_same(rule, odd):
    letters, request = an_odd(odd)
    domains = {3: (325, 500)} if "R" in letters else None
    # A share of the doses, the same each time: all of them take a second and more.
    possible = sorted(every_dose(request, letters, domains), key=str)[::11]

    for doing in possible:
        by_checker = sum(breach.cost for breach in breaches(rule, request, letters, doing))
        assert least_cost(rule, request, letters, doing, domains) == by_checker, doing


@odd
def test_a_limit_says_so(odd):
    letters, request = an_odd(odd)
    domains = {3: (325, 326, 440, 441, 500)} if "R" in letters else None
    possible = sorted(every_dose(request, letters, domains), key=str)[::7]

    found = {
        (rule.tier is Tier.LIMIT, breach.is_limit, breach.rule == rule.name)
        for rule in DOSE
        for doing in possible
        for breach in breaches(rule, request, letters, doing)
    }

    assert found <= {(True, True, True), (False, False, True)}
    assert found


@odd
@every_limit
def test_a_run_left_out_breaks_no_limit(rule, odd):
    letters, request = an_odd(odd)
    domains = {3: (325, 326, 440, 441, 500)} if "R" in letters else None

    found = every_dose(request, letters, domains, [rule], may_drop=True)

    # Stricter than the checker it may be: a run of no minutes is placed, and yet none.
    assert {d for d in found if breaches(rule, request, letters, d)} == set()
    assert found


def two_weeks():
    """Two weeks with a conflict: the goal of 60 minutes is out of reach, days are short."""
    request = a_request(
        14,
        states="m",
        minutes=(45, 0, 90, 60, 30, 45, 120) * 2,
        past_runs={-2: 30, -4: 25},
        past_week_hundredths=(9000, 8000),
        hard_steps=STEPS,
        wish=WeekWish(easy_minutes=33, long_minutes=47, hard_minutes=1, walk_minutes=25),
    )
    return cut_to_a_race_of(request, 6000), "e . hw . ew m l e . ew s hw . l"


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_rules_changes_no_tier(seed):
    request, letters = two_weeks()
    shuffled = random.Random(seed).sample(DOSE, len(DOSE))

    _, solved = dose(request, placed(letters), DOSE)
    _, other = dose(request, placed(letters), shuffled)

    assert [(tier.name, tier.cost, tier.proven) for tier in other.tiers] == [
        (tier.name, tier.cost, tier.proven) for tier in solved.tiers
    ]
    assert all(tier.proven for tier in solved.tiers)


def test_the_tiers_come_to_what_the_checkers_count():
    request, letters = two_weeks()

    doing, solved = dose(request, placed(letters), DOSE)

    plan = plan_with(request, letters, doing)
    counted = {
        tier: sum(
            breach.cost
            for breach in check(request, plan, [rule for rule in DOSE if rule.tier is tier])
        )
        for tier in (Tier.GOAL, Tier.WALKING, Tier.RAMP)
    }
    told = {tier.name: tier.cost for tier in solved.tiers}
    assert {tier: told[tier.value] for tier in counted} == counted
    # From 30 minutes nobody gets to 60 in seven runs, each a tenth longer: 30 × 1.1⁷ = 58.5.
    assert told["goal"] >= 150


def test_a_plan_that_is_chosen_keeps_every_limit():
    request, letters = two_weeks()

    doing, _ = dose(request, placed(letters), DOSE)

    assert check(request, plan_with(request, letters, doing), LIMITS) == ()
