"""Known answers for opened packs: the form for large files, the kinds of files, what nobody has read; and one log."""

from __future__ import annotations

import struct
import zipfile
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from engine import verify
from engine.verify import UnusableError

__all__ = ["ANSWERS_ON_OPENING"]

_MOST = 2**32 - 1


def _said(work: Callable[[], object]) -> str:
    """Why it is refused; "" if it is not."""
    try:
        work()
    except UnusableError as error:
        return str(error)
    return ""


@contextmanager
def _on_disk(data: bytes) -> Iterator[str]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "pack.zip"
        path.write_bytes(data)
        yield str(path)


def _large(
    files: dict[str, bytes],
    *,
    behind: bytes = b"",
    between: bytes = b"",
    said: dict[str, int] | None = None,
    absent: str = "",
) -> bytes:
    """A zip in the form for large files: sizes beside the names, and a directory whose end is told twice.

    What is said of the size of a file may be a lie, and one file may be in the directory alone.
    """
    data, directory, at = b"", b"", 0
    for name, content in files.items():
        spelt, size = name.encode(), (said or {}).get(name, len(content))
        fixed = struct.pack("<4H3L", 0, 0, 0, 1 << 5 | 1, zlib.crc32(content), _MOST, _MOST)
        beside = struct.pack("<HHQQ", 1, 16, size, size)
        before = struct.pack("<4sH", b"PK\x03\x04", 45) + fixed
        before += struct.pack("<2H", len(spelt), len(beside)) + spelt + beside
        near = min(at, _MOST)
        if near == _MOST:
            beside = struct.pack("<HHQQQ", 1, 24, size, size, at)
        directory += struct.pack("<4s2H", b"PK\x01\x02", 45, 45) + fixed
        directory += struct.pack("<5H2L", len(spelt), len(beside), 0, 0, 0, 0, near) + spelt + beside
        data += b"" if name == absent else before + content
        at += len(before) + size
    count, length, start = len(files), len(directory), len(data) + len(between)
    end = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, length, start)
    end += struct.pack("<4sLQL", b"PK\x06\x07", 0, start + length, 1)
    end += struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, length, start, 0)
    return data + between + directory + end + behind


def _in_large_form() -> bool:
    """A pack in it is read like any other, and has nothing between its files and its directory or behind that."""
    files = {"checkpoint": b"abc", "words.jsonl": b"more\n"}
    with _on_disk(_large(files)) as path:
        pack = verify.Pack(path)
        read = {name: pack.small(name) for name in sorted(pack.names)}
    beyond = {"checkpoint": 1 << 63}
    hiding = (
        _large(files, behind=b"x"), _large(files, between=b"x"), _large(files, absent="words.jsonl"),
        _large(files, said=beyond), _large(files, said={"words.jsonl": (1 << 64) - 1}),
        _large({"checkpoint": b"abc"}, said=beyond), _large({"checkpoint": b"abc"}, said={"checkpoint": (1 << 64) - 1}),
    )  # fmt: skip
    for one in hiding:
        with _on_disk(one) as path:
            if (
                _said(partial(verify.Pack, path))
                != "something stands in the pack that its directory does not name"
            ):
                return False
    return read == files


def _packed(mode: int, data: bytes = b"abc") -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.zip"
        with zipfile.ZipFile(path, "w") as made:
            one = zipfile.ZipInfo("checkpoint")
            one.external_attr = mode << 16
            made.writestr(one, data, zipfile.ZIP_DEFLATED)
        return path.read_bytes()


def _kinds() -> bool:
    """Files are plain ones, whatever may be done with them; no folders, links or pipes."""

    def said(mode: int) -> str:
        with _on_disk(_packed(mode)) as path:
            return _said(lambda: verify.Pack(path))

    odd = (0o040755, 0o120777, 0o010644, 0o060644, 0o140777)
    return [said(mode) for mode in (0, 0o644, 0o100644, 0o100755, 0o100777)] == [""] * 5 and all(
        "does not belong" in said(mode) for mode in odd
    )


def _dense() -> bool:
    """A file above a mebibyte, packed in half of its size, is no bomb."""
    with _on_disk(_packed(0, Random(2).randbytes(600_000).hex().encode())) as path:
        return verify.Pack(path).names == {"checkpoint"}


def _too_large() -> bool:
    """Of a file that is too large one byte more than it may have is read: enough to say so, before its end is seen."""
    whole = bytearray(_large({"checkpoint": b"sixsix"}))
    whole[whole.index(b"sixsix")] ^= 1
    with _on_disk(bytes(whole)) as path:
        pack = verify.Pack(path)
        return [_said(partial(pack.small, "checkpoint", most)) for most in (4, 6)] == [
            "checkpoint is larger than 4 bytes",
            "the pack is damaged: checkpoint is not what its directory says",
        ]


def _left() -> bool:
    """What was not read to its end is read at last, and what was is not read again."""
    whole = bytearray(_large({"checkpoint": b"abc", "words.jsonl": b"more\n"}))
    whole[whole.index(b"more\n")] ^= 1
    asked: list[str] = []
    with _on_disk(bytes(whole)) as path:
        pack = verify.Pack(path)
        pack.small("checkpoint")
        with pack.opened("words.jsonl") as file:
            pack._read(file, 1)
        opened = pack.opened

        def noting(name: str) -> verify._Member:
            asked.append(name)
            return opened(name)

        setattr(pack, "opened", noting)  # noqa: B010 - a method is exchanged
        return "words.jsonl is not what" in _said(pack.rest) and asked == ["words.jsonl"]


def _follows() -> bool:
    """A piece is taken over if it begins after the one before it ended."""
    point = verify.Checkpoint("log.example", 99, bytes(32), "", ())
    with _on_disk(b"PK\x05\x06" + bytes(18)) as path, verify.Hands(1) as hands:
        log = verify.Log(verify.Pack(path), point, None, verify.Verdict(), hands, trusted=True)

        def takes(first: int, last: int) -> bool:
            return log._takes(verify.Found(1, {}, [], set(), [], (first, last)))

        met = [takes(*one) for one in ((0, 3), (3, 9), (2, 9), (0, 3), (4, 9), (9, 12), (10, 10))]
        return met == [True, False, False, False, True, False, True] and log.count == 3


def _too_deep() -> bool:
    """Where there is too little room to read a pack, that is the verdict."""
    kept = verify.Pack
    found = []
    for error in (MemoryError, RecursionError):

        def opened(_path: str, error: type[Exception] = error) -> verify.Pack:
            raise error

        setattr(verify, "Pack", opened)  # noqa: B010 - a class is exchanged
        try:
            read = verify.verify("it", None, None)
            found.append((read.code, read.reasons))
        finally:
            setattr(verify, "Pack", kept)  # noqa: B010
    return found == [(verify.UNUSABLE, ["the pack is too large or too deep to be read here"])] * 2


def _whose() -> bool:
    """A word says in a text and a number whose it is."""
    told = {"stream": "case/a", "seq": 1, "name": "n", "value": "v", "salt": b64encode(bytes(32)).decode()}
    others: tuple[dict[str, object], ...] = ({"stream": 5}, {"seq": True}, {"name": None})
    return all(
        "whose it is" in _said(partial(verify.word_of, verify.canonical({**told, **one}))) for one in others
    )


ANSWERS_ON_OPENING: dict[str, Callable[[], bool]] = {
    "large form": _in_large_form, "kinds": _kinds, "dense": _dense, "too large": _too_large, "left": _left,
    "follows": _follows, "too deep": _too_deep, "whose": _whose,
}  # fmt: skip
