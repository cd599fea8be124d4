"""Refusals: what the log keeps of them and what not, how often, and that bad input gets a clear one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine.core.codec import decode
from engine.core.command import Actor
from engine.errors import FormInvalid, IdempotencyMismatch, StaleVisit, UnknownTrigger, WrongPerson
from engine.runtime import Engine, firing
from engine.store import Database, queries
from tests.definitions_varied import forked
from tests.runtime.conftest import NOBODY, OPENING, Agency, HandClock, set_up
from tests.worlds import HOUR, colleague, on_desk, ordinary, plan

MINUTE = HOUR // 60
GOALS = {"plan": {"goals": [{"title": "Layanan", "weight": 100}]}}


def somebody(agency: Agency) -> tuple[Actor, str]:
    """An ordinary employee and their case."""
    key = ordinary(agency.engine.chart).key
    return Actor(person=key), agency.engine.cases(subject=key)[0].id


def refused(engine: Engine, case_id: str) -> list[dict[str, Any]]:
    """The facts of every refusal that was written down about a case."""
    with engine.database.read() as view:
        return [decode(entry.body) for entry in queries.history(view, f"refusals/{case_id}")]


def hammer(engine: Engine, case_id: str, person: str, times: int = 25) -> int:
    """A wrong person tries this often; how many refusals are in the log by then."""
    for _ in range(times):
        with pytest.raises(WrongPerson):
            engine.fire(case_id, "submit", actor=Actor(person=person))
    return len(refused(engine, case_id))


@pytest.mark.parametrize("typed", ["Siti Aminah terlambat", "\ud800", "a\x00b", "x" * 100_000])
def test_a_refusal_holds_nothing_of_what_was_typed(agency: Agency, typed: str) -> None:
    """An act that does not exist is answered with those that do; the entry names the kind of command only."""
    who, case_id = somebody(agency)

    with pytest.raises(UnknownTrigger) as answer:
        agency.engine.fire(case_id, typed, actor=who)
    assert ("submit",) == answer.value.allowed
    assert [("unknown_trigger", "Fire")] == [
        (one["refused"], one["asked"]) for one in refused(agency.engine, case_id)
    ]
    assert "Siti" not in str(refused(agency.engine, case_id))


def test_a_refusal_names_the_act_that_is_there(agency: Agency) -> None:
    """Words of the definition may stand in the log: who was refused what, in which state."""
    _, case_id = somebody(agency)
    stranger = colleague(agency.engine.case(case_id, None).case.subject)
    hammer(agency.engine, case_id, stranger, times=1)
    entry = refused(agency.engine, case_id)[0]

    assert ("submit", "employee_drafts", "wrong_person") == (entry["asked"], entry["from"], entry["refused"])
    assert {"person": stranger} == entry["actor"]


def test_those_whom_the_chart_does_not_know_fill_neither_log_nor_memory(agency: Agency) -> None:
    """A hundred names out of nowhere are refused, and leave nothing behind."""
    _, case_id = somebody(agency)
    for number in range(100):
        hammer(agency.engine, case_id, f"stranger {number}", times=1)

    assert [] == refused(agency.engine, case_id)
    assert {} == agency.engine._firing._refusals


def test_refusals_of_long_ago_are_forgotten(agency: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many people refused over a day: the memory of who was refused holds those of the last minute."""
    monkeypatch.setattr(firing, "_MOST_REFUSERS", 3)
    system = HandClock()
    engine = Engine(Database(agency.url), agency.clock, system)
    who, case_id = somebody(agency)
    known = [one.key for one in agency.engine.chart.segments if not one.duties and one.key != who.person][:9]
    for person in known:
        hammer(engine, case_id, person, times=1)
        system.instant += 2 * MINUTE
    engine.database.close()

    assert 3 >= len(engine._firing._refusals)
    assert len(known) == len(refused(agency.engine, case_id))


def test_refusals_are_counted_by_the_machines_clock(agency: Agency) -> None:
    """A business clock set back five hours, or standing still, silences nothing; one that leaps allows no more."""
    system = HandClock()
    engine = Engine(Database(agency.url), agency.clock, system)
    who, case_id = somebody(agency)
    stranger = colleague(who.person)

    assert 20 == hammer(engine, case_id, stranger)
    agency.clock.instant += 24 * HOUR
    assert 20 == hammer(engine, case_id, stranger)
    agency.clock.instant -= 29 * HOUR
    system.instant += MINUTE
    assert 40 == hammer(engine, case_id, stranger)
    system.instant += MINUTE
    assert 60 == hammer(engine, case_id, stranger)
    engine.database.close()
    assert [] == agency.engine.verify()


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ({"reason": "\ud800", "forms": {"plan": plan(100)}}, None),
        ({"reason": "a\x00b", "forms": {"plan": plan(100)}}, "k"),
        ({"reason": "x" * 5_000_000, "forms": {"plan": plan(100)}}, None),
        ({"forms": {"plan": {**plan(100), "behaviour": "\ud800"}}}, "k"),
        ({"forms": {"plan": {**plan(100), "\ud800": "x"}}}, "k"),
        ({"forms": {"plan": {**plan(100), "behaviour": 1.5}}}, "k"),
        ({"forms": {"plan": []}}, None),
        ({"forms": {"plan": None}}, "k"),
        ({"forms": {"\ud800": {}}}, "k"),
    ],
)
def test_input_that_cannot_be_kept_is_refused_as_a_form_is(
    agency: Agency, asked: dict[str, Any], key: str | None
) -> None:
    """Half letters, control letters, a book, wrong shapes: each a clear refusal, and nothing has changed."""
    who, case_id = somebody(agency)
    before = agency.engine.case(case_id, None).case

    with pytest.raises(FormInvalid) as answer:
        agency.engine.fire(case_id, "submit", actor=who, key=key, **asked)
    assert answer.value.data["problems"]
    assert before == agency.engine.case(case_id, None).case
    assert ["form_invalid"] == [one["refused"] for one in refused(agency.engine, case_id)]


def test_a_refused_request_is_not_remembered_under_its_key(agency: Agency) -> None:
    """What was refused may be put right and sent again with the same key; then it stands."""
    who, case_id = somebody(agency)
    with pytest.raises(FormInvalid):
        agency.engine.fire(case_id, "submit", actor=who, forms={"plan": {}}, key="k")
    done = agency.engine.fire(case_id, "submit", actor=who, forms={"plan": plan(100)}, key="k")

    assert not done.repeated
    with pytest.raises(IdempotencyMismatch):
        agency.engine.fire(case_id, "submit", actor=who, forms={"plan": {}}, key="k")


def test_a_stale_page_is_told_that_it_is_stale(agency: Agency) -> None:
    """The act is gone with the state: the answer is about the page, not about an act nobody knows."""
    who, case_id = somebody(agency)
    asked: dict[str, Any] = {"actor": who, "forms": {"plan": plan(100)}, "visit": 1}
    agency.engine.fire(case_id, "submit", **asked)

    with pytest.raises(StaleVisit) as answer:
        agency.engine.fire(case_id, "submit", **asked)
    assert 2 == answer.value.data["visit"]


def small_agency(tmp_path) -> Agency:
    """An agency with the small cycle whose end depends on what the rater wrote."""
    url, clock = str(tmp_path / "siklus.db"), HandClock()
    engine = set_up(url, clock, definition=forked(tmp_path))
    engine.launch("small", opens=OPENING, actor=NOBODY)
    return Agency(url=url, clock=clock, engine=engine)


def stuck(tmp_path) -> tuple[Agency, str]:
    """The same, with one case whose timer cannot choose: the rater is silent, and the fork reads what they wrote."""
    agency = small_agency(tmp_path)
    _, case_id = somebody(agency)
    for day in (date(2026, 1, 31), date(2026, 3, 31)):
        agency.clock.put(day)
        report = agency.engine.fire_due()
    assert case_id in {failed for failed, _ in report.failed}
    assert "checking" == agency.engine.case(case_id, None).case.state
    return agency, case_id


def test_a_case_whose_timer_cannot_choose_is_still_open_to_the_desk(tmp_path) -> None:
    """Every sweep names it; personnel closes it with a reason all the same."""
    agency, case_id = stuck(tmp_path)
    hr = Actor(person=on_desk("personnel"))
    done = agency.engine.fire(case_id, "exempt", actor=hr, reason="meninggal dunia")

    assert ("left", "ended") == (done.case.state, done.case.ended)
    assert case_id not in {failed for failed, _ in agency.engine.fire_due().failed}
    assert [] == agency.engine.verify()
    agency.engine.database.close()


def test_a_case_whose_timer_cannot_choose_is_still_told_with_who_can_help(tmp_path) -> None:
    """Its page, its holder's list and what would happen are read as ever; the last line is what does not happen."""
    agency, case_id = stuck(tmp_path)
    view = agency.engine.case(case_id, None)
    (task,) = [one for one in agency.engine.tasks(view.case.task.holder) if one.case.id == case_id]

    assert view.consequences == task.consequences
    assert ["moves", "undecided"] == [one.kind for one in view.consequences][-2:]
    assert on_desk("personnel") in view.consequences[-1].helped_by
    agency.engine.database.close()


def test_a_case_whose_timer_cannot_choose_goes_on_once_somebody_writes_what_it_reads(tmp_path) -> None:
    """The late rater answers after all: the act is taken, and the fork chooses."""
    agency, case_id = stuck(tmp_path)
    rater = Actor(person=agency.engine.case(case_id, None).case.task.holder)
    done = agency.engine.fire(case_id, "agree", actor=rater, forms={"verdict": {"points": 7}})

    assert "done" == done.case.state
    assert [] == agency.engine.verify()
    agency.engine.database.close()


def test_a_case_whose_timer_cannot_choose_shows_and_refuses_like_any_other(tmp_path) -> None:
    """Its page opens, and an act that is not there is answered with what there is."""
    agency, case_id = stuck(tmp_path)
    subject = agency.engine.case(case_id, None).case.subject

    assert "checking" == agency.engine.case(case_id, subject).case.state
    with pytest.raises(UnknownTrigger):
        agency.engine.fire(case_id, "submit", actor=Actor(person=subject), forms=GOALS)
    agency.engine.database.close()


def test_a_number_typed_into_a_page_is_a_number_to_what_follows(tmp_path) -> None:
    """A browser sends "7"; the fork that opens at once reads 7, in an act as in its preview."""
    agency = small_agency(tmp_path)
    engine = agency.engine
    who, case_id = somebody(agency)
    engine.fire(case_id, "submit", actor=who, forms=GOALS)
    agency.clock.put(date(2026, 1, 2))
    engine.fire_due()
    rater = Actor(person=engine.case(case_id, None).case.task.holder)
    foreseen = {
        points: engine.preview(case_id, "agree", actor=rater, forms={"verdict": {"points": points}})[-1]
        for points in ("7", 7, "2")
    }
    done = engine.fire(case_id, "agree", actor=rater, forms={"verdict": {"points": "7"}})

    assert ["done", "done", "left"] == [step.case.state for step in foreseen.values()]
    assert "done" == done.case.state
    engine.database.close()
