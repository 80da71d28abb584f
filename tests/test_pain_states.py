"""The state of each day, from what the journal says of the back, and of the days ahead."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.flares import flares
from planner.history import History
from planner.pain import outlook, state_on
from planner.plan import State
from planner.profile import Back
from tests.diaries import (
    LEG_SIGNS,
    LETTERS,
    LIMITS,
    MONDAY,
    POINTS,
    answer,
    clean_run,
    day,
    fact_lists,
    history,
    in_this_order,
    number,
    rated,
    rated_days,
    report,
    run,
    through_the_gate,
    told,
    walk,
)

WORSE = (State.HEALTHY, State.MILD, State.MODERATE, State.FLARE)


def state(facts: History, on: int) -> str:
    return LETTERS[state_on(facts, LIMITS, day(on), LEG_SIGNS)]


def ahead(facts: History, today: int = 0, start: int | None = None, days: int = 40) -> str:
    """The outlook in letters, equal ones in a row counted: ``f4 r28 m8``."""
    first = today if start is None else start
    states = outlook(facts, LIMITS, day(today), day(first), days, LEG_SIGNS).states
    row: list[tuple[str, int]] = []
    for one in states:
        letter, length = row[-1] if row else ("", 0)
        if LETTERS[one] == letter:
            row[-1] = (letter, length + 1)
        else:
            row.append((LETTERS[one], 1))
    return " ".join(f"{letter}{length}" for letter, length in row)


@pytest.mark.parametrize("today", [0, -1, -12])
@pytest.mark.parametrize(
    ("back", "expected"),
    [
        (None, "m40"),  # nothing said is mild
        (Back(), "h40"),  # a back with nothing to tell of
        (Back(pain_today=0), "h40"),
        (Back(pain_today=2), "m40"),
        (Back(usual_pain=1), "m40"),
        (Back(pain_today=2.5), "M7 m33"),  # a moderate week
        (Back(pain_today=5), "M7 m33"),
        (Back(pain_today=5.5), "f4 r28 m8"),  # the gate after four days, four weeks to come back
        (Back(pain_today=0, usual_pain=3), "M40"),  # one good day is no better back
        (Back(pain_today=4, usual_pain=2.5), "M40"),
        (Back(pain_today=4, usual_pain=2), "M7 m33"),
        (Back(pain_today=7, usual_pain=2), "f4 r28 m8"),
        (Back(pain_today=7, usual_pain=2.5), "f40"),  # such a gate does not open
        (Back(usual_pain=6), "f40"),
        (Back(pain_today=3, stop_above=2.5), "f4 r28 m8"),  # she stops earlier than the rulebook
        (Back(pain_today=1.5, stop_above=1), "f4 r28 m8"),
    ],
)
def test_a_first_plan_goes_by_the_file(today, back, expected):
    facts = history(told(0, back))

    assert ahead(facts, today=today, start=0) == expected


def test_the_first_day_of_a_first_plan_is_known_wherever_it_lies():
    facts = history(told(0, Back(pain_today=1)))

    assert outlook(facts, LIMITS, day(-3), day(0), 3, ()).forecast == (False, True, True)


def test_a_later_plan_knows_today_and_forecasts_the_rest():
    facts = history(told(0, Back(pain_today=1)))

    assert outlook(facts, LIMITS, day(5), day(5), 3, ()).forecast == (False, True, True)
    assert outlook(facts, LIMITS, day(5), day(7), 2, ()).forecast == (True, True)


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        # A rating counts on its day and the six after it.
        ((rated(1, 3),), 1, "M"),
        ((rated(1, 3),), 7, "M"),
        ((rated(1, 3),), 8, "m"),
        # The latest one stands for the day, not the worst of the week.
        ((rated(1, 3), rated(2, 2)), 2, "m"),
        # A run counts beside it until the next run.
        ((run(1, during=3), rated(2, 2)), 2, "M"),
        ((run(1, during=3), rated(2, 2), run(3, during=1)), 3, "m"),
        ((run(1, after=3), rated(2, 2)), 7, "M"),
        ((run(1, after=3), rated(2, 2)), 8, "m"),
        # Its next morning is not known on its day, and counts on the morning.
        ((run(1, during=1, morning=3),), 1, "m"),
        ((run(1, during=1, morning=2.5),), 2, "M"),
        # Pain after a walk counts for the day as any other.
        ((walk(1, during=3),), 1, "M"),
        # The edge of mild is 2.0 of 10, that of moderate 5.0.
        ((rated(1, 2.0),), 1, "m"),
        ((rated(1, 5.0),), 1, "M"),
        ((rated(1, 5.5),), 1, "f"),
        # A flare that she tells of, however little it hurts.
        ((report(1, 1),), 1, "f"),
    ],
)
def test_a_day_goes_by_the_last_run_and_the_latest_rating(facts, on, expected):
    assert state(history(told(0, Back(usual_pain=1)), *facts), on) == expected


def test_the_usual_pain_as_told_is_the_least_that_counts():
    facts = history(told(0, Back(usual_pain=3)), rated(1, 0))

    assert state(facts, 20) == "M"


NO_PAIN = Back(pain_today=0)


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        ((told(0, NO_PAIN),), 0, "h"),
        ((told(0, NO_PAIN), clean_run(3)), 30, "h"),
        # 28 days without pain: day 3 is the 28th before day 31.
        ((told(0, NO_PAIN), rated(3, 0.5)), 30, "m"),
        ((told(0, NO_PAIN), rated(3, 0.5)), 31, "h"),
        # Not said: a rating of 0 on each of 28 days says it.
        ((told(0), *rated_days(1, *[0] * 28)), 28, "h"),
        ((told(0), *rated_days(1, *[0] * 27)), 28, "m"),
        ((told(0, Back(usual_pain=1)), *rated_days(1, *[0] * 28)), 28, "m"),
        # What the file said before a flare says nothing of the back after it. The gate opens on
        # day 5; no volume was known before, so it is over after 14 days with ratings, on day 19.
        ((told(0, NO_PAIN), *through_the_gate(1), *rated_days(6, 0, 0, 0)), 18, "r"),
        ((told(0, NO_PAIN), *through_the_gate(1), *rated_days(6, 0, 0, 0)), 60, "m"),
        (
            (
                *(told(0, NO_PAIN), *through_the_gate(1), *rated_days(6, 0, 0, 0)),
                told(20, Back(pain_today=0, usual_pain=0)),
            ),
            60,
            "h",
        ),
    ],
)
def test_healthy_is_only_who_says_so(facts, on, expected):
    assert state(history(*facts), on) == expected


def test_healthy_is_who_says_so_again_after_a_flare():
    flare = (*through_the_gate(1), *rated_days(6, 0, 0, 0))
    facts = history(told(0, NO_PAIN), *flare, told(20, Back(usual_pain=1)), told(25, NO_PAIN))

    assert state(facts, 60) == "h"


def test_a_back_left_as_it_was_in_a_changed_file_is_no_pain_of_that_day():
    sore = Back(pain_today=4)
    facts = history(told(0, sore), told(20, sore, walk_minutes=20))

    assert state(facts, 20) == "m"
    assert state(history(told(0, sore), told(20, Back(pain_today=4.5))), 20) == "M"


MILD_BACK = told(0, Back(usual_pain=1), run_minutes=(60.0,) * 4, longest_run_minutes=30.0)


@pytest.mark.parametrize(
    ("facts", "today", "expected"),
    [
        # Moderate until seven days after the rating: day 4 is the fourth of them.
        ((rated(1, 3),), 4, "M4 m36"),
        # Superseded by a later rating: mild again.
        ((rated(1, 3), rated(4, 1)), 4, "m40"),
        # The run of day 3 counts on, to day 9.
        ((run(3, during=3), rated(4, 1)), 4, "M6 m34"),
        # What is mild itself makes nothing moderate for longer.
        ((run(1, during=3), rated(3, 2)), 3, "M5 m35"),
        # Day 0 of a flare.
        ((report(4),), 4, "f4 r28 m8"),
        # Two days later and nothing rated: today and tomorrow may be quiet, day 8 is the walk.
        ((report(4),), 6, "f3 r28 m9"),
        # Through the gate on day 5, returning to day 32.
        (through_the_gate(1), 5, "r28 m12"),
        (through_the_gate(1), 30, "r7 m33"),  # day 33 is nearer than a week: at least a week more
        (through_the_gate(1), 60, "r7 m33"),
        # A full week with as much as before (60): over on Monday.
        ((*through_the_gate(1), clean_run(8), clean_run(10)), 14, "m40"),
    ],
)
def test_the_days_ahead_are_the_earliest_that_it_can_get_better(facts, today, expected):
    assert ahead(history(MILD_BACK, *facts), today=today) == expected


def test_the_gate_is_told_with_its_walk():
    # The flare begins on day 4: quiet on 5 and 6, the walk on 7, running from 8 on.
    found = outlook(history(MILD_BACK, report(4)), LIMITS, day(4), day(4), 20, ())

    assert (number(found.gate_walk_on), number(found.gate_on)) == (7, 8)


def test_after_the_gate_its_day_is_known_and_no_walk_is_asked_for():
    found = outlook(history(MILD_BACK, *through_the_gate(1)), LIMITS, day(9), day(9), 20, ())

    assert (found.gate_walk_on, number(found.gate_on)) == (None, 5)


SORE = told(0, Back(usual_pain=3))


@pytest.mark.parametrize(
    ("facts", "today", "expected"),
    [
        ((report(4),), 4, "f40"),
        # Two quiet days show that the gate can open: walk today, run tomorrow; never mild after it.
        ((report(4), *rated_days(5, 2, 2)), 7, "f1 r28 M11"),
        ((report(4), *rated_days(5, 2, 2)), 6, "f2 r28 M10"),
        ((report(4), *rated_days(5, 2, 2.5)), 7, "f40"),
        ((rated(1, 4),), 2, "M40"),
    ],
)
def test_nothing_better_than_the_usual_pain_is_forecast(facts, today, expected):
    assert ahead(history(SORE, *facts), today=today) == expected


def test_a_flare_of_today_counts_by_date_where_the_plan_starts_later():
    # Flare on day 0, the gate opens on day 4, four weeks to day 31; the plan starts on day 3.
    assert ahead(history(MILD_BACK, report(0)), today=0, start=3) == "f1 r28 m11"


def test_an_open_leg_sign_opens_the_gate_tomorrow_at_the_earliest():
    facts = history(MILD_BACK, *through_the_gate(1), answer(2, "LEG1"))

    assert state(facts, 9) == "f"
    assert ahead(facts, today=9) == "f1 r28 m11"


@given(fact_lists(), st.randoms(use_true_random=False))
def test_the_order_of_facts_says_nothing(facts, chance):
    shuffled = list(facts)
    chance.shuffle(shuffled)

    one = outlook(in_this_order(facts), LIMITS, day(41), day(41), 30, LEG_SIGNS)
    other = outlook(in_this_order(shuffled), LIMITS, day(41), day(41), 30, LEG_SIGNS)

    assert one == other


@given(fact_lists(), st.integers(0, 40))
def test_what_happens_later_changes_nothing(facts, today):
    known = [fact for fact in facts if fact.on <= day(today)]

    then = outlook(in_this_order(known), LIMITS, day(today), day(today), 30, LEG_SIGNS)
    now = outlook(in_this_order(facts), LIMITS, day(today), day(today), 30, LEG_SIGNS)

    assert now == then


@given(fact_lists(), POINTS, POINTS)
def test_more_pain_today_is_never_a_better_state(facts, pain, other):
    before = [fact for fact in facts if (fact.on - MONDAY).days < 40]
    low, high = sorted((pain, other))

    calm = state_on(in_this_order([*before, rated(40, low)]), LIMITS, day(40), LEG_SIGNS)
    sore = state_on(in_this_order([*before, rated(40, high)]), LIMITS, day(40), LEG_SIGNS)

    ranks = {one: rank for rank, one in enumerate(WORSE)} | {State.RETURNING: 0}
    assert ranks[sore] >= ranks[calm]
    assert (sore is State.RETURNING) <= (calm is State.RETURNING)


@given(fact_lists())
def test_a_flare_ends_only_through_the_gate(facts):
    whole = in_this_order(facts)
    states = [state_on(whole, LIMITS, day(on), LEG_SIGNS) for on in range(50)]
    gates = {flare.gate_on for flare in flares(whole, LIMITS, day(50), LEG_SIGNS)}

    for on, (before, after) in enumerate(pairwise(states), start=1):
        if before is State.FLARE and after is not State.FLARE:
            assert after is State.RETURNING
            assert day(on) in gates


@given(fact_lists(), st.integers(0, 50), st.integers(0, 20))
def test_the_outlook_begins_with_the_state_of_today(facts, today, later):
    whole = in_this_order(facts)

    states = outlook(whole, LIMITS, day(today), day(today), 60, LEG_SIGNS).states
    shifted = outlook(whole, LIMITS, day(today), day(today + later), 40, LEG_SIGNS)

    assert states[0] is state_on(whole, LIMITS, day(today), LEG_SIGNS)
    assert len(shifted.states) == 40


@given(fact_lists(), st.integers(0, 45))
def test_running_never_returns_before_the_day_that_was_forecast(facts, today):
    known = in_this_order([fact for fact in facts if fact.on <= day(today)])
    whole = in_this_order(facts)
    last = flares(known, LIMITS, day(today), LEG_SIGNS)[-1:]
    forecast = outlook(known, LIMITS, day(today), day(today), 1, LEG_SIGNS).gate_on

    if last and last[0].gate_on is None and forecast:
        real = [f for f in flares(whole, LIMITS, day(60), LEG_SIGNS) if f.day_0 == last[0].day_0]
        opened = real[0].gate_on if real else None
        assert opened is None or opened >= forecast
