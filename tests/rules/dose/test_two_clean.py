"""At least two clean sessions at a stage of the ladder before the next; three after a flare."""

from __future__ import annotations

import pytest

from planner.doses import Dose
from planner.plan import Kind, Step
from rules.dose.two_clean import TwoClean
from rules.loading import load_ladders
from tests.dose_agreement import assert_same_doses_allowed, breaches, every_dose
from tests.plans import a_day, a_plan, a_session
from tests.requests import a_request

RULE = TwoClean()
GENTLE, PATTERN, BLAKE = (load_ladders()[name] for name in ("gentle", "pattern", "blake"))


def on_ladder(days, *, states="m", ladder=GENTLE, weeks=(0,), **given):
    """A runner on a ladder, its stages counted from 1 as people count them."""
    return a_request(days, states=states, ladder=ladder, ladder_weeks=weeks, **given)


def said_about(request, *stages):
    """Sessions of these stages, one a day."""
    ladders = [
        request.ladder if request.ladder_weeks[request.week_of(day)] else request.pattern
        for day in range(len(stages))
    ]
    doing = tuple(
        Dose(stage=stage - 1, run_hundredths=ladder.stages[stage - 1].run_hundredths)
        for stage, ladder in zip(stages, ladders, strict=True)
    )
    return breaches(RULE, request, "r " * len(stages), doing)


def broken(request, *stages):
    return [request.day_of(day) for breach in said_about(request, *stages) for day in breach.days]


@pytest.mark.parametrize(
    ("states", "stages", "expected"),
    [
        ("m", (3, 3, 4), []),
        ("m", (3, 4), [1]),
        ("m", (3, 3, 5), [2]),  # one stage at a time
        ("m", (3, 3, 3, 4, 4, 5), []),
        ("m", (3, 3, 4, 5), [3]),
        ("m", (3, 3, 4, 3, 4), [4]),  # after a step back two again
        ("m", (5, 3, 2, 2), []),  # down as one likes
        ("m", (3, 2, 3), [2]),
        ("m", (7,), []),  # where it begins is another rule's matter
        ("h", (3, 3, 4), []),
        ("h", (3, 4), [1]),
        # Three after a flare.
        ("r", (3, 3, 3, 4), []),
        ("r", (3, 3, 4), [2]),
        # No step up in moderate pain; down and level are free.
        ("M", (3, 3, 3, 4), [3]),
        ("M", (4, 4, 3, 3), []),
        # The state of the day of the step.
        ("MMm", (3, 3, 4), []),
        ("mmM", (3, 3, 4), [2]),
        ("rrm", (3, 3, 4), []),
        ("mmr", (3, 3, 4), [2]),
        # Every step too early is told.
        ("m", (3, 4, 5), [1, 2]),
    ],
)
def test_breaches(states, stages, expected):
    assert broken(on_ladder(len(stages), states=states), *stages) == expected


def test_a_ladder_that_stays_longer_keeps_it():
    # Three sessions at each level of this one.
    assert broken(on_ladder(4, states="h", ladder=BLAKE), 2, 2, 2, 3) == []
    assert broken(on_ladder(3, states="h", ladder=BLAKE), 2, 2, 3) == [2]


def test_above_the_top_of_the_ladder_more_of_the_same_is_a_step():
    # Stage 9 of the pattern: 8 × 3 minutes after 7 × 3.
    assert broken(on_ladder(3, states="r", weeks=()), 8, 8, 9) == [2]
    assert broken(on_ladder(4, states="r", weeks=()), 8, 8, 8, 9) == []


def test_other_sessions_between_do_not_count():
    request = on_ladder(5)
    doing = (Dose(stage=2, run_hundredths=900), Dose(walk_minutes=20)) * 2
    doing += (Dose(stage=3, run_hundredths=1200),)

    assert breaches(RULE, request, "r w r w r", doing) == ()


def test_a_foreign_plan_is_judged_by_bouts_and_minutes():
    # Not of our ladders: 5 × 3 minutes twice, then the bouts grow to 4 minutes at once.
    def session(times, minutes):
        step = Step(repeat=times, run_seconds=minutes * 60, walk_seconds=60)
        return a_session(
            Kind.RUN_WALK, times * (minutes + 1), run_minutes=times * minutes, steps=(step,)
        )

    request = on_ladder(3)
    days = [request.date_of(day) for day in range(3)]
    early = a_plan(a_day(days[0], session(5, 3)), a_day(days[1], session(4, 4)))
    settled = a_plan(
        a_day(days[0], session(5, 3)), a_day(days[1], session(5, 3)), a_day(days[2], session(4, 4))
    )

    assert [breach.days for breach in RULE.breaches(request, early)] == [(days[1],)]
    assert list(RULE.breaches(request, settled)) == []


@pytest.mark.parametrize(
    ("states", "stages", "reason"),
    [
        (
            "m",
            (3, 4),
            "A step up the ladder on Tue 1 Dec after 1 session at a stage; at least 2.",
        ),
        ("M", (3, 4), "A step up the ladder on Tue 1 Dec; in moderate pain there is none."),
        ("m", (3, 3, 5), "A step of 2 stages up the ladder on Wed 2 Dec; one at a time."),
    ],
)
def test_the_reason(states, stages, reason):
    found = said_about(on_ladder(len(stages), states=states), *stages)

    assert [breach.reason for breach in found] == [reason]
    assert found[0].is_limit


def few(ladder, *places):
    """A shorter ladder: these stages of it, counted from 1."""
    return ladder.model_copy(update={"stages": tuple(ladder.stages[place - 1] for place in places)})


@pytest.mark.parametrize("states", ["m", "h", "r", "M", "rrrm", "mmmM", "mmr", "mfm"])
@pytest.mark.parametrize("ladder", [few(GENTLE, 1, 2, 3, 4), few(BLAKE, 1, 2, 3)])
def test_solver_and_checker_allow_the_same(states, ladder):
    request = on_ladder(5, states=states, ladder=ladder)

    assert_same_doses_allowed(RULE, request, "r r r r r")


@pytest.mark.parametrize("states", ["m", "r", "M", "rm"])
@pytest.mark.parametrize("ladder", [few(GENTLE, 7, 8, 9, 10, 12), few(BLAKE, 2, 3, 4)])
@pytest.mark.parametrize("weeks", [(0,), (1,)])
def test_solver_and_checker_allow_the_same_from_one_ladder_to_the_other(states, ladder, weeks):
    # Sunday in one week, Monday in the next: one of them on the ladder, one on the pattern.
    request = on_ladder(
        9, states="m" * 6 + states, ladder=ladder, weeks=weeks, pattern=few(PATTERN, 2, 7, 8, 9)
    )

    assert_same_doses_allowed(RULE, request, ". . . . . r r r r")


@pytest.mark.parametrize("weeks", [(0,), (1,)])
def test_the_whole_of_both_ladders(weeks):
    request = on_ladder(8, weeks=weeks, minutes=44)

    assert_same_doses_allowed(RULE, request, ". . . . . . r r")


def test_a_session_left_out_allows_nothing_more():
    request = on_ladder(5, ladder=few(GENTLE, 1, 2, 3))

    found = every_dose(request, "r r r r r", rules=[RULE], may_drop=True)

    assert [dose for dose in found if breaches(RULE, request, "r r r r r", dose)] == []


def test_a_stage_too_long_for_the_day_is_not_passed_over():
    # Stage 9 lasts 30 minutes: with 28 a day nobody gets from stage 8 to stage 10.
    request = on_ladder(3, minutes=28)

    found = every_dose(request, "r r r", rules=[RULE])

    assert {dose[2].stage for dose in found if dose[0].stage == dose[1].stage == 7} == {6, 7}
