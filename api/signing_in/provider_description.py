"""What an identity provider says of itself, and its public keys: kept for a while, bounded in size and time.

No redirect is followed, and no address is taken that somebody on the way could listen to.
"""

from __future__ import annotations

import json
import re
import ssl
import threading
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx2
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key, KeySet

from api.problems import ProviderUnreachable
from api.signing_in.bounded import Bounded

__all__ = ["TIMEOUT", "Description", "is_private", "short", "trusted", "unreachable"]

TIMEOUT = 8.0
_KEY_TYPES = frozenset({"RSA", "EC", "OKP"})
_KEPT_SECONDS = 3600.0
_KEYS_AGAIN_SECONDS = 60.0
#: seconds in which a provider that did not answer is not asked again, so that nobody else waits for it
_SPARED_SECONDS = 10.0
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
#: letters of an address, so that it can stand in a header: no space, no end of line, no quotation mark
_PLAIN = re.compile(r"[!#-;=?-\[\]_a-z~%]{1,2000}")


class Description:
    """The description and the keys of one provider. Shared by threads."""

    def __init__(self, issuer: str, authorities: ssl.SSLContext) -> None:
        self._issuer = issuer
        self._lock = threading.Lock()
        self._trusted = authorities
        self._described: Mapping[str, Any] | None = None
        self._described_at = 0.0
        self._spared: tuple[float, str] | None = None
        self._keys: KeySet | None = None
        self._keys_at = 0.0

    def told(self) -> Mapping[str, Any]:
        """What the provider says of itself, at most an hour old. Raises: ProviderUnreachable."""
        with self._lock:
            kept, now = self._described, time.monotonic()
            if kept is not None and now - self._described_at <= _KEPT_SECONDS:
                return kept
            if self._spared is not None and now - self._spared[0] < _SPARED_SECONDS:
                raise ProviderUnreachable(self._spared[1])
            address = f"{self._issuer.rstrip('/')}/.well-known/openid-configuration"
            try:
                kept = _fit(self.fetch(address), self._issuer)
            except ProviderUnreachable as error:
                self._spared = (time.monotonic(), error.message)
                raise
            self._described, self._described_at = kept, time.monotonic()
            return kept

    def keys(self, *, anew: bool) -> KeySet:
        """The provider's public keys, at most an hour old; asked for anew at most once a minute."""
        described = self.told()
        with self._lock:
            age = time.monotonic() - self._keys_at
            if self._keys is None or age > (_KEYS_AGAIN_SECONDS if anew else _KEPT_SECONDS):
                listed = self.fetch(described["jwks_uri"]).get("keys")
                if not isinstance(listed, list):
                    raise unreachable(ValueError("it lists no keys"))
                public = [one for one in listed if isinstance(one, dict) and one.get("kty") in _KEY_TYPES]
                self._keys = KeySet([key for key in map(_known_key, public) if key is not None])
                self._keys_at = time.monotonic()
            return self._keys

    def fetch(self, address: str, headers: Mapping[str, str] | None = None) -> Mapping[str, Any]:
        """A JSON object from an address of the provider. Raises: ProviderUnreachable."""
        try:
            with httpx2.Client(
                transport=Bounded(verify=self._trusted), timeout=TIMEOUT, headers=headers
            ) as client:
                response = client.get(address)
                response.raise_for_status()
                found = json.loads(response.content)
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, RecursionError) as error:
            raise unreachable(error) from None
        if not isinstance(found, dict):
            raise unreachable(ValueError("what it sent is no JSON object"))
        return found


def trusted() -> ssl.SSLContext:
    """The authorities this machine trusts; made once, since reading them takes a while."""
    return httpx2.create_ssl_context()


def _fit(described: Mapping[str, Any], issuer: str) -> Mapping[str, Any]:
    """A description that is the issuer's own, and names all we need over ways that nobody listens in on."""
    if described.get("issuer") != issuer:
        raise unreachable(
            ValueError(f"it calls itself {str(described.get('issuer'))[:200]!r}, not {issuer!r}")
        )
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not isinstance(described.get(name), str):
            raise unreachable(ValueError(f"its description names no {name}"))
    optional = ("userinfo_endpoint", "end_session_endpoint")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri", *optional):
        place = described.get(name)
        if place is not None and not is_private(place):
            raise unreachable(ValueError(f"its {name} is not https"))
    methods = described.get("code_challenge_methods_supported")
    if isinstance(methods, list) and "S256" not in methods:
        raise unreachable(ValueError("it does not know PKCE with S256"))
    return described


def is_private(address: object) -> bool:
    """Whether nobody on the way can listen: https, or this machine itself; and it is one address, as it is written."""
    if not isinstance(address, str) or not _PLAIN.fullmatch(address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)


def short(error: Exception) -> str:
    """The beginning of what an error says."""
    return str(error)[:120]


def _known_key(listed: dict[str, Any]) -> Key | None:
    """A key as it can be checked with; None for one we do not know: it spoils no other."""
    try:
        return JWKRegistry.import_key(listed)
    except (JoseError, ValueError, TypeError, KeyError):
        return None


def unreachable(error: Exception) -> ProviderUnreachable:
    """What is told where a provider does not answer as one must."""
    return ProviderUnreachable(
        f"the identity provider cannot be used just now: {short(error)}; try again soon, or sign in with a password"
    )
