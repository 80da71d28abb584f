"""The limit against a session on a day that she chose herself."""

from __future__ import annotations

import pytest

from planner.plan import Kind
from planner.reasons import against_own_day
from planner.request import OwnDay
from rules import RULEBOOK
from tests.agreement import plan_on
from tests.reasoning import GIVEN
from tests.requests import a_request


def against(letters: str, own: OwnDay, **given):
    request = a_request(7, **{**GIVEN, "states": "m", "own_days": (own,), **given})
    return against_own_day(plan_on(request, letters), request.date_of(own.day), request, RULEBOOK)


def test_the_limit_against_a_day_of_her_own_is_named():
    # Monday's run on Tuesday would stand beside Wednesday's; in moderate pain a day lies between.
    breach = against(
        "r . r . . . .", OwnDay(day=1, kind=Kind.RUN_WALK), states="M", past_runs={-4: 30}
    )

    assert breach is not None
    assert breach.rule == "run-days-apart"


def test_a_day_away_is_named():
    breach = against("w . . . . . .", OwnDay(day=2, kind=Kind.WALK), away=(2,))

    assert breach is not None
    assert breach.rule == "closed-days"


def test_where_the_limits_leave_room_there_is_nothing_against_it():
    assert against("w . . . . . .", OwnDay(day=2, kind=Kind.WALK)) is None


@pytest.mark.parametrize("letters", [". . . . . . .", ". s . . . . ."])
def test_without_a_session_of_its_kind_nothing_can_be_said(letters):
    assert against(letters, OwnDay(day=2, kind=Kind.WALK), away=(2,)) is None


def test_another_week_has_no_session_for_it():
    request = a_request(
        14, **{**GIVEN, "states": "m", "own_days": (OwnDay(day=9, kind=Kind.WALK),), "away": (9,)}
    )
    plan = plan_on(request, "w . . . . . . . . . . . . .")

    assert against_own_day(plan, request.date_of(9), request, RULEBOOK) is None
