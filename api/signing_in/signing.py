"""The pages of signing in with a password and a code, and of signing out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.pages.posting import Posted
from api.pages.rendering import own_address, render, to_page
from api.pages.words import Words
from api.session_cookie import cookie_name, cookie_of, forget_cookie, session_token, set_cookie
from api.signing_in.beginning import address_of, begin
from api.signing_in.elsewhere import provider_of, way_out
from api.signing_in.slips import put_slip, take_slip
from api.visiting import LANGUAGE_COOKIE, TheEngine, language_of, signed_in_or_none
from engine.runtime.identity.sessions import PROVIDED

router = APIRouter(include_in_schema=False)

_REFUSED, _WAIT = 403, 429
_YEAR = 365 * 24 * 3600
#: nothing of this site stays in the browser of whoever signed out
_CLEAR = '"cache", "cookies", "storage"'


@router.get("/sign-in")
def sign_in_page(
    request: Request,
    *,
    back: Annotated[str, Query(alias="next", max_length=2000)] = "/",
    why: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Where one signs in; `why` is why one is here: a session that is over, or one that is not fresh enough."""
    found = signed_in_or_none(request)
    login = found.account.login if found is not None and why == "again" else ""
    return _page(request, back=back, why=why, login=login)


@router.post("/sign-in")
def sign_in(request: Request, engine: TheEngine, posted: Posted) -> Response:
    """A login and its password: signed in, or asked for the code."""
    login, back = posted.get("login", "")[:200], own_address(posted.get("next", "/"))
    checked = engine.accounts.check_password(login, posted.get("password", ""), address=address_of(request))
    if checked.wait_seconds:
        answer = _page(request, back=back, login=login, status=_WAIT, wait=checked.wait_seconds)
        answer.headers["retry-after"] = str(checked.wait_seconds)
        return answer
    if checked.account is None:
        return _page(request, back=back, login=login, status=_REFUSED, wrong=True)
    if not checked.needs_totp:
        return begin(request, checked.account, how="password", back=back)
    answer = to_page("/sign-in/code")
    put_slip(request, answer, "code", {"account": checked.account.id, "back": back})
    return answer


@router.get("/sign-in/code")
def code_page(request: Request) -> Response:
    """Where one types the code of the authenticator app."""
    return _code_page(request) if take_slip(request, "code") else to_page("/sign-in", why="over")


@router.post("/sign-in/code")
def code(request: Request, engine: TheEngine, posted: Posted) -> Response:
    """The code, or one of the recovery codes."""
    slip = take_slip(request, "code")
    if slip is None:
        return to_page("/sign-in", why="over")
    if not engine.accounts.check_totp(slip["account"], posted.get("code", "")[:100]):
        return _code_page(request, status=_REFUSED)
    account = engine.accounts.find(slip["account"])
    assert account is not None
    return begin(request, account, how="password+totp", back=slip["back"])


@router.post("/sign-out")
def sign_out(request: Request, engine: TheEngine) -> Response:
    """Signed out here and now; at the provider too, where it has a place for that."""
    found = signed_in_or_none(request)
    if token := session_token(request):
        engine.sessions.end(token)
    elsewhere = found is not None and found.how in PROVIDED
    asked = {"language": found.language if found else language_of(request)}
    answer = to_page("/signed-out", **asked, **({"there": "yes"} if elsewhere else {}))
    forget_cookie(request, answer)
    answer.headers["clear-site-data"] = _CLEAR
    return answer


@router.get("/signed-out")
def signed_out(
    request: Request,
    *,
    language: Annotated[str, Query(max_length=2)] = "",
    there: Annotated[str, Query(max_length=3)] = "",
) -> Response:
    """Says that one is signed out; on from here to the provider, where one was signed in there."""
    if language in {"id", "en"} and not cookie_of(request, LANGUAGE_COOKIE):
        request.cookies[cookie_name(request, LANGUAGE_COOKIE)] = language
    out = way_out(request) if there else None
    answer = render(
        request,
        "signed_out.html",
        None,
        title=Words(language_of(request))("signin.out"),
        way_out=out,
        script=True,
    )
    if language in {"id", "en"}:
        set_cookie(request, answer, LANGUAGE_COOKIE, language, _YEAR)
    if out:
        answer.headers["refresh"] = f"1; url={out}"
    return answer


def _page(
    request: Request,
    *,
    back: str,
    login: str = "",
    why: str = "",
    wrong: bool = False,
    wait: int = 0,
    status: int = 200,
) -> Response:
    provider = provider_of(request)
    return render(
        request,
        "sign_in.html",
        None,
        title=Words(language_of(request))("signin.title"),
        status=status,
        back=own_address(back),
        login=login,
        why=why if why in {"again", "ended", "over"} else "",
        wrong=wrong,
        minutes=-(-wait // 60),
        provider=provider.name if provider else "",
    )


def _code_page(request: Request, *, status: int = 200) -> Response:
    return render(
        request,
        "sign_in_code.html",
        None,
        title=Words(language_of(request))("signin.code_title"),
        status=status,
        wrong=status != 200,  # noqa: PLR2004 - a page that is shown again
    )
