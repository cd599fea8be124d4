"""Who is written to by an account and not as a person of the chart: whoever has it, at the address it is known by."""

from __future__ import annotations

from datetime import date

from engine.core.chart import Person
from engine.core.identity.account import folded
from engine.runtime import Engine
from engine.store.values import Letter

__all__ = ["holder_of"]


def holder_of(engine: Engine, letter: Letter) -> Person | None:
    """Whoever has the account a message is to; their person where that has the same address; None for no account."""
    account = engine.accounts.find(letter.to)
    if account is None:
        return None
    address = str(letter.data.get("address", account.email))
    held = engine.chart.history(account.person)
    if held and folded(held[-1].email.strip()) == folded(address.strip()):
        return held[-1]
    return Person(
        key=account.id,
        person_id="",
        name=account.name,
        unit="",
        position="",
        superior=None,
        zone=held[-1].zone if held else "Asia/Jakarta",
        kind="account",
        valid_from=date.min,
        email=address,
        language=held[-1].language if held else "id",
    )
