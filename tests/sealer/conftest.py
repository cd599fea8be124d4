"""A sealer beside a database that is written to, on both engines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from engine.core.audit import entry
from engine.core.sealing.checkpoints import Checkpoint, checkpoint_of, is_signed
from engine.core.sealing.notes import Note, note_of
from engine.keys import verifies
from engine.sealer import Keyring, Memory, Sealer
from engine.store import Database, sealing
from engine.store.texts import texts
from tests.sealer.lived import ORIGIN, Lived, live
from tests.store.cases import MONDAY, Bench
from tests.store.conftest import bench, db, kind, made_file, new_url, opened, raw, url

__all__ = [
    "ORIGIN",
    "House",
    "bench",
    "db",
    "house",
    "kind",
    "made_file",
    "new_url",
    "opened",
    "raw",
    "url",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A database with entries, its keys, and what was last signed."""

    bench: Bench
    keyring: Keyring
    memory: Memory

    def sealer(self, database: Database | None = None, origin: str = ORIGIN) -> Sealer:
        """A sealer that has just started."""
        return Sealer(database or self.bench.db, self.keyring, self.memory, origin)

    def tell(self, count: int, stream: str = "people", at: int = 1_000) -> None:
        """So many entries in a stream that is no case's."""
        with self.bench.db.write() as unit:
            unit.hold(stream)
            ((seq, head),) = unit.driver.rows(f"SELECT seq, head FROM stream WHERE name = '{stream}'")
            rows = []
            for number in range(count):
                made = entry(stream, seq + 1, head, "imported", MONDAY + at + number, {"rows": number})
                rows.append((made.stream, made.seq, made.kind, made.at, made.body, made.prev, made.hash))
                seq, head = made.seq, made.hash
            unit.driver.run_many(texts(unit.driver.kind).entries, rows)
            unit.driver.run(f"UPDATE stream SET seq = {seq}, head = '{head}' WHERE name = '{stream}'")

    def notes(self) -> list[Note]:
        """All checkpoints, the smallest first."""
        with self.bench.db.read() as view:
            found = sealing.checkpoints(view.driver, limit=1_000)
        return [note_of(one.note.encode()) for one in reversed(found)]

    def points(self) -> list[Checkpoint]:
        """What the checkpoints say; each is signed by the newest key."""
        key = self.keyring.signers()[0].public
        assert all(is_signed(one, key, verifies) for one in self.notes())
        return [checkpoint_of(one) for one in self.notes()]


@pytest.fixture
def house(bench: Bench, tmp_path: Path) -> House:
    keyring = Keyring(tmp_path / "siklus-log.key")
    keyring.make(ORIGIN)
    return House(bench=bench, keyring=keyring, memory=Memory(tmp_path / "siklus-log.signed"))


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    """An agency that has lived, made once for all that attack or copy it."""
    return live(tmp_path_factory.mktemp("lived") / "agency")


@pytest.fixture
def told(house: House) -> Callable[[], list[tuple[str, int]]]:
    """The entries in the order in which they were sealed."""

    def sealed() -> list[tuple[str, int]]:
        with house.bench.db.read() as view:
            return [
                (stream, seq) for stream, seq in view.driver.rows("SELECT stream, seq FROM leaf ORDER BY idx")
            ]

    return sealed
