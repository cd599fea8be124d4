"""Evidence packs: honest ones verify without us, spoilt ones are found out, and the first bad entry is named."""

from __future__ import annotations

import hashlib
import hmac
import json
import random
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from engine import verify
from engine.core.audit import commitment
from engine.core.codec import canonical
from engine.core.sealing.checkpoints import Checkpoint, checkpoint_of
from engine.core.sealing.notes import Note
from engine.core.sealing.tree import leaf_hash, root_of
from engine.sealer import Keyring, Memory, latest_note, tell_heads
from engine.sealer.packing import Word, packed
from engine.store import Database
from engine.store.unit import View
from engine.verify import FORK, INCOMPLETE, NAMES, TAMPERED, UNUSABLE, VERIFIED, WITH_ERASURES, Verdict
from tests.sealer.conftest import ORIGIN, House
from tests.sealer.packs import Files, lines, opened, policy_of, put_together, stranger, with_lines, witness
from tests.store.cases import Bench, handing_in

HOUR = 3_600_000_000
Spoil = Callable[[Files], Files]


def _words(view: View, stream: str) -> Iterator[Word]:
    """All words of a case: what may be handed out is decided elsewhere."""
    rows = view.driver.rows(
        f"SELECT form, seq, value, salt FROM content WHERE case_id = '{stream[5:]}' AND seq > 0"
    )
    for form, seq, value, salt in rows:
        yield Word(stream=stream, seq=seq, name=form or "reason", value=bytes(value), salt=bytes(salt))


def _filled(url: str, folder: Path) -> House:
    """Three cases with words, a stream beside them, all sealed, heads told."""
    keyring = Keyring(folder / "siklus-log.key")
    keyring.make(ORIGIN)
    house = House(bench=Bench(Database(url)), keyring=keyring, memory=Memory(folder / "siklus-log.signed"))
    for case in house.bench.cases("c-01", "c-02", "c-03"):
        house.bench.save(handing_in(case))
    house.tell(5)
    house.sealer().seal(0)
    tell_heads(house.bench.db, HOUR)
    house.sealer().seal(HOUR)
    return house


@dataclass(frozen=True)
class Made:
    """A filled house and its packs."""

    house: House
    folder: Path

    def pack(self, *streams: str, since: Checkpoint | None = None) -> Path:
        """A pack of these streams, or of everything."""
        path = self.folder / f"pack-{len(list(self.folder.glob('*.zip')))}.zip"
        packed(self.house.bench.db, path, streams=frozenset(streams) or None, words=_words, since=since)
        return path

    def judge(self, pack: Path | Files, older: bytes | None = None, policy: bytes | None = None) -> Verdict:
        """What the verifier says of a pack, or of files that are made one."""
        path = put_together(pack, self.folder / "spoilt.zip") if isinstance(pack, dict) else pack
        return verify.verify(str(path), policy or policy_of(self.house.keyring), older)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """Made once and only read. Packs come from the same rows on both engines, which are tried elsewhere."""
    folder = tmp_path_factory.mktemp("packs")
    Database.create(str(folder / "siklus.db"), "real").close()
    house = _filled(str(folder / "siklus.db"), folder)
    yield Made(house, folder)
    house.bench.db.close()


@pytest.fixture(scope="module")
def whole(made: Made) -> Files:
    """The files of a pack of everything."""
    return opened(made.pack())


@pytest.fixture(scope="module")
def part(made: Made) -> Files:
    """The files of a pack of one stream."""
    return opened(made.pack("people"))


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Made]:
    """One that a test may write in."""
    Database.create(str(tmp_path / "siklus.db"), "real").close()
    house = _filled(str(tmp_path / "siklus.db"), tmp_path)
    yield Made(house, tmp_path)
    house.bench.db.close()


def said(verdict: Verdict) -> tuple[str, str]:
    return NAMES[verdict.code], "; ".join(verdict.reasons)


def test_an_honest_pack_of_everything_verifies(made: Made) -> None:
    """Every entry and every word is held against the signed root."""
    verdict = made.judge(made.pack())

    assert ("VERIFIED", "") == said(verdict)
    assert (ORIGIN, 6, 0) == (verdict.facts["origin"], verdict.facts["words"], verdict.facts["withheld"])


def test_an_honest_pack_of_some_streams_verifies(made: Made) -> None:
    """A path for each entry, and the heads that show where each stream ends."""
    verdict = made.judge(made.pack("case/c-01", "people"))

    assert ("VERIFIED", "") == said(verdict)
    assert (2, 2) == (verdict.facts["streams"], verdict.facts["words"])


def test_the_verifier_in_the_pack_runs_by_itself(made: Made, whole: Files, tmp_path: Path) -> None:
    """Another directory, an empty environment, no package of anybody's: the file that was handed over."""
    place = tmp_path / "auditor"
    place.mkdir()
    (place / "verify.py").write_bytes(whole["verify.py"])
    (place / "policy.txt").write_bytes(policy_of(made.house.keyring))
    shutil.copy(made.pack(), place / "pack.zip")
    asked = [sys.executable, "-I", "-S", "verify.py", "pack.zip", "--policy", "policy.txt"]
    plain = subprocess.run(asked, cwd=place, env={}, capture_output=True, text=True, check=False)
    told = subprocess.run([*asked, "--json"], cwd=place, env={}, capture_output=True, text=True, check=False)

    assert (0, "") == (plain.returncode, plain.stderr)
    assert "VERIFIED" == plain.stdout.split("\n")[0]
    assert ("VERIFIED", 0, []) == tuple(
        json.loads(told.stdout)[one] for one in ("verdict", "code", "reasons")
    )


def test_without_a_policy_nothing_is_verified(made: Made) -> None:
    """The keys in a pack are nobody's word but its own."""
    assert INCOMPLETE == verify.verify(str(made.pack()), None, None).code


def test_witnesses_that_are_asked_for_must_have_signed(made: Made, whole: Files) -> None:
    """Counted by key: one key under two names is no quorum."""
    one, two = witness("w1.example"), witness("w2.example")
    policy = policy_of(made.house.keyring, one, two, quorum="both").replace(
        b"quorum", b"group both all w1 w2\nquorum"
    )
    files = whole
    note = latest_note(made.house.bench.db)
    assert note is not None
    point = checkpoint_of(note)
    single = files | {"checkpoint": str(one.signed(note, point, 1_700_000_000)).encode()}
    double = single | {
        "checkpoint": str(two.signed(one.signed(note, point, 1_700_000_000), point, 7)).encode()
    }
    twice = single | {"checkpoint": str(one.signed(one.signed(note, point, 5), point, 6)).encode()}

    assert [INCOMPLETE, INCOMPLETE, VERIFIED, INCOMPLETE] == [
        made.judge(each, policy=policy).code for each in (files, single, double, twice)
    ]


def _edit(files: Files) -> Files:
    changed = lines(files)
    changed[3] = changed[3].replace(b'"v":1', b'"v":2')
    return with_lines(files, changed)


def _swap(files: Files) -> Files:
    changed = lines(files)
    changed[3], changed[4] = changed[4], changed[3]
    return with_lines(files, changed)


def _slip_in(files: Files) -> Files:
    changed = lines(files)
    return with_lines(files, [*changed[:3], changed[3].replace(b'"v":1', b'"v":2'), *changed[3:]])


def _sealed_anew(files: Files, change: Callable[[list[bytes]], list[bytes]]) -> Files:
    """Also the list of hashes is made to fit."""
    changed = change(lines(files))
    return with_lines(files, changed) | {"leaves.bin": b"".join(map(leaf_hash, changed))}


def _of_words(files: Files, old: bytes, new: bytes) -> Files:
    changed = [one.replace(old, new) for one in lines(files, "words.jsonl")]
    return with_lines(files, changed, "words.jsonl")


_OF_THE_WHOLE: list[tuple[str, Spoil, str]] = [
    ("edited", _edit, "leaf 3 "),
    ("removed", lambda files: with_lines(files, lines(files)[:3] + lines(files)[4:]), "leaf 3 "),
    ("the first removed", lambda files: with_lines(files, lines(files)[1:]), "leaf 0 "),
    ("cut short", lambda files: with_lines(files, lines(files)[:-2]), "and all after it are missing"),
    ("reordered", _swap, "leaf 3 "),
    ("slipped in", _slip_in, "leaf 3 "),
    ("added", lambda files: with_lines(files, [*lines(files), lines(files)[0]]), "here are more"),
    ("edited, hashes too", lambda files: _sealed_anew(files, lambda all_: all_[1:]),
     "leaf 3"),
    ("cut short, hashes too", lambda files: _sealed_anew(files, lambda all_: all_[:-1]), "do not make the root"),
    ("a hash less", lambda files: files | {"leaves.bin": files["leaves.bin"][:-32]}, "there is no leaf"),
    ("a word changed", lambda files: _of_words(files, b"plan 1", b"plan 2"), "is not what the entry commits to"),
    ("a word of nobody", lambda files: _of_words(files, b'"plan"', b'"other"'), "no entry commits to it"),
    ("erased by nobody", lambda files: with_lines(
        files, [canonical({"stream": "case/c-01", "seq": 2, "name": "plan", "erasure": "er-1"})], "erased.jsonl"),
     "was erased by er-1 and is in the pack"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("spoil", "where"), [one[1:] for one in _OF_THE_WHOLE], ids=[one[0] for one in _OF_THE_WHOLE]
)
def test_a_spoilt_pack_of_everything_is_found_out(made: Made, whole: Files, spoil: Spoil, where: str) -> None:
    """Each with the first entry that is bad, where an entry is."""
    verdict = made.judge(spoil(whole))

    assert "TAMPERED" == said(verdict)[0]
    assert where in said(verdict)[1]


def test_an_erasure_nobody_told_of_is_no_erasure(made: Made, whole: Files) -> None:
    """Words that are left out with a list of our own making."""
    files = whole
    gone = [canonical({"stream": "case/c-01", "seq": 2, "name": "plan", "erasure": "er-1"})]
    kept = [one for one in lines(files, "words.jsonl") if b"c-01" not in one or b'"plan"' not in one]

    verdict = made.judge(with_lines(with_lines(files, gone, "erased.jsonl"), kept, "words.jsonl"))
    assert "TAMPERED" == said(verdict)[0]
    assert "no entry tells of it" in said(verdict)[1]


def test_words_that_were_erased_by_order_are_a_verdict_of_their_own(own: Made) -> None:
    """The log verifies, and says what is gone and by which order."""
    word = ["case/c-01", 2, "plan"]
    digest = hashlib.sha256(canonical([word])).hexdigest()
    database = own.house.bench.db
    with database.write() as unit:
        unit.append(
            "privacy", "erased", 5 * HOUR, {"erasure": "er-1", "words": {"digest": digest, "count": 1}}
        )
        unit.driver.run(
            "INSERT INTO erased (stream, seq, name, erasure) VALUES ('case/c-01', 2, 'plan', 'er-1')"
        )
        unit.driver.run("DELETE FROM content WHERE case_id = 'c-01' AND form = 'plan' AND seq = 2")
    own.house.sealer().seal(6 * HOUR)

    for made in (own.pack(), own.pack("case/c-01")):
        verdict = own.judge(made)
        assert (NAMES[WITH_ERASURES], "1 word(s) erased by er-1, as the log tells") == said(verdict)
    longer = with_lines(
        opened(own.pack()),
        [*lines(opened(own.pack()), "erased.jsonl"),
         canonical({"stream": "case/c-02", "seq": 2, "name": "plan", "erasure": "er-1"})],
        "erased.jsonl",
    )  # fmt: skip
    fewer = [one for one in lines(longer, "words.jsonl") if b"c-02" not in one or b'"plan"' not in one]
    assert "not the one it commits to" in said(own.judge(with_lines(longer, fewer, "words.jsonl")))[1]


@pytest.mark.parametrize("left_out", [1, 2])
def test_a_part_that_hides_its_newest_entries_is_found_out(made: Made, part: Files, left_out: int) -> None:
    """Each entry is in the log, none is missing in between: only the heads know that there were more."""
    files = part
    entries, proofs = lines(files), lines(files, "proofs.jsonl")
    mine = [at for at, one in enumerate(entries) if b'"stream":"people"' in one][-left_out:]
    stay = [at for at in range(len(entries)) if at not in mine]
    shorter = with_lines(
        with_lines(files, [entries[at] for at in stay]), [proofs[at] for at in stay], "proofs.jsonl"
    )

    verdict = made.judge(shorter)
    assert "TAMPERED" == said(verdict)[0]
    assert "the log had 5 of them" in said(verdict)[1]


def test_a_part_without_heads_is_incomplete(made: Made, part: Files) -> None:
    """Nothing wrong is seen, and the end could be hidden."""
    files = part
    entries, proofs = lines(files), lines(files, "proofs.jsonl")
    stay = [at for at, one in enumerate(entries) if b'"kind":"heads"' not in one]
    bare = with_lines(
        with_lines(files, [entries[at] for at in stay]), [proofs[at] for at in stay], "proofs.jsonl"
    )

    assert INCOMPLETE == made.judge(bare).code
    assert INCOMPLETE == made.judge(files | {"heads.jsonl": b""}).code


_OF_A_PART: list[tuple[str, Spoil, str]] = [
    ("edited", _edit, "is not in the log"),
    ("reordered", _swap, "is not in the log"),
    ("a proof less", lambda files: with_lines(files, lines(files, "proofs.jsonl")[:-1], "proofs.jsonl"),
     "has no proof"),
    ("an entry less", lambda files: with_lines(files, lines(files)[:-1]), "whose entry is missing"),
    ("an entry of others", lambda files: files | {
        "manifest.json": files["manifest.json"].replace(b'"people"', b'"settings"')}, "manifest does not say so"),
    ("another end", lambda files: with_lines(
        files, [one.replace(b'"seq":5', b'"seq":4') for one in lines(files, "heads.jsonl")], "heads.jsonl"),
     "its end is not"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("spoil", "where"), [one[1:] for one in _OF_A_PART], ids=[one[0] for one in _OF_A_PART]
)
def test_a_spoilt_part_is_found_out(made: Made, part: Files, spoil: Spoil, where: str) -> None:
    """Without the rest of the log."""
    verdict = made.judge(spoil(part))

    assert "TAMPERED" == said(verdict)[0]
    assert where in said(verdict)[1]


def _resigned(
    filled: House, files: Files, change: Callable[[list[bytes]], list[bytes]], *, own_key: bool
) -> Files:
    """A whole history written anew, chains, hashes and root, and signed."""
    bodies, heads = [], {}
    for body in change(lines(files)):
        told = json.loads(body)
        seq, prev = heads.get(told["stream"], (0, "0" * 64))
        told |= {"seq": seq + 1, "prev": prev}
        made = canonical(told)
        heads[told["stream"]] = (seq + 1, hashlib.sha256(b"\x02" + made).hexdigest())
        bodies.append(made)
    hashes = [leaf_hash(one) for one in bodies]
    key = filled.keyring.signers()[0]
    signer = key if own_key else stranger(key.public)
    point = Checkpoint(origin=ORIGIN, size=len(hashes), root=root_of(hashes))
    note = signer.signed(Note(text=point.text, signatures=()), point, 0)
    return with_lines(files, bodies) | {"leaves.bin": b"".join(hashes), "checkpoint": str(note).encode()}


def test_a_history_signed_with_another_key_is_found_out(made: Made, whole: Files) -> None:
    """The key in the pack has the right name; the policy knows the right key."""
    forged = _resigned(made.house, whole, lambda bodies: bodies[:-2], own_key=False)

    assert ("TAMPERED", "the checkpoint is not signed by the log that the policy trusts") == said(
        made.judge(forged)
    )


def test_a_history_written_anew_by_whoever_has_the_key_is_found_by_a_kept_checkpoint(
    made: Made, whole: Files
) -> None:
    """Nothing inside can tell; whoever kept an older checkpoint can: cut short, or two histories."""
    files = whole
    older = files["checkpoint"]
    shorter = _resigned(made.house, files, lambda bodies: bodies[:-2], own_key=True)
    other = _resigned(
        made.house, files, lambda bodies: [bodies[0].replace(b'"v":1', b'"v":3'), *bodies[1:]], own_key=True
    )
    # words of a first entry that changed no longer fit either way, so they are left out
    bare = {"words.jsonl": b""}

    assert VERIFIED == made.judge(shorter | bare).code
    assert ("TAMPERED", "cut short or put back") == (said(made.judge(shorter | bare, older))[0], said(
        made.judge(shorter | bare, older))[1].split(": ")[-1])  # fmt: skip
    assert FORK == made.judge(other | bare, older).code


def test_a_kept_checkpoint_is_the_beginning_of_an_honest_pack(own: Made) -> None:
    """Whole and part; a part needs the proof that was made for this checkpoint."""
    older = latest_note(own.house.bench.db)
    assert older is not None
    own.house.tell(3, at=HOUR)
    own.house.sealer().seal(9 * HOUR)
    kept = str(older).encode()

    assert VERIFIED == own.judge(own.pack(), kept).code
    assert INCOMPLETE == own.judge(own.pack("people"), kept).code
    assert VERIFIED == own.judge(own.pack("people", since=checkpoint_of(older)), kept).code
    forked = _resigned(own.house, opened(own.pack()), lambda bodies: [*bodies[1:], bodies[0]], own_key=True)
    assert FORK == own.judge(forked | {"words.jsonl": b""}, kept).code


def _zip(path: Path, *entries: tuple[zipfile.ZipInfo | str, bytes], how: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", how) as made:
        for name, data in entries:
            made.writestr(name, data)
    return path


def _link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("manifest.json")
    info.external_attr = 0o120777 << 16
    return info


@pytest.mark.parametrize(
    "entries",
    [
        [("../manifest.json", b"{}")],
        [("/manifest.json", b"{}")],
        [("a\\b", b"{}")],
        [(_link(), b"/etc/passwd")],
        [("manifest.json", b"{}"), ("checkpoint", b"x")],
        [("manifest.json", b'{"v":1,"v":1}')],
        [("manifest.json", b'{"v":1.0,"whole":true}')],
        [("manifest.json", b"[" * 100_000)],
        [("manifest.json", b'{"v":1,"whole":true,"x":' + b"[" * 60 + b"]" * 60 + b"}")],
        [("entries.jsonl", b"\0" * 30_000_000)],
        [],
    ],
    ids=[
        "parent", "absolute", "backslash", "link", "too little", "twice", "fraction", "deep", "deeper", "bomb", "empty",
    ],
)  # fmt: skip
def test_what_is_no_pack_is_unusable(
    tmp_path: Path, entries: list[tuple[zipfile.ZipInfo | str, bytes]]
) -> None:
    """A verdict, never a traceback."""
    assert UNUSABLE == verify.verify(str(_zip(tmp_path / "bad.zip", *entries)), None, None).code


def test_a_cut_or_unreadable_file_is_unusable(made: Made, tmp_path: Path) -> None:
    """At any place; and a file that is no zip, or not there."""
    data = made.pack().read_bytes()
    rng = random.Random(5)
    codes = set()
    for _ in range(40):
        (tmp_path / "cut.zip").write_bytes(data[: rng.randrange(len(data))])
        codes.add(verify.verify(str(tmp_path / "cut.zip"), None, None).code)
    codes.add(verify.verify(str(tmp_path / "nowhere.zip"), None, None).code)

    assert {UNUSABLE} == codes


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\n1", b"\n\xef\xbc\x91"),
        (b"=\n\n", b"\n\n"),
        (b"=\n\n", b"==\n\n"),
        (b"\n\n", b"\nextension\n\n"),
        (b"\n\n", b"\n"),
        ("\u2014".encode(), b"-"),
    ],
)
def test_a_checkpoint_in_other_words_is_unusable(made: Made, whole: Files, old: bytes, new: bytes) -> None:
    """Foreign digits, other spellings of base64, lines that nobody signs."""
    files = whole

    assert made.judge(files | {"checkpoint": files["checkpoint"].replace(old, new, 1)}).code == UNUSABLE


def test_any_byte_that_changes_is_found_out(made: Made, whole: Files) -> None:
    """Sixty seeded changes of single bytes, in whatever file of a pack: never verified, never a traceback."""
    rng = random.Random(2026)
    two = opened(made.pack("case/c-01", "people"))
    for turn in range(60):
        files = whole if turn % 2 else two
        name = rng.choice(
            ["entries.jsonl", "checkpoint", "leaves.bin" if turn % 2 else "proofs.jsonl", "words.jsonl"]
        )
        data = bytearray(files[name])
        at = rng.randrange(len(data))
        data[at] ^= 1 << rng.randrange(8)
        verdict = made.judge(files | {name: bytes(data)})
        assert verdict.code in (TAMPERED, UNUSABLE, INCOMPLETE), (name, at)


def test_commitments_are_those_of_the_engine() -> None:
    """A known answer for the one rule that both have written down."""
    salt = bytes(range(32))
    assert commitment("plan", b'"a"', salt) == (hmac.new(salt, b"plan\x00" + b'"a"', "sha256").hexdigest())
