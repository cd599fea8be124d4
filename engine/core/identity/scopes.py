"""What a token may be used for: never more than its account may, and only what it was made for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from engine.core.definition import Label
from engine.core.identity.account import printable
from engine.core.identity.expiry import LONGEST_TOKEN

__all__ = ["SCOPES", "TOKEN_PREFIX", "Scope", "Token", "scopes_allow", "token_problems"]

#: to read, to act in cases, to manage accounts and settings; none includes another
Scope = Literal["read", "act", "manage"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
#: how every token begins, so that it is known for one where it should not be
TOKEN_PREFIX = "siklus_"  # noqa: S105 - what all tokens have in common
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token as it is listed, without what is sent; `used_at` and `revoked_at` are 0 if it never was."""

    id: str
    account_id: str
    name: str
    scopes: frozenset[Scope]
    made_at: int
    expires_at: int
    used_at: int = 0
    revoked_at: int = 0


def scopes_allow(scopes: Collection[Scope], needed: Scope) -> bool:
    """Whether a token with these scopes may be used for this."""
    return needed in scopes


def token_problems(name: str, scopes: Iterable[str], *, expires_at: int, now: int) -> Mapping[str, Label]:
    """What is wrong with a token to be, by field; nothing if it can be made."""
    found: dict[str, Label] = {}
    if not name.strip() or len(name) > _LONGEST_NAME or not printable(name):
        found["name"] = _NAME_WRONG
    asked = set(scopes)
    if not asked or not asked <= set(SCOPES):
        found["scopes"] = _SCOPES_WRONG
    if not now < expires_at <= now + LONGEST_TOKEN:
        found["expires_at"] = _TOO_LONG
    return found


_NAME_WRONG = Label(
    id="token diberi nama, paling banyak 100 tanda yang terlihat, misalnya sistem yang memakainya",
    en="a token has a name of at most 100 characters that can be seen, such as the system that uses it",
)
_SCOPES_WRONG = Label(
    id="lingkup token dipilih dari: read, act, manage; paling sedikit satu",
    en="the scopes of a token are chosen from read, act and manage; at least one",
)
_TOO_LONG = Label(
    id="token berakhir di masa depan, paling lama 366 hari lagi",
    en="a token ends in the future, in 366 days at most",
)
