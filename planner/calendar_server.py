"""A calendar on a CalDAV server (RFC 4791), through the package caldav.

The package finds the calendar and carries the requests; each event is put as raw bytes on condition
of its etag, because the package's own saving would raise SEQUENCE.
"""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import urljoin, urlsplit, urlunsplit
from uuid import uuid5

from planner.errors import InputError, PlannerError
from planner.following import ChangedMeanwhile
from planner.ics import NAMESPACE

if TYPE_CHECKING:
    from caldav.davclient import DAVClient
    from caldav.response import DAVResponse

TIMEOUT_SECONDS = 30
RESOURCE_TYPE = "{DAV:}resourcetype"
PRINCIPAL = "{DAV:}current-user-principal"
ETAG = "{DAV:}getetag"
CALENDAR = "{urn:ietf:params:xml:ns:caldav}calendar"
WELL_KNOWN = "/.well-known/caldav"
"""Where a server tells the way to its calendars (RFC 6764)."""

PUT_DONE = (200, 201, 204)
DELETE_DONE = (200, 202, 204, 404, 410)
CHANGED = 412


class Login:
    """Who logs in where, and where the password came from. It shows in no message."""

    def __init__(self, url: str, user: str, password: str, source: str = "") -> None:
        self.url = checked_address(url)
        self.user = user
        self.password = password
        self.source = source

    @property
    def host(self) -> str:
        """The server's name."""
        return urlsplit(self.url).hostname or ""


def checked_address(url: str) -> str:
    """The address with its scheme; InputError where a password would go unprotected or shows."""
    whole = url if "://" in url else f"https://{url}"
    try:
        parts = urlsplit(whole)
        host, _ = parts.hostname, parts.port
    except ValueError:
        parts, host = urlsplit(""), None
    if not host or parts.scheme not in ("https", "http"):
        raise InputError(
            f"{url} is no address of a calendar server.",
            "It looks like https://caldav.example.org/.",
        )
    if parts.username or parts.password:
        raise InputError(
            "The address holds a user or a password, which others on this machine could see.",
            "Leave them out: the user goes after --user, the password is asked for.",
        )
    if parts.scheme == "http" and not _is_this_machine(host):
        raise InputError(
            f"http:// would send your password to {host} for anybody on the way to read.",
            "Use https://.",
        )
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", "", ""))


def calendar_on(login: Login, name: str | None) -> ServerCalendar:
    """The calendar with this name, made where it is missing.

    The address may be that of a server, or of one calendar; then there is no ``name`` to give.
    ``name`` None: ``Training``.
    """
    client = _client(login)
    try:
        with _sentences(login):
            found, is_new = _found(client, login, name)
            url = str(client.url.join(found))
        checked_address(url)
    except BaseException:
        client.close()
        raise
    # A request that writes must not be led elsewhere.
    client.session.max_redirects = 0
    return ServerCalendar(client, login, url, is_new)


class ServerCalendar:
    """One calendar on a server, as a ``planner.following.Place``."""

    def __init__(self, client: DAVClient, login: Login, url: str, is_new: bool) -> None:
        self._client = client
        self._login = login
        self._url = url if url.endswith("/") else f"{url}/"
        self.is_new = is_new

    @property
    def address(self) -> str:
        """The calendar's address, without user and password."""
        return self._url

    def close(self) -> None:
        """End the connection."""
        self._client.close()

    def etags(self, names: Sequence[str]) -> dict[str, str]:
        """The etag of each of these that is there, by one request."""
        with _sentences(self._login):
            answer = self._client.propfind(self._url, props=[ETAG], depth=1)
            self._need(answer, (207,), "list what it holds")
            found = _properties(answer)
        held = {href.rpartition("/")[2]: of.get(ETAG) for href, of in found.items()}
        return {name: str(held[name]) for name in names if held.get(name)}

    def read(self, names: Sequence[str]) -> dict[str, bytes]:
        """The content of each of these that is there."""
        found = {}
        with _sentences(self._login):
            for name in names:
                answer = self._client.request(self._url_of(name))
                if answer.status not in (404, 410):
                    self._need(answer, (200,), "show an entry")
                    found[name] = answer.raw.encode()
        return found

    def put(self, name: str, data: bytes, etag: str) -> str:
        """Write an entry if what is there still has this etag, or if nothing is there."""
        headers = {"Content-Type": "text/calendar; charset=utf-8"}
        headers |= {"If-Match": _strong(etag)} if etag else {"If-None-Match": "*"}
        with _sentences(self._login):
            answer = self._client.put(self._url_of(name), data.decode(), headers)
            self._need(answer, PUT_DONE, "keep an entry")
        return str(answer.headers.get("ETag", ""))

    def delete(self, name: str, etag: str) -> None:
        """Delete an entry that still has this etag; one that is gone already needs nothing."""
        with _sentences(self._login):
            answer = self._client.delete(self._url_of(name), {"If-Match": _strong(etag)})
            self._need(answer, DELETE_DONE, "delete an entry")

    def _url_of(self, name: str) -> str:
        return urljoin(self._url, name)

    def _need(self, answer: DAVResponse, wanted: Sequence[int], what: str) -> None:
        if answer.status == CHANGED:
            raise ChangedMeanwhile(what)
        if answer.status not in wanted:
            _refused(self._login, what, answer.status, answer.raw)


def need_package() -> None:
    """PlannerError where the package caldav is missing."""
    try:
        import caldav.davclient  # noqa: F401
    except ImportError as fault:
        raise PlannerError(
            "Publishing to a calendar server needs the package caldav, which is not installed.",
            "Install it: pip install 'runback[caldav]'",
        ) from fault


def _client(login: Login) -> DAVClient:
    from caldav.davclient import DAVClient
    from caldav.lib import error

    # Its debugging aid would write the password to a file, its warnings between our sentences.
    error.debug_dump_communication = False
    logging.getLogger("caldav").setLevel(logging.CRITICAL)
    client = DAVClient(
        login.url,
        username=login.user,
        password=login.password,
        timeout=TIMEOUT_SECONDS,
        enable_rfc6764=False,
    )
    # Nobody else's login from a .netrc file in place of the one given.
    client.session.auth = lambda request: request
    if login.url.startswith("https:"):
        # Nothing that a server answers may lead to where the password would go unprotected.
        client.session.adapters.pop("http://", None)
    return client


def _found(client: DAVClient, login: Login, name: str | None) -> tuple[str, bool]:
    """The address of the calendar, and whether it was made."""
    from caldav.collection import Calendar

    answer = _first_answer(client, login)
    if any(CALENDAR in (of.get(RESOURCE_TYPE) or ()) for of in _properties(answer).values()):
        if name is not None:
            raise InputError(
                f"{login.url} is one calendar already, so it can't be {name!r} as well.",
                "Leave --calendar out, or give the server's address.",
            )
        return login.url, False
    wanted = name or "Training"
    # By this it is found again whatever she calls it by then.
    own = f"runback-{uuid5(NAMESPACE, wanted)}"
    principal = client.get_principal()
    calendars = client.get_calendars(principal)
    same = [one for one in calendars if one.id == own] or [
        one for one in calendars if one.name == wanted
    ]
    if len(same) > 1:
        raise InputError(
            f"{login.host} has {len(same)} calendars called {wanted!r}.",
            "Give the address of the right one after --caldav, or another name after --calendar.",
        )
    if same:
        return str(same[0].url), False
    made = principal.make_calendar(wanted, own, supported_calendar_component_set=["VEVENT"])
    assert isinstance(made, Calendar)
    return str(made.url), True


def _first_answer(client: DAVClient, login: Login) -> DAVResponse:
    """What the server says of the address given, or of the one where it tells the way."""
    for url in (login.url, urljoin(login.url, WELL_KNOWN)):
        answer = client.propfind(url, props=[RESOURCE_TYPE, PRINCIPAL], depth=0)
        if answer.status == 207 and answer.results:
            client.url = client.url.join(url)
            return answer
    raise _not_caldav(login)


def _properties(answer: DAVResponse) -> dict[str, dict[str, Any]]:
    """What a PROPFIND tells of each path."""
    from caldav.response import PropfindResult

    found = answer.results or ()
    return {one.href: one.properties for one in found if isinstance(one, PropfindResult)}


def _strong(etag: str) -> str:
    """An etag as If-Match takes it: in quotes, and not weak."""
    bare = etag.removeprefix("W/").strip('"')
    return f'"{bare}"'


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


@contextmanager
def _sentences(login: Login) -> Iterator[None]:
    """Whatever goes wrong on the way, as a sentence without the password."""
    from caldav.lib import error
    from caldav.lib.http_sync import requests

    faults = requests.exceptions
    try:
        yield
    except error.AuthorizationError as fault:
        raise _not_let_in(login, fault.status) from fault
    except NotImplementedError as fault:
        raise PlannerError(
            f"{login.host} does not let programs in by user and password.",
            "Google's and Microsoft's calendars are of this kind: import the .ics file there.",
        ) from fault
    except error.RateLimitError as fault:
        raise PlannerError(
            f"{login.host} has had enough requests for now.", "Publish again in a few minutes."
        ) from fault
    except error.MkcalendarError as fault:
        raise PlannerError(
            f"{login.host} does not make calendars for programs.",
            "Make one in your calendar program and give its name after --calendar.",
        ) from fault
    except (faults.InvalidURL, faults.InvalidSchema, faults.TooManyRedirects) as fault:
        raise _not_caldav(login) from fault
    except faults.SSLError as fault:
        raise PlannerError(
            f"{login.host} could not prove that it is {login.host}: its certificate is not valid.",
            "Nothing was sent. Check the address, or ask whoever runs the server.",
        ) from fault
    except faults.Timeout as fault:
        raise PlannerError(
            f"{login.host} did not answer within {TIMEOUT_SECONDS} seconds.", "Try again later."
        ) from fault
    except (faults.RequestException, OSError) as fault:
        raise PlannerError(
            f"{login.host} can't be reached: {_reason(fault)}.",
            "Check the address after --caldav and the connection.",
        ) from fault
    # lxml's fault for a page that is no XML is a SyntaxError.
    except (error.DAVError, SyntaxError) as fault:
        raise _not_caldav(login) from fault


def _reason(fault: BaseException) -> str:
    """Why a connection failed, in a few words: the first cause that the system names."""
    cause: BaseException | None = fault
    while cause is not None:
        if type(cause).__name__ == "gaierror":
            return "there is no such host"
        if isinstance(cause, ConnectionRefusedError):
            return "nothing answers there"
        cause = cause.__cause__ or cause.__context__
    return "the connection broke"


def _not_let_in(login: Login, status: int | None) -> PlannerError:
    if status == 403:
        return PlannerError(
            f"{login.host} does not allow this to {login.user}.",
            "Check the address and the rights, or make the calendar in your calendar program.",
        )
    source = f" The password came from {login.source}." if login.source else ""
    return InputError(
        f"{login.host} does not know {login.user} with this password.{source}",
        "Check both. Many providers want an app password, made in the account's settings.",
    )


def _not_caldav(login: Login) -> PlannerError:
    return InputError(
        f"{login.url} does not answer like a calendar server.",
        "Look up the CalDAV address of your provider: it is not that of its website.",
    )


def _refused(login: Login, what: str, status: int, text: str) -> NoReturn:
    known = "uid" in text.lower() and status in (400, 403, 409, 415)
    if known:
        raise PlannerError(
            "The calendar holds these sessions already under other names, as after an import.",
            "Publish into a calendar of its own: give another name after --calendar.",
        )
    raise PlannerError(
        f"{login.host} refused to {what} (status {status}).", "Publish again to go on from here."
    )
