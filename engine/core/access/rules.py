"""The table of rules: everything that is not allowed here is denied.

Nobody administers their own record: what steers, publishes or changes is for others' records only (`NotOwn`).
Administrators see no content of cases; auditors read and never write. A test holds the table to both.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.core.access.actions import Action
from engine.core.access.who import (
    Administrator,
    Anyone,
    Auditor,
    BrokenGlass,
    DelegateOf,
    Desk,
    ExternalOfficial,
    Holder,
    JournalWriter,
    NotOwn,
    Official,
    Party,
    PersonOfChart,
    Privacy,
    Self,
    SignedIn,
    Subject,
    Who,
)
from engine.core.definition import Label

__all__ = ["OWN", "RULES", "Rule"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Who may do these things, under which condition, and why, in words."""

    id: str
    actions: tuple[Action, ...]
    who: Who
    when: NotOwn | None = None
    why: Label


OWN = NotOwn()

_OF_DESK = Label(id="Anda bertugas di unit kepegawaian", en="you serve on the personnel desk")
_OFFICIAL = Label(
    id="Anda bertugas di unit kepegawaian atau memimpin instansi",
    en="you serve on the personnel desk or head the agency",
)
_OUTSIDE = Label(id="Anda pejabat dari luar instansi", en="you are an official from outside the agency")
_LENT = Label(id="peran dalam kasus ini dilimpahkan kepada Anda", en="a role of the case is delegated to you")
_OF_ROLE = Label(
    id="Anda menjalankan peran dalam kasus ini pada periodenya",
    en="you fill a role of the case, or did within its period",
)
_OPENED = Label(
    id="kasus ini dibuka bagi Anda oleh dua orang untuk sementara",
    en="two people have opened this case to you for a time",
)
_LISTED = Label(
    id="daftar hanya memuat kasus yang boleh dibuka",
    en="a list shows the cases one may open, no others",
)

#: what is done about personal data in office
_OFFICE: tuple[Action, ...] = (
    "privacy.export", "privacy.ask", "privacy.office", "privacy.decide", "glass.break",
)  # fmt: skip

RULES: tuple[Rule, ...] = (
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
    # cases
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
        why=_OF_DESK,
    ),
    Rule(
        id="case-external",
        actions=("case.read", "case.act", "journal.read", "journal.write"),
        who=ExternalOfficial(),
        why=_OUTSIDE,
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
            id="dua orang mengizinkan Anda mengemudikan kasus ini untuk sementara",
            en="two people have let you steer this case for a time",
        ),
    ),
    Rule(
        id="steer-desk",
        actions=("case.steer", "case.release", "parked.retry"),
        who=Desk(),
        when=OWN,
        why=_OF_DESK,
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
    # promises
    Rule(
        id="promises-desk",
        actions=("promise.list",),
        who=Desk(),
        why=_OF_DESK,
    ),
    Rule(
        id="promises-external",
        actions=("promise.list",),
        who=ExternalOfficial(),
        why=_OUTSIDE,
    ),
    # people
    Rule(
        id="own-things",
        actions=("person.tasks", "person.messages", "person.mark_read", "person.handover", "delegation.give"),
        who=Self(),
        why=Label(id="milik Anda sendiri", en="it is your own"),
    ),
    Rule(
        id="people-desk",
        actions=("person.list", "person.tasks", "person.handover", "delegation.give", "people.preview"),
        who=Desk(),
        why=_OF_DESK,
    ),
    Rule(
        id="people-change",
        actions=("people.import", "people.undo"),
        who=Desk(),
        when=OWN,
        why=_OF_DESK,
    ),
    # delegations
    Rule(
        id="delegations",
        actions=("delegation.list",),
        who=PersonOfChart(),
        why=Label(
            id="daftar hanya memuat pelimpahan sendiri, bagi unit kepegawaian semuanya",
            en="a list shows one's own delegations, to the personnel desk all",
        ),
    ),
    Rule(
        id="own-delegation",
        actions=("delegation.read", "delegation.end"),
        who=Self(),
        why=Label(id="pelimpahan dari atau kepada Anda", en="the delegation is from you or to you"),
    ),
    Rule(
        id="delegation-desk",
        actions=("delegation.read", "delegation.end"),
        who=Desk(),
        why=_OF_DESK,
    ),
    # cycles, definitions, calendars, outages
    Rule(
        id="house-desk",
        actions=("cycle.launch", "cycle.cancel", "calendar.preview", "outage.list", "parked.list"),
        who=Desk(),
        why=_OF_DESK,
    ),
    Rule(
        id="official",
        actions=("definition.publish", "calendar.apply"),
        who=Official(),
        why=_OFFICIAL,
    ),
    Rule(
        id="outage-official",
        actions=("outage.declare",),
        who=Official(),
        when=OWN,
        why=_OFFICIAL,
    ),
    # auditors read
    Rule(
        id="auditor",
        actions=(
            "promise.list",
            "person.list",
            "delegation.list",
            "delegation.read",
            "outage.list",
            "parked.list",
            "denial.read",
        ),
        who=Auditor(),
        why=Label(id="pemeriksa membaca, tidak mengubah", en="auditors read, and change nothing"),
    ),
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
        actions=("privacy.read", "glass.read"),
        who=SignedIn(),
        why=Label(
            id="siapa pun boleh tahu apa yang disimpan dan apa yang dibuka baginya",
            en="everybody may know what is kept, and what was opened to them",
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
        why=_OF_DESK,
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
