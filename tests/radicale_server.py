"""A real CalDAV server for tests: Radicale, in this process, on a free port of this machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from threading import Thread
from typing import NamedTuple
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import caldav
import radicale.app
import radicale.config

from planner.calendar_server import ServerCalendar, calendar_on
from planner.login import Login

USER = "alice"
PASSWORD = "s3cret"
VARIABLE = "RUNBACK_CALDAV_PASSWORD"
"""Where runback looks for it first."""

ALWAYS = range(10**6)
Headers = Sequence[tuple[str, str]]


class Asked(NamedTuple):
    """A request as the server got it."""

    method: str
    path: str


class RadicaleServer:
    """A running server: its address, where it keeps its files, and what it was asked."""

    def __init__(self, url: str, store: Path) -> None:
        self.url = url
        self.store = store
        self.asked: list[Asked] = []
        self._refusals: dict[str, tuple[str, Headers, range]] = {}

    def refuse(self, method: str, status: str, headers: Headers = (), when: range = ALWAYS) -> None:
        """Answer a method with this status; ``when``: which of its requests, counted from now."""
        began = self.counted(method)
        counted = range(when.start + began, when.stop + began)
        self._refusals[method] = (status, headers, counted)

    def recover(self) -> None:
        """Refuse nothing any more."""
        self._refusals.clear()

    def refusal(self, method: str, path: str) -> tuple[str, Headers] | None:
        """Note a request, and tell how it is refused, if it is."""
        number = self.counted(method)
        self.asked.append(Asked(method, path))
        if method not in self._refusals:
            return None
        status, headers, when = self._refusals[method]
        return (status, headers) if number in when else None

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
def radicale_server(folder: Path, rights: str | None = None) -> Iterator[RadicaleServer]:
    """A server with one user, alice, whose files are kept in this folder.

    ``rights``: who may do what, in Radicale's words; without it, alice may do all with her own.
    """
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
    if rights is not None:
        (folder / "rights").write_text(rights)
        own = {"type": "from_file", "file": str(folder / "rights")}
        config.update({"rights": own}, "tests", privileged=True)
    application = radicale.app.Application(config)

    def noting(environ, start_response):
        refused = running.refusal(environ["REQUEST_METHOD"], environ["PATH_INFO"])
        if refused is None:
            return application(environ, start_response)
        status, headers = refused
        start_response(status, [("Content-Length", "0"), *headers])
        return [b""]

    server = make_server("127.0.0.1", 0, noting, _Server, _Handler)
    running = RadicaleServer(f"http://127.0.0.1:{server.server_address[1]}/", folder / "store")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def on_server(server: RadicaleServer, name: str = "Training") -> ServerCalendar:
    """The calendar as our own code opens it."""
    return calendar_on(Login(server.url, USER, PASSWORD), name)


def client_of(server: RadicaleServer) -> caldav.DAVClient:
    """Another program that is logged in."""
    return caldav.DAVClient(server.url, username=USER, password=PASSWORD)


def events_on(server: RadicaleServer) -> dict[str, bytes]:
    """What Radicale keeps on its disk for her calendars, by file name."""
    kept = (path for path in server.store.rglob("*.ics") if ".Radicale.cache" not in path.parts)
    return {path.name: path.read_bytes() for path in kept}
