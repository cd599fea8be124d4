"""Known answers for what reads zips: headers in both forms, and files that end too early, too late or too large."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from engine import verify
from engine.verify import UnusableError

__all__ = ["ANSWERS_ON_ZIPS"]

#: a block of a deflated stream in which nothing is, and that is not the last
_EMPTY_BLOCK = b"\x00\x00\x00\xff\xff"


def _refused(work: Callable[[], object]) -> bool:
    try:
        work()
    except (UnusableError, zlib.error):
        return True
    return False


def _info(**other: object) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo("checkpoint", (2026, 7, 31, 13, 45, 58))
    made.header_offset, made.CRC, made.compress_size, made.file_size = 0, 0xA1B2C3D4, 77, 99
    made.compress_type = zipfile.ZIP_DEFLATED
    for name, value in other.items():
        setattr(made, name, value)
    return made


def _plain() -> bool:
    """The directory says of a file its name and its measures, in one of two forms, and nothing more."""
    sizes, start = struct.pack("<HHQQ", 1, 16, 99, 77), struct.pack("<HHQ", 1, 8, 5)
    good = (b"", sizes, start, struct.pack("<HHQQQ", 1, 24, 99, 77, 5))
    hiding = (
        b"\x02" + sizes[1:], b"\x01\x01" + sizes[2:], sizes + b"x", sizes[:-1], struct.pack("<HHQQ", 1, 16, 77, 99),
        struct.pack("<HHQ", 1, 8, 6), struct.pack("<HHQQQ", 1, 24, 99, 77, 6), struct.pack("<HHQQQ", 1, 24, 5, 99, 77),
        sizes + start, struct.pack("<HH", 1, 6) + b"hidden", struct.pack("<HH", 1, 0), b"\x01",
    )  # fmt: skip
    bad: list[dict[str, object]] = [{"flag_bits": 2048}, {"comment": b"x"}, {"orig_filename": "other"}]
    bad += [{"extra": one} for one in hiding]
    return all(verify._is_plain(_info(header_offset=5, extra=one)) for one in good) and not any(
        verify._is_plain(_info(header_offset=5, **one)) for one in bad
    )


def _headers() -> bool:
    """Two versions, sizes there or beside the name; a size too large for its place stands as the largest number."""
    date, time = 46 << 9 | 7 << 5 | 31, 13 << 11 | 45 << 5 | 29

    def told(version: int, packed: int, size: int, beside: int) -> bytes:
        measures = struct.pack("<LLLHH", 0xA1B2C3D4, packed, size, 10, beside)
        return b"PK\x03\x04" + struct.pack("<5H", version, 0, 8, time, date) + measures + b"checkpoint"

    most = 2**32 - 1
    return verify._headers(_info()) == {
        told(20, 77, 99, 0), told(45, 77, 99, 0), told(20, most, most, 20), told(45, most, most, 20),
    } and verify._headers(_info(compress_size=most + 1, file_size=most + 1)) == {
        told(20, most, most, 0), told(45, most, most, 0), told(20, most, most, 20), told(45, most, most, 20),
    }  # fmt: skip


def _before() -> bool:
    """Sizes beside a name before a file are those of the directory, and make the way to the file longer."""

    def length(beside: bytes) -> int:
        header = b"???" + bytes(28) + struct.pack("<H", len(beside)) + b"checkpoint" + beside + b"file"
        return verify._local_length(io.BytesIO(header), _info(header_offset=3))

    right = struct.pack("<HHQQ", 1, 16, 99, 77)
    wrong = (
        struct.pack("<HHQQ", 1, 16, 77, 99),
        struct.pack("<HHQQ", 1, 17, 99, 77),
        struct.pack("<HHQQ", 2, 16, 99, 77),
        right + b"x",
        right[:-1],
    )
    return (length(b""), length(right)) == (40, 60) and all(_refused(partial(length, one)) for one in wrong)


def _ends() -> bool:
    """Both forms of what stands after a directory; numbers that are too large stand as the largest in the first."""

    def ends(count: int, length: int, start: int, told: tuple[int, int, int]) -> tuple[bytes, bytes]:
        few, short, near = told
        end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, few, few, short, near, 0)
        large = b"PK\x06\x06" + struct.pack("<QHHLLQQQQ", 44, 45, 45, 0, 0, count, count, length, start)
        return end, large + b"PK\x06\x07" + struct.pack("<LQL", 0, start + length, 1) + end

    most = 2**32 - 1
    return verify._ends_of(3, 200, 5000) == ends(3, 200, 5000, (3, 200, 5000)) and verify._ends_of(
        70_000, most + 2, most + 3
    ) == ends(70_000, most + 2, most + 3, (65_535, most, most))


def _inside(
    packed: bytes, data: bytes, counts: tuple[int, ...], *, how: int = zipfile.ZIP_DEFLATED, **other: object
) -> tuple[list[bytes], bool]:
    """What is read of a file, so many bytes at a time, and whether it is known to have ended. Raises: UnusableError."""
    info = _info(compress_type=how, compress_size=len(packed), file_size=len(data), CRC=zlib.crc32(data))
    for name, value in other.items():
        setattr(info, name, value)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "it"
        path.write_bytes(bytes(30) + b"checkpoint" + packed + b"what follows")
        with verify._Member(str(path), info) as file:
            found = [file.read(count) for count in counts]
        if not file._raw.closed:
            raise AssertionError(path)
        return found, file.ended


def _deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def _stored_block(data: bytes) -> bytes:
    """The last block of a stream, with its bytes as they are."""
    return b"\x01" + struct.pack("<HH", len(data), len(data) ^ 0xFFFF) + data


def _members() -> bool:
    """Files are read as they are, however much is asked for at once, and their end is known when it is reached."""
    long, zeros = bytes(range(250)) * 800, bytes(100_000)
    stored = zipfile.ZIP_STORED
    early = _stored_block(b"early")
    slow = _EMPTY_BLOCK * 14_000 + _stored_block(b"late")
    # All of it comes with the first 65,536 bytes that are read, and its end with the next.
    full = b"\x00" + _stored_block(bytes(65_531))[1:] + _stored_block(b"")
    return (
        _inside(long, long, (100_000, 100_000), how=stored) == ([long[:100_000], long[100_000:]], True)
        and _inside(long, long, (1 << 16,) * 4, how=stored)
        == ([long[at : at + (1 << 16)] for at in range(0, 200_000, 1 << 16)], True)
        and _inside(long, long, (199_999,), how=stored) == ([long[:-1]], False)
        and _inside(b"", b"", (5,), how=stored) == ([b""], True)
        and _inside(_deflated(zeros), zeros, (7,) * 14_286) == ([bytes(7)] * 14_285 + [bytes(5)], True)
        and _inside(_deflated(zeros), zeros, (100_000, 1)) == ([zeros, b""], True)
        and _inside(slow, b"late", (4, 1)) == ([b"late", b""], True)
        and _inside(full, bytes(65_531), (65_531, 1)) == ([bytes(65_531), b""], True)
        and _inside(b"\x00" + early[1:] + _stored_block(b""), b"early", (5, 1)) == ([b"early", b""], True)
        and all(
            _inside(_deflated(bytes(size)), bytes(size), (1,) * (size + 1))[1]
            for size in (*range(18, 36), *range(260, 300))
        )
    )


def _broken() -> bool:
    """Refused is a file that is cut off, goes on behind its end, is another, or grows beyond its size."""
    data = b"a file" * 40
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    endless = packer.compress(data) + packer.flush(zlib.Z_SYNC_FLUSH)
    whole, one_piece = _deflated(data), _EMPTY_BLOCK * 1000 + _stored_block(bytes(60_531))
    assert len(one_piece) == 1 << 16
    stored = zipfile.ZIP_STORED
    larger = bytes(1_000_000)
    bad: tuple[Callable[[], object], ...] = (
        partial(_inside, endless, data, (500,)), partial(_inside, whole[:-9], data, (500,)),
        partial(_inside, whole + b"x", data, (500,)), partial(_inside, one_piece + b"x", bytes(60_531), (70_000,)),
        partial(_inside, whole, data, (500,), CRC=1), partial(_inside, whole, data, (500,), file_size=len(data) + 1),
        partial(_inside, _deflated(larger), larger, (100,), file_size=10),
        partial(_inside, larger, larger, (100,), how=stored, file_size=10),
        partial(_inside, data, data, (500,), how=stored, CRC=1),
    )  # fmt: skip
    return (
        _inside(one_piece, bytes(60_531), (70_000,))[1] is True
        and _inside(whole, data, (500,)) == ([data], True)
        and all(_refused(one) for one in bad)
    )


def _at_once() -> bool:
    """Of a file no more than 65,536 packed bytes are held at a time."""
    asked: list[int] = []

    class Noting(io.BytesIO):
        def read(self, count: int | None = -1) -> bytes:
            asked.append(-1 if count is None else count)
            return super().read(count)

    data = bytes(200_000)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "it"
        path.write_bytes(bytes(40) + data)
        info = _info(compress_type=0, compress_size=len(data), file_size=len(data), CRC=zlib.crc32(data))
        with verify._Member(str(path), info) as file:
            file._raw.close()
            setattr(file, "_raw", Noting(data))  # noqa: B010 - what is read from is exchanged
            read = file.read(200_000)
    return read == data and asked == [65_536, 65_536, 65_536, 3392]


def _bounds() -> bool:
    """A pack has no more files than any pack has, is not larger than any, and none of its files is a bomb."""
    files = {"manifest.json": b"{}", "checkpoint": b"abc", "words.jsonl": b""}
    before = verify.MOST_FILES, verify.LARGEST_PACK

    def opened(most: int, largest: int, **other: bytes) -> frozenset[str]:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "pack.zip"
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
                for name, data in (files | {"entries.jsonl": other.get("entries", b"")}).items():
                    made.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
            try:
                verify.MOST_FILES, verify.LARGEST_PACK = most, largest
                return verify.Pack(str(path)).names
            finally:
                verify.MOST_FILES, verify.LARGEST_PACK = before

    return (
        opened(4, 5) == {*files, "entries.jsonl"}
        and len(opened(4, 1 << 30, entries=bytes(1 << 20))) == len(files) + 1
        and _refused(lambda: opened(3, 5))
        and _refused(lambda: opened(4, 4))
        and _refused(lambda: opened(4, 1 << 30, entries=bytes((1 << 20) + 1)))
    )


def _small() -> bool:
    """A small file is read whole, up to a bound; one that is not there is refused."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "pack.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
            made.writestr(zipfile.ZipInfo("checkpoint"), b"abc", zipfile.ZIP_DEFLATED)
        pack = verify.Pack(str(path))
        return (
            pack.small("checkpoint", 3) == b"abc"
            and _refused(lambda: pack.small("checkpoint", 2))
            and _refused(lambda: pack.opened("manifest.json"))
        )


ANSWERS_ON_ZIPS: dict[str, Callable[[], bool]] = {
    "plain files": _plain, "headers": _headers, "before a file": _before, "ends": _ends, "members": _members,
    "broken members": _broken, "at once": _at_once, "bounds": _bounds, "small": _small,
}  # fmt: skip
