"""A log that grows in memory, with its key, and a witness of it in a folder of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from engine.core.sealing.checkpoints import Checkpoint
from engine.core.sealing.notes import COSIGNS_ED25519, ED25519, Note
from engine.core.sealing.tree import consistency, leaf_hash, root_of, tiles_above
from engine.core.sealing.witnessing import request_bytes
from engine.signing_keys import SigningKey
from engine.witness import Memories, Witness

ORIGIN = "agency.example/appraisal"
NOON = 1_767_225_600


@dataclass(slots=True)
class GrowingLog:
    """Leaves, and the key that signs how many there are."""

    origin: str = ORIGIN
    branch: str = "main"
    leaves: list[bytes] = field(default_factory=list)
    key: SigningKey = field(default_factory=lambda: SigningKey.made(ORIGIN, ED25519))

    def grown(self, size: int) -> GrowingLog:
        """The log with so many leaves."""
        while len(self.leaves) < size:
            self.leaves.append(leaf_hash(f"{self.branch} {len(self.leaves)}".encode()))
        return self

    def forked(self, size: int, branch: str) -> GrowingLog:
        """Another history from a size on, under the same key."""
        return GrowingLog(origin=self.origin, branch=branch, leaves=self.leaves[:size], key=self.key)

    def point(self, size: int) -> Checkpoint:
        self.grown(size)
        return Checkpoint(origin=self.origin, size=size, root=root_of(self.leaves[:size]))

    def note(self, size: int, key: SigningKey | None = None) -> Note:
        point = self.point(size)
        return (key or self.key).signed(Note(text=point.text, signatures=()), point, NOON)

    def path(self, old: int, size: int) -> tuple[bytes, ...]:
        self.grown(size)

        def nodes(level: int, first: int, last: int) -> Sequence[bytes]:
            kept: Sequence[bytes] = self.leaves
            for _ in range(level):
                kept = tiles_above(kept)
            return kept[first:last]

        return consistency(old, size, nodes)

    def request(self, old: int, size: int) -> bytes:
        return request_bytes(old, self.path(old, size), self.note(size))


@dataclass(slots=True)
class Watch:
    """A clock that is set by hand."""

    second: int = NOON

    def now(self) -> int:
        return self.second * 1_000_000


@pytest.fixture
def log() -> GrowingLog:
    return GrowingLog()


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def memories(tmp_path: Path) -> Iterator[Memories]:
    found = Memories(tmp_path / "memory")
    found.make()
    with found.held():
        yield found


@pytest.fixture
def witness(log: GrowingLog, memories: Memories, watch: Watch) -> Witness:
    key = SigningKey.made("audit.agency.example/witness", COSIGNS_ED25519)
    return Witness(key, {ORIGIN: (log.key.public,)}, memories, watch.now)


def digest(origin: str) -> str:
    """The name of a log in the address of its newest checkpoint."""
    return hashlib.sha256(origin.encode()).hexdigest()
