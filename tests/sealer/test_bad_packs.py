"""Packs made to mislead whoever unpacks them: each gets a verdict, none is VERIFIED, and nothing is a traceback."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from engine import verify
from engine.verify import INCOMPLETE, TAMPERED, UNUSABLE, VERIFIED, WITH_ERASURES
from tests.sealer.lived import Lived
from tests.sealer.packs import opened
from tests.sealer.spoiling_zips import CENTRAL, END, LOCAL, SPOILT_ZIPS, Spoil, zipped

HONEST = (VERIFIED, WITH_ERASURES)


@pytest.fixture(scope="module")
def pack(lived: Lived) -> bytes:
    """A small honest pack, without the verifier in it."""
    return zipped({name: data for name, data in lived.part.items() if name != "verify.py"})


def judged(data: bytes, lived: Lived, folder: Path, older: bytes | None = None) -> verify.Verdict:
    path = folder / "bad.zip"
    path.write_bytes(data)
    return verify.verify(str(path), lived.policy, older)


def test_before_it_is_spoilt_it_verifies(pack: bytes, lived: Lived, tmp_path: Path) -> None:
    """Also with fields that say how large a large file is, and unpacked."""
    assert VERIFIED == judged(pack, lived, tmp_path).code


@pytest.mark.parametrize("spoil", SPOILT_ZIPS.values(), ids=SPOILT_ZIPS)
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
