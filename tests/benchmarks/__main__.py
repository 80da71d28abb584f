"""Print the table: ``python -m tests.benchmarks``, one to two minutes."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median

from tests.benchmarks.asking import MISSED, asked, day_seconds, why_seconds
from tests.benchmarks.measuring import (
    COMMAND,
    HORIZONS,
    Solving,
    peak_megabytes,
    plan_command,
    process_seconds,
    solving,
)
from tests.benchmarks.publishing import published
from tests.benchmarks.replanning import replanned
from tests.commands import SAMPLES

AIMS = {1: "worst ≤ 0.1 s", 16: "median ≤ 0.7 s, worst ≤ 2 s, all proven", 52: "≤ 5 s, or a gap"}


def main() -> None:
    """Solving by sample and horizon, then whole processes and memory."""
    for weeks in HORIZONS:
        _print_horizon(weeks, [solving(sample, weeks) for sample in SAMPLES])
    _print_replans()
    with tempfile.TemporaryDirectory() as folder:
        _print_asking(Path(folder))
        _print_processes(Path(folder))
        _print_publishing(Path(folder))


def _print_horizon(weeks: int, held: list[Solving]) -> None:
    print(f"\n{weeks} weeks of solving (aim: {AIMS[weeks]})")
    for one in held:
        proof = f"not proven: {one.gaps}" if one.gaps else "all proven"
        print(f"  {one.sample:<24} {one.seconds:7.3f} s  work {one.work:7.3f}  {proof}")
    seconds = [one.seconds for one in held]
    print(f"  {'median':<24} {median(seconds):7.3f} s, worst {max(seconds):.3f} s")


def _print_replans() -> None:
    print("\nre-plans of sixteen weeks, a flare of ten days (aim: median ≤ 0.5 s, worst ≤ 1.5 s)")
    held = [one for sample in SAMPLES for one in replanned(sample)]
    for one in held:
        proof = f"not proven: {one.gaps}" if one.gaps else "all proven"
        name = f"{one.sample}, {one.when}"
        print(f"  {name:<36} {one.seconds:7.3f} s  work {one.work:7.3f}  {proof}")
    seconds = [one.seconds for one in held]
    print(f"  {'median':<36} {median(seconds):7.3f} s, worst {max(seconds):.3f} s")


def _print_asking(folder: Path) -> None:
    print("\nwhy: goals missed in sixteen weeks (aim: ≤ 5 s, start of the process included)")
    for name in MISSED:
        one, whole = asked(name), why_seconds(folder, name)
        found = f"{one.conflict} demands, {one.offers} offers"
        print(
            f"  {name:<36} {whole:6.2f} s, of it {one.seconds:5.2f} s, work {one.work:.2f}, {found}"
        )
    day, start = day_seconds(folder, next(iter(MISSED)), "2027-01-10")
    print(f"  a day of the first: {day:.2f} s, show {start:.2f} s (aim: ≤ 0.3 s more)")


def _print_processes(folder: Path) -> None:
    plan = plan_command(folder, 1)
    pairs = (
        ("plan --weeks 1", plan, "from ortools.sat.python import cp_model", 1.8),
        ("--help", ("-c", COMMAND, "--help"), "import click", 2.0),
    )
    print("\nwhole processes")
    for name, args, bare, aim in pairs:
        own, other = process_seconds(*args), process_seconds("-c", bare)
        print(
            f"  {name:<16} {own:.3f} s, {bare!r} alone {other:.3f} s: "
            f"{own / other:.2f} times (aim: ≤ {aim})"
        )
    print("\npeak memory (aim: ≤ 250 MB)")
    for weeks in HORIZONS:
        print(f"  plan --weeks {weeks:<4} {peak_megabytes(*plan_command(folder, weeks)):6.0f} MB")


def _print_publishing(folder: Path) -> None:
    print("\npublishing, without the start of the process (aim for a re-plan on Radicale: ≤ 0.2 s)")
    for one in published(folder):
        print(f"  {one.what:<40} {one.seconds:6.3f} s, {one.sent} entries sent")


if __name__ == "__main__":
    main()
