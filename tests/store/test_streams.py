"""Streams of entries that are no case's, and what a verification of everything finds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from engine.core.audit import START, chain, entry
from engine.core.definition.identity import identity
from engine.store import queries
from tests.store.cases import MONDAY, Bench, handing_in
from tests.store.raw import Raw


def test_entries_of_a_stream_follow_one_another(bench: Bench) -> None:
    """Each begins where the last one ended, in its own stream only."""
    with bench.db.write() as unit:
        first = unit.append("people", "imported", MONDAY, {"rows": 60})
        other = unit.append("calendars", "imported", MONDAY, {})
        second = unit.append("people", "imported", MONDAY + 1, {"rows": 61})

    assert (1, START) == (first.seq, first.prev)
    assert (1, START) == (other.seq, other.prev)
    assert (2, first.hash) == (second.seq, second.prev)
    with bench.db.read() as view:
        assert (first, second) == queries.history(view, "people")
        assert (second,) == queries.history(view, "people", after=1)
        assert (first,) == queries.history(view, "people", limit=1)
        assert () == view.verify()


def test_eight_threads_append_without_a_gap(bench: Bench) -> None:
    """Nobody is refused, no number is missing, none is there twice."""
    start = Barrier(8)

    def work(name: int) -> None:
        start.wait()
        for number in range(12):
            with bench.db.write() as unit:
                unit.append("people", "imported", MONDAY, {"by": name, "number": number})

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(work, range(8)))

    with bench.db.read() as view:
        assert list(range(1, 97)) == [one.seq for one in queries.history(view, "people")]
        assert () == view.verify()


def test_eight_threads_on_one_case_move_it_one_step_at_a_time(bench: Bench) -> None:
    """Whoever loads the case holds it, so every step follows the one before."""
    bench.case()
    start = Barrier(8)

    def work(_name: int) -> None:
        start.wait()
        for _ in range(5):
            with bench.db.write() as unit:
                case = unit.load("c-01")
                assert case is not None
                unit.save([handing_in(case)])

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(work, range(8)))

    assert 41 == bench.load().version
    assert () == bench.problems()


def told(bench: Bench) -> None:
    """Three cases with three entries each, and a stream with three."""
    for case in bench.cases("c-01", "c-02", "c-03"):
        one = handing_in(case)
        bench.save(one, handing_in(one.case))
    with bench.db.write() as unit:
        for number in range(3):
            unit.append("people", "imported", MONDAY, {"number": number})


WRONGS = {
    "an edited entry": (
        "UPDATE entry SET body = replace_in(body) WHERE stream = 'case/c-02' AND seq = 2",
        "case/c-02 entry 2: bytes do not match their hash",
    ),
    "bytes that are no entry": (
        "UPDATE entry SET body = nonsense() WHERE stream = 'case/c-02' AND seq = 2",
        "case/c-02 entry 2: bytes do not match their hash",
    ),
    "an edited column": (
        "UPDATE entry SET kind = 'other' WHERE stream = 'case/c-02' AND seq = 2",
        "case/c-02 entry 2: columns differ from the bytes",
    ),
    "an impossible instant": (
        "UPDATE entry SET at = 9000000000000000000 WHERE stream = 'case/c-02' AND seq = 2",
        "case/c-02 entry 2: columns differ from the bytes",
    ),
    "a dropped entry": (
        "DELETE FROM entry WHERE stream = 'case/c-02' AND seq = 2",
        "case/c-02 entry 3: expected number 2",
    ),
    "a dropped beginning": (
        "DELETE FROM entry WHERE stream = 'people' AND seq = 1",
        "people entry 2: expected number 1",
    ),
    "a dropped end": (
        "DELETE FROM entry WHERE stream = 'case/c-03' AND seq = 3",
        "case c-03: does not stand where its entries end",
    ),
    "a dropped end of a stream": (
        "DELETE FROM entry WHERE stream = 'people' AND seq = 3",
        "stream people: its head is not its last entry",
    ),
    "a dropped stream": (
        "DELETE FROM entry WHERE stream = 'people'",
        "stream people: its head is not its last entry",
    ),
    "a moved-back case": (
        "UPDATE cases SET seq = 2, head = (SELECT prev FROM entry WHERE seq = 3 AND stream = 'case/' || id)",
        "case c-02: does not stand where its entries end",
    ),
    "an edited case": (
        "UPDATE cases SET state = 'closed' WHERE id = 'c-02'",
        "case c-02: its columns differ from its value",
    ),
    "a case that is no value": (
        "UPDATE cases SET body = nonsense() WHERE id = 'c-02'",
        "case c-02: its columns differ from its value",
    ),
    "a forgotten head": (
        "DELETE FROM stream WHERE name = 'people'",
        "stream people: has entries but nothing they are about",
    ),
}


@pytest.mark.parametrize("wrong", WRONGS)
def test_a_verification_finds(bench: Bench, raw: Raw, wrong: str) -> None:
    """Somebody with the keys to the database took the guards off first."""
    told(bench)
    raw.drop_guards()
    assert () == bench.problems()
    text, expected = WRONGS[wrong]
    if raw.postgres:
        text = text.replace(
            "replace_in(body)", "convert_to(replace(convert_from(body, 'UTF8'), 'fired', 'fared'), 'UTF8')"
        )
        text = text.replace("nonsense()", r"'\x6e6f'::bytea")
    else:
        text = text.replace("replace_in(body)", "CAST(replace(CAST(body AS TEXT), 'fired', 'fared') AS BLOB)")
        text = text.replace("nonsense()", "x'6e6f'")
    raw.run(text)

    assert expected in bench.problems()


def test_a_verification_finds_two_entries_changed_about(bench: Bench, raw: Raw) -> None:
    """Their bytes are right, their order is not."""
    told(bench)
    raw.drop_guards()
    raw.run("UPDATE entry SET seq = 20 WHERE stream = 'case/c-01' AND seq = 2")
    raw.run("UPDATE entry SET seq = 2 WHERE stream = 'case/c-01' AND seq = 3")
    raw.run("UPDATE entry SET seq = 3 WHERE stream = 'case/c-01' AND seq = 20")

    found = bench.problems()
    assert "case/c-01 entry 2: does not follow the entry before it" in found
    assert "case/c-01 entry 2: columns differ from the bytes" in found
    assert "case c-01: does not stand where its entries end" in found


def test_a_verification_finds_an_entry_rewritten_with_its_hash(bench: Bench, raw: Raw) -> None:
    """The rewritten one verifies by itself; the one after it does not follow any more."""
    told(bench)
    raw.drop_guards()
    (prev,) = raw.run("SELECT prev FROM entry WHERE stream = 'people' AND seq = 2")[0]
    made = entry("people", 2, prev, "imported", MONDAY, {"number": 77})
    raw.run(
        "UPDATE entry SET body = ?, hash = ? WHERE stream = 'people' AND seq = 2", made.body, chain(made.body)
    )

    assert ("people entry 3: does not follow the entry before it",) == bench.problems()


def test_a_long_log_is_verified_page_by_page(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page may end within a stream or between two."""
    told(bench)
    monkeypatch.setattr("engine.store.verifying._PAGE", 2)
    for page in (1, 2, 3, 5, 12, 13):
        monkeypatch.setattr("engine.store.streams._PAGE", page)
        assert () == bench.problems()


@pytest.mark.parametrize(
    ("tampering", "problem"),
    [
        ("UPDATE definition SET source = ?", "its rules are not those of its digest"),
        ("UPDATE definition SET version = version + 1", "its name is not what its entry tells"),
        (
            "UPDATE definition SET published_at = published_at + 1",
            "its time of publication is not what its entry tells",
        ),
        (
            "UPDATE definition SET effective_at = effective_at + 1",
            "its effective date is not what its entry tells",
        ),
    ],
)
def test_a_definition_that_is_not_what_was_published_is_found(
    bench: Bench, raw: Raw, tampering: str, problem: str
) -> None:
    """The row is guarded by nothing but its digest and the entry of its publication."""
    assert () == bench.problems()
    raw.run(tampering, *((b'{"other":"rules"}',) if "?" in tampering else ()))
    (told,) = bench.problems()

    assert told.startswith("definition asn-tahunan@")
    assert problem in told


def test_a_definition_without_a_publication_and_one_that_is_gone_are_found(bench: Bench, raw: Raw) -> None:
    """Rules that were put beside the log, and rules that were taken away after they were published."""
    with bench.db.write() as unit:
        source = b'{"rules":{}}'
        told = {"actor": {"timer": True}, "definition": identity(source), "name": "gone@1", "demo": True}
        unit.append("definitions", "published", MONDAY, told)
    other = b'{"rules":{"workflow":"smuggled"}}'
    raw.run(
        "INSERT INTO definition (digest, workflow, version, source, published_at, effective_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        identity(other), "smuggled", 1, other, MONDAY, 0,
    )  # fmt: skip

    assert (
        "definition smuggled@1: no entry tells that it was published",
        "definition gone@1: was published and is not there",
    ) == bench.problems()
