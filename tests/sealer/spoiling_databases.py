"""The attacks on the database itself, by somebody with all its rights: each takes a copy of the agency and spoils it.

What must be named is said from what was done, before anything looks at it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

from engine.core.audit import chain
from engine.core.sealing.checkpoints import checkpoint_of
from engine.core.sealing.notes import note_of
from engine.core.sealing.tree import leaf_hash, tiles_above
from engine.store import Database
from engine.verify import FORK, TAMPERED
from tests.sealer.lived import MINUTE, Day, Lived
from tests.sealer.spoilt import Spoilt, chained, edited, in_leaf
from tests.store.raw import Raw

__all__ = ["ON_DATABASES"]

Attack = Callable[[Random, Lived, Path], Spoilt]
Row = tuple[int, str, int, bytes]
#: what is said where leaves were made to fit and what was signed does not
_SIGNED = "no longer make the root that was|do not make the root that was signed"


def _entry(stream: str, seq: int) -> str:
    return rf"{stream} entry {seq}\b"


def _end(stream: str) -> str:
    """What is said of a stream or a case whose last entry is another than its row says."""
    return f"{stream.replace('/', '.')}: (?:does not stand where its entries end|has entries but|its head is not)"


def _either(*patterns: str) -> str:
    return "|".join(f"(?:{one})" for one in patterns)


def _put(raw: Raw, stream: str, seq: int, body: bytes, *, columns: bool = True) -> None:
    """Another body for an entry, with the columns beside it if those shall fit."""
    raw.run("UPDATE entry SET body = ? WHERE stream = ? AND seq = ?", body, stream, seq)
    if columns:
        prev = json.loads(body)["prev"]
        raw.run(
            "UPDATE entry SET hash = ?, prev = ? WHERE stream = ? AND seq = ?", chain(body), prev, stream, seq
        )


def _leaves(raw: Raw, rows: Iterable[tuple[str, int, bytes]]) -> None:
    """All leaves anew, and the nodes that are kept over them."""
    raw.run("DELETE FROM leaf")
    raw.run("DELETE FROM tile")
    hashes: list[bytes] = []
    for at, (stream, seq, body) in enumerate(rows):
        hashes.append(leaf_hash(body))
        raw.run("INSERT INTO leaf VALUES (?, ?, ?, ?)", at, stream, seq, hashes[-1])
    for at, node in enumerate(tiles_above(hashes)):
        raw.run("INSERT INTO tile VALUES (1, ?, ?)", at, node)


def edit(rng: Random, lived: Lived, folder: Path) -> Spoilt:
    """A1: bytes alone, with their hash, with the chain after them, or with the leaves as well."""
    day, rows = lived.last.copy(folder), lived.last.told()
    idx, stream, seq, body = rng.choice(rows)
    made, how = edited(rng, body), rng.choice(["bytes", "hash", "chain", "leaf"])
    with day.as_insider() as raw:
        if how in ("bytes", "hash"):
            _put(raw, stream, seq, made, columns=how == "hash")
            return Spoilt(day=day, named=_either(in_leaf(idx), _entry(stream, seq)))
        of_stream = [one for one in rows if one[1] == stream]
        anew = chained([made if one[2] == seq else one[3] for one in of_stream])
        for (at, _, number, before), after in zip(of_stream, anew, strict=True):
            if after != before:
                _put(raw, stream, number, after)
                if how == "leaf":
                    raw.run("UPDATE leaf SET hash = ? WHERE idx = ?", leaf_hash(after), at)
        if how == "chain":
            return Spoilt(day=day, named=in_leaf(idx))
    return Spoilt(day=day, named=_SIGNED)


def delete(rng: Random, lived: Lived, folder: Path) -> Spoilt:
    """A2: the entry, the entry and its leaf, or with all leaves after it moved up."""
    day, rows = lived.last.copy(folder), lived.last.told()
    idx, stream, seq, _ = rng.choice(rows[:-1])
    how = rng.randrange(3)
    with day.as_insider() as raw:
        raw.run("DELETE FROM entry WHERE stream = ? AND seq = ?", stream, seq)
        if how == 1:
            raw.run("DELETE FROM leaf WHERE idx = ?", idx)
        elif how == 2:
            _leaves(raw, [(a, b, c) for at, a, b, c in rows if at != idx])
    after = _entry(stream, seq + 1) + f": expected number {seq}\\b"
    return Spoilt(day=day, named=_either(after, _end(stream)) if how == 2 else in_leaf(idx))


def truncate(rng: Random, lived: Lived, folder: Path) -> Spoilt:
    """A3: the newest entries with everything that tells of them; the sealer's own memory, or theirs who kept a note."""
    day, rows = lived.last.copy(folder), lived.last.told()
    left = rng.randrange(len(rows) - 80, len(rows))
    with day.as_insider() as raw:
        _cut(raw, rows, left)
    if rng.random() < 0.5:
        return Spoilt(day=day, named=rf"\b{len(rows)} leaves were signed, and {left} are here")
    (day.folder / "siklus-log.key.signed").unlink()
    with day.as_insider() as raw:  # ... and nobody remembers: as if nothing had ever been signed
        raw.run("DELETE FROM checkpoint")
    return Spoilt(day=day, named="cut short or put back|two histories", older=lived.kept[-1])


def _cut(raw: Raw, rows: list[Row], left: int) -> None:
    for _, stream, seq, _ in rows[left:]:
        raw.run("DELETE FROM entry WHERE stream = ? AND seq = ?", stream, seq)
        ended = raw.run("SELECT seq, hash FROM entry WHERE stream = ? ORDER BY seq DESC LIMIT 1", stream)
        raw.run("UPDATE stream SET seq = ?, head = ? WHERE name = ?", *(ended or [(0, "0" * 64)])[0], stream)
    raw.run("DELETE FROM leaf WHERE idx >= ?", left)
    raw.run("DELETE FROM tile WHERE (idx + 1) * 256 > ?", left)
    raw.run("DELETE FROM checkpoint WHERE size > ?", left)


def roll_back(rng: Random, lived: Lived, folder: Path) -> Spoilt:
    """A4: the database of an earlier day; the sealer's file of today, or of that day too, and then life goes on."""
    then = rng.choice(lived.days[:-1])
    day, size = then.copy(folder), len(then.told())
    if rng.random() < 0.5:
        shutil.copy(lived.last.folder / "siklus-log.key.signed", day.folder / "siklus-log.key.signed")
        shutil.copy(lived.last.folder / "siklus-log.key", day.folder / "siklus-log.key")
        signed = len(lived.last.told())
        return Spoilt(day=day, named=rf"\b{signed} leaves were signed, and {size} are here")
    _tell(rng, day, rng.randrange(1, 300))
    return Spoilt(day=day, named="cut short or put back|two histories", older=lived.kept[-1])


def _tell(rng: Random, day: Day, count: int) -> None:
    """So many entries, as the engine writes them."""
    with Database(day.url) as database:
        with database.write() as unit:
            for number in range(count):
                unit.append("people", "imported", day.now + number, {"rows": rng.randrange(1, 99)})
        day.sealer(database).seal(day.now + MINUTE)


def reorder(rng: Random, lived: Lived, folder: Path) -> Spoilt:
    """A5: two entries of one stream, the bytes or the order in which they were sealed."""
    day, rows = lived.last.copy(folder), lived.last.told()
    one, other = (rows[at] for at in sorted(rng.sample(range(len(rows)), 2)))
    how = rng.randrange(3)
    with day.as_insider() as raw:
        if how == 0:
            _put(raw, one[1], one[2], other[3], columns=False)
            _put(raw, other[1], other[2], one[3], columns=False)
            return Spoilt(day=day, named=_either(in_leaf(one[0]), _entry(one[1], one[2])))
        raw.run("UPDATE leaf SET stream = 'aside', seq = 0 WHERE idx = ?", one[0])
        raw.run("UPDATE leaf SET stream = ?, seq = ? WHERE idx = ?", one[1], one[2], other[0])
        raw.run("UPDATE leaf SET stream = ?, seq = ? WHERE idx = ?", other[1], other[2], one[0])
        if how == 1:
            return Spoilt(day=day, named=in_leaf(one[0]))
        for at, body in ((one[0], other[3]), (other[0], one[3])):
            raw.run("UPDATE leaf SET hash = ? WHERE idx = ?", leaf_hash(body), at)
    # Within one stream the order shows by itself; between two streams only what was signed does.
    return Spoilt(day=day, named=_either(_SIGNED, "should stand here", in_leaf(one[0])))


def insert(rng: Random, lived: Lived, folder: Path) -> Spoilt:
    """A6: an entry that was never told, at the end of a stream or in its midst, with an instant of long ago."""
    day, rows = lived.last.copy(folder), lived.last.told()
    stream = rng.choice(sorted({one[1] for one in rows}))
    mine = [one for one in rows if one[1] == stream]
    at = rng.randrange(1, len(mine) + 1)
    bodies = [one[3] for one in mine]
    bodies.insert(at, edited(rng, bodies[at - 1]))
    made = chained(bodies)
    with day.as_insider() as raw:
        for number in range(len(made), at, -1):
            raw.run("DELETE FROM entry WHERE stream = ? AND seq = ?", stream, number)
        for number in range(at + 1, len(made) + 1):
            _new(raw, made[number - 1])
        if at < len(mine):
            return Spoilt(day=day, named=_either(in_leaf(mine[at][0]), _entry(stream, at + 1)))
    return Spoilt(day=day, named=_end(stream))


def _new(raw: Raw, body: bytes) -> None:
    told = json.loads(body)
    raw.run(
        "INSERT INTO entry (stream, seq, kind, at, body, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
        told["stream"], told["seq"], told["kind"], 0, body, told["prev"], chain(body),
    )  # fmt: skip


def drop(rng: Random, lived: Lived, folder: Path) -> Spoilt:
    """A7: a case with all its rows; also its leaves; or with all leaves after them moved up."""
    day, rows = lived.last.copy(folder), lived.last.told()
    stream = rng.choice(sorted({one[1] for one in rows if one[1].startswith("case/")}))
    mine = [at for at, name, _, _ in rows if name == stream]
    first = mine[0]
    how = rng.randrange(3)
    with day.as_insider() as raw:
        raw.run("DELETE FROM entry WHERE stream = ?", stream)
        for table, column in (("cases", "id"), ("task", "case_id"), ("content", "case_id")):
            raw.run(f"DELETE FROM {table} WHERE {column} = ?", stream.removeprefix("case/"))
        if how == 1:
            raw.run("DELETE FROM leaf WHERE stream = ?", stream)
        elif how == 2:
            _leaves(raw, [(a, b, c) for _, a, b, c in rows if a != stream])
    return Spoilt(day=day, named=in_leaf(len(rows) - len(mine) if how == 2 else first))


def rewrite(rng: Random, lived: Lived, folder: Path) -> Spoilt:
    """A8: the operator writes all streams, leaves and checkpoints anew and has the log's own key sign them."""
    day, rows = lived.last.copy(folder), lived.last.told()
    kept = rng.randrange(len(lived.kept))
    at = rng.randrange(checkpoint_of(note_of(lived.kept[kept])).size)
    bodies = [one[3] for one in rows]
    bodies[at] = edited(rng, bodies[at])
    _forge(
        day, [(stream, seq, body) for (_, stream, seq, _), body in zip(rows, chained(bodies), strict=True)]
    )
    return Spoilt(day=day, named="two histories", codes=(FORK,), older=lived.kept[kept])


def _forge(day: Day, rows: list[tuple[str, int, bytes]]) -> None:
    with day.as_insider() as raw:
        for stream, seq, body in rows:
            _put(raw, stream, seq, body)
        _leaves(raw, rows)
        raw.run("DELETE FROM checkpoint")
        for name, seq in raw.run("SELECT name, seq FROM stream WHERE seq > 0"):
            raw.run(
                "UPDATE stream SET head = (SELECT hash FROM entry WHERE stream = ? AND seq = ?) WHERE name = ?",
                name, seq, name,
            )  # fmt: skip
    (day.folder / "siklus-log.key.signed").unlink()


def split_view(rng: Random, lived: Lived, folder: Path) -> Spoilt:
    """A9: two copies of one day go on, each with its own entries, both sealed; a reader of one keeps a note."""
    then = rng.choice(lived.days)
    day, other = then.copy(folder), then.copy(folder.with_name(f"{folder.name}-other"))
    _tell(rng, other, rng.randrange(1, 20))
    _tell(rng, day, rng.randrange(20, 40))
    return Spoilt(day=day, named="two histories", codes=(FORK,), older=str(other.note()).encode())


def bypass(rng: Random, lived: Lived, folder: Path) -> Spoilt:
    """A11: a state, a holder of the case or a word is changed and nothing is told. Guards refused it before."""
    day = lived.last.copy(folder)
    with day.as_insider() as raw:
        how = rng.randrange(4)
        table = "content" if how == 3 else "cases"
        rows = raw.run(f"SELECT * FROM {table}")
        row = rng.choice(sorted(rows, key=repr))
        if how == 3:
            raw.run(
                "UPDATE content SET value = ? WHERE case_id = ? AND form = ? AND seq = ?",
                bytes(row[3]).replace(b"a", b"e", 1) + b" ", *row[:3],
            )  # fmt: skip
            return Spoilt(
                day=day, named=_entry(f"case/{row[0]}", row[2]) + ".* is not what the entry commits to"
            )
        change = ("state = 'closed_early'", "version = version + 1", "seq = seq + 1")[how]
        raw.run(f"UPDATE cases SET {change} WHERE id = ?", row[0])
    return Spoilt(day=day, named=f"case {row[0]}: (?:its columns differ|does not stand where)")


def before_the_seal(rng: Random, lived: Lived, folder: Path) -> Spoilt:
    """A12: of entries that were told and not sealed yet one is taken away."""
    day = lived.last.copy(folder)
    count = rng.randrange(3, 30)
    with Database(day.url) as database, database.write() as unit:
        made = [
            unit.append("people", "imported", day.now + at, {"rows": rng.randrange(1, 99)})
            for at in range(count)
        ]
    gone = rng.choice(made)
    with day.as_insider() as raw:
        raw.run("DELETE FROM entry WHERE stream = 'people' AND seq = ?", gone.seq)
        if gone is made[-1]:
            return Spoilt(day=day, named="stream people: its head is not its last entry")
    return Spoilt(day=day, named=_entry("people", gone.seq + 1) + f": expected number {gone.seq}\\b")


def swap_table(rng: Random, lived: Lived, folder: Path) -> Spoilt:
    """A13: the table of entries is put aside, and another stands under its name, with one entry less or changed."""
    day, rows = lived.last.copy(folder), lived.last.told()
    idx, stream, seq, body = rng.choice(rows)
    with day.as_insider() as raw:
        raw.run("ALTER TABLE entry RENAME TO entry_before")
        raw.run("CREATE TABLE entry AS SELECT * FROM entry_before")
        if rng.random() < 0.5:
            raw.run("DELETE FROM entry WHERE stream = ? AND seq = ?", stream, seq)
        else:
            _put(raw, stream, seq, edited(rng, body))
    return Spoilt(day=day, named=in_leaf(idx))


def cover(rng: Random, lived: Lived, folder: Path) -> Spoilt:
    """A14: words are gone; nobody says why, or an erasure that was never approved, or one that took others."""
    day = lived.last.copy(folder)
    with day.as_insider() as raw:
        case, form, seq = rng.choice(sorted(raw.run("SELECT case_id, form, seq FROM content WHERE seq > 0")))
        raw.run("DELETE FROM content WHERE case_id = ? AND form = ? AND seq = ?", case, form, seq)
        how = rng.randrange(3)
        if how == 0:
            said = (
                _entry(f"case/{case}", seq) + f": {form or 'reason'} is missing, and no erasure tells of it"
            )
            return Spoilt(day=day, named=said)
        erasure = "e-1" if how == 1 else f"e-{rng.randrange(2, 99)}"
        raw.run("INSERT INTO erased VALUES (?, ?, ?, ?)", f"case/{case}", seq, form or "reason", erasure)
    said = "the list of what it took is not the one" if how == 1 else "no entry tells that it was carried out"
    return Spoilt(day=day, named=f"erasure {erasure}: {said}", codes=(TAMPERED,))


ON_DATABASES: dict[str, Attack] = {
    "A1": edit,
    "A2": delete,
    "A3": truncate,
    "A4": roll_back,
    "A5": reorder,
    "A6": insert,
    "A7": drop,
    "A8": rewrite,
    "A9": split_view,
    "A11": bypass,
    "A12": before_the_seal,
    "A13": swap_table,
    "A14": cover,
}
