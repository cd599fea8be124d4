"""A people file is shown before it counts: what the preview says is what the import then does."""

from __future__ import annotations

import shutil
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from engine.core.command import Actor
from engine.core.roster import Roster, read_roster
from engine.errors import Refused
from engine.runtime import Engine
from engine.store import Database, replacing
from engine.store.driver import compiled
from tests.runtime.conftest import NOBODY, Agency, HandClock, set_up
from tests.runtime.people_files import Row, another_post, people_with
from tests.runtime.test_following import holder, with_the_rater

AWAY = {"berhalangan_mulai": "2025-11-20", "berhalangan_selesai": "2026-02-01"}


def roster(agency: Agency, **changes: Row) -> Roster:
    """The people file with these changes; keys are written with an underscore here."""
    named = {key.replace("_", "-"): cells for key, cells in changes.items()}
    numbers = count(9_000)
    return read_roster(
        people_with(agency.engine.chart, named), "people.csv", keys=agency.engine.person_keys(),
        new_key=lambda: f"p-{next(numbers)}", existing=agency.engine.chart.segments,
    )  # fmt: skip


def named(key: str, cells: Row) -> dict[str, Row]:
    return {key.replace("-", "_"): cells}


def standing(agency: Agency) -> dict[str, tuple[Any, ...]]:
    """Where every case stands: state, facts, and who holds what."""
    return {
        one.id: (one.state, one.facts, tuple((task.id, task.holder) for task in one.waiting))
        for one in agency.engine.cases(limit=1_000)
    }


def test_a_leaver_a_mover_and_a_new_superior_are_told_with_their_cases(agency: Agency) -> None:
    """Whose tasks go to whom, and which facts will be noted; nothing is kept."""
    subject, case_id = with_the_rater(agency)
    rater = holder(agency, case_id)
    before, chart = standing(agency), agency.engine.chart.version
    changes = named(rater, {"selesai": "2025-11-30"})
    changes |= named(subject, another_post(agency.engine.chart, subject))
    told = agency.engine.preview_people(roster(agency, **changes))
    mine = next(one for one in told.affected if one.case.id == case_id)

    assert "employee moves" == mine.fact
    assert rater in [one.key for one in told.changes.leavers]
    assert subject in [one.key for one in told.changes.unit_moves]
    assert (before, chart) == (standing(agency), agency.engine.chart.version)


def test_a_post_that_falls_vacant_is_remarked(agency: Agency) -> None:
    """Its people still report to it; whoever comes next is named by the chart."""
    _, case_id = with_the_rater(agency)
    rater = holder(agency, case_id)
    told = agency.engine.preview_people(roster(agency, **named(rater, {"selesai": "2025-11-30"})))

    assert ("vacant", rater) in [(one.kind, one.person) for one in told.remarks]


@pytest.fixture(scope="module")
def launched(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An agency with cases on several tables, to be copied."""
    place = str(tmp_path_factory.mktemp("previewed") / "siklus.db")
    engine = set_up(place, HandClock())
    engine.launch("asn-tahunan", opens=date(2025, 12, 1), actor=NOBODY)
    agency = Agency(url=place, clock=HandClock(), engine=engine)
    with_the_rater(agency)
    engine.database.close()
    return place


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=some.data())
def test_the_import_does_exactly_what_the_preview_said(
    launched: str, tmp_path_factory: pytest.TempPathFactory, data: some.DataObject
) -> None:
    """Leavers, movers, other superiors, absences, drawn at random: every case ends up where it was said to."""
    agency = copied(launched, tmp_path_factory)
    chart = agency.engine.chart
    people = [
        one.key for one in chart.people(date(2025, 12, 1)) if not one.external and "head" not in one.duties
    ]
    changes: dict[str, Row] = {}
    for key in data.draw(some.sets(some.sampled_from(people), min_size=1, max_size=6)):
        changes |= named(key, data.draw(some.sampled_from(kinds(chart, key))))
    file = roster(agency, **changes)
    told, before = agency.engine.preview_people(file), standing(agency)
    done = agency.engine.import_people(file, actor=NOBODY)
    expected = before | {
        one.case.id: (
            one.after.state, one.after.facts, tuple((task.id, task.holder) for task in one.after.waiting),
        )
        for one in told.affected
    }  # fmt: skip
    after = standing(agency)
    agency.engine.database.close()

    assert told.version == done.version
    assert expected == {name: after[name] for name in before}
    assert sum(len(one.opens) for one in told.affected) == len(after) - len(before)


def copied(launched: str, places: pytest.TempPathFactory) -> Agency:
    """The agency on a database of its own."""
    folder = places.mktemp("copy")
    for part in Path(launched).parent.iterdir():
        shutil.copy(part, folder / part.name)
    clock = HandClock()
    place = str(folder / Path(launched).name)
    return Agency(url=place, clock=clock, engine=Engine(Database(place), clock))


def kinds(chart: Any, key: str) -> list[Row]:
    return [
        {"selesai": "2025-11-30"},
        another_post(chart, key),
        {"atasan": another_post(chart, key)["atasan"]},
        {"jabatan": "Analis"},
    ]


def test_the_last_import_is_taken_back_and_its_tasks_go_back(agency: Agency) -> None:
    """Chart and tasks are as before; it is taken back once."""
    _, case_id = with_the_rater(agency)
    rater = holder(agency, case_id)
    before, segments = standing(agency), set(agency.engine.chart.segments)
    agency.engine.import_people(roster(agency, **named(rater, AWAY)), actor=NOBODY)
    moved = holder(agency, case_id)
    agency.engine.undoing.undo(actor=NOBODY, reason="berkas lama")

    assert rater != moved
    assert (before, segments) == (standing(agency), set(agency.engine.chart.segments))
    assert [] == agency.engine.verify()
    with pytest.raises(Refused, match="no import to take back"):
        agency.engine.undoing.undo(actor=NOBODY, reason="lagi")


def test_an_import_somebody_acted_on_is_not_taken_back(agency: Agency) -> None:
    """The refusal names the case; nothing has changed."""
    _, case_id = with_the_rater(agency)
    rater = holder(agency, case_id)
    agency.engine.import_people(roster(agency, **named(rater, AWAY)), actor=NOBODY)
    agency.engine.fire(case_id, "agree", actor=Actor(person=holder(agency, case_id)))
    chart = agency.engine.chart.version
    with pytest.raises(Refused, match=case_id):
        agency.engine.undoing.undo(actor=NOBODY, reason="keliru")

    assert chart == agency.engine.chart.version


def test_an_import_by_which_somebody_left_is_not_taken_back(agency: Agency) -> None:
    """What a case has noted stays noted."""
    subject, _ = with_the_rater(agency)
    agency.engine.import_people(roster(agency, **named(subject, {"selesai": "2025-11-30"})), actor=NOBODY)
    with pytest.raises(Refused, match="what is noted stays"):
        agency.engine.undoing.undo(actor=NOBODY, reason="keliru")


def test_what_was_built_on_an_import_is_not_sought_in_the_whole_log(agency: Agency) -> None:
    """An index keeps apart the few entries that may stand in the way."""
    with agency.engine.database.read() as view:
        text, _ = compiled(view.driver.kind, replacing.asked_since(0))
        if view.driver.kind == "postgresql":
            view.driver.run("SET LOCAL enable_seqscan = off")
        words = "EXPLAIN" if view.driver.kind == "postgresql" else "EXPLAIN QUERY PLAN"
        plan = view.driver.rows(f"{words} {text}", (0,))

    assert "ix_entry_follows" in str(plan)


def test_the_same_people_again_neither_lock_nor_walk_anything(place: str) -> None:
    """What a file changes is worked out before the lock is taken; one that changes nothing takes none."""
    texts: list[str] = []
    clock = HandClock()
    set_up(place, clock).database.close()
    with Database(place, failpoint=texts.append) as database:
        engine = Engine(database, clock)
        same = Roster(people=engine.chart.segments)
        texts.clear()
        report = engine.import_people(same, actor=NOBODY)

    assert ((), (), (), 0) == (report.joined, report.changed, report.left, report.followed)
    assert [] == [
        text for text in texts if text.startswith(("BEGIN IMMEDIATE", "INSERT", "UPDATE", "DELETE"))
    ]
    assert not [text for text in texts if "FROM cases" in text]
