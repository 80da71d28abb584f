"""A keyring for tests, in memory."""

from __future__ import annotations

from keyring.backend import KeyringBackend


class OwnKeyring(KeyringBackend):
    """A keyring that is empty, whatever the machine has."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]
