"""What stands against an alternative: limits with their numbers, wishes, and rules of others."""

from __future__ import annotations

from collections.abc import Iterator

from planner.alternatives import as_planned
from planner.checking import limits_broken
from planner.plan import Kind, Plan, Session, State
from planner.planning import Planned
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
from tests.plans import MONDAY, a_day, a_plan, a_session
from tests.requests import a_request
from tests.runners import planned


def test_the_weeks_on_the_ladder_are_those_that_planning_found():
    """A beginner with two runs a week is longer on the ladder than the first guess of the request."""
    case = planned(
        '[runner]\nname = "Maya"\ntime_zone = "UTC"\n[goal]\nkind = "run_time"\nminutes = 30\n'
        "[week]\nruns = 2\n[week.minutes]\ntue = 60\nthu = 60\nsat = 60\n"
        "[plan]\nstart = 2026-11-30\nweeks = 14\n"
    )
    assert isinstance(case.outcome, Planned)

    known = as_planned(case.request, case.plan)

    assert known.ladder_weeks == case.outcome.request.ladder_weeks
    assert known.week_wishes == case.outcome.request.week_wishes


def test_a_week_that_the_plan_still_holds_on_the_ladder_is_on_it():
    """Two sessions at the top would do, but the plan has a third in the second week."""
    stages = load_ladders()["gentle"].stages
    top = len(stages) - 1
    request = a_request(14, start=MONDAY, ladder_weeks=(0,), first_stage=top, past_runs={-2: 30})
    runs = (0, 3, 7)
    plan = a_plan(
        *(
            a_day(MONDAY + day * ONE_DAY, *([run_walk(stages[top])] if day in runs else []))
            for day in range(14)
        )
    )

    assert as_planned(request, plan).ladder_weeks == (True, True)


def test_a_longer_run_is_told_with_the_number_of_its_limit():
    request, plan = a_week()

    answer = answer_about(SATURDAY, "Long run 35 min, 5 min longer", request, plan)

    # 110 % of 30 minutes, and 3 minutes more: 33 both.
    (cap,) = [breach for breach in answer.forbidden_by if breach.rule == "session-cap"]
    assert "35 min" in cap.reason
    assert cap.reason.endswith("the limit is 10 %, 33 min.")


def test_a_run_on_the_day_after_a_run_is_forbidden_to_a_new_runner():
    request, plan = a_week(experience="new")
    to_tuesday = plan.model_copy(
        update={
            "days": (
                plan.days[0],
                plan.days[1],
                plan.days[2].model_copy(update={"sessions": plan.days[5].sessions}),
                *plan.days[3:5],
                plan.days[5].model_copy(update={"sessions": ()}),
                plan.days[6],
            )
        }
    )
    wednesday = START + 2 * ONE_DAY

    answer = answer_about(wednesday, "Long run 30 min on Tue 24 Nov", request, to_tuesday)

    assert "run-days-apart" in named(answer.forbidden_by)


def test_resting_costs_the_run_that_was_asked_for():
    request, plan = a_week()

    answer = answer_about(SATURDAY, "Rest", request, plan)

    assert answer.forbidden_by == ()
    assert "sessions-wanted" in named(answer.would_cost)


def test_a_limit_that_the_plan_breaks_already_is_not_put_down_to_the_swap():
    # A long run of 50 minutes is more than the 33 allowed, whatever the walk does.
    request, plan = a_week()
    broken = a_session(Kind.LONG_RUN, 50, id="1-005")
    days = [
        day.model_copy(update={"sessions": (broken,)}) if day.date == SATURDAY else day
        for day in plan.days
    ]
    plan = plan.model_copy(update={"days": tuple(days)})
    assert "session-cap" in named(limits_broken(request, plan, RULEBOOK))

    answer = answer_about(START + 2 * ONE_DAY, "Walk 25 min", request, plan)

    assert answer.forbidden_by == ()


def test_nothing_speaks_against_what_breaks_nothing_and_costs_nothing():
    request, plan = a_week()

    answer = answer_about(SATURDAY, "Rest", request, plan, rules=())

    assert (answer.forbidden_by, answer.elsewhere, answer.would_cost) == ((), (), ())


def test_a_limit_on_another_day_does_not_forbid_a_longer_session():
    request, plan = a_week()

    answer = answer_about(SATURDAY, "Long run 35 min", request, plan, (CalmWednesday(),))

    assert (answer.forbidden_by, named(answer.elsewhere)) == ((), ["calm-wednesday"])


def test_a_longer_session_is_forbidden_by_a_limit_on_the_days_it_lies_between():
    request, plan = a_week()

    answer = answer_about(
        START + 2 * ONE_DAY, "Walk 25 min, 5 min longer", request, plan, (WalkingSpan(),)
    )

    assert named(answer.forbidden_by) == ["walking-span"]


class WalkingSpan(OfOthers):
    """A limit on all the days of the plan, told by the first and the last."""

    name = "walking-span"

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        if sum(one.walk_minutes for day in plan.days for one in day.sessions) > 20:
            yield Breach(rule=self.name, days=(plan.start, plan.end), reason="Over 20 min.")


class CalmWednesday(OfOthers):
    """A limit on Wednesday's session that depends on Saturday's."""

    name = "calm-wednesday"

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        if any(session.minutes > 30 for session in plan.days[5].sessions):
            yield Breach(rule=self.name, days=(plan.days[2].date,), reason="A walk too long.")


class CalmWednesdays(CalmWednesday):
    """The same limit, broken on the Saturday, too."""

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        for breach in super().breaches(request, plan):
            yield breach
            yield breach.model_copy(update={"days": (SATURDAY,)})


class NoSaturdays(OfOthers):
    """A limit on one weekday."""

    name = "no-saturdays"

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        for day in plan.days:
            if day.sessions and day.date.weekday() == 5:
                yield Breach(rule=self.name, days=(day.date,), reason="Saturday is kept free.")


def test_a_rule_of_another_package_speaks_for_itself():
    request, plan = a_week()
    friday = SATURDAY - ONE_DAY
    held = plan.days[5].sessions
    days = [
        day.model_copy(update={"sessions": held if day.date == friday else ()}) for day in plan.days
    ]
    plan = plan.model_copy(update={"days": tuple(days)})

    answer = answer_about(friday, "Long run 30 min on Sat", request, plan, (NoSaturdays(),))

    assert [breach.reason for breach in answer.forbidden_by] == ["Saturday is kept free."]


FRIDAY = SATURDAY - ONE_DAY


def a_week_with_a_friday_walk(**given: object) -> tuple[Request, Plan]:
    request, plan = a_week(**given)
    return request, with_days(plan, {4: (walk(20),)})


def test_two_days_that_change_places_break_nothing_that_their_sum_would_break():
    request, plan = a_week_with_a_friday_walk()

    answer = answer_about(SATURDAY, "Long run 30 min changes places", request, plan)

    # One run or walk a day holds on both days, before and after.
    assert answer.forbidden_by == ()


def test_days_that_change_places_are_held_by_the_limits_of_both():
    # Friday has 25 minutes: room for its walk of 20, not for the long run of 30.
    request, plan = a_week_with_a_friday_walk(minutes=(60, 60, 60, 60, 25, 60, 60))

    answer = answer_about(SATURDAY, "Long run 30 min changes places", request, plan)

    assert named(answer.forbidden_by) == ["time"]


def a_flare(forecast: tuple[bool, ...]) -> tuple[Request, Plan]:
    """Three days of a flare, with mobility on the second."""
    request = a_request(3, start=START, states="f", forecast=forecast)
    mobility = a_session(Kind.MOBILITY, 10, title="Mobility 10 min")
    held: list[tuple[Session, ...]] = [(), (mobility,), ()]
    days = [
        a_day(START + day * ONE_DAY, *sessions, state=State.FLARE)
        for day, sessions in enumerate(held)
    ]
    return request, a_plan(*days)


def test_what_the_plan_never_places_on_the_day_of_a_flare_is_not_free():
    request, plan = a_flare(forecast=(False, True, True))

    answer = answer_about(START + ONE_DAY, "Mobility 10 min on Mon", request, plan)

    assert answer.forbidden_by == ()
    assert answer.not_placed == (
        "the plan puts no mobility on the day on which it is made in a flare; later days hold it for "
        "when the pain is 2 of 10 or less."
    )


def test_what_the_plan_may_place_on_a_later_day_of_a_flare_is_possible():
    request, plan = a_flare(forecast=(False, True, True))

    answer = answer_about(START + ONE_DAY, "Mobility 10 min on Wed", request, plan)

    assert answer.not_placed == ""


def test_what_a_limit_forbids_is_not_said_again_to_be_never_placed():
    request, plan = a_week(away=(1,))

    answer = answer_about(START + ONE_DAY, "Walk 20 min", request, plan)

    assert named(answer.forbidden_by) == ["closed-days"]
    assert answer.not_placed == ""


def test_a_day_with_less_time_than_a_run_is_worth_is_told_by_its_time():
    # A run of 5 minutes fits, but runs begin at 10 (easy-runs, minutes_min).
    request, plan = a_week(minutes=(60, 5, 60, 60, 60, 60, 60))
    plan = with_days(plan, {0: (easy_run(5),)})

    answer = answer_about(START, "Easy run 5 min on Tue", request, plan)

    assert answer.not_placed == "the plan puts no easy run on a day with 5 min."


def test_a_limit_that_forbids_is_not_said_again_of_other_days():
    # Two breaches of one rule: one of Saturday, which changes, and one of Wednesday.
    request, plan = a_week()

    answer = answer_about(SATURDAY, "Long run 35 min", request, plan, (CalmWednesdays(),))

    assert (named(answer.forbidden_by), answer.elsewhere) == (["calm-wednesday"], ())
