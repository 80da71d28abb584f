"""No run much longer than the longest of the 30 days before it."""

from __future__ import annotations

import pytest

from planner.plan import State
from planner.request import Restart
from rules.dose.session_cap import SessionCap
from tests.dose_agreement import assert_same_doses_allowed, breaches, every_dose, runs
from tests.requests import a_request

RULE = SessionCap()


def broken(request, letters, *minutes):
    return [
        request.day_of(day)
        for breach in breaches(RULE, request, letters, runs(letters, *minutes))
        for day in breach.days
    ]


def a_restart(day=0, last=30.0, since=5, week=90.0):
    return Restart(
        day=day,
        pre_flare_week_hundredths=round(week * 100),
        last_run_hundredths=round(last * 100),
        days_since_last_run=since,
    )


@pytest.mark.parametrize(
    ("past", "states", "letters", "minutes", "expected"),
    [
        # 1.10 × 40 = 44 is more than 40 + 3 = 43.
        ({-1: 40}, "h", "e", [44.00], []),
        ({-1: 40}, "h", "e", [44.01], [0]),
        ({-1: 40}, "m", "e", [44.01], [0]),
        # 10 + 3 = 13 is more than 1.10 × 10 = 11.
        ({-1: 10}, "m", "e", [13.00], []),
        ({-1: 10}, "m", "e", [13.01], [0]),
        # At 30 minutes both are 33.
        ({-1: 30}, "h", "l", [33.00], []),
        ({-1: 30}, "h", "l", [33.01], [0]),
        # 1.10 × 33.33 = 36.663: 36.66 is within, 36.67 above.
        ({-1: 33.33}, "h", "e", [36.66], []),
        ({-1: 33.33}, "h", "e", [36.67], [0]),
        # The 30th day back counts, the 31st does not: then 3.25 of the first stage.
        ({-30: 40}, "h", "e", [44.00], []),
        ({-31: 40}, "h", "e", [3.25], []),
        ({-31: 40}, "h", "e", [3.26], [0]),
        ({}, "h", "e", [3.25], []),
        ({}, "h", "e", [3.26], [0]),
        # The longest counts, not the latest.
        ({-20: 40, -1: 10}, "h", "e", [44.00], []),
        # A planned run counts for the next: 44, then 1.10 × 44 = 48.4.
        ({-1: 40}, "h", "e . l", [44.00, 48.40], []),
        ({-1: 40}, "h", "e . l", [44.00, 48.41], [2]),
        # Not for itself or for one before it.
        ({-1: 40}, "h", "e . l", [44.01, 44.00], [0]),
        # Every run that is too long is told: 50 > 44, 56 > 55.
        ({-1: 40}, "h", "e . l", [50.00, 56.00], [0, 2]),
        # In moderate pain neither a tenth nor three minutes more.
        ({-1: 40}, "M", "e", [40.00], []),
        ({-1: 40}, "M", "e", [40.01], [0]),
        ({-1: 10}, "M", "e", [10.01], [0]),
        # The state of the run's own day: moderate first, mild on the third day.
        ({-1: 40}, "MMm", "e . e", [40.00, 44.00], []),
        ({-1: 40}, "mmM", "e . e", [44.00, 44.01], [2]),
    ],
)
def test_breaches(past, states, letters, minutes, expected):
    request = a_request(len(letters.split()), states=states, past_runs=past)

    assert broken(request, letters, *minutes) == expected


def test_a_race_keeps_it_too():
    request = a_request(2, past_runs={-1: 40}, race_on=1)

    assert broken(request, ". R", 44.00) == []
    assert broken(request, ". R", 44.01) == [1]


def test_after_a_restart_only_the_runs_since_count():
    # 20 minutes on day 0 allow 23 (20 + 3) on day 2, whatever was run before the flare.
    request = a_request(3, states="r", past_runs={-6: 60}, restart=a_restart())

    assert broken(request, "e . e", 20.00, 23.00) == []
    assert broken(request, "e . e", 20.00, 23.01) == [2]


def test_the_first_run_after_a_restart_keeps_the_cap_of_the_30_days():
    # 1.10 × 60 = 66; the restart dose is another rule.
    request = a_request(1, states="r", past_runs={-6: 60}, restart=a_restart())

    assert broken(request, "e", 66.00) == []
    assert broken(request, "e", 66.01) == [0]


def test_after_the_return_the_runs_before_the_flare_count_again():
    # Returning on day 0, mild on day 2: the longest of 30 days is 60 again, 66 is within.
    request = a_request(3, states="rrm", past_runs={-6: 60}, restart=a_restart())

    assert broken(request, "e . e", 20.00, 66.00) == []
    assert broken(request, "e . e", 20.00, 66.01) == [2]


def test_a_planned_run_of_unknown_length_is_no_run_that_allows_more():
    # Planned, and nobody knows whether it was done: 0 minutes, so the first stage (3.25) it is.
    request = a_request(1, past_runs={-2: 0.0})

    assert broken(request, "e", 3.25) == []
    assert broken(request, "e", 3.26) == [0]


def test_flare_days_are_left_to_the_rule_that_forbids_running():
    request = a_request(1, states="f", past_runs={-1: 40})

    assert request.states == (State.FLARE,)
    assert broken(request, "e", 60.00) == []


def test_the_reason():
    request = a_request(3, past_runs={-1: 40})

    found = breaches(RULE, request, ". . l", runs(". . l", 50.0))

    # 50 is a quarter above 40.
    assert [breach.reason for breach in found] == [
        "50 min of running on Wed 2 Dec is 25 % above the longest of the 30 days before (40 min); "
        "with a healthy back the limit is 10 %, 44 min."
    ]
    assert found[0].rule == "session-cap"
    assert found[0].is_limit


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        # 60 is 200 % above 20; 60.2 is 201 %, and from there on the percentage says nothing more.
        (
            60.0,
            " is 200 % above the longest of the 30 days before (20 min); with a healthy back the "
            "limit is 3 min more, 23 min.",
        ),
        (
            60.2,
            "; the longest of the 30 days before has 20 min, so with a healthy back at most 23 min.",
        ),
    ],
)
def test_a_jump_beyond_all_measure_is_told_in_minutes(minutes, said):
    request = a_request(3, past_runs={-1: 20})

    (found,) = breaches(RULE, request, ". . l", runs(". . l", minutes))

    assert found.reason.endswith(said)


@pytest.mark.parametrize(
    ("minutes", "percent"),
    # 19.8 % and 19.5 % above 40 are told as 20, 19.45 % as 19.
    [(47.92, 20), (47.80, 20), (47.78, 19)],
)
def test_the_percentage_is_rounded_half_up(minutes, percent):
    request = a_request(3, past_runs={-1: 40})

    (found,) = breaches(RULE, request, ". . l", runs(". . l", minutes))

    assert f" is {percent} % above" in found.reason


def test_the_reason_after_30_days_without_a_run():
    request = a_request(1)

    found = breaches(RULE, request, "e", runs("e", 10.0))

    assert [breach.reason for breach in found] == [
        "10 min of running on Mon 30 Nov after 30 days without a run; the ladder's first stage has "
        "3.25."
    ]


EDGES_40 = (3000, 4000, 4001, 4400, 4401, 4840, 4841)
EDGES_10 = (1000, 1001, 1300, 1301, 1600, 1601)
NONE_BEFORE = (325, 326, 625, 626)


@pytest.mark.parametrize(
    ("past", "states", "letters", "minutes"),
    [
        ({-1: 40}, "h", "e . e . e", EDGES_40),
        ({-1: 40}, "m", "l . e . l", EDGES_40),
        ({-1: 10}, "h", "e . e . e", EDGES_10),
        ({-1: 10}, "m", "e . . e", EDGES_10),
        ({-30: 40}, "h", "e e", EDGES_40),  # the second run is 31 days after it
        ({-29: 40, -31: 60}, "h", "e e", EDGES_40),
        ({-31: 40}, "h", "e e e", NONE_BEFORE),
        ({}, "h", "e . e", NONE_BEFORE),
        ({-2: 0.0}, "m", "e . e", NONE_BEFORE),
        ({-1: 40}, "M", "e . e", EDGES_40),
        ({-1: 10}, "M", "e . e", EDGES_10),
        ({-1: 40}, "MMm", "e . e . e", EDGES_40),
        ({-1: 40}, "mmM", "e . e . e", EDGES_40),
        ({-1: 40}, "mfffm", "e . . . e . e", EDGES_40),
        ({-1: 40, -3: 44}, "h", "e . h . l", EDGES_40),
    ],
)
def test_solver_and_checker_allow_the_same(past, states, letters, minutes):
    days = len(letters.split())
    request = a_request(days, states=states, past_runs=past)

    assert_same_doses_allowed(RULE, request, letters, dict.fromkeys(range(days), minutes))


@pytest.mark.parametrize(
    ("states", "past", "restart"),
    [
        ("r", {-6: 40}, a_restart()),
        ("r", {-6: 40}, a_restart(day=2)),  # a run before the gate does not count after it
        ("r", {-35: 40}, a_restart()),  # no run in 30 days: the first stage, then 3 more
        ("r", {-30: 40}, a_restart()),  # 30 days before the first run, then out of sight
        ("r", {-6: 10}, None),  # returning, but nobody told since when
        ("rrm", {-6: 40}, a_restart()),  # mild from day 2: the 40 count again
        ("rrM", {-6: 40}, a_restart()),
    ],
)
def test_solver_and_checker_allow_the_same_after_a_flare(states, past, restart):
    request = a_request(5, states=states, past_runs=past, restart=restart)
    minutes = (325, 326, 625, 626, 1300, 4000, 4001, 4400, 4401)

    assert_same_doses_allowed(RULE, request, "e . e . e", {0: minutes, 2: minutes, 4: minutes})


def test_solver_and_checker_allow_the_same_race():
    request = a_request(4, past_runs={-1: 40}, race_on=3)

    assert_same_doses_allowed(RULE, request, "e . . R", {0: EDGES_40, 3: EDGES_40})


@pytest.mark.parametrize("states", ["m", "r"])
@pytest.mark.parametrize("past", [{}, {-9: 9}])
def test_solver_and_checker_allow_the_same_ladder_stages(states, past):
    restart = a_restart() if states == "r" else None
    request = a_request(
        5, states=states, past_runs=past, restart=restart, ladder_weeks=[0], minutes=36
    )

    assert_same_doses_allowed(RULE, request, "r . r . r")


@pytest.mark.parametrize(
    ("letters", "minutes", "past"),
    [
        # One easy length for the week: only the first of these runs can break the cap.
        ("e . e . e . .", 16, {-1: 10}),
        # The first easy run has less room than the others, so the second may break it.
        ("e . e . e . .", (11, 0, 16, 0, 16, 0, 0), {-1: 8}),
        # The long run is the longest: easy runs after it are within.
        ("e . l . e . .", (12, 0, 18, 0, 18, 0, 0), {-1: 10}),
        # … but not where the day of the long run is a short one.
        ("e . l . e . .", (12, 0, 14, 0, 18, 0, 0), {-1: 9}),
        ("l . e . e . .", (14, 0, 18, 0, 18, 0, 0), {-1: 9}),
        # The next week has lengths of its own.
        ("e . e . . . . e . l", (9, 0, 14) + (0,) * 4 + (15, 0, 16), {-1: 8}),
        ("l . e . . . . l . e", (11, 0, 9) + (0,) * 4 + (13, 0, 11), {-30: 9}),
        # Nothing known before: 3 minutes (3.25 at the most), then 6, then 9.
        ("e . e . e . .", 12, {}),
    ],
)
@pytest.mark.parametrize("states", ["h", "M"])
def test_one_length_a_week_loses_no_limit(letters, minutes, past, states):
    request = a_request(len(letters.split()), states=states, past_runs=past, minutes=minutes)

    assert_same_doses_allowed(RULE, request, letters)


def test_a_run_left_out_allows_nothing_more():
    # A run of 0 minutes is no run: what the solver allows beside it, the checker allows.
    request = a_request(5, past_runs={-31: 20}, minutes=8)

    found = every_dose(request, "e . e . e", rules=[RULE], may_drop=True)

    assert [dose for dose in found if breaches(RULE, request, "e . e . e", dose)] == []


@pytest.mark.parametrize(
    ("states", "minutes", "said"),
    [
        # Of 40 minutes 10 % are more than 3 minutes; with moderate pain there is no growth.
        ("h", 50, "(40 min); with a healthy back the limit is 10 %, 44 min."),
        ("M", 50, "(40 min); in moderate pain at most 40 min."),
        # Rounded these are 10 % and 0 % above: what is allowed is told in minutes alone.
        ("h", 44.1, "before has 40 min, so with a healthy back at most 44 min."),
        ("M", 40.1, "before has 40 min, so in moderate pain at most 40 min."),
    ],
)
def test_the_reason_tells_the_limit_of_the_state(states, minutes, said):
    request = a_request(3, states=states, past_runs={-1: 40})

    (found,) = breaches(RULE, request, ". . l", runs(". . l", minutes))

    assert found.reason.endswith(said)
