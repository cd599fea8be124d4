"""Setting the demo up: once, completely, and never over anything else."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from api.demo_agency import members, open_demo, settle_agency
from api.demo_behaviours import AMENDED, BEHAVIOURS, NOT_IMPROVING, ROWS, behaviour_of
from api.demo_clock import DemoClock
from engine.errors import StoreUnusable
from engine.runtime import Engine
from engine.store.database import Database


def rows(place):
    """How many rows each table that matters has."""
    with Database(place) as database, database.read() as view:
        return {
            table: view.driver.rows(f"SELECT count(*) FROM {table}")[0][0]
            for table in ("entry", "cases", "person", "definition", "calendar", "cycle", "outbox")
        }


def test_the_agency_has_sixty_cases(house):
    """Four units of officials, sixty of whom are appraised."""
    cases = house.engine.cases(limit=1000)
    units = {person.unit for person in house.engine.chart.segments if not person.external}

    assert (60, 4) == (len(cases), len(units))
    assert {"employee_drafts"} == {case.state for case in cases}


def test_a_second_set_up_repeats_nothing(house, place):
    """No entry, no person, no message more than before."""
    before = rows(place)
    told = []

    assert 0 == settle_agency(house.engine, told=told.append)
    assert (before, []) == (rows(place), told)


def test_a_set_up_that_was_cut_short_is_finished(tmp_path):
    """People without a cycle: the rest is done, the people are not doubled."""
    place = str(tmp_path / "demo.db")
    with open_demo(place, fresh=False, told=str) as database:
        engine = Engine(database, DemoClock(database))
        launch, engine.launch = engine.launch, interrupted
        with pytest.raises(KeyboardInterrupt):
            settle_agency(engine, told=str)
        engine.launch = launch

        assert 60 == settle_agency(engine, told=str)
    assert 66 == rows(place)["person"]


def interrupted(*_, **__):
    raise KeyboardInterrupt


def test_fresh_starts_again(place):
    """The old demo is gone, the new one is empty."""
    with open_demo(place, fresh=True, told=str) as database, database.read() as view:
        assert () == view.cycles()


def test_a_demo_is_found_again(place):
    """Without fresh, what is there is used as it is."""
    with open_demo(place, fresh=False, told=str) as database, database.read() as view:
        assert 1 == len(view.cycles())


@pytest.mark.parametrize("fresh", [False, True])
def test_a_real_database_is_left_alone(tmp_path, fresh):
    """It is neither used nor removed, however the demo is started."""
    place = str(tmp_path / "real.db")
    Database.create(place, "real").close()
    before = (tmp_path / "real.db").read_bytes()
    with pytest.raises(StoreUnusable, match="real database"):
        open_demo(place, fresh=fresh, told=str)

    assert before == (tmp_path / "real.db").read_bytes()


def test_the_table_of_behaviours_names_people_who_are_appraised(house):
    """Every row of the table is somebody with a case, and stands in it once."""
    subjects = {case.subject for case in house.engine.cases(limit=1000)}
    appraised = {one.row for one in members(house.engine) if one.key in subjects}
    named = [row for rows in ROWS.values() for row in rows]

    assert len(named) == len(set(named))
    assert set(named) <= appraised
    assert set() < NOT_IMPROVING < set(ROWS["failing"])
    assert set() < AMENDED < set(ROWS["objecting"])


def test_who_is_not_named_is_punctual():
    """Six behaviours, one of them for everybody else."""
    assert {"punctual", *ROWS} == {one.name for one in BEHAVIOURS}
    assert "punctual" == behaviour_of(0).name


def test_nothing_is_removed_on_a_guess(place):
    """A database that cannot be opened may be a real one: it stays, and the reason is told."""
    with sqlite3.connect(place) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
    raw.close()
    with pytest.raises(StoreUnusable, match="nothing was removed"):
        open_demo(place, fresh=True, told=str)

    assert Path(place).exists()
