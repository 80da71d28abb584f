"""Faults of a calendar server, and of the way to it, as sentences without the password."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from planner.errors import InputError, PlannerError
from planner.login import Login


@contextmanager
def calendar_sentences(login: Login) -> Iterator[None]:
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
        raise not_caldav(login) from fault
    except faults.SSLError as fault:
        raise PlannerError(
            f"{login.host} could not prove that it is {login.host}: its certificate is not valid.",
            "Nothing was sent. Check the address, or ask whoever runs the server.",
        ) from fault
    except faults.Timeout as fault:
        raise PlannerError(
            f"{login.host} did not answer within {login.timeout_seconds} seconds.",
            "Try again later.",
        ) from fault
    except (faults.RequestException, OSError) as fault:
        raise PlannerError(
            f"{login.host} can't be reached: {_reason(fault)}.",
            "Check the address after --caldav and the connection.",
        ) from fault
    # lxml's fault for a page that is no XML is a SyntaxError.
    except (error.DAVError, SyntaxError) as fault:
        raise not_caldav(login) from fault


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


def not_caldav(login: Login) -> PlannerError:
    """Whatever answers at this address, it is no calendar server."""
    return InputError(
        f"{login.url} does not answer like a calendar server.",
        "Look up the CalDAV address of your provider: it is not that of its website.",
    )


def refused(login: Login, what: str, status: int, text: str) -> NoReturn:
    """The server did not do ``what`` it was asked for, with this status and text."""
    known = "uid" in text.lower() and status in (400, 403, 409, 415)
    if known:
        raise PlannerError(
            "The calendar holds these sessions already under other names, as after an import.",
            "Publish into a calendar of its own: give another name after --calendar.",
        )
    raise PlannerError(
        f"{login.host} refused to {what} (status {status}).", "Publish again to go on from here."
    )
