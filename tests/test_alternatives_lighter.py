"""Taking something away from a day, or something lighter in its place, is never forbidden for that."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from planner.cli.why_day import verdict
from planner.plan import ADVISES_NOT_TO_START, Kind, Plan, State, Step
from planner.request import Request
from planner.rule import Breach
from planner.sessions import easy_run, run_walk, walk
from rules import RULEBOOK
from rules.loading import load_ladders
from tests.mild_week import (
    ONE_DAY,
    SATURDAY,
    START,
    OfOthers,
    a_week,
    answer_about,
    named,
    with_days,
)
from tests.plans import a_day, a_plan, a_session
from tests.requests import a_request


def a_full_week() -> tuple[Request, Plan]:
    """A walk beside the easy run of Monday, since Tuesday's walk takes the only other room."""
    request, plan = a_week(minutes=(60, 60, 0, 0, 0, 0, 0))
    return request, with_days(
        plan, {0: (easy_run(30), walk(20)), 1: (walk(20),), 2: (), 5: (), 6: ()}
    )


def test_resting_is_not_forbidden_by_the_room_that_it_leaves():
    request, plan = a_full_week()

    answer = answer_about(START + ONE_DAY, "Rest", request, plan)

    assert answer.forbidden_by == ()
    assert named(answer.elsewhere) == ["one-a-day"]


def test_a_shorter_session_is_not_forbidden():
    request, plan = a_full_week()

    answer = answer_about(
        START + ONE_DAY, "Walk 15 min, 5 min shorter", request, plan, (*RULEBOOK, NoShortWalks())
    )

    assert answer.forbidden_by == ()
    assert "no-short-walks" in named(answer.elsewhere)


def a_race_week(note: str = "") -> tuple[Request, Plan]:
    request, plan = a_week(race_on=5)
    race = a_session(Kind.RACE, 60, title="Race 10 km", note=note)
    return request, with_days(plan, {5: (race,)})


def a_week_with_a_race_not_to_start() -> tuple[Request, Plan]:
    return a_race_week(f"{ADVISES_NOT_TO_START}: choose another.")


def test_resting_on_race_day_is_against_no_limit():
    answer = answer_about(SATURDAY, "Rest", *a_race_week())

    assert (answer.forbidden_by, answer.elsewhere) == ((), ())
    assert verdict(answer) == (
        "Rest: you may always leave the race out, and with it the goal of this plan."
    )


def test_resting_is_what_the_plan_advises_where_it_advises_not_to_start():
    answer = answer_about(SATURDAY, "Rest", *a_week_with_a_race_not_to_start())

    assert (answer.forbidden_by, answer.elsewhere) == ((), ())
    assert verdict(answer) == "Rest: this is what the plan advises."


@pytest.mark.parametrize("instead", ["Walk 20 min", "Easy run"])
def test_what_is_not_the_race_is_never_possible_on_race_day(instead):
    answer = answer_about(SATURDAY, instead, *a_race_week())

    assert "race-day" in named(answer.forbidden_by)
    assert "possible" not in verdict(answer)


@pytest.mark.parametrize("instead", ["Walk 20 min", "Easy run"])
def test_in_place_of_a_race_not_to_start_something_lighter_breaks_no_limit(instead):
    answer = answer_about(SATURDAY, instead, *a_week_with_a_race_not_to_start())

    assert (answer.forbidden_by, named(answer.elsewhere)) == ((), [])


def test_a_race_not_to_start_is_not_possible_on_another_day_either():
    answer = answer_about(SATURDAY, "Race 10 km on", *a_week_with_a_race_not_to_start())

    assert "race-day" in named(answer.forbidden_by)


def test_a_race_on_another_day_is_forbidden():
    request, plan = a_race_week()

    answer = answer_about(SATURDAY, "Race 10 km on", request, plan)

    assert "race-day" in named(answer.forbidden_by)


def test_a_walk_in_place_of_a_run_is_forbidden_by_what_the_walk_itself_breaks():
    # Saturday has 15 minutes, the walk takes 20.
    request, plan = a_week(minutes=(60, 60, 60, 60, 60, 15, 60))
    plan = with_days(plan, {5: (easy_run(15),)})

    answer = answer_about(SATURDAY, "Walk 20 min", request, plan)

    assert named(answer.forbidden_by) == ["time"]


class NoShortWalks(OfOthers):
    """A limit that a walk made shorter breaks on its own day."""

    name = "no-short-walks"

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        for day in plan.days:
            if any(one.kind is Kind.WALK and one.minutes < 20 for one in day.sessions):
                yield Breach(rule=self.name, days=(day.date,), reason="A short walk.")


class DemandingSaturday(OfOthers):
    """A limit that is broken where Saturday has no long and no hard run."""

    name = "demanding-saturday"

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        for day in plan.days:
            if day.date == SATURDAY and not day.has(Kind.LONG_RUN, Kind.HARD_RUN):
                yield Breach(rule=self.name, days=(SATURDAY,), reason="Nothing demanding.")


def test_an_easy_run_in_place_of_a_long_run_is_not_forbidden_by_what_it_takes_away():
    request, plan = a_week()

    answer = answer_about(SATURDAY, "Easy run 30 min", request, plan, (DemandingSaturday(),))

    assert (answer.forbidden_by, named(answer.elsewhere)) == ((), ["demanding-saturday"])


def test_an_easy_run_in_place_of_a_hard_run_is_not_forbidden_by_what_it_takes_away():
    request, plan = a_week()
    steps = (
        Step(run_seconds=600),
        Step(repeat=4, run_seconds=60, easy_seconds=120, effort="hard"),
        Step(run_seconds=480),
    )
    hard = a_session(Kind.HARD_RUN, 30, title="Run with strides 30 min", steps=steps)
    plan = with_days(plan, {5: (hard,)})

    answer = answer_about(SATURDAY, "Easy run 30 min", request, plan, (DemandingSaturday(),))

    assert (answer.forbidden_by, named(answer.elsewhere)) == ((), ["demanding-saturday"])


def test_an_easy_run_is_no_longer_than_the_run_it_replaces():
    # Monday's easy run of 30 minutes is the nearest, Saturday's long run has 18.
    request, plan = a_week()
    plan = with_days(plan, {5: (a_session(Kind.LONG_RUN, 18, title="Long run 18 min"),)})

    answer = answer_about(SATURDAY, "Easy run", request, plan)

    assert answer.instead == "Easy run 18 min"


def test_an_easy_run_in_place_of_a_run_walk_is_forbidden_by_its_lack_of_breaks_alone():
    """It has as much running as the run/walk, so that no limit on minutes speaks against it."""
    stage = load_ladders()["gentle"].stages[3]
    request = a_request(7, start=START, ladder_weeks=(0,), past_runs={-2: 30})
    rest = [a_day(START + day * ONE_DAY) for day in range(1, 7)]
    plan = a_plan(a_day(START, run_walk(stage)), *rest)

    answer = answer_about(START, "Easy run", request, plan)

    assert answer.instead == f"Easy run {stage.run_hundredths // 100} min"
    assert named(answer.forbidden_by) == ["run-walk-only"]


def test_resting_instead_of_the_test_walk_moves_the_return_to_running():
    request, plan = a_week()
    wednesday = START + 2 * ONE_DAY
    flared = request.model_copy(update={"gate_walk_day": 2, "states": (State.FLARE,) * 7})

    answer = answer_about(wednesday, "Rest", flared, plan, rules=())

    assert verdict(answer) == (
        "Rest: possible, but the return to running moves on with it: it waits for this test walk. "
        "[restart-gate]"
    )
    assert answer_about(wednesday, "Rest", request, plan, rules=()).return_waits == ""
