"""The page a one-time link leads to: whoever holds it sets the password of the account it is for, once."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.pages.posting import Posted
from api.pages.rendering import render, to_page
from api.pages.words import Words
from api.signing_in.beginning import begin
from api.signing_in.slips import put_slip
from api.visiting import TheEngine, language_of
from engine.core.identity.account import Account
from engine.errors import AccountInvalid

router = APIRouter(include_in_schema=False)

_WRONG = 422


@router.get("/link/{token}")
def link_page(request: Request, engine: TheEngine, token: str) -> Response:
    """Where the password is set; looking at it uses nothing up."""
    return _page(request, engine.accounts.account_of_link(token))


@router.post("/link/{token}")
def set_by_link(request: Request, engine: TheEngine, token: str, posted: Posted) -> Response:
    """The password set, the link used up, and its holder signed in."""
    account = engine.accounts.account_of_link(token)
    password = posted.get("password", "")
    if password != posted.get("again", ""):
        return _page(request, account, unequal=True)
    try:
        after = engine.accounts.set_password(token, password)
    except AccountInvalid as invalid:
        return _page(request, account, problem=invalid.problems["password"])
    if after.has_totp:  # a link stands in for a password, and never for an authenticator app
        answer = to_page("/sign-in/code")
        put_slip(request, answer, "code", {"account": after.id, "back": "/"})
        return answer
    return begin(request, after, how="link", back="/")


@router.get("/refuse/{token}")
def refusal_page(request: Request, engine: TheEngine, token: str) -> Response:
    """What was asked to be done to one's account, with the button that refuses it; looking at it does nothing."""
    asked, account = engine.accounts.together.of_letter(token)
    return _refusal(request, account, asked.act.kind)


@router.post("/refuse/{token}")
def refuse_by_letter(request: Request, engine: TheEngine, token: str) -> Response:
    """Refused by whoever holds the letter to the owner."""
    return _refusal(request, engine.accounts.together.refuse_by_letter(token))


def _refusal(request: Request, account: Account, kind: str = "") -> Response:
    word = Words(language_of(request))
    return render(
        request,
        "refuse.html",
        None,
        title=word("waiting.letter_title"),
        account=account,
        asked=word(f"waiting.{kind}") if kind else "",
        action=request.url.path,
    )


def _page(request: Request, account: Account, *, unequal: bool = False, problem: object = None) -> Response:
    language = language_of(request)
    return render(
        request,
        "set_password.html",
        None,
        title=Words(language)("signin.set_title"),
        status=_WRONG if unequal or problem else 200,
        account=account,
        unequal=unequal,
        problem=problem[language] if problem else "",  # type: ignore[index]
        action=request.url.path,
        asks_present=False,
    )
