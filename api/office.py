"""Where pages and API ask whether something about personal data or break-glass may be done by whoever asks."""

from __future__ import annotations

from api.visiting import Visitor
from engine.core.access import NOTHING, Action, Asker, PersonOf, Resource, decide
from engine.errors import NotYours
from engine.runtime import Engine

__all__ = ["demand", "may", "person"]


def may(engine: Engine, visitor: Visitor, action: Action, resource: Resource = NOTHING) -> bool:
    """Whether it may be done, for what a page offers."""
    return decide(_asker(engine, visitor), action, resource).allowed


def demand(engine: Engine, visitor: Visitor, action: Action, resource: Resource = NOTHING) -> None:
    """Pass if it is allowed. Raises: NotYours, with the reason in both languages."""
    decision = engine.access.decide(_asker(engine, visitor), action, resource)
    if not decision.allowed:
        raise NotYours(decision.reason.en, label=decision.reason, rule=decision.rule)


def person(key: str) -> PersonOf:
    """Somebody's data, by their key."""
    return PersonOf(key=key)


def _asker(engine: Engine, visitor: Visitor) -> Asker:
    account = visitor.account.id if visitor.account is not None else ""
    return engine.access.asker(visitor.key, account=account, roles=visitor.roles)
