"""Running the command in tests: its exit code, what it says, and a small runner's file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from click.testing import CliRunner

from planner.cli.main import main

ROOT = Path(__file__).parent.parent
SAMPLES = tuple(sorted((ROOT / "samples").glob("*.toml")))
TODAY = "2026-11-22"

MAYA = """\
[runner]
name = "Maya"
time_zone = "Europe/Zurich"

[goal]
kind = "keep_running"

[week]
runs = 3
walks = 1

[week.minutes]
mon = 45
wed = 45
fri = 45
sun = 60

[recent]
run_minutes = [70, 70, 75, 75]
longest_run_minutes = 30
days_since_last_run = 2

[back]
pain_today = 1.0

[plan]
start = 2026-11-30
weeks = 2
"""


class Done(NamedTuple):
    """A finished command."""

    code: int
    out: str
    err: str
    raw: bytes

    @property
    def document(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)


def run(*args: object, today: str | None = TODAY) -> Done:
    """Run the command in this process, on a fixed day unless ``today`` is None."""
    given = [str(arg) for arg in args]
    done = CliRunner().invoke(main, [*given, "--today", today] if today else given)
    return Done(done.exit_code, done.stdout, done.stderr, done.stdout_bytes)


def flat(*args: object) -> str:
    """What a command says, without its line breaks."""
    return " ".join(run(*args).out.split())


def look_up(name: str) -> Any:
    """The one rule, other name or red flag under a name of ``rules``, as JSON."""
    (found,) = [one for part in run("rules", name, "--json").document.values() for one in part]
    return found


def a_runner(folder: Path, text: str = MAYA, name: str = "maya.toml") -> Path:
    """A runner's file in a folder."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def names_in(folder: Path) -> list[str]:
    """The names of all files in a folder, hidden ones too."""
    return sorted(path.name for path in folder.iterdir())
