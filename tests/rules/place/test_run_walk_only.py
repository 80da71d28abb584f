"""run-walk-only: run/walk sessions alone in moderate and returning, and in weeks on the ladder."""

from __future__ import annotations

from datetime import date

import pytest

from rules.place.run_walk_only import RunWalkOnly
from tests.agreement import assert_agreement, breaches_in, broken_days
from tests.requests import a_request

RULE = RunWalkOnly()
SATURDAY = date(2026, 12, 5)


@pytest.mark.parametrize(
    ("letters", "given", "broken"),
    [
        ("e l h r", {"states": "h"}, []),
        ("e l h r", {"states": "m"}, []),
        ("e l h r", {"states": "M"}, [(0,), (1,), (2,)]),
        ("e l h r", {"states": "r"}, [(0,), (1,), (2,)]),
        ("e l h r", {"states": "f"}, []),  # flare-rest forbids all running there
        ("w s m ws", {"states": "M"}, []),
        ("es . rs .", {"states": "M"}, [(0,)]),
        ("e e e e", {"states": "hMmr"}, [(1,), (3,)]),  # by each day's own state
        # On the ladder: the whole week, whatever the state.
        ("e l h r", {"ladder_weeks": (0,)}, [(0,), (1,), (2,)]),
        ("r w s .", {"ladder_weeks": (0,)}, []),
        ("e e e e", {"ladder_weeks": (1,), "start": SATURDAY}, [(2,), (3,)]),
        ("e e e e", {"ladder_weeks": (0,), "start": SATURDAY}, [(0,), (1,)]),
        # A race in a ladder week is run as far as the limits let it be; not in moderate.
        (". R . .", {"ladder_weeks": (0,), "race_on": 1}, []),
        (". R . .", {"states": "M", "race_on": 1}, [(1,)]),
        (". R . .", {"states": "r", "ladder_weeks": (0,), "race_on": 1}, [(1,)]),
    ],
)
def test_breaches(letters, given, broken):
    assert broken_days(RULE, a_request(4, **given), letters) == broken


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"states": "M"}, "in moderate pain every run has some"),
        ({"states": "r"}, "on the way back after a flare every run has some"),
        ({"ladder_weeks": (0,)}, "the run/walk ladder is not done yet"),
    ],
)
def test_the_reason_says_why_not_yet(given, why):
    (breach,) = breaches_in(RULE, a_request(1, **given), "l")

    assert breach.reason == f"Long run 30 min on Mon 30 Nov has no walking breaks; {why}."


@pytest.mark.parametrize("states", ["h", "M", "r", "f", "mM", "rm"])
@pytest.mark.parametrize("ladder_weeks", [(), (0,)])
@pytest.mark.parametrize("days", [1, 2])
def test_solver_and_checker_agree_on_every_kind(days, ladder_weeks, states):
    request = a_request(days, states=states, ladder_weeks=ladder_weeks, race_on=0)
    bites = bool(ladder_weeks) or bool(set("Mr") & set(states[:days]))

    assert_agreement(RULE, request, ". e l h r R w s m es rs em wm", bites=bites)


@pytest.mark.parametrize("states", ["m", "mmMMr"])
@pytest.mark.parametrize("ladder_weeks", [(0,), (1,), (0, 1)])
def test_solver_and_checker_agree_over_a_week_border(ladder_weeks, states):
    request = a_request(5, start=SATURDAY, states=states, ladder_weeks=ladder_weeks)

    assert_agreement(RULE, request, ". e r R")
