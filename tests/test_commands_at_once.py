"""Two commands at the same moment: nothing told is lost, and who comes too late hears of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from planner.journal import open_journal
from tests.commands import Done, names_in, run
from tests.test_crash import (
    FLARE,
    FORK,
    WEDNESDAY,
    calendar_of_journal,
    with_two_plans,
)

LOG = ("log", "--ran", 20, "--pain-during", 1, "--walked", 5, "--today", WEDNESDAY)
TIMES = 3


def at_once(folder: Path, *commands: tuple[object, ...]) -> list[Done]:
    """What the commands say that begin at the same moment, each in a process of its own."""
    barrier = FORK.Barrier(len(commands))
    workers = []
    for name, *options in commands:
        reader, writer = FORK.Pipe(duplex=False)

        def work(name=name, options=options, writer=writer) -> None:
            barrier.wait(timeout=60)
            writer.send(run(name, folder / "maya.toml", *options, today=None))

        process = FORK.Process(target=work)
        process.start()
        writer.close()
        workers.append((process, reader))
    done = [reader.recv() for _, reader in workers]
    for process, _ in workers:
        process.join()
    return done


@pytest.fixture
def folders(tmp_path) -> list[Path]:
    """The same folder several times: what comes first is up to chance."""
    (tmp_path / "first").mkdir()
    with_two_plans(tmp_path / "first")
    for number in range(TIMES):
        shutil.copytree(tmp_path / "first", tmp_path / str(number))
    return [tmp_path / str(number) for number in range(TIMES)]


def test_a_flare_and_a_log_at_once_are_both_there(folders):
    for folder in folders:
        done = at_once(folder, ("flare", *FLARE), LOG)

        assert [(one.code, one.err) for one in done] == [(0, ""), (0, "")]
        history = open_journal(folder / "maya.db").history()
        assert [report.pain for report in history.reports] == [6]
        assert sum(entry.run_minutes for entry in history.logged) == 20
        assert (folder / "maya.ics").read_bytes() == calendar_of_journal(folder)


def test_of_two_flares_at_once_the_later_hears_that_it_was_late(folders):
    """It has stored nothing and leaves the calendar to the first; the same line once more does."""
    worse = ("flare", "--pain", 8, *FLARE[2:])
    for folder in folders:
        done = at_once(folder, ("flare", *FLARE), worse)

        first, late = sorted(done, key=lambda one: one.code)
        assert (first.code, first.err) == (0, "")
        if late.code:
            assert late.code == 1
            assert late.err == (
                "Revision 3 of this plan is already stored: another command was quicker. "
                "Nothing of this command was stored, nor what you told with it: run the command "
                "again.\n"
            )
        journal = open_journal(folder / "maya.db")
        assert len(journal.revisions()) == 3
        assert (folder / "maya.ics").read_bytes() == calendar_of_journal(folder)

        assert run("flare", folder / "maya.toml", *worse[1:], today=None).code == 0
        assert [report.pain for report in journal.history().reports] == [8]
        assert names_in(folder) == ["maya.db", "maya.ics", "maya.toml"]
