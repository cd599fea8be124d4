"""Handing out evidence: the export is told in the log, the log is sealed up to it, and then the pack is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from engine.core.sealing.checkpoints import Checkpoint
from engine.errors import NotFound
from engine.sealer.packing import Word, packed
from engine.sealer.sealing import Sealer
from engine.sealer.tending import STREAM, tell_heads
from engine.store import Database, sealing
from engine.store.unit import View
from engine.store.verifying_words import words_of

__all__ = ["export", "streams_of"]

#: what every pack of some cases needs beside them: which rules were published, and by whom
_BESIDE = "definitions"


def streams_of(database: Database, *, cases: Iterable[str] = (), units: Iterable[str] = ()) -> frozenset[str]:
    """The streams of cases by their ids and of all cases of units. Raises: NotFound, for one that is not there."""
    found: set[str] = set()
    with database.read() as view:
        for case_id in cases:
            if view.load(case_id) is None:
                raise NotFound("case", case_id)
            found.add(f"case/{case_id}")
        for unit in units:
            of_unit = sealing.cases_of(view.driver, unit)
            if not of_unit:
                raise NotFound("unit with cases", unit)
            found |= {f"case/{one}" for one in of_unit}
    return frozenset({*found, _BESIDE})


def export(
    database: Database,
    sealer: Sealer,
    path: Path,
    now: int,
    *,
    streams: frozenset[str] | None,
    with_words: bool,
    actor: str,
    since: Checkpoint | None = None,
) -> dict[str, Any]:
    """Tell that a pack is handed out, seal, and write it; its manifest. `streams` None is the whole log.

    Raises: LogDamaged, KeysUnusable: of a log that is not whole no pack is made. NotFound; ValueError, if `since` is
    of a longer log than there is.
    """
    sealer.seal(now)
    told = {"whole": streams is None, "streams": sorted(streams or ()), "words": with_words}
    with database.write() as unit:
        unit.append(STREAM, "exported", now, {"actor": {"account": actor}, **told})
    sealer.seal(now)
    tell_heads(database, now, at_once=True)
    sealer.seal(now)
    return packed(database, path, streams=streams, words=_words if with_words else _no_words, since=since)


def _words(view: View, stream: str) -> Iterator[Word]:
    """The words of a stream that entries commit to. What nobody signed with a name is told by no entry of its own."""
    for name, seq, value, salt in words_of(view.driver, stream):
        if seq > 0:
            yield Word(stream=stream, seq=seq, name=name, value=value, salt=salt)


def _no_words(_view: View, _stream: str) -> Iterator[Word]:
    yield from ()
