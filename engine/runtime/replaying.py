"""Every case rebuilt from its entries and held against its row; the log itself is for `siklus audit verify`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from engine.core.audit import Entry, chain
from engine.core.case import Case
from engine.core.codec import DecodeError, decode
from engine.core.definition import Definition
from engine.core.parse import reopen
from engine.core.replay_differences import Difference, differences
from engine.core.replaying import Rebuilt
from engine.errors import NotFound
from engine.store import Database, queries
from engine.store.streams import everything, history
from engine.store.view import View

__all__ = ["Replayed", "replayed"]

_CASE = "case/"


@dataclass(slots=True)
class Replayed:
    """What came of it: how much was replayed, and every difference."""

    cases: int = 0
    entries: int = 0
    differences: list[Difference] = field(default_factory=list)


def replayed(database: Database, case_ids: tuple[str, ...] = ()) -> Replayed:
    """All cases, or those with these ids, rebuilt from their entries alone and compared. Raises: NotFound.

    One snapshot of the database is read, a page of entries at a time; of every case but the one in hand only the row.
    """
    found = Replayed()
    with database.read() as view:
        if case_ids:
            for one in case_ids:
                live = view.load(one)
                if live is None:
                    raise NotFound("case", one)
                _compare(view, live, history(view.driver, live.stream), found)
            return found
        _all(view, found)
    return found


def _all(view: View, found: Replayed) -> None:
    """Entries and rows both come in the order of the cases' ids: each case meets its entries."""
    rows = _rows(view)
    live = next(rows, None)
    of_cases = (one for one in everything(view.driver, _CASE) if one.stream.startswith(_CASE))
    for stream, entries in groupby(of_cases, key=lambda one: one.stream):
        case_id = stream.removeprefix(_CASE)
        while live is not None and live.id < case_id:
            _alone(live, found)
            live = next(rows, None)
        lines = tuple(entries)
        if live is None or live.id != case_id:
            found.differences.append(Difference(case_id, lines[-1].seq, "row", None, "a case with entries"))
            continue
        _compare(view, live, lines, found)
        live = next(rows, None)
    while live is not None:
        _alone(live, found)
        live = next(rows, None)


def _rows(view: View) -> Iterator[Case]:
    after = ""
    while page := queries.cases(view, after=after, limit=500):
        yield from page
        after = page[-1].id


def _alone(live: Case, found: Replayed) -> None:
    found.cases += 1
    found.differences.append(Difference(live.id, 0, "row", "a case without an entry", None))


def _compare(view: View, live: Case, lines: tuple[Entry, ...], found: Replayed) -> None:
    found.cases += 1
    found.entries += len(lines)
    seq = 0
    try:
        told = decode(lines[0].body) if lines else {}
        rebuilt = Rebuilt(_definition(view, str(told.get("definition"))))
        for line in lines:
            seq = line.seq
            rebuilt.take(decode(line.body), chain(line.body))
    except (DecodeError, NotFound, KeyError, TypeError, ValueError, AttributeError, IndexError) as broken:
        why = f"{type(broken).__name__}: {broken}"
        found.differences.append(Difference(live.id, seq, "entries", "a case", f"cannot be replayed ({why})"))
        return
    found.differences += differences(live, rebuilt)


def _definition(view: View, digest: str) -> Definition:
    base, _, track = digest.partition("#")
    stored = view.definition(base)
    if stored is None:
        raise NotFound("definition", digest)
    whole = _reopened(stored.source)
    return whole.tracks[track] if track else whole


@lru_cache(maxsize=32)
def _reopened(source: bytes) -> Definition:
    return reopen(source)
