"""When the restart gate opens after a flare, and the earliest that it still can."""

from __future__ import annotations

import pytest

from planner.flares import Flare, earliest_gate, flares, open_flare
from planner.history import History
from planner.profile import Back
from tests.diaries import (
    LEG_SIGNS,
    LIMITS,
    answer,
    day,
    history,
    number,
    rated,
    rated_days,
    report,
    run,
    through_the_gate,
    told,
    walk,
)
from tests.requests import limits_with

USUAL_1 = told(0, Back(usual_pain=1), run_minutes=(60.0,) * 4, longest_run_minutes=30.0)


def found(facts: History, today: int = 60) -> list[Flare]:
    return list(flares(facts, LIMITS, day(today), LEG_SIGNS))


def gate(*facts, today: int = 60) -> int | None:
    """The day on which the gate of the first flare opens."""
    return number(found(history(*facts), today)[0].gate_on)


def test_the_gate_opens_after_two_quiet_days_a_walk_and_its_morning():
    # Quiet on day 4 and 5, the walk on 6, running from day 7 on.
    assert gate(USUAL_1, *through_the_gate(3)) == 7


QUIET = rated_days(4, 1, 1)
WALKED = walk(6, during=2, morning=1)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((*QUIET, WALKED), 7),
        # Quiet is at most 2 and at most the usual 1.
        ((*rated_days(4, 1, 1.5), WALKED), None),
        # Two in a row: a day that is not rated is not quiet.
        ((rated(4, 1), walk(6, during=1, morning=1)), None),
        ((rated(3, 1), rated(4, 1), walk(5, during=1, morning=1)), None),  # nor is day 0
        # The walk comes after the two days, not on the second.
        ((*QUIET, walk(5, during=1, morning=1)), None),
        ((*QUIET, rated(6, 1), walk(8, during=1, morning=1)), 9),
        # Thirty minutes in one walk, both answers given.
        ((*QUIET, walk(6, 29, during=1, morning=1)), None),
        ((*QUIET, walk(6, morning=1)), None),
        ((*QUIET, walk(6, during=1)), None),
        # The walk may hurt up to 2; the rest of its day and the morning not more than usual.
        ((*QUIET, walk(6, during=2.5, morning=1)), None),
        ((*QUIET, walk(6, during=1, after=1.5, morning=1)), None),
        ((*QUIET, walk(6, during=1, morning=1.5)), None),
        ((*QUIET, WALKED, rated(6, 2)), None),
        ((*QUIET, WALKED, run(6, during=2.5)), None),
        ((*QUIET, walk(5, 10, during=1, morning=1.5), WALKED), None),
        # A bad day between them: two quiet days again, and another walk.
        ((*QUIET, rated(6, 3), walk(7, during=1, morning=1)), None),
        ((*QUIET, rated(6, 3), *rated_days(7, 1, 1), walk(9, during=1, morning=1)), 10),
        # A walk that went badly: the next one needs two quiet days too.
        ((*QUIET, walk(6, during=3, morning=1), walk(7, during=1, morning=1)), None),
        # A day on which she says that it flares up is not quiet.
        ((*QUIET, report(5, 1), WALKED), None),
        # A run in between is a rating like any other.
        ((*QUIET, run(6, during=1.5), walk(7, during=1, morning=1)), None),
    ],
)
def test_every_part_of_the_gate_counts(facts, expected):
    assert gate(USUAL_1, report(3), *facts) == expected


def test_a_high_usual_pain_does_not_widen_the_gate():
    usual_4 = told(0, Back(usual_pain=4))

    assert gate(usual_4, report(3), *rated_days(4, 2, 2.5), WALKED) is None
    assert gate(usual_4, report(3), *rated_days(4, 2, 2), walk(6, during=2, morning=2)) == 7
    assert gate(usual_4, report(3), *rated_days(4, 2, 2), walk(6, during=2, morning=2.5)) is None


def test_the_usual_pain_stays_as_before_the_flare():
    # Before it 0 (median of three), then two weeks at 2, which would be usual by now.
    before = rated_days(1, 0, 0, 0)
    long = (*before, report(4), *rated_days(5, *[2] * 14), walk(19, during=2, morning=2))

    assert found(history(USUAL_1, *long))[0].usual_tenths == 0
    assert gate(USUAL_1, *long) is None


@pytest.mark.parametrize(
    ("leg", "expected"),
    [
        (answer(3, "LEG1"), None),
        (answer(3, "OTHER"), 7),
        (answer(3, "LEG1", cleared=5), 7),
        (answer(3, "OTHER", "LEG2", cleared=12), 12),  # shut until she is cleared
        (answer(7, "LEG1"), None),  # on the morning itself
        (answer(8, "LEG1"), 7),  # afterwards it stops running in another way
    ],
)
def test_leg_signs_keep_the_gate_shut_until_cleared(leg, expected):
    assert gate(USUAL_1, *through_the_gate(3), leg) == expected


def test_a_leg_sign_counts_on_its_day_and_no_longer_on_the_day_it_is_cleared():
    assert gate(USUAL_1, *through_the_gate(3), answer(7, "LEG1"), today=7) is None
    assert gate(USUAL_1, *through_the_gate(3), answer(3, "LEG1", cleared=12), today=12) == 12


def test_pain_before_she_is_cleared_undoes_the_walk():
    leg = answer(3, "LEG1", cleared=12)

    assert gate(USUAL_1, *through_the_gate(3), leg, rated(9, 3)) is None


@pytest.mark.parametrize(
    ("facts", "today", "walk_and_gate"),
    [
        ((), 3, (6, 7)),  # on day 0
        ((), 5, (7, 8)),  # nothing rated so far: today and tomorrow may be quiet
        ((rated(4, 1),), 5, (6, 7)),
        ((rated(4, 2),), 5, (7, 8)),
        (QUIET, 5, (6, 7)),
        (QUIET, 6, (6, 7)),
        (QUIET, 9, (9, 10)),  # the walk is still to come
        ((*QUIET, rated(6, 3)), 6, (9, 10)),  # today is bad already
        ((*QUIET, walk(6, during=2)), 6, (6, 7)),
        ((*QUIET, walk(6, during=2)), 7, (6, 8)),  # the morning not told yet: not today
        ((*QUIET, walk(6, during=2)), 8, (8, 9)),  # never told: another walk
        ((*QUIET, walk(6, during=3)), 6, (9, 10)),
        ((*QUIET, walk(6, during=2, morning=2)), 7, (10, 11)),
        ((*QUIET, WALKED, answer(3, "LEG1")), 9, (6, 10)),  # only to be cleared
    ],
)
def test_the_earliest_gate_from_what_is_known(facts, today, walk_and_gate):
    whole = history(USUAL_1, report(3), *facts)
    flare = open_flare(whole, LIMITS, day(today), LEG_SIGNS)

    walked, opens = earliest_gate(whole, LIMITS, flare, day(today))

    assert (number(walked), number(opens)) == walk_and_gate


def test_stricter_numbers_put_the_forecast_of_the_gate_off():
    limits = limits_with({"states": {"flare_forecast_days": 9}})
    whole = history(USUAL_1, report(3))
    flare = open_flare(whole, limits, day(3), LEG_SIGNS)

    walked, opens = earliest_gate(whole, limits, flare, day(3))

    assert (number(walked), number(opens)) == (11, 12)
