"""Evidence packs: entries with everything an outsider needs to verify them, and the verifier itself, in one zip.

A pack of the whole log has every leaf in order and the list of their hashes. A pack of some streams has a path to the
signed root for each entry, and the heads that show that nothing follows its last ones. Layout (ADR 0049):

    manifest.json        what the pack is about: the whole log, or which streams
    checkpoint           the signed note the pack is verified against
    entries.jsonl        the exact bytes of each entry, one a line, in the order of the log
    leaves.bin           whole: the hash of each leaf, 32 bytes each
    proofs.jsonl         part: for each entry its leaf's number and path
    heads.jsonl          part: for each stream where it ends, with its path in the tree of heads
    consistency.json     part: how the log grew from a checkpoint that the auditor kept
    words.jsonl          the words that are handed out, with their salts
    erased.jsonl         which words were erased, by which erasure
    definitions/D.json   the rules, by the digest that entries name
    verify.py            the verifier
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.core.codec import canonical, decode
from engine.core.sealing.checkpoints import Checkpoint, checkpoint_of
from engine.core.sealing.heads import Head, heads_root, path_to
from engine.core.sealing.notes import Note
from engine.core.sealing.strict import text_of
from engine.core.sealing.tree import Nodes, consistency, inclusion
from engine.errors import NotFound
from engine.sealer.proving import latest_note
from engine.store import Database, sealing
from engine.store.driver import Driver
from engine.store.erasing import erased_words
from engine.store.unit import View

__all__ = ["Word", "packed"]

_VERIFIER = Path(__file__).parents[1] / "verify.py"
_PAGE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word that is handed out with a pack: whose it is by stream, number and name, its canonical value, its salt."""

    stream: str
    seq: int
    name: str
    value: bytes
    salt: bytes


@dataclass(slots=True)
class _Met:
    """What the entries of a pack name, to be put beside them."""

    definitions: set[str] = field(default_factory=set)
    entries: int = 0
    streams: set[str] = field(default_factory=set)

    def take(self, body: bytes) -> None:
        told = decode(body)
        self.entries += 1
        self.streams.add(told["stream"])
        if isinstance(told.get("definition"), str):
            self.definitions.add(told["definition"])


def packed(
    database: Database,
    path: Path,
    *,
    streams: frozenset[str] | None,
    words: Callable[[View, str], Iterable[Word]],
    since: Checkpoint | None = None,
) -> dict[str, Any]:
    """Write a pack of the log as it was last signed, and give its manifest; of some `streams`, or of all (None).

    `words` gives what may be handed out of a stream. `since` is a checkpoint that the auditor kept.
    Raises: NotFound, if nothing is signed yet, or a stream has no sealed entry; ValueError, if `since` is larger.
    """
    note = latest_note(database)
    if note is None:
        raise NotFound("checkpoint", "newest")
    point = checkpoint_of(note)
    with database.read() as view, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        met = _Met()
        if streams is None:
            _write_whole(pack, view.driver, point, met)
        else:
            _write_part(pack, view.driver, point, streams, met, since)
        _write_words(pack, view, met.streams if streams is None else set(streams), words)
        for digest in sorted(met.definitions):
            stored = view.definition(digest)
            if stored is not None:
                pack.writestr(f"definitions/{digest}.json", stored.source)
        manifest = {
            "v": 1,
            "whole": streams is None,
            "streams": [] if streams is None else sorted(streams),
            "entries": met.entries,
            "origin": point.origin,
            "size": point.size,
        }
        _write_note(pack, note, manifest)
    return manifest


def _write_note(pack: zipfile.ZipFile, note: Note, manifest: dict[str, Any]) -> None:
    pack.writestr("manifest.json", canonical(manifest))
    pack.writestr("checkpoint", str(note))
    pack.write(_VERIFIER, "verify.py")


def _write_whole(pack: zipfile.ZipFile, driver: Driver, point: Checkpoint, met: _Met) -> None:
    # Two files cannot be written at once: the bytes first, then the hashes.
    with pack.open("entries.jsonl", "w", force_zip64=True) as file:
        for body in _bodies(driver, point.size):
            met.take(body)
            file.write(body + b"\n")
    with pack.open("leaves.bin", "w", force_zip64=True) as file:
        kept = sealing.nodes(driver)
        for first in range(0, point.size, _PAGE):
            file.write(b"".join(kept(0, first, min(point.size, first + _PAGE))))


def _bodies(driver: Driver, size: int) -> Iterator[bytes]:
    for first in range(0, size, _PAGE):
        for idx, _, body in sealing.bodies(driver, first, min(size, first + _PAGE)):
            if body is None:
                raise NotFound("entry of leaf", str(idx))
            yield bytes(body)


def _write_part(
    pack: zipfile.ZipFile,
    driver: Driver,
    point: Checkpoint,
    streams: frozenset[str],
    met: _Met,
    since: Checkpoint | None,
) -> None:
    heads_at, told = _heads(driver, point.size)
    found = sealing.leaves_of(driver, streams, point.size)
    beside = [
        *sealing.leaves_of_kind(driver, "privacy", "erased", point.size),
        *([heads_at] if heads_at else []),
    ]
    rows = sorted(dict((*found, *beside)).items())
    kept = sealing.nodes(driver)
    with pack.open("entries.jsonl", "w", force_zip64=True) as file:
        for _, body in rows:
            met.take(body)
            file.write(body + b"\n")
    with pack.open("proofs.jsonl", "w", force_zip64=True) as file:
        for idx, _ in rows:
            file.write(canonical({"index": idx, "path": _path(inclusion(idx, point.size, kept))}) + b"\n")
    with pack.open("heads.jsonl", "w", force_zip64=True) as file:
        for at, head in enumerate(told):
            if head.stream in streams:
                one = {"stream": head.stream, "seq": head.seq, "hash": head.hash, "index": at}
                file.write(canonical(one | {"path": _path(path_to(told, at))}) + b"\n")
    if since is not None:
        _write_growth(pack, kept, point, since)
    missing = sorted(streams - met.streams)
    if missing:
        raise NotFound("sealed stream", missing[0])


def _write_growth(pack: zipfile.ZipFile, kept: Nodes, point: Checkpoint, since: Checkpoint) -> None:
    path = _path(consistency(since.size, point.size, kept))
    pack.writestr("consistency.json", canonical({"size": since.size, "path": path}))


def _heads(driver: Driver, size: int) -> tuple[tuple[int, bytes] | None, list[Head]]:
    """The newest entry of heads that is signed, and the heads that it is the root of."""
    found = sealing.leaves_of_kind(driver, "log", "heads", size)
    if not found:
        return None, []
    idx, body = found[-1]
    told = decode(body)
    heads = [Head(stream=a, seq=b, hash=c) for a, b, c in sealing.heads_at(driver, told["size"])]
    assert heads_root(heads) == told["root"]
    return (idx, body), heads


def _write_words(
    pack: zipfile.ZipFile, view: View, streams: set[str], words: Callable[[View, str], Iterable[Word]]
) -> None:
    with pack.open("words.jsonl", "w", force_zip64=True) as file:
        for stream in sorted(streams):
            for one in words(view, stream):
                told = {"stream": one.stream, "seq": one.seq, "name": one.name, "value": one.value.decode()}
                file.write(canonical(told | {"salt": text_of(one.salt)}) + b"\n")
    with pack.open("erased.jsonl", "w", force_zip64=True) as file:
        for (stream, seq, name), erasure in sorted(erased_words(view.driver).items()):
            file.write(canonical({"stream": stream, "seq": seq, "name": name, "erasure": erasure}) + b"\n")


def _path(path: Iterable[bytes]) -> list[str]:
    return [text_of(one) for one in path]
