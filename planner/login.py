"""Who logs in to a calendar server, and under which address a password may be sent at all."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit, urlunsplit

from planner.errors import InputError


class Login:
    """Who logs in where, and where the password came from. It shows in no message."""

    def __init__(
        self, url: str, user: str, password: str, source: str = "", timeout_seconds: int = 30
    ) -> None:
        self.url = checked_address(url)
        self.user = user
        self.password = password
        self.source = source
        self.timeout_seconds = timeout_seconds

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


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
