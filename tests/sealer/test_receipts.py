"""A receipt outlives what it is for: an entry that was promised and then removed is caught by whoever kept it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import verify
from engine.core.audit import Entry
from engine.core.sealing.notes import ED25519, Note, Signature, note_of
from engine.core.sealing.receipts import Receipt, is_promised, receipt_name, receipt_of
from engine.errors import NoteUnreadable
from engine.keys import Keys, sign, verifies
from engine.sealer import export
from engine.sealer.receipts import Receipts
from engine.signing_keys import SigningKey
from engine.store import streams
from tests.sealer.conftest import ORIGIN, House
from tests.sealer.packs import policy_of
from tests.store.raw import Raw

SECOND = 1_000_000
NOON = 1_767_225_600 * SECOND
HOUR = 3_600 * SECOND
KEY = SigningKey.made(receipt_name(ORIGIN), ED25519)
TOLD = Receipt(log=ORIGIN, stream="case/c-01", seq=17, hash="ab" * 32, at="2026-01-31T16:00:00.000000Z")


def signed(told: Receipt, key: SigningKey = KEY) -> str:
    """The note of a receipt."""
    value = sign(ED25519, key.seed, told.text.encode())
    line = Signature(name=key.public.name, id=key.public.id, value=value)
    return str(Note(text=told.text, signatures=(line,)))


@dataclass(slots=True)
class Watch:
    at: int = NOON

    def now(self) -> int:
        return self.at


@pytest.fixture
def receipts(house: House, tmp_path: Path) -> Receipts:
    keys = Keys(tmp_path / "siklus.key")
    keys.make()
    with house.bench.db.write() as unit:
        unit.put_meta("log_origin", ORIGIN)
    return Receipts(house.bench.db, keys, Watch())


def _newest(house: House, stream: str = "people") -> Entry:
    with house.bench.db.read() as view:
        return streams.latest(view.driver, stream, limit=1)[0]


Judged = Callable[[str], verify.Verdict]


@pytest.fixture
def judged(house: House, receipts: Receipts, tmp_path: Path) -> Judged:
    """The verdict on a pack of everything that is handed out an hour later, with a receipt."""

    def judge(receipt: str, *, at: int = NOON + HOUR, stream: str = "") -> verify.Verdict:
        pack = tmp_path / "pack.zip"
        about = frozenset({stream}) if stream else None
        export(house.bench.db, house.sealer(), pack, at, streams=about, with_words=False, actor="operator")
        key = receipts.key()
        policy = policy_of(house.keyring).replace(b"quorum", f"log {key}\nquorum".encode())
        return verify.verify(str(pack), policy, None, (), [receipt.encode()])

    return judge


def test_what_was_promised_is_found_in_the_pack(house: House, receipts: Receipts, judged: Judged) -> None:
    """The last entry of an act stands for those before it; nothing promised, nothing given."""
    house.tell(3)
    receipt = receipts.of([_newest(house)])
    told, note = receipt_of(receipt.encode())
    verdict = judged(receipt)

    assert ("people", 3, ORIGIN) == (told.stream, told.seq, told.log)
    assert receipts.is_ours(told, note)
    assert (verify.VERIFIED, 1) == (verdict.code, verdict.facts["receipts held"])
    assert "" == receipts.of([])


def _take_out(raw: Raw, last: Entry) -> None:
    """The newest entry of the people, with every trace of it that the database has."""
    raw.drop_guards()
    raw.run("DELETE FROM entry WHERE stream = 'people' AND seq = 3")
    raw.run("UPDATE stream SET seq = 2, head = ? WHERE name = 'people'", last.prev)


def test_an_entry_removed_before_it_was_sealed_is_caught_by_its_receipt(
    house: House, receipts: Receipts, judged: Judged, raw: Raw
) -> None:
    """The last of its stream, taken out with every trace in the database: nothing else shows it."""
    house.tell(3)
    last = _newest(house)
    receipt = receipts.of([last])
    _take_out(raw, last)
    told, _ = receipt_of(receipt.encode())

    assert () == house.sealer().seal(NOON).problems
    assert not receipts.kept(told).held
    verdict = judged(receipt)
    assert verify.TAMPERED == verdict.code
    assert "people entry 3 was promised" in verdict.reasons[-1]


def test_an_entry_exchanged_before_it_was_sealed_is_caught_by_its_receipt(
    house: House, receipts: Receipts, judged: Judged, raw: Raw
) -> None:
    """Another one in its place, well chained: the receipt has the hash of the first."""
    house.tell(3)
    last = _newest(house)
    receipt = receipts.of([last])
    _take_out(raw, last)
    house.tell(1, at=7)

    verdict = judged(receipt)
    assert verify.TAMPERED == verdict.code
    assert "is not what was promised" in verdict.reasons[-1]


@pytest.mark.parametrize("kind", ["sqlite"])
def test_what_cannot_be_told_is_said_to_be_missing(
    house: House, receipts: Receipts, judged: Judged, kind: str
) -> None:
    """An older pack, one about something else, a policy without the key, no policy: each INCOMPLETE, none an alarm."""
    house.tell(3)
    house.tell(1, "settings")
    receipt = receipts.of([replace(_newest(house), seq=9)])
    for verdict, said in (
        (judged(receipt, at=NOON + 60 * SECOND), "too old to hold"),
        (judged(receipt, stream="settings"), "not about people"),
    ):
        assert verify.INCOMPLETE == verdict.code
        assert said in verdict.reasons[-1]
    pack = str(house.keyring.path.parent / "pack.zip")
    for policy, said in (
        (policy_of(house.keyring), "names no key"),
        (None, "nobody says whether the receipt"),
    ):
        verdict = verify.verify(pack, policy, None, (), [receipt.encode()])
        assert verify.INCOMPLETE == verdict.code
        assert said in verdict.reasons[-1]


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_receipt_that_nobody_gave_proves_nothing(
    house: House, receipts: Receipts, judged: Judged, kind: str
) -> None:
    """Forged, or signed by the key of the log itself: UNUSABLE, so that nobody can accuse by making one."""
    house.tell(1)
    for key in (SigningKey.made(receipt_name(ORIGIN), ED25519), house.keyring.signers()[0]):
        verdict = judged(signed(replace(TOLD, stream="people", seq=7), key))
        assert verify.UNUSABLE == verdict.code
        assert "not signed by the key" in verdict.reasons[-1]


@pytest.mark.parametrize("kind", ["sqlite"])
def test_the_key_of_receipts_signs_no_checkpoint(
    house: House, receipts: Receipts, tmp_path: Path, kind: str
) -> None:
    """Whoever serves has it: an older checkpoint under it is not one of the log's, and makes no FORK."""
    house.tell(2)
    pack = tmp_path / "pack.zip"
    export(house.bench.db, house.sealer(), pack, NOON, streams=None, with_words=False, actor="operator")
    key = receipts._key()
    assert key is not None
    policy = policy_of(house.keyring).replace(b"quorum", f"log {key.public}\nquorum".encode())
    point = house.points()[-1]
    forged = replace(point, root=bytes(32))
    older = key.signed(Note(text=forged.text, signatures=()), forged, 0)

    assert verify.UNUSABLE == verify.verify(str(pack), policy, str(older).encode()).code


def test_without_a_name_or_a_secret_nothing_is_promised(house: House, tmp_path: Path) -> None:
    """Before the first seal there is no log to promise anything of; without the key file nobody to sign."""
    house.tell(1)
    keys = Keys(tmp_path / "none.key")
    nameless = Receipts(house.bench.db, keys, Watch())
    keys.make()
    assert ("", None) == (nameless.of([_newest(house)]), nameless.key())
    with house.bench.db.write() as unit:
        unit.put_meta("log_origin", ORIGIN)
    assert "" != nameless.of([_newest(house)])
    keys.path.unlink()
    assert "" == Receipts(house.bench.db, Keys(keys.path), Watch()).of([_newest(house)])


def test_of_a_log_that_began_again_the_key_is_another(house: House, receipts: Receipts) -> None:
    """One policy may name both."""
    before = receipts.key()
    with house.bench.db.write() as unit:
        unit.put_meta("log_origin", "agency.example/appraisal-2")
    after = receipts.key()

    assert before is not None
    assert after is not None
    assert before.key != after.key
    with pytest.raises(NoteUnreadable, match="another name"):
        receipts.kept(TOLD)


@pytest.mark.parametrize(
    ("change", "into"),
    [
        ("receipt v1", "receipt v2"),
        ("case/c-01 17", "case/c-01 017"),
        ("case/c-01 17", "case/c-01 \uff11\uff17"),
        ("case/c-01 17", "case/c-01 0"),
        ("case/c-01 17", "case/c-01  17"),
        ("ab" * 32, "AB" * 32),
        ("ab" * 32, "ab" * 31),
        ("16:00:00.000000Z", "16:00:00Z"),
        ("16:00:00.000000Z", "16:00:00.000000+07:00"),
        ("log ", "log\t"),
        ("\nat ", "\nmore\nat "),
        (f"log {ORIGIN}\n", ""),
    ],
)
def test_a_receipt_is_written_in_one_way(change: str, into: str) -> None:
    """By the reader here and by the verifier."""
    text = signed(TOLD).replace(change, into)
    with pytest.raises(NoteUnreadable):
        receipt_of(text.encode())
    with pytest.raises(verify.UnusableError):
        verify.receipt_of(text.encode())


@given(st.integers(0, len(signed(TOLD)) - 1), st.integers(1, 127))
def test_no_letter_of_a_receipt_can_be_changed(where: int, by: int) -> None:
    """Each change makes it unreadable or unsigned, for both readers."""
    data = bytearray(signed(TOLD).encode())
    data[where] ^= by
    try:
        told, note = receipt_of(bytes(data))
        assert not is_promised(told, note, KEY.public, verifies)
    except NoteUnreadable:
        pass
    try:
        read = verify.receipt_of(bytes(data))
        assert not read.is_by(verify.Key(KEY.public.name, ED25519, KEY.public.key))
    except verify.UnusableError:
        pass


def test_a_receipt_is_no_checkpoint() -> None:
    """Neither can be taken for the other."""
    with pytest.raises(verify.UnusableError):
        verify.checkpoint_of(signed(TOLD).encode())
    assert TOLD == receipt_of(signed(TOLD).encode())[0]
    assert TOLD.text == note_of(signed(TOLD).encode()).text
