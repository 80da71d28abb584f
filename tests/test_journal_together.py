"""A journal that several commands write at once, and one whose command is killed on the way."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable
from datetime import date, timedelta
from multiprocessing.connection import wait
from multiprocessing.synchronize import Barrier
from pathlib import Path

from planner.comparing import keep_identities
from planner.history import Answer, History, Logged, LogKind, Move, News, Report, Told, with_news
from planner.journal import Journal, open_journal
from planner.plan import Plan
from planner.profile import Back, Recent
from tests.plans import plan_of

FIRST = date(2026, 1, 5)
FORK = multiprocessing.get_context("fork")
KILLS = 15
SEED = 3


def a_run(number: int) -> Logged:
    return Logged(on=FIRST + timedelta(number), kind=LogKind.RUN, run_minutes=number)


def a_revision(number: int) -> Plan:
    plan = keep_identities(plan_of("es . r . l . w"), None)
    return plan.model_copy(update={"revision": number})


def at_once(*works: Callable[[], None]) -> list[int | None]:
    """The exit codes of processes that do these works, all starting at the same moment.

    As soon as one fails the others are ended: they may wait for what it does no more.
    """
    barrier = FORK.Barrier(len(works))
    workers = [FORK.Process(target=_do, args=(barrier, work)) for work in works]
    for worker in workers:
        worker.start()
    running = list(workers)
    while running and not any(worker.exitcode for worker in workers):
        wait([worker.sentinel for worker in running])
        running = [worker for worker in running if worker.is_alive()]
    for worker in workers:
        worker.kill()
        worker.join()
    return [worker.exitcode for worker in workers]


def _do(barrier: Barrier, work: Callable[[], None]) -> None:
    barrier.wait()
    work()


def test_what_two_commands_record_at_once_is_all_there(tmp_path):
    """Twenty facts each, from the moment when there is no file yet; neither is turned away."""
    path = tmp_path / "maya.db"

    def record(numbers: range) -> None:
        for number in numbers:
            open_journal(path).record(News(logged=(a_run(number),)))

    codes = at_once(lambda: record(range(0, 40, 2)), lambda: record(range(1, 40, 2)))

    assert codes == [0, 0]
    assert open_journal(path).history().logged == tuple(a_run(number) for number in range(40))


def test_reports_given_at_once_are_all_there(tmp_path):
    """Each takes the next free number; no number is taken twice."""
    path = tmp_path / "maya.db"

    def report(numbers: range) -> None:
        for number in numbers:
            on = FIRST + timedelta(number)
            open_journal(path).record(News(report=Report(on=on, pain=6, told_on=on)))

    codes = at_once(lambda: report(range(0, 20, 2)), lambda: report(range(1, 20, 2)))

    assert codes == [0, 0]
    assert len(open_journal(path).history().reports) == 20


def test_a_plan_and_facts_stored_at_once_are_all_there(tmp_path):
    path = tmp_path / "maya.db"

    def plan() -> None:
        for number in range(1, 11):
            open_journal(path).save(a_revision(number), {}, News(logged=(a_run(100 + number),)))

    def record() -> None:
        for number in range(10):
            open_journal(path).record(News(logged=(a_run(number),)))

    codes = at_once(plan, record)

    assert codes == [0, 0]
    assert len(open_journal(path).revisions()) == 10
    assert len(open_journal(path).history().logged) == 20


def test_one_who_reads_while_another_writes_sees_whole_facts_only(tmp_path):
    """Each record holds a pair of entries: a reader never finds one without the other."""
    path = tmp_path / "maya.db"

    def write() -> None:
        for number in range(0, 40, 2):
            open_journal(path).record(News(logged=(a_run(number), a_run(number + 1))))

    def read() -> None:
        count = 0
        while count < 40:
            count = len(open_journal(path).history().logged)
            assert count % 2 == 0

    assert at_once(write, read) == [0, 0]


def the_news(number: int) -> News:
    """Many facts of one day, so that most moments lie within a transaction; a day each."""
    on = FIRST + timedelta(number)
    return News(
        logged=tuple(Logged(on=on, kind=kind, note=str(number)) for kind in LogKind),
        report=Report(on=on, pain=6, told_on=on),
        answer=Answer(on=on, flags=("RF7",)),
        told=Told(on=on, recent=Recent(), back=Back(pain_today=1)),
        moves=tuple(Move(session_id=f"{number:04d}-{move}", to=on) for move in range(5)),
    )


def write_on(path: Path, number: int, told: int) -> None:
    """Store one thing after another, a plan with every second one, and say so after each."""
    while True:
        if number % 2:
            open_journal(path).save(a_revision(number), {}, the_news(number))
        else:
            open_journal(path).record(the_news(number))
        os.write(told, b".")
        number += 1


def kill_on_the_way(path: Path, begin: int, after: int, delay: float) -> int:
    """How many things a process said it stored, killed a moment after it said so ``after`` times."""
    said, told = os.pipe()
    worker = FORK.Process(target=write_on, args=(path, begin, told))
    worker.start()
    os.close(told)
    with os.fdopen(said, "rb") as pipe:
        heard = len(pipe.read(after))
        time.sleep(delay)
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGKILL)
        heard += len(pipe.read())
    worker.join(timeout=60)
    assert worker.exitcode == -signal.SIGKILL
    return heard


def is_whole(journal: Journal, stored: int) -> bool:
    """Whether the journal holds the first things, each whole, and nothing else."""
    history = History()
    for number in range(stored):
        history = with_news(history, the_news(number))
    plans = tuple(a_revision(number) for number in range(1, stored, 2))
    return journal.history() == history and journal.revisions() == plans


def test_a_command_killed_on_the_way_leaves_whole_facts_and_plans(tmp_path):
    """Whatever it said it stored is there; of the next thing, all or nothing."""
    path = tmp_path / "maya.db"
    moments = random.Random(SEED)
    stored = 0

    for _ in range(KILLS):
        # Storing a thing takes some 10 ms; about every second kill comes in the middle of it.
        heard = kill_on_the_way(path, stored, moments.randrange(3), moments.uniform(0, 0.02))
        found = len(open_journal(path).history().told)

        assert found in (stored + heard, stored + heard + 1)
        assert is_whole(open_journal(path), found)
        stored = found
