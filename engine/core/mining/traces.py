"""What of an entry it is found by, and which entries of many are drawn by lot."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable
from dataclasses import dataclass

from engine.core.codec import DecodeError
from engine.core.mining.events import mined

__all__ = ["OVERRIDES", "Trace", "drawn", "trace_of"]

_DAY_US = 86_400_000_000
#: what people do to a case from outside its ways
OVERRIDES = frozenset(
    {
        "acknowledged",
        "cancelled",
        "extended",
        "given_back",
        "paused",
        "reassigned",
        "recounted",
        "resumed",
        "superior_answered",
    }
)
#: so many days of silence and more are one and the same
_MOST_SILENT = 36_500


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """An entry as it is looked up: its leaf, its place, and keys; "" for what it has none of."""

    leaf: int
    stream: str
    seq: int
    kind: str
    at: int
    actor: str = ""
    behalf: str = ""
    subject: str = ""
    unit: str = ""
    rule: str = ""
    definition: str = ""
    automatic: bool = False
    #: by break-glass, or done to the case from outside its ways
    override: bool = False
    #: whole days in which nothing was told in its stream before it
    silent: int = 0


def trace_of(leaf: int, at: int, body: bytes, *, before: int | None, unit: str) -> Trace:
    """An entry told at an instant, in a stream that had told something `before`, if it had; of a case of this unit.

    What cannot be read is found by its leaf and by nothing else: whoever seals has said so already.
    """
    try:
        one = mined(leaf, body)
    except (DecodeError, KeyError, TypeError, AttributeError):
        return Trace(leaf=leaf, stream="", seq=leaf, kind="", at=at)
    days = 0 if before is None else max(0, at - before) // _DAY_US
    return Trace(
        leaf=leaf,
        stream=one.stream,
        seq=one.seq,
        kind=one.kind,
        at=at,
        actor=one.actor,
        behalf=one.behalf,
        subject=one.subject,
        unit=unit or one.unit,
        rule=one.rule,
        definition=one.definition,
        automatic=one.automatic,
        override=one.glass or bool(one.case and one.kind in OVERRIDES and not one.automatic),
        silent=min(days, _MOST_SILENT),
    )


def drawn(found: Iterable[tuple[int, str]], count: int, seed: int, *, by_unit: bool) -> list[int]:
    """Leaves drawn by lot from those found (leaf and unit), `count` of all or of each unit, in the log's order.

    A leaf's lot is a hash of it and the seed: the same seed draws the same leaves, whoever asks and in which order.
    """
    lots: dict[str, list[tuple[bytes, int]]] = {}
    if not by_unit:
        return sorted(
            leaf for _, leaf in heapq.nsmallest(count, ((_lot(seed, leaf), leaf) for leaf, _ in found))
        )
    for leaf, unit in found:
        lots.setdefault(unit, []).append((_lot(seed, leaf), leaf))
    return sorted(leaf for of_unit in lots.values() for _, leaf in heapq.nsmallest(count, of_unit))


def _lot(seed: int, leaf: int) -> bytes:
    return hashlib.sha256(f"{seed}:{leaf}".encode()).digest()
