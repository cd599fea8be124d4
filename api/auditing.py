"""Entries as auditors look them up, from the API, a page or the command line; each search is a look at the log.

Nobody looks their own record up here: entries of cases about whoever asks are left out, as their cases are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from api.denying import who_named
from api.problems import RequestInvalid
from api.schemas import FoundOut, FoundPageOut
from engine.core.audit import stamp
from engine.core.definition import Language
from engine.core.identity.account_log import STREAM as ACCOUNTS
from engine.core.identity.account_log import say_account_entry
from engine.core.telling import say_entry
from engine.core.telling_beside import say_beside
from engine.core.zones import midnight
from engine.errors import NotFound
from engine.runtime import Engine
from engine.runtime.searching import Found, FoundPage
from engine.store.tracing import Wanted

__all__ = ["AUDIT", "MOST", "Sought", "looked_up", "page_out", "told_of", "wanted"]

#: what is looked at, as looks name it
AUDIT = "audit"
#: entries on a page, and drawn by lot at most (of each unit, if so)
MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is looked for, as people write it; "" says nothing."""

    #: who acted, or for whom: a login, a number, a key
    person: str = ""
    #: whom the case is about: a number, a key, or unit:NAME
    subject: str = ""
    case: str = ""
    stream: str = ""
    unit: str = ""
    kind: str = ""
    #: the rule by which a case moved, as the definition names it
    transition: str = ""
    #: the rules it was written under: name@version, or the digest
    version: str = ""
    reason: str = ""
    #: "yes" for what happened by itself, "no" for what people did
    automatic: str = ""
    override: bool = False
    gap: int = 0
    first: str = ""
    last: str = ""


def wanted(engine: Engine, sought: Sought, *, besides: str) -> Wanted:
    """What is looked for, as the log has it. Raises: NotFound (a person or rules nobody knows), RequestInvalid."""
    return Wanted(
        who=who_named(engine, sought.person) if sought.person else (),
        subject=_subject(engine, sought.subject),
        besides=besides,
        stream=f"case/{sought.case}" if sought.case else sought.stream,
        unit=sought.unit,
        kind=sought.kind,
        rule=sought.transition,
        definition=_digest(engine, sought.version),
        automatic={"yes": True, "no": False}.get(sought.automatic),
        override=sought.override,
        silent=sought.gap,
        reason=sought.reason,
        first=_midnight(sought.first, "first"),
        until=_midnight(sought.last, "last", later=1),
    )


def looked_up(
    engine: Engine, looker: str, sought: Sought, *, before: int | None = None, limit: int = 50
) -> FoundPage:
    """A page of what fits; and that somebody looked. Raises: as `wanted`."""
    asked = wanted(engine, sought, besides=looker)
    engine.privacy.reads.note(looker, AUDIT, ["log"])
    return engine.search.page(asked, before=before, limit=limit)


def told_of(engine: Engine, one: Found, language: Language) -> str:
    """What happened, in words; "" for what is of rules that are gone."""
    if one.entry.stream == ACCOUNTS:
        return say_account_entry(one.entry, {}, language)
    if one.definition is None:
        return say_beside(one.entry, language)
    return say_entry(one.definition, one.entry, engine.chart, language)


def page_out(engine: Engine, page: FoundPage, language: Language) -> FoundPageOut:
    """Entries as programs read them."""
    return FoundPageOut(
        entries=[_out(engine, one, language) for one in page.found],
        next_before=page.following,
        leaves=page.leaves,
    )


def _out(engine: Engine, one: Found, language: Language) -> FoundOut:
    trace = one.trace
    return FoundOut(
        leaf=trace.leaf,
        stream=trace.stream,
        seq=trace.seq,
        kind=trace.kind,
        at=stamp(trace.at),
        case=one.case,
        actor=trace.actor,
        behalf=trace.behalf,
        subject=trace.subject,
        unit=trace.unit,
        rule=trace.rule,
        definition=trace.definition,
        automatic=trace.automatic,
        override=trace.override,
        silent=trace.silent,
        told=told_of(engine, one, language),
        hash=one.entry.hash,
    )


def _subject(engine: Engine, name: str) -> str:
    """The key of whom cases are about, from a number; a key or a unit stays as it is."""
    held = engine.chart.history(name) if name else ()
    return held[-1].key if held else name


def _digest(engine: Engine, name: str) -> str:
    if not name or "@" not in name:
        return name
    found = next((one.digest for one in engine.publications() if one.name == name), None)
    if found is None:
        raise NotFound("definition", name)
    return found


def _midnight(day: str, name: str, *, later: int = 0) -> int | None:
    """The instant at which a day of the log begins, in UTC as the log has it."""
    if not day:
        return None
    try:
        return midnight(date.fromisoformat(day).toordinal() + later, "UTC")
    except (ValueError, OverflowError):
        raise RequestInvalid("a day is written like 2026-01-31", problems={name: "2026-01-31"}) from None
