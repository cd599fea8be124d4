"""Where a page sends whoever cannot have it yet: to sign in, to sign in again, to set up what is missing."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import Request
from starlette.responses import Response

from api.pages.rendering import own_address, to_page
from api.problems import NobodyAsks, SecondFactorMissing, SignInStale
from api.signing_in.beginning import AUTHENTICATOR
from api.visiting import is_demo
from engine.errors import SiklusError

__all__ = ["turned_away"]


def turned_away(request: Request, error: SiklusError) -> Response | None:
    """The page to go to instead; None for a refusal that is told where it happened."""
    if isinstance(error, NobodyAsks):
        if is_demo(request):
            return to_page("/")
        # What was sent is done by nobody and kept nowhere; the page says so, and the browser still has what was typed.
        return to_page("/sign-in", next=_page(request), **({} if _asked(request) else {"why": "ended"}))
    if isinstance(error, SecondFactorMissing):
        return to_page(AUTHENTICATOR)
    if isinstance(error, SignInStale):
        return to_page("/sign-in", next=_page(request), why="again")
    return None


def _asked(request: Request) -> bool:
    return request.method in {"GET", "HEAD"}


def _page(request: Request) -> str:
    """The page somebody was on: the one that was asked for, or the one whose form was sent."""
    if _asked(request):
        query = f"?{request.url.query}" if request.url.query else ""
        return own_address(f"{request.url.path}{query}")[:1000]
    came = urlsplit(request.headers.get("referer", ""))
    return own_address(came.path)[:1000] if came.netloc == request.headers.get("host") else "/"
