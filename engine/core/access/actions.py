"""Everything that can be asked of Siklus, as a closed list: no page, no route and no list has a verb beside these."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from engine.core.identity.scopes import Scope

__all__ = ["ACTIONS", "SCOPES", "Action"]

Action = Literal[
    # open to whoever reaches the installation: it tells of nobody, or asks for a secret of its own
    "open",
    # one's own account, and going about the demo
    "own.account",
    # cases
    "case.list",
    "case.read",
    "case.act",
    "case.steer",
    "case.release",
    "journal.read",
    "journal.write",
    # cases that time could not move
    "parked.list",
    "parked.retry",
    # promises over all cases
    "promise.list",
    # people and what is theirs
    "person.list",
    "person.tasks",
    "person.messages",
    "person.mark_read",
    "person.handover",
    "people.preview",
    "people.import",
    "people.undo",
    # delegations
    "delegation.list",
    "delegation.read",
    "delegation.give",
    "delegation.end",
    # cycles, definitions, calendars, outages
    "cycle.list",
    "cycle.launch",
    "cycle.cancel",
    "definition.read",
    "definition.publish",
    "calendar.read",
    "calendar.preview",
    "calendar.apply",
    "outage.list",
    "outage.declare",
    # accounts
    "account.list",
    "account.change",
    # the log of what was denied, and entries looked up in the log of everything
    "denial.read",
    "audit.search",
    # personal data: its classes, one's own or somebody's data, who looked, and what the office decides
    "privacy.read",
    "privacy.export",
    "privacy.looks",
    "privacy.ask",
    "privacy.office",
    "privacy.decide",
    # a clock in doubt
    "clock.read",
    "clock.accept",
    # break-glass
    "glass.read",
    "glass.break",
    "glass.end",
]

#: by which a token may ask for it; whatever only reads is "read"
SCOPES: Mapping[Action, Scope] = {
    "open": "read",
    "own.account": "manage",
    "case.list": "read",
    "case.read": "read",
    "case.act": "act",
    "case.steer": "act",
    "case.release": "act",
    "journal.read": "read",
    "journal.write": "act",
    "parked.list": "read",
    "parked.retry": "manage",
    "promise.list": "read",
    "person.list": "read",
    "person.tasks": "read",
    "person.messages": "read",
    "person.mark_read": "act",
    "person.handover": "read",
    "people.preview": "read",
    "people.import": "manage",
    "people.undo": "manage",
    "delegation.list": "read",
    "delegation.read": "read",
    "delegation.give": "act",
    "delegation.end": "act",
    "cycle.list": "read",
    "cycle.launch": "manage",
    "cycle.cancel": "manage",
    "definition.read": "read",
    "definition.publish": "manage",
    "calendar.read": "read",
    "calendar.preview": "read",
    "calendar.apply": "manage",
    "outage.list": "read",
    "outage.declare": "manage",
    "account.list": "manage",
    "account.change": "manage",
    "denial.read": "read",
    "audit.search": "read",
    "privacy.read": "read",
    "privacy.export": "manage",
    "privacy.looks": "read",
    "privacy.ask": "manage",
    "privacy.office": "read",
    "privacy.decide": "manage",
    "clock.read": "read",
    "clock.accept": "manage",
    "glass.read": "read",
    "glass.break": "manage",
    "glass.end": "act",
}

ACTIONS: tuple[Action, ...] = get_args(Action)
