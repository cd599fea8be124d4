"""From where a request comes: under which name we were reached, and whether a page of another site sent it.

Browsers say where a request comes from, and pages cannot change what they say (Fetch Metadata, Origin). Programs
say nothing, and are let in as long as they bring no cookie, because without one nobody's name can be borrowed.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from api.problems import CrossSite, Misdirected, RequestInvalid
from api.session_cookie import SESSION_COOKIES
from api.settings import Settings
from engine.errors import SiklusError

__all__ = [
    "SAFE",
    "Gate",
    "demand_one_meaning",
    "demand_one_name",
    "foreign",
    "is_own_machine",
]

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
#: said once or not at all: with two of them, the one in front of us may have believed the other
_ONCE = (
    "authorization", "content-length", "content-type", "host", "origin",
    "sec-fetch-dest", "sec-fetch-mode", "sec-fetch-site",
)  # fmt: skip
#: a name or an address of either kind, and a port
_HOST = re.compile(r"(?:\[(?P<v6>[0-9a-f:.]+)\]|(?P<name>[a-z0-9.-]+))(?::[0-9]{1,5})?")
_PORTS: Mapping[str, str] = {"http": ":80", "https": ":443"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Under which names this installation is reached."""

    #: as in a Host header, in small letters, without a port that goes without saying
    hosts: frozenset[str]
    #: people come by https, whatever the last stretch to us is
    https: bool
    #: any name of this machine will do, at any port: nobody else can reach it there
    own_machine: bool

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The gate of an installation: its own address, and the further names it was given."""
        parts = urlsplit(settings.base_url.lower())
        https = parts.scheme == "https"
        names = {parts.netloc.rpartition("@")[2], *settings.host_names()}
        return cls(
            hosts=frozenset(_short(name, "https" if https else "http") for name in names),
            https=https,
            own_machine=is_own_machine(parts.hostname or ""),
        )

    def refusal(self, headers: Headers) -> SiklusError | None:
        """Why a request under this name is not served; None if it is."""
        host = headers.get("host", "").lower()
        if _short(host, self.scheme) in self.hosts or (self.own_machine and is_own_machine(_name_of(host))):
            return None
        return Misdirected(
            f"{host[:100]!r} is no name of this installation; it is reached under"
            f" {', '.join(sorted(self.hosts))}. SIKLUS_BASE_URL and SIKLUS_HOSTS say its names"
        )

    @property
    def scheme(self) -> str:
        """By what people come."""
        return "https" if self.https else "http"

    def is_ours(self, origin: str, host: str) -> bool:
        """Whether a page of this origin is a page of ours, as reached under this name."""
        try:
            parts = urlsplit(origin.lower())
        except ValueError:
            return False
        return parts.scheme == self.scheme and bool(parts.netloc) and (
            _short(parts.netloc, self.scheme) == _short(host.lower(), self.scheme)
        )  # fmt: skip


def demand_one_meaning(headers: Headers) -> SiklusError | None:
    """Why these headers mean two things at once; None if they do not."""
    for name in _ONCE:
        if len(headers.getlist(name)) > 1:
            return RequestInvalid(f"the header {name} came more than once; send it once")
    if "content-length" in headers and "transfer-encoding" in headers:
        return RequestInvalid("a body is measured by its length or sent in pieces, not both")
    return None


def demand_one_name(headers: Headers) -> SiklusError | None:
    """Why these headers say of two people that they ask; None if they do not."""
    sent = [pair.partition("=")[0].strip() for one in headers.getlist("cookie") for pair in one.split(";")]
    if "authorization" in headers and any(name in SESSION_COOKIES for name in sent):
        return RequestInvalid("a request says who asks by a cookie or by a token, not by both")
    return None


def foreign(gate: Gate, headers: Headers, method: str) -> SiklusError | None:
    """Why a request is another site's doing; None if it is not."""
    site = headers.get("sec-fetch-site")
    if method in SAFE:
        return None if site in {None, "same-origin", "none"} or _is_link(headers) else _embedded()
    origin = headers.get("origin")
    ours = origin is not None and gate.is_ours(origin, headers.get("host", ""))
    if site is not None:
        allowed = site in {"same-origin", "none"} and (ours or origin is None)
    elif origin is not None:
        allowed = ours
    else:
        allowed = "cookie" not in headers
    if allowed:
        return None
    return CrossSite(
        "this was sent by a page of another site and is refused; open the page here and send it again"
    )


def _is_link(headers: Headers) -> bool:
    """Somebody followed a link: a page of ours is opened in place of the other, not inside it."""
    return headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"


def _embedded() -> CrossSite:
    return CrossSite(
        "a page of another site asked for this to use it there, and that is refused; open the address itself"
    )


def _short(host: str, scheme: str) -> str:
    """A host without the port that goes without saying, and without the dot that ends a full name."""
    return host.removesuffix(_PORTS[scheme]).removesuffix(".")


def _name_of(host: str) -> str:
    """The name in a Host header, without its port; "" where it is none."""
    found = _HOST.fullmatch(host)
    return "" if found is None else found["v6"] or found["name"]


def is_own_machine(name: str) -> bool:
    """Whether a name or address is this very machine's, which nobody else reaches."""
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
