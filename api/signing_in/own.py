"""One's own account: where one is signed in, the password, the authenticator app, and tokens for programs."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from api.code_picture import code_picture
from api.pages.posting import Posted
from api.pages.rendering import render, to_page
from api.pages.words import Words
from api.problems import SignInStale
from api.session_cookie import session_token
from api.signing_in.beginning import AUTHENTICATOR, address_of, begin_on
from api.signing_in.slips import put_slip, take_slip
from api.signing_in.waiting import waiting_rows
from api.visiting import (
    SignedIn,
    TheAccount,
    TheEngine,
    fresh_at_browser,
    just_signed_in,
    system_now,
    visitor_or_none,
)
from engine.core.identity.expiry import DAY
from engine.core.identity.scopes import SCOPES
from engine.core.telling_days import say_moment
from engine.errors import AccountInvalid, NotFound, NotYours
from engine.runtime.identity.sessions import PROVIDED

router = APIRouter(prefix="/account", include_in_schema=False)

_WRONG = 422
_DAYS = re.compile(r"[1-9][0-9]{0,2}")
Fresh = Annotated[SignedIn, Depends(fresh_at_browser)]


def just_fresh(request: Request) -> SignedIn:
    """Somebody who has signed in just now, also without the second factor that is set up here. Raises: SignInStale."""
    found = just_signed_in(request)
    if found.whole or found.session is None:
        return fresh_at_browser(request)
    if found.account.has_totp:
        raise NotYours("this account has an authenticator app; sign in with its code")
    if not found.fresh:
        raise SignInStale("an authenticator app is set up right after signing in; sign in again")
    return found


JustFresh = Annotated[SignedIn, Depends(just_fresh)]


@router.get("")
def own_page(request: Request, asker: TheAccount, *, done: str = "") -> Response:
    """One's own account."""
    return _own_page(request, asker, done=done)


@router.post("/sessions/end")
def end_session(engine: TheEngine, asker: TheAccount, posted: Posted) -> Response:
    """One of the places where one is signed in, ended."""
    engine.sessions.end_one(asker.account.id, posted.get("session", "")[:100], by=asker.account.id)
    return to_page("/account", done="ended")


@router.post("/sessions/end-others")
def end_others(request: Request, engine: TheEngine, asker: TheAccount) -> Response:
    """Signed out everywhere but here."""
    engine.sessions.end_all(asker.account.id, session_token(request))
    return to_page("/account", done="ended")


@router.post("/refuse")
def refuse_request(engine: TheEngine, asker: TheAccount, posted: Posted) -> Response:
    """What an administrator asked to be done to one's account, refused. Raises: NotFound for anybody else's."""
    name, own = posted.get("request", "")[:100], asker.account.id
    if name not in {one.request.id for one in engine.accounts.together.waiting(own, own)}:
        raise NotFound("request", name)
    engine.accounts.together.refuse(name, by=own)
    return to_page("/account", done="refused")


@router.get("/password")
def password_page(request: Request, asker: TheAccount) -> Response:
    """Where one changes one's password."""
    return _password_page(request, asker)


@router.post("/password")
def change_password(request: Request, engine: TheEngine, asker: Fresh, posted: Posted) -> Response:
    """Another password, with the present one; signed out everywhere else."""
    new = posted.get("password", "")
    if new != posted.get("again", ""):
        return _password_page(request, asker, unequal=True)
    checked = engine.accounts.check_password(
        asker.account.login, posted.get("present", ""), address=address_of(request)
    )
    if checked.account is None:
        return _password_page(request, asker, wrong=True)
    try:
        after = engine.accounts.set_password(asker.account, new)
    except AccountInvalid as invalid:
        return _password_page(request, asker, problem=invalid.problems["password"])
    answer = to_page("/account", done="password")
    begin_on(request, answer, after, how="password+totp" if asker.how == "password+totp" else "password")
    return answer


@router.get("/authenticator")
def authenticator_page(request: Request, asker: Annotated[SignedIn, Depends(just_signed_in)]) -> Response:
    """Where an authenticator app is set up."""
    return _authenticator_page(request, asker)


@router.post("/authenticator")
def begin_authenticator(request: Request, engine: TheEngine, asker: JustFresh) -> Response:
    """The picture a phone reads, and the same as text."""
    enrolment = engine.accounts.begin_totp(asker.account.id)
    kept = {"account": asker.account.id, "secret": enrolment.secret, "uri": enrolment.uri}
    answer = _authenticator_page(request, asker, kept)
    put_slip(request, answer, "picture", kept)
    return answer


@router.post("/authenticator/confirm")
def confirm_authenticator(request: Request, engine: TheEngine, asker: JustFresh, posted: Posted) -> Response:
    """The app counts from now on; the recovery codes are shown this once, and a new session begins."""
    kept = take_slip(request, "picture")
    if kept is None or kept["account"] != asker.account.id:
        return to_page(AUTHENTICATOR)
    codes = engine.accounts.confirm_totp(asker.account.id, posted.get("code", "")[:20])
    if codes is None:
        return _authenticator_page(request, asker, kept, wrong=True)
    engine.sessions.end_all(asker.account.id, session_token(request))
    answer = _codes_page(request, asker, codes)
    begin_on(request, answer, asker.account, how="oidc+fresh" if asker.how in PROVIDED else "password+totp")
    return answer


@router.post("/recovery-codes")
def new_codes(request: Request, engine: TheEngine, asker: Fresh) -> Response:
    """New recovery codes, shown this once; those before count no more."""
    return _codes_page(request, asker, engine.accounts.new_recovery_codes(asker.account.id))


@router.post("/tokens")
def make_token(request: Request, engine: TheEngine, asker: Fresh, posted: Posted) -> Response:
    """A token for a program, shown this once."""
    days = posted.get("days", "")
    lasts = int(days) * DAY if _DAYS.fullmatch(days) else 0
    scopes = [one for one in SCOPES if posted.get(f"scope.{one}")]
    try:
        sent, _ = engine.tokens.make(
            asker.account.id, posted.get("name", ""), scopes, system_now(request) + lasts, by=asker.account.id
        )
    except AccountInvalid as invalid:
        wrong = {field: label[asker.language] for field, label in invalid.problems.items()}  # type: ignore[index]
        return _own_page(request, asker, wrong=wrong, posted=posted, status=_WRONG)
    return _own_page(request, asker, token=sent)


@router.post("/tokens/revoke")
def revoke_token(engine: TheEngine, asker: TheAccount, posted: Posted) -> Response:
    """One of one's own tokens, good for nothing from now on. Raises: NotFound for anybody else's."""
    token_id = posted.get("token", "")[:100]
    if token_id not in {one.id for one in engine.tokens.of(asker.account.id)}:
        raise NotFound("token", token_id)
    engine.tokens.revoke(token_id, by=asker.account.id)
    return to_page("/account", done="revoked")


def _own_page(
    request: Request,
    asker: SignedIn,
    *,
    done: str = "",
    token: str = "",
    wrong: dict[str, str] | None = None,
    posted: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    engine, account, word = request.app.state.engine, asker.account, Words(asker.language)
    visitor = visitor_or_none(request)
    zone = visitor.person.zone if visitor else "UTC"
    assert asker.session is not None
    sessions = [
        {
            "id": one.id,
            "here": one.id == asker.session.id,
            "how": word(f"how.{one.how}"),
            "address": one.address,
            "since": say_moment(one.made_at, zone, word.language),
            "seen": say_moment(one.seen_at, zone, word.language),
        }
        for one in engine.sessions.of(account.id)
    ]
    now = system_now(request)
    tokens = [
        {
            "id": one.id,
            "name": one.name,
            "scopes": ", ".join(word(f"scope.{name}") for name in SCOPES if name in one.scopes),
            "until": say_moment(one.expires_at, zone, word.language),
            "used": say_moment(one.used_at, zone, word.language) if one.used_at else "",
        }
        for one in engine.tokens.of(account.id)
        if not one.revoked_at and one.expires_at > now
    ]
    sentences = {name: word(f"account.done_{name}") for name in ("ended", "password", "revoked", "refused")}
    return render(
        request,
        "account.html",
        visitor,
        title=word("account.title"),
        status=status,
        done=sentences.get(done, ""),
        account=account,
        person=visitor.person if visitor and visitor.on_chart else None,
        sessions=sessions,
        waiting=waiting_rows(request, asker, word, account.id),
        tokens=tokens,
        codes_left=engine.accounts.recovery_codes_left(account.id) if account.has_totp else 0,
        token=token,
        wrong=wrong or {},
        posted=posted or {},
        scopes=SCOPES,
    )


def _password_page(
    request: Request,
    asker: SignedIn,
    *,
    wrong: bool = False,
    unequal: bool = False,
    problem: object = None,
) -> Response:
    return render(
        request,
        "set_password.html",
        visitor_or_none(request),
        title=Words(asker.language)("account.password"),
        status=_WRONG if wrong or unequal or problem else 200,
        account=asker.account,
        unequal=unequal,
        wrong_present=wrong,
        problem=problem[asker.language] if problem else "",  # type: ignore[index]
        action="/account/password",
        asks_present=True,
    )


def _authenticator_page(
    request: Request, asker: SignedIn, kept: dict[str, str] | None = None, *, wrong: bool = False
) -> Response:
    secret = kept["secret"] if kept else ""
    return render(
        request,
        "authenticator.html",
        visitor_or_none(request),
        title=Words(asker.language)("authenticator.title"),
        status=_WRONG if wrong else 200,
        account=asker.account,
        must=not asker.whole,
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        picture=code_picture(kept["uri"]) if kept else "",
        wrong=wrong,
    )


def _codes_page(request: Request, asker: SignedIn, codes: tuple[str, ...]) -> Response:
    return render(
        request,
        "recovery_codes.html",
        visitor_or_none(request),
        title=Words(asker.language)("authenticator.codes"),
        codes=codes,
    )
