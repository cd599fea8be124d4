"""What was denied, as auditors and privacy officers look it up: by account, by day, a page at a time.

That they looked is a look like any other (`Engine.privacy.reads`), at the log of denials.
"""

from __future__ import annotations

from datetime import date

from api.problems import RequestInvalid
from engine.core.zones import midnight
from engine.errors import NotFound
from engine.runtime import Engine
from engine.store.denials import Asked, Denial

__all__ = ["DENIALS", "PAGE", "denials_shown", "who_named"]

#: what is looked at, as looks name it
DENIALS = "denials"
PAGE = 50


def denials_shown(
    engine: Engine,
    looker: str,
    *,
    who: str = "",
    day: str = "",
    page: int = 0,
    limit: int = PAGE,
    ahead: int = 0,
) -> tuple[Denial, ...]:
    """A page of what was denied, `ahead` of the next one with it; and that somebody looked.

    Raises: NotFound, RequestInvalid (a day that is none).
    """
    first, until = _instants(day)
    names = who_named(engine, who) if who else ()
    asked = Asked(who=names, first=first, until=until, skip=page * limit, limit=limit + ahead)
    engine.privacy.reads.note(looker, DENIALS, ["log"])
    return engine.access.denials(asked)


def who_named(engine: Engine, name: str) -> tuple[str, ...]:
    """The pseudonyms of whoever is named by login, number or pseudonym: their account's and their person's.

    Raises: NotFound.
    """
    account = engine.accounts.by_login(name) or engine.accounts.find(name)
    if account is not None:
        return tuple(one for one in (account.id, account.person) if one)
    held = engine.chart.history(name)
    if not held:
        raise NotFound("account or person", name)
    own = engine.accounts.by_person(held[-1].key)
    return (held[-1].key, own.id) if own is not None else (held[-1].key,)


def _instants(day: str) -> tuple[int, int]:
    """A day of the log, in UTC as the log has it; without one, all of them."""
    if not day:
        return 0, 0
    try:
        asked = date.fromisoformat(day)
        return midnight(asked.toordinal(), "UTC"), midnight(asked.toordinal() + 1, "UTC")
    except (ValueError, OverflowError):
        raise RequestInvalid("a day is written like 2026-01-31", problems={"day": "2026-01-31"}) from None
