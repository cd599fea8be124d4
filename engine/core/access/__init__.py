"""Who may see and do what: one table of rules, one decision, the same atoms for lists in the database."""

from engine.core.access.actions import ACTIONS, SCOPES, Action
from engine.core.access.asking import Asker, Lent, asker_of
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
    "UnitOf",
    "Who",
    "asker_of",
    "decide",
    "holds",
    "name_of",
    "rules_of",
]
