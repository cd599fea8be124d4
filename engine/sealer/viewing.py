"""Views of a pack's entries for other programs: XES, OCEL 2.0 (JSON and SQLite), a table, nets of the rules, read-mes.

They are worked out from the sealed entries that the pack has, and of no live row. The entry that tells of the export
names each with its hash, so that nobody changes one afterwards; that they say what the entries say is found out by
working them out again from the pack (`differing`).
"""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.core.codec import DecodeError, canonical, decode
from engine.core.csv_writing import write_csv
from engine.core.mining import COLUMNS, nets, ocel_json, row, xes
from engine.core.parse import reopen
from engine.core.sealing.checkpoints import Checkpoint
from engine.core.sealing.strict import HASH, bytes_of, text_of
from engine.errors import DefinitionInvalid, LogDamaged
from engine.sealer.read_me import READ_ME
from engine.sealer.spool import Spool
from engine.store.ocel_file import said_by, write_ocel

__all__ = ["Views", "differing", "views_made"]

_SQLITE = "views/log.ocel.sqlite"
_NETS = "views/nets/"
_CHUNK = 1 << 20
_UNREADABLE = (KeyError, TypeError, ValueError, LogDamaged, OSError, zipfile.BadZipFile, zlib.error)
_MARK = "\ufeff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    """The files as they will stand in the pack, the log they were made of, and whether the table begins with a mark."""

    folder: Path
    names: tuple[str, ...]
    of: Checkpoint
    mark: bool

    def told(self) -> dict[str, object]:
        """What the entry of the export says of them; of the nets, which may be many, one hash over their list."""
        hashes = {name: _digest(self.folder / name) for name in self.names}
        listed = sorted([name, hashes.pop(name)] for name in self.names if name.startswith(_NETS))
        hashes[_NETS] = hashlib.sha256(canonical(listed)).hexdigest()
        of = {"origin": self.of.origin, "size": self.of.size, "root": text_of(self.of.root)}
        return {"views": hashes, "views_of": of, "views_mark": self.mark}


def views_made(
    folder: Path,
    entries: Iterable[tuple[int, bytes]],
    point: Checkpoint,
    definition: Callable[[str], bytes | None],
    *,
    mark: bool = False,
) -> Views:
    """Write every view into a folder. `mark` begins the table with a byte order mark, for spreadsheet programs."""
    (folder / "views" / "nets").mkdir(parents=True)
    beside = folder / "spool"
    try:
        spool = Spool(beside, entries)
    except (DecodeError, KeyError, TypeError) as error:
        raise LogDamaged((f"an entry cannot be read: {error}",)) from None
    root = text_of(point.root)
    _lines(folder / "views/log.xes", xes(point.origin, point.size, root, spool.by_case()))
    with (folder / "views/log.ocel.json").open("wb") as file:
        file.writelines(ocel_json(spool.in_order))
    write_ocel(folder / _SQLITE, spool.in_order)
    with (folder / "views/entries.csv").open("w", encoding="utf-8", newline="") as table:
        table.write(_MARK if mark else "")
        write_csv(table, COLUMNS, map(row, spool.in_order()))
    for digest in sorted(spool.definitions):
        _nets(folder / "views/nets", definition(digest))
    for name, text in READ_ME.items():
        told = text.format(origin=point.origin, size=point.size, root=root)
        (folder / name).write_text(told, encoding="utf-8", newline="\n")
    beside.unlink()
    names = sorted(str(one.relative_to(folder).as_posix()) for one in folder.rglob("*") if one.is_file())
    return Views(folder=folder, names=tuple(names), of=point, mark=mark)


def differing(pack: Path) -> tuple[str, ...]:
    """The views of a pack that are not what its own entries make them; nothing here says that the entries are true.

    Raises: ValueError, for what is no pack with views.
    """
    try:
        with zipfile.ZipFile(pack) as opened, tempfile.TemporaryDirectory(prefix="siklus-views-") as place:
            return tuple(sorted(_differing(opened, Path(place))))
    except _UNREADABLE as error:
        raise ValueError(f"{pack} is no pack whose views can be worked out again: {error}") from None


def _differing(opened: zipfile.ZipFile, place: Path) -> set[str]:
    exported = _exported(opened)
    point = _point_then(exported)
    made = views_made(
        place, _entries(opened, point.size, exported), point, lambda digest: _rules(opened, digest),
        mark=bool(exported["views_mark"]),
    )  # fmt: skip
    there = {name for name in opened.namelist() if name.startswith(("views/", "README."))}
    both = there & set(made.names)
    return (there ^ set(made.names)) | {
        name for name in both if not _same(name, opened.read(name), place / name, place)
    }


def _exported(opened: zipfile.ZipFile) -> dict[str, Any]:
    found: dict[str, Any] | None = None
    with opened.open("entries.jsonl") as file:
        for line in file:
            if b'"kind":"exported"' in line:
                told = decode(line.rstrip(b"\n"))
                found = told if told.get("stream") == "log" else found
    if found is None or "views_of" not in found:
        raise ValueError("no entry of this pack tells of views")
    return found


def _point_then(exported: dict[str, Any]) -> Checkpoint:
    told = exported["views_of"]
    root = bytes_of(told["root"], length=HASH)
    if root is None:
        raise ValueError("the entry of the export names no root")
    return Checkpoint(origin=str(told["origin"]), size=int(told["size"]), root=root)


def _entries(opened: zipfile.ZipFile, size: int, exported: dict[str, Any]) -> Iterator[tuple[int, bytes]]:
    """The entries that views were made of, with their leaves' numbers."""
    streams = exported["streams"] if not exported["whole"] else None
    proofs = opened.open("proofs.jsonl") if streams is not None else None
    with opened.open("entries.jsonl") as file:
        for at, line in enumerate(file):
            leaf = at if proofs is None else int(decode(proofs.readline())["index"])
            body = line.rstrip(b"\n")
            if leaf < size and (streams is None or decode(body)["stream"] in streams):
                yield leaf, body


def _rules(opened: zipfile.ZipFile, digest: str) -> bytes | None:
    name = f"definitions/{digest}.json"
    return opened.read(name) if name in opened.namelist() else None


def _same(name: str, data: bytes, made: Path, place: Path) -> bool:
    if name != _SQLITE:
        return hashlib.sha256(data).hexdigest() == _digest(made)
    # Its bytes hang on the version of SQLite; what it says does not.
    other = place / "other.sqlite"
    other.write_bytes(data)
    return said_by(other) == said_by(made)


def _nets(folder: Path, source: bytes | None) -> None:
    if source is None:
        return
    try:
        definition = reopen(source)
    except DefinitionInvalid:
        return  # rules of a version of the language that is read no longer
    for digest, text in nets(definition).items():
        (folder / f"{digest.replace('#', '.')}.pnml").write_text(text, encoding="utf-8", newline="\n")


def _lines(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)


def _digest(path: Path) -> str:
    hashed = hashlib.sha256()
    with path.open("rb") as file:
        while data := file.read(_CHUNK):
            hashed.update(data)
    return hashed.hexdigest()
