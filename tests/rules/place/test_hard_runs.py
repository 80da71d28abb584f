"""hard-runs: none in moderate, flare and returning; at most one a week in mild."""

from __future__ import annotations

from datetime import date

import pytest

from planner.plan import Kind
from rules.place.hard_runs import HardRuns
from tests.agreement import assert_agreement, breaches_in, broken_days
from tests.requests import a_request

RULE = HardRuns()
WEDNESDAY = date(2026, 12, 2)


@pytest.mark.parametrize(
    ("letters", "given", "broken"),
    [
        (". h . . h . . . . .", {"states": "h"}, []),  # healthy: this rule has no number
        (". h . . . . . . . .", {"states": "m"}, []),
        (". h . . h . . . . .", {"states": "m"}, [(1, 4)]),
        ("h . . . . . h . . .", {"states": "m"}, [(0, 6)]),  # Monday and Sunday: one week
        (". . . . . . h . h .", {"states": "m"}, []),  # Sunday and Tuesday: two weeks
        ("h . h . h . . . . .", {"states": "m"}, [(0, 2, 4)]),
        (". h . . . . . . . .", {"states": "M"}, [(1,)]),
        (". h . . . . . . . .", {"states": "r"}, [(1,)]),
        (". h . . . . . . . .", {"states": "f"}, [(1,)]),  # none in flare
        ("h . . . . . . . . h", {"states": "f"}, [(0,), (9,)]),  # each day by itself
        # A week is judged by the strictest of its days ...
        ("h . . . . . . . . .", {"states": "hhhhhhM"}, [(0,)]),
        ("h . h . . . . . . .", {"states": "hhhhhhm"}, [(0, 2)]),
        ("h . h . . . . . . .", {"states": "hhhhhhhm"}, []),  # the next Monday is none of them
        # ... flare days aside.
        ("h . h . . . . . . .", {"states": "hhhhhfh"}, []),
        ("h . h . . . . . . .", {"states": "mmmmmfm"}, [(0, 2)]),
        (". . . h . . . . . .", {"states": "hhhfhhh"}, [(3,)]),
        # A race counts beside a hard run; alone it is another rule's.
        (". h . . . . R . . .", {"states": "m", "race_on": 6}, [(1, 6)]),
        (". . . . . . R h . .", {"states": "m", "race_on": 6}, []),
        (". . . . . . R . . .", {"states": "M", "race_on": 6}, []),
        # What was run before the plan, earlier in the same week, counts.
        (
            ". . h . . . . . . .",
            {"states": "m", "start": WEDNESDAY, "past_runs": {-1: Kind.HARD_RUN}},
            [(-1, 2)],
        ),
        (
            ". . h . . . . . . .",
            {"states": "m", "start": WEDNESDAY, "past_runs": {-2: Kind.RACE}},
            [(-2, 2)],
        ),
        (
            # Wednesday less three days is Sunday, of the week before.
            ". . h . . . . . . .",
            {"states": "m", "start": WEDNESDAY, "past_runs": {-3: Kind.HARD_RUN}},
            [],
        ),
        (
            # The first Monday after is day 5.
            ". . . . . h . . . .",
            {"states": "m", "start": WEDNESDAY, "past_runs": {-1: Kind.HARD_RUN}},
            [],
        ),
        (
            # Nothing planned broke it: what was run cannot be undone.
            ". . . . . . . . . .",
            {"states": "M", "start": WEDNESDAY, "past_runs": {-1: Kind.HARD_RUN}},
            [],
        ),
    ],
)
def test_breaches(letters, given, broken):
    assert broken_days(RULE, a_request(10, **given), letters) == broken


@pytest.mark.parametrize(
    ("states", "letters", "reason"),
    [
        ("m", ". h . h .", "2 hard days in the week of Mon 30 Nov; at most 1 there."),
        ("M", ". . . h .", "1 hard day in the week of Mon 30 Nov; at most 0 there."),
        ("hfh", ". h . . .", "A hard run on Tue 1 Dec, during a flare."),
    ],
)
def test_the_reason_says_how_many_and_when(states, letters, reason):
    request = a_request(5, states=states)

    assert [breach.reason for breach in breaches_in(RULE, request, letters)] == [reason]


@pytest.mark.parametrize("states", ["h", "m", "M", "f", "r", "hm", "mf", "fh", "Mh"])
@pytest.mark.parametrize("days", [1, 2])
def test_solver_and_checker_agree_on_every_kind(days, states):
    menu = ". e l h r w s m hs hm"
    # A healthy week has no number; in a mild one, one hard run is allowed.
    free = {"h", "m"} if days == 1 else {"h"}
    bites = not set(states[:days]) <= free

    assert_agreement(RULE, a_request(days, states=states), menu, bites=bites)


@pytest.mark.parametrize("past_runs", [{}, {-1: Kind.HARD_RUN}, {-2: Kind.RACE, -3: Kind.HARD_RUN}])
@pytest.mark.parametrize("states", ["m", "M", "hhhhhhm", "mfmmmhh", "hhfhhrr", "fffffmm"])
def test_solver_and_checker_agree_over_a_week_border(states, past_runs):
    # Wednesday to Tuesday, the race on the first Sunday: the only day that can hold it.
    request = a_request(7, start=WEDNESDAY, states=states, past_runs=past_runs, race_on=4)
    menu = [". e h"] * 4 + [". h R"] + [". e h"] * 2

    assert_agreement(RULE, request, menu)


def test_solver_and_checker_agree_over_two_weeks():
    request = a_request(10, start=date(2026, 12, 27), states="mmmmmmmmhh")

    assert_agreement(RULE, request, ". h")
