"""OCEL 2.0: events that bear on many things: cases, people, cycles, units and rules, each with what it is to the event.

Values are texts, as the JSON schema of the standard has them; the SQLite form has the same rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from engine.core.chain import UNIT_KEY, is_unit
from engine.core.codec import canonical
from engine.core.mining.events import Mined

__all__ = ["EVENT_COLUMNS", "OBJECT_COLUMNS", "Happened", "Thing", "happened", "ocel_json", "things"]

_NOBODY = frozenset({"timer", "operator", "unnamed"})
EVENT_COLUMNS = ("activity", "way", "actor", "behalf", "automatic", "leaf", "hash")
OBJECT_COLUMNS = {
    "case": ("cycle", "subject"),
    "person": (),
    "unit": (),
    "cycle": (),
    "definition": (),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """An event: its type is the kind of its entry."""

    id: str
    type: str
    time: str
    values: dict[str, str]
    #: object and what it is to the event
    related: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """An object as it is first met, and what it hangs on: object and how."""

    id: str
    type: str
    time: str
    values: dict[str, str]
    related: tuple[tuple[str, str], ...] = ()


def happened(one: Mined) -> Happened:
    """An entry as an event with what it bears on."""
    related: dict[tuple[str, str], None] = {}
    for qualifier, thing in _bears_on(one):
        related[thing.id, qualifier] = None
    values = {
        "activity": one.activity,
        "way": one.way,
        "actor": one.actor,
        "behalf": one.behalf,
        "automatic": "true" if one.automatic else "false",
        "leaf": str(one.leaf),
        "hash": one.hash,
    }
    return Happened(id=one.name, type=one.kind, time=one.at, values=values, related=tuple(related))


def things(events: Iterable[Mined]) -> dict[str, Thing]:
    """Everything that events bear on, by id, as it is first met; held in memory."""
    found: dict[str, Thing] = {}
    for one in events:
        for _, thing in _bears_on(one):
            found.setdefault(thing.id, thing)
    # What is hung on must be there, also where only its name was met.
    for thing in tuple(found.values()):
        for other, _ in thing.related:
            kind = other.partition(":")[0]
            found.setdefault(other, Thing(id=other, type=kind, time=thing.time, values={}))
    return found


def _bears_on(one: Mined) -> Iterator[tuple[str, Thing]]:
    """Each thing with its qualifier."""
    if one.case:
        yield "case", _case(one)
    named = (
        ("subject", *_subject(one.subject)),
        ("unit", "unit", one.unit),
        ("actor", "person", "" if one.actor in _NOBODY else one.actor),
        ("behalf", "person", one.behalf),
        *((f"found as {role}" if role else "found", "person", person) for role, person in one.found),
        ("cycle", "cycle", one.cycle),
        ("rules", "definition", one.definition),
    )
    for qualifier, kind, name in named:
        if name:
            yield qualifier, Thing(id=f"{kind}:{name}", type=kind, time=one.at, values={})


def _subject(key: str) -> tuple[str, str]:
    """What kind of thing a case is about, and its name."""
    return ("unit", key.removeprefix(UNIT_KEY)) if is_unit(key) else ("person", key)


def _case(one: Mined) -> Thing:
    related = [(f"cycle:{one.cycle}", "of cycle")] if one.cycle else []
    if one.subject:
        related.append((":".join(_subject(one.subject)), "about"))
    if one.definition:
        related.append((f"definition:{one.definition}", "by rules"))
    return Thing(
        id=f"case:{one.case}",
        type="case",
        time=one.at,
        values={"cycle": one.cycle, "subject": one.subject},
        related=tuple(related),
    )


def ocel_json(events: Callable[[], Iterable[Mined]]) -> Iterator[bytes]:
    """The JSON document in pieces; `events` are gone through three times."""
    kinds = sorted({one.kind for one in events()})
    found = things(events())
    yield b'{"eventTypes":'
    yield canonical([{"name": kind, "attributes": _typed(EVENT_COLUMNS)} for kind in kinds])
    yield b',"objectTypes":'
    yield canonical([{"name": kind, "attributes": _typed(names)} for kind, names in OBJECT_COLUMNS.items()])
    yield b',"events":['
    yield from _joined(_event(happened(one)) for one in events())
    yield b'],"objects":['
    yield from _joined(_object(found[name]) for name in sorted(found))
    yield b"]}\n"


def _typed(names: Iterable[str]) -> list[dict[str, str]]:
    return [{"name": name, "type": "string"} for name in names]


def _joined(values: Iterable[object]) -> Iterator[bytes]:
    for at, value in enumerate(values):
        yield (b",\n" if at else b"\n") + canonical(value)


def _event(one: Happened) -> dict[str, object]:
    return {
        "id": one.id,
        "type": one.type,
        "time": one.time,
        "attributes": [{"name": name, "value": value} for name, value in one.values.items() if value],
        "relationships": _related(one.related),
    }


def _object(one: Thing) -> dict[str, object]:
    return {
        "id": one.id,
        "type": one.type,
        "attributes": [
            {"name": name, "value": value, "time": one.time} for name, value in one.values.items() if value
        ],
        "relationships": _related(one.related),
    }


def _related(pairs: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"objectId": name, "qualifier": qualifier} for name, qualifier in pairs]
