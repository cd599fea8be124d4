"""Signing in through the identity provider: there, and back with what it says."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from api.pages.rendering import own_address
from api.problems import SignInRefused, TooOften
from api.settings import ProviderSettings, Settings
from api.signing_in.arriving import account_of
from api.signing_in.beginning import address_of, begin
from api.signing_in.oidc import Provider, Registration
from api.signing_in.slips import LIFETIME_SECONDS, Going, put_slip, take_slip
from api.visiting import TheEngine, engine_of, system_now
from engine.core.definition import Label
from engine.errors import NotFound
from engine.runtime.identity import rate_key

__all__ = ["Elsewhere", "provider_of", "router", "way_out"]

router = APIRouter(include_in_schema=False)

_SECOND = 1_000_000
#: what a provider may send back with somebody; more is not looked at
_ANSWER = ("state", "code", "iss", "error")
#: how many may come back from one address, behind which a whole agency may sit
_MOST_A_MINUTE = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """The identity provider of this installation, as the pages see it."""

    name: str
    provider: Provider
    settings: ProviderSettings

    @classmethod
    def of(cls, settings: Settings) -> Elsewhere | None:
        """The provider that the settings name; None if they name none."""
        wanted = settings.oidc
        if not wanted.issuer:
            return None
        registration = Registration(
            issuer=wanted.issuer,
            client_id=wanted.client_id,
            client_secret=wanted.client_secret.get_secret_value(),
            scope=wanted.scope,
            redirect_uri=settings.link("/sign-in/back"),
            wanted=frozenset(
                {name for name in (wanted.person_claim,) if name}
                | ({"email", "email_verified"} if wanted.by_email else set())
                | ({wanted.groups_claim} if wanted.groups else set())
            ),
        )
        return cls(name=wanted.name or wanted.issuer, provider=Provider(registration), settings=wanted)


def provider_of(request: Request) -> Elsewhere | None:
    """The identity provider, or None."""
    found: Elsewhere | None = request.app.state.elsewhere
    return found


def way_out(request: Request) -> str | None:
    """Where the session at the provider ends; None where there is no provider or no such place."""
    found = provider_of(request)
    if found is None:
        return None
    settings: Settings = request.app.state.settings
    return found.provider.way_out(settings.link("/signed-out"))


@router.get("/sign-in/provider")
def go(
    request: Request,
    *,
    back: Annotated[str, Query(alias="next", max_length=2000)] = "/",
    again: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """Off to the provider. A link and no form: our content policy lets forms go to us alone."""
    elsewhere = _demanded(request)
    going = Going(
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        back=own_address(back)[:1000],
        fresh=bool(again),
        since=system_now(request) // _SECOND,
    )
    answer = RedirectResponse(elsewhere.provider.way_there(going), status_code=303)
    put_slip(request, answer, "going", going.as_slip())
    return answer


@router.get("/sign-in/back")
def back(request: Request, engine: TheEngine) -> Response:
    """Back from the provider: signed in, or told why not. What was carried there counts once."""
    elsewhere, slip = _demanded(request), take_slip(request, "going")
    if slip is None:
        raise SignInRefused(
            "this browser is not on its way back from the provider, or took longer than ten minutes; begin again from"
            " the sign-in page",
            why="slip",
            label=_NO_SLIP,
        )
    going = Going.of_slip(slip)
    _demand_pace(request)
    _use_once(request, going)
    claims = elsewhere.provider.arrived(going, _answer(request), system_now(request))
    account = account_of(engine, elsewhere.settings, elsewhere.provider.issuer, claims)
    return begin(request, account, how="oidc+fresh" if going.fresh else "oidc", back=going.back)


def _answer(request: Request) -> dict[str, str]:
    """What came back, as far as it is looked at; nothing of it twice, since the doorway takes no such address."""
    return {name: request.query_params[name] for name in _ANSWER if name in request.query_params}


def _use_once(request: Request, going: Going) -> None:
    """Raises: SignInRefused where this way was gone before, by whichever worker."""
    used = hashlib.sha256(going.state.encode()).hexdigest()
    if engine_of(request).rates.take(f"going/{used}", most=1, per_seconds=2 * LIFETIME_SECONDS):
        raise SignInRefused(
            "this answer was used already; begin again from the sign-in page", why="used", label=_USED
        )


def _demand_pace(request: Request) -> None:
    """Raises: TooOften, since each answer is asked about at the provider."""
    key = rate_key("sign-in-back", engine_of(request).rates.counted(address_of(request)))
    if wait := engine_of(request).rates.take(key, most=_MOST_A_MINUTE, per_seconds=60):
        label = Label(
            id=f"Terlalu banyak yang masuk dari alamat ini; coba lagi dalam {wait} detik.",
            en=f"Too many sign in from this address; try again in {wait} seconds.",
        )
        raise TooOften(label.en, wait_seconds=wait, label=label)


def _demanded(request: Request) -> Elsewhere:
    found = provider_of(request)
    if found is None:
        raise NotFound("page", request.url.path)
    return found


_NO_SLIP = Label(
    id="Peramban ini tidak sedang kembali dari penyedia identitas, atau lebih dari sepuluh menit berlalu; mulai lagi"
    " dari halaman masuk.",
    en="This browser is not on its way back from the identity provider, or took longer than ten minutes; begin again"
    " from the sign-in page.",
)
_USED = Label(
    id="Jawaban ini sudah pernah dipakai; mulai lagi dari halaman masuk.",
    en="This answer was used already; begin again from the sign-in page.",
)
