"""The first run after a flare is a small one, by the days since the last run."""

from __future__ import annotations

import pytest

from planner.request import Restart, WeekWish
from rules.dose.restart_dose import RestartDose
from tests.dose_agreement import assert_same_doses_allowed, breaches, every_dose, runs
from tests.requests import a_request, limits_with

RULE = RestartDose()


def a_restart(since, last=40.0, day=0):
    return Restart(
        day=day,
        pre_flare_week_hundredths=9000,
        last_run_hundredths=round(last * 100),
        days_since_last_run=since,
    )


def returning(days=5, *, states="r", **restart):
    return a_request(days, states=states, restart=a_restart(**restart))


def broken(request, letters, *minutes):
    found = breaches(RULE, request, letters, runs(letters, *minutes))
    return [request.day_of(day) for breach in found for day in breach.days]


@pytest.mark.parametrize(
    ("since", "last", "letters", "most"),
    [
        # Up to 5 days: 75 % of 40.
        (1, 40, "e", 30.00),
        (5, 40, "e", 30.00),
        # 6 to 14 days: 50 % of 40.
        (6, 40, "e", 20.00),
        (14, 40, "e", 20.00),
        # 15 to 28 days: half, but no more than stage 5 of the ladder (15 minutes).
        (15, 40, "e", 15.00),
        (28, 40, "e", 15.00),
        (15, 20, "e", 10.00),
        # Longer: the ladder's first stage.
        (29, 40, "e", 3.25),
        # The days count to the first run: 5 days before the plan and 1 in it.
        (5, 40, ". e", 20.00),
        # Never less than the first stage: 75 % of 4 would be 3.
        (1, 4, "e", 3.25),
        # 75 % of 33.33 is 24.9975: whole hundredths, rounded down.
        (1, 33.33, "e", 24.99),
    ],
)
def test_breaches(since, last, letters, most):
    days = letters.split()
    request = returning(len(days), since=since, last=last)
    day = days.index("e")

    assert broken(request, letters, most) == []
    assert broken(request, letters, most + 0.01) == [day]


def test_only_the_first_run_is_held():
    request = returning(since=1)

    assert broken(request, "e . e . .", 30, 60) == []
    assert broken(request, "e . e . .", 31, 60) == [0]


def test_running_before_the_gate_is_another_rules_matter():
    request = returning(states="ffr", since=1, day=2)

    # Two days in the plan and one before: 3 days since the last run.
    assert broken(request, "e . . e .", 60, 30.00) == []
    assert broken(request, "e . . e .", 60, 30.01) == [3]


def test_a_first_run_that_was_done_before_the_plan_is_a_fact():
    request = a_request(3, states="r", past_runs={-2: 40}, restart=a_restart(since=1, day=-3))

    assert broken(request, "e . e", 60, 60) == []
    assert len(every_dose(request, "e . e", {0: (3001, 6000), 2: (6000,)}, [RULE])) == 2


def test_a_run_before_the_gate_was_no_restart():
    # 75 % of 40 for the first run after it.
    request = a_request(3, states="r", past_runs={-4: 40}, restart=a_restart(since=4, day=-3))

    assert broken(request, "e . e", 30.01, 60) == [0]
    assert_same_doses_allowed(RULE, request, "e . e", {0: (3000, 3001), 2: (6000,)})


def test_a_run_that_may_not_have_been_done_was_no_restart():
    request = a_request(3, states="r", past_runs={-2: 0.0}, restart=a_restart(since=1, day=-3))

    assert broken(request, "e . e", 30.01, 60) == [0]
    assert_same_doses_allowed(RULE, request, "e . e", {0: (3000, 3001), 2: (6000,)})


def test_a_first_run_once_the_return_is_over_is_free():
    request = returning(states="rrm", since=1)

    assert broken(request, ". . e . .", 60) == []


def test_without_a_restart_there_is_nothing_to_keep():
    assert broken(a_request(1, states="r"), "e", 60) == []


def test_the_numbers_come_from_the_limits():
    limits = limits_with({"restart-dose": {"band_1_days": 2, "band_1_percent": 60}}, "returning")
    request = a_request(1, states="r", restart=a_restart(since=2), limits=limits)

    # 60 % of 40; a day later the next band: 50 %.
    assert broken(request, "e", 24.01) == [0]
    assert broken(request, "e", 24.00) == []
    later = request.model_copy(update={"restart": a_restart(since=3)})
    assert broken(later, "e", 20.01) == [0]


def test_the_reason():
    request = returning(since=6)

    found = breaches(RULE, request, "e . . . .", runs("e . . . .", 25.5))

    assert [breach.reason for breach in found] == [
        "25.5 min of running on Mon 30 Nov, the first run after the flare; at most 20."
    ]
    assert found[0].is_limit


def test_the_reason_where_no_run_before_the_flare_was_comfortable():
    """Runs are known, the last six days ago, but none to take a share of: the ladder's first stage."""
    restart = returning(since=6).restart
    assert restart is not None
    none = restart.model_copy(update={"last_run_hundredths": 0})
    request = returning(since=6).model_copy(update={"restart": none})

    (found,) = breaches(RULE, request, "e . . . .", runs("e . . . .", 25.5))

    assert found.reason.endswith(
        "the first run after the flare; at most 3.25, as no run before it was rated 2 or less during it."
    )


MINUTES = (325, 326, 1000, 1001, 1500, 1501, 2000, 2001, 3000, 3001)


@pytest.mark.parametrize("since", [1, 4, 5, 6, 13, 14, 15, 27, 28, 29, 40])
@pytest.mark.parametrize("letters", ["e . e . .", ". e . e .", ". . . . e"])
def test_solver_and_checker_allow_the_same(since, letters):
    request = returning(since=since)
    domains = {day: MINUTES for day, word in enumerate(letters.split()) if word == "e"}

    assert_same_doses_allowed(RULE, request, letters, domains)


@pytest.mark.parametrize(
    ("states", "day", "letters", "settles"),
    [
        ("ffr", 2, ". . e . e", True),
        ("rrm", 0, ". . e . e", False),
        ("rrM", 0, "e . e . .", True),
        ("m", 0, "e . e . .", False),
    ],
)
def test_solver_and_checker_allow_the_same_in_mixed_states(states, day, letters, settles):
    request = returning(states=states, since=3, day=day)
    domains = {day: MINUTES for day, word in enumerate(letters.split()) if word == "e"}

    assert_same_doses_allowed(RULE, request, letters, domains, settles=settles)


@pytest.mark.parametrize("since", [1, 6, 15, 29])
def test_solver_and_checker_allow_the_same_ladder_stages(since):
    # The way back asks for more than any limit leaves.
    wishes = (WeekWish(easy_minutes=60),)
    request = returning(since=since).model_copy(
        update={"available_minutes": (44,) * 5, "week_wishes": wishes}
    )

    assert_same_doses_allowed(RULE, request, "r . r . .")


def test_the_first_run_left_out_passes_the_limit_on_to_the_next():
    # Half of 8 is 4.
    request = returning(since=6, last=8).model_copy(update={"available_minutes": (6,) * 5})

    found = every_dose(request, "e . e . e", rules=[RULE], may_drop=True)

    assert [dose for dose in found if breaches(RULE, request, "e . e . e", dose)] == []
    # One length a week: with the first run of 6 left out, none of 6 is left.
    assert max(dose[4].run_hundredths for dose in found) == 400
