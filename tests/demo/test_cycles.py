"""Every shipped cycle can be lived in a demo: alone in a new one, or beside what is launched there."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.demo_agency import open_demo, settle_agency, worth_being
from api.demo_clock import DemoClock, Travel
from api.demo_cycles import OFFERS
from engine.errors import NotFound, StoreUnusable
from engine.runtime import Engine
from tests.workflows.families import FAMILIES, shipped

#: cases of these are opened by others
OPENED = {"asn-triwulan", "asn-perbaikan", "pembinaan"}


def settled(place: Path, *cycles: str) -> Engine:
    """A new demo in which these were launched one after another."""
    database = open_demo(str(place / "demo.db"), fresh=False, told=str)
    engine = Engine(database, DemoClock(database))
    for one in cycles:
        settle_agency(engine, told=str, cycle=one)
    return engine


def test_every_shipped_definition_is_offered_or_opened_by_one_that_is() -> None:
    offered = {name for offer in OFFERS.values() for name in offer.launches}

    assert set(shipped()) == offered | OPENED
    assert offered <= {name for family in FAMILIES.values() for name in family.members}


def test_a_cycle_that_is_not_shipped_is_refused_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="kupang-kinerja"):
        settled(tmp_path, "kupang-kinerj")


def test_another_cycle_joins_the_one_that_is_lived(tmp_path: Path) -> None:
    """Its cases are there on the demo's day; asking again changes nothing."""
    engine = settled(tmp_path, "plaju-standar")
    first = len(engine.cases(limit=1_000))

    assert first
    assert 0 == settle_agency(engine, told=str, cycle="plaju-standar")
    assert 0 == settle_agency(engine, told=str)
    assert worth_being(engine)
    with pytest.raises(StoreUnusable, match="--fresh"):
        settle_agency(engine, told=str, cycle="percobaan")
    engine.database.close()


@pytest.mark.long
def test_all_of_them_live_for_a_month_in_one_demo(tmp_path: Path) -> None:
    """Every cycle of the demo's agency beside the others, everybody silent; nothing fails."""
    engine = settled(tmp_path, *(name for name, offer in OFFERS.items() if name != "percobaan"))
    trips = [Travel(engine, DemoClock(engine.database)).advance("week") for _ in range(5)]

    assert {name for offer in OFFERS.values() for name in offer.launches} - {"percobaan"} == {
        engine.definition(one.definition).workflow for one in engine.cycles()
    }
    assert [()] * 5 == [trip.failed for trip in trips]
    engine.database.close()


@pytest.mark.long
def test_an_employers_demo_has_its_own_people(tmp_path: Path) -> None:
    engine = settled(tmp_path, "percobaan")

    assert {"percobaan"} == {one.kind for one in engine.chart.segments if engine.cases(subject=one.key)}
    assert () == worth_being(engine)
    engine.database.close()
