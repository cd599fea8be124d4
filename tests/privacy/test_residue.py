"""What erasing leaves in the database's files is known until it is overwritten: by its report, the doctor, the page."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from api.doctor import examine_residue
from engine.runtime import Engine
from engine.store import Database
from engine.store.view import View
from tests.postgres import server_of
from tests.privacy.conftest import GOAL, Bureau
from tests.privacy.test_erasing import of_case, residue
from tests.store.raw import Raw


def ok(bureau: Bureau) -> list[bool]:
    return [one.ok for one in examine_residue(bureau.engine)]


def test_a_reader_that_is_still_at_work_is_told_and_waited_for(bureau: Bureau) -> None:
    """The words are gone from the tables and not from the files; the hourly try of the worker takes them from there."""
    assert [True] == ok(bureau)
    with Database(bureau.url) as other:
        with other.read() as view:
            begun(view)
            done = bureau.erased(of_case(bureau))
            assert done.residue
            assert [False] == ok(bureau)
            bureau.engine.privacy.tend()
            assert bureau.erasures.known()[0].residue
        bureau.clock.instant += 3_600_000_000
        bureau.engine.privacy.tend()

    assert [True] == ok(bureau)
    assert not bureau.erasures.known()[0].residue
    if not bureau.url.startswith("postgresql"):
        assert GOAL.encode() not in residue(bureau)


def begun(view: View) -> None:
    """A snapshot begins with its first question."""
    assert view.meta("kind")


def test_a_process_that_ends_before_it_leaves_it_to_the_next(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The transaction that erases says what may be left."""

    def gone() -> bool:
        raise PowerCut

    asked = bureau.erasures.ask(of_case(bureau), "request", who=bureau.desk, reason="Permohonan")
    with Database(bureau.url) as database:
        monkeypatch.setattr(database, "leave_no_residue", gone)
        with pytest.raises(PowerCut):
            Engine(database, bureau.clock).privacy.erasures.approve(asked.id, who=bureau.second, reason="Ya")
    assert (asked.id,) == bureau.erasures.residue.left()

    assert () == bureau.erasures.residue.overwrite()
    assert [True] == ok(bureau)


class PowerCut(BaseException):
    """Nothing after this happens."""


@pytest.mark.postgres
def test_a_role_that_may_not_vacuum_is_told_of(bureau: Bureau) -> None:
    """PostgreSQL itself only warns and passes the table over."""
    if server_of(bureau.url) is None:
        pytest.skip("of PostgreSQL")
    page = (Path(__file__).parents[2] / "docs/reference/database.md").read_text()
    grants = page.split("```sql\n")[1].split("```")[0]
    asked = bureau.erasures.ask(of_case(bureau), "request", who=bureau.desk, reason="Permohonan")
    with closing(Raw(bureau.url)) as owner:
        owner.run("CREATE ROLE siklus_app LOGIN PASSWORD 'x'")
        owner.run(grants)
        address = make_url(bureau.url).set(username="siklus_app", password="x")
        with Database(address.render_as_string(hide_password=False)) as database:
            rooms = Engine(database, bureau.clock).privacy
            done = rooms.erasures.approve(asked.id, who=bureau.second, reason="Ya")
        owner.run("DROP OWNED BY siklus_app")
        owner.run("DROP ROLE siklus_app")
    assert done.residue
    assert () == bureau.erasures.residue.overwrite()
