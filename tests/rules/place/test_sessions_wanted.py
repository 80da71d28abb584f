"""sessions-wanted: as many sessions of each sort as were asked for, in each week, as a wish."""

from __future__ import annotations

from datetime import date

import pytest

from planner.request import WeekWish, Wishes
from rules.place.sessions_wanted import SessionsWanted
from tests.agreement import assert_agreement, breaches_in, missed
from tests.requests import a_request

RULE = SessionsWanted()
ONE_EACH = Wishes(runs=1, walks=1, strength=1, mobility=1)
NO_LONG_RUN, LONG_RUN = WeekWish(easy_minutes=30), WeekWish(easy_minutes=30, long_minutes=40)
THREE_RUNS, TWO_WALKS = Wishes(runs=3), Wishes(runs=0, walks=2)


@pytest.mark.parametrize(
    ("letters", "given", "costs"),
    [
        # limits.toml: a missing run costs 8, strength 4, a walk 2, mobility 1.
        ("e w s m . . .", {"wishes": ONE_EACH}, []),
        (". w s m . . .", {"wishes": ONE_EACH}, [(0, 8)]),
        ("e w . m . . .", {"wishes": ONE_EACH}, [(0, 4)]),
        ("e . s m . . .", {"wishes": ONE_EACH}, [(0, 2)]),
        ("e w s . . . .", {"wishes": ONE_EACH}, [(0, 1)]),
        (". . . . . . .", {"wishes": ONE_EACH}, [(0, 8), (0, 4), (0, 2), (0, 1)]),
        ("e . e . e . .", {"wishes": THREE_RUNS}, []),
        ("e . . . . . .", {"wishes": THREE_RUNS}, [(0, 16)]),  # two missing
        ("e e e e e w s", {"wishes": THREE_RUNS}, []),  # more than wanted costs nothing
        ("r l h . . . .", {"wishes": THREE_RUNS}, []),  # every kind of run
        ("R e e . . . .", {"wishes": THREE_RUNS}, []),
        # In a week whose way to the goal has a long run, one of the runs is it; else that costs 6.
        ("l . e . e . .", {"wishes": THREE_RUNS, "wish": LONG_RUN}, []),
        ("r . h . e . .", {"wishes": THREE_RUNS, "wish": LONG_RUN}, [(0, 6)]),
        (". . . . . . .", {"wishes": THREE_RUNS, "wish": LONG_RUN}, [(0, 24), (0, 6)]),
        # A flare day wants a walk and nothing else: of three runs in seven days, 1.7 in four.
        (". . . w w w .", {"wishes": THREE_RUNS, "states": "mmmfffm"}, [(0, 16)]),
        ("e . e . . . .", {"wishes": THREE_RUNS, "states": "mmmfffm"}, [(0, 6)]),
    ],
)
def test_missed(letters, given, costs):
    assert missed(RULE, a_request(7, **{"wish": NO_LONG_RUN, **given}), letters) == costs


@pytest.mark.parametrize(
    ("letters", "minutes", "costs"),
    [
        # The long run of 40 minutes counts on days with time for it; else that costs 6.
        ("l . e . e . .", (40, 30, 30, 30, 30, 30, 60), []),
        ("l . e . e . .", (39, 30, 30, 30, 30, 30, 60), [(0, 6)]),
        ("l . e . e . .", (60, 30, 30, 30, 30, 30, 90), []),
        # Where no day has that much, one with as much as any does.
        ("l . e . e . .", (39, 30, 30, 30, 30, 30, 39), []),
        ("l . e . e . .", (38, 30, 30, 30, 30, 30, 39), [(0, 6)]),
        # A day with strength has the time all the same: how much is left is another rule's.
        ("ls . e . e . .", (40, 30, 30, 30, 30, 30, 60), []),
    ],
)
def test_a_long_run_counts_on_a_day_with_time_for_it(letters, minutes, costs):
    request = a_request(7, wishes=THREE_RUNS, wish=LONG_RUN, minutes=minutes)

    assert missed(RULE, request, letters) == costs


def test_time_on_a_day_away_is_none():
    request = a_request(
        7, wishes=THREE_RUNS, wish=LONG_RUN, minutes=(35, 30, 30, 30, 30, 30, 60), away=(6,)
    )

    assert missed(RULE, request, "l . e . e . .") == []


@pytest.mark.parametrize(
    ("letters", "runs", "costs"),
    [
        # 30 minutes are wanted of an easy run; the only one of a week is its longest.
        ("e . . . . . .", 1, [(0, 6)]),
        (". e . . . . .", 1, []),
        (". . e . . . .", 1, []),
        (". . . . . . .", 1, [(0, 8)]),  # none at all is not told twice
        ("e . e . . . .", 2, []),  # of several, none is
    ],
)
def test_the_only_run_of_a_week_is_on_a_day_with_time_for_it(letters, runs, costs):
    wishes = Wishes(runs=runs)
    minutes = (25, 30, 60, 25, 25, 25, 25)
    request = a_request(7, wishes=wishes, wish=NO_LONG_RUN, minutes=minutes)

    assert missed(RULE, request, letters) == costs


def test_the_only_run_of_a_race_week_is_the_race():
    request = a_request(
        7,
        wishes=Wishes(runs=1),
        wish=NO_LONG_RUN,
        minutes=(60, 60, 60, 60, 60, 60, 20),
        race_on=6,
    )

    assert missed(RULE, request, ". . . . . . R") == []


@pytest.mark.parametrize(
    ("letters", "runs", "wish", "reason"),
    [
        (
            "l . e . e . .",
            3,
            LONG_RUN,
            "0 of 1 long run on a day with time for it in the week of Mon 30 Nov.",
        ),
        (
            "e . . . . . .",
            1,
            NO_LONG_RUN,
            "The run is not on a day with time for it in the week of Mon 30 Nov.",
        ),
    ],
)
def test_the_reason_says_that_the_day_is_too_short(letters, runs, wish, reason):
    minutes = (25, 30, 30, 30, 30, 30, 60)
    request = a_request(7, wishes=Wishes(runs=runs), wish=wish, minutes=minutes)

    assert [breach.reason for breach in breaches_in(RULE, request, letters)] == [reason]


@pytest.mark.parametrize(
    ("days", "start", "letters", "costs"),
    [
        # Three runs in seven days are 1.7 in four (2), 1.3 in three (1), 0.4 in one (0).
        (4, date(2026, 12, 3), "e . e .", []),
        (4, date(2026, 12, 3), "e . . .", [(0, 8)]),
        (3, date(2026, 12, 4), "e . .", []),
        (3, date(2026, 12, 4), ". . .", [(0, 8)]),
        (1, date(2026, 12, 6), ".", []),
        # Friday to Monday: one run in the first three days, none in the last one.
        (4, date(2026, 12, 4), ". . . e", [(0, 8)]),
        # From a Monday for ten days: three in the week, one in the three days after it.
        (10, date(2026, 12, 7), "e . e . e . . . . .", [(7, 8)]),
    ],
)
def test_a_week_cut_short_wants_its_share(days, start, letters, costs):
    request = a_request(days, start=start, wishes=THREE_RUNS, wish=NO_LONG_RUN)

    assert missed(RULE, request, letters) == costs


def test_the_reason_says_how_many_of_what():
    request = a_request(7, wishes=THREE_RUNS, wish=LONG_RUN)

    reasons = [breach.reason for breach in breaches_in(RULE, request, "e . . r . . .")]

    assert reasons == [
        "2 of 3 runs in the week of Mon 30 Nov.",
        "0 of 1 long run in the week of Mon 30 Nov.",
    ]


def test_the_reason_counts_sessions_of_strength_and_mobility():
    wishes = Wishes(runs=0, walks=0, strength=1, mobility=3)
    request = a_request(7, wishes=wishes, wish=NO_LONG_RUN)

    reasons = [breach.reason for breach in breaches_in(RULE, request, "m . m . . . .")]

    assert reasons == [
        "0 of 1 strength session in the week of Mon 30 Nov.",
        "2 of 3 mobility sessions in the week of Mon 30 Nov.",
    ]


def test_the_reason_tells_the_share_of_a_week_cut_short():
    # Three runs a week are 12/7 in the four days from Thursday on: two, rounded.
    request = a_request(4, start=date(2026, 12, 3), wishes=THREE_RUNS, wish=NO_LONG_RUN)

    reasons = [breach.reason for breach in breaches_in(RULE, request, "e . . .")]

    assert reasons == ["1 of 2 runs (that week's share of 3) in the week of Thu 3 Dec."]


@pytest.mark.parametrize("wishes", [ONE_EACH, Wishes(runs=7, walks=7, strength=7, mobility=7)])
@pytest.mark.parametrize("states", ["m", "mf", "fm"])
@pytest.mark.parametrize("days", [1, 2])
def test_solver_and_checker_agree_on_every_kind(days, states, wishes):
    request = a_request(days, states=states, wishes=wishes, wish=NO_LONG_RUN)
    # One of each in seven days is none in one or two; a flare day still wants its walk.
    bites = wishes is not ONE_EACH or "f" in states[:days]

    assert_agreement(RULE, request, ". e l h r R w s m es lm ws wm", bites=bites)


@pytest.mark.parametrize("start", [date(2026, 11, 30), date(2027, 1, 1)])
@pytest.mark.parametrize("states", ["m", "mmfff"])
def test_solver_and_checker_agree_over_days(states, start):
    wishes = Wishes(runs=4, walks=0, strength=0, mobility=3)

    assert_agreement(RULE, a_request(5, start=start, states=states, wishes=wishes), ". e l m")


@pytest.mark.parametrize("minutes", [(25, 39, 40), (25, 29, 20)])
@pytest.mark.parametrize("runs", [2, 3])
def test_solver_and_checker_agree_on_days_too_short_for_a_long_run(runs, minutes):
    # Two runs a week are one in three days, three are as well: 0.9 and 1.3.
    request = a_request(3, wishes=Wishes(runs=runs), wish=LONG_RUN, minutes=minutes)

    assert_agreement(RULE, request, ". e l")


def test_solver_and_checker_agree_on_days_too_short_for_the_only_run():
    request = a_request(3, wishes=Wishes(runs=2), wish=NO_LONG_RUN, minutes=(25, 30, 20))

    assert_agreement(RULE, request, ". e h r")


@pytest.mark.parametrize("wish", [NO_LONG_RUN, LONG_RUN])
@pytest.mark.parametrize(
    ("wishes", "menu"), [(THREE_RUNS, ". e"), (TWO_WALKS, ". w"), (THREE_RUNS, ". l")]
)
def test_solver_and_checker_agree_over_a_week_border(menu, wishes, wish):
    request = a_request(8, start=date(2026, 12, 4), wishes=wishes, wish=wish)

    assert_agreement(RULE, request, menu)
