"""Letters about accounts: to their owner at every address that is known, to administrators and to auditors.

A letter to somebody without a person on the chart goes to their account, by its id, and has an address only by mail.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.identity.account import Account
from engine.core.identity.together import ActKind
from engine.runtime.identity.register import Register
from engine.store import accounts as filed
from engine.store.unit import Unit

__all__ = ["tell_act", "tell_addresses", "tell_made"]

_TOLD = frozenset({"administrator", "auditor"})


def tell_act(  # noqa: PLR0913 - all that such a letter says
    register: Register,
    unit: Unit,
    kind: str,
    account: Account,
    *,
    act: ActKind,
    by: str,
    asked_by: str = "",
    until: int = 0,
    token: str = "",
) -> None:
    """Tell what was asked for, done or refused; the owner's letter can refuse what waits."""
    data: dict[str, object] = {"account": account.id, "act": act, "by": by}
    data |= {"asked_by": asked_by} if asked_by else {}
    data |= {"until": until} if until else {}
    owner = {**data, "own": True, "page": f"/refuse/{token}" if token else "/account"}
    _to_owner(register, unit, kind, account, owner)
    for one in filed.in_office(unit.driver):
        if one.id != account.id and one.active and not _TOLD.isdisjoint(one.roles):
            page = f"/accounts/{account.id}" if "administrator" in one.roles else "/"
            _tell(register, unit, kind, one.person or one.id, {**data, "page": page})


def tell_addresses(register: Register, unit: Unit, account: Account, *, before: str, by: str) -> None:
    """Tell the address before and the one from now on that mail goes elsewhere."""
    data: dict[str, object] = {"account": account.id, "by": by, "own": True, "page": "/account"}
    _to_owner(register, unit, "account_email", account, data)
    _tell(register, unit, "account_email", account.id, {**data, "address": before})


def tell_made(register: Register, unit: Unit, account: Account, *, by: str) -> None:
    """Tell a person of the chart that an account was made in their name."""
    data: dict[str, object] = {"account": account.id, "by": by, "own": True, "page": "/account"}
    _to_owner(register, unit, "account_made", account, data)


def _to_owner(
    register: Register, unit: Unit, kind: str, account: Account, data: Mapping[str, object]
) -> None:
    if account.person:
        _tell(register, unit, kind, account.person, data)
    if account.email:
        _tell(register, unit, kind, account.id, data)


def _tell(register: Register, unit: Unit, kind: str, to: str, data: Mapping[str, object]) -> None:
    unit.tell(to, kind, f"account/{register.new_id('l')}", data, register.now())
