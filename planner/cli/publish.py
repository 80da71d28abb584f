"""``runback publish``: the stored plan into a calendar outside, and only what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.options import (
    FILE,
    file_argument,
    json_option,
    limits_option,
    today_option,
)

if TYPE_CHECKING:
    from planner.following import Outcome, Place
    from planner.ics import EventFile
    from planner.journal import Journal
    from planner.plan import Plan

CALENDAR_NAME = "Training"
"""What a folder's calendar is called."""

PUBLISH_AGAIN = (
    "Until then the calendar holds the plan as it was: once it has followed, publish again."
)


@click.command(
    "publish",
    short_help="Bring a calendar up to date with the plan.",
    epilog="Example: runback publish maya.toml --caldav https://caldav.icloud.com/ "
    "--user maya@example.org",
)
@file_argument
@click.option("--vdir", type=FILE, metavar="DIR", help="A folder for khal, vdirsyncer or todoman.")
@click.option("--caldav", metavar="URL", help="A calendar server, or one calendar on it.")
@click.option("--user", metavar="NAME", help="Who logs in to the calendar server.")
@click.option(
    "--calendar",
    metavar="NAME",
    help="The calendar on the server (default: Training); made where it is missing.",
)
@click.option(
    "--no-rest-days", is_flag=True, help="Leave days without a session out of the calendar."
)
@click.option(
    "--overwrite", is_flag=True, help="Replace what you edited, moved or deleted there, too."
)
@limits_option
@today_option
@json_option
def command(
    file: Path,
    vdir: Path | None,
    caldav: str | None,
    user: str | None,
    calendar: str | None,
    no_rest_days: bool,
    overwrite: bool,
    tighter: Path | None,
    today: date | None,
    as_json: bool,
) -> None:
    """Put the plan of FILE into a calendar: what is new or changed, and nothing twice.

    What left the plan is removed there. What you edited, moved or deleted there yourself stays as
    you made it, and so do days gone by. The password is read from the environment variable
    RUNBACK_CALDAV_PASSWORD, from the system keyring, or asked for.
    """
    _refuse_odd(vdir, caldav, user, calendar)
    from planner.cli.clock import today_in
    from planner.cli.files import journal_path
    from planner.cli.printing import progress
    from planner.following import follow
    from planner.journal import open_journal
    from planner.publishing import Terms
    from planner.zones import zone_of

    journal = open_journal(journal_path(file))
    plan = _plan_to_publish(file, journal)
    wanted = _files(file, plan, journal, tighter, rest_days=not no_rest_days)
    against = _speaking_against(file, tighter, today)
    zone = zone_of(plan.time_zone)
    terms = Terms(today or today_in(plan.time_zone), zone, overwrite)
    with _place(vdir, caldav, user or "", calendar) as place:
        with progress("Publishing"):
            outcome = follow(place, journal, wanted, terms)
        if as_json:
            _print_json(outcome, place.address, against)
        else:
            _tell(outcome, place.address, file, overwrite=overwrite)


def _refuse_odd(
    vdir: Path | None, caldav: str | None, user: str | None, calendar: str | None
) -> None:
    if (vdir is None) == (caldav is None):
        raise click.UsageError("Give a folder (--vdir DIR) or a calendar server (--caldav URL).")
    if caldav is not None and not user:
        raise click.UsageError("--caldav needs --user NAME: who logs in there?")
    if vdir is not None and (user is not None or calendar is not None):
        raise click.UsageError("--user and --calendar belong to --caldav; a folder needs neither.")


def _plan_to_publish(file: Path, journal: Journal) -> Plan:
    """The latest plan, unless an emergency sign has withdrawn it."""
    from planner.cli.asking import refuse_emergency
    from planner.cli.files import stored_plan
    from planner.triage import Verdict, standing
    from rules.loading import load_triage

    plan, questions = stored_plan(file), load_triage()
    where = standing(journal.history(), questions)
    if where.verdict is Verdict.EMERGENCY:
        refuse_emergency(where, plan.time_zone, questions)
    return plan


def _speaking_against(file: Path, tighter: Path | None, today: date | None) -> tuple[str, ...]:
    """What to read before the calendar, said at once; nothing where the plan fits log and file.

    It is published all the same: the calendar may be that plan's already.
    """
    from planner.cli.due import fit
    from planner.table import wrapped

    against = fit(file, tighter, today).advice
    found = (*against, PUBLISH_AGAIN) if against else ()
    for sentence in found:
        click.echo(wrapped(sentence), err=True)
    return found


def _files(
    file: Path, plan: Plan, journal: Journal, tighter: Path | None, *, rest_days: bool
) -> Mapping[str, EventFile]:
    from planner.cli.rulebook import (
        limits_in_force,
        pain_rules_for,
        rest_walk_minutes,
        stop_above_max,
    )
    from planner.ics import event_files
    from planner.profile import read_runner

    limits = limits_in_force(tighter)
    runner = read_runner(file, stop_above_max=stop_above_max(limits))
    return event_files(
        plan,
        pain_rules=pain_rules_for(runner, limits),
        rest_walk_minutes=rest_walk_minutes(limits),
        rest_days=rest_days,
        touched=journal.touched(),
    )


@contextmanager
def _place(
    vdir: Path | None, caldav: str | None, user: str, calendar: str | None
) -> Iterator[Place]:
    if vdir is not None:
        from planner.vdir import made_folder

        yield made_folder(vdir, CALENDAR_NAME)
        return
    assert caldav is not None
    from planner.calendar_server import calendar_on, need_package
    from planner.cli.password import Password
    from planner.login import Login, checked_address

    need_package()
    url = checked_address(caldav)
    password = Password(url, user)
    login = Login(url, user, password.found(), password.source)
    with closing(calendar_on(login, calendar)) as place:
        password.offer_to_keep()
        yield place


def _print_json(outcome: Outcome, place: str, against: tuple[str, ...]) -> None:
    from planner.cli.printing import print_json

    print_json(
        {
            "place": place,
            "put": list(outcome.put),
            "changed": list(outcome.changed),
            "removed": list(outcome.removed),
            "kept": [one.model_dump(mode="json") for one in outcome.kept],
            "fits": not against,
            "advice": list(against),
        }
    )


def _tell(outcome: Outcome, place: str, file: Path, *, overwrite: bool) -> None:
    from planner.cli.printing import print_text
    from planner.cli.telling import cut_short

    put, changed, removed = (len(ids) for ids in (outcome.put, outcome.changed, outcome.removed))
    print_text(f"{put} put, {changed} changed, {removed} removed, {outcome.as_before} as before")
    print_text(f"Calendar: {place}")
    for sentence in cut_short([one.says for one in outcome.kept], "--json lists all"):
        print_text(sentence, first="- ", rest="  ")
    if outcome.moves and not overwrite:
        name = click.format_filename(file)
        print_text(
            f"To plan with the days you chose: runback replan {name}. Where the plan can't follow, "
            "--overwrite puts its own days back."
        )
