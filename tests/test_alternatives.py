"""What a day could hold instead, and what stands against it: nothing but what the checkers find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings

from planner.alternatives import Alternative, alternatives, as_planned, swaps
from planner.checking import limits_broken
from planner.plan import Kind, Plan, Session
from planner.planning import Planned
from planner.request import Request, WeekWish
from planner.rule import Breach, Rule, Stage, Tier
from planner.sessions import easy_run, run_walk, walk
from rules import RULEBOOK
from rules.loading import load_ladders
from tests.plans import MONDAY, a_day, a_plan, a_session
from tests.requests import a_request
from tests.runners import Case, planned, runner_files

RUNNERS = 25
MOST_DAYS = 6
"""Days of each plan that are asked about: spread over it, the first and the last among them."""

ONE_DAY = timedelta(days=1)


def asked_days(plan: Plan) -> list[date]:
    step = max(len(plan.days) // MOST_DAYS, 1)
    return [*(day.date for day in plan.days[::step]), plan.end]


def faults(case: Case, request: Request, on: date) -> Iterator[str]:
    """What is wrong with the answers about a day, in words."""
    plan, by_name = case.plan, {rule.name: rule for rule in RULEBOOK}
    tried = list(swaps(request, plan, on, plan.start))
    answers = alternatives(request, plan, RULEBOOK, on, plan.start)
    if [swap.instead for swap in tried] != [answer.instead for answer in answers]:
        yield f"{on}: {answers}"
    for swap, answer in zip(tried, answers, strict=True):
        differing = {d.date for d, was in zip(swap.plan.days, plan.days, strict=True) if d != was}
        if on not in differing or not differing <= {on - ONE_DAY, on, on + ONE_DAY}:
            yield f"{swap.instead}: changes {sorted(differing)}"
        if swap.instead == "Rest" and answer.forbidden_by:
            yield f"Rest is forbidden by {answer.forbidden_by}"
        for breach in (*answer.forbidden_by, *answer.elsewhere):
            rule = by_name[breach.rule]
            if breach not in tuple(rule.breaches(request, swap.plan)):
                yield f"{swap.instead}: {breach.rule} is not broken by it"
            if any(breach.days == was.days for was in rule.breaches(request, plan)):
                yield f"{swap.instead}: {breach.rule} is broken without it"
        for breach in answer.would_cost:
            rule = by_name[breach.rule]
            if cost(rule, request, swap.plan) <= cost(rule, request, plan):
                yield f"{swap.instead}: {breach.rule} is missed by no more than before"
        unnamed = [
            rule.name
            for rule in RULEBOOK
            if list(rule.breaches(request, swap.plan)) != list(rule.breaches(request, plan))
            and (
                rule.tier is Tier.LIMIT
                or cost(rule, request, swap.plan) > cost(rule, request, plan)
            )
            and rule.name
            not in {
                one.rule for one in (*answer.forbidden_by, *answer.elsewhere, *answer.would_cost)
            }
        ]
        if unnamed:
            yield f"{swap.instead}: {unnamed} speak against it and are not named"


def cost(rule: Rule, request: Request, plan: Plan) -> int:
    return sum(breach.cost for breach in rule.breaches(request, plan))


def test_a_rule_is_named_where_the_swap_breaks_it_and_only_there():
    seen = []

    @settings(
        max_examples=RUNNERS,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(runner_files())
    def every_answer_is_true(text: str) -> None:
        case = planned(text)
        request = as_planned(case.request, case.plan)
        assert limits_broken(request, case.plan, RULEBOOK) == ()
        for on in asked_days(case.plan):
            assert list(faults(case, request, on)) == []
            seen.append(on)

    every_answer_is_true()
    assert len(seen) >= RUNNERS * 3


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


# A week of a mild back: an easy run on Monday, a long run on Saturday, a walk on Wednesday.
START = MONDAY
SATURDAY = START + 5 * ONE_DAY


def a_week(**given: object) -> tuple[Request, Plan]:
    """Thirty minutes is the longest run known, so that one may be 33 long (10 % or 3 min more)."""
    request = a_request(
        7,
        start=START,
        states="m",
        past_runs={-2: 30, -4: 30, -6: 30},
        past_week_hundredths=(9000, 9000, 9000, 9000),
        wish=WeekWish(easy_minutes=30, long_minutes=30, walk_minutes=20),
        **given,
    )
    held = {0: easy_run(30), 2: walk(20), 5: a_session(Kind.LONG_RUN, 30, title="Long run 30 min")}
    days = [
        a_day(
            START + day * ONE_DAY,
            *([held[day].model_copy(update={"id": f"1-{day:03d}"})] if day in held else []),
        )
        for day in range(7)
    ]
    return request, a_plan(*days)


def answer_about(
    on: date, instead: str, request: Request, plan: Plan, rules: Sequence[Rule] = RULEBOOK
) -> Alternative:
    found = alternatives(request, plan, rules, on, plan.start)
    return next(one for one in found if one.instead.startswith(instead))


def named(breaches: Sequence[Breach]) -> list[str]:
    return [breach.rule for breach in breaches]


def test_a_longer_run_is_told_with_the_number_of_its_limit():
    request, plan = a_week()

    answer = answer_about(SATURDAY, "Long run 35 min, 5 min longer", request, plan)

    # 110 % of 30 minutes, and 3 minutes more: 33 both.
    (cap,) = [breach for breach in answer.forbidden_by if breach.rule == "session-cap"]
    assert "35 min" in cap.reason
    assert "at most 33." in cap.reason


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


def with_days(plan: Plan, held: dict[int, tuple[Session, ...]]) -> Plan:
    """The plan with other sessions on the days given, counted from its start."""
    days = [
        day.model_copy(update={"sessions": held.get(number, day.sessions)})
        for number, day in enumerate(plan.days)
    ]
    return plan.model_copy(update={"days": tuple(days)})


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


def a_race_week() -> tuple[Request, Plan]:
    request, plan = a_week(race_on=5)
    return request, with_days(plan, {5: (a_session(Kind.RACE, 60, title="Race 10 km"),)})


def test_resting_on_race_day_is_not_forbidden():
    request, plan = a_race_week()

    answer = answer_about(SATURDAY, "Rest", request, plan)

    assert answer.forbidden_by == ()
    assert "race-day" in named(answer.elsewhere)


def test_a_walk_in_place_of_the_race_is_not_forbidden_by_the_race():
    request, plan = a_race_week()

    answer = answer_about(SATURDAY, "Walk 20 min", request, plan)

    assert "race-day" not in named(answer.forbidden_by)


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


def test_a_rest_day_is_asked_about_a_walk_and_a_run():
    request, plan = a_week()

    found = swaps(request, plan, START + ONE_DAY, START)

    # The walk is as long as the week wants one, the run as long as the nearest easy run.
    assert [swap.instead for swap in found] == ["Walk 20 min", "Easy run 30 min"]


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


class OfOthers:
    """What rules of another package have in common."""

    title = "A rule of another package"
    stage = Stage.PLACE
    tier = Tier.LIMIT
    sources = ("their-own",)

    def post(self, request, places, model):
        return 0


class NoShortWalks(OfOthers):
    """A limit that a walk made shorter breaks on its own day."""

    name = "no-short-walks"

    def breaches(self, request: Request, plan: Plan) -> Iterator[Breach]:
        for day in plan.days:
            if any(one.kind is Kind.WALK and one.minutes < 20 for one in day.sessions):
                yield Breach(rule=self.name, days=(day.date,), reason="A short walk.")


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


class NoSaturdays:
    """A rule of another package."""

    name = "no-saturdays"
    title = "Nothing on Saturdays"
    stage = Stage.PLACE
    tier = Tier.LIMIT
    sources = ("their-own",)

    def post(self, request, places, model):
        return 0

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
