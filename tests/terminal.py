"""The program on a terminal: what somebody types before a question, and at it."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress

from tests.commands import ROOT

QUESTION = "Change the plan like this? [Y/n]:"


def answered(typed: str, *given: object, ahead: str = "") -> tuple[int, str]:
    """Run a command and type at its question whether to change the plan; exit code, and what it says.

    ``ahead`` is typed at once, while nothing has been asked.
    """
    terminal, inside = pty.openpty()
    command = [sys.executable, "-m", "planner.cli.main", *map(str, given)]
    program = subprocess.Popen(command, stdin=inside, stdout=inside, stderr=inside, cwd=ROOT)
    os.close(inside)
    os.write(terminal, ahead.encode())
    said = ""
    for part in _shown(terminal):
        said += part
        if QUESTION in said and typed:
            os.write(terminal, typed.encode())
            typed = ""
    os.close(terminal)
    return program.wait(timeout=60), said.replace("\r\n", "\n")


def _shown(terminal: int) -> Iterator[str]:
    # Linux reports the end of a terminal as an error (EIO).
    with suppress(OSError):
        while part := os.read(terminal, 4096):
            yield part.decode()
