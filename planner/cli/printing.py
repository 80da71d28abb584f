"""Printing: results to standard output, everything else to standard error."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from planner.plan import Plan
    from planner.table import Line

PATIENCE_SECONDS = 1.0
"""How long a command may take before it says that it is at work."""

STYLES = {"week": "bold", "run": "green", "rest": "dim"}


def print_json(document: Any) -> None:
    """One JSON document in UTF-8, whatever the locale."""
    click.echo(json.dumps(document, indent=2, ensure_ascii=False).encode(errors="replace"))


def plan_document(plan: Plan) -> dict[str, Any]:
    """The plan as the contract's JSON; what a clock measured is left out, as in the journal."""
    solver = plan.solver and plan.solver.model_copy(update={"seconds": 0.0})
    return plan.model_copy(update={"solver": solver}).model_dump(mode="json", by_alias=True)


def print_lines(lines: Iterable[Line]) -> None:
    """The lines of a table; coloured on a terminal only."""
    if not (sys.stdout.isatty() and not os.environ.get("NO_COLOR")):
        for line in lines:
            click.echo(line.text)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    for line in lines:
        console.print(Text(line.text, style=STYLES.get(line.tone.value, "")))


def print_text(text: str = "", first: str = "", rest: str | None = None) -> None:
    """A sentence of a result, broken at the terminal's width, at 80 columns at most."""
    from planner.table import WIDTH, wrapped

    # A width given as COLUMNS counts first; without it and without a terminal it is 80.
    width = min(shutil.get_terminal_size().columns, WIDTH)
    click.echo(wrapped(text, first, rest, width) if text else "")


def print_advice(advice: Sequence[str]) -> None:
    """What to read before the rest of a result, and an empty line after it; nothing for none."""
    for sentence in advice:
        print_text(sentence)
    if advice:
        print_text()


@contextmanager
def as_far_as_read() -> Iterator[None]:
    """For printing before a command says how it ended: a reader who closes the pipe changes nothing."""
    try:
        yield
    except BrokenPipeError:
        return


@contextmanager
def progress(doing: str) -> Iterator[None]:
    """Say what goes on, on a terminal only, once it has taken a second."""
    if not sys.stderr.isatty():
        yield
        return
    done = Event()
    teller = Thread(target=_tell_when_slow, args=(doing, done), daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()


def _tell_when_slow(doing: str, done: Event) -> None:
    if done.wait(PATIENCE_SECONDS):
        return
    click.echo(f"{doing} …", err=True, nl=False)
    done.wait()
    # Back to the line's beginning, and clear it.
    click.echo("\r\x1b[K", err=True, nl=False)
