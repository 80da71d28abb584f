"""Which alternatives of a day are tried."""

from __future__ import annotations

from datetime import date

import pytest

from planner.plan import Kind, Plan, Session
from planner.request import Request
from planner.sessions import easy_run, run_walk, walk
from planner.swaps import swaps
from rules.loading import load_ladders
from tests.mild_week import ONE_DAY, SATURDAY, START, a_week, with_days
from tests.plans import a_day, a_plan, a_session
from tests.requests import a_request


def test_a_session_that_is_done_stays_where_it_is():
    """The long run of Saturday is done: it has no alternative, nor does Sunday take its place."""
    request, plan = a_week()
    plan = with_days(plan, {6: (a_session(Kind.EASY_RUN, 20, id="sunday"),)})
    (done,) = plan.days[request.day_of(SATURDAY)].sessions
    later = SATURDAY + ONE_DAY

    assert list(swaps(request, plan, SATURDAY, SATURDAY, {done.id})) == []
    tried = [swap.instead for swap in swaps(request, plan, later, SATURDAY, {done.id})]
    assert "Rest" in tried
    assert [said for said in tried if "Sat 28 Nov" in said] == []


def test_a_rest_day_is_asked_about_a_walk_and_a_run():
    request, plan = a_week()

    found = swaps(request, plan, START + ONE_DAY, START)

    # The walk is as long as the week wants one, the run as long as the nearest easy run.
    assert [swap.instead for swap in found] == ["Walk 20 min", "Easy run 30 min"]


def test_beside_strength_a_runner_on_the_ladder_is_asked_about_a_run_walk():
    """Not about the 30 minutes without a break that are a long way off."""
    stages = load_ladders()["gentle"].stages
    request = a_request(7, start=START, ladder_weeks=(0,), first_stage=1)
    held = {0: (run_walk(stages[1]),), 2: (a_session(Kind.STRENGTH, 20),), 5: (easy_run(30),)}
    plan = with_days(a_plan(*(a_day(START + day * ONE_DAY) for day in range(7))), held)

    tried = [swap.instead for swap in swaps(request, plan, START + 2 * ONE_DAY, START)]

    assert f"{run_walk(stages[1]).title} besides" in tried
    assert not [said for said in tried if said.startswith("Easy run")]


def test_what_is_added_to_strength_alone_is_told_as_such():
    request, plan = a_week()
    plan = with_days(plan, {1: (a_session(Kind.STRENGTH, 20),)})

    tried = [swap.instead for swap in swaps(request, plan, START + ONE_DAY, START)]

    assert tried[:3] == ["Rest", "Walk 20 min besides", "Easy run 30 min besides"]


def test_nothing_is_moved_to_a_day_gone_by():
    request, plan = a_week()

    found = swaps(request, plan, SATURDAY, SATURDAY)

    moved = [swap.instead for swap in found if " on " in swap.instead]
    assert moved == ["Long run 30 min on Sun 29 Nov"]


def test_a_run_walk_is_tried_a_stage_up_and_a_stage_down():
    stages = load_ladders()["gentle"].stages
    request = a_request(7, start=START, ladder_weeks=(0,), first_stage=1)
    plan = a_plan(
        a_day(START, run_walk(stages[1])), *(a_day(START + day * ONE_DAY) for day in range(1, 7))
    )

    tried = [swap.plan.days[0].sessions for swap in swaps(request, plan, START, START)]

    assert (run_walk(stages[2]),) in tried
    assert (run_walk(stages[0]),) in tried


def test_a_race_has_the_length_it_has():
    request = a_request(7, start=START, race_on=5)
    race = a_session(Kind.RACE, 60, title="Race 10 km")
    days = [a_day(START + day * ONE_DAY, *([race] if day == 5 else [])) for day in range(7)]

    tried = [swap.instead for swap in swaps(request, a_plan(*days), SATURDAY, START)]

    assert not [said for said in tried if "longer" in said or "shorter" in said]


def test_a_longer_session_says_so_in_its_title_its_minutes_and_its_steps():
    request, plan = a_week()

    swap = next(s for s in swaps(request, plan, SATURDAY, START) if "longer" in s.instead)

    (longer,) = swap.plan.days[5].sessions
    assert (longer.title, longer.minutes, longer.run_minutes) == ("Long run 35 min", 35, 35)
    assert sum(step.run_seconds for step in longer.steps) == 35 * 60


LONG_RUN = a_session(Kind.LONG_RUN, 30, title="Long run 30 min")
STRENGTH = a_session(Kind.STRENGTH, 20, title="Strength 20 min")
MOBILITY = a_session(Kind.MOBILITY, 10, title="Mobility 10 min")


def week_end(friday: tuple[Session, ...], saturday: tuple[Session, ...]) -> tuple[Request, Plan]:
    request, plan = a_week()
    return request, with_days(plan, {4: friday, 5: saturday})


def moves(friday: tuple[Session, ...], saturday: tuple[Session, ...]) -> list[str]:
    """What is tried of Saturday's sessions on the days beside it."""
    request, plan = week_end(friday, saturday)
    tried = [swap.instead for swap in swaps(request, plan, SATURDAY, START)]
    return [said for said in tried if " on " in said or " places " in said]


def test_a_run_changes_places_with_the_walk_of_the_day_before():
    assert moves((walk(20),), (LONG_RUN,)) == [
        "Long run 30 min changes places with Fri 27 Nov (Walk 20 min)",
        "Long run 30 min on Sun 29 Nov",
    ]


def test_days_that_change_places_keep_what_does_not_stand_in_the_way():
    request, plan = week_end((walk(20),), (LONG_RUN, STRENGTH))

    tried = swaps(request, plan, SATURDAY, START)
    swap = next(swap for swap in tried if " places " in swap.instead)

    friday, saturday = swap.plan.days[4], swap.plan.days[5]
    assert friday.sessions == (LONG_RUN,)
    assert set(saturday.sessions) == {walk(20), STRENGTH}


def test_a_run_and_a_walk_on_one_day_go_together():
    assert moves((LONG_RUN,), (easy_run(30), walk(20)))[0] == (
        "Easy run 30 min and Walk 20 min change places with Fri 27 Nov (Long run 30 min)"
    )


def test_strength_changes_places_with_mobility():
    assert moves((MOBILITY,), (STRENGTH,))[0] == (
        "Strength 20 min changes places with Fri 27 Nov (Mobility 10 min)"
    )


def test_strength_goes_beside_the_walk_of_the_day_before():
    assert moves((walk(20),), (STRENGTH,))[0] == "Strength 20 min on Fri 27 Nov"


@pytest.mark.parametrize("session", [walk(20), MOBILITY, STRENGTH], ids=lambda one: one.title)
def test_of_two_days_that_hold_the_same_none_gets_both(session):
    # Friday has one of its own; Sunday has none.
    assert moves((session,), (session,)) == [f"{session.title} on Sun 29 Nov"]


TEST_DAY = 5
"""Saturday of the week, as the day of the test walk."""


def with_test_walk(on: date) -> list[str]:
    """What is tried on a day of a week with a walk on Friday and the test walk on Saturday."""
    request, plan = week_end((walk(20),), (walk(30), MOBILITY))
    request = request.model_copy(update={"gate_walk_day": TEST_DAY})
    return [swap.instead for swap in swaps(request, plan, on, START)]


def test_the_test_walk_keeps_its_length_and_its_day():
    tried = with_test_walk(SATURDAY)

    assert not [said for said in tried if said.startswith("Walk")]
    # What stands beside it may move, and she may always rest.
    assert {"Rest", "Mobility 10 min on Fri 27 Nov"} <= set(tried)


def test_no_other_walk_takes_the_place_of_the_test_walk():
    tried = with_test_walk(SATURDAY - ONE_DAY)

    assert "Walk 25 min, 5 min longer" in tried
    assert not [said for said in tried if "Sat 28 Nov" in said]


def test_nothing_changes_places_with_a_day_gone_by():
    request, plan = week_end((walk(20),), (LONG_RUN,))

    tried = swaps(request, plan, SATURDAY, SATURDAY)

    assert not [swap for swap in tried if " places " in swap.instead]
