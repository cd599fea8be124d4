"""The cookies we set, above all the one that says who asks: their names, and how they are set and taken away.

Over https they are named `__Host-...`, so that a browser takes them from this very host alone and sends them by https
only; those for a part of our pages `__Secure-...`. Whether people come by https our own address says
(`SIKLUS_BASE_URL`): the last stretch, from a server in front, may be plain http.
Plain http is served on the developer's own machine only, under names without that promise.
"""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from api.settings import Settings

__all__ = [
    "SESSION_COOKIES",
    "cookie_name",
    "cookie_of",
    "forget_cookie",
    "has_session_cookie",
    "session_token",
    "set_cookie",
    "set_session",
]

_NAME = "siklus"
_BOUND, _SECURE = "__Host-", "__Secure-"
#: every name the session goes by: the doorway knows by them that a browser asks
SESSION_COOKIES = (f"{_BOUND}{_NAME}", _NAME)


def cookie_name(request: Request, name: str, path: str = "/") -> str:
    """A cookie's name, bound to this host where people come by https."""
    bound = _BOUND if path == "/" else _SECURE
    return f"{bound}{name}" if _by_https(request) else name


def cookie_of(request: Request, name: str, path: str = "/") -> str:
    """What the browser sent under a name; "" if nothing."""
    return request.cookies.get(cookie_name(request, name, path), "")


def session_token(request: Request) -> str:
    """What the browser sent as its session; "" if nothing."""
    return cookie_of(request, _NAME)


def has_session_cookie(request: Request) -> bool:
    """Whether the request brings a session, whatever it is worth."""
    return bool(session_token(request))


def set_session(request: Request, answer: Response, token: str) -> None:
    """Let the browser send this session from now on, until it is closed or the session is over."""
    set_cookie(request, answer, _NAME, token)


def set_cookie(
    request: Request, answer: Response, name: str, value: str, seconds: int | None = None, path: str = "/"
) -> None:
    """A cookie that no script reads and no page of another site sends along with a form."""
    answer.set_cookie(
        cookie_name(request, name, path),
        value,
        max_age=seconds,
        path=path,
        httponly=True,
        samesite="lax",
        secure=_by_https(request),
    )


def forget_cookie(request: Request, answer: Response, name: str = _NAME) -> None:
    """Let the browser forget a cookie."""
    answer.delete_cookie(
        cookie_name(request, name), path="/", httponly=True, samesite="lax", secure=_by_https(request)
    )


def _by_https(request: Request) -> bool:
    settings = request.app.state.settings
    assert isinstance(settings, Settings)
    return settings.by_https
