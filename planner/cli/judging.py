"""A plan and what it is judged by.

The stored plan by the request it was made from, as known then; a plan of any origin by the log and
the red flags as they are now, as far as its days lie ahead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from planner.as_if_begun import by_the_file, is_far_ahead, is_logged, running_on
from planner.cli.due import do_not_run
from planner.cli.setting import Setting, leg_signs
from planner.comparing import same_content
from planner.foreign import is_ours, with_states
from planner.goal_told import lacks_race
from planner.history import History
from planner.pain import state_on
from planner.past import first_told
from planner.plan import Kind, Plan, State
from planner.replanning import first_open_day, has_race
from planner.request import Request
from planner.resolving import build_request
from planner.revising import within
from planner.rule import Breach
from planner.table import long_date
from planner.triage import stopped_kinds
from rules.loading import load_ladders

BASE = ("weeks", "week_minutes", "longest_minutes")
"""What somebody needs behind her before hard runs, in the names of the numbers."""

SMOOTH_WAY = "smooth-ramp"
"""The rule that has a wish for each run."""


@dataclass(frozen=True)
class Judged:
    """The whole plan, the part of it to judge, the request of that part, and what to read first."""

    plan: Plan
    part: Plan
    request: Request
    first_read: tuple[str, ...] = ()


def own_plan(here: Setting, revisions: Sequence[Plan]) -> Judged:
    """The latest plan and the part to judge: from the day it was made on.

    What lies before was planned as the back was then; what was known then is what counts.
    """
    plan = revisions[-1]
    # A revision that only words its entries anew was not planned anew.
    alike = takewhile(lambda before: same_content(before, plan), reversed(revisions))
    made = list(alike)[-1]
    first = plan.start
    if made.revision > 1:
        first = max(first_open_day(here.history, made.made_on, here.limits), plan.start)
    days = [day for day in plan.days if day.date >= first]
    request = here.planner().request_to_judge(made.made_on, first, len(days))
    request = request.model_copy(update={"states": tuple(day.state for day in days)})
    if not has_race(within(plan, request)):
        # The plan has left the race out and said why.
        request = request.model_copy(update={"race_possible": False})
    return Judged(plan, within(plan, request), request)


def given_plan(here: Setting, plan: Plan) -> Judged:
    """A plan of any origin, as if she began it: from today on by the log and the red flags.

    Days gone by have no place among what the log tells of today. So a plan that is over is judged by
    her file alone, and of one that has begun only the days to come, once there is a log.
    """
    opens = first_open_day(here.history, here.today, here.limits)
    is_told = is_logged(here.history) or bool(_stopped(here))
    first = max(plan.start, opens) if is_told else plan.start
    if plan.end < opens:
        today, first, history = plan.start, plan.start, first_told(here.runner, plan.start)
    else:
        today, history = here.today, _known(here, first)
    request = build_request(
        here.runner,
        today=today,
        limits=here.limits,
        ladders=load_ladders(),
        span=(first, (plan.end - first).days + 1),
        history=history,
        leg_signs=leg_signs(here.questions),
        stopped=() if plan.end < opens else _stopped(here),
    )
    part = with_states(within(plan, request), request)
    first_read = (*_against_running(here), *_how_judged(here, plan, opens, is_told=is_told))
    if not has_race(part) and (lacks_race(plan) or Kind.RACE in request.stopped):
        # A plan of runback has left the race out and said why; a red flag forbids it in any plan.
        request = request.model_copy(update={"race_possible": False})
    return Judged(plan, part, request, first_read)


def not_judged(judged: Judged) -> tuple[str, ...]:
    """What no rule tells of a plan of any origin, so that keeping every limit is not too much said."""
    plan, part = judged.plan, judged.part
    notes = () if is_ours(plan) else plan.notes
    if not any(day.has(Kind.HARD_RUN) for day in part.days):
        return notes
    limits = judged.request.limits
    shares = [limits.get("hard-runs", "share_percent", day.state) for day in part.days]
    least = min((share for share in shares if share is not None), default=None)
    share = f"whether at most {least} % of the running is hard, " if least is not None else ""
    base = [limits.need("hard-runs", f"base_{key}") for key in BASE]
    return (
        *notes,
        "Not judged of hard runs, as it is only how runback plans them: whether there is a base for "
        f"them ({base[0]} weeks of {base[1]} minutes and a run of {base[2]}), {share}whether easy "
        "running is around the hard parts. A hard run that doesn't tell its parts counts as hard from "
        "beginning to end.",
    )


def remarks_on(judged: Judged, missed: Sequence[Breach]) -> tuple[Breach, ...]:
    """The wishes that were missed, as far as they say something of the plan.

    On the ladder a run's wish is the top stage, so that runback steps up as soon as it may. A plan of
    any origin need not, and what the limits say of the same day is the ladder's own stage.
    """
    if is_ours(judged.plan):
        return tuple(missed)
    request = judged.request

    def is_of_ladder(breach: Breach) -> bool:
        week = request.week_of(request.day_of(breach.days[0]))
        is_of_one_run = breach.rule == SMOOTH_WAY and len(breach.days) == 1
        return is_of_one_run and request.ladder_weeks[week]

    return tuple(breach for breach in missed if not is_of_ladder(breach))


def _stopped(here: Setting) -> tuple[Kind, ...]:
    return stopped_kinds(here.standing, here.questions)


def _known(here: Setting, first: date) -> History:
    """What counts as known where a plan's first day to judge is this one."""
    runner, history = here.runner, here.history
    if not is_logged(history):
        return by_the_file(history, runner.recent, runner.back, first, here.today)
    if is_far_ahead(first, here.today):
        window = here.limits.need("session-cap", "window_days")
        return running_on(history, runner.back, first, here.today, window)
    return history


def _against_running(here: Setting) -> Iterator[str]:
    """What speaks against any run by now, whatever plan it stands in."""
    state = state_on(here.history, here.limits, here.today, leg_signs(here.questions))
    in_flare = is_logged(here.history) and state is State.FLARE
    zone = here.runner.runner.time_zone
    flare_day = here.today if in_flare else None
    yield from do_not_run(flare_day, here.standing, zone, here.questions, here.today)


def _how_judged(here: Setting, plan: Plan, opens: date, *, is_told: bool) -> Iterator[str]:
    """Where the log says nothing of a plan's days, or not of all of them."""
    if not is_told:
        return
    if plan.end < opens:
        yield (
            f"The plan's last day, {long_date(plan.end)}, has gone by. So it is judged as if you "
            "began it on its first day, by your file alone: the log and the red flags are of today."
        )
    elif plan.start < opens:
        yield f"Judged from {long_date(opens)} on: the days before have gone by."
        if is_logged(here.history):
            yield "Of those the log tells: what is not logged counts as not done."
    elif is_logged(here.history) and is_far_ahead(plan.start, here.today):
        yield (
            f"The plan begins on {long_date(plan.start)}: judged as if you ran until then as your log "
            "tells of the last weeks."
        )
