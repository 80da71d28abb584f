"""Sessions that she moved in a calendar outside, looked up before a re-plan."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from planner.cli.setting import Setting
from planner.following import moves_there
from planner.history import Move, with_news
from planner.publishing import Terms
from planner.vdir import Folder
from planner.zones import zone_of


def with_moves(here: Setting) -> Setting:
    """The setting with the moves found in the folders that the plan was published to.

    A calendar server is asked by ``publish`` alone, which has its password; what it found there is in
    the history already.
    """
    found = tuple(_found(here))
    known = {move.session_id: move for move in here.history.moves}
    new = tuple(move for move in found if known.get(move.session_id) != move)
    if not new:
        return here
    news = here.news.model_copy(update={"moves": new})
    return replace(here, news=news, history=with_news(here.history, news))


def _found(here: Setting) -> list[Move]:
    terms = Terms(today=here.today, zone=zone_of(here.runner.runner.time_zone))
    return [
        move
        for place in here.journal.places()
        if "://" not in place
        for move in moves_there(Folder(Path(place)), here.journal.published(place), terms)
    ]
