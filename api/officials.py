"""Who asks something about personal data: from a visitor of the pages, or from a name on the command line."""

from __future__ import annotations

from api.visiting import Visitor
from engine.core.identity.account import Account
from engine.core.privacy.official import Official
from engine.errors import NotFound
from engine.runtime import Engine

__all__ = ["by_account", "named", "of_visitor"]


def by_account(account: Account) -> Official:
    """Who has this account."""
    return Official(person=account.person, account=account.id, roles=frozenset(account.roles))


def named(engine: Engine, name: str) -> Official:
    """Who is named: an account by its login, else a person by person_id or key. Raises: NotFound."""
    account = engine.accounts.by_login(name)
    if account is not None:
        if not account.active:
            raise NotFound("active account", name)
        return by_account(account)
    chart = engine.chart
    found = chart.history(name)
    person = found[-1] if found else chart.by_id(name)
    account = engine.accounts.by_person(person.key)
    return by_account(account) if account is not None and account.active else Official(person=person.key)


def of_visitor(visitor: Visitor) -> Official:
    """Who looks at a page: in a demo a person, else an account that is theirs."""
    return by_account(visitor.account) if visitor.account is not None else Official(person=visitor.key)
