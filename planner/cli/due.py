"""Whether the stored plan still fits her log and her file, for commands that only show it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from planner.errors import InputError

if TYPE_CHECKING:
    from planner.cli.next_plan import Planner
    from planner.cli.setting import Setting
    from planner.request import Limits
    from planner.triage import Standing, TriageQuestion

NO_LONGER_FITS = (
    "This plan no longer fits what the log and your file tell of your back and your runs."
)
UNKNOWN_FIT = (
    "Until then nobody can say whether this plan still fits what your log and your file tell."
)


class Fit(NamedTuple):
    """Whether the stored plan still fits, and what to read before it.

    ``fits`` is None where there is no plan, or her file can't be read: then the advice says so, after
    what the journal alone speaks against running. Where it fits there is no advice.
    """

    fits: bool | None
    advice: tuple[str, ...] = ()


NOT_KNOWN = Fit(None)


def fit(file: Path, tighter: Path | None, today: date | None) -> Fit:
    """Whether the stored plan fits her log and her file.

    A runner's file that can't be read is no reason to hold the plan back, nor what speaks against
    running by the journal alone.
    """
    from planner.cli.rulebook import limits_in_force
    from planner.cli.setting import setting

    limits = limits_in_force(tighter)
    try:
        here = setting(file, tighter, today)
    except InputError as fault:
        return Fit(None, tuple(_without_file(file, limits, today, fault)))
    return fit_of(here)


def fit_of(here: Setting) -> Fit:
    """Whether the stored plan fits; runs that are not in an empty log do not count against it."""
    if here.stored is None:
        return NOT_KNOWN
    planner = here.planner()
    has_said = _is_told(here) or _says_something_else(here)
    if not _has_changed(here, planner) and not (has_said and _is_due_yet(here, planner)):
        return Fit(True)
    return Fit(False, speaking_against(here, max(here.today, here.stored.start)))


def against_running(here: Setting) -> tuple[str, ...]:
    """That running has to wait, also where the stored plan already follows that; empty without one."""
    if here.stored is None:
        return ()
    return tuple(_do_not_run(here, here.planner(), max(here.today, here.stored.start)))


def speaking_against(here: Setting, day: date) -> tuple[str, ...]:
    """What to read before anything that the stored plan says of a day from today on.

    Empty where the plan still fits. Else alternatives to it would be judged by what is no longer so.
    Unlike ``fit_of`` it also counts runs that are not in the log where the log holds nothing at all.
    """
    planner = here.planner()
    is_due = _is_due_yet(here, planner)
    has_changed = _has_changed(here, planner)
    if not is_due and not has_changed:
        return ()
    return tuple(_against(here, planner, day, is_due=is_due, has_changed=has_changed))


def _without_file(
    file: Path, limits: Limits, today: date | None, fault: InputError
) -> Iterator[str]:
    """What to read before a plan whose runner's file can't be read: the journal knows of her back."""
    from planner.cli.clock import today_in
    from planner.cli.files import journal_path
    from planner.cli.setting import leg_signs
    from planner.journal import open_journal
    from planner.pain import state_on
    from planner.plan import State
    from planner.triage import standing
    from rules.loading import load_triage

    journal, questions = open_journal(journal_path(file)), load_triage()
    stored, history = journal.latest(), journal.history()
    if stored is None:
        return
    now = today or today_in(stored.time_zone)
    day = max(now, stored.start)
    state = state_on(history, limits, day, leg_signs(questions))
    flare_day = day if state is State.FLARE else None
    yield from do_not_run(flare_day, standing(history, questions), stored.time_zone, questions, now)
    yield f"{fault.message} {fault.try_}".rstrip()
    yield UNKNOWN_FIT


def do_not_run(
    flare_day: date | None,
    where: Standing,
    time_zone: str,
    questions: Sequence[TriageQuestion],
    today: date,
) -> Iterator[str]:
    """That running has to wait: in a flare on a day (None: in none), for a red flag."""
    from planner.cli.asking import advice
    from planner.table import plain_date
    from planner.triage import stopped_kinds

    if flare_day is not None:
        yield f"Do not run on {plain_date(flare_day)}: by the log your back is in a flare."
    if stopped_kinds(where, questions):
        yield "Do not run: a red flag of yours has to be looked at first."
        yield from advice(where, time_zone, questions, today)


def _do_not_run(here: Setting, planner: Planner, day: date) -> Iterator[str]:
    flare_day = day if _is_in_flare(here, planner, day) else None
    zone = here.runner.runner.time_zone
    return do_not_run(flare_day, here.standing, zone, here.questions, here.today)


def _against(
    here: Setting, planner: Planner, day: date, *, is_due: bool, has_changed: bool
) -> Iterator[str]:
    name = click.format_filename(here.file)
    yield from _do_not_run(here, planner, day)
    if is_due:
        yield NO_LONGER_FITS
    assert here.stored is not None
    begun, yesterday = here.stored.start, here.today - timedelta(days=1)
    if is_due and not _is_told(here) and begun <= yesterday:
        yield (
            "The log is empty, so no run counts as done. If you did what was planned: runback log "
            f"{name} {yesterday} --done --from {begun}"
        )
    if has_changed:
        yield "Your file has changed since the plan was made, or it was made with other --limits."
    command = (
        _flare_of_the_log(here, day) or f"runback {'plan' if has_changed else 'replan'} {name}"
    )
    yield f"Let the plan follow before you go by it: {command}"


def _flare_of_the_log(here: Setting, day: date) -> str | None:
    """The command that ``log`` names at a flare, too: where the log tells of one the plan does not know.

    None where there is none, or where she told of it herself.
    """
    from planner.as_planned import planned_day
    from planner.cli.meaning import flare_command
    from planner.cli.setting import leg_signs
    from planner.flares import SAYS_SO, open_flare
    from planner.plan import State
    from planner.ratings import daily_rating

    logged = here.journal.history()
    flare = open_flare(logged, here.limits, here.today, leg_signs(here.questions))
    if flare is None or flare.because == SAYS_SO:
        return None
    planned = planned_day(here.stored, day)
    if planned is None or planned.state is State.FLARE:
        return None
    rating = daily_rating(logged, flare.day_0)
    pain = None if rating is None else rating / 10
    return flare_command(click.format_filename(here.file), flare.day_0, pain, here.today)


def _is_told(here: Setting) -> bool:
    history = here.history
    return bool(history.logged or history.reports or here.standing.flags)


def _says_something_else(here: Setting) -> bool:
    """Whether her file tells of her back or her runs otherwise than it did; not where it never told."""
    return here.news.told is not None and bool(here.journal.history().told)


def _is_due_yet(here: Setting, planner: Planner) -> bool:
    """Whether the log asks for another plan; not where nothing of the plan is left to change."""
    try:
        return _is_due(here, planner)
    except InputError:
        return False


def _is_due(here: Setting, planner: Planner) -> bool:
    """Whether the log asks for another plan; raises InputError where the plan is over."""
    from planner.cli.closed_day import cut
    from planner.replanning import is_forced

    if here.stored is None or here.today < here.stored.made_on:
        return False
    if cut(planner, here.today) is not None:
        return True
    request = planner.request_again(here.today)
    return is_forced(request, here.stored, planner.rules)


def _has_changed(here: Setting, planner: Planner) -> bool:
    """Whether she wants something else by now; the limits are hers with and without those given."""
    from planner.cli.next_plan import wishes_in
    from planner.cli.rulebook import limits_in_force

    made_from = here.journal.made_from()
    if made_from is None:
        return False
    plain = replace(planner, limits=limits_in_force(None))
    return wishes_in(made_from) not in [wishes_in(one.fingerprint()) for one in (planner, plain)]


def _is_in_flare(here: Setting, planner: Planner, day: date) -> bool:
    from planner.plan import State

    assert here.stored is not None
    first = max(here.stored.start, here.today)
    request = planner.request_after(here.today, first, (day - first).days + 1)
    return request.states[-1] is State.FLARE
