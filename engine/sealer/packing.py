"""Evidence packs: entries with everything an outsider needs to verify them, and the verifier itself, in one zip.

A pack of the whole log has every leaf in order and the list of their hashes. A pack of some streams has a path to the
signed root for each entry, and the heads that show that nothing follows its last ones. Layout (ADR 0049):

    manifest.json        what the pack is about, as the entry that tells of its export says it
    checkpoint           the signed note the pack is verified against
    entries.jsonl        the exact bytes of each entry, one a line, in the order of the log
    leaves.bin           whole: the hash of each leaf, 32 bytes each
    proofs.jsonl         part: for each entry its leaf's number and path
    heads.jsonl          part: for each stream where it ends, with its path in the tree of heads
    consistency.json     part: how the log grew from a checkpoint that the auditor kept
    words.jsonl          the words that are handed out, with their salts, in the order of their entries
    erased.jsonl         which words were erased, by which erasure
    definitions/D.json   the rules, by the digest that entries name
    calendars/D.json     the days of each calendar version that entries name, by the end of that name
    views/...            the entries for other programs (`viewing`), by hash in the entry that tells of the export
    README.*.txt         what all this is
    verify.py            the verifier
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from engine.core.calendar import Calendar
from engine.core.codec import DecodeError, canonical, decode
from engine.core.privacy.erasing import PRIVACY
from engine.core.sealing.checkpoints import Checkpoint, checkpoint_of
from engine.core.sealing.heads import Head, heads_root, path_to
from engine.core.sealing.strict import text_of
from engine.core.sealing.tree import consistency, inclusion, leaf_hash
from engine.errors import Conflict, LogDamaged, NotFound
from engine.sealer.proving import latest_in, note_in
from engine.sealer.verifier import verifier
from engine.sealer.viewing import Views, views_made
from engine.store import Database, sealing
from engine.store import streams as streams_of_log
from engine.store.driver import Driver
from engine.store.erasing import erased_words
from engine.store.verifying_words import words_of_entries
from engine.store.view import View

__all__ = ["packed", "viewed"]

_CASE = "case/"
_PAGE = 2_000
#: what stands beside the streams that a part is about: where they end, what was erased, that it was handed out
_Rows = Sequence[tuple[int, bytes]]


@dataclass(slots=True)
class _Met:
    """What the entries of a pack name, to be put beside them."""

    definitions: set[str] = field(default_factory=set)
    calendars: set[str] = field(default_factory=set)
    erasures: set[str] = field(default_factory=set)
    streams: set[str] = field(default_factory=set)
    entries: int = 0

    def take(self, index: int, body: bytes) -> tuple[str, int]:
        """One more entry; its stream and number. Raises: LogDamaged."""
        try:
            told = decode(body)
            stream, seq = str(told["stream"]), int(told["seq"])
        except (DecodeError, KeyError, TypeError, ValueError):
            raise LogDamaged((f"leaf {index}: its entry cannot be read",)) from None
        self.entries += 1
        self.streams.add(stream)
        if isinstance(told.get("definition"), str):
            self.definitions.add(told["definition"].partition("#")[0])
        self.calendars.update(one[2] for one in told.get("clocks", ()) if stream.startswith(_CASE))
        self.calendars.update(one["calendars"][1] for one in told.get("recounted", ()))
        if (stream, told.get("kind")) == ("privacy", "erased"):
            self.erasures.add(str(told.get("erasure")))
        return stream, seq


def packed(
    database: Database,
    path: Path,
    *,
    streams: frozenset[str] | None,
    with_words: bool,
    since: Checkpoint | None = None,
    views: Views | None = None,
    size: int | None = None,
) -> dict[str, Any]:
    """Write a pack of the log as it was last signed, and give its manifest; of some `streams`, or of all (None).

    With `size` it is that of the checkpoint of so many leaves, whatever was signed since. `since` is a checkpoint that
    the auditor kept. Raises: NotFound, if nothing is signed yet, or a stream has no sealed entry; LogDamaged, if an
    entry is not what was sealed; ValueError, if `since` is larger; Conflict, if words were erased meanwhile.
    """
    with database.read() as view, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        note = latest_in(view) if size is None else note_in(view, size)
        if note is None:
            raise NotFound("checkpoint", "newest")
        point, met = checkpoint_of(note), _Met()
        manifest = {
            "v": 1,
            "whole": streams is None,
            "streams": sorted(streams or ()),
            "words": with_words,
            "origin": point.origin,
            "size": point.size,
        }
        pack.writestr("manifest.json", canonical(manifest))
        pack.writestr("checkpoint", str(note))
        if streams is None:
            rows: Iterator[tuple[int, bytes]] = _whole(view.driver, point.size)
        else:
            rows = iter(_rows_of_part(view.driver, point.size, streams))
        numbers = _write_entries(pack, view, rows, met, with_words=with_words)
        if streams is None:
            _write_leaves(pack, view.driver, point.size)
        else:
            _write_proofs(pack, view.driver, point, numbers, streams, since)
            missing = sorted(streams - met.streams)
            if missing:
                raise NotFound("sealed stream", missing[0])
        _write_beside(pack, view, met)
        if with_words:
            _refuse_overtaken(view, met)
        if views is not None:
            for name in views.names:
                pack.write(views.folder / name, name)
    return manifest | {"entries": met.entries}


def viewed(database: Database, folder: Path, *, streams: frozenset[str] | None, mark: bool = False) -> Views:
    """The views of the log as it was last signed, or of some streams of it. Raises: NotFound; LogDamaged."""
    with database.read() as view:
        note = latest_in(view)
        if note is None:
            raise NotFound("checkpoint", "newest")
        point = checkpoint_of(note)
        if streams is None:
            rows = _whole(view.driver, point.size)
        else:
            kept, found = sealing.nodes(view.driver), sealing.leaves_of(view.driver, streams, point.size)
            rows = _true((index, kept(0, index, index + 1)[0], body) for index, body in found)

        def rules(digest: str) -> bytes | None:
            stored = view.definition(digest)
            return stored.source if stored is not None else None

        return views_made(folder, rows, point, rules, mark=mark)


def _write_entries(
    pack: zipfile.ZipFile, view: View, rows: Iterator[tuple[int, bytes]], met: _Met, *, with_words: bool
) -> list[int]:
    """The entries and, in the same order, their words; the numbers of the leaves.

    Two files of a zip cannot be written at once, so words wait in a file of their own.
    """
    numbers: list[int] = []
    places: list[tuple[str, int]] = []
    with pack.open("entries.jsonl", "w", force_zip64=True) as file:
        for index, body in rows:
            numbers.append(index)
            places.append(met.take(index, body))
            file.write(body + b"\n")
    with pack.open("words.jsonl", "w", force_zip64=True) as file:
        for first in range(0, len(places) if with_words else 0, _PAGE):
            for stream, seq, name, value, salt in words_of_entries(
                view.driver, places[first : first + _PAGE]
            ):
                told = {
                    "stream": stream,
                    "seq": seq,
                    "name": name,
                    "value": value.decode(),
                    "salt": text_of(salt),
                }
                file.write(canonical(told) + b"\n")
    return numbers


def _whole(driver: Driver, size: int) -> Iterator[tuple[int, bytes]]:
    for first in range(0, size, _PAGE):
        yield from _true(sealing.bodies(driver, first, min(size, first + _PAGE)))


def _true(rows: Iterable[tuple[int, bytes, bytes | None]]) -> Iterator[tuple[int, bytes]]:
    """Number and bytes, each still what was sealed. Raises: LogDamaged."""
    for index, hashed, body in rows:
        if body is None or leaf_hash(body) != hashed:
            raise LogDamaged((f"leaf {index}: its entry is {'gone' if body is None else 'another by now'}",))
        yield index, bytes(body)


def _rows_of_part(driver: Driver, size: int, streams: frozenset[str]) -> _Rows:
    """The entries of the streams, and those beside them: the heads, the export, the erasures that took their words."""
    touching = {erasure for (stream, _, _), erasure in erased_words(driver).items() if stream in streams}
    erasures = [
        (index, body)
        for index, body in sealing.leaves_of_kind(driver, "privacy", "erased", size)
        if str(decode(body).get("erasure")) in touching
    ]
    beside = (
        *sealing.leaves_of_kind(driver, "log", "heads", size, last=True),
        *sealing.leaves_of_kind(driver, "log", "exported", size, last=True),
        *erasures,
    )
    found = dict((*sealing.leaves_of(driver, streams, size), *beside))
    kept = sealing.nodes(driver)
    return list(_true((index, kept(0, index, index + 1)[0], found[index]) for index in sorted(found)))


def _write_leaves(pack: zipfile.ZipFile, driver: Driver, size: int) -> None:
    kept = sealing.nodes(driver)
    with pack.open("leaves.bin", "w", force_zip64=True) as file:
        for first in range(0, size, _PAGE):
            file.write(b"".join(kept(0, first, min(size, first + _PAGE))))


def _write_proofs(
    pack: zipfile.ZipFile,
    driver: Driver,
    point: Checkpoint,
    numbers: list[int],
    streams: frozenset[str],
    since: Checkpoint | None,
) -> None:
    kept = sealing.nodes(driver)
    with pack.open("proofs.jsonl", "w", force_zip64=True) as file:
        for index in numbers:
            file.write(canonical({"index": index, "path": _path(inclusion(index, point.size, kept))}) + b"\n")
    told = _heads(driver, point.size)
    with pack.open("heads.jsonl", "w", force_zip64=True) as file:
        for at, head in enumerate(told):
            if head.stream in streams:
                one = {"stream": head.stream, "seq": head.seq, "hash": head.hash, "index": at}
                file.write(canonical(one | {"path": _path(path_to(told, at))}) + b"\n")
    if since is not None:
        path = _path(consistency(since.size, point.size, kept))
        pack.writestr("consistency.json", canonical({"size": since.size, "path": path}))


def _heads(driver: Driver, size: int) -> list[Head]:
    """The heads that the newest signed entry of heads is the root of. Raises: LogDamaged."""
    found = sealing.leaves_of_kind(driver, "log", "heads", size, last=True)
    if not found:
        return []
    told = decode(found[-1][1])
    heads = [Head(stream=a, seq=b, hash=c) for a, b, c in sealing.heads_at(driver, told["size"])]
    if heads_root(heads) != told["root"]:
        raise LogDamaged((f"leaf {found[-1][0]}: the heads it tells are no longer those of the entries",))
    return heads


def _write_beside(pack: zipfile.ZipFile, view: View, met: _Met) -> None:
    with pack.open("erased.jsonl", "w", force_zip64=True) as file:
        for (stream, seq, name), erasure in sorted(erased_words(view.driver).items()):
            if erasure in met.erasures:
                told = {"stream": stream, "seq": seq, "name": name, "erasure": erasure}
                file.write(canonical(told) + b"\n")
    for digest in sorted(met.definitions):
        stored = view.definition(digest)
        if stored is not None:
            pack.writestr(f"definitions/{digest}.json", stored.source)
    for version in sorted(met.calendars):
        name, _, digest = version.partition("@")[0], *version.rpartition(":")[1:]
        kept = view.calendar(name, version)
        if kept is not None:
            pack.writestr(f"calendars/{digest}.json", _days_of(kept.source))
    pack.writestr("verify.py", verifier())


def _refuse_overtaken(view: View, met: _Met) -> None:
    """Pass unless words went while the pack was made: it would say that they are missing, and of no erasure.

    Raises: Conflict.
    """
    gone = erased_words(view.driver).items()
    later = {erasure for (stream, _, _), erasure in gone if stream in met.streams} - met.erasures
    told = streams_of_log.history(view.driver, PRIVACY) if later else ()
    if later & {str(decode(one.body).get("erasure")) for one in told if one.kind == "erased"}:
        raise Conflict("words were erased while the pack was made, so it was thrown away; ask for it again")


@lru_cache(maxsize=64)
def _days_of(source: bytes) -> bytes:
    return Calendar.from_values(decode(source)).days_told()


def _path(path: Iterable[bytes]) -> list[str]:
    return [text_of(one) for one in path]
