"""The table of rules: everything that is not allowed here is denied.

Nobody administers their own record: what steers, publishes or changes is for others' records only (`NotOwn`).
Administrators see no content of cases; auditors read and never write. A test holds the table to both.
"""

from __future__ import annotations

from engine.core.access.rule import OWN, Rule
from engine.core.access.rules_cases import CASE_RULES
from engine.core.access.rules_house import HOUSE_RULES
from engine.core.access.rules_offices import OFFICE_RULES
from engine.core.access.who import (
    Anyone,
    Auditor,
    PersonOfChart,
    SignedIn,
)
from engine.core.definition import Label

__all__ = ["OWN", "RULES", "Rule"]

_LISTED = Label(
    id="daftar hanya memuat kasus yang boleh dibuka",
    en="a list shows the cases one may open, no others",
)

_EVERYBODY: tuple[Rule, ...] = (
    Rule(
        id="everybody",
        actions=("open",),
        who=Anyone(),
        why=Label(id="terbuka bagi siapa pun", en="open to everybody"),
    ),
    Rule(
        id="own-account",
        actions=("own.account",),
        who=SignedIn(),
        why=Label(id="akun sendiri", en="one's own account"),
    ),
    Rule(
        id="known",
        actions=("definition.read", "calendar.read", "cycle.list"),
        who=SignedIn(),
        why=Label(
            id="aturan, kalender, dan siklus terbuka bagi semua yang terikat padanya",
            en="rules, calendars and cycles are open to everybody they apply to",
        ),
    ),
    Rule(
        id="listing",
        actions=("case.list",),
        who=PersonOfChart(),
        why=_LISTED,
    ),
    Rule(
        id="listing-auditor",
        actions=("case.list",),
        who=Auditor(),
        why=_LISTED,
    ),
)

RULES: tuple[Rule, ...] = (*_EVERYBODY, *CASE_RULES, *HOUSE_RULES, *OFFICE_RULES)
