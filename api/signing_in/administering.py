"""Who administers accounts: an administrator, and for what changes one who has signed in just now."""

from __future__ import annotations

from fastapi import Request

from api.visiting import SignedIn, fresh_at_browser, signed_in
from engine.core.identity.account import SystemRole
from engine.errors import NotYours

__all__ = ["administrator", "fresh_administrator"]


def administrator(request: Request) -> SignedIn:
    """An administrator. Raises: NobodyAsks; SecondFactorMissing; NotYours."""
    return _with_role(signed_in(request), "administrator")


def fresh_administrator(request: Request) -> SignedIn:
    """An administrator who has signed in just now, as changing accounts needs. Raises: also SignInStale."""
    administrator(request)
    return fresh_at_browser(request)


def _with_role(found: SignedIn, role: SystemRole) -> SignedIn:
    """The same account, if it has this system role. Raises: NotYours."""
    if role not in found.account.roles:
        raise NotYours(f"this is for accounts with the system role {role}")
    return found
