"""The entries of a pack in a file beside it, to be gone through in the order of the log or case by case."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path

from engine.core.mining import Mined, mined

__all__ = ["Spool"]

_CASES = "case/"


class Spool:
    """Entries as events. In memory are the names of streams, and two numbers for each entry."""

    def __init__(self, path: Path, entries: Iterable[tuple[int, bytes]]) -> None:
        self._path = path
        self._places: dict[str, array[int]] = {}
        self.definitions: set[str] = set()
        with path.open("wb") as file:
            for leaf, body in entries:
                one = mined(leaf, body)
                self._places.setdefault(one.stream, array("Q")).extend((leaf, file.tell()))
                if one.definition:
                    self.definitions.add(one.definition.partition("#")[0])
                file.write(body + b"\n")

    def in_order(self) -> Iterator[Mined]:
        """All of them, in the order of the log."""
        leaves = sorted(
            place for found in self._places.values() for place in zip(found[::2], found[1::2], strict=True)
        )
        yield from self._read(leaves)

    def by_case(self) -> Iterator[Mined]:
        """Those of cases, those of a case together and in their order."""
        for stream in sorted(name for name in self._places if name.startswith(_CASES)):
            found = self._places[stream]
            yield from self._read(zip(found[::2], found[1::2], strict=True))

    def _read(self, places: Iterable[tuple[int, int]]) -> Iterator[Mined]:
        with self._path.open("rb") as file:
            for leaf, at in places:
                file.seek(at)
                yield mined(leaf, file.readline()[:-1])
