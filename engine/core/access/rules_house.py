"""The rules about promises, people, delegations, cycles, definitions, calendars and outages, and what auditors read."""

from __future__ import annotations

from engine.core.access.rule import OF_DESK, OUTSIDE, OWN, Rule
from engine.core.access.who import (
    Auditor,
    Desk,
    ExternalOfficial,
    Official,
    PersonOfChart,
    Self,
)
from engine.core.definition import Label

__all__ = ["HOUSE_RULES"]


_OFFICIAL = Label(
    id="Anda bertugas di unit kepegawaian atau memimpin instansi",
    en="you serve on the personnel desk or head the agency",
)

HOUSE_RULES: tuple[Rule, ...] = (
    # promises
    Rule(
        id="promises-desk",
        actions=("promise.list",),
        who=Desk(),
        why=OF_DESK,
    ),
    Rule(
        id="promises-external",
        actions=("promise.list",),
        who=ExternalOfficial(),
        why=OUTSIDE,
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
        why=OF_DESK,
    ),
    Rule(
        id="people-change",
        actions=("people.import", "people.undo"),
        who=Desk(),
        when=OWN,
        why=OF_DESK,
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
        why=OF_DESK,
    ),
    # cycles, definitions, calendars, outages
    Rule(
        id="house-desk",
        actions=("cycle.launch", "cycle.cancel", "calendar.preview", "outage.list", "parked.list"),
        who=Desk(),
        why=OF_DESK,
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
            "audit.search",
        ),
        who=Auditor(),
        why=Label(id="pemeriksa membaca, tidak mengubah", en="auditors read, and change nothing"),
    ),
)
