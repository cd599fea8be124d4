"""The one place where a session begins on the web: another token every time, and nothing left of the steps before."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from api.pages.rendering import own_address, to_page
from api.session_cookie import session_token, set_session
from api.signing_in.slips import drop_slip
from api.visiting import engine_of
from engine.core.identity.account import Account, needs_second_factor
from engine.runtime.identity.sessions import PROVIDED, How

__all__ = ["AUTHENTICATOR", "address_of", "begin", "begin_on"]

#: where an authenticator app is set up
AUTHENTICATOR = "/account/authenticator"


def begin(request: Request, account: Account, *, how: How, back: str) -> RedirectResponse:
    """Sign somebody in and send them on: to what their account still lacks, else to where they wanted to be."""
    lacks = needs_second_factor(account) and not account.has_totp and how not in PROVIDED
    answer = to_page(AUTHENTICATOR if lacks else own_address(back))
    begin_on(request, answer, account, how=how)
    return answer


def begin_on(request: Request, answer: Response, account: Account, *, how: How) -> None:
    """Begin a session with this answer; whatever session the browser had before opens nothing any more."""
    begun = engine_of(request).sessions.begin(
        account.id, how=how, address=address_of(request), instead=session_token(request)
    )
    set_session(request, answer, begun.token)
    drop_slip(request, answer, "going")
    drop_slip(request, answer, "code")
    drop_slip(request, answer, "picture")


def address_of(request: Request) -> str:
    """From where somebody comes, as far as it is known."""
    return request.client.host if request.client else ""
