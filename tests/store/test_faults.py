"""A failure at any statement leaves everything as it was, and the database goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count

import pytest

from engine.errors import Conflict, StoreUnusable
from engine.store import Database, Unit
from engine.store.failpoints import raising_at
from tests.store.cases import MONDAY, Bench, handing_in, next_step, opening, written
from tests.store.raw import Raw
from tests.store.works import WORKS, a_batch, one_step


class Lost(Exception):
    """What a driver could raise at any time."""


class Statements(list[str]):
    """A failpoint that only writes down what is sent to the driver."""

    def __call__(self, text: str) -> None:
        self.append(" ".join(text.split()))

    def verbs(self) -> list[str]:
        """The first words of what was sent."""
        return [text.partition(" ")[0] for text in self]


@pytest.mark.parametrize("work", WORKS)
def test_raising_at_each_statement_in_turn_changes_nothing(
    bench: Bench, raw: Raw, url: str, work: str
) -> None:
    """Until no statement of that number is reached; then the work is done, whole."""
    bench.cases("c-01", "c-02", "c-03", next_at=MONDAY)
    before = raw.everything()

    for number in count(1):
        with closing(Database(url, failpoint=raising_at(number, Lost()))) as database:
            try:
                with database.write() as unit:
                    WORKS[work](unit)
            except Lost:
                assert before == raw.everything(), f"statement {number}"
                with database.write() as unit:
                    assert "real" == unit.meta("kind")
            else:
                break
    assert number > 4
    assert before != raw.everything()
    assert () == bench.problems()


def test_raising_within_the_block_changes_nothing(bench: Bench, raw: Raw) -> None:
    """A unit that ends with an exception leaves nothing, though every statement went well."""
    bench.case()
    before = raw.everything()

    def work_and_fail(unit: Unit) -> None:
        one_step(unit)
        raise Lost

    with pytest.raises(Lost), bench.db.write() as unit:
        work_and_fail(unit)
    assert before == raw.everything()


@contextmanager
def counted(url: str) -> Iterator[tuple[Database, Statements]]:
    """The database with its statements written down."""
    sent = Statements()
    with closing(Database(url, failpoint=sent)) as database:
        yield database, sent


def test_a_single_step_costs_few_statements(bench: Bench, url: str, kind: str) -> None:
    """One per table on SQLite; on PostgreSQL one to load, one to write, one to commit."""
    bench.case()
    with counted(url) as (database, sent), database.write() as unit:
        case = unit.load("c-01")
        assert case is not None
        unit.save([handing_in(case)])

    if kind == "postgresql":
        assert ["SELECT", "WITH", "COMMIT"] == sent.verbs()
        assert sent[0].endswith("FOR UPDATE")
    else:
        assert [
            "BEGIN",
            "SELECT",
            "INSERT",
            "UPDATE",
            "DELETE",
            "INSERT",
            "INSERT",
            "INSERT",
            "COMMIT",
        ] == sent.verbs()


def test_what_a_step_does_not_touch_costs_nothing(bench: Bench, url: str, kind: str) -> None:
    """A step that only writes content has no statement for tasks or letters."""
    bench.case()
    with counted(url) as (database, sent), database.write() as unit:
        case = unit.load("c-01")
        assert case is not None
        unit.save([next_step(case, written("plan", "one"))])

    assert not [text for text in sent if "task" in text or "outbox" in text]
    assert (3 if kind == "postgresql" else 6) == len(sent)


def test_a_batch_costs_as_many_statements_as_a_step(bench: Bench, url: str, kind: str) -> None:
    """A hundred cases are claimed by one statement and written by one per table."""
    names = [f"c-{number:03d}" for number in range(100)]
    with bench.db.write() as unit:
        unit.insert_cases([opening(name, next_at=MONDAY) for name in names])
    with counted(url) as (database, sent), database.write() as unit:
        a_batch(unit)

    begin = [] if kind == "postgresql" else ["BEGIN"]
    assert [
        *begin,
        "SELECT",
        "INSERT",
        "UPDATE",
        "DELETE",
        "INSERT",
        "INSERT",
        "INSERT",
        "COMMIT",
    ] == sent.verbs()
    assert 100 == sum(bench.load(name).state == "review" for name in names)


def test_a_save_of_nothing_costs_nothing(bench: Bench, url: str) -> None:
    """An empty batch is no error and no statement."""
    with counted(url) as (database, sent), database.write() as unit:
        unit.save([])
    assert "INSERT" not in sent.verbs()


def test_a_busy_file_is_a_conflict(bench: Bench, raw: Raw, url: str, kind: str) -> None:
    """Another process holds the write lock for too long: nothing is wrong, trying again is safe."""
    if kind == "postgresql":
        bench.case()
        blocker = Raw(url)
        blocker.run("BEGIN")
        blocker.run("SELECT 1 FROM cases FOR UPDATE")
        with bench.db.write() as unit:
            unit.driver.run("SET lock_timeout = '10ms'")
        with pytest.raises(Conflict, match="lock timeout"), bench.db.write() as unit:
            unit.load("c-01")
        blocker.close()
        return
    with bench.db.write() as unit:
        unit.driver.run("PRAGMA busy_timeout = 10")
    raw.run("BEGIN IMMEDIATE")
    with pytest.raises(Conflict, match="busy"), bench.db.write():
        pass
    raw.run("ROLLBACK")
    with bench.db.write() as unit:
        unit.put_meta("clock", "1")


@pytest.mark.postgres
@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_a_lost_connection_is_replaced(bench: Bench, raw: Raw) -> None:
    """The unit that meets it fails; the ones after it have new connections."""
    case = bench.case()
    with bench.db.read() as view:
        assert case == view.load("c-01")
    raw.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'siklus'")

    with pytest.raises(StoreUnusable), bench.db.write() as unit:
        unit.load("c-01")
    bench.save(handing_in(case))
    assert "review" == bench.load().state


def test_a_snapshot_does_not_move(bench: Bench) -> None:
    """What is read in one block is of one moment, whatever is written meanwhile."""
    case = bench.case()
    with bench.db.read() as view:
        assert case == view.load("c-01")
        bench.save(handing_in(case))
        assert case == view.load("c-01")
    assert "review" == bench.load().state


def test_a_closed_database_gives_its_connections_back(bench: Bench) -> None:
    """Also those that were in use when it was closed."""
    with bench.db.read() as view:
        view.cycles()
        bench.db.close()
    assert not view.driver.usable
