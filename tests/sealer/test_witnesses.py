"""Witnesses are asked after the seal, what they answer is looked at, and a rollback does not hide from them."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import pairwise
from pathlib import Path

import pytest

from engine import verify
from engine.core.sealing.checkpoints import checkpoint_of, cosigned
from engine.core.sealing.notes import COSIGNS_ED25519
from engine.errors import WitnessSilent
from engine.keys import verifies
from engine.sealer import (
    Asking,
    Keyring,
    Memory,
    Reply,
    Sealer,
    WitnessAt,
    call,
    export,
    latest_note,
    restart,
    witness_standings,
)
from engine.signing_keys import SigningKey
from engine.store import Database, sealing
from engine.witness import Memories, Witness
from tests.sealer.conftest import ORIGIN, House
from tests.sealer.packs import policy_of

SECOND = 1_000_000
NOON = 1_767_225_600 * SECOND
HOUR = 3_600 * SECOND


class Watching:
    """Witnesses in this process, each with a folder of its own, reached by their addresses."""

    def __init__(self, house: House, folder: Path, *names: str) -> None:
        self.keys = {name: SigningKey.made(f"{name}.example/w", COSIGNS_ED25519) for name in names}
        self.now = NOON
        self.asked: list[str] = []
        logs = {ORIGIN: tuple(one.public for one in house.keyring.signers())}
        self.witnesses = {}
        for name, key in self.keys.items():
            memories = Memories(folder / name)
            memories.make()
            self.witnesses[name] = Witness(key, logs, memories, lambda: self.now)
        self.at = tuple(
            WitnessAt(name=name, url=f"http://{name}/", key=key.public) for name, key in self.keys.items()
        )

    def call(self, url: str, body: bytes) -> Reply:
        name = url.removeprefix("http://").removesuffix("/add-checkpoint")
        self.asked.append(name)
        answer = self.witnesses[name].add_checkpoint(body)
        return Reply(status=answer.status, kind=answer.kind, body=answer.body.encode())

    def asking(self, database: Database) -> Asking:
        return Asking(database, self.at, self.call)


@pytest.fixture
def watching(house: House, tmp_path: Path) -> Watching:
    return Watching(house, tmp_path / "witnesses", "audit", "council")


def _sealed(house: House, count: int = 2, at: int = 0) -> Sealer:
    house.tell(count, at=at * HOUR)
    sealer = house.sealer()
    sealer.seal(NOON)
    return sealer


def _seen(database: Database, keys: list[SigningKey]) -> list[str]:
    note = latest_note(database)
    assert note is not None
    return [one.key.name for one in cosigned(note, [one.public for one in keys], verifies)]


def test_each_witness_signs_each_checkpoint_once(house: House, watching: Watching) -> None:
    """Also the one after next, from where the witness is; whoever signed is not asked again."""
    asking = watching.asking(house.bench.db)
    heard = []
    for at in range(3):
        _sealed(house, at=at)
        if at != 1:
            heard += [*asking.ask(NOON + at), *asking.ask(NOON + at)]
    both = sorted(one.public.name for one in watching.keys.values())

    assert both == sorted(_seen(house.bench.db, list(watching.keys.values())))
    assert ["audit", "council"] * 2 == [one.name for one in heard if not one.problem]
    assert [0, 0] == [one.lag_us for one in witness_standings(house.bench.db, watching.at, NOON + HOUR)]


def test_a_witness_that_lags_is_told_with_how_long(house: House, watching: Watching) -> None:
    """One answers, one does not: the seal is there all the same, and the lag counts from the first it has not seen."""

    def half(url: str, body: bytes) -> Reply:
        if "council" in url:
            raise WitnessSilent("it is not there")
        return watching.call(url, body)

    asking = Asking(house.bench.db, watching.at, half)
    _sealed(house)
    heard = asking.ask(NOON)
    audit, council = witness_standings(house.bench.db, watching.at, NOON + HOUR)

    assert [("", False), ("it is not there", False)] == [(one.problem, one.grave) for one in heard]
    assert (0, "") == (audit.lag_us, audit.problem)
    assert (HOUR, 0, "it is not there") == (council.lag_us, council.signed, council.problem)


def test_a_witness_that_fails_is_asked_less_and_less_often(house: House) -> None:
    """Ten seconds, twenty, forty ... an hour; a clock that goes back holds nothing up for longer."""
    times: list[int] = []

    def dead(_url: str, _body: bytes) -> Reply:
        times.append(now)
        raise WitnessSilent("it is not there")

    key = SigningKey.made("audit.example/w", COSIGNS_ED25519).public
    asking = Asking(house.bench.db, [WitnessAt(name="audit", url="http://audit", key=key)], dead)
    _sealed(house)
    for now in range(NOON, NOON + 2 * HOUR, 10 * SECOND):
        asking.ask(now)
    gaps = [(after - before) // SECOND for before, after in pairwise(times)]
    now = NOON - HOUR
    asking.ask(now)

    assert [10, 20, 40, 80, 160, 320, 640, 1280, 2560] == gaps[:9]
    assert NOON - HOUR == times[-1]


def test_what_its_key_did_not_sign_is_not_kept(house: House, watching: Watching) -> None:
    """Another key, another checkpoint, a time to come, nothing at all."""
    _sealed(house)
    note = latest_note(house.bench.db)
    assert note is not None
    point, key = checkpoint_of(note), watching.keys["audit"]
    stranger = SigningKey.made(key.public.name, COSIGNS_ED25519)
    second = NOON // SECOND
    for line in (
        str(stranger.line(point, second)),
        str(key.line(point, second + 301)),
        str(key.line(type(point)(origin=point.origin, size=point.size, root=bytes(32)), second)),
        "",
        "<html>",
    ):
        answer = Reply(status=200, kind="text/plain", body=line.encode())
        asking = Asking(house.bench.db, watching.at[:1], lambda _url, _body, answer=answer: answer)
        assert ["what it answered is not signed by its key, now"] == [one.problem for one in asking.ask(NOON)]
    with house.bench.db.read() as view:
        assert () == sealing.cosignatures(view.driver, [point.size])


@pytest.mark.parametrize(
    ("reply", "grave", "said"),
    [
        (Reply(status=409, kind="text/x.tlog.size", body=b"900\n"), True, "cut short or put back"),
        (Reply(status=409, kind="text/plain", body=b"fork"), True, "another history"),
        (Reply(status=422, kind="text/plain", body=b""), True, "another history"),
        (Reply(status=403, kind="text/plain", body=b""), False, "the log's new key"),
        (Reply(status=404, kind="text/plain", body=b""), False, "does not know this log"),
        (Reply(status=409, kind="text/x.tlog.size", body=b"0x3\n"), True, "another history"),
        (Reply(status=409, kind="text/x.tlog.size", body=b"0\n"), True, "another history"),
        (Reply(status=302, kind="text/html", body=b""), False, "it answered 302"),
        (Reply(status=500, kind="text/html", body=b""), False, "it answered 500"),
    ],
)
def test_why_a_witness_does_not_sign_is_told(
    house: House, watching: Watching, reply: Reply, grave: bool, said: str
) -> None:
    """In words; what contradicts this log is grave, and is kept for doctor and health."""
    _sealed(house)
    heard = Asking(house.bench.db, watching.at[:1], lambda _url, _body: reply).ask(NOON)
    standing = witness_standings(house.bench.db, watching.at[:1], NOON)[0]

    assert [grave] == [one.grave for one in heard]
    assert said in heard[0].problem
    assert (heard[0].problem, grave) == (standing.problem, standing.grave)


def test_a_problem_that_is_over_is_told_no_more(house: House, watching: Watching) -> None:
    """Once the witness signs, nothing is left of it."""
    _sealed(house)
    silent = Reply(status=503, kind="text/plain", body=b"")
    Asking(house.bench.db, watching.at[:1], lambda _url, _body: silent).ask(NOON)
    before = witness_standings(house.bench.db, watching.at[:1], NOON)[0].problem
    watching.asking(house.bench.db).ask(NOON)
    after = witness_standings(house.bench.db, watching.at[:1], NOON)[0].problem

    assert ("it answered 503", "") == (before, after)


def test_of_a_log_that_begins_again_the_first_checkpoint_is_signed(
    house: House, watching: Watching, tmp_path: Path
) -> None:
    """Its witnesses know the new name with nothing in it, and say so."""
    _sealed(house)
    watching.asking(house.bench.db).ask(NOON)
    name = "agency.example/appraisal-2"
    place = tmp_path / "second.key"
    restart(house.bench.db, place, name, NOON, actor="operator", reason="a restore")
    keyring = Keyring(place)
    Sealer(house.bench.db, keyring, Memory(tmp_path / "second.signed"), name).seal(NOON)
    witness = watching.witnesses["audit"]
    witness._logs = {name: (keyring.signers()[0].public,)}
    witness._turns = {name: threading.Lock()}

    assert [""] == [one.problem for one in Asking(house.bench.db, watching.at[:1], watching.call).ask(NOON)]


@pytest.mark.parametrize("about", [None, "people"])
def test_a_pack_is_verified_by_a_quorum_of_witnesses(
    house: House, watching: Watching, tmp_path: Path, about: str | None
) -> None:
    """Any two of three must have seen it: the two that are there make it VERIFIED, one alone INCOMPLETE."""
    sealer = _sealed(house)
    asking = watching.asking(house.bench.db)
    pack = tmp_path / "pack.zip"
    streams = None if about is None else frozenset({about})
    export(
        house.bench.db, sealer, pack, NOON, streams=streams, with_words=False, actor="operator", asking=asking
    )
    absent = SigningKey.made("sister.example/w", COSIGNS_ED25519)
    three = [*watching.keys.values(), absent]
    policy = policy_of(house.keyring, *three).replace(
        b"quorum none", b"group any-two 2 w1 w2 w3\nquorum any-two"
    )
    alone = policy.replace(b"2 w1 w2 w3", b"3 w1 w2 w3")

    assert (verify.VERIFIED, []) == _verdict(pack, policy)
    code, reasons = _verdict(pack, alone)
    assert verify.INCOMPLETE == code
    assert "quorum 'any-two'" in reasons[0]


def _verdict(pack: Path, policy: bytes, older: bytes | None = None) -> tuple[int, list[str]]:
    found = verify.verify(str(pack), policy, older)
    return found.code, [one for one in found.reasons if "definitions" not in one]


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_history_written_anew_with_both_keys_is_caught_by_the_witness_alone(
    house: House, watching: Watching, tmp_path: Path, kind: str
) -> None:
    """The database and the log's files put back together, and another history signed: nothing here can see it.

    The witness does not sign it, says so, keeps both notes, and its older line makes verify.py say FORK.
    """
    db = house.bench.db
    _sealed(house)
    files = {one: tmp_path / f"kept-{at}" for at, one in enumerate(_files_of(house))}
    db.close()
    for one, kept in files.items():
        shutil.copy(one, kept)
    with Database(db.name) as first:
        _tell(first, 3, at=1)
        house.sealer(first).seal(NOON)
        watching.asking(first).ask(NOON)
        seen = latest_note(first)
    for one, kept in files.items():
        shutil.copy(kept, one)
    for extra in ("-wal", "-shm"):
        Path(db.name + extra).unlink(missing_ok=True)

    with Database(db.name) as second:
        _tell(second, 3, at=2)
        sealer = house.sealer(second)
        sealer.seal(NOON)
        heard = watching.asking(second).ask(NOON)
        pack = tmp_path / "pack.zip"
        export(second, sealer, pack, NOON, streams=None, with_words=False, actor="operator")
        told = witness_standings(second, watching.at, NOON)

    assert [True, True] == [one.grave for one in heard]
    assert [True, True] == [one.grave for one in told]
    memories = Memories(tmp_path / "witnesses" / "audit")
    assert 1 == len(memories.evidence(ORIGIN))
    assert (verify.VERIFIED, []) == _verdict(pack, policy_of(house.keyring))
    assert verify.FORK == _verdict(pack, policy_of(house.keyring), str(seen).encode())[0]


def _files_of(house: House) -> list[Path]:
    return [Path(house.bench.db.name), house.memory.path]


def _tell(database: Database, count: int, *, at: int) -> None:
    with database.write() as unit:
        unit.hold("people")
        for number in range(count):
            unit.append("people", "imported", NOON + at * HOUR + number, {"rows": number, "at_all": at})


class _Odd(BaseHTTPRequestHandler):
    """Answers as no witness does."""

    def do_POST(self) -> None:
        kind = self.path.split("/")[1]
        if kind == "redirect":
            self.send_response(302)
            self.send_header("location", "http://127.0.0.1:1/")
            self.send_header("content-length", "0")
            self.end_headers()
            return
        self.send_response(200)
        if kind == "packed":
            self.send_header("content-encoding", "gzip")
        self.end_headers()
        with suppress(OSError):
            if kind == "drip":
                for _ in range(100):
                    self.wfile.write(b"x")
                    time.sleep(0.05)
            self.wfile.write(b"x" * (70_000 if kind == "long" else 10))

    def log_message(self, *_words: object) -> None:
        return


@contextmanager
def _odd() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Odd)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_call_has_an_end_and_goes_nowhere_else() -> None:
    """Too long, packed, one byte at a time, nobody there: silent. A redirect is an answer and is not followed."""
    with _odd() as url:
        assert 302 == call(f"{url}/redirect/add-checkpoint", b"x").status
        assert b"x" * 10 == call(f"{url}/plain/add-checkpoint", b"x").body
        began = time.monotonic()
        for kind in ("long", "packed", "drip"):
            with pytest.raises(WitnessSilent, match="could not be asked"):
                call(f"{url}/{kind}/add-checkpoint", b"x", seconds=0.4)
        assert time.monotonic() - began < 4
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(WitnessSilent, match="could not be asked"):
        call(f"http://127.0.0.1:{port}/add-checkpoint", b"x")
