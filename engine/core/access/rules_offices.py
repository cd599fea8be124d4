"""The rules about accounts, personal data and break-glass."""

from __future__ import annotations

from engine.core.access.actions import Action
from engine.core.access.rule import OF_DESK, OWN, Rule
from engine.core.access.who import (
    Administrator,
    Auditor,
    Desk,
    Privacy,
    Self,
    SignedIn,
)
from engine.core.definition import Label

__all__ = ["OFFICE_RULES"]


#: what is done about personal data in office
_OFFICE: tuple[Action, ...] = (
    "privacy.export", "privacy.ask", "privacy.office", "privacy.decide", "glass.break",
)  # fmt: skip

OFFICE_RULES: tuple[Rule, ...] = (
    # accounts
    Rule(
        id="accounts",
        actions=("account.list",),
        who=Administrator(),
        why=Label(id="Anda mengelola akun", en="you look after accounts"),
    ),
    Rule(
        id="accounts-change",
        actions=("account.change",),
        who=Administrator(),
        when=OWN,
        why=Label(id="Anda mengelola akun", en="you look after accounts"),
    ),
    Rule(
        id="privacy",
        actions=("denial.read", *_OFFICE, "privacy.looks"),
        who=Privacy(),
        why=Label(id="Anda menjaga data pribadi", en="you look after personal data"),
    ),
    # personal data and break-glass; that it takes two, and never oneself, is decided where it is done
    Rule(
        id="privacy-known",
        actions=("privacy.read", "glass.read", "glass.end"),
        who=SignedIn(),
        why=Label(
            id="siapa pun boleh tahu apa yang disimpan dan apa yang dibuka baginya, dan mengakhirinya",
            en="everybody may know what is kept and what was opened to them, and end that",
        ),
    ),
    Rule(
        id="privacy-own",
        actions=("privacy.export", "privacy.looks", "privacy.ask"),
        who=Self(),
        why=Label(id="data Anda sendiri", en="it is your own data"),
    ),
    Rule(
        id="privacy-desk",
        actions=_OFFICE,
        who=Desk(),
        why=OF_DESK,
    ),
    Rule(
        id="privacy-auditor",
        actions=("privacy.looks",),
        who=Auditor(),
        why=Label(id="pemeriksa melihat siapa yang membuka", en="auditors see who looked"),
    ),
    Rule(
        id="system-administrator",
        actions=("glass.break", "clock.read", "clock.accept"),
        who=Administrator(),
        why=Label(id="Anda mengelola sistem", en="you look after the system"),
    ),
)
