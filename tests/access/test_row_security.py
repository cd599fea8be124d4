"""On PostgreSQL a list that forgot its own condition would still show nothing that is not for whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from engine.core.access import Asker, asker_of, decide
from engine.runtime import Engine
from engine.store import Database
from engine.store.places import place
from engine.store.view import View
from tests.access.test_lists_always import askers, put, told
from tests.runtime.conftest import Agency
from tests.store.raw import Raw

pytestmark = [pytest.mark.postgres]
ONLY_POSTGRES = pytest.mark.parametrize(
    "agencies", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
OF_CASES = ("content", "attachment")
EVENTS = (
    ("moves", 5, 2, date(2026, 2, 3)),
    ("acts", 7, 3, date(2026, 2, 1)),
    ("delegates", 4, 9, date(2026, 1, 20)),
    ("delegates", 6, 3, date(2026, 1, 20)),
)


@pytest.fixture
def agency(agencies: Callable[[], Agency]) -> Agency:
    """An agency with a history: somebody moved, somebody acts for another, two have delegated."""
    made = agencies()
    made.hop_to(date(2026, 2, 10))
    chart = made.engine.chart
    for number, event in enumerate(EVENTS):
        chart = told(chart, event, number)
    put(made.engine, chart)
    return made


@pytest.fixture
def serving(agency: Agency) -> Iterator[Database]:
    """The same database for a role that owns nothing: the server's superuser sees every row whatever is decreed."""
    page = (Path(__file__).parents[2] / "docs/reference/database.md").read_text()
    grants = page.split("```sql\n")[1].split("```")[0]
    role = f"siklus_app_{agency.url.rpartition('/')[2].partition('?')[0]}"
    with closing(Raw(agency.url)) as owner:
        owner.run(f"CREATE ROLE {role} LOGIN PASSWORD 'x'")
        owner.run(grants.replace("siklus_app", role))
        address = make_url(agency.url).set(username=role, password="x")
        with Database(address.render_as_string(hide_password=False)) as database:
            yield database
        owner.run(f"DROP OWNED BY {role}")
        owner.run(f"DROP ROLE {role}")


def rows(view: View, text: str) -> set[Any]:
    """The first column of what a statement finds."""
    return {one for one, *_ in view.driver.rows(text)}


def whole_scope(asker: Asker) -> bool:
    """Whether nothing was delegated to them for some cases only, which the policies cannot tell apart."""
    return not any(any(link.scope) for lent in asker.lent for link in lent.links)


@ONLY_POSTGRES
def test_without_any_condition_everybody_sees_the_rows_of_cases_they_may_read(
    agency: Agency, serving: Database
) -> None:
    """The same as the decision; where a delegation is for some cases only, at most those of its giver."""
    engine = agency.engine
    known = {one.id: engine.access.case(one) for one in engine.cases(limit=500)}
    seen = []
    for asker in askers(engine):
        allowed = {name for name, case in known.items() if decide(asker, "case.read", case).allowed}
        with serving.read_as(asker) as view:
            found = rows(view, "SELECT id FROM cases")
            streams = rows(view, "SELECT stream FROM entry")
            parts = set().union(*(rows(view, f"SELECT case_id FROM {table}") for table in OF_CASES))
            letters = rows(view, "SELECT recipient FROM outbox")
        if whole_scope(asker):
            assert allowed == found, asker
        assert allowed <= found, asker
        assert streams <= {f"case/{name}" for name in found}
        assert parts <= found
        assert letters <= {asker.person}
        seen.append(len(found))

    assert 0 in seen
    assert len(known) in seen
    assert any(0 < count < len(known) for count in seen)


@ONLY_POSTGRES
def test_a_connection_that_does_not_say_who_asks_sees_no_case(agency: Agency, serving: Database) -> None:
    """Also one that was lent to somebody before: what is said ends with the transaction."""
    desk = next(one for one in askers(agency.engine) if one.personnel)
    driver = place(serving_url(serving)).driver(writes=False, asks=True)
    driver.begin()
    before = driver.rows("SELECT id FROM cases")
    driver.rollback()
    with serving.read_as(desk) as view:
        shown = rows(view, "SELECT id FROM cases")
        mine = view.driver
    mine.begin()
    after = mine.rows("SELECT id FROM cases")
    mine.rollback()
    driver.close()

    assert [] == before
    assert shown
    assert [] == after


def serving_url(database: Database) -> str:
    """The address a database was opened with; its password is known here."""
    return database.name.replace("***", "x")


@ONLY_POSTGRES
def test_a_reader_can_write_nothing(agency: Agency, serving: Database) -> None:
    """The policies let a reader look only, and the transaction is read-only besides."""
    person = agency.engine.chart.segments[0].key
    asker = asker_of(agency.engine.chart, person, agency.engine.now())
    with pytest.raises(Exception, match="read-only"), serving.read_as(asker) as view:
        view.driver.run("DELETE FROM task")


@ONLY_POSTGRES
@pytest.mark.parametrize(
    ("spoil", "told_as"),
    [
        ("ALTER TABLE content DISABLE ROW LEVEL SECURITY", "row security of content is off"),
        ("ALTER TABLE cases NO FORCE ROW LEVEL SECURITY", "row security of cases is off"),
        ("DROP POLICY entry_seen ON entry", "policy entry_seen is missing"),
        ("CREATE POLICY mine ON cases USING (true)", "policy mine is not one of ours"),
        ("ALTER POLICY outbox_seen ON outbox USING (true)", "policy outbox_seen was changed"),
    ],
)
def test_a_policy_that_was_taken_off_or_changed_is_told(agency: Agency, spoil: str, told_as: str) -> None:
    """As a guard is: the doctor names it, no program opens the database, an upgrade puts it back."""
    assert () == agency.engine.database.guard_problems()
    with closing(Raw(agency.url)) as owner:
        owner.run(spoil)

    assert (told_as,) == agency.engine.database.guard_problems()
    Database.upgrade(agency.url)
    assert () == agency.engine.database.guard_problems()


@ONLY_POSTGRES
def test_the_engine_itself_sees_and_writes_every_row(agency: Agency, serving: Database) -> None:
    """Also as a role that owns nothing: what is due is rung, and the log stays whole."""
    engine = Engine(serving, agency.clock, agency.clock)
    agency.clock.put(date(2026, 3, 2))

    assert engine.fire_due().steps
    assert [] == engine.verify()
