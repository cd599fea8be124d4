"""Where a case is not what its entries say, field by field, and which fields entries cannot tell (ADR 0051)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from engine.core.case import Case
from engine.core.gathering import GATHERED
from engine.core.replaying import Rebuilt

__all__ = ["UNTOLD", "Difference", "differences"]

#: fields of a case that entries alone do not tell, and why
UNTOLD: Mapping[str, str] = MappingProxyType(
    {
        "named": "whom a form names stands in words that can be erased; the entry commits to them",
        "seated": "who fills a role from now on is asked of the chart, of which the log keeps digests",
        "drafts": "a text that was taken back is held without an entry until it is written again",
        "lists": "a frozen set tells how many cases it has; which they are is told by those cases",
        "journals": "of a journal without names: an entry of each line would tell who wrote when",
        "acted": "where somebody answered without a name, and then whom it still waits for",
        "undoable": "what may be taken back is over by itself, without an entry; the case before it is in the entries",
    }
)


class Difference(NamedTuple):
    """A field of a case that is not what its entries say; `entry` is the one that last said it (0: none)."""

    case: str
    entry: int
    field: str
    live: object
    rebuilt: object


def differences(case: Case, rebuilt: Rebuilt) -> Iterator[Difference]:
    """Every field in which a case is not what its entries say."""
    said = rebuilt.fields
    for name, live in _live(case, rebuilt):
        there = _comparable(name, said.get(name))
        if live != there:
            yield Difference(case.id, rebuilt.by.get(name, 0), name, live, there)


def _comparable(name: str, value: Any) -> Any:
    if name == "facts":
        return tuple(one for one in value or () if one != GATHERED)
    return sorted(value) if name == "escalations" else value


_PLAIN = (
    "id", "cycle", "subject", "definition", "period_from", "period_to", "zone", "windows", "parent", "link", "corrects",
    "state", "phase", "ended", "visit", "seq", "version", "head", "last_at", "opened_at", "entered_at", "phases",
    "reached", "uses", "sleeps_until", "parted_on",
)  # fmt: skip


def _live(case: Case, rebuilt: Rebuilt) -> Iterator[tuple[str, Any]]:
    """The fields of the case that entries tell, as they can be held against them."""
    for name in _PLAIN:
        yield name, getattr(case, name)
    yield "visits", max(case.visit, case.visits)
    yield "facts", tuple(one for one in case.facts if one != GATHERED)
    yield "filled", {name: seq for name, seq in case.filled.items() if name != "reason"}
    yield "opened", frozenset(case.opened)
    yield "shelved", tuple((one.act, one.form, one.entry, one.was) for one in case.shelved)
    yield "corrected", tuple(one.case for one in case.corrected)
    yield (
        "journals",
        {name: book.count for name, book in case.journals.items() if book.count and rebuilt.numbers(name)},
    )
    yield "broken", frozenset(one.number for one in case.promises if one.standing == "broken")
    yield "acknowledged", {one.number: one.acknowledged for one in case.promises if one.acknowledged}
    yield "questioned", 0 if case.questioned is None else case.questioned.entry
    yield (
        "gathered",
        {
            name: {
                field: getattr(one, field) for field in ("asked", "answered", "declined", "dropped", "enough")
            }
            for name, one in case.gathered.items()
        },
    )
    yield "escalations", sorted([one.role, one.holder] for one in case.escalations)
    if not rebuilt.unnamed:
        yield "acted", case.acted
        yield "asked", _asked(case)
    if rebuilt.whole:
        yield "segment", case.segment
        yield "unit", case.unit
        yield "deadlines", [[one.name, one.due_on.isoformat(), one.calendar] for one in case.deadlines]
        for one in case.deadlines:
            fired = rebuilt.fired(one.name, one.generation, one.visit)
            if one.fired != fired:
                rebuilt.fields[f"fired of {one.name}"] = fired
                yield f"fired of {one.name}", one.fired


def _asked(case: Case) -> list[list[str]]:
    if case.gathering is not None:
        return [[one.task.role, one.person, one.state] for one in case.gathering.asked]
    return [] if case.task is None else [[case.task.role, case.task.holder, "waiting"]]
