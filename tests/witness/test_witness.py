"""A witness signs that a log has only grown, remembers it first, and is asked in one way."""

from __future__ import annotations

import base64
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.sealing.checkpoints import checkpoint_of, cosigned
from engine.core.sealing.notes import COSIGNS_ED25519, ED25519, Note, signatures_of
from engine.core.sealing.strict import text_of
from engine.core.sealing.witnessing import (
    LARGEST_REQUEST,
    asked_of,
    judged,
    request_bytes,
    size_of,
    witnessed_of,
)
from engine.errors import KeysUnusable, NoteUnreadable, WitnessUnusable
from engine.keys import verifies
from engine.signing_keys import SigningKey
from engine.witness import Memories, Witness
from tests.witness.conftest import NOON, ORIGIN, GrowingLog, Watch, digest


def _statuses(witness: Witness, *requests: bytes) -> list[int]:
    return [witness.add_checkpoint(one).status for one in requests]


def test_what_has_grown_is_cosigned(log: GrowingLog, witness: Witness, watch: Watch) -> None:
    """From nothing, further, and once more at the same size with a new time: each with the second it was seen."""
    for old, size, second in ((0, 3, NOON), (3, 300, NOON + 5), (300, 300, NOON + 9), (300, 301, NOON + 9)):
        watch.second = second
        answer = witness.add_checkpoint(log.request(old, size))
        note = log.note(size).with_signatures(signatures_of(answer.body))
        assert 200 == answer.status
        assert [(witness.key.public, second)] == [
            (one.key, one.at) for one in cosigned(note, [witness.key.public], verifies)
        ]


def test_the_answer_is_the_one_the_specification_names(log: GrowingLog, witness: Witness) -> None:
    """Unknown log 404, nobody's signature 403, another size 409 with that size, a bad proof 422, nonsense 400."""
    stranger = GrowingLog(origin="other.example/log", key=SigningKey.made("other.example/log", ED25519))
    forged = SigningKey.made(ORIGIN, ED25519)
    witness.add_checkpoint(log.request(0, 5))
    stale = witness.add_checkpoint(log.request(3, 8))

    assert (409, "5\n", "text/x.tlog.size") == (stale.status, stale.body, stale.kind)
    assert [404, 403, 400, 422, 422, 400] == _statuses(
        witness,
        stranger.request(0, 2),
        request_bytes(5, log.path(5, 8), log.note(8, forged)),
        request_bytes(9, (), log.note(8)),
        request_bytes(5, (), log.note(8)),
        request_bytes(5, (*log.path(5, 8), bytes(32)), log.note(8)),
        b"GET / HTTP/1.1\n\n",
    )
    assert 200 == witness.add_checkpoint(log.request(5, 8)).status


def test_a_line_in_the_logs_name_that_is_false_makes_it_nobodys(log: GrowingLog, witness: Witness) -> None:
    """A true line beside a false one of the same key is no signature; a stranger's line does no harm."""
    true = log.note(4)
    line = true.signatures[0]
    spoilt = Note(text=true.text, signatures=(line, type(line)(name=line.name, id=line.id, value=bytes(64))))
    other = SigningKey.made("somebody.example", ED25519)
    beside = other.signed(true, log.point(4), NOON)

    assert [403, 200] == _statuses(witness, request_bytes(0, (), spoilt), request_bytes(0, (), beside))


def test_a_fork_is_refused_and_both_notes_are_kept(
    log: GrowingLog, witness: Witness, memories: Memories
) -> None:
    """Another root for the same size, signed by the same key: the two notes are the proof for everybody else."""
    other = log.grown(4).forked(2, "other")
    witness.add_checkpoint(log.request(0, 4))
    answers = [
        witness.add_checkpoint(one)
        for one in (other.request(4, 4), request_bytes(4, other.path(4, 9), other.note(9)))
    ]
    kept = (*memories.evidence(ORIGIN), *memories.evidence(ORIGIN, "unproven"))

    assert [(409, "text/plain; charset=utf-8"), (422, "text/plain; charset=utf-8")] == [
        (one.status, one.kind) for one in answers
    ]
    assert 2 == len(kept)
    assert all(str(log.note(4)) in one.read_text() for one in kept)
    assert str(other.note(4)) in kept[0].read_text()


def test_a_log_put_back_to_an_earlier_day_is_told_how_large_it_was(log: GrowingLog, witness: Witness) -> None:
    """The witness alone remembers: nothing smaller is signed, whatever old size is claimed."""
    witness.add_checkpoint(log.request(0, 7))
    answers = [witness.add_checkpoint(log.request(old, 5)) for old in (0, 5)]

    assert [(409, "7\n")] * 2 == [(one.status, one.body) for one in answers]
    assert 400 == witness.add_checkpoint(request_bytes(7, (), log.note(5))).status


def test_what_is_signed_is_remembered_first(
    log: GrowingLog, witness: Witness, memories: Memories, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be kept is not signed; what is kept and never answered is signed again, the same root."""
    with monkeypatch.context() as broken:
        broken.setattr("engine.witness.memory.write_alone", _full_disk)
        with pytest.raises(KeysUnusable, match="nothing was signed"):
            witness.add_checkpoint(log.request(0, 3))
    assert memories.of(ORIGIN) is None

    witness.add_checkpoint(log.request(0, 3))  # and the answer is lost on the way
    later = Witness(witness.key, {ORIGIN: (log.key.public,)}, memories, lambda: (NOON + 60) * 1_000_000)

    assert "3\n" == later.add_checkpoint(log.request(0, 3)).body
    assert [200, 409] == _statuses(later, log.request(3, 3), log.grown(3).forked(1, "other").request(3, 3))


def _full_disk(*_words: object, **_named: object) -> bool:
    raise OSError(28, "No space left on device")


def test_of_two_branches_at_once_one_root_is_signed_for_each_size(
    log: GrowingLog, witness: Witness, memories: Memories
) -> None:
    """Many threads push two histories; whatever comes first wins, and no size ever gets two roots."""
    witness.add_checkpoint(log.request(0, 2))
    branches = (log, log.forked(2, "other"))
    signed: list[tuple[int, bytes]] = []
    requests = [
        [one.request(old, size) for size in range(3, 9) for old in range(2, size)] for one in branches
    ]

    def push(mine: list[bytes]) -> None:
        for _ in range(3):
            for request in mine:
                if witness.add_checkpoint(request).status == 200:
                    point = asked_of(request).point
                    signed.append((point.size, point.root))

    threads = [threading.Thread(target=push, args=(requests[at % 2],)) for at in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    roots: dict[int, set[bytes]] = {}
    for size, root in signed:
        roots.setdefault(size, set()).add(root)
    assert roots
    assert {1} == {len(one) for one in roots.values()}
    known = memories.of(ORIGIN)
    assert known is not None
    assert known.point.size == max(roots)


def test_a_folder_belongs_to_one_process(memories: Memories) -> None:
    """Whoever comes second is told, and signs nothing."""
    with pytest.raises(WitnessUnusable, match="another witness works"), memories.held():
        pass


def test_a_memory_that_was_lost_or_spoilt_signs_nothing(
    log: GrowingLog, witness: Witness, memories: Memories, tmp_path: Path
) -> None:
    """One that forgot could sign another history: it says so, and is retired."""
    with pytest.raises(WitnessUnusable, match="retired"), Memories(tmp_path / "elsewhere").held():
        pass
    witness.add_checkpoint(log.request(0, 3))
    (place,) = memories.folder.glob("*.json")
    for spoilt in ("", "[]", '{"at": "1", "note": ""}', place.read_text().replace(ORIGIN, "other.example")):
        place.write_text(spoilt)
        with pytest.raises(KeysUnusable, match="retire"):
            witness.add_checkpoint(log.request(3, 4))


def test_the_newest_checkpoint_is_handed_out_with_the_witness_under_it(
    log: GrowingLog, witness: Witness
) -> None:
    """By the name of the log or its hash; of others nothing."""
    witness.add_checkpoint(log.request(0, 3))
    for name in (ORIGIN, digest(ORIGIN)):
        note = witness.latest(name)
        assert note.body.startswith(str(log.note(3)))
        assert witness.key.public.name in note.body
    assert 404 == witness.latest("other.example/log").status


_HASH = text_of(bytes(32))
_WRONG = {
    "foreign digits": "old \uff13\n\n{note}",
    "a leading nought": "old 03\n\n{note}",
    "a sign": "old +3\n\n{note}",
    "a line end of another system": "old 3\r\n\n{note}",
    "a number beyond": "old 9223372036854775808\n\n{note}",
    "a short hash": f"old 3\n{text_of(bytes(31))}\n\n{{note}}",
    "a hash in another spelling": f"old 3\n{_HASH[:-2]}B=\n\n{{note}}",
    "a space behind a hash": f"old 3\n{_HASH} \n\n{{note}}",
    "a hash of another alphabet": f"old 3\n{base64.urlsafe_b64encode(bytes([255]) * 32).decode()}\n\n{{note}}",
    "a proof without end": "old 3\n" + f"{_HASH}\n" * 64 + "\n{note}",
    "no empty line": "old 3\n{note}",
    "nothing under it": "old 3\n\n",
    "another word": "new 3\n\n{note}",
    "extension lines": "old 3\n\n" + f"{ORIGIN}\n5\n{_HASH}\nmore\n\n— x {text_of(bytes(68))}\n",
    "too many bytes": "old 3\n\n{note}" + "x" * LARGEST_REQUEST,
}


@pytest.mark.parametrize("what", _WRONG)
def test_a_request_is_written_in_one_way(log: GrowingLog, witness: Witness, what: str) -> None:
    """What Python would read as well is no request: nothing is looked at, nothing remembered."""
    body = _WRONG[what].replace("{note}", str(log.note(5)))

    assert 400 == witness.add_checkpoint(body.encode()).status


@given(st.binary(max_size=300))
@settings(max_examples=300)
def test_whatever_comes_is_a_request_or_is_refused(data: bytes) -> None:
    """Nothing else is ever raised."""
    for body in (data, b"old 0\n\n" + data, b"old 0\n" + data + b"\n\nx\n1\n"):
        try:
            asked_of(body)
        except NoteUnreadable:
            continue


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 63), st.integers(0, 255))
@settings(max_examples=150)
def test_no_proof_that_was_touched_is_believed(old: int, more: int, where: int, bit: int) -> None:
    """A request reads back as it was written; a proof with one bit turned shows nothing."""
    log = GrowingLog()
    size = old + more
    path = list(log.path(old, size))
    asked = asked_of(request_bytes(old, path, log.note(size)))
    assert (old, tuple(path), log.point(size)) == (asked.old, asked.path, asked.point)
    if path:
        spoilt = bytearray(path[where % len(path)])
        spoilt[bit // 8] ^= 1 << bit % 8
        path[where % len(path)] = bytes(spoilt)
        touched = asked_of(request_bytes(old, path, log.note(size)))
        said = judged(touched, [log.key.public], log.point(old), verifies)
        assert "unproven" == said


def test_what_a_witness_answers_is_looked_at(log: GrowingLog) -> None:
    """Right key, right note, a time that can be: anything else is not kept."""
    key = SigningKey.made("audit.agency.example/witness", COSIGNS_ED25519)
    other = SigningKey.made("audit.agency.example/witness", COSIGNS_ED25519)
    note, point = log.note(4), log.point(4)

    def told(*lines: object, latest: int = NOON) -> int | None:
        body = "".join(map(str, lines)).encode()
        found = witnessed_of(body, note, key.public, latest=latest, verify=verifies)
        return found.seen.at if found else None

    mine, later = key.line(point, NOON), key.line(point, NOON - 7)
    assert (NOON, NOON, NOON) == (told(mine), told(other.line(point, NOON), mine), told(later, mine))
    assert [None] * 6 == [
        told(other.line(point, NOON)),
        told(key.line(log.point(5), NOON)),
        told(key.line(point, NOON + 1)),
        told(key.line(point, 0)),
        told("200 OK\n"),
        told(mine, type(mine)(name=mine.name, id=mine.id, value=bytes(72))),
    ]


def test_a_size_is_told_in_one_way() -> None:
    """Digits and a line feed."""
    assert (7, 0) == (size_of(b"7\n"), size_of(b"0\n"))
    for wrong in (b"7", b" 7\n", b"07\n", b"7\n\n", b"7\r\n", "\uff17\n".encode(), b"\xff\n", b""):
        assert size_of(wrong) is None


def test_a_note_that_is_kept_holds_the_log_and_the_witness_alone(
    log: GrowingLog, witness: Witness, memories: Memories
) -> None:
    """Strangers' lines are not kept: they would fill the memory."""
    crowded = SigningKey.made("somebody.example", ED25519).signed(log.note(4), log.point(4), NOON)
    witness.add_checkpoint(request_bytes(0, (), crowded))
    known = memories.of(ORIGIN)

    assert known is not None
    assert [ORIGIN, witness.key.public.name] == [one.name for one in known.note.signatures]
    assert log.point(4) == checkpoint_of(known.note)
