"""The one decision: whether an asker may do something to a resource, by which rule, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from engine.core.access.actions import ACTIONS, SCOPES, Action
from engine.core.access.asking import Asker
from engine.core.access.denying import DENIED, OWN_RECORD, SCOPED, TOKEN_SCOPE
from engine.core.access.resources import Resource
from engine.core.access.rules import RULES, Rule
from engine.core.access.who import holds, is_own
from engine.core.definition import Label

__all__ = ["DEFAULT", "Decision", "decide", "rules_of"]

#: the rule of everything that no rule allows
DEFAULT = "default-deny"

_OWN = Label(
    id="Tidak seorang pun mengurus catatannya sendiri; mintalah orang lain yang berwenang melakukannya.",
    en="nobody administers their own record; ask somebody else who may do it",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Whether it is allowed, by the rule of this id, and why."""

    allowed: bool
    rule: str
    reason: Label


def decide(asker: Asker, action: Action, resource: Resource) -> Decision:
    """Whether this asker may do this to that: by the first rule that says so, else not at all."""
    if asker.scopes is not None and SCOPES[action] not in asker.scopes:
        return Decision(allowed=False, rule=TOKEN_SCOPE, reason=SCOPED)
    own = False
    for rule in rules_of(action):
        if not holds(rule.who, asker, resource):
            continue
        if rule.when is None or not is_own(asker, resource):
            return Decision(allowed=True, rule=rule.id, reason=rule.why)
        own = True
    if own:
        return Decision(allowed=False, rule=OWN_RECORD, reason=_OWN)
    return Decision(allowed=False, rule=DEFAULT, reason=_denied(action))


def rules_of(action: Action) -> tuple[Rule, ...]:
    """The rules by which this may be allowed, in the order of the table."""
    return _by_action()[action]


@cache
def _by_action() -> Mapping[Action, tuple[Rule, ...]]:
    return {action: tuple(one for one in RULES if action in one.actions) for action in ACTIONS}


def _denied(action: Action) -> Label:
    return DENIED.get(action) or DENIED.get(action.partition(".")[0]) or DENIED[""]
