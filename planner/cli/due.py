"""Whether the stored plan still fits her log and her file, for commands that only show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.errors import InputError

if TYPE_CHECKING:
    from planner.cli.next_plan import Planner
    from planner.cli.setting import Setting

NO_LONGER_FITS = (
    "This plan no longer fits what the log and your file tell of your back and your runs."
)


def overdue(file: Path, tighter: Path | None, today: date | None) -> str:
    """A sentence where the log asks for another plan by now; none where the plan fits, or is over.

    A runner's file that can't be read is no reason to hold the plan back.
    """
    from planner.cli.setting import setting

    try:
        here = setting(file, tighter, today)
        if not _is_told(here) or not _is_due(here, here.planner()):
            return ""
    except InputError:
        return ""
    return f"{NO_LONGER_FITS} Let it follow: runback replan {click.format_filename(file)}"


def speaking_against(here: Setting, day: date) -> tuple[str, ...]:
    """What to read before anything that the stored plan says of a day from today on.

    Empty where the plan still fits. Else alternatives to it would be judged by what is no longer so.
    Unlike ``overdue`` it also counts runs that are not in the log where the log holds nothing at all.
    """
    planner = here.planner()
    try:
        is_due = _is_due(here, planner)
    except InputError:
        # Nothing of the plan is left to change.
        is_due = False
    has_changed = _has_changed(here, planner)
    if not is_due and not has_changed:
        return ()
    return tuple(_against(here, planner, day, is_due=is_due, has_changed=has_changed))


def _against(
    here: Setting, planner: Planner, day: date, *, is_due: bool, has_changed: bool
) -> Iterator[str]:
    from planner.cli.asking import advice
    from planner.table import plain_date

    name = click.format_filename(here.file)
    if _is_in_flare(here, planner, day):
        yield f"Do not run on {plain_date(day)}: by the log your back is in a flare."
    if planner.stopped:
        yield "Do not run: a red flag of yours has to be looked at first."
        yield from advice(here.standing, here.runner.runner.time_zone, here.questions, here.today)
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
    command = "plan" if has_changed else "replan"
    yield f"Let the plan follow before you go by it: runback {command} {name}"


def _is_told(here: Setting) -> bool:
    history = here.history
    return bool(history.logged or history.reports or here.standing.flags)


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
