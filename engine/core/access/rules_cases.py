"""The rules about cases and their journals."""

from __future__ import annotations

from engine.core.access.rule import OF_DESK, OUTSIDE, OWN, Rule
from engine.core.access.who import (
    Auditor,
    BrokenGlass,
    DelegateOf,
    Desk,
    ExternalOfficial,
    Holder,
    JournalWriter,
    Party,
    Subject,
)
from engine.core.definition import Label

__all__ = ["CASE_RULES"]

_OPENED = Label(
    id="kasus ini dibuka bagi Anda oleh dua orang untuk sementara",
    en="two people have opened this case to you for a time",
)

_LENT = Label(id="peran dalam kasus ini dilimpahkan kepada Anda", en="a role of the case is delegated to you")
_OF_ROLE = Label(
    id="Anda menjalankan peran dalam kasus ini pada periodenya",
    en="you fill a role of the case, or did within its period",
)

CASE_RULES: tuple[Rule, ...] = (
    Rule(
        id="case-own",
        actions=("case.read", "case.act", "journal.read", "journal.write"),
        who=Subject(),
        why=Label(id="kasus ini tentang Anda", en="the case is about you"),
    ),
    Rule(
        id="case-holder",
        actions=("case.read", "case.act", "journal.read", "journal.write"),
        who=Holder(),
        why=Label(id="Anda memegang tugas kasus ini", en="you hold a task of the case"),
    ),
    Rule(
        id="case-party",
        actions=("case.read", "case.act", "journal.read", "journal.write"),
        who=Party(),
        why=_OF_ROLE,
    ),
    Rule(
        id="case-delegate",
        actions=("case.read", "case.act", "journal.read", "journal.write"),
        who=DelegateOf(),
        why=_LENT,
    ),
    Rule(
        id="case-desk",
        actions=("case.read", "case.act", "journal.read", "journal.write"),
        who=Desk(),
        why=OF_DESK,
    ),
    Rule(
        id="case-external",
        actions=("case.read", "case.act", "journal.read", "journal.write"),
        who=ExternalOfficial(),
        why=OUTSIDE,
    ),
    Rule(
        id="case-auditor",
        actions=("case.read", "journal.read"),
        who=Auditor(),
        when=OWN,
        why=Label(id="pemeriksa membaca kasus orang lain", en="auditors read the cases of others"),
    ),
    Rule(
        id="case-glass",
        actions=("case.read", "journal.read"),
        who=BrokenGlass(),
        when=OWN,
        why=_OPENED,
    ),
    Rule(
        id="steer-glass",
        actions=("case.steer",),
        who=BrokenGlass(steers=True),
        when=OWN,
        why=Label(
            id="dua orang mengizinkan Anda turun tangan dalam kasus ini untuk sementara",
            en="two people have let you steer this case for a time",
        ),
    ),
    Rule(
        id="steer-desk",
        actions=("case.steer", "case.release", "parked.retry"),
        who=Desk(),
        when=OWN,
        why=OF_DESK,
    ),
    Rule(
        id="steer-holder",
        actions=("case.steer",),
        who=Holder(),
        when=OWN,
        why=Label(
            id="keterlambatan dalam kasus ini diserahkan kepada Anda",
            en="what is late in this case has come to you",
        ),
    ),
    Rule(
        id="steer-delegate",
        actions=("case.steer",),
        who=DelegateOf(),
        when=OWN,
        why=_LENT,
    ),
    Rule(
        id="journal-writer",
        actions=("journal.read", "journal.write"),
        who=JournalWriter(),
        why=Label(
            id="Anda boleh menulis dalam jurnal kasus ini", en="you may write in a journal of the case"
        ),
    ),
)
