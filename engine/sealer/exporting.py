"""Handing out evidence: the export is told in the log, the log is sealed up to it, and then the pack is made."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from engine.core.sealing.checkpoints import Checkpoint
from engine.errors import NotFound
from engine.sealer.asking import Asking
from engine.sealer.packing import packed, viewed
from engine.sealer.sealing import Sealer
from engine.store import Database, sealing

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


def export(  # noqa: PLR0913 - what may be said of a pack
    database: Database,
    sealer: Sealer,
    path: Path,
    now: int,
    *,
    streams: frozenset[str] | None,
    with_words: bool,
    actor: str,
    since: Checkpoint | None = None,
    mark: bool = False,
    asking: Asking | None = None,
) -> dict[str, Any]:
    """Tell that a pack is handed out, seal, ask the witnesses, and write it; its manifest. `streams` None is all.

    `mark` begins the table among its views with a byte order mark.

    Raises: LogDamaged, KeysUnusable: of a log that is not whole no pack is made. NotFound; ValueError, if `since` is
    of a longer log than there is.
    """
    sealer.seal(now, thorough=True)
    told = {"whole": streams is None, "streams": sorted(streams or ()), "words": with_words}
    beside = path.with_name(f".{path.name}.part")
    with tempfile.TemporaryDirectory(prefix="siklus-views-") as place:
        # Made before the entry that names them by hash: changed afterwards, they are no longer what was handed out.
        views = viewed(database, Path(place), streams=streams, mark=mark)
        facts = {"actor": {"account": actor}, **told, **views.told()}
        size = sealer.seal_heads(now, exported=facts).size
        if asking is not None:
            asking.ask(now, size=size, at_once=True)
        try:
            made = packed(
                database, beside, streams=streams, with_words=with_words, since=since, views=views, size=size
            )
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    return made
