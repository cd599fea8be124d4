"""The headers every answer leaves with: what a browser may do with a page of ours, and how long it is kept."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping

from starlette.datastructures import MutableHeaders

__all__ = ["FILES", "WITH_OWN_SCRIPT", "WITH_SCRIPT", "dress", "with_style"]

#: folders of files that are the same for everybody
FILES = ("/static/", "/swagger/")
_POLICY = "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
#: most pages of ours hold and load no script
_NO_SCRIPT = f"default-src 'none'; style-src 'self'; img-src 'self'; {_POLICY}"
#: pages with forms load the one that keeps what is typed, from here, and it asks nobody but this server
WITH_OWN_SCRIPT = (
    f"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; {_POLICY}"
)
#: the one page with a script of others: the documentation of the API, which asks this server for its description
WITH_SCRIPT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    + _POLICY
)
_HEADERS: Mapping[str, str] = {
    "content-security-policy": _NO_SCRIPT,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "origin-agent-cluster": "?1",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-permitted-cross-domain-policies": "none",
}
#: two years, for everything below this name: once reached by https, never by http again
_HTTPS_ONLY = "max-age=63072000; includeSubDomains"


def with_style(style: str) -> str:
    """The policy of a drawing of ours that holds this one style sheet, and nothing else that does anything."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; sandbox; {_POLICY}"


def dress(headers: MutableHeaders, path: str, *, request_id: str, https: bool) -> None:
    """Give an answer its headers; what a route said itself stands."""
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    if https:
        headers["strict-transport-security"] = _HTTPS_ONLY
    headers.setdefault("cache-control", "public, max-age=86400" if path.startswith(FILES) else "no-store")
    headers["x-request-id"] = request_id
