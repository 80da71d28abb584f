"""strength-before-hard: no strength on the day before a long or hard run, as a wish."""

from __future__ import annotations

from datetime import date

import pytest

from rules.place.strength_before_hard import StrengthBeforeHard
from tests.agreement import assert_agreement, breaches_in, missed
from tests.requests import a_request

RULE = StrengthBeforeHard()


@pytest.mark.parametrize(
    ("letters", "costs"),
    [
        # limits.toml: strength on the day before costs 2.
        ("s l . . .", [(0, 2)]),
        (". . . s h", [(3, 2)]),
        ("es l . . .", [(0, 2)]),
        ("s ls . . .", [(0, 2)]),
        ("s . l . .", []),  # two days before
        (". ls . . .", []),  # the same day
        (". l s . .", []),  # the day after
        ("s e s r .", []),  # easy running may follow
        ("m l . . .", []),  # mobility tires nobody
        ("s R . . .", []),  # race-day forbids that
        ("s l s h .", [(0, 2), (2, 2)]),
    ],
)
def test_missed(letters, costs):
    assert missed(RULE, a_request(5), letters) == costs


def test_the_reason_says_which_days():
    (breach,) = breaches_in(RULE, a_request(2), "ws h")

    assert breach.reason == (
        "Strength on Mon 30 Nov, the day before the long or hard run of Tue 1 Dec."
    )


def test_solver_and_checker_agree_on_every_kind():
    assert_agreement(RULE, a_request(2), ". e l h r R w s m es ls hs hm rs ws em")


@pytest.mark.parametrize("start", [date(2026, 11, 30), date(2026, 12, 31)])
def test_solver_and_checker_agree_over_days(start):
    assert_agreement(RULE, a_request(5, start=start), ". l h s ls")


def test_solver_and_checker_agree_where_a_kind_is_not_possible():
    menus = [". s", ". s", ". l s ls", ". e", ". h"]

    assert_agreement(RULE, a_request(5), menus)


def test_solver_and_checker_agree_on_a_plan_of_one_day():
    assert_agreement(RULE, a_request(1), ". s l ls", bites=False)
