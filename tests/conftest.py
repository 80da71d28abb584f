"""What several test files start from: a calendar server that runs, and a runner who uses it."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest

from tests.keyrings import OwnKeyring
from tests.published import Maya
from tests.radicale_server import PASSWORD, USER, VARIABLE, RadicaleServer, radicale_server


@pytest.fixture
def own_keyring(monkeypatch) -> Iterator[OwnKeyring]:
    """An empty keyring for this test, and the password in the environment."""
    before, own = keyring.get_keyring(), OwnKeyring()
    keyring.set_keyring(own)
    monkeypatch.setenv(VARIABLE, PASSWORD)
    yield own
    keyring.set_keyring(before)


@pytest.fixture
def server(tmp_path) -> Iterator[RadicaleServer]:
    """A calendar server with the user alice."""
    with radicale_server(tmp_path) as running:
        yield running


@pytest.fixture
def maya(tmp_path, server, own_keyring):
    """A runner who publishes to the server; the environment holds her password."""
    return Maya(tmp_path, "--caldav", server.url, "--user", USER)
