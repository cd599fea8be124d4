"""Definitions, calendars, people, cycles, answers already given, beats: filed once, read back the same."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Event

import pytest

from engine.core.people import Person
from engine.errors import Conflict, StoreUnusable
from engine.store import Beat, Cycle, Database, StoredCalendar, StoredDefinition
from tests.store.cases import MONDAY, opening

FIRST = StoredDefinition(
    digest="a" * 64, workflow="asn-tahunan", version=1, source=b'{"a":1}', published_at=MONDAY
)
SECOND = replace(FIRST, digest="b" * 64, version=2)
DAYS = StoredCalendar(name="id", version="id@1", known_on=date(2025, 9, 1), source=b"{}", added_at=MONDAY)
ANI = Person(
    key="p-1", person_id="197001012000011001", name="Ani Lestari", unit="Biro Umum", position="Analis",
    superior="197001012000011009", zone="Asia/Makassar", kind="pns", valid_from=date(2025, 1, 1),
    valid_to=date(2026, 3, 31), duties=("head", "desk:personnel"), away_from=date(2026, 2, 1),
)  # fmt: skip
LATER = replace(ANI, valid_from=date(2026, 4, 1), valid_to=None, position="Kepala Bagian", duties=())


def test_a_definition_is_filed_once(db: Database) -> None:
    """The same again is no news; another content under the same version is refused."""
    with db.write() as unit:
        assert unit.put_definition(FIRST)
        assert unit.put_definition(SECOND)
        assert not unit.put_definition(replace(FIRST, published_at=MONDAY + 1))
    with pytest.raises(Conflict, match="asn-tahunan@1 is published already"), db.write() as unit:
        unit.put_definition(replace(FIRST, digest="c" * 64))

    with db.read() as view:
        assert FIRST == view.definition(FIRST.digest)
        assert None is view.definition("c" * 64)
        assert (FIRST, SECOND) == view.definitions()


def test_the_latest_calendar_is_the_one_that_knows_most(db: Database) -> None:
    """Older versions stay, since due dates name the version they were computed with."""
    later = replace(DAYS, version="id@2", known_on=date(2026, 1, 9), added_at=MONDAY + 1)
    with db.write() as unit:
        assert unit.put_calendar(later)
        assert unit.put_calendar(DAYS)
        assert not unit.put_calendar(DAYS)
    with pytest.raises(Conflict, match="id@1"), db.write() as unit:
        unit.put_calendar(replace(DAYS, source=b"[]"))

    with db.read() as view:
        assert later == view.calendar("id")
        assert DAYS == view.calendar("id", "id@1")
        assert None is view.calendar("id", "id@3")
        assert None is view.calendar("other")


def test_a_chart_takes_the_place_of_the_one_before(db: Database) -> None:
    """Every segment comes back with every field; the version goes with them."""
    with db.read() as view:
        assert ((), "") == view.people()
    with db.write() as unit:
        unit.put_people([LATER, ANI], "people@1")
    with db.read() as view:
        assert ((ANI, LATER), "people@1") == view.people()

    with db.write() as unit:
        unit.put_people([LATER], "people@2")
    with db.read() as view:
        assert ((LATER,), "people@2") == view.people()
        assert {"kind": "real", "people_version": "people@2"} == view.metas()


def test_a_chart_worked_out_from_an_older_one_is_refused(db: Database, url: str) -> None:
    """Two imports at once: the second waits, and is then told that it began from people who are gone."""
    with db.write() as unit:
        unit.put_people((ANI,), "one", before="")
    begun, others = Event(), ThreadPoolExecutor(1)

    def late() -> None:
        with Database(url) as another, another.write() as unit:
            begun.set()
            unit.put_people((LATER,), "three", before="one")

    with db.write() as unit:
        unit.put_people((ANI, LATER), "two", before="one")
        waiting = others.submit(late)
        if db.engine == "postgresql":  # a file lets its second writer begin only when the first is done
            assert begun.wait(10)

    with pytest.raises(Conflict, match="no longer those of chart one"):
        waiting.result(20)
    with db.read() as view:
        assert ((ANI, LATER), "two") == view.people()
    others.shutdown()


def test_a_cycle_is_filed_once(db: Database) -> None:
    """A launch that goes on finds its cycle; another cycle under the same name is refused."""
    cycle = Cycle(
        id="asn-2026", definition=FIRST.digest, period_from=date(2026, 1, 1), period_to=date(2026, 12, 31),
        opens_at=MONDAY, launched_at=MONDAY,
    )  # fmt: skip
    with db.write() as unit:
        unit.put_definition(FIRST)
        assert unit.put_cycle(cycle)
        assert not unit.put_cycle(replace(cycle, launched_at=MONDAY + 5))
    with pytest.raises(Conflict), db.write() as unit:
        unit.put_cycle(replace(cycle, opens_at=MONDAY + 1))

    with db.read() as view:
        assert cycle == view.cycle("asn-2026")
        assert None is view.cycle("asn-2027")
        assert (cycle,) == view.cycles()


def test_an_answer_is_remembered_per_actor_and_key(db: Database) -> None:
    """A second one under the same key is a conflict: the first is the answer."""
    with db.write() as unit:
        unit.remember("p-1", "k", "hash", b"answer", MONDAY)
        unit.remember("p-2", "k", "hash", b"other", MONDAY)
    with pytest.raises(Conflict), db.write() as unit:
        unit.remember("p-1", "k", "hash", b"second", MONDAY)

    with db.read() as view:
        assert ("hash", b"answer") == view.recall("p-1", "k")
        assert ("hash", b"other") == view.recall("p-2", "k")
        assert None is view.recall("p-3", "k")


def test_facts_about_the_database_are_set_anew(db: Database) -> None:
    """The demo's clock is one of them."""
    with db.write() as unit:
        unit.put_meta("clock", "1")
        unit.put_meta("clock", "2")
    with db.read() as view:
        assert "2" == view.meta("clock")
        assert None is view.meta("nothing")


def test_a_worker_says_that_it_is_alive(db: Database) -> None:
    """The last time counts."""
    for at in (MONDAY, MONDAY + 1):
        with db.write() as unit:
            unit.put_beat("host:1", at)
    with db.read() as view:
        assert (Beat(worker="host:1", at=MONDAY + 1),) == view.beats()


def test_nothing_is_filed_for_a_cycle_that_is_not_there(db: Database) -> None:
    """Foreign keys are on: the database refuses what refers to nothing."""
    with pytest.raises(StoreUnusable, match=r"(?i)foreign key"), db.write() as unit:
        unit.insert_cases([opening()])
