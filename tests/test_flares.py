"""When a flare begins, and when it is over; its gate is in ``test_gates``."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.flares import Flare, flares, last_flare, open_flare
from planner.history import History
from planner.profile import Back
from planner.ratings import daily_rating, usual_tenths
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
    walk,
)

USUAL_1 = told(0, Back(usual_pain=1), run_minutes=(60.0,) * 4, longest_run_minutes=30.0)


def found(facts: History, today: int = 60) -> list[Flare]:
    return list(flares(facts, LIMITS, day(today), LEG_SIGNS))


def begun(*facts, today: int = 60) -> list[tuple[int | None, str]]:
    """Day 0 and cause of each flare."""
    return [(number(f.day_0), f.because) for f in found(history(*facts), today)]


def over(*facts, today: int = 90) -> int | None:
    return number(found(history(*facts), today)[0].over_on)


@pytest.mark.parametrize(
    ("facts", "rating"),
    [
        ((), None),
        ((rated(3, 2),), 20),
        ((run(3, during=1, after=2.5),), 25),
        ((walk(3, during=3),), 30),
        ((run(2, morning=4),), 40),  # the morning after belongs to the next day
        ((run(3, morning=4),), None),
        ((report(3, 6),), 60),
        ((told(3, Back(pain_today=1.5)),), 15),
        ((told(3, Back(usual_pain=1.5)),), None),  # 0 today is only a default
        ((rated(3, 2), run(3, during=3), run(2, morning=4)), 40),
    ],
)
def test_the_rating_of_a_day_is_the_worst_of_it(facts, rating):
    assert daily_rating(history(*facts), day(3)) == rating


@pytest.mark.parametrize(
    ("facts", "usual"),
    [
        ((), None),
        ((told(0),), None),
        ((told(0, Back(usual_pain=2)),), 20),
        ((told(0, Back(pain_today=3)),), 30),  # told without a usual pain
        ((told(0, Back(pain_today=6)),), None),  # a flare is nobody's usual day
        ((told(0, Back(pain_today=6, usual_pain=1)),), 10),
        # Two ratings are too few, three are enough; the day itself does not count.
        ((told(0, Back(usual_pain=2)), *rated_days(8, 1, 1, 1)), 20),
        ((told(0, Back(usual_pain=2)), *rated_days(7, 1, 0, 4, 5)), 10),
        # The seven days before: day 3 counts, day 2 does not.
        ((rated(3, 5), rated(4, 5), rated(9, 1)), 50),
        ((rated(2, 5), rated(4, 5), rated(9, 1)), None),
        # Of 1, 2, 3, 4 the lower of the two in the middle.
        (rated_days(6, 4, 1, 3, 2), 20),
    ],
)
def test_the_usual_pain_is_the_median_of_the_week_before(facts, usual):
    # Day 10: the week before is day 3 to 9.
    assert usual_tenths(history(*facts), day(10), LIMITS) == usual


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), []),
        ((report(3, 0.5),), [(3, "she says so")]),
        ((rated(3, 5),), []),
        ((rated(3, 5.5),), [(3, "rating")]),
        ((run(3, during=5.5),), [(3, "rating")]),
        ((told(3, Back(pain_today=5.5)),), [(3, "rating")]),
        ((told(3, Back(usual_pain=5.5)),), [(3, "rating")]),
        # Two points above the usual 1.0 next morning, which is longer than two hours.
        ((run(3, morning=3),), [(4, "rise")]),
        ((run(3, morning=2.5),), []),
        ((walk(3, morning=3),), [(4, "rise")]),
        # As much within a day is no rise; it may have gone by after an hour.
        ((rated(3, 3),), []),
        ((told(3, Back(pain_today=4, usual_pain=1)),), []),
        # Two bad mornings within 14 days: known on day 3 and 16, or 3 and 17.
        ((run(2, morning=1.5), run(15, morning=1.5)), [(16, "second set-back")]),
        ((run(2, morning=1.5), run(16, morning=1.5)), []),
        # One bad run is one set-back; a walk is none.
        ((run(2, during=3, after=2, morning=1.5), walk(5, morning=1.5)), []),
        # All that comes while it is open belongs to it.
        ((report(3), report(5), rated(6, 8), rated(7, 8)), [(3, "she says so")]),
    ],
)
def test_what_begins_a_flare(facts, expected):
    assert begun(USUAL_1, *facts) == expected


def test_her_own_lower_stop_begins_a_flare():
    facts = told(0, Back(usual_pain=1, stop_above=3))

    assert begun(facts, rated(3, 3)) == []
    assert begun(facts, rated(3, 3.5)) == [(3, "rating")]


def test_without_a_usual_pain_a_rise_counts_from_the_edge_of_mild():
    # 2.0 and two points more.
    assert begun(told(0), run(3, morning=3.5)) == []
    assert begun(told(0), run(3, morning=4)) == [(4, "rise")]


def weeks_of_runs(first: int, *minutes: float) -> tuple:
    return tuple(clean_run(first + 7 * week, length) for week, length in enumerate(minutes))


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        # Flare on day 3, gate on day 7 (a Monday); a week before it held 60 minutes.
        (weeks_of_runs(9, 30, 40, 60), 28),  # the third week ends on day 27
        (weeks_of_runs(9, 30, 40, 59), None),
        ((clean_run(8, 20), clean_run(10, 20), clean_run(13, 20)), 14),  # all in one week
        ((clean_run(12, 40), clean_run(14, 40)), None),  # Saturday and Monday are two weeks
    ],
)
def test_it_is_over_after_a_full_week_with_as_much_as_before(runs, expected):
    assert over(USUAL_1, *through_the_gate(3), *runs) == expected


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        # Gate on day 7; 7 + 28 = 35. The last 14 days need three ratings, none above 2, no set-back.
        (weeks_of_runs(9, 30, 40, 50, 50), 35),
        (weeks_of_runs(9, 30, 40), None),  # no rating since day 17
        ((*weeks_of_runs(9, 30, 40, 50), rated(30, 2.5)), 45),  # day 30 and 14 days after it
        (
            (*weeks_of_runs(9, 30, 40, 50), run(30, 40, during=1, after=1, morning=1.5)),
            45,
        ),  # known on 31
    ],
)
def test_it_is_over_after_four_weeks_where_the_last_two_were_quiet(runs, expected):
    quiet = rated_days(32, *[1] * 14) if expected == 45 else ()

    assert over(USUAL_1, *through_the_gate(3), *runs, *quiet, today=48) == expected


def test_the_week_in_which_the_gate_opened_is_not_a_full_one():
    # The gate opens on day 5, a Saturday.
    assert over(USUAL_1, *through_the_gate(1), clean_run(5, 60)) is None


def test_a_week_counts_when_it_is_over():
    facts = (USUAL_1, *through_the_gate(3), clean_run(8, 60))

    assert over(*facts, today=13) is None
    assert over(*facts, today=14) == 14


NO_RUNS = told(0, Back(usual_pain=1))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # Fourteen days from day 7 on, every rating at most 2, three of them at the least, with
        # that of the morning on which the gate opened.
        (rated_days(8, 2, 1), 21),
        (rated_days(8, 2), None),
        ((), None),
        # A rating above it on day 9: fourteen days from day 10 on.
        ((*rated_days(8, 2, 2.5, 1), *rated_days(12, 1, 1)), 24),
    ],
)
def test_with_no_running_before_it_is_over_after_two_weeks_of_little_pain(facts, expected):
    assert over(NO_RUNS, *through_the_gate(3), *facts) == expected


def test_on_the_way_back_a_flare_begins_anew_with_the_usual_pain_of_the_first():
    # The flare of day 3 is not over on day 20; the ratings before it (2) would be usual by then.
    facts = history(USUAL_1, *through_the_gate(3), *rated_days(14, 2, 2, 2, 2), report(20))

    assert [number(flare.day_0) for flare in found(facts)] == [3, 20]
    assert found(facts)[1].usual_tenths == 10


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        # While returning, pain above 2 in a run and more than usual after it are set-backs too.
        ((run(9, during=2.5), run(12, after=1.5)), [(3, "she says so"), (12, "second set-back")]),
        ((run(9, during=2), run(12, after=1)), [(3, "she says so")]),
        # One run that was bad twice is one.
        ((run(9, during=2.5, morning=2),), [(3, "she says so")]),
        # A set-back from before the flare does not count again.
        ((run(1, morning=1.5), run(9, morning=1.5)), [(3, "she says so")]),
    ],
)
def test_set_backs_on_the_way_back(runs, expected):
    assert begun(USUAL_1, *through_the_gate(3), *runs) == expected


def test_which_flare_is_open_and_which_was_the_last():
    whole = history(USUAL_1, *through_the_gate(3))

    assert open_flare(whole, LIMITS, day(6), LEG_SIGNS) is not None
    assert open_flare(whole, LIMITS, day(7), LEG_SIGNS) is None
    assert last_flare(whole, LIMITS, day(2), LEG_SIGNS) is None
    assert number(last_flare(whole, LIMITS, day(7), LEG_SIGNS).day_0) == 3


@given(fact_lists(), st.integers(0, 45))
def test_flares_follow_each_other(facts, today):
    course = found(in_this_order(facts), today)

    for flare in course:
        assert flare.gate_on is None or flare.gate_on > flare.day_0
        assert flare.over_on is None or flare.over_on > flare.gate_on
    for one, other in pairwise(course):
        assert one.gate_on is not None
        assert one.gate_on <= other.day_0
        assert one.over_on is None or one.over_on <= other.day_0


@given(fact_lists(), st.integers(0, 40))
def test_telling_the_same_flare_again_changes_nothing(facts, on):
    once = [*(fact for fact in facts if fact.on != day(on)), report(on)]
    flare = open_flare(in_this_order(once), LIMITS, day(on), LEG_SIGNS)

    again = in_this_order([*once, rated(on, 6)])

    assert open_flare(again, LIMITS, day(on), LEG_SIGNS) == flare
