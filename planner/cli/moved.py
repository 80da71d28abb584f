"""Sessions that she moved in a calendar outside, looked up before a re-plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from planner.cli.setting import Setting
from planner.errors import InputError
from planner.following import moves_there
from planner.history import Move, with_news
from planner.publishing import Terms
from planner.vdir import Folder
from planner.zones import zone_of


def with_moves(here: Setting) -> Setting:
    """The setting with the moves found in the folders that the plan was published to.

    A folder that is gone holds none; of one that can't be read it is said on standard error. A
    calendar server is asked by ``publish`` alone, which has its password; what it found
    there is in the history already.
    """
    found = tuple(_found(here))
    known = {move.session_id: move for move in here.history.moves}
    new = tuple(move for move in found if known.get(move.session_id) != move)
    if not new:
        return here
    news = here.news.model_copy(update={"moves": new})
    return replace(here, news=news, history=with_news(here.history, news))


def _found(here: Setting) -> Iterator[Move]:
    terms = Terms(today=here.today, zone=zone_of(here.runner.runner.time_zone))
    for place in here.journal.places():
        if "://" in place:
            continue
        try:
            yield from moves_there(Folder(Path(place)), here.journal.published(place), terms)
        except InputError as fault:
            click.echo(f"{fault.message} What you moved there is left out.", err=True)
