"""flare-rest: no running in a flare; walking stays."""

from __future__ import annotations

import pytest

from rules.place.flare_rest import FlareRest
from tests.agreement import assert_agreement, breaches_in, broken_days
from tests.requests import a_request

RULE = FlareRest()


@pytest.mark.parametrize(
    ("letters", "states", "broken"),
    [
        ("e w m .", "f", [(0,)]),
        ("w wm w .", "f", []),  # walking and gentle mobility stay
        ("e l h r", "f", [(0,), (1,), (2,), (3,)]),  # every kind of running
        ("R . . .", "f", [(0,)]),  # a race is running, too
        ("s . ws .", "f", [(0,), (2,)]),  # strength loads the back
        ("es . . .", "f", [(0,)]),  # one breach a day
        ("e . e e", "hfmr", []),  # days beside a flare are free
        ("e e e e", "hfMf", [(1,), (3,)]),  # by each day's own state
        ("e e e e", "hmMr", []),
    ],
)
def test_breaches(letters, states, broken):
    request = a_request(4, states=states)

    assert broken_days(RULE, request, letters) == broken


@pytest.mark.parametrize(("letters", "what"), [("es", "Running"), ("s", "Strength")])
def test_the_reason_says_what_and_when(letters, what):
    (breach,) = breaches_in(RULE, a_request(1, states="f"), letters)

    assert breach.reason == (
        f"{what} on Mon 30 Nov, during a flare; only walking and gentle mobility belong there."
    )


@pytest.mark.parametrize("states", ["f", "hf", "fh", "fr", "mfM"])
@pytest.mark.parametrize("days", [1, 2])
def test_solver_and_checker_agree_on_every_kind(days, states):
    menu = ". e l h r R w s m es em ws wm ls rs"
    bites = "f" in states[:days]

    assert_agreement(RULE, a_request(days, states=states), menu, bites=bites)


@pytest.mark.parametrize("states", ["f", "fffrr", "mMfrh", "hfhfh"])
def test_solver_and_checker_agree_over_days(states):
    assert_agreement(RULE, a_request(5, states=states), ". r w s wm")
