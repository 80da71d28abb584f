"""The running before a plan, from the journal's facts, in the request's own numbers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from itertools import takewhile

from planner.flares import Flare
from planner.history import History, Logged, LogKind, Told
from planner.plan import Kind, State, hundredths
from planner.profile import Runner
from planner.request import DAYS_IN_WEEK, Experience, Ladder, Limits, PastRun, Restart
from planner.soreness import clean_runs
from planner.volumes import (
    last_comfortable_run,
    last_run_on,
    pre_flare_week_hundredths,
    runs_done,
    week_hundredths,
)

WEEKS_KNOWN = 8
DAYS_KNOWN = 60
"""How far back single runs are of interest: no rule looks further than 30 days."""


def first_told(runner: Runner, on: date) -> History:
    """What is known of a runner who has no journal yet: her file, as told on a day."""
    return History(told=(Told(on=on, recent=runner.recent, back=runner.back),))


def told_anew(history: History, runner: Runner, on: date) -> Told | None:
    """What her file says by now, where that differs from what it said before."""
    told = Told(on=on, recent=runner.recent, back=runner.back)
    last = history.told[-1] if history.told else None
    same = last is not None and (last.recent, last.back) == (told.recent, told.back)
    return None if same else told


def past_runs(
    history: History, limits: Limits, today: date, start: date, leg_signs: Collection[str]
) -> tuple[PastRun, ...]:
    """The runs done before a plan's first day, the oldest first."""
    clean = clean_runs(history, limits, today, leg_signs)
    logged = {one.on: one for one in history.logged if one.kind is LogKind.RUN}
    found = []
    for on, run_hundredths in sorted(runs_done(history).items()):
        day = (on - start).days
        if -DAYS_KNOWN <= day < 0:
            entry = logged.get(on)
            found.append(
                PastRun(
                    day=day,
                    run_hundredths=run_hundredths,
                    kind=entry.session_kind if entry else None,
                    steps=entry.steps if entry else (),
                    is_clean=on in clean,
                )
            )
    return tuple(found)


def past_strength(history: History, start: date) -> tuple[int, ...]:
    """The days before the plan with strength work, as logged."""
    done = {
        (one.on - start).days
        for one in history.logged
        # Without a kind it was logged by mistake and taken back.
        if one.kind is LogKind.STRENGTH and one.session_kind is not None and one.on < start
    }
    return tuple(sorted(done))


def past_long_walks(history: History, limits: Limits, start: date) -> tuple[int, ...]:
    """The days before the plan with a walk too long for a rest day, as logged."""
    most = limits.need("rest-days", "walk_minutes")
    done = {
        (one.on - start).days
        for one in history.logged
        if one.kind is LogKind.WALK and one.walk_minutes > most and one.on < start
    }
    return tuple(sorted(done))


def past_weeks(history: History, start: date) -> tuple[int, ...]:
    """Running of the weeks before the plan's first Monday, in hundredths, the latest first."""
    monday = _monday(start)
    return tuple(
        week_hundredths(history, monday - timedelta(days=DAYS_IN_WEEK * number))
        for number in range(1, WEEKS_KNOWN + 1)
    )


def run_in_first_week(history: History, start: date) -> int:
    """Logged running on the days of the plan's first week that lie before it, in hundredths."""
    monday = _monday(start)
    logged = {one.on for one in history.logged if one.kind is LogKind.RUN}
    return sum(
        run for on, run in runs_done(history).items() if on in logged and monday <= on < start
    )


def restart_after(
    flare: Flare, gate_on: date, history: History, limits: Limits, start: date, least: int = 0
) -> Restart:
    """How to begin again after a flare: the first day for it, and the running before the flare.

    Weeks that held less than ``least`` hundredths, one session of the ladder's first stage, count as no
    running before the flare: as a ceiling they would allow none after it.
    """
    last = last_comfortable_run(history, flare.day_0, limits)
    ran_on = last_run_on(history, start)
    volume = pre_flare_week_hundredths(history, flare.day_0, limits)
    return Restart(
        day=(gate_on - start).days,
        pre_flare_week_hundredths=volume if volume >= least else 0,
        last_run_hundredths=last[1] if last else 0,
        days_since_last_run=(start - ran_on).days if ran_on else 0,
        usual_tenths=flare.usual_tenths,
    )


def ladder_session(
    history: History, ladder: Ladder, start: date, limits: Limits, experience: Experience
) -> tuple[int, int] | None:
    """The stage of the latest run/walk session on a ladder and how often in a row it was done clean.

    None where the latest run with known steps was none, or belonged to a sore back's run/walks: by
    its day's state, or because no ladder was begun with any of those up to it.
    """
    runs = [one for one in history.logged if one.kind is LogKind.RUN and one.on < start]
    known = [one for one in runs if one.session_kind is not None]
    if not known or known[-1].session_kind is not Kind.RUN_WALK:
        return None
    if known[-1].state not in (State.HEALTHY, State.MILD, None):
        return None
    until_then = [one for one in reversed(runs) if one.on <= known[-1].on]
    in_a_row = takewhile(lambda one: _may_be_of_ladder(one, limits), until_then)
    done = runs_done(history)
    if not any(_begins_ladder(one.on, done, limits, experience) for one in in_a_row):
        return None
    stages = [
        ladder.stage_of(step.run_seconds, step.walk_seconds, step.repeat)
        for one in known
        for step in one.steps[:1]
        if one.session_kind is Kind.RUN_WALK
    ]
    if not stages or stages[-1] is None:
        return None
    held = 0
    for stage in reversed(stages):
        if stage != stages[-1]:
            break
        held += 1
    return stages[-1], held


def begins_ladder(longest: int, limits: Limits, experience: Experience) -> bool:
    """Whether somebody whose longest run of the last 30 days was this begins with run/walk."""
    continuous = hundredths(limits.need("ladder", "continuous_minutes"))
    return longest == 0 or (experience == "new" and longest < continuous)


def _may_be_of_ladder(run: Logged, limits: Limits) -> bool:
    """Whether a run is a run/walk, or one of her own that is no longer than those on the ladder."""
    if run.session_kind is not None:
        return run.session_kind is Kind.RUN_WALK
    return hundredths(run.run_minutes) < hundredths(limits.need("ladder", "continuous_minutes"))


def _begins_ladder(
    on: date, done: Mapping[date, int], limits: Limits, experience: Experience
) -> bool:
    """Whether a ladder may have begun with the run of a day.

    The state of that day does not tell: a plan may keep a sore back's run/walk on a day that has
    turned out mild.
    """
    first = on - timedelta(days=limits.need("session-cap", "window_days"))
    longest = max((run for day, run in done.items() if first <= day < on), default=0)
    return begins_ladder(longest, limits, experience)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
