"""What a plan has to keep, as its runner knows it: each limit, and each line of her file.

A demand can be taken away to see what it stands in the way of: a limit by leaving it out of the
rules, a line by changing what the file says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from planner.plan import State
from planner.profile import Away, Runner
from planner.profile_values import DAY_MINUTES, WEEKDAYS
from planner.request import DAYS_IN_WEEK, Request
from planner.resolving import DEFAULT_WEEKS, MOST_WEEKS, with_ladder_weeks
from planner.rule import Rule, Stage, Tier
from planner.starting_point import longest_known, soreness, well, without_ladder
from planner.table import day_month

OF_LINES = ("closed-days", "time")
"""Rules that ask for no more than lines of her file do, which are demands of their own."""

TAPER = "taper"
"""The rule that keeps runs before a race short; the doses hold them there, goal or not."""

Line = Literal["minutes", "away", "runs", "walks", "beside", "later", "weeks", "fact"]


def _same_runner(runner: Runner) -> Runner:
    return runner


def _same_request(request: Request) -> Request:
    return request


@dataclass(frozen=True)
class Demand:
    """One thing to keep. ``key`` is its short name, ``said`` the whole of it.

    ``line`` tells what kind of line of her file it is, None for a rule. Only a line may be offered
    as something to change, and a fact is none of those.
    """

    key: str
    said: str
    rule: Rule | None = None
    line: Line | None = None
    weekdays: tuple[int, ...] = ()
    span: Away | None = None
    on_runner: Callable[[Runner], Runner] = _same_runner
    on_request: Callable[[Request], Request] = _same_request

    @property
    def is_hers(self) -> bool:
        """Whether the runner may give it up: a wish or a line of hers, no limit and no fact."""
        return self.line is not None and self.line != "fact"

    @property
    def changes_request(self) -> bool:
        """Whether taking it away supposes other facts."""
        return self.on_request is not _same_request

    @property
    def is_about_places(self) -> bool:
        """Whether it is a limit on where sessions go."""
        return self.rule is not None and self.rule.stage is Stage.PLACE


def demands_of(runner: Runner, request: Request, rules: Sequence[Rule]) -> tuple[Demand, ...]:
    """Every demand, in the order in which they are tried to be taken away.

    Limits on minutes before the runner's own lines: without most of them the questions are quickly
    answered. Limits on places last: they seldom stand in the way, and decide where sessions go.
    """
    limits = [rule for rule in rules if rule.tier is Tier.LIMIT and rule.name not in OF_LINES]
    by_stage = {stage: [_limit(rule) for rule in limits if rule.stage is stage] for stage in Stage}
    return (
        *reversed(by_stage[Stage.DOSE]),
        *_wishes_kept(request, rules),
        *_facts(runner, request),
        *_lines(runner, request),
        *_time_for_it(runner, request),
        *by_stage[Stage.PLACE],
    )


def with_minutes(runner: Runner, weekday: int, minutes: int) -> Runner:
    """The runner with other minutes on a weekday."""
    given = runner.week.minutes.model_copy(update={WEEKDAYS[weekday]: minutes})
    return _with_week(runner, minutes=given)


def with_runs(runner: Runner, runs: int) -> Runner:
    """The runner with so many runs a week."""
    return _with_week(runner, runs=runs)


def with_walks(runner: Runner, walks: int) -> Runner:
    """The runner with so many walks a week."""
    return _with_week(runner, walks=walks)


def later(runner: Runner, weeks: int, planned: Request) -> Runner:
    """The runner with so many weeks more (or fewer) for her goal.

    A goal with a day has a later day, and a plan of given length is longer where it would end before it;
    for a goal without one the plan ends later. ``planned``: what is known of the plan as it is.
    """
    goal, plan = runner.goal, runner.plan
    if goal.on is None:
        length = (plan.weeks or weeks_in(planned)) + weeks
        return runner.model_copy(update={"plan": plan.model_copy(update={"weeks": length})})
    if plan.weeks is not None:
        after_goal = (planned.date_of(planned.days - 1) - goal.on).days // DAYS_IN_WEEK
        more = max(weeks - max(after_goal, 0), 0)
        plan = plan.model_copy(update={"weeks": plan.weeks + more})
    goal = goal.model_copy(update={"on": goal.on + timedelta(weeks=weeks)})
    return runner.model_copy(update={"goal": goal, "plan": plan})


def weeks_in(planned: Request) -> int:
    """How many weeks a plan has, a part of one counted whole."""
    return -(-planned.days // DAYS_IN_WEEK)


def most_runs(request: Request) -> int:
    """The most running days in a week that any state of the plan allows."""
    found = [request.limits.get("run-days", "max_days", state) for state in State]
    return max((most for most in found if most is not None), default=DAYS_IN_WEEK)


def most_weeks_later(request: Request) -> int:
    """By how many weeks the goal can wait and still lie within the longest plan."""
    last = max(request.days, (request.goal.day or 0) + 1)
    return max((MOST_WEEKS * DAYS_IN_WEEK - last) // DAYS_IN_WEEK, 0)


def _with_week(runner: Runner, **changed: object) -> Runner:
    return runner.model_copy(update={"week": runner.week.model_copy(update=changed)})


def _limit(rule: Rule) -> Demand:
    return Demand(key=rule.name, said=f"{rule.name}: {rule.title}", rule=rule)


def _lines(runner: Runner, request: Request) -> Iterator[Demand]:
    for span in runner.away:
        others = tuple(one for one in runner.away if one != span)
        said = f"[[away]] {_span(span)}"
        yield Demand(
            key=said,
            said=said,
            line="away",
            span=span,
            on_runner=lambda r, others=others: r.model_copy(update={"away": others}),  # type: ignore[misc]
        )
    yield from _minutes(runner)
    most = most_runs(request)
    if request.goal.kind != "walking" and runner.week.runs < most:
        shared = any(
            request.wanted_in(week, "runs") < runner.week.runs for week in range(request.weeks)
        )
        said = f"[week] runs = {runner.week.runs}" + " (a share of it in a week cut short)" * shared
        yield Demand(key=said, said=said, line="runs", on_runner=lambda r: with_runs(r, most))
    if request.goal.kind == "walking" and not runner.week.walks:
        said = "[week] walks = 0"
        yield Demand(key=said, said=said, line="walks", on_runner=lambda r: with_walks(r, 1))
    beside = {sort: getattr(runner.week, sort) for sort in ("walks", "strength", "mobility")}
    asked = [f"{sort} = {number}" for sort, number in beside.items() if number]
    if request.goal.kind != "walking" and asked:
        said = f"[week] {_listed(asked)}"
        none = dict.fromkeys(beside, 0)
        yield Demand(key=said, said=said, line="beside", on_runner=lambda r: _with_week(r, **none))


def _minutes(runner: Runner) -> Iterator[Demand]:
    """The weekdays' time; days with the same minutes are one demand.

    Days with more time come last: they are the likelier ones to be given even more.
    """
    given = {weekday: runner.week.minutes.on(weekday) for weekday in range(DAYS_IN_WEEK)}
    for minutes in sorted(set(given.values())):
        weekdays = tuple(weekday for weekday, held in given.items() if held == minutes)
        said = f"{_named(weekdays)} = {minutes}" if minutes else f"no time on {_named(weekdays)}"
        yield _time_on(weekdays, f"[week.minutes] {said}")


def _named(weekdays: Sequence[int]) -> str:
    return _listed([WEEKDAYS[weekday] for weekday in weekdays])


def _listed(names: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def _time_on(weekdays: tuple[int, ...], said: str) -> Demand:
    def all_day(runner: Runner) -> Runner:
        for weekday in weekdays:
            runner = with_minutes(runner, weekday, DAY_MINUTES)
        return runner

    return Demand(key=said, said=said, line="minutes", weekdays=weekdays, on_runner=all_day)


def _span(span: Away) -> str:
    if span.first == span.last:
        return day_month(span.first)
    if (span.first.year, span.first.month) == (span.last.year, span.last.month):
        return f"{span.first.day}–{day_month(span.last)}"
    return f"{day_month(span.first)} – {day_month(span.last)}"


def _wishes_kept(request: Request, rules: Sequence[Rule]) -> Iterator[Demand]:
    """Wishes that no goal is traded for: how walks grow to a goal of walking, runs before a race."""
    for rule in rules:
        if rule.tier is Tier.WALKING and request.goal.kind == "walking":
            yield replace(_limit(rule), on_request=_walks_grown)
        if rule.name == TAPER and any(wish.taper for wish in request.week_wishes):
            yield replace(_limit(rule), on_request=_without_taper)


def _walks_grown(request: Request) -> Request:
    grown = request.model_copy(update={"walk_minutes": request.longest_walk_minutes})
    return with_ladder_weeks(grown, grown.ladder_weeks)


def _without_taper(request: Request) -> Request:
    return with_ladder_weeks(request.model_copy(update={"tapers": False}), request.ladder_weeks)


def _facts(runner: Runner, request: Request) -> Iterator[Demand]:
    """What is so, and no wish: the way back into running, the back as it is."""
    if any(request.ladder_weeks):
        yield Demand(
            key="ladder",
            said=f"{longest_known(runner, request)}, so run/walk comes first",
            line="fact",
            on_request=without_ladder,
        )
    sore = [state for state in request.states if state not in (State.HEALTHY, State.MILD)]
    if sore:
        yield Demand(
            key="back",
            said=f"your back: {soreness(request, sore[0])}",
            line="fact",
            on_request=well,
        )


def _time_for_it(runner: Runner, request: Request) -> Iterator[Demand]:
    """The last day for the goal: the goal's own, or the plan's."""
    goal, plan = runner.goal, runner.plan
    most = most_weeks_later(request)
    if goal.on is not None and plan.weeks is not None and not _is_within(request):
        yield Demand(
            key="weeks",
            said=f"[plan] weeks = {plan.weeks}, so that the plan ends before [goal] on = {goal.on}",
            line="weeks",
            on_runner=lambda r: r.model_copy(
                update={"plan": r.plan.model_copy(update={"weeks": None})}
            ),
        )
    if most and not _is_kept_up(request):
        if goal.on is not None:
            said = f"[goal] on = {goal.on}"
        elif plan.weeks is not None:
            said = f"[plan] weeks = {plan.weeks}"
        else:
            usual = " (none given)" if weeks_in(request) == DEFAULT_WEEKS else ""
            said = f"[plan] weeks = {weeks_in(request)}{usual}"
        yield Demand(
            key="later",
            said=said,
            line="later",
            on_runner=lambda r: later(r, most, request),
        )


def _is_kept_up(request: Request) -> bool:
    """Whether the goal is to go on with runs as long as those known: more weeks bring it no nearer."""
    window = request.limits.need("session-cap", "window_days")
    known = (run.run_hundredths for run in request.past_runs if run.day >= -window)
    is_long_enough = max(known, default=0) >= request.goal.asked_hundredths
    return request.goal.kind == "keep_running" and is_long_enough


def _is_within(request: Request) -> bool:
    return request.goal.day is None or request.goal.day < request.days
