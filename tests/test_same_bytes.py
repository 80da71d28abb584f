"""The same input gives the same bytes: in other processes, hash seeds, time zones and locales."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from planner.plan import Plan
from planner.request import Request
from tests.commands import ROOT, SAMPLES, TODAY
from tests.runners import planned

PLACES = (
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "2", "TZ": "America/St_Johns", "LC_ALL": "de_DE.UTF-8"},
)
CHOSEN = ("race-10k", "keep-running", "zero-to-thirty")
COMMAND = "from planner.cli.main import main; main()"


def text_of(name: str) -> str:
    return next(path for path in SAMPLES if path.stem == name).read_text("utf-8")


def bytes_in(folder: Path, name: str, place: dict[str, str]) -> tuple[bytes, bytes]:
    """What ``plan --json`` prints and the calendar it writes, in a process of its own."""
    folder.mkdir()
    sample = next(path for path in SAMPLES if path.stem == name)
    file = Path(shutil.copy(sample, folder / "maya.toml"))
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, "plan", str(file), "--json", "--today", TODAY],
        env={**os.environ, **place, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    return done.stdout, file.with_suffix(".ics").read_bytes()


@pytest.mark.parametrize("name", CHOSEN)
def test_a_plan_and_its_calendar_are_the_same_bytes_everywhere(tmp_path, name):
    made = [bytes_in(tmp_path / str(n), name, place) for n, place in enumerate(PLACES)]

    assert len({plan for plan, _ in made}) == 1
    assert len({calendar for _, calendar in made}) == 1


def test_the_hash_seeds_of_these_processes_really_differ():
    """Else a set that is iterated would go unseen."""
    asked = [
        subprocess.run(
            [sys.executable, "-c", "print(hash('run'))"],
            env={**os.environ, **place},
            capture_output=True,
            check=True,
        ).stdout
        for place in PLACES
    ]

    assert len(set(asked)) == len(PLACES)


@pytest.mark.parametrize("name", CHOSEN)
def test_a_request_and_a_plan_come_through_pickling_unchanged(name):
    case = planned(text_of(name), weeks=2)
    kept: tuple[Request, Plan] = pickle.loads(pickle.dumps((case.request, case.plan)))

    assert kept == (case.request, case.plan)


def test_the_same_request_is_planned_the_same_twice_in_one_process():
    one, other = (planned(text_of("shift-worker")).document for _ in range(2))

    assert one == other
