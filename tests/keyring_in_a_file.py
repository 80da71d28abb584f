"""A keyring for commands that run in a process of their own: a JSON file.

By itself, because the package keyring takes every backend that was imported for one to use.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend


class InAFile(KeyringBackend):
    """Keeps everything in the file that RUNBACK_TEST_KEYRING names."""

    priority = 1.0

    def get_password(self, service: str, username: str) -> str | None:
        found = self._all().get(f"{service} {username}")
        return None if found is None else str(found)

    def set_password(self, service: str, username: str, password: str) -> None:
        kept = {**self._all(), f"{service} {username}": password}
        self._file().write_text(json.dumps(kept))

    def _all(self) -> dict[str, str]:
        file = self._file()
        found = json.loads(file.read_text()) if file.exists() else {}
        assert isinstance(found, dict)
        return found

    def _file(self) -> Path:
        return Path(os.environ["RUNBACK_TEST_KEYRING"])
