"""A database from before the rules knows its parties again: who had a task at once, roles with the chart."""

from __future__ import annotations

from datetime import date
from importlib import import_module

from sqlalchemy import text

from engine.runtime import Engine
from engine.store import Database, queries
from engine.store.places import place
from tests.runtime.conftest import Agency


def parties(database: Database) -> dict[str, set[tuple[str, str]]]:
    """Who is a party to which case, in which role."""
    with database.read() as view:
        held = view.parties(case.id for case in queries.cases(view, limit=500))
    return {name: {(one.person, one.role) for one in rows if one.was} for name, rows in held.items()}


def test_an_upgrade_finds_the_parties_to_cases_that_were_there(launched: Agency) -> None:
    """Every party there was before it is there again."""
    launched.hop_to(date(2026, 1, 20))
    launched.engine.follow_chart()
    before = parties(launched.engine.database)
    launched.engine.database.close()

    filling = import_module("engine.store.migrations.versions.0011_parties")
    with place(launched.url).migrating() as (connection, _):
        connection.execute(text("DELETE FROM party"))
        filling._fill(connection)

    with Database(launched.url) as database:
        assert parties(database)
        Engine(database, launched.clock, launched.clock).follow_chart()
        after = parties(database)
    assert {} == {name: gone for name, held in before.items() if (gone := held - after.get(name, set()))}
