"""Entries found by what stands in them.

The acts of somebody are sought through the whole log, which only an export asks for; the reasons they gave for an act
in the latest of their cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from engine.core.access import Asker
from engine.core.audit import Entry
from engine.core.codec import canonical, decode
from engine.core.draft import REASON
from engine.store.driver import Driver, select
from engine.store.reach import readable
from engine.store.tables import cases, content, definition, entry
from engine.store.tables_access import party

__all__ = ["ReasonGiven", "acts_of", "reasons_of"]

#: in how many of somebody's cases, the latest, their reasons are looked for; and how many entries are read at most
_CASES, _ENTRIES = 200, 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonGiven:
    """A reason somebody gave with an act: where, for which act, when, and its words."""

    case_id: str
    seq: int
    act: str
    at: int
    text: str


def acts_of(driver: Driver, person: str) -> Iterator[Entry]:
    """The entries of acts by a person, for themselves or for another, stream by stream and in order."""
    named = _says(driver, b'"person":' + canonical(person))
    for stream, seq, kind, at, told, prev, chained in select(
        driver, sa.select(entry).where(named).order_by(entry.c.stream, entry.c.seq)
    ):
        facts = decode(told)
        if facts.get("actor", {}).get("person") == person:
            yield Entry(stream=stream, seq=seq, kind=kind, at=at, body=bytes(told), prev=prev, hash=chained)


def reasons_of(
    driver: Driver, asker: Asker, *, workflow: str, acts: Iterable[str]
) -> tuple[ReasonGiven, ...]:
    """What this asker wrote as the reason of these acts in cases they may still read, newest first.

    What was erased is not there any more. What they did for somebody else is theirs, what was done for them is not.
    """
    wanted = frozenset(acts)
    latest = (
        sa.select(party.c.case_id)
        .where(party.c.person == asker.person)
        .group_by(party.c.case_id)
        .order_by(sa.func.max(party.c.first).desc(), party.c.case_id)
        .limit(_CASES)
    )
    asked = (
        sa.select(cases.c.id, content.c.seq, content.c.value, entry.c.at, entry.c.body)
        .join(content, content.c.case_id == cases.c.id)
        .join(entry, (entry.c.stream == sa.literal("case/") + cases.c.id) & (entry.c.seq == content.c.seq))
        .join(definition, definition.c.digest == cases.c.definition)
        .where(
            cases.c.id.in_(latest),
            content.c.form == REASON,
            definition.c.workflow == workflow,
            readable(asker),
            _says(driver, b'"person":' + canonical(asker.person)),
            sa.or_(sa.false(), *(_says(driver, b'"act":' + canonical(act)) for act in sorted(wanted))),
        )
        .order_by(entry.c.at.desc(), cases.c.id, content.c.seq.desc())
        .limit(_ENTRIES)
    )
    found = []
    for case_id, seq, value, at, body in select(driver, asked):
        facts = decode(body)
        act, actor = facts.get("cause", {}).get("act"), facts.get("actor", {})
        if act in wanted and actor.get("person") == asker.person:
            found.append(ReasonGiven(case_id=case_id, seq=seq, act=act, at=at, text=str(decode(value))))
    return tuple(found)


def _says(driver: Driver, needle: bytes) -> sa.ColumnElement[bool]:
    body: Any = entry.c.body
    if driver.kind == "sqlite":
        return sa.func.instr(body, needle) > 0
    like = needle.replace(b"\\", b"\\\\").replace(b"_", b"\\_").replace(b"%", b"\\%")
    found: sa.ColumnElement[bool] = body.op("LIKE")(b"%" + like + b"%")
    return found
