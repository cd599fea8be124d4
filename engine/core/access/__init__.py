"""Who may see and do what: one table of rules, one decision, the same atoms for lists in the database."""

from engine.core.access.actions import ACTIONS, SCOPES, Action, Scope
from engine.core.access.asking import ROLES, Asker, Lent, SystemRole, asker_of
from engine.core.access.deciding import Decision, decide, rules_of
from engine.core.access.resources import (
    NOTHING,
    AccountOf,
    CaseOf,
    DelegationOf,
    Nothing,
    PersonOf,
    Resource,
    UnitOf,
    name_of,
)
from engine.core.access.rules import RULES, Rule
from engine.core.access.who import Who, holds

__all__ = [
    "ACTIONS",
    "NOTHING",
    "ROLES",
    "RULES",
    "SCOPES",
    "AccountOf",
    "Action",
    "Asker",
    "CaseOf",
    "Decision",
    "DelegationOf",
    "Lent",
    "Nothing",
    "PersonOf",
    "Resource",
    "Rule",
    "Scope",
    "SystemRole",
    "UnitOf",
    "Who",
    "asker_of",
    "decide",
    "holds",
    "name_of",
    "rules_of",
]
