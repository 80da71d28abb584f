"""The password of a calendar server: from the environment, the system keyring, or a prompt.

It is never an option, because others on the machine see those, and never stored by runback itself.
"""

from __future__ import annotations

import os
import sys
from urllib.parse import urlsplit

import click

VARIABLE = "RUNBACK_CALDAV_PASSWORD"
SERVICE = "runback"
"""What the keyring knows our passwords by."""


class Password:
    """The password of a user of a server, and where it came from."""

    def __init__(self, url: str, user: str) -> None:
        self._user = user
        self._host = urlsplit(url).hostname or ""
        self._typed = ""
        self.source = ""

    def found(self) -> str:
        """The password; a usage error where nobody is there to be asked."""
        given = os.environ.get(VARIABLE)
        if given:
            self.source = f"the environment variable {VARIABLE}"
            return given
        kept = self._kept()
        if kept:
            self.source = f"the system keyring (service {SERVICE}, user {self._account})"
            return kept
        if not sys.stdin.isatty():
            raise click.UsageError(
                f"No password for {self._account}. Set {VARIABLE}, keep it in the system keyring "
                f"(python -m keyring set {SERVICE} {self._account}), or run this on a terminal."
            )
        self._typed = click.prompt(f"Password of {self._account}", hide_input=True, err=True)
        return self._typed

    def offer_to_keep(self) -> None:
        """Ask whether to keep a password that was typed, and let her in, in the keyring."""
        if not self._typed or not _keyring_works():
            return
        if click.confirm("Keep it in the system keyring?", err=True):
            import keyring
            from keyring.errors import KeyringError

            try:
                keyring.set_password(SERVICE, self._account, self._typed)
            except KeyringError:
                click.echo("The keyring did not take it.", err=True)

    @property
    def _account(self) -> str:
        return f"{self._user}@{self._host}"

    def _kept(self) -> str | None:
        if not _keyring_works():
            return None
        import keyring
        from keyring.errors import KeyringError

        try:
            return keyring.get_password(SERVICE, self._account)
        except KeyringError:
            # Locked, or taken away since: asking her is the way on.
            return None


def _keyring_works() -> bool:
    """Whether there is a keyring on this machine that can keep anything."""
    try:
        import keyring
    except ImportError:
        return False
    return keyring.get_keyring().priority > 0
