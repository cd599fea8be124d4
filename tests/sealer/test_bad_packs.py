"""Packs made to mislead whoever unpacks them: each gets a verdict, none is VERIFIED, and nothing is a traceback."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from engine import verify
from engine.verify import INCOMPLETE, TAMPERED, UNUSABLE, VERIFIED, WITH_ERASURES
from tests.sealer.lived import Lived
from tests.sealer.packs import Files, opened

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
HONEST = (VERIFIED, WITH_ERASURES)
Spoil = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def pack(lived: Lived) -> bytes:
    """A small honest pack, without the verifier in it."""
    return zipped({name: data for name, data in lived.part.items() if name != "verify.py"})


def zipped(files: Files, **options: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, **options) as zip_file:
        for name, data in files.items():
            zip_file.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def judged(data: bytes, lived: Lived, folder: Path, older: bytes | None = None) -> verify.Verdict:
    path = folder / "bad.zip"
    path.write_bytes(data)
    return verify.verify(str(path), lived.policy, older)


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


_SPOILT: dict[str, Spoil] = {
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


def test_before_it_is_spoilt_it_verifies(pack: bytes, lived: Lived, tmp_path: Path) -> None:
    """Also with fields that say how large a large file is, and unpacked."""
    assert VERIFIED == judged(pack, lived, tmp_path).code


@pytest.mark.parametrize("spoil", _SPOILT.values(), ids=_SPOILT)
def test_a_misleading_pack_is_unusable(spoil: Spoil, pack: bytes, lived: Lived, tmp_path: Path) -> None:
    """Whatever one program would see and another would not."""
    spoilt = spoil(pack)
    assert spoilt != pack

    assert UNUSABLE == judged(spoilt, lived, tmp_path).code


def test_a_crowd_of_files_is_refused(lived: Lived, tmp_path: Path) -> None:
    """Each may be there by its name; so many are in no pack."""
    crowd = {f"definitions/{number:064x}.json": b"{}" for number in range(20_000)}

    assert UNUSABLE == judged(zipped(dict(lived.part) | crowd), lived, tmp_path).code


@pytest.mark.parametrize("size", [3 << 20, 12 << 20])
def test_a_bomb_is_refused_before_it_is_unpacked(size: int, lived: Lived, tmp_path: Path) -> None:
    """A file that unpacks to a thousand times its size, alone or as a line without an end."""
    for name in ("entries.jsonl", "manifest.json", "words.jsonl"):
        assert UNUSABLE == judged(zipped(dict(lived.part) | {name: b"0" * size}), lived, tmp_path).code


def spoilt_bytes(rng: Random, data: bytes) -> bytes:
    """Some bytes are others, gone, there twice, or moved."""
    made = bytearray(data)
    for _ in range(rng.choice([1, 1, 1, 2, 4, 16])):
        at, length = rng.randrange(len(made) or 1), rng.choice([1, 1, 2, 4, 30, 200])
        change = rng.randrange(5)
        if change == 0:
            made[at : at + 1] = bytes([rng.randrange(256)])
        elif change == 1:
            made[at : at + length] = rng.randbytes(length)
        elif change == 2:
            del made[at : at + length]
        elif change == 3:
            made[at:at] = made[at : at + length]
        else:
            other = rng.randrange(len(made) or 1)
            made[at : at + length] = made[other : other + length]
    return bytes(made)


def fuzzed(numbers: range, pack: bytes, lived: Lived, folder: Path) -> list[int]:
    """Those of so many spoilt packs that got no verdict, or a good one though their files are others."""
    bad = []
    headers = [at for at in range(len(pack)) if pack[at : at + 4] in (LOCAL, CENTRAL, END)]
    for number in numbers:
        rng = Random(f"fuzz/{number}")
        if number % 3:
            spoilt = spoilt_bytes(rng, pack)
        else:  # near the headers, where a zip is most easily misread
            at = rng.choice(headers)
            spoilt = pack[:at] + spoilt_bytes(rng, pack[at : at + 60]) + pack[at + 60 :]
        verdict = judged(spoilt, lived, folder)
        if verdict.code in HONEST:
            good = opened(folder / "bad.zip") == opened(_honest(pack, folder))
        else:
            good = verdict.code in range(UNUSABLE + 1) and bool(verdict.reasons)
        if not good:
            bad.append(number)
    return bad


def _honest(pack: bytes, folder: Path) -> Path:
    path = folder / "honest.zip"
    path.write_bytes(pack)
    return path


def test_spoilt_bytes_get_a_verdict(pack: bytes, lived: Lived, tmp_path: Path) -> None:
    """Two hundred seeded ones: never a traceback, and verified only where every file is what it was."""
    assert [] == fuzzed(range(200), pack, lived, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("share", range(4))
def test_ten_thousand_spoilt_packs_get_a_verdict(
    share: int, pack: bytes, lived: Lived, tmp_path: Path
) -> None:
    """The same, ten thousand times."""
    assert [] == fuzzed(range(share * 2_500, share * 2_500 + 2_500), pack, lived, tmp_path)


def test_spoilt_policies_and_checkpoints_get_a_verdict(pack: bytes, lived: Lived, tmp_path: Path) -> None:
    """What the auditor gives may be damaged too."""
    path = _honest(pack, tmp_path)
    for number in range(150):
        rng = Random(f"given/{number}")
        policy = spoilt_bytes(rng, lived.strict)
        older = spoilt_bytes(rng, lived.kept[0])
        codes = {
            verify.verify(str(path), policy, None).code,
            verify.verify(str(path), lived.policy, older).code,
        }
        assert codes <= {*HONEST, INCOMPLETE, TAMPERED, UNUSABLE}
