"""What is measured: solving in this process, whole commands in processes of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from planner.plan import TierResult
from tests.commands import ROOT, SAMPLES, TODAY
from tests.runners import planned

HORIZONS = (1, 16, 52)
COMMAND = "from planner.cli.main import main; main()"


@dataclass(frozen=True)
class Solving:
    """One sample over one horizon: the clock's seconds, the solver's own work, the proofs."""

    sample: str
    weeks: int
    seconds: float
    work: float
    tiers: tuple[TierResult, ...]

    @property
    def gaps(self) -> str:
        """The tiers that are not proven, with cost and bound; empty where all are."""
        return gaps_in(self.tiers)


def gaps_in(tiers: tuple[TierResult, ...]) -> str:
    """The tiers that are not proven, with cost and bound; empty where all are."""
    return ", ".join(f"{t.name} {t.cost} ≥ {t.bound}" for t in tiers if not t.proven)


def solving(sample: Path, weeks: int) -> Solving:
    """Plan a sample for so many weeks."""
    plan = planned(sample.read_text("utf-8"), weeks=weeks).plan
    assert plan.solver is not None
    return Solving(sample.stem, weeks, plan.solver.seconds, plan.solver.work, plan.tiers)


def process_seconds(*args: str, repeats: int = 7) -> float:
    """Median seconds of a whole Python process, after one that warms the caches."""
    taken = []
    for _ in range(repeats + 1):
        began = time.perf_counter()
        _run(*args)
        taken.append(time.perf_counter() - began)
    return median(taken[1:])


def plan_command(folder: Path, weeks: int) -> tuple[str, ...]:
    """A whole ``plan`` of a sample, made anew each time: its journal is kept out of the way."""
    sample = next(path for path in SAMPLES if path.stem == "race-10k")
    file = Path(shutil.copy(sample, folder / "maya.toml"))
    fresh = (
        f"import os; [os.path.exists(n) and os.remove(n) for n in ({str(file)[:-5]!r} + '.db',)]"
    )
    return (
        *("-c", f"{fresh}; {COMMAND}", "plan", str(file)),
        *("--weeks", str(weeks), "--today", TODAY),
    )


def peak_megabytes(*args: str) -> float:
    """The most memory of one such process, in a child that has no other children."""
    code = (
        "import resource, subprocess, sys; "
        "subprocess.run([sys.executable, *sys.argv[1:]], check=True, stdout=subprocess.DEVNULL); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *args],
        env=_environment(),
        capture_output=True,
        check=True,
        text=True,
    )
    # Kilobytes on Linux, bytes on macOS.
    return int(done.stdout) / (2**20 if sys.platform == "darwin" else 2**10)


def _run(*args: str) -> None:
    command = [sys.executable, *args]
    subprocess.run(command, env=_environment(), stdout=subprocess.DEVNULL, check=True)


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}
