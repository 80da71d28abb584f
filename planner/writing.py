"""Files that are either wholly written or not at all, readable by their owner alone."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from planner.errors import InputError

TEMPORARY, TEMPORARY_END = ".runback-", ".tmp"
"""How the names of files begin and end that are not in their place yet."""


def write_whole(path: Path, data: bytes) -> None:
    """Write a file in one step: a reader sees the old content or the new, never a part."""
    write_all([(path, data)])


def write_all(files: Sequence[tuple[Path, bytes]]) -> None:
    """Write several files. Nothing changes unless all of them can be written.

    A new file is for its owner only (mode 0600), an existing one keeps its mode. Links are
    followed.
    """
    with ready_to_write(files) as put_in_place:
        put_in_place()


@contextmanager
def ready_to_write(files: Sequence[tuple[Path, bytes]]) -> Iterator[Callable[[], None]]:
    """Files that wait beside their places, whole and on the disk; the function puts them there.

    All that can go wrong goes wrong before. Where the function is not called nothing changes.
    """
    targets = [_target(path) for path, _ in files]
    _refuse_doubles([path for path, _ in files], targets)
    folders = sorted({target.parent for target in targets})
    with ExitStack() as stack:
        ready: list[tuple[Path, Path, Path]] = []
        for folder in folders:
            _tidy(folder)
        for (path, data), target in zip(files, targets, strict=True):
            with _sentences(path):
                ready.append((path, stack.enter_context(_prepared(target, data)), target))

        def put_in_place() -> None:
            for path, temporary, target in ready:
                with _sentences(path):
                    os.replace(temporary, target)
            for folder in folders:
                _sync_folder(folder)

        yield put_in_place


def _target(path: Path) -> Path:
    """The file itself behind links, if it can be written."""
    with _sentences(path):
        target = Path(os.path.realpath(path))
        try:
            mode = target.stat().st_mode
        except FileNotFoundError:
            mode = None
    if mode is not None and stat.S_ISDIR(mode):
        raise InputError(f"{path} is a folder, not a file.", try_="Give the name of a file.")
    if mode is not None and not stat.S_ISREG(mode):
        raise InputError(
            f"{path} is not an ordinary file.", try_='Use "-" to write to the terminal or a pipe.'
        )
    if not target.parent.is_dir():
        raise InputError(
            f"{path} cannot be written: there is no folder {path.parent}.",
            try_="Make the folder first, or give another name.",
        )
    if mode is not None and not os.access(target, os.W_OK):
        if not os.access(target.parent, os.W_OK):
            raise InputError(
                f"{path} cannot be written: it is protected against writing, and so is its folder.",
                try_="Check the rights of the file and of its folder.",
            )
        raise InputError(f"{path} is protected against writing.", try_="Give another name.")
    return target


def _refuse_doubles(paths: Sequence[Path], targets: Sequence[Path]) -> None:
    for number, target in enumerate(targets):
        if target in targets[:number]:
            first = paths[targets.index(target)]
            raise InputError(
                f"{first} and {paths[number]} are one and the same file.",
                try_="Give two different names.",
            )


@contextmanager
def _prepared(target: Path, data: bytes) -> Iterator[Path]:
    """A temporary file beside the target that holds the data, safely on the disk."""
    temporary, handle, lock = _own_file(target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if target.exists():
                os.fchmod(file.fileno(), stat.S_IMODE(target.stat().st_mode))
            os.fsync(file.fileno())
        yield temporary
    finally:
        os.close(lock)
        with suppress(FileNotFoundError):
            temporary.unlink()


def _own_file(folder: Path) -> tuple[Path, int, int]:
    """A new file, a handle to write to it, and one that keeps it locked: it is in use."""
    while True:
        handle, name = tempfile.mkstemp(TEMPORARY_END, TEMPORARY, folder)
        lock = os.dup(handle)
        _lock(lock, wait=True)
        if os.path.exists(name):
            return Path(name), handle, lock
        # Another command tidied it away between the two: it was not locked yet.
        os.close(handle)
        os.close(lock)


def _tidy(folder: Path) -> None:
    """Delete what commands that were killed have left in a folder."""
    for path in sorted(folder.glob(f"{TEMPORARY}????????{TEMPORARY_END}")):
        with suppress(OSError):
            handle = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
            try:
                if _lock(handle, wait=False):
                    path.unlink()
            finally:
                os.close(handle)


def _lock(handle: int, *, wait: bool) -> bool:
    """Lock a file for as long as it stays open; whether that was possible."""
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        return False
    return True


def _sync_folder(folder: Path) -> None:
    """Make the renaming itself last; not every system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _sentences(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise InputError(
            f"{path} cannot be written: {reason}.",
            try_="Give another name or folder, or free some space.",
        ) from fault
