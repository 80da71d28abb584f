"""A real CalDAV server for tests: Radicale, in this process, on a free port of this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from threading import Thread
from typing import NamedTuple
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import radicale.app
import radicale.config

USER = "alice"
PASSWORD = "s3cret"


class Asked(NamedTuple):
    """A request as the server got it."""

    method: str
    path: str


class RadicaleServer(NamedTuple):
    """A running server: its address, where it keeps its files, and what it was asked."""

    url: str
    store: Path
    asked: list[Asked]

    def counted(self, method: str) -> int:
        """How many requests of a method came."""
        return sum(one.method == method for one in self.asked)


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Handler(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""

    def address_string(self) -> str:
        # Without it each request would ask a name server.
        return str(self.client_address[0])


@contextmanager
def radicale_server(folder: Path) -> Iterator[RadicaleServer]:
    """A server with one user, alice, whose files are kept in this folder."""
    users = folder / "users"
    users.write_text(f"{USER}:{PASSWORD}\n")
    config = radicale.config.load([])
    config.update(
        {
            "auth": {
                "type": "htpasswd",
                "htpasswd_filename": str(users),
                "htpasswd_encryption": "plain",
                "delay": "0",
            },
            "storage": {"filesystem_folder": str(folder / "store"), "_filesystem_fsync": "False"},
            "web": {"type": "none"},
            "logging": {"level": "critical"},
        },
        "tests",
        privileged=True,
    )
    asked: list[Asked] = []
    application = radicale.app.Application(config)

    def noting(environ, start_response):
        asked.append(Asked(environ["REQUEST_METHOD"], environ["PATH_INFO"]))
        return application(environ, start_response)

    server = make_server("127.0.0.1", 0, noting, _Server, _Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        port = server.server_address[1]
        yield RadicaleServer(f"http://127.0.0.1:{port}/", folder / "store", asked)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
