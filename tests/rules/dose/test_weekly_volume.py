"""No week much fuller than the fullest of the four weeks before it."""

from __future__ import annotations

from datetime import date

import pytest

from planner.request import Restart
from rules.dose.weekly_volume import WeeklyVolume
from tests.dose_agreement import assert_same_doses_allowed, breaches, every_dose, runs
from tests.requests import MONDAY, a_request, limits_with

RULE = WeeklyVolume()
THURSDAY = date(2026, 12, 3)
WEEK = ". . . . . . "


def broken(request, letters, *minutes):
    """The weeks of the breaches."""
    found = breaches(RULE, request, letters, runs(letters, *minutes))
    return [request.week_of(request.day_of(breach.days[0])) for breach in found]


def weeks_before(*minutes):
    """Latest first."""
    return tuple(round(each * 100) for each in minutes)


def a_restart(week=90.0):
    return Restart(
        day=0,
        pre_flare_week_hundredths=round(week * 100),
        last_run_hundredths=3000,
        days_since_last_run=5,
    )


@pytest.mark.parametrize(
    ("before", "states", "minutes", "expected"),
    [
        # 1.30 × 100 = 130 when healthy, 1.20 × 100 = 120 in mild: more than 100 + 15.
        ((100,), "h", 130.00, []),
        ((100,), "h", 130.01, [0]),
        ((100,), "m", 120.00, []),
        ((100,), "m", 120.01, [0]),
        # Small weeks: 40 + 15 = 55 is more than 1.30 × 40 = 52.
        ((40,), "h", 55.00, []),
        ((40,), "h", 55.01, [0]),
        ((40,), "m", 55.01, [0]),
        # The highest of four weeks, the fifth no longer: 1.20 × 100; then 40 + 15.
        ((40, 40, 40, 100), "m", 120.00, []),
        ((40, 40, 40, 40, 100), "m", 55.00, []),
        ((40, 40, 40, 40, 100), "m", 55.01, [0]),
        # In moderate pain no more than last week, whatever the weeks before it held.
        ((40, 100), "M", 40.00, []),
        ((40, 100), "M", 40.01, [0]),
        # 1.30 × 100 after a flare, where nothing is known of the weeks before it.
        ((100,), "r", 130.00, []),
        ((100,), "r", 130.01, [0]),
        # The strictest of a week's days counts: 120 in mild and not 130, 100 in moderate.
        ((100,), "hhhhhhm", 120.01, [0]),
        ((100,), "mmmmmmh", 120.01, [0]),
        ((100,), "hMh", 100.01, [0]),
        # Flare days aside: the week of a healthy runner with a flare day in it.
        ((100,), "hfh", 130.00, []),
        ((100,), "hfh", 130.01, [0]),
    ],
)
def test_breaches_in_one_week(before, states, minutes, expected):
    request = a_request(
        7, states=states, past_week_hundredths=weeks_before(*before), past_runs={-2: 30}
    )

    assert broken(request, "e . . . . . l", minutes - 10, 10) == expected


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        # 120, then 1.20 × 120 = 144, then 1.20 × 144 = 172.8.
        ((120.00, 144.00, 172.80), []),
        ((120.00, 144.01, 172.81), [1]),
        ((120.00, 144.00, 172.81), [2]),
        # A lighter week does not hold the next one down: the week before it counts.
        ((120.00, 60.00, 144.00), []),
        ((120.00, 60.00, 144.01), [2]),
    ],
)
def test_planned_weeks_count_for_the_next(minutes, expected):
    request = a_request(15, states="m", past_week_hundredths=weeks_before(100), past_runs={-2: 30})

    assert broken(request, f"e {WEEK}e {WEEK}e", *minutes) == expected


def test_the_limit_fades_with_the_fifth_week():
    # 100 minutes in week 0; weeks 1 to 4 hold 10 each, so week 5 may hold 10 + 15 = 25.
    request = a_request(36, past_week_hundredths=weeks_before(100), past_runs={-2: 30})
    letters = f"e {WEEK}" * 5 + "e"

    assert broken(request, letters, 100, 10, 10, 10, 10, 25.00) == []
    assert broken(request, letters, 100, 10, 10, 10, 10, 25.01) == [5]


def test_with_no_run_in_30_days_the_ladder_leads():
    request = a_request(7, past_runs={-31: 40})

    assert broken(request, "e . . . . . l", 200, 200) == []


def test_a_run_30_days_before_monday_is_one_to_go_by():
    # It lies in the fifth week back, so the four weeks count as 0: 0 + 15 minutes.
    request = a_request(7, past_runs={-30: 40})

    assert broken(request, "e . . . . . l", 5, 10.00) == []
    assert broken(request, "e . . . . . l", 5, 10.01) == [0]


def test_the_30_days_before_end_with_the_monday_of_the_week():
    # A Thursday's start: the 30 days before Monday are days -33 to -4.
    told = {"start": THURSDAY, "past_week_hundredths": ()}

    assert broken(a_request(4, past_runs={-33: 40}, **told), "e . . .", 15.01) == [0]
    assert broken(a_request(4, past_runs={-34: 40}, **told), "e . . .", 15.01) == []


def test_what_the_journal_knows_of_the_first_week_counts():
    # Monday to Wednesday held 30: 1.30 × 100 = 130 leaves 100 for Thursday to Sunday.
    request = a_request(
        4,
        start=THURSDAY,
        past_week_hundredths=weeks_before(100),
        past_runs={-1: 30},
        run_before_in_week_0=3000,
    )

    assert broken(request, "e . . l", 40, 60.00) == []
    assert broken(request, "e . . l", 40, 60.01) == [0]


def test_what_was_run_cannot_be_undone_but_leaves_no_room():
    # In moderate pain no more than the 20 of the week before; 30 were run already.
    request = a_request(
        4,
        start=THURSDAY,
        states="M",
        past_week_hundredths=weeks_before(20),
        past_runs={-1: 30},
        run_before_in_week_0=3000,
    )

    assert broken(request, ". . . .") == []
    assert broken(request, "e . . .", 1) == [0]


def test_a_race_counts_in_its_week():
    request = a_request(7, past_week_hundredths=weeks_before(100), past_runs={-2: 30}, race_on=6)

    assert broken(request, "e . . . . . R", 60, 70.00) == []
    assert broken(request, "e . . . . . R", 60, 70.01) == [0]


def test_after_a_flare_never_above_what_a_week_held_before_it():
    # 1.30 × 80 = 104 and 80 + 15 = 95 are both above the 90 of before.
    request = a_request(
        7,
        states="r",
        past_week_hundredths=weeks_before(80),
        past_runs={-5: 30},
        restart=a_restart(90),
    )

    assert broken(request, "e . . . . . e", 45, 45.00) == []
    assert broken(request, "e . . . . . e", 45, 45.01) == [0]


def test_a_share_of_the_weeks_before_the_flare_can_be_asked_for():
    # Half of 90.
    request = a_request(
        7,
        states="r",
        past_week_hundredths=weeks_before(80),
        past_runs={-5: 30},
        restart=a_restart(90),
        limits=limits_with({"weekly-volume": {"pre_flare_percent": 50}}, "returning"),
    )

    assert broken(request, "e . . . . . e", 20, 25.00) == []
    assert broken(request, "e . . . . . e", 20, 25.01) == [0]


def test_the_reason():
    request = a_request(7, states="m", past_week_hundredths=weeks_before(100), past_runs={-2: 30})

    found = breaches(RULE, request, "e . . . . . l", runs("e . . . . . l", 60, 65.5))

    assert [breach.reason for breach in found] == [
        "125.5 min of running in the week of Mon 30 Nov is 26 % above the fullest of the 4 weeks "
        "before (100 min); in mild pain the limit is 20 %, 120 min."
    ]
    assert found[0].is_limit
    assert found[0].days == tuple(request.date_of(day) for day in range(7))


@pytest.mark.parametrize(
    ("states", "before", "said"),
    [
        # 15 minutes are more than 20 % of 60.
        ("m", 60, "4 weeks before (60 min); in mild pain the limit is 15 min more, 75 min."),
        ("m", 0, "4 weeks before has no running, so in mild pain at most 15 min."),
        ("M", 100, "is 26 % above the week before (100 min); in moderate pain at most 100 min."),
    ],
)
def test_the_reason_tells_which_number_is_the_limit(states, before, said):
    request = a_request(
        7, states=states, past_week_hundredths=weeks_before(before), past_runs={-8: 30}
    )

    (found,) = breaches(RULE, request, "e . . . . . l", runs("e . . . . . l", 60, 65.5))

    assert found.reason.endswith(said)


def test_the_reason_goes_by_the_weeks_before_the_flare():
    request = a_request(
        7,
        states="r",
        past_week_hundredths=weeks_before(80),
        past_runs={-5: 30},
        restart=a_restart(90),
    )

    (found,) = breaches(RULE, request, "e . . . . . e", runs("e . . . . . e", 45, 45.5))

    assert found.reason.endswith(
        "; on the way back after a flare at most 90 min, by what a week held before it."
    )


# Two runs a week; the sums lie at and one hundredth above 55, 115, 120, 130.
PAIRS = {0: (1500, 4000, 6000), 6: (4000, 4001, 5500, 6000, 6001, 7000, 7001)}


@pytest.mark.parametrize("states", ["h", "m", "M", "r", "hhhm", "mMf", "hfh", "rrM", "fff"])
@pytest.mark.parametrize(
    "before", [(100,), (40,), (40, 100), (40, 40, 40, 100), (40, 40, 40, 40, 100), (100.01,), ()]
)
def test_solver_and_checker_allow_the_same_week(states, before):
    request = a_request(
        7, states=states, past_week_hundredths=weeks_before(*before), past_runs={-30: 30}
    )

    assert_same_doses_allowed(RULE, request, "e . . . . . l", PAIRS, settles=None)


@pytest.mark.parametrize(
    ("states", "days"), [("h", 15), ("m", 15), ("M", 15), ("m" * 7 + "M" * 7 + "m", 15)]
)
def test_solver_and_checker_allow_the_same_weeks_in_a_row(states, days):
    request = a_request(
        days, states=states, past_week_hundredths=weeks_before(100), past_runs={-2: 30}
    )
    letters = f"e {WEEK}e {WEEK}e"
    # 1.3 and 1.2 steps from 100 on.
    first = (10000, 10001, 12000, 12001, 13000, 13001)
    second = (10000, 12000, 14400, 14401, 16900, 16901)
    third = (9999, 14400, 17280, 17281, 21970, 21971)

    assert_same_doses_allowed(RULE, request, letters, {0: first, 7: second, 14: third})


@pytest.mark.parametrize("past", [{}, {-2: 0.0}, {-31: 40}, {-30: 40}])
def test_solver_and_checker_allow_the_same_where_the_ladder_may_lead(past):
    # Without a run in 30 days the first week is free, the second goes by it.
    request = a_request(8, past_runs=past)
    letters = f"e {WEEK}e"
    minutes = {0: (500, 1000, 1500, 1501, 3000), 7: (2000, 2001, 3000, 3001, 4500, 4501)}

    assert_same_doses_allowed(RULE, request, letters, minutes)


@pytest.mark.parametrize(
    ("past", "before", "settles"),
    [
        # The 30 days before Monday of the first week are days -33 to -4 before a Thursday.
        ({-33: 40}, (), True),
        ({-34: 40}, (), False),
        ({-3: 40}, (), False),
        # Weeks that were told are running to go by, the four before and no more.
        ({}, (0, 0, 0, 10), True),
        ({}, (0, 0, 0, 0, 10), False),
    ],
)
def test_solver_and_checker_go_by_the_same_running_before(past, before, settles):
    request = a_request(
        4, start=THURSDAY, past_runs=past, past_week_hundredths=weeks_before(*before)
    )
    minutes = {0: (500, 1000, 1500), 2: (500, 501, 1000, 1001, 1500, 3000)}

    assert_same_doses_allowed(RULE, request, "e . l .", minutes, settles=settles)


@pytest.mark.parametrize("known", [0, 3000, 60000])
@pytest.mark.parametrize("states", ["h", "M"])
def test_solver_and_checker_allow_the_same_in_a_first_week_cut_short(known, states):
    # After 600 minutes nothing more fits into the first week.
    request = a_request(
        5,
        start=THURSDAY,
        states=states,
        past_week_hundredths=weeks_before(100, 30),
        past_runs={-3: 30},
        run_before_in_week_0=known,
    )
    minutes = {0: (500, 7000, 7001, 10000, 10001), 4: (500, 10000, 13000, 13001, 16900, 78500)}

    assert_same_doses_allowed(RULE, request, "e . . . l", minutes, settles=known != 60000)


def test_solver_and_checker_allow_the_same_after_a_flare():
    request = a_request(
        8,
        states="r",
        past_week_hundredths=weeks_before(0, 80),
        past_runs={-9: 30},
        restart=a_restart(90),
    )
    minutes = {0: (4500, 8999, 9000, 9001, 9500), 7: (5850, 5851, 6000, 6001, 9000, 9001)}

    assert_same_doses_allowed(RULE, request, f"e {WEEK}e", minutes)


@pytest.mark.parametrize(
    ("letters", "minutes", "before"),
    [
        ("e . e . l . .", (4, 0, 7, 0, 12, 0, 0), (5,)),
        (f"e {WEEK}e . l", (9, *(0,) * 6, 12, 0, 17), (2,)),
        (f"e . l . . . . e {WEEK}", (6, 0, 8, *(0,) * 4, 40, *(0,) * 6), (1,)),
    ],
)
@pytest.mark.parametrize("states", ["h", "m"])
def test_one_length_a_week_loses_no_limit(letters, minutes, before, states):
    request = a_request(
        len(letters.split()),
        states=states,
        minutes=minutes,
        past_week_hundredths=weeks_before(*before),
        past_runs={-3: 5},
    )

    assert_same_doses_allowed(RULE, request, letters)


def test_ladder_sessions_count_by_their_running():
    # Last week 6: 6 + 15 = 21 minutes of running in three sessions, breaks not counted.
    request = a_request(
        5,
        states="m",
        ladder_weeks=[0],
        minutes=36,
        past_week_hundredths=weeks_before(6),
        past_runs={-3: 6},
    )

    assert_same_doses_allowed(RULE, request, "r . r . r")


def test_more_than_a_week_of_such_days_could_hold_was_run_before_the_start():
    # 200 of 200 minutes run by Wednesday, days of 20 minutes ahead: 1.30 × 200 = 260 next week.
    request = a_request(
        11,
        start=THURSDAY,
        minutes=20,
        past_week_hundredths=weeks_before(200),
        past_runs={-1: 100},
        run_before_in_week_0=20000,
    )

    assert every_dose(request, f". . . . e {WEEK}", rules=[RULE]) == every_dose(
        request, f". . . . e {WEEK}"
    )


def test_a_first_week_that_was_too_full_already_may_end_with_rest():
    # 30 minutes run by Wednesday, 20 in the week before: in moderate pain no minute more.
    request = a_request(
        11,
        start=THURSDAY,
        states="M",
        minutes=12,
        past_week_hundredths=weeks_before(20),
        past_runs={-1: 30},
        run_before_in_week_0=3000,
    )

    assert_same_doses_allowed(RULE, request, f". . . . e {WEEK}", settles=False)
    assert_same_doses_allowed(RULE, request, f"e . . . e {WEEK}", settles=False)
    assert every_dose(request, f". . . . e {WEEK}", rules=[RULE])
    assert not every_dose(request, f"e . . . e {WEEK}", rules=[RULE])


def test_the_week_starts_on_monday():
    # Sunday and Monday are two weeks: 130 and 1.30 × 130 = 169.
    request = a_request(8, start=MONDAY, past_week_hundredths=weeks_before(100), past_runs={-2: 30})

    assert broken(request, f"{WEEK}e e", 130.00, 169.00) == []
    assert broken(request, f"{WEEK}e e", 130.00, 169.01) == [1]
