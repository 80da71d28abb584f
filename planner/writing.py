"""Files that are either wholly written or not at all, readable by their owner alone."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from planner.errors import InputError


def write_whole(path: Path, data: bytes) -> None:
    """Write a file in one step: a reader sees the old content or the new, never a part."""
    write_all([(path, data)])


def write_all(files: Sequence[tuple[Path, bytes]]) -> None:
    """Write several files. Nothing changes unless all of them can be written.

    A new file is for its owner only (mode 0600), an existing one keeps its mode. Links are
    followed.
    """
    targets = [_target(path) for path, _ in files]
    _refuse_doubles([path for path, _ in files], targets)
    ready: list[tuple[Path, Path]] = []
    try:
        for (path, data), target in zip(files, targets, strict=True):
            with _sentences(path):
                ready.append((_prepared(target, data), target))
        for (path, _), (temporary, target) in zip(files, ready, strict=True):
            with _sentences(path):
                os.replace(temporary, target)
        for folder in sorted({target.parent for target in targets}):
            _sync_folder(folder)
    finally:
        for temporary, _ in ready:
            with suppress(FileNotFoundError):
                temporary.unlink()


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


def _prepared(target: Path, data: bytes) -> Path:
    """A temporary file beside the target that holds the data, safely on the disk."""
    handle, name = tempfile.mkstemp(prefix=".runback-", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if target.exists():
                os.fchmod(file.fileno(), stat.S_IMODE(target.stat().st_mode))
            os.fsync(file.fileno())
    except BaseException:
        temporary.unlink()
        raise
    return temporary


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
