"""The demo's year, driven to its end: what `siklus demo --run-to-end` promises."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from api.demo_agency import members
from api.demo_behaviours import PUNCTUAL, ROWS
from api.demo_report import drive_to_end
from api.settings import Settings
from api.wiring import assemble
from engine.core.codec import decode
from engine.store.database import Database

ACTS = {"moved", "stayed", "reminded"}


@pytest.fixture(scope="module")
def driven(launched, tmp_path_factory):
    """One run, its report, and the installation it was made on."""
    place = str(shutil.copy(launched, tmp_path_factory.mktemp("year") / "demo.db"))
    house = assemble(Database(place), Settings(database=place), worker="test")
    days = []
    report = drive_to_end(house, lambda closed, of, day: days.append((closed, of, day)))
    yield house, report, days
    house.close()


def facts_of(house):
    """The facts of every entry, by case."""
    return {
        case.id: [(entry.kind, decode(entry.body)) for entry in house.engine.history(case.id)]
        for case in house.engine.cases(limit=1000)
    }


def test_the_year_ends_as_it_must(driven):
    """The numbers the demo is measured by."""
    _, report, _ = driven

    assert report.met, report.missed()
    assert 55 <= report.closed <= report.cases == 60
    assert 5 <= report.escalated
    assert 1 <= report.objections_decided
    assert 1 <= report.improvements_finished
    assert 1 <= report.recognised
    assert (0, ()) == (report.open_past_latest_end, report.audit_problems)


def test_no_act_was_refused(driven):
    """People do only what is theirs to do, with forms that are whole."""
    assert () == driven[1].refused


def test_the_counts_are_those_of_the_log(driven):
    """The report is worked out from entries, so it agrees with them."""
    house, report, _ = driven
    told = facts_of(house)
    acts = [facts for lines in told.values() for kind, facts in lines if "act" in facts.get("cause", {})]

    assert report.entries == sum(map(len, told.values()))
    assert report.acts == len(acts)
    assert report.recognised == sum(facts["cause"]["act"] == "head_recognises.award" for facts in acts)


def test_every_act_was_the_task_holders_own(driven):
    """Nobody acts on behalf of somebody else, and nobody by a role without the task."""
    house, _, _ = driven
    roles = {
        facts["cause"]["role"]
        for lines in facts_of(house).values()
        for _, facts in lines
        if "act" in facts.get("cause", {})
    }

    assert {"holder"} == roles


def test_the_silent_never_acted(driven):
    """No entry has one of them as its actor; their cases were closed all the same."""
    house, report, _ = driven
    silent = {one.key for one in members(house.engine) if one.row in ROWS["silent"]}
    actors = {facts["actor"].get("person") for lines in facts_of(house).values() for _, facts in lines}
    row = next(one for one in report.behaviours if one.name == "silent")

    assert silent
    assert set() == silent & actors
    assert row.people == row.closed == row.escalated


def test_those_under_a_silent_rater_were_rated_by_somebody_else(driven):
    """The ladder handed the rating over, and nobody's year stood still for it."""
    house, _, _ = driven
    silent = next(one for one in members(house.engine) if one.row == 35)
    reports = {one.key for one in house.engine.chart.segments if one.superior == silent.person_id}
    told = facts_of(house)
    raters = {
        facts["actor"]["person"]
        for case in house.engine.cases(limit=1000)
        if case.subject in reports
        for _, facts in told[case.id]
        if facts.get("cause", {}).get("act") == "rater_rates.rate"
    }

    assert raters
    assert silent.key not in raters


def test_each_behaviour_ended_as_it_says(driven):
    """Failing ones improved or got another post after a year that was completed; everybody else's year is all."""
    ends = {one.name: set(one.ends) for one in driven[1].behaviours}

    assert {"done", "improved", "moved"} == ends["failing"]
    assert (
        {"done"}
        == ends["excellent"]
        == ends["punctual"]
        == ends["late"]
        == ends["silent"]
        == ends["objecting"]
    )


def test_no_timer_was_late(driven):
    """The clock stopped at every instant at which something was due; what was past on entry happened at once."""
    engine = driven[0].engine
    late = []
    for case in engine.cases(limit=1000):
        before = 0
        for entry in engine.history(case.id):
            late += [entry] if decode(entry.body).get("late_us") and entry.at != before else []
            before = entry.at

    assert [] == late


def test_progress_only_grows(driven):
    """A bar that shows it never runs backwards, and ends full."""
    days = driven[2]

    assert days == sorted(days, key=lambda one: (one[0], one[2]))
    assert (60, 60) == days[-1][:2]


def test_the_year_is_the_same_every_time(driven, launched, tmp_path):
    """Nothing in it depends on chance or on the machine's clock."""
    place = str(shutil.copy(launched, tmp_path / "again.db"))
    house = assemble(Database(place), Settings(database=place), worker="test")
    again = drive_to_end(house, lambda *_: None)
    house.close()

    assert driven[1] == again


def test_nobody_acting_ends_every_case_too(launched, tmp_path, monkeypatch):
    """If all were silent, timers alone close every case before its latest day; the report tells what is missing."""
    silent = replace(PUNCTUAL, after_given=None)
    monkeypatch.setattr("api.demo_year.behaviour_of", lambda _: silent)
    place = str(shutil.copy(launched, tmp_path / "silent.db"))
    house = assemble(Database(place), Settings(database=place), worker="test")
    report = drive_to_end(house, lambda *_: None)
    house.close()

    assert (60, 0, 0, 0) == (report.closed, report.open, report.open_past_latest_end, report.acts)
    assert not report.met
    assert "there should be at least one recognised" in report.missed()


@pytest.mark.parametrize(
    ("worse", "missed"),
    [
        ({"closed": 54}, "55 cases closed"),
        ({"escalated": 4}, "5 escalated"),
        ({"objections_decided": 0}, "one objection decided"),
        ({"improvements_finished": 0}, "one improvement finished"),
        ({"recognised": 0}, "one recognised"),
        ({"open_past_latest_end": 1}, "no case open past its latest day"),
        ({"refused": ("no",)}, "no act refused"),
        ({"audit_problems": ("bad",)}, "an audit log that verifies"),
    ],
)
def test_a_year_that_falls_short_says_so(driven, worse, missed):
    """Each demand is one that can be missed."""
    report = replace(driven[1], **worse)

    assert not report.met
    assert [missed] == [missed for one in report.missed() if missed in one]
    assert any(missed in line for line in report.sentences())
