"""Who looked at whose data is known, without a page ever waiting for it."""

from __future__ import annotations

import threading
from datetime import date

import pytest

from engine.core.codec import decode
from engine.core.command import Actor
from engine.core.privacy.looks import HOUR, MOST, READS, UNNAMED, Look, hour_of, looks_told, parted
from engine.errors import StoreUnusable
from engine.runtime.privacy.looking import Looking
from engine.store import Database, queries
from tests.gatherings import GATHERING, PLAN, people_file
from tests.runtime.conftest import NOBODY, OPENING, Agency, HandClock, import_people, set_up
from tests.worlds import ordinary


def told(agency: Agency) -> list[list[Look]]:
    """The looks of each entry of the stream."""
    with agency.engine.database.read() as view:
        return [list(looks_told(decode(line.body))) for line in queries.history(view, READS)]


def test_looks_within_an_hour_are_one_look(agency: Agency) -> None:
    reads, case = agency.engine.privacy.reads, agency.case_of("Fadli")
    for _ in range(50):
        reads.note("p-0001", case, ["forms", "files"])
    assert 2 == reads.flush()
    reads.note("p-0001", case, ["forms"])
    assert 0 == reads.flush()
    agency.clock.put(date(2025, 12, 1), hour=9)
    reads.note("p-0001", case, ["forms"])
    assert 1 == reads.flush()

    first, second = told(agency)
    assert [("files", "forms"), ("forms",)] == [tuple(one.data for one in part) for part in (first, second)]
    assert 2 * HOUR > second[0].hour - first[0].hour > 0
    assert [] == agency.engine.verify()


def test_whoever_reads_waits_for_no_lock(agency: Agency) -> None:
    """A look is noted while another holds the database, without a statement; it is written when that one is done."""
    reads, case = agency.engine.privacy.reads, agency.case_of("Fadli")
    statements: list[str] = []
    with agency.engine.database.write(), Database(agency.url, failpoint=statements.append) as counted:
        quick = Looking(counted, agency.engine._library)
        done = threading.Thread(target=quick.note, args=("p-0001", case, ["forms"]))
        done.start()
        done.join(timeout=5)
        assert not done.is_alive()
        assert [] == statements
    with Database(agency.url, failpoint=statements.append) as counted:
        later = Looking(counted, agency.engine._library)
        for number in range(MOST):
            later.note(f"p-{number:04d}", case, ["forms"])
        statements.clear()
        assert MOST == later.flush()
    # BEGIN, the stream's head asked twice and made, the entry, the head, the rows, COMMIT: for four hundred looks.
    assert 8 >= len(statements)
    assert reads.of(case)[0].actor == "p-0000"


def test_a_look_that_could_not_be_written_is_written_later(agency: Agency) -> None:
    case, broken = agency.case_of("Fadli"), [True]

    def fail(text: str) -> None:
        if broken[0] and "look" in text:
            raise StoreUnusable("no more room on the disk")

    with Database(agency.url, failpoint=fail) as database:
        reads = Looking(database, agency.engine._library)
        reads.note("p-0001", case, ["forms"])
        with pytest.raises(StoreUnusable):
            reads.flush()
        broken[0] = False
        assert 1 == reads.flush()
    assert [1] == [len(one) for one in told(agency)]


def test_it_is_known_who_looked_and_at_what_somebody_looked(agency: Agency) -> None:
    reads = agency.engine.privacy.reads
    mine, other = agency.case_of("Fadli"), agency.case_of("Nur Aida")
    for case in (mine, other):
        reads.note("p-0001", case, ["forms"])
    reads.note("p-0002", mine, ["reasons"])
    reads.flush()

    assert {("p-0001", "forms"), ("p-0002", "reasons")} == {(one.actor, one.data) for one in reads.of(mine)}
    assert {mine, other} == {one.object for one in reads.by("p-0001")}
    assert () == reads.of("c-unknown")


def test_a_look_under_a_grant_is_written_at_once_and_by_itself(agency: Agency) -> None:
    reads, case = agency.engine.privacy.reads, agency.case_of("Fadli")
    for _ in range(2):
        reads.write("p-0001", case, ["forms"], under="g-1")

    assert [1, 1] == [len(part) for part in told(agency)]
    assert ["g-1"] == [one.under for one in reads.of(case)]


def test_who_is_asked_without_a_name_looks_without_one(place: str) -> None:
    """Who looked would tell who was asked; the rater, who is known to be, looks by name."""
    clock = HandClock()
    engine = set_up(place, clock, definition=GATHERING)
    import_people(engine, people_file())
    engine.launch("gathering", opens=OPENING, actor=NOBODY)
    subject = ordinary(engine.chart).key
    case = engine.cases(subject=subject)[0].id
    engine.fire(case, "submit", actor=Actor(person=subject), forms={"plan": PLAN})
    signers = [task.holder for task in engine.case(case, None).case.waiting]
    for one in signers:
        engine.fire(case, "sign", actor=Actor(person=one))
    peers = [task.holder for task in engine.case(case, None).case.waiting]
    rater = next(one for one in signers if one != subject)
    for who in (*peers, rater):
        engine.privacy.reads.seen(engine.case(case, who), who)
    engine.privacy.reads.flush()

    assert {UNNAMED, rater} == {one.actor for one in engine.privacy.reads.of(case)}
    assert not any(peer in str(part) for part in engine.privacy.reads.of(case) for peer in peers)
    engine.database.close()


def test_many_looks_are_parted_into_entries_that_fit() -> None:
    looks = [
        Look(f"c-{number:020d}", hour_of(10 * HOUR + 7), "a-" + "f" * 20, "evidence")
        for number in range(2 * MOST + 1)
    ]
    assert [MOST, MOST, 1] == [len(part) for part in parted([*looks, *looks])]
