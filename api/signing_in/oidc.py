"""The one door to an identity provider: OpenID Connect, authorization code with PKCE (S256), state and nonce.

Here is only the protocol: where to send a browser, and what the provider says of whoever came back. Who that is
here is decided in `arriving`. The provider's description and keys are kept for a while; every answer of it is
bounded in size and time, and no redirect of it is followed.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jws import JWSRegistry

from api.problems import ProviderUnreachable, SignInRefused
from api.signing_in.bounded import Bounded
from api.signing_in.provider_description import TIMEOUT, Description, short, trusted, unreachable
from api.signing_in.slips import Going
from engine.core.definition import Label

#: signatures with a public key only: neither "none" nor a shared secret is ever taken, whatever a provider offers
ALGORITHMS = ("RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512", "Ed25519")
#: seconds a clock of the provider may differ from ours
LEEWAY = 60
#: seconds within which somebody has just proven again who they are
FRESH = 300
_LONGEST_CODE = 4096
_SECOND = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What a provider and we know of one another: how we are registered there."""

    issuer: str
    client_id: str
    client_secret: str
    scope: str
    #: where the provider sends people back to
    redirect_uri: str
    #: claims that are asked of the userinfo endpoint where the identity token lacks them
    wanted: frozenset[str] = frozenset()


class Provider:
    """One identity provider. Shared by threads."""

    def __init__(self, registration: Registration) -> None:
        self._of = registration
        self._trusted = trusted()
        self._description = Description(registration.issuer, self._trusted)

    @property
    def issuer(self) -> str:
        """The provider's name, as it stands in its tokens."""
        return self._of.issuer

    def way_there(self, going: Going) -> str:
        """The address to send a browser to. Raises: ProviderUnreachable."""
        described = self._description.told()
        asked = {"nonce": going.nonce}
        if going.fresh:
            asked |= {"prompt": "login", "max_age": str(FRESH)}
        with self._client(described) as client:
            address, _ = client.create_authorization_url(
                described["authorization_endpoint"], state=going.state, code_verifier=going.verifier, **asked
            )
        return str(address)

    def way_out(self, back: str) -> str | None:
        """Where to send a browser to end the provider's session too; None where there is no such place."""
        try:
            place = self._description.told().get("end_session_endpoint")
        except ProviderUnreachable:
            return None
        if not place:
            return None
        asked = urlencode({"client_id": self._of.client_id, "post_logout_redirect_uri": back})
        return f"{place}{'&' if '?' in place else '?'}{asked}"

    def arrived(self, going: Going, answer: Mapping[str, str], now: int) -> Mapping[str, Any]:
        """The claims about whoever came back with this answer, all of them checked.

        Raises: SignInRefused where anything does not fit; ProviderUnreachable.
        """
        described = self._description.told()
        self._check_answer(described, going, answer)
        try:
            with self._client(described) as client:
                token = client.fetch_token(
                    described["token_endpoint"],
                    grant_type="authorization_code",
                    code=answer["code"],
                    code_verifier=going.verifier,
                    redirect_uri=self._of.redirect_uri,
                )
        except OAuthError as error:
            raise _refused("code", f"the provider did not take the code ({str(error.error)[:60]})") from None
        except (httpx2.HTTPError, ValueError) as error:
            raise unreachable(error) from None
        claims = self._checked(token, going, now)
        return self._completed(described, token, claims)

    def _check_answer(self, described: Mapping[str, Any], going: Going, answer: Mapping[str, str]) -> None:
        """The answer belongs to this browser's own request, comes from this provider, and brings a code."""
        if not hmac.compare_digest(answer.get("state", "").encode(), going.state.encode()):
            raise _refused("state", "the answer does not belong to a sign-in that this browser began")
        issuer = answer.get("iss")
        if issuer is None and described.get("authorization_response_iss_parameter_supported") is True:
            raise _refused("issuer", "the answer does not say which provider it is from")
        if issuer is not None and issuer != self._of.issuer:
            raise _refused("issuer", "the answer is from another provider")
        if answer.get("error"):
            raise _refused("denied", f"the provider did not sign you in ({answer['error'][:60]})")
        if not 0 < len(answer.get("code", "")) <= _LONGEST_CODE:
            raise _refused("code", "the answer brings no code")

    def _checked(self, token: Mapping[str, Any], going: Going, now: int) -> dict[str, Any]:
        """The claims of the identity token: signed by the provider, for us, in time, for this very request."""
        text = token.get("id_token")
        if not isinstance(text, str):
            raise _refused("token", "the provider sent no identity token")
        try:
            read = self._read(text)
            claims = CodeIDToken(
                read.claims,
                read.header,
                {
                    "iss": {"essential": True, "value": self._of.issuer},
                    "aud": {"essential": True, "value": self._of.client_id},
                },
                {
                    "nonce": going.nonce,
                    "client_id": self._of.client_id,
                    "access_token": token.get("access_token"),
                    "max_age": FRESH if going.fresh else None,
                },
            )
            claims.validate(now=now // _SECOND, leeway=LEEWAY)
        except (JoseError, ValueError, TypeError) as error:
            raise _refused("token", f"the identity token is not valid ({short(error)})") from None
        if claims["aud"] not in (self._of.client_id, [self._of.client_id]):
            raise _refused("token", "the identity token is for others as well")
        if going.fresh and not _asked_again(claims["auth_time"], going, now):
            raise _refused("stale", "the provider did not ask you again who you are")
        return dict(claims)

    def _read(self, text: str) -> jwt.Token:
        """A token whose signature holds; keys that have changed meanwhile are fetched anew."""
        registry = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
        keys = self._description.keys(anew=False)
        try:
            return jwt.decode(text, key=keys, registry=registry)
        except InvalidKeyIdError:
            return jwt.decode(text, key=self._description.keys(anew=True), registry=registry)

    def _completed(
        self, described: Mapping[str, Any], token: Mapping[str, Any], claims: dict[str, Any]
    ) -> Mapping[str, Any]:
        """The claims, and from the userinfo endpoint those that are wanted and missing: of the same subject only."""
        place, access = described.get("userinfo_endpoint"), token.get("access_token")
        if not place or not isinstance(access, str) or self._of.wanted <= claims.keys():
            return claims
        more = self._description.fetch(place, {"Authorization": f"Bearer {access}"})
        if more.get("sub") != claims["sub"]:
            raise _refused("subject", "the provider told of somebody else than the identity token")
        return {**{name: more[name] for name in self._of.wanted if name in more}, **claims}

    def _client(self, described: Mapping[str, Any]) -> OAuth2Client:
        of = self._of
        ways = described.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        way = "none" if not of.client_secret else "client_secret_basic"
        if of.client_secret and way not in ways and "client_secret_post" in ways:
            way = "client_secret_post"
        return OAuth2Client(
            client_id=of.client_id,
            client_secret=of.client_secret or None,
            token_endpoint_auth_method=way,
            scope=of.scope,
            redirect_uri=of.redirect_uri,
            code_challenge_method="S256",
            transport=Bounded(verify=self._trusted),
            timeout=TIMEOUT,
        )


def _asked_again(auth_time: object, going: Going, now: int) -> bool:
    """Whether somebody proved who they are on this very way, by what the provider says: neither before nor later."""
    if not isinstance(auth_time, int) or isinstance(auth_time, bool):
        return False
    return going.since - LEEWAY <= auth_time <= now // _SECOND + LEEWAY


def _refused(why: str, told: str) -> SignInRefused:
    return SignInRefused(f"{told}; begin again from the sign-in page", why=why, label=_WHY[why])


_WHY: Mapping[str, Label] = {
    "state": Label(
        id="Jawaban ini bukan milik proses masuk yang dimulai di peramban ini; mulai lagi dari halaman masuk.",
        en="This answer does not belong to a sign-in that this browser began; begin again from the sign-in page.",
    ),
    "issuer": Label(
        id="Jawaban ini datang dari penyedia identitas lain; mulai lagi dari halaman masuk.",
        en="This answer is from another identity provider; begin again from the sign-in page.",
    ),
    "denied": Label(
        id="Penyedia identitas tidak mengizinkan Anda masuk.", en="The identity provider did not sign you in."
    ),
    "code": Label(
        id="Kode dari penyedia identitas tidak berlaku lagi; mulai lagi dari halaman masuk.",
        en="The code from the identity provider is not valid any more; begin again from the sign-in page.",
    ),
    "token": Label(
        id="Keterangan dari penyedia identitas tidak sah; mulai lagi, atau hubungi pengelola sistem.",
        en="What the identity provider sent is not valid; begin again, or ask whoever runs this installation.",
    ),
    "stale": Label(
        id="Penyedia identitas tidak menanyakan ulang siapa Anda; mulai lagi dari halaman masuk.",
        en="The identity provider did not ask you again who you are; begin again from the sign-in page.",
    ),
    "subject": Label(
        id="Keterangan dari penyedia identitas saling bertentangan; hubungi pengelola sistem.",
        en="What the identity provider sent contradicts itself; ask whoever runs this installation.",
    ),
}
