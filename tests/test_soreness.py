"""Clean and bad runs, what a set-back asks for, and when it is time to see somebody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.flares import course
from planner.plan import Kind, Step
from planner.profile import Back
from planner.ratings import is_clean, too_much
from planner.request import Setback
from planner.soreness import clean_runs, setback
from rules.loading import load_ladders
from tests.diaries import (
    LEG_SIGNS,
    LIMITS,
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
)

USUAL_1 = told(0, Back(usual_pain=1))
LADDER = load_ladders()["gentle"].stages


@pytest.mark.parametrize(
    ("answers", "clean"),
    [
        ({"during": 2, "after": 1, "morning": 1}, True),
        ({"during": 2.5, "after": 1, "morning": 1}, False),
        ({"during": 1, "after": 1.5, "morning": 1}, False),
        ({"during": 1, "after": 1, "morning": 1.5}, False),
        ({"after": 1, "morning": 1}, False),
        ({"during": 1, "morning": 1}, False),
        ({"during": 1, "after": 1}, False),
    ],
)
def test_a_clean_run_has_three_good_answers(answers, clean):
    assert is_clean(run(1, **answers), 10, LIMITS) is clean


@pytest.mark.parametrize(
    ("answers", "on_the_way_back", "else_"),
    [
        ({"during": 2, "after": 1, "morning": 1}, False, False),
        ({"during": 2.5}, True, False),
        ({"after": 1.5}, True, False),
        ({"morning": 1.5}, True, True),
        ({}, False, False),  # what was not answered is no set-back
    ],
)
def test_a_set_back_is_a_bad_answer(answers, on_the_way_back, else_):
    assert bool(too_much(run(1, **answers), 10, LIMITS, returning=True)) is on_the_way_back
    assert bool(too_much(run(1, **answers), 10, LIMITS, returning=False)) is else_


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        # Above the usual 1 by 0.5, 1.5 and 1 (during it 2 are allowed): the one after it is worst.
        ({"during": 3, "after": 2.5, "morning": 1.5}, ("within the hour after it", 2.5, 1, True)),
        ({"during": 2.5, "after": 1, "morning": 1}, ("during it", 2.5, 2, False)),
        ({"during": 1, "after": 1, "morning": 1.5}, ("next morning", 1.5, 1, True)),
    ],
)
def test_a_set_back_names_the_worst_of_its_ratings(answers, expected):
    found = too_much(run(1, **answers), 10, LIMITS, returning=True)

    assert found is not None
    assert (found.when, found.pain, found.limit, found.is_usual) == expected


def test_a_limit_that_stands_for_an_unknown_usual_pain_is_not_called_hers():
    found = too_much(run(1, morning=3), None, LIMITS, returning=False)

    assert found is not None
    assert (found.limit, found.is_usual) == (2, False)


def test_an_unknown_usual_pain_counts_as_the_edge_of_mild():
    good = run(1, during=2, after=2, morning=2)
    worse = run(1, during=2, after=2, morning=2.5)

    assert (is_clean(good, None, LIMITS), is_clean(worse, None, LIMITS)) == (True, False)
    assert too_much(good, None, LIMITS, returning=True) is None
    assert too_much(worse, None, LIMITS, returning=False) is not None


def test_clean_runs_go_by_the_usual_pain_of_their_time():
    # Usual is 1 on day 2, and 0 on day 9 after a week of zeros.
    facts = history(
        USUAL_1,
        run(2, during=1, after=1, morning=1),
        *rated_days(4, 0, 0, 0, 0, 0),
        run(9, during=1, after=1, morning=1),
        clean_run(11),
    )

    assert [number(on) for on in clean_runs(facts, LIMITS, day(20), ())] == [2, 11]


def test_a_set_back_is_known_in_the_morning_or_on_the_day():
    # On day 3 in the morning; on the way back (from day 7 + 4 on) on the day of the run itself.
    facts = history(
        USUAL_1, run(2, morning=1.5), *through_the_gate(7), run(13, during=3, morning=3)
    )

    assert [number(one.known_on) for one in course(facts, LIMITS, day(12), ()).bad_runs] == [3]
    assert [number(one.known_on) for one in course(facts, LIMITS, day(20), ()).bad_runs] == [3, 13]


def asked(*facts, today: int, start: int | None = None, stages=()) -> Setback | None:
    first = today if start is None else start
    return setback(history(*facts), LIMITS, day(today), day(first), stages, LEG_SIGNS)


def test_without_a_bad_answer_nothing_is_asked():
    assert asked(USUAL_1, clean_run(1), clean_run(3), today=4) is None


def test_while_mild_the_next_runs_are_no_longer_than_the_last_clean_one():
    # 25 minutes were clean, 35 were not; known on day 5, it holds from there to day 11.
    facts = (USUAL_1, clean_run(1, 20), clean_run(3, 25), run(4, 35, during=1, morning=1.5))
    held = Setback(hold_days=7, run_hundredths=2500, bout_hundredths=2500)

    assert asked(*facts, today=5) == held
    assert asked(*facts, today=11) == held.model_copy(update={"hold_days": 1})
    assert asked(*facts, today=12) is None


def test_a_step_back_is_never_more_than_the_bad_run():
    facts = (USUAL_1, clean_run(1, 40), run(4, 30, morning=1.5))

    assert asked(*facts, today=5).run_hundredths == 3000


def test_with_no_clean_run_the_shortest_of_two_weeks_is_the_measure():
    # Day 1 is the 14th before day 14 counted with it; day 0 is one more.
    facts = (USUAL_1, run(0, 10), run(1, 20), run(9, 40), run(14, 30, morning=1.5))

    assert asked(*facts, today=15).run_hundredths == 2000


def test_on_a_ladder_it_is_one_stage_back():
    # Stage 3 of the ladder was run; stage 2 is the most, and its stretch.
    third, second = LADDER[2], LADDER[1]
    steps = (Step(repeat=third.repeats, run_seconds=third.run_seconds, walk_seconds=60),)
    bad = run(
        *(4, third.run_hundredths / 100),
        morning=1.5,
        session_kind=Kind.RUN_WALK,
        steps=steps,
    )

    found = asked(USUAL_1, bad, today=5, stages=LADDER)

    assert found.run_hundredths == second.run_hundredths
    assert found.bout_hundredths == second.run_seconds * 100 // 60


def test_the_first_stage_is_the_end_of_the_way_back():
    bad = run(4, LADDER[0].run_hundredths / 100, morning=1.5)

    assert asked(USUAL_1, bad, today=5, stages=LADDER).run_hundredths == LADDER[0].run_hundredths


def test_the_stretch_of_a_run_with_walking_breaks_is_kept():
    # 4 x 4 and 2 x 2 minutes were clean, then 30 minutes without a break were not.
    clean = run(
        *(1, 20),
        during=0,
        after=0,
        morning=0,
        session_kind=Kind.RUN_WALK,
        steps=(
            Step(repeat=4, run_seconds=240, walk_seconds=60),
            Step(repeat=2, run_seconds=120, walk_seconds=60),
        ),
    )

    found = asked(USUAL_1, clean, run(4, 30, morning=1.5), today=5)

    assert (found.run_hundredths, found.bout_hundredths) == (2000, 400)


def test_the_stretch_of_another_run_allows_nothing():
    # A longer run without a break, not clean, lies more than two weeks back.
    steps = (Step(repeat=5, run_seconds=240, walk_seconds=60),)
    bad = run(20, 20, morning=1.5, session_kind=Kind.RUN_WALK, steps=steps)

    assert asked(USUAL_1, run(1, 40), bad, today=21).bout_hundredths == 400


def test_a_run_of_no_minutes_asks_for_no_length():
    found = asked(USUAL_1, run(4, 0, morning=1.5), today=5)

    assert (found.hold_days, found.run_hundredths) == (7, None)


@pytest.mark.parametrize(
    ("facts", "today", "days_off"),
    [
        # Mild: none.
        ((USUAL_1, run(4, morning=1.5)), 5, 0),
        # Moderate (next morning 2.5): the day after the run.
        ((USUAL_1, run(4, morning=2.5)), 5, 1),
        ((USUAL_1, run(4, morning=2.5)), 6, 0),
        # On the way back: two days after it; told on the evening of the run, that day too.
        ((USUAL_1, *through_the_gate(0), run(6, during=2.5)), 6, 3),
        ((USUAL_1, *through_the_gate(0), run(6, during=2.5)), 7, 2),
        ((USUAL_1, *through_the_gate(0), run(6, during=2.5)), 8, 1),
        ((USUAL_1, *through_the_gate(0), run(6, during=2.5)), 9, 0),
        ((USUAL_1, *through_the_gate(0), run(6, morning=1.5)), 7, 2),
    ],
)
def test_days_off_after_a_bad_run(facts, today, days_off):
    assert asked(*facts, today=today).days_off == days_off


def test_days_count_from_the_start_of_the_plan():
    # Off on day 7 and 8, held to day 12: the plan begins on day 8.
    facts = (USUAL_1, *through_the_gate(0), run(6, during=2.5))

    found = asked(*facts, today=7, start=8)

    assert (found.days_off, found.hold_days) == (1, 5)


def test_in_a_flare_there_is_nothing_to_hold_back():
    assert asked(USUAL_1, run(4, morning=1.5), report(5), today=5) is None


def test_a_set_back_from_before_a_flare_asks_nothing_after_it():
    # Known on day 1; the flare of day 2 is through the gate on day 6, within the seven days.
    assert asked(USUAL_1, run(0, morning=1.5), *through_the_gate(2), today=6) is None


RISE = (*rated_days(0, *[0.5] * 7), *rated_days(7, *[1.5] * 7))
"""The mean of day 7 to 13 is one point above that of the week before."""


def test_when_the_mean_pain_rises_by_a_point_nothing_grows():
    # Runs of 20, 30 and 25 minutes; the week before day 13 (day 6 to 12) holds the last two.
    facts = (USUAL_1, *RISE, run(4, 20), run(6, 30), run(11, 25))

    assert asked(*facts, today=13) == Setback(
        hold_days=7, run_hundredths=3000, bout_hundredths=3000, all_hundredths=5500
    )


def test_less_than_a_point_is_no_rise():
    # One rating of 1.4 instead of 1.5: the mean is 0.986 points higher.
    facts = (USUAL_1, *RISE[:-1], rated(13, 1.4), run(11, 25))

    assert asked(*facts, today=13) is None


@pytest.mark.parametrize(("first", "second", "held"), [(3, 3, True), (2, 3, False), (3, 2, False)])
def test_three_ratings_in_each_week_are_needed(first, second, held):
    # All of the second week's ratings stand at its end, all of the first week's at its beginning.
    facts = (*rated_days(0, *[0.5] * first), *rated_days(14 - second, *[1.5] * second))

    assert (asked(USUAL_1, *facts, run(10, 25), today=13) is not None) is held


def test_a_moderate_week_holds_a_fifth_less():
    # 0.5, then 2.5: moderate. The rise is first seen on day 9, when 2.5 is rated for the third
    # time: (0.5 x 4 + 2.5 x 3) / 7 = 1.36 is not yet a point above 0.5, on day 10 it is 1.64.
    facts = (USUAL_1, *rated_days(0, *[0.5] * 7), *rated_days(7, *[2.5] * 4), run(5, 40))

    assert asked(*facts, today=9) is None
    assert asked(*facts, today=10) == Setback(
        hold_days=7, run_hundredths=4000, bout_hundredths=4000, all_hundredths=3200
    )


def test_a_rise_asks_once_a_week():
    # Seen on day 10, and still there on the days after it: held to day 16, with the same numbers.
    facts = (USUAL_1, *rated_days(0, *[0.5] * 7), *rated_days(7, *[2.5] * 6), run(5, 40))

    assert asked(*facts, today=12) == Setback(
        hold_days=5, run_hundredths=4000, bout_hundredths=4000, all_hundredths=3200
    )


def test_what_was_run_since_the_rise_counts():
    # Of the 32 minutes for day 10 to 16, ten were run on day 10.
    facts = (USUAL_1, *rated_days(0, *[0.5] * 7), *rated_days(7, *[2.5] * 4), run(5, 40))

    assert asked(*facts, run(10, 10), today=11).all_hundredths == 2200
    # A run of the plan's own first day is the plan's to count.
    assert asked(*facts, run(10, 10), today=10).all_hundredths == 3200


def test_with_no_running_in_the_week_before_its_whole_is_not_capped():
    facts = (USUAL_1, *rated_days(0, *[0.5] * 7), *rated_days(7, *[2.5] * 4), run(1, 40))

    assert asked(*facts, today=10) == Setback(
        hold_days=7, run_hundredths=4000, bout_hundredths=4000
    )


def test_the_pain_of_a_flare_is_no_rise_after_it():
    # A week at 0.5, the flare with 6, the gate on day 11 with ratings of 0 since.
    facts = (USUAL_1, *rated_days(0, *[0.5] * 7), *through_the_gate(7), run(3, 30))

    assert asked(*facts, *rated_days(11, 0, 0, 0), today=13) is None


def test_more_pain_than_mild_on_the_way_back_holds_as_in_moderate():
    # The gate opens on day 4; 20 minutes on day 6; on day 8 the back rates 3: held to day 14.
    facts = (USUAL_1, *through_the_gate(0), clean_run(6, 20), rated(8, 3))

    assert asked(*facts, today=8) == Setback(
        hold_days=7, run_hundredths=2000, bout_hundredths=2000, all_hundredths=2000
    )
    assert asked(*facts, rated(9, 2), today=9) is None


def test_several_causes_combine_to_the_strictest():
    # The rise is seen on day 13: no run above 30 and 55 in all, to day 19. The bad morning of day
    # 12 (usual is 1.5 by then) asks for no more than the clean 20 minutes, to day 18.
    facts = (USUAL_1, *RISE, clean_run(4, 20), run(6, 30), run(11, 25, morning=2))

    found = asked(*facts, today=13)

    assert (found.hold_days, found.run_hundredths, found.all_hundredths) == (7, 2000, 5500)


@given(fact_lists(), st.integers(0, 40))
def test_what_is_asked_does_not_depend_on_later_days(facts, today):
    known = in_this_order([fact for fact in facts if fact.on <= day(today)])
    whole = in_this_order(facts)

    then = setback(known, LIMITS, day(today), day(today), (), LEG_SIGNS)

    assert setback(whole, LIMITS, day(today), day(today), (), LEG_SIGNS) == then
