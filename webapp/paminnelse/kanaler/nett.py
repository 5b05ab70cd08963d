"""HTTP to addresses that others have given us. Only https, only to the open internet, and never where it is led on.

A push address comes from a browser, so anybody can write one. Whoever could make our server call http://10.0.0.1/ or
the address where a cloud keeps its keys would be inside. So the name is looked up once, every address it has must be
a public one, and the connection goes to the address that was looked at and to no other.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import SplitResult, urlsplit

from webapp.paminnelse.kanaler import Midlertidig, Uviss, Varig

TIMEOUT = 10.0  # seconds of silence
WHOLE = 20.0  # seconds for all of it: whoever answers one byte at a time would hold the worker for ever


@dataclass(frozen=True, slots=True)
class Svar:
    """What was answered."""

    status: int
    retry_after: str | None


def post(
    url: str, body: bytes, headers: Mapping[str, str], point: Callable[[], None], *, privat: bool, kjent: bool = False
) -> Svar:
    """POST ``body``; ``point`` is called when there is a connection and nothing has been sent.

    The status is the answer. What follows it is not read: nobody needs it, and whoever sends it slowly, or not at all,
    would make a yes or a no uncertain.

    ``privat``: plain http and addresses inside are allowed (demo, tests). ``kjent``: the address is the operator's own
    setting, so it may be inside their network. Raises Midlertidig, Varig, Uviss.
    """
    parts = allowed(url, privat=privat)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = _looked_up(str(parts.hostname), port, inside=privat or kjent)
    connection = _Pinned(parts, port, address)
    try:
        try:
            connection.connect()
        except (OSError, ssl.SSLError) as error:
            raise Midlertidig(type(error).__name__) from None
        point()
        path = parts.path or "/"
        try:
            connection.in_time()
            connection.request("POST", f"{path}?{parts.query}" if parts.query else path, body, dict(headers))
            answer = connection.getresponse()
        except (OSError, http.client.HTTPException) as error:
            raise Uviss(type(error).__name__) from None
        if answer.status < 200:
            raise Uviss(str(answer.status))  # a word in between (103): what became of it has not been said
        return Svar(answer.status, answer.headers.get("Retry-After"))
    finally:
        connection.close()


def allowed(url: str, *, privat: bool) -> SplitResult:
    """The parts of an address that may be called, as far as one can tell without looking it up. Raises Varig."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Varig("adresse") from None
    if not url.isascii() or any(ord(character) < 33 for character in url) or not parts.hostname or "@" in parts.netloc:
        raise Varig("adresse")
    if parts.scheme != "https" and not (privat and parts.scheme == "http"):
        raise Varig("ikke-https")
    if port not in {None, 443} and not privat:
        raise Varig("port")
    return parts


def public(address: str) -> bool:
    """Whether an IP address is one of the open internet.

    Of IPv6 only what is given out as unicast (2000::/3), without the ranges that lead into IPv4 or are for examples;
    and an IPv4 address behind the well-known NAT64 prefix, which is how an IPv6-only network reaches it.
    """
    found = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found in _NAT64:
            return public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
        if found not in _GIVEN_OUT or any(found in network for network in _LEADS_ELSEWHERE):
            return False
    return found.is_global and not found.is_multicast


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_GIVEN_OUT = ipaddress.IPv6Network("2000::/3")
_LEADS_ELSEWHERE = tuple(map(ipaddress.IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))


def _looked_up(host: str, port: int, *, inside: bool) -> str:
    try:
        found = [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise Midlertidig(type(error).__name__) from None
    if not inside and not all(public(address) for address in found):
        raise Varig("privat-adresse")
    return found[0]


class _Pinned(http.client.HTTPConnection):
    """A connection to one address, with the name that was asked for in TLS and in Host, that ends after ``WHOLE``."""

    def __init__(self, parts: SplitResult, port: int, address: str) -> None:
        super().__init__(str(parts.hostname), port, timeout=TIMEOUT)
        self._address, self._tls = address, parts.scheme == "https"
        self._until = time.monotonic() + WHOLE
        if self._tls and port == 443:
            self.default_port = 443  # so that Host has the name alone

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), min(TIMEOUT, WHOLE))
        line: _Plain | _Tls
        if not self._tls:
            line = _Plain(fileno=plain.detach())
        else:
            try:
                context = ssl.create_default_context()
                context.sslsocket_class = _Tls
                line = cast("_Tls", context.wrap_socket(plain, server_hostname=self.host))
            except BaseException:
                plain.close()
                raise
        line.until, self.sock = self._until, line
        self.in_time()

    def in_time(self) -> None:
        """What is done next has no longer than what is left. Raises TimeoutError."""
        self.sock.settimeout(_left(self._until))


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return min(TIMEOUT, left)


class _Plain(socket.socket):
    """Each time something is waited for, there is less time left. A timeout of a socket is for one time only."""

    until: float

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        self.settimeout(_left(self.until))
        return super().recv_into(*args, **kwargs)


class _Tls(ssl.SSLSocket):
    """The same, over TLS."""

    until: float

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        self.settimeout(_left(self.until))
        return super().recv_into(*args, **kwargs)
