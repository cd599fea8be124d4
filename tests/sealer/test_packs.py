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
from engine.core.sealing.notes import Note, note_of
from engine.core.sealing.strict import text_of
from engine.core.sealing.tree import inclusion, leaf_hash, root_of
from engine.sealer import Keyring, Memory, export, latest_note
from engine.store import Database, sealing
from engine.verify import FORK, INCOMPLETE, NAMES, TAMPERED, UNUSABLE, VERIFIED, WITH_ERASURES, Verdict
from tests.sealer.conftest import ORIGIN, House
from tests.sealer.packs import Files, lines, opened, policy_of, put_together, stranger, with_lines, witness
from tests.store.cases import MONDAY, Bench, handing_in

HOUR = 3_600_000_000
Spoil = Callable[[Files], Files]


def _filled(url: str, folder: Path) -> House:
    """Three cases with words, a stream beside them, all sealed, heads told."""
    keyring = Keyring(folder / "siklus-log.key")
    keyring.make(ORIGIN)
    house = House(bench=Bench(Database(url)), keyring=keyring, memory=Memory(folder / "siklus-log.signed"))
    for case in house.bench.cases("c-01", "c-02", "c-03"):
        house.bench.save(handing_in(case))
    house.tell(5)
    house.sealer().seal(0)
    return house


@dataclass(frozen=True)
class Made:
    """A filled house and its packs."""

    house: House
    folder: Path

    def pack(self, *streams: str, since: Checkpoint | None = None) -> Path:
        """A pack of these streams, or of everything."""
        path = self.folder / f"pack-{len(list(self.folder.glob('*.zip')))}.zip"
        house = self.house
        export(
            house.bench.db, house.sealer(), path, HOUR, streams=frozenset(streams) or None, with_words=True,
            actor="operator", since=since,
        )  # fmt: skip
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


@pytest.fixture(scope="module")
def case(made: Made) -> Files:
    """The files of a pack of a case and of what was published."""
    return opened(made.pack("case/c-01", "definitions"))


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
    assert (2, 2) == (verdict.facts["in streams"], verdict.facts["words"])


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
    note = note_of(files["checkpoint"])
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
    ("a word of nobody", lambda files: _of_words(files, b'"plan"', b'"other"'), "does not commit to it"),
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


def _erase(made: Made) -> None:
    """One word goes by order."""
    digest = hashlib.sha256(canonical([["case/c-01", 2, "plan"]])).hexdigest()
    with made.house.bench.db.write() as unit:
        unit.append("privacy", "erased", MONDAY, {"erasure": "er-1", "words": {"digest": digest, "count": 1}})
        unit.driver.run(
            "INSERT INTO erased (stream, seq, name, erasure) VALUES ('case/c-01', 2, 'plan', 'er-1')"
        )
        unit.driver.run("DELETE FROM content WHERE case_id = 'c-01' AND form = 'plan' AND seq = 2")


def test_words_that_were_erased_by_order_are_a_verdict_of_their_own(own: Made) -> None:
    """The log verifies, and says what is gone and by which order."""
    _erase(own)
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
    bodies: list[bytes] = []
    heads: dict[str, tuple[int, str]] = {}
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
    manifest = json.loads(files["manifest.json"]) | {"size": len(hashes)}
    return with_lines(files, bodies) | {
        "manifest.json": canonical(manifest),
        "leaves.bin": b"".join(hashes),
        "checkpoint": str(note).encode(),
    }


def test_a_history_signed_with_another_key_is_found_out(made: Made, whole: Files) -> None:
    """The key in the pack has the right name; the policy knows the right key."""
    forged = _resigned(made.house, whole, lambda bodies: bodies[1:], own_key=False)

    assert ("TAMPERED", "the checkpoint is not signed by the log that the policy trusts") == said(
        made.judge(forged)
    )


def test_a_history_written_anew_by_whoever_has_the_key_is_found_by_a_kept_checkpoint(
    made: Made, whole: Files
) -> None:
    """Nothing inside can tell; whoever kept an older checkpoint can: cut short, or two histories."""
    older = whole["checkpoint"]
    last = max(at for at, one in enumerate(lines(whole)) if b'"stream":"people"' in one)
    shorter = _resigned(made.house, whole, lambda all_: [*all_[:last], *all_[last + 1 :]], own_key=True)
    other = _resigned(
        made.house, whole, lambda all_: [all_[0].replace(b'"v":1', b'"v":3'), *all_[1:]], own_key=True
    )

    assert VERIFIED == made.judge(other).code
    assert FORK == made.judge(other, older).code
    assert "TAMPERED" == said(made.judge(shorter, older))[0]
    assert "cut short or put back" in said(made.judge(shorter, older))[1]
    assert INCOMPLETE == verify.verify(str(put_together(other, made.folder / "x.zip")), None, older).code


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
        (b"\n", b"\n\xef\xbc\x91"),
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


def _old_heads(made: Made) -> Files:
    """A pack of the newest checkpoint with the ends of an hour before: what came since is left out."""
    early = opened(made.pack("people"))
    index = next(json.loads(one)["index"] for one in lines(early, "proofs.jsonl")[-1:])
    made.house.tell(3, at=HOUR)
    late = opened(made.pack("people"))
    with made.house.bench.db.read() as view:
        nodes, size = sealing.nodes(view.driver), json.loads(late["manifest.json"])["size"]
        told = sealing.leaves_of_kind(view.driver, "log", "exported", size, last=True)
        pairs = zip(lines(early, "proofs.jsonl"), lines(early), strict=True)
        rows = {json.loads(one)["index"]: body for one, body in pairs if b'"kind":"exported"' not in body}
        rows |= dict(told)
        paths = [
            canonical({"index": at, "path": [text_of(step) for step in inclusion(at, size, nodes)]})
            for at in sorted(rows)
        ]
    assert index in rows
    files = late | {"heads.jsonl": early["heads.jsonl"]}
    return with_lines(with_lines(files, [rows[at] for at in sorted(rows)]), paths, "proofs.jsonl")


def test_the_ends_of_yesterday_are_not_those_of_today(own: Made) -> None:
    """Every path is right, and the heads are the log's own; only they are not the last thing before the signature."""
    verdict = own.judge(_old_heads(own))

    assert "INCOMPLETE" == said(verdict)[0]
    assert "ends are shown up to leaf" in said(verdict)[1]


def _leave_out_a_word(files: Files) -> Files:
    return with_lines(files, lines(files, "words.jsonl")[1:], "words.jsonl")


def test_a_word_that_is_left_out_is_missed(whole: Files, made: Made) -> None:
    """The export said that words were handed out; one that was not erased must be among them."""
    verdict = made.judge(_leave_out_a_word(whole))

    assert "INCOMPLETE" == said(verdict)[0]
    assert "neither there nor erased, the first leaf" in said(verdict)[1]


def test_an_erasure_whose_list_is_left_out_is_missed(own: Made) -> None:
    """The log tells of it: nothing may look as if nothing had been erased."""
    _erase(own)
    files = opened(own.pack()) | {"erased.jsonl": b""}

    assert "INCOMPLETE" == said(own.judge(files))[0]
    assert "does not list what it took" in said(own.judge(files))[1]


def _manifest(files: Files, **other: object) -> Files:
    return files | {"manifest.json": canonical(json.loads(files["manifest.json"]) | other)}


@pytest.mark.parametrize(
    ("spoil", "verdict"),
    [
        (lambda files: _manifest(files, streams=["case/c-02", "definitions"]), "TAMPERED"),
        (lambda files: _manifest(files, streams=[]), "UNUSABLE"),
        (lambda files: _manifest(files, words=False), "TAMPERED"),
        (lambda files: _manifest(files, size=3), "UNUSABLE"),
        (lambda files: _manifest(files, more=1), "UNUSABLE"),
        (lambda files: files | {"manifest.json": files["manifest.json"] + b" "}, "UNUSABLE"),
        (lambda files: files | {"READ-ME.txt": b"all is well"}, "UNUSABLE"),
        (lambda files: files | {"CHECKPOINT": files["checkpoint"]}, "UNUSABLE"),
        (lambda files: with_lines(files, [one[:-1] + b',"x":1}' for one in lines(files, "words.jsonl")], "words.jsonl"),
         "UNUSABLE"),
        (lambda files: files | {f"definitions/{'0' * 64}.json": b"{}"}, "TAMPERED"),
        (lambda files: {name: data for name, data in files.items() if not name.startswith("definitions/")},
         "INCOMPLETE"),
    ],
    ids=[
        "other streams", "no streams", "no words", "another size", "a key more", "a space", "a file more", "a twin",
        "a word with more", "other rules", "no rules",
    ],
)  # fmt: skip
def test_what_a_pack_says_of_itself_is_held_against_the_log(
    made: Made, case: Files, spoil: Spoil, verdict: str
) -> None:
    """Which streams, with words or without, of which size, under which rules; and nothing else stands in it."""
    assert verdict == said(made.judge(spoil(case)))[0]


def test_a_reader_names_what_the_pack_must_be_about(made: Made, tmp_path: Path) -> None:
    """Whoever asked for two cases sees that they got one."""
    pack, policy = made.pack("people", "case/c-01"), policy_of(made.house.keyring)
    codes = [verify.verify(str(pack), policy, None, [one]).code for one in ("case/c-01", "case/c-02")]

    assert [VERIFIED, INCOMPLETE] == codes


def test_bytes_that_no_directory_names_are_refused(made: Made, tmp_path: Path) -> None:
    """In front, between and behind: nothing hides in a pack."""
    data = made.pack("people").read_bytes()
    spoilt = tmp_path / "spoilt.zip"
    codes = []
    for changed in (b"front" + data, data[:40] + data[40:] + b"", data[:-2] + b"\x05\x00hello"):
        spoilt.write_bytes(changed)
        codes.append(verify.verify(str(spoilt), policy_of(made.house.keyring), None).code)

    assert [UNUSABLE, VERIFIED, UNUSABLE] == codes


def test_the_program_never_ends_with_a_verdict_it_did_not_reach(made: Made, tmp_path: Path) -> None:
    """A wrong command, a full disk, a planted module, a name that moves the cursor: 5, or the true verdict."""
    place = tmp_path / "here"
    place.mkdir()
    (place / "verify.py").write_bytes(Path(verify.__file__).read_bytes())
    (place / "policy.txt").write_bytes(policy_of(made.house.keyring))
    bad = with_lines(opened(made.pack("people")), [b'{"stream":"\\u001b[2J\xe6\x9c\xba"}'])
    put_together(bad, place / "bad.zip")
    for name in ("hmac.py", "json.py", "zipfile.py"):
        (place / name).write_text("raise SystemExit(0)")
    asked = [sys.executable, "verify.py", "bad.zip", "--policy", "policy.txt"]
    cp1252 = {"PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(asked, cwd=place, env=cp1252, capture_output=True, check=False)
    with Path("/dev/full").open("wb") as full:
        disk = subprocess.run(asked, cwd=place, env={}, stdout=full, stderr=subprocess.PIPE, check=False)
    wrong = subprocess.run([*asked, "--nonsense"], cwd=place, env={}, capture_output=True, check=False)

    assert (TAMPERED, False) == (done.returncode, b"\x1b" in done.stdout)
    assert (UNUSABLE, UNUSABLE) == (disk.returncode, wrong.returncode)
