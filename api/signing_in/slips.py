"""What a browser carries for a few minutes between two steps of a sign-in: sealed, so that nobody reads or changes it.

A slip is bound to what it is for, and over when its time is. What must count once is marked as used by whoever takes
it.
"""

from __future__ import annotations

import base64
import json
from dataclasses import asdict, dataclass
from typing import Literal

from fastapi import Request
from starlette.responses import Response

from api.session_cookie import cookie_name, forget_cookie, set_cookie
from api.visiting import engine_of, system_now
from engine.errors import KeysUnusable

__all__ = ["LIFETIME_SECONDS", "Going", "drop_slip", "put_slip", "take_slip"]

#: on the way to a provider and back; between the password and the code; between the picture and the first code
SlipKind = Literal["going", "code", "picture"]
LIFETIME_SECONDS = 600
_SECOND = 1_000_000
_LONGEST = 3_500


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """Somebody on the way to the identity provider: what must come back with them, and where they want to be then."""

    state: str
    nonce: str
    verifier: str
    #: the page to go on to
    back: str
    #: whether the provider must ask anew who it is
    fresh: bool = False
    #: when they were sent there, in seconds
    since: int

    def as_slip(self) -> dict[str, str]:
        """The same, to be carried."""
        return {**asdict(self), "fresh": "yes" if self.fresh else "", "since": str(self.since)}

    @classmethod
    def of_slip(cls, slip: dict[str, str]) -> Going:
        """What was carried."""
        return cls(**{**slip, "fresh": bool(slip["fresh"]), "since": int(slip["since"])})  # type: ignore[arg-type]


def put_slip(request: Request, answer: Response, kind: SlipKind, values: dict[str, str]) -> None:
    """Give the browser a slip."""
    told = json.dumps({"at": system_now(request), **values}).encode()
    sealed = engine_of(request).keys.seal("slips", told, about=kind)
    text = base64.urlsafe_b64encode(sealed).decode()
    if len(text) > _LONGEST and values.get("back", "/") != "/":  # an address that long is not gone back to
        put_slip(request, answer, kind, {**values, "back": "/"})
        return
    assert len(text) <= _LONGEST, f"a browser keeps no cookie of {len(text)} bytes"
    set_cookie(request, answer, f"siklus-{kind}", text, LIFETIME_SECONDS)


def take_slip(request: Request, kind: SlipKind) -> dict[str, str] | None:
    """What the browser brings back; None if it brings nothing, nothing of ours, or comes too late."""
    text = request.cookies.get(cookie_name(request, f"siklus-{kind}"), "")
    if not 0 < len(text) <= _LONGEST:
        return None
    try:
        sealed = base64.urlsafe_b64decode(text.encode())
        told = engine_of(request).keys.open("slips", sealed, about=kind)
    except (ValueError, KeysUnusable):
        return None
    values = json.loads(told)
    at = values.pop("at")
    if not at <= system_now(request) < at + LIFETIME_SECONDS * _SECOND:
        return None
    return {str(name): str(value) for name, value in values.items()}


def drop_slip(request: Request, answer: Response, kind: SlipKind) -> None:
    """Let the browser forget a slip."""
    forget_cookie(request, answer, f"siklus-{kind}")
