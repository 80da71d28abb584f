"""fewest-changes: as few days as can be differ from the plan before, as a wish."""

from __future__ import annotations

from datetime import date

import pytest

from planner.request import Before, WeekWish
from rules.place.fewest_changes import FewestChanges
from tests.agreement import assert_agreement, breaches_in, contents_of, missed
from tests.requests import a_request

RULE = FewestChanges()
HARD = WeekWish(easy_minutes=30, long_minutes=40, hard_minutes=5)
MENU = ". e l h r R w s m es ew ls hm rs ws wm"


def after(letters, days=None, *, start=date(2026, 11, 30), **given):
    """A request whose plan before held these letters; ``?`` is a day it says nothing of."""
    words = letters.split()
    before = tuple(None if word == "?" else Before(kinds=contents_of(word)) for word in words)
    return a_request(days or len(words), start=start, **{"wish": HARD, "before": before, **given})


@pytest.mark.parametrize(
    ("before", "now", "changed"),
    [
        ("e w s .", "e w s .", []),
        ("e . . .", ". e . .", [0, 1]),  # a run moved by a day: both days change
        (". . . .", "e w s m", [0, 1, 2, 3]),
        ("ew es wm ws", "ew es wm ws", []),
        ("ew es wm ws", "e e w w", [0, 1, 2, 3]),
        ("e . . .", "w . . .", [0]),  # once a day, whatever differs
        # A long or a hard run became another kind of run, or the other way round.
        ("e l h .", "l e e .", [0, 1, 2]),
        ("l h . .", "h l . .", [0, 1]),
        ("l h . .", "l h . .", []),
        # Nothing is known of a day.
        ("? ? e .", "e . . .", [2]),
    ],
)
def test_days_that_differ(before, now, changed):
    assert [day for day, _ in missed(RULE, after(before), now)] == changed


@pytest.mark.parametrize(
    ("before", "given", "now"),
    [
        # Walking breaks alone in moderate pain, after a flare and on the ladder.
        ("l e h", {"states": "M"}, "r r r"),
        ("l e h", {"states": "r"}, "r r r"),
        ("l e h", {"ladder_weeks": (0,)}, "r r r"),
        # Back from the ladder.
        ("r r r", {}, "l e h"),
        # No hard run where the week wants none; a day too short for the long run.
        ("h . .", {"wish": WeekWish(easy_minutes=30, long_minutes=40)}, "e . ."),
        ("h . .", {"wish": WeekWish(easy_minutes=30, long_minutes=40)}, "l . ."),
        ("l . .", {"minutes": 8}, "e . ."),
        # On race day there is the race.
        ("e . .", {"race_on": 0}, "R . ."),
        ("l . .", {"race_on": 0}, "R . ."),
        ("R . .", {"race_on": 0}, "R . ."),
        ("R . .", {}, "e . ."),
    ],
)
def test_a_kind_that_is_no_longer_possible_is_no_change(before, given, now):
    assert missed(RULE, after(before, **given), now) == []


@pytest.mark.parametrize("before", ["l . .", ". . ."])
def test_running_at_all_is_compared_on_race_day_too(before):
    request = after(before, race_on=0)
    now = ". . ." if "l" in before else "R . ."

    assert [day for day, _ in missed(RULE, request, now)] == [0]


@pytest.mark.parametrize(
    ("start", "day", "cost"),
    [
        # limits.toml: a changed day costs 2000, in the weeks 1 to 4 of the plan 3, 2, 1 and 1 more,
        # and the run that comes 1.
        (date(2026, 11, 30), 0, 2004),
        (date(2026, 11, 30), 6, 2004),
        (date(2026, 11, 30), 7, 2003),
        (date(2026, 11, 30), 14, 2002),
        (date(2026, 11, 30), 27, 2002),
        (date(2026, 11, 30), 28, 2001),
        # From a Sunday: the first week is that one day.
        (date(2026, 12, 6), 0, 2004),
        (date(2026, 12, 6), 1, 2003),
        (date(2026, 12, 6), 22, 2001),
    ],
)
def test_near_days_cost_more(start, day, cost):
    request = after(". " * 30, start=start)
    now = " ".join("e" if other == day else "." for other in range(30))

    assert missed(RULE, request, now) == [(day, cost)]


def test_near_days_and_sessions_never_outweigh_one_day_less():
    # All of five weeks changed: 35 × 2000, 7 × (3 + 2 + 1 + 1) = 49 for near days and 35 × 2 sessions:
    # 119 more, less than one day's 2000.
    costs = [cost for _, cost in missed(RULE, after(". " * 35), "ew " * 35)]

    assert sum(costs) == 35 * 2000 + 49 + 35 * 2


@pytest.mark.parametrize(
    ("now", "cost"),
    [
        # A day of the first week costs 2003, and each sort that comes or goes 1: the run goes; run and
        # walk go; both go and strength comes. A long run in the easy one's place is the day's change.
        ("w", 2004),
        (".", 2005),
        ("s", 2006),
        ("lw", 2003),
    ],
)
def test_each_session_that_comes_or_goes_costs_beside_its_day(now, cost):
    assert missed(RULE, after("ew"), now) == [(0, cost)]


@pytest.mark.parametrize("before", [(), (Before(),)])
def test_days_beyond_the_plan_before_are_not_compared(before):
    assert missed(RULE, a_request(3, before=before), ". e w") == []


def test_days_beyond_the_plan_are_not_compared():
    assert missed(RULE, after("e w s e e e", 2), "e w") == []


def test_running_before_the_plan_is_not_compared():
    assert missed(RULE, after(". .", past_runs={-1: 30}), ". .") == []


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ("e", "w", "without run, with walk"),
        ("es", "em", "without strength, with mobility"),
        ("l", "e", "with another kind of run"),
        (".", "s", "with strength"),
    ],
)
def test_the_reason_says_what_differs(before, now, said):
    (breach,) = breaches_in(RULE, after(before), now)

    assert breach.reason == f"Mon 30 Nov changes: {said}."


@pytest.mark.parametrize("before", [".", "e", "l", "h", "r", "R", "w", "es", "ls", "ws", "m", "hm"])
@pytest.mark.parametrize(
    "given", [{}, {"states": "M"}, {"ladder_weeks": (0,)}, {"race_on": 0}, {"away": (0,)}]
)
def test_solver_and_checker_agree_on_every_kind(before, given):
    assert_agreement(RULE, after(before, **given), MENU)


@pytest.mark.parametrize("before", ["e l h", "? r ew", "l R ?", "ws . e h"])
@pytest.mark.parametrize("given", [{}, {"states": "hrM"}, {"race_on": 1}, {"minutes": (60, 5, 35)}])
def test_solver_and_checker_agree_over_a_week_border(before, given):
    # From a Sunday: the second day has another cost.
    request = after(before, 3, start=date(2026, 12, 6), **given)

    assert_agreement(RULE, request, ". e l h r w es")


def test_solver_and_checker_agree_over_weeks():
    assert_agreement(RULE, after("e . . e ? e . . e .", start=date(2026, 12, 4)), ". e")


def test_solver_and_checker_agree_on_a_first_plan():
    assert_agreement(RULE, a_request(3), ". e l w s", bites=False)
