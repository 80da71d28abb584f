"""A calendar on a CalDAV server (RFC 4791), through the package caldav.

The package finds the calendar and carries the requests; each event is put as raw bytes on condition
of its etag, because the package's own saving would raise SEQUENCE.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin
from uuid import uuid5

from planner.calendar_faults import calendar_sentences, not_caldav, refused
from planner.errors import InputError, PlannerError
from planner.following import ChangedMeanwhile
from planner.ics import NAMESPACE
from planner.login import Login, checked_address

if TYPE_CHECKING:
    from caldav.davclient import DAVClient
    from caldav.response import DAVResponse

RESOURCE_TYPE = "{DAV:}resourcetype"
PRINCIPAL = "{DAV:}current-user-principal"
ETAG = "{DAV:}getetag"
CALENDAR = "{urn:ietf:params:xml:ns:caldav}calendar"
WELL_KNOWN = "/.well-known/caldav"
"""Where a server tells the way to its calendars (RFC 6764)."""

PUT_DONE = (200, 201, 204)
DELETE_DONE = (200, 202, 204, 404, 410)
CHANGED = 412
TROUBLE = (500, 502, 503, 504)


def calendar_on(login: Login, name: str | None) -> ServerCalendar:
    """The calendar with this name, made where it is missing.

    The address may be that of a server, or of one calendar; then there is no ``name`` to give.
    ``name`` None: ``Training``.
    """
    client = _client(login)
    try:
        with calendar_sentences(login):
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
        with calendar_sentences(self._login):
            answer = self._client.propfind(self._url, props=[ETAG], depth=1)
            self._need(answer, (207,), "list what it holds")
            found = _properties(answer)
        held = {href.rpartition("/")[2]: of.get(ETAG) for href, of in found.items()}
        return {name: str(held[name]) for name in names if held.get(name)}

    def read(self, names: Sequence[str]) -> dict[str, bytes]:
        """The content of each of these that is there."""
        found = {}
        with calendar_sentences(self._login):
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
        with calendar_sentences(self._login):
            answer = self._client.put(self._url_of(name), data.decode(), headers)
            self._need(answer, PUT_DONE, "keep an entry")
        return str(answer.headers.get("ETag", ""))

    def delete(self, name: str, etag: str) -> None:
        """Delete an entry that still has this etag; one that is gone already needs nothing."""
        with calendar_sentences(self._login):
            answer = self._client.delete(self._url_of(name), {"If-Match": _strong(etag)})
            self._need(answer, DELETE_DONE, "delete an entry")

    def _url_of(self, name: str) -> str:
        return urljoin(self._url, name)

    def _need(self, answer: DAVResponse, wanted: Sequence[int], what: str) -> None:
        if answer.status == CHANGED:
            raise ChangedMeanwhile(what)
        if answer.status not in wanted:
            refused(self._login, what, answer.status, answer.raw)


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
        timeout=login.timeout_seconds,
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
        one for one in calendars if one.get_display_name() == wanted
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
        if answer.status in TROUBLE:
            refused(login, "answer", answer.status, answer.raw)
    raise not_caldav(login)


def _properties(answer: DAVResponse) -> dict[str, dict[str, Any]]:
    """What a PROPFIND tells of each path."""
    from caldav.response import PropfindResult

    found = answer.results or ()
    return {one.href: one.properties for one in found if isinstance(one, PropfindResult)}


def _strong(etag: str) -> str:
    """An etag as If-Match takes it: in quotes, and not weak."""
    bare = etag.removeprefix("W/").strip('"')
    return f'"{bare}"'
