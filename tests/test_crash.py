"""Commands killed on the way: old or new plan and calendar, each whole, and a journal that opens."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from planner.cli.main import main
from planner.cli.rulebook import limits_in_force, pain_rules_for, rest_walk_minutes, stop_above_max
from planner.history import History
from planner.ics import calendar_bytes
from planner.journal import open_journal
from planner.plan import Plan
from planner.profile import read_runner
from tests.commands import MAYA, TODAY, Done, a_runner, names_in, run
from tests.published import files_in

FORK = multiprocessing.get_context("fork")
SEED = 3
KILLS = 6
"""Of each command."""

WEDNESDAY = "2026-12-02"
OTHER = MAYA.replace("runs = 3", "runs = 2")
FLARE = ("--pain", 6, "--no-red-flags", "--today", WEDNESDAY)


class Left(NamedTuple):
    """What stands in her folder."""

    plans: tuple[Plan, ...]
    history: History
    calendar: bytes
    published: dict[str, bytes]


class Case(NamedTuple):
    """A command and what was done before it."""

    words: tuple[object, ...]
    prepare: Callable[[Path], object]


def with_two_plans(folder: Path) -> Path:
    """A plan, and another one after she changed her mind."""
    file = a_runner(folder)
    assert run("plan", file).code == 0
    file.write_text(OTHER)
    assert run("plan", file).code == 0
    return file


def with_other_wishes(folder: Path) -> Path:
    file = with_two_plans(folder)
    file.write_text(OTHER.replace("walks = 1", "walks = 2"))
    return file


def with_a_flare(folder: Path) -> Path:
    file = with_two_plans(folder)
    assert run("flare", file, *FLARE, today=None).code == 0
    return file


def with_a_flare_after_publishing(folder: Path) -> Path:
    file = with_two_plans(folder)
    assert run("publish", file, "--vdir", folder / "calendar").code == 0
    assert run("flare", file, *FLARE, today=None).code == 0
    return file


CASES = {
    "plan": Case(("plan", "--today", TODAY), with_other_wishes),
    "flare": Case(("flare", *FLARE), with_two_plans),
    "log": Case(
        ("log", "--ran", 20, "--pain-during", 1, "--walked", 5, "--today", WEDNESDAY),
        with_two_plans,
    ),
    "undo": Case(("undo", "--today", WEDNESDAY), with_a_flare),
    "publish": Case(
        ("publish", "--vdir", "calendar", "--today", WEDNESDAY), with_a_flare_after_publishing
    ),
}


def started(folder: Path, words: tuple[object, ...], before: Callable[[], object] = int):
    """A process of its own that runs the command in her folder; ``before`` comes first."""

    def work() -> None:
        os.chdir(folder)
        before()
        name, *options = words
        done = CliRunner().invoke(main, [name, "maya.toml", *map(str, options)])
        os._exit(done.exit_code)

    process = FORK.Process(target=work)
    process.start()
    return process


def finished(folder: Path, words: tuple[object, ...]) -> int | None:
    """The exit code of the command when nothing disturbs it."""
    process = started(folder, words)
    process.join()
    return process.exitcode


def killed(folder: Path, words: tuple[object, ...], after_seconds: float) -> None:
    process = started(folder, words)
    time.sleep(after_seconds)
    process.kill()
    process.join()


def look(folder: Path) -> Left:
    with closing(sqlite3.connect(folder / "maya.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    journal = open_journal(folder / "maya.db")
    return Left(
        plans=journal.revisions(),
        history=journal.history(),
        calendar=(folder / "maya.ics").read_bytes(),
        published=files_in(folder / "calendar"),
    )


def calendar_of_journal(folder: Path) -> bytes:
    """The calendar of the latest plan."""
    limits = limits_in_force(None)
    runner = read_runner(folder / "maya.toml", stop_above_max=stop_above_max(limits))
    journal = open_journal(folder / "maya.db")
    plan = journal.latest()
    assert plan is not None
    return calendar_bytes(
        plan,
        pain_rules=pain_rules_for(runner, limits),
        rest_walk_minutes=rest_walk_minutes(limits),
        touched=journal.touched(),
    )


def all_names_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def is_old_or_new(left: Left, old: Left, new: Left) -> bool:
    """Whether each part is wholly the old or the new one, and no calendar is ahead of its plan."""
    stored = left.plans, left.history
    is_old, is_new = stored == (old.plans, old.history), stored == (new.plans, new.history)
    names = {*old.published, *new.published}
    return (
        (is_old or is_new)
        and (left.calendar == old.calendar or (is_new and left.calendar == new.calendar))
        and all(
            data in (old.published.get(name), new.published.get(name))
            for name, data in left.published.items()
        )
        and names >= left.published.keys()
    )


@pytest.mark.parametrize("name", list(CASES))
def test_killed_at_random_moments_all_is_whole_and_the_next_try_ends_well(tmp_path, name):
    words, prepare = CASES[name]
    (tmp_path / "old").mkdir()
    prepare(tmp_path / "old")
    old = look(tmp_path / "old")
    shutil.copytree(tmp_path / "old", tmp_path / "new")
    begin = time.perf_counter()
    assert finished(tmp_path / "new", words) == 0
    seconds = time.perf_counter() - begin
    new = look(tmp_path / "new")
    moments = random.Random(SEED)

    for number in range(KILLS):
        folder = tmp_path / f"{number}"
        shutil.copytree(tmp_path / "old", folder)
        # Files are written near the end: every second kill comes there.
        killed(folder, words, moments.uniform(0.6 * (number % 2), 1.1) * seconds)
        left = look(folder)
        assert is_old_or_new(left, old, new)

        assert finished(folder, words) == 0
        end = look(folder)
        assert end.calendar == calendar_of_journal(folder)
        # An undo that had arrived is followed by that of the plan before.
        assert end == new or (name == "undo" and left.plans == new.plans)
        assert all_names_in(folder) == all_names_in(tmp_path / "new")


def without_power_at_the_calendar() -> None:
    """The power goes when the plan is stored and its calendar waits to be put in place."""
    os.replace = lambda *names: os.kill(os.getpid(), signal.SIGKILL)


def old_and_torn(folder: Path) -> tuple[Left, Left]:
    """Before and after a flare during which the power went, in between its two files."""
    folder.mkdir()
    with_two_plans(folder)
    old = look(folder)
    process = started(folder, CASES["flare"].words, without_power_at_the_calendar)
    process.join()
    assert process.exitcode == -signal.SIGKILL
    return old, look(folder)


def test_of_journal_and_calendar_the_journal_comes_first(tmp_path):
    """What she told is never lost; a calendar can be made anew from the journal."""
    old, torn = old_and_torn(tmp_path / "maya")

    assert len(torn.plans) == len(old.plans) + 1
    assert len(torn.history.reports) == 1
    assert torn.calendar == old.calendar


@pytest.mark.parametrize(
    "words",
    [
        ("plan", "--today", WEDNESDAY),
        ("replan", "--today", WEDNESDAY),
        ("flare", *FLARE),
        ("undo", "--today", WEDNESDAY),
    ],
    ids=lambda words: words[0],
)
def test_a_calendar_that_stayed_behind_is_written_by_the_next_command(tmp_path, words):
    folder = tmp_path / "maya"
    _, torn = old_and_torn(folder)
    assert torn.calendar != calendar_of_journal(folder)

    assert finished(folder, words) == 0

    assert look(folder).calendar == calendar_of_journal(folder)
    assert names_in(folder) == ["maya.db", "maya.ics", "maya.toml"]


def test_a_calendar_that_cannot_be_written_leaves_the_journal_as_it_was(tmp_path):
    file = with_two_plans(tmp_path)
    old = look(tmp_path)
    (tmp_path / "maya.ics").unlink()
    (tmp_path / "maya.ics").symlink_to(tmp_path / "nowhere" / "maya.ics")

    done: Done = run("flare", file, *FLARE, today=None)

    assert (done.code, "cannot be written" in done.err) == (3, True)
    journal = open_journal(tmp_path / "maya.db")
    assert (journal.revisions(), journal.history()) == (old.plans, old.history)
