"""The checker of re-plans itself: a sound re-plan has no breach, and each limit can be broken."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.contract_again import breaches_again
from tests.contract_states import Diary
from tests.test_contract_checker import FILE, FIRST, SECOND, THIRD, document, ladder, week

MONDAY = date(2026, 11, 30)
FILE_AGAIN = FILE | {"back": {"pain_today": 0, "usual_pain": 0}}
FOURTH, FIFTH, SIXTH = ladder(12, 60, 90), ladder(10, 90, 90), ladder(9, 120, 75)
STEPS = ("during", "after", "morning")


def day(number: int) -> str:
    return (MONDAY + timedelta(days=number)).isoformat()


def entry(on: int, kind: str, **given: Any) -> dict[str, Any]:
    pains = {f"pain_{key}": given.pop(key, None) for key in STEPS}
    fields = {"run_minutes": 0, "walk_minutes": 0, "session_kind": None, "steps": []}
    return {"on": day(on), "kind": kind, "pain": None, "skipped": False} | fields | pains | given


def run(on: int, minutes: float, **given: Any) -> dict[str, Any]:
    clean = dict.fromkeys(STEPS, 0)
    return entry(on, "run", **{"run_minutes": minutes, "session_kind": "easy_run"} | clean | given)


def stage(on: int, session: dict[str, Any], **given: Any) -> dict[str, Any]:
    kept = {"session_kind": "run_walk", "steps": session["steps"]}
    return run(on, session["run_minutes"], **kept | given)


def strength(on: int) -> dict[str, Any]:
    return entry(on, "strength", session_kind="strength")


def rated(on: int, pain: float) -> dict[str, Any]:
    return entry(on, "day", pain=pain)


def gate_walk(on: int, morning: float = 0) -> dict[str, Any]:
    return entry(on, "walk", walk_minutes=30, during=0, after=0, morning=morning)


def history(*logged: dict[str, Any], flare: int | None = None, **more: Any) -> dict[str, Any]:
    reports = [] if flare is None else [{"on": day(flare), "pain": 6}]
    return {"logged": list(logged), "reports": reports, "answers": more.get("answers", [])}


GATE_ON_DAY_4 = (rated(1, 0), rated(2, 0), gate_walk(3))
"""A flare on day 0 that ends as early as it can."""


def broken(
    days: list[list[dict[str, Any]]],
    states: str,
    known: dict[str, Any],
    today: int,
    open_on: int | None = None,
    **file: Any,
) -> list[str]:
    """The limits broken by a plan of these days from day 0 on, re-planned on ``today``."""
    found = breaches_again(
        document(days, states),
        FILE_AGAIN | file,
        known,
        first=MONDAY,
        today=date.fromisoformat(day(today)),
        open_on=date.fromisoformat(day(today if open_on is None else open_on)),
        leg_signs=("RF19",),
    )
    return sorted({one.limit for one in found})


def test_a_sound_re_plan_breaks_nothing():
    days = week(". . . e44 s30 . e30")

    assert broken(days, "mild", history(run(0, 30)), today=2) == []


def test_what_was_run_counts_for_the_cap():
    # 44 minutes after the 40 told; 48.4 after the 44 run on Monday.
    days = week(". . l48.4 . . . .")

    assert broken(days, "mild", history(run(0, 44)), today=1) == []
    assert broken(days, "mild", history(run(0, 43)), today=1) == ["session-cap"]


@pytest.mark.parametrize(
    ("days", "logged", "state", "limit"),
    [
        (". e30", [run(0, 30)], "moderate", "run-days-apart"),
        (". s20", [strength(0)], "mild", "strength-apart"),
        (". l30", [run(0, 30, session_kind="hard_run")], "mild", "hard-days-apart"),
        (". . h30", [run(0, 30, session_kind="hard_run")], "mild", "hard-runs"),
        (". . . . . e20", [run(n, 20) for n in range(4)], "mild", "run-days"),
        (
            *(
                ". . . . . . s20",
                [*(strength(n) for n in (0, 2, 4)), *map(run, (1, 3), (9, 9))],
            ),
            *("returning", "rest-days"),
        ),
        (". . . . e30", [run(0, 44), run(2, 47)], "mild", "weekly-volume"),  # 121 of 120
    ],
)
def test_what_was_done_before_counts(days, logged, state, limit):
    # The re-plan is made on the first day with a session.
    today = next(number for number, word in enumerate(days.split()) if word != ".")

    assert limit in broken(week(days), state, history(*logged), today=today)


def test_a_planned_run_that_nobody_logged_may_have_been_run():
    days = [*week("e30"), [FIRST]]

    assert "run-days-apart" in broken(days, "mild", history(), today=1)
    skipped = entry(0, "day", skipped=True)
    assert "run-days-apart" not in broken(days, "mild", history(skipped), today=1)


@pytest.mark.parametrize(
    ("first", "limit"),
    [
        # Two days before the plan she ran 40 minutes: on day 4 half of that is the most, so stage 7.
        (ladder(8, 150, 60), []),
        (ladder(7, 180, 60), ["restart-dose"]),
    ],
)
def test_the_first_run_after_a_flare(first, limit):
    days = [[], [], [], [], [first], [], []]
    known = history(*GATE_ON_DAY_4, flare=0)

    assert broken(days, "returning", known, today=4) == limit


def test_the_longest_since_the_restart_counts_afterwards():
    # 12 minutes since the gate: at most 15.
    known = history(*GATE_ON_DAY_4, *(stage(n, FOURTH) for n in (4, 6, 8)), flare=0)
    days = [[] for _ in range(11)] + [[FIFTH]]

    assert broken(days, "returning", known, today=11) == []
    days[11] = [SIXTH]
    assert broken(days, "returning", known, today=11) == ["session-cap", "two-clean"]


def test_a_stage_takes_three_sessions_of_which_the_last_two_were_clean():
    days = [[] for _ in range(11)] + [[FIFTH]]
    late = (stage(4, FOURTH, during=None), stage(6, FOURTH), stage(8, FOURTH))
    sore = (stage(4, FOURTH), stage(6, FOURTH), stage(8, FOURTH, during=None))

    assert broken(days, "returning", history(*GATE_ON_DAY_4, *late, flare=0), today=11) == []
    for done in (sore, late[1:]):
        known = history(*GATE_ON_DAY_4, *done, flare=0)
        assert broken(days, "returning", known, today=11) == ["two-clean"]


def test_no_step_up_in_moderate_pain():
    known = history(stage(0, SECOND), stage(2, SECOND), rated(4, 3))
    days = [[], [], [], [], [THIRD]]

    assert "two-clean" in broken(days, "moderate", known, today=4)


def test_no_running_and_no_strength_in_a_flare():
    for words in (". . e20", ". . s20"):
        found = broken(week(words), "flare", history(flare=0), today=2)
        assert "flare-rest" in found


def test_no_return_before_the_gate_can_open():
    # Quiet on days 1 and 2, the walk on day 3: the gate opens on day 4 at the earliest.
    days = week(". . . . . .")
    plan = document(days, "returning")
    for number in range(4):
        plan["days"][number]["state"] = "flare"
    known, today = history(flare=0), date.fromisoformat(day(1))
    found = breaches_again(plan, FILE_AGAIN, known, first=MONDAY, today=today, open_on=today)

    assert [one.limit for one in found] == []
    plan["days"][3]["state"] = "returning"
    found = breaches_again(plan, FILE_AGAIN, known, first=MONDAY, today=today, open_on=today)
    assert [one.limit for one in found] == ["gate"]


@pytest.mark.parametrize(("runs_on", "limit"), [(6, ["days-off"]), (7, [])])
def test_two_days_off_after_a_bad_run_on_the_way_back(runs_on, limit):
    known = history(*GATE_ON_DAY_4, stage(4, FOURTH, morning=1.5), flare=0)
    days: list[list[dict[str, Any]]] = [[] for _ in range(8)]
    days[runs_on] = [THIRD]

    assert broken(days, "returning", known, today=5) == limit


def test_no_longer_run_after_a_bad_one():
    known = history(run(0, 30, morning=1))
    days = week(". . . e31 . . .")

    assert broken(days, "mild", known, today=1) == ["step-back"]


def test_continuous_running_has_no_place_on_the_way_back():
    known = history(*GATE_ON_DAY_4, flare=0)

    assert broken(week(". . . . e15"), "returning", known, today=4) == ["run-walk-only"]


@pytest.mark.parametrize(
    ("words", "flag", "cleared", "limit"),
    [
        (". e20", "RF11", None, ["cleared-first"]),
        (". s20", "RF11", None, ["cleared-first"]),
        (". w20", "RF11", None, []),
        (". w20", "RF10", None, ["cleared-first"]),
        (". e20", "RF11", day(1), []),
    ],
)
def test_a_red_flag_stops_until_it_is_cleared(words, flag, cleared, limit):
    known = history(answers=[{"on": day(0), "flags": [flag], "cleared_on": cleared}])

    assert broken(week(words), "mild", known, today=1) == limit


def state(today: int, *logged: dict[str, Any], flare: int | None = None, **more: Any) -> str:
    known = history(*logged, flare=flare, **more)
    on = date.fromisoformat(day(today))
    return Diary(known, FILE_AGAIN, MONDAY, on, ("RF19",)).state


@pytest.mark.parametrize(
    ("today", "logged", "expected"),
    [
        (3, [rated(3, 2)], "mild"),
        (3, [rated(3, 2.5)], "moderate"),
        (10, [rated(3, 2.5)], "mild"),  # seven days later it counts no more
        (3, [rated(3, 5.5)], "flare"),
        (3, [run(2, 20, morning=2)], "flare"),  # two above the usual 0
        (3, [run(2, 20, morning=1.5)], "mild"),
        (2, [run(2, 20, morning=6)], "mild"),  # tomorrow's morning is not known
        # Two set-backs in 14 days.
        (5, [run(2, 20, morning=1), run(4, 20, morning=1)], "flare"),
        (19, [run(2, 20, morning=1), run(16, 20, morning=1), rated(19, 0)], "mild"),
    ],
)
def test_the_state_by_the_ratings(today, logged, expected):
    assert state(today, *logged) == expected


@pytest.mark.parametrize(
    ("logged", "expected"),
    [
        (GATE_ON_DAY_4, "returning"),
        ((rated(1, 0), gate_walk(2)), "flare"),  # one quiet day
        ((rated(1, 0), rated(2, 1), gate_walk(3)), "flare"),  # above the usual 0
        ((rated(1, 0), rated(2, 0), gate_walk(3, morning=1)), "flare"),
        ((*GATE_ON_DAY_4[:2], entry(3, "walk", walk_minutes=29, during=0, morning=0)), "flare"),
    ],
)
def test_the_gate(logged, expected):
    assert state(4, *logged, flare=0) == expected


def test_a_leg_sign_keeps_the_gate_shut_until_it_is_cleared():
    sign = {"on": day(0), "flags": ["RF19"], "cleared_on": None}

    assert state(4, *GATE_ON_DAY_4, flare=0, answers=[sign]) == "flare"
    sign["cleared_on"] = day(4)
    assert state(4, *GATE_ON_DAY_4, flare=0, answers=[sign]) == "returning"


def test_the_way_back_ends_after_a_week_as_full_as_before():
    # 100 minutes a week before the flare; days 7 to 13 are the first full week after the gate.
    full = [run(n, 25) for n in (7, 9, 11, 13)]

    assert state(14, *GATE_ON_DAY_4, *full, flare=0) == "mild"
    assert state(14, *GATE_ON_DAY_4, *full[:3], flare=0) == "returning"


@pytest.mark.parametrize(
    ("today", "pain", "expected"), [(32, 0, "mild"), (31, 0, "returning"), (32, 2.5, "returning")]
)
def test_the_way_back_ends_after_four_weeks_the_last_two_of_them_quiet(today, pain, expected):
    # The gate opened on day 4.
    ratings = [rated(20, 0), rated(25, pain), rated(30, 0)]

    assert state(today, *GATE_ON_DAY_4, *ratings, flare=0) == expected
