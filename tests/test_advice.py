"""When it is time to see somebody, said plainly and kindly."""

from __future__ import annotations

import pytest

from planner.advice import advice
from planner.history import Report
from planner.profile import Back
from tests.diaries import (
    LEG_SIGNS,
    LIMITS,
    day,
    history,
    rated_days,
    report,
    run,
    through_the_gate,
    told,
)

USUAL_1 = told(0, Back(usual_pain=1))


def said(*facts, today: int) -> str:
    return " ".join(advice(history(*facts), LIMITS, day(today), LEG_SIGNS))


def test_a_flare_is_met_with_a_kind_word_on_its_day():
    assert "walking" in said(USUAL_1, report(3), today=3)
    assert said(USUAL_1, report(3), today=4) == ""


def test_a_flare_told_a_day_late_is_met_when_it_is_told():
    late = Report(on=day(3), pain=6, told_on=day(4))

    assert "walking" in said(USUAL_1, late, today=4)


@pytest.mark.parametrize(
    ("facts", "today", "told_so"),
    [
        ((report(3),), 17, False),  # fourteen days after its first
        ((report(3),), 18, True),
        (through_the_gate(3), 18, False),
    ],
)
def test_a_gate_that_stays_shut_for_two_weeks_is_for_somebody_to_see(facts, today, told_so):
    assert ("doctor" in said(USUAL_1, *facts, today=today)) is told_so


def test_a_second_set_back_leads_to_the_physiotherapist_while_it_is_walking_only():
    bad = (run(2, morning=1.5), run(8, morning=1.5))

    assert "second set-back within 2 weeks" in said(USUAL_1, *bad, today=9)
    assert "second set-back within 2 weeks" in said(USUAL_1, *bad, today=12)
    # Through the gate: quiet on day 10 and 11, the walk on 12.
    assert said(USUAL_1, *bad, *through_the_gate(9)[1:], today=13) == ""


def test_three_flares_in_eight_weeks_lead_to_the_physiotherapist():
    # Day 2 is the 56th day before day 57, counted with it.
    facts = (USUAL_1, *through_the_gate(2), *through_the_gate(20), *through_the_gate(40))

    assert "3 flares in 8 weeks" in said(*facts, today=57)
    assert "flares" not in said(*facts, today=58)
    assert "flares" not in said(*facts[:9], today=57)


@pytest.mark.parametrize(
    ("first", "last", "today", "told_so"),
    [
        (3, 3, 48, True),
        (3, 3.5, 48, True),
        (3, 2.5, 48, False),
        (1, 1, 48, False),  # so little may stay
        (1, 1.5, 48, True),
        (3, 3, 42, True),  # 42 days after the first week began
        (3, 3, 41, False),
    ],
)
def test_six_weeks_without_progress_lead_to_the_doctor(first, last, today, told_so):
    # Day 0 to 2, and the last three days.
    facts = (*rated_days(0, *[first] * 3), *rated_days(today - 2, *[last] * 3))

    assert ("doctor" in said(told(0), *facts, today=today)) is told_so


def test_progress_is_measured_from_the_latest_week_that_is_long_enough_ago():
    # At 1 in the first week, 4 in the fourth, 3 now: it is better than six weeks ago.
    facts = (*rated_days(0, 1, 1, 1), *rated_days(21, 4, 4, 4), *rated_days(70, 3, 3, 3))

    assert said(told(0), *facts, today=72) == ""


def test_two_ratings_are_too_few_to_speak_of_progress():
    assert said(told(0), *rated_days(0, 3, 3, 3), *rated_days(47, 3, 3), today=48) == ""
