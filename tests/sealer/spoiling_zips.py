"""Zips that say one thing to one program and another to the next: each way takes an honest pack's bytes."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

from tests.sealer.packs import Files

__all__ = ["CENTRAL", "END", "LOCAL", "SPOILT_ZIPS", "Spoil", "zipped"]

#: what headers begin with: before a file, in the directory, after it
LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
Spoil = Callable[[bytes], bytes]


def zipped(files: Files, **options: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, **options) as zip_file:
        for name, data in files.items():
            zip_file.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def put(data: bytes, at: int, form: str, *values: int) -> bytes:
    """Other numbers at a place."""
    return data[:at] + struct.pack(form, *values) + data[at + struct.calcsize(form) :]


def named(data: bytes, mark: bytes, name: bytes) -> int:
    """Where the header of a file begins."""
    names = 30 if mark == LOCAL else 46
    at = -1
    while (at := data.index(mark, at + 1)) >= 0:
        if data[at + names : at + names + len(name)] == name:
            return at
    raise AssertionError(name)


def central(name: str, offset: int, form: str, value: int) -> Spoil:
    """Another number in the directory's entry of a file."""
    return lambda data: put(data, named(data, CENTRAL, name.encode()) + offset, form, value)


def local(name: str, offset: int, form: str, value: int) -> Spoil:
    """Another number in the header that stands before a file."""
    return lambda data: put(data, named(data, LOCAL, name.encode()) + offset, form, value)


def renamed(old: bytes, new: bytes, mark: bytes) -> Spoil:
    """Another name of the same length, in one of the two places."""

    def spoil(data: bytes) -> bytes:
        at = named(data, mark, old) + (30 if mark == LOCAL else 46)
        return data[:at] + new + data[at + len(new) :]

    return spoil


def with_extra(data: bytes) -> bytes:
    """A field beside the name of a file, in which some programs find another name for it."""
    at = named(data, CENTRAL, b"checkpoint")
    extra = struct.pack("<HH", 0x7075, 14) + b"\x01" + bytes(4) + b"other.txt"
    end = at + 46 + len(b"checkpoint")
    return _grown(put(data[:end] + extra + data[end:], at + 30, "<H", len(extra)), len(extra))


def with_comment(data: bytes) -> bytes:
    """Words about a file that only the directory has."""
    at = named(data, CENTRAL, b"checkpoint")
    end = at + 46 + len(b"checkpoint")
    return _grown(put(data[:end] + b"all is well" + data[end:], at + 32, "<H", 11), 11)


def _grown(data: bytes, by: int) -> bytes:
    """The directory is longer by so much."""
    end = data.rindex(END)
    (size,) = struct.unpack_from("<I", data, end + 12)
    return put(data, end + 12, "<I", size + by)


def overlapping(data: bytes) -> bytes:
    """Two entries of the directory that are about one file."""
    (place,) = struct.unpack_from("<I", data, named(data, CENTRAL, b"proofs.jsonl") + 42)
    return put(data, named(data, CENTRAL, b"heads.jsonl") + 42, "<I", place)


def nul(data: bytes) -> bytes:
    """A name that ends for one reader where it goes on for another."""
    return data.replace(b"checkpoint", b"checkpoin\x00")


SPOILT_ZIPS: dict[str, Spoil] = {
    "locked": central("entries.jsonl", 8, "<H", 1),
    "locked before the file": local("entries.jsonl", 6, "<H", 1),
    "packed in an unusual way": central("entries.jsonl", 10, "<H", 12),
    "packed in another way before the file": local("entries.jsonl", 8, "<H", 0),
    "a method nobody knows": central("entries.jsonl", 10, "<H", 99),
    "larger than it says": central("entries.jsonl", 24, "<I", 100),
    "smaller than it says": central("entries.jsonl", 24, "<I", 900_000),
    "larger before the file": local("entries.jsonl", 22, "<I", 77),
    "shorter packed than it is": central("heads.jsonl", 20, "<I", 9),
    "longer packed than it is": central("heads.jsonl", 20, "<I", 1 << 30),
    "packed otherwise before the file": local("heads.jsonl", 18, "<I", 9),
    "another sum": central("entries.jsonl", 16, "<I", 1),
    "another sum before the file": local("entries.jsonl", 14, "<I", 1),
    "another name before the file": renamed(b"checkpoint", b"checkpoinT", LOCAL),
    "another name of what nobody reads": renamed(b"definitions/", b"definitionz/", LOCAL),
    "another name in the directory": renamed(b"checkpoint", b"checkpoinT", CENTRAL),
    "a name twice": renamed(b"words.jsonl", b"heads.jsonl", CENTRAL),
    "a path upwards": renamed(b"heads.jsonl", b"../../a.txt", CENTRAL),
    "a path from the root": renamed(b"heads.jsonl", b"/etc/passwd", CENTRAL),
    "a path with a drive": renamed(b"heads.jsonl", b"C:\\a\\b.json", CENTRAL),
    "a name with a NUL": nul,
    "a link": central("heads.jsonl", 38, "<I", 0o120777 << 16),
    "a folder": central("heads.jsonl", 38, "<I", 0o040777 << 16),
    "a device": central("heads.jsonl", 38, "<I", 0o020777 << 16),
    "on another disk": lambda data: put(data, data.rindex(END) + 4, "<H", 1),
    "more files than it has": lambda data: put(data, data.rindex(END) + 8, "<HH", 99, 99),
    "the directory elsewhere": lambda data: put(data, data.rindex(END) + 16, "<I", 7),
    "a comment of the pack": lambda data: put(data, data.rindex(END) + 20, "<H", 5) + b"hello",
    "a comment of a file": with_comment,
    "a field beside a name": with_extra,
    "files over one another": overlapping,
    "in front": lambda data: b"MZ" + data,
    "twice": lambda data: data + data,
    "nothing": lambda _data: b"",
    "the end alone": lambda data: data[data.rindex(END) :],
    "a pack in a pack": lambda data: zipped({"pack.zip": data}),
    "a pack for a manifest": lambda data: zipped({"manifest.json": data, "checkpoint": data}),
}
