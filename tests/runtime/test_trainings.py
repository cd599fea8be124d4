"""A training that is recorded in a journal lets its holder do what asks for it, beside what the people file says."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from api.demo_cycles import publish_linked
from engine.core.codec import decode
from engine.core.command import Actor, AddEntry
from engine.errors import WrongPerson
from engine.runtime import Engine
from engine.store import queries
from tests.runtime.conftest import NOBODY, Agency, HandClock, import_people, set_up
from tests.worlds import ROOT

STAFF, SUPERIOR, ABOVE, DESK = "Fadli Hunowu", "Nur Aida Pakaya", "Wirda Lasena", "Hasna Napu"
PASSED = {"course": "objective_rating", "day": "2026-01-05", "hours": "8.0", "result": "passed"}


def people() -> bytes:
    """The demo's people: the next superior is a trained rater by the file, the direct one is not."""
    duties = {SUPERIOR: "", ABOVE: "trained:penilai", DESK: "desk:competence"}
    text = (ROOT / "workflows/examples/people-demo.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))[:25]
    told = io.StringIO()
    writer = csv.DictWriter(told, rows[0].keys())
    writer.writeheader()
    writer.writerows({**row, "tugas": duties.get(row["nama"], row["tugas"])} for row in rows)
    return told.getvalue().encode()


@pytest.fixture
def trained(place: str) -> Iterator[Agency]:
    """An agency in which only trained raters rate."""
    clock = HandClock()
    engine: Engine = set_up(place, clock, definition="workflows/bukitintan-penilaian", people=people())
    publish_linked(engine, engine.definition(engine.in_force("bukitintan-penilaian").digest))
    clock.put(date(2026, 1, 5))
    engine.launch("bukitintan-penilaian", opens=date(2026, 1, 5), actor=NOBODY)
    yield Agency(url=place, clock=clock, engine=engine)
    engine.database.close()


def key_of(agency: Agency, name: str) -> str:
    return next(one.key for one in agency.engine.chart.segments if one.name == name)


def record(agency: Agency, **values: Any) -> None:
    """The training desk writes into the superior's own case."""
    entry = AddEntry(
        journal="trainings", values={**PASSED, **values}, actor=Actor(person=key_of(agency, DESK))
    )
    agency.engine.obey(agency.case_of(SUPERIOR), entry)


def asked_to_rate(agency: Agency) -> str:
    """Who is asked to begin the staff member's evaluation, in autumn."""
    case = agency.case_of(STAFF)
    agency.hop_to(date(2026, 10, 2))
    document = {"achievements": [{"target": "tertib arsip", "reached": "selesai", "evidence": []}]}
    agency.engine.fire(case, "send", actor=Actor(person=key_of(agency, STAFF)), forms={"document": document})
    task = agency.engine.case(case, None).case.task
    assert task is not None
    return agency.engine.chart.person(task.holder).name


def test_without_the_training_the_next_trained_superior_is_asked(trained: Agency) -> None:
    assert ABOVE == asked_to_rate(trained)


def test_a_recorded_training_lets_the_superior_rate(trained: Agency) -> None:
    """From then on, on another process too; an import of the same people takes nothing away."""
    record(trained)
    import_people(trained.engine, people().replace(b"Kepala Bagian Organisasi", b"Kepala Bagian Tata Kelola"))

    other = trained.another()
    chart = other.chart
    other.database.close()
    assert chart.trained(chart.person(key_of(trained, SUPERIOR)), "penilai", date(2029, 1, 5))
    assert not chart.trained(chart.person(key_of(trained, SUPERIOR)), "penilai", date(2029, 1, 6))
    assert SUPERIOR == asked_to_rate(trained)
    assert [] == trained.engine.verify()


@pytest.mark.parametrize(
    "values", [{"result": "attended"}, {"course": "records"}], ids=["attended only", "another course"]
)
def test_another_training_counts_for_nothing(trained: Agency, values: dict[str, str]) -> None:
    record(trained, **values)

    assert () == trained.engine.chart.trainings


def test_a_record_that_was_wrong_is_ended_by_another(trained: Agency) -> None:
    """Both stay, and the log names what each gave and the chart it made."""
    record(trained)
    before = trained.engine.chart.version
    record(trained, result="withdrawn")

    chart = trained.engine.chart
    assert 2 == len(chart.trainings)
    assert not chart.trained(chart.person(key_of(trained, SUPERIOR)), "penilai", date(2026, 1, 5))
    with trained.engine.database.read() as view:
        told = [decode(one.body) for one in queries.history(view, "people") if one.kind == "trained"]
    assert [[["penilai", "2029-01-05"]], [["penilai", "over"]]] == [one["gives"] for one in told]
    assert [key_of(trained, SUPERIOR)] * 2 == [one["object"] for one in told]
    assert (before, chart.version) == (told[1]["before"], told[1]["chart"])


def test_whoever_may_not_write_there_gives_no_training(trained: Agency) -> None:
    """Nobody qualifies themselves: the journal is the training desk's."""
    entry = AddEntry(journal="trainings", values=PASSED, actor=Actor(person=key_of(trained, SUPERIOR)))
    with pytest.raises(WrongPerson):
        trained.engine.obey(trained.case_of(SUPERIOR), entry)

    assert () == trained.engine.chart.trainings
