"""A folder with one file for each entry (a vdir), as khal, vdirsyncer and todoman keep calendars.

Only names that are asked for are ever looked at or touched; all else in the folder is of others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from planner.errors import InputError
from planner.following import ChangedMeanwhile
from planner.writing import write_whole

DISPLAY_NAME = "displayname"
"""The file in which such a folder says what the calendar is called."""


def made_folder(path: Path, name: str) -> Folder:
    """The calendar in this folder, which is made, with its ``name``, where it is missing."""
    whole = _resolved(path)
    is_new = not whole.exists()
    with _sentences(path):
        whole.mkdir(mode=0o700, exist_ok=True)
    called = whole / DISPLAY_NAME
    if not called.exists():
        write_whole(called, name.encode())
    return Folder(whole, is_new=is_new)


class Folder:
    """A calendar in a folder. Nothing is made before something is put."""

    def __init__(self, path: Path, *, is_new: bool = False) -> None:
        self._path = path
        self.is_new = is_new

    @property
    def address(self) -> str:
        """The folder's full path."""
        return str(self._path)

    def etags(self, names: Sequence[str]) -> dict[str, str]:
        """A fingerprint of the content of each of these files that is there."""
        return {name: _etag(data) for name, data in self.read(names).items()}

    def read(self, names: Sequence[str]) -> dict[str, bytes]:
        """The content of each of these files that is there."""
        found = {}
        with _sentences(self._path):
            for name in names:
                try:
                    found[name] = (self._path / name).read_bytes()
                except FileNotFoundError:
                    continue
        return found

    def put(self, name: str, data: bytes, etag: str) -> str:
        """Write a file in one step."""
        self._refuse_changed(name, etag)
        write_whole(self._path / name, data)
        return _etag(data)

    def delete(self, name: str, etag: str) -> None:
        """Delete a file; one that is gone already needs nothing."""
        if self.etags([name]):
            self._refuse_changed(name, etag)
            with _sentences(self._path):
                (self._path / name).unlink(missing_ok=True)

    def _refuse_changed(self, name: str, etag: str) -> None:
        if self.etags([name]).get(name, "") != etag:
            raise ChangedMeanwhile(name)


def _etag(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def _resolved(path: Path) -> Path:
    with _sentences(path):
        found = path.expanduser().resolve()
    if found.exists() and not found.is_dir():
        raise InputError(f"{path} is a file, not a folder.", "Give the name of a folder.")
    if not found.parent.is_dir():
        raise InputError(
            f"There is no folder {found.parent} to make {found.name} in.", "Make it first."
        )
    return found


@contextmanager
def _sentences(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, RuntimeError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) and fault.strerror else str(fault)
        raise InputError(
            f"The folder {path} can't be used: {reason}.", "Check the folder and its rights."
        ) from fault
