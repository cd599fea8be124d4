"""XES (IEEE 1849-2016): a trace for each case, with the extensions concept, lifecycle, organizational, time, identity.

A case's moves have `siklus:way`, which is what the transitions of the net of its rules are called (`nets`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from xml.sax.saxutils import quoteattr

from engine.core.mining.events import Mined

__all__ = ["xes"]

_STANDARD = "http://www.xes-standard.org"
_EXTENSIONS = (
    ("Concept", "concept", "concept"),
    ("Lifecycle", "lifecycle", "lifecycle"),
    ("Organizational", "org", "org"),
    ("Time", "time", "time"),
    ("Identity", "identity", "identity"),
)
#: steps of the standard lifecycle; whatever else is told has been completed when it is told
_LIFECYCLE = {
    "launched": "schedule",
    "woke": "start",
    "followed": "reassign",
    "reassigned": "reassign",
    "paused": "suspend",
    "resumed": "resume",
    "undone": "withdraw",
    "refused": "ate_abort",
    "cancelled": "pi_abort",
}
_UNKNOWN = "1970-01-01T00:00:00.000000Z"


def xes(origin: str, size: int, root: str, events: Iterable[Mined]) -> Iterator[str]:
    """The lines of the document. `events` are those of cases alone, those of a case together and in their order."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<log xes.version="1849.2016" xes.features="nested-attributes" xmlns="{_STANDARD}/">'
    for name, prefix, file in _EXTENSIONS:
        yield f'  <extension name="{name}" prefix="{prefix}" uri="{_STANDARD}/{file}.xesext"/>'
    yield f'  <global scope="trace">{_string("concept:name", "")}</global>'
    yield (
        f'  <global scope="event">{_string("concept:name", "")}{_string("lifecycle:transition", "complete")}'
        f"{_date(_UNKNOWN)}</global>"
    )
    yield '  <classifier name="Activity" scope="event" keys="concept:name"/>'
    yield '  <classifier name="Way" scope="event" keys="siklus:way"/>'
    yield '  <classifier name="Resource" scope="event" keys="org:resource"/>'
    yield f"  {_string('concept:name', origin)}"
    yield f"  {_string('lifecycle:model', 'standard')}"
    yield f"  {_string('siklus:root', root)}"
    yield f'  <int key="siklus:leaves" value="{size}"/>'
    for _, of_case in groupby(events, key=lambda one: one.case):
        yield from _trace(list(of_case))
    yield "</log>"


def _trace(events: list[Mined]) -> Iterator[str]:
    first = events[0]
    ended = next((one.ended or one.kind for one in events if one.ended or one.kind == "cancelled"), "")
    yield "  <trace>"
    told = (
        ("concept:name", first.case),
        ("siklus:cycle", first.cycle),
        ("siklus:subject", first.subject),
        ("siklus:unit", first.unit),
        ("siklus:definition", first.definition),
        ("siklus:ended", ended),
    )
    yield from (f"    {_string(key, value)}" for key, value in told if value)
    for one in events:
        yield from _event(one)
    yield "  </trace>"


def _event(one: Mined) -> Iterator[str]:
    yield "    <event>"
    yield f'      <id key="identity:id" value={quoteattr(one.name)}/>'
    yield f"      {_date(one.at)}"
    told = (
        ("concept:name", one.activity),
        ("lifecycle:transition", _LIFECYCLE.get(one.kind, "complete")),
        ("org:resource", one.actor),
        ("org:role", one.role),
        ("org:group", one.unit),
        ("siklus:kind", one.kind),
        ("siklus:way", one.way),
        ("siklus:behalf", one.behalf),
        ("siklus:from", one.source),
        ("siklus:to", one.target),
        ("siklus:definition", one.definition),
        ("siklus:hash", one.hash),
    )
    yield from (f"      {_string(key, value)}" for key, value in told if value)
    yield f'      <boolean key="siklus:automatic" value="{"true" if one.automatic else "false"}"/>'
    yield f'      <int key="siklus:leaf" value="{one.leaf}"/>'
    yield "    </event>"


def _string(key: str, value: str) -> str:
    return f'<string key="{key}" value={quoteattr(_told(value))}/>'


def _date(at: str) -> str:
    return f'<date key="time:timestamp" value="{at.replace("Z", "+00:00")}"/>'


def _told(value: str) -> str:
    """Without what XML 1.0 has no way to write."""
    return "".join(one if one >= " " or one in "\t\n\r" else "\ufffd" for one in value)
