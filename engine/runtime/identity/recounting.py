"""The latest of what became of accounts, with the logins of those who are named."""

from __future__ import annotations

from typing import NamedTuple

from engine.core.audit import Entry
from engine.core.identity.account_log import STREAM, about, named_in
from engine.runtime.identity.register import Register
from engine.store import accounts as filed
from engine.store import streams

__all__ = ["Told", "latest"]

#: entries looked at for one account: what is older is found with the audit log itself
_LOOKED_AT = 5_000


class Told(NamedTuple):
    """An entry about accounts, and the logins of those it names, by id."""

    entry: Entry
    names: dict[str, str]


def latest(register: Register, account_id: str, limit: int) -> tuple[Told, ...]:
    """The latest entries about accounts, or about one of them, newest first. Raises: NotFound."""
    with register.database.read() as view:
        if account_id:
            register.account(view, account_id)
        looked_at = streams.latest(view.driver, STREAM, limit=_LOOKED_AT if account_id else limit)
        found = [one for one in looked_at if account_id in {"", about(one)}][:limit]
        names = filed.names(view.driver, (key for one in found for key in named_in(one)))
    return tuple(Told(one, names) for one in found)
