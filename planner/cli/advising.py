"""What a runner should hear beside her plan: care to seek, what the log lacks, days not kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import click

from planner.advice import advice as back_advice
from planner.cli.asking import advice as care
from planner.cli.next_plan import Next, Planner
from planner.cli.setting import Setting
from planner.history import LogKind
from planner.own_moves import moves_out_of_plan
from planner.plan import Plan
from planner.reasons import against_own_day
from planner.table import long_date
from planner.triage import Verdict

OWN_DAYS = "own-days"
"""The wish that her own moves are kept."""

FEW_DAYS = 2
"""Planned runs missing from the log, up to which nothing is said."""


def advice_on(here: Setting, planner: Planner, found: Next) -> tuple[str, ...]:
    """Sentences, the most urgent first."""
    where = here.standing
    stopped = where.verdict is Verdict.STOPPED
    return (
        *(care(where, here.runner.runner.time_zone, here.questions, here.today) if stopped else ()),
        *back_advice(here.history, here.limits, here.today, planner.leg_signs),
        *_own_days_not_kept(planner, found),
        *moves_out_of_plan(found.plan, here.history, found.request.start),
        *_missing_in_log(here),
        *_after_clearing(here),
    )


def _own_days_not_kept(planner: Planner, found: Next) -> Iterator[str]:
    """Sessions that she moved and the plan could not follow, each with what stands against it."""
    for breach in found.missed:
        if breach.rule == OWN_DAYS:
            against = against_own_day(found.plan, breach.days[0], found.request, planner.rules)
            yield breach.reason + (f" {against.reason} [{against.rule}]" if against else "")


def _after_clearing(here: Setting) -> Iterator[str]:
    """What an emergency kept from being stored has to be told again."""
    if here.news.cleared_on:
        name = click.format_filename(here.file)
        yield (
            "Good that you were cleared. If your back has flared up or hurt meanwhile, tell it before "
            f"you run: runback flare {name} --pain N, or runback log {name} --pain N"
        )


def _missing_in_log(here: Setting) -> Iterator[str]:
    if here.stored is None:
        return
    missing = tuple(_runs_not_logged(here.stored, here))
    if len(missing) > FEW_DAYS:
        name = click.format_filename(here.file)
        yield (
            f"{len(missing)} planned runs since {long_date(missing[0])} are not in the log, so they "
            f"count as not done. If you did them: runback log {name} "
            f"{here.today - timedelta(days=1)} --done --from {missing[0]}"
        )


def _runs_not_logged(stored: Plan, here: Setting) -> Iterator[date]:
    told = here.history.told[-1].on if here.history.told else stored.start
    known = {one.on for one in here.history.logged if one.skipped or one.kind is LogKind.RUN}
    for day in stored.days:
        if told <= day.date < here.today and day.has_run and day.date not in known:
            yield day.date
