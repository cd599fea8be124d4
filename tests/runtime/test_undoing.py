"""Taking a move back on real databases: held messages, what reads what, crashes in between, two at once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from engine.core.command import Actor, Undo
from engine.core.privacy.official import Official
from engine.errors import ActedSince, Conflict, IdempotencyMismatch, NothingToUndo, SiklusError, WrongPerson
from engine.store import Database, queries
from tests.definitions_varied import UNDO, varied
from tests.doomed import doomed
from tests.runtime.conftest import NOBODY, OPENING, Agency, HandClock, set_up
from tests.worlds import ordinary

MINUTE = 60_000_000
GOALS = {"plan": {"goals": [{"title": "Melayani", "weight": 100}]}}


@pytest.fixture(name="house")
def _house(place: str, tmp_path: Path) -> Iterator[Agency]:
    clock = HandClock()
    engine = set_up(place, clock, definition=varied(tmp_path, UNDO))
    engine.launch("small", opens=OPENING, actor=NOBODY)
    yield Agency(url=place, clock=clock, engine=engine)
    engine.database.close()


def sent(house: Agency) -> tuple[str, str, str]:
    """A plan that was handed in: the case, its subject and its rater."""
    subject = ordinary(house.engine.chart).key
    case = house.engine.cases(subject=subject)[0].id
    fired = house.engine.fire(case, "submit", actor=Actor(person=subject), forms=GOALS)
    assert fired.case.task is not None
    return case, subject, fired.case.task.holder


def waiting(house: Agency) -> list[str]:
    """The recipients of letters that a sender would be given now."""
    with house.engine.database.write() as unit:
        return [one.to for one in unit.claim_letters(house.clock.now(), 500, 1, f"f-{house.clock.now()}")]


def empty(house: Agency) -> None:
    """Everything told so far is sent."""
    with house.engine.database.write() as unit:
        for one in unit.claim_letters(house.clock.now(), 5_000, MINUTE, "before"):
            unit.settle(one.id, "before", "sent", house.clock.now())


def test_a_message_waits_for_the_time_and_goes_with_the_next_beat(house: Agency) -> None:
    """Neither before the instant nor, while no engine runs, by itself; then once, in the list and to the sender."""
    empty(house)
    _, _, rater = sent(house)
    house.clock.instant += 30 * MINUTE - 1
    house.engine.fire_due()
    before = house.engine.messages(rater)
    assert [] == waiting(house)

    house.clock.instant += 1
    assert [] == waiting(house)
    house.engine.fire_due()

    assert [rater] == waiting(house)
    assert ["task"] == [one.kind for one in house.engine.messages(rater)[: -len(before) or None]]
    house.engine.fire_due()
    house.clock.instant += MINUTE
    with house.engine.database.read() as view:
        assert {"task": 1} == dict(queries.letters_waiting(view))


def test_a_message_of_what_was_taken_back_is_never_sent(house: Agency) -> None:
    """Not then, not later; and the next time it is sent again, as if for the first time."""
    empty(house)
    case, subject, rater = sent(house)
    known = house.engine.messages(rater)
    house.engine.obey(case, Undo(actor=Actor(person=subject)))

    house.clock.instant += 60 * MINUTE
    house.engine.fire_due()
    assert [] == waiting(house)
    assert known == house.engine.messages(rater)

    house.engine.fire(case, "submit", actor=Actor(person=subject), forms=GOALS)
    house.clock.instant += 30 * MINUTE
    house.engine.fire_due()
    assert [rater] == waiting(house)


def test_the_case_stands_in_the_database_as_before(house: Agency) -> None:
    """Tasks, parties, what is written and what others would read; the log verifies."""
    subject = ordinary(house.engine.chart).key
    case = house.engine.cases(subject=subject)[0].id
    before = house.engine.case(case, subject)
    _, _, rater = sent(house)

    house.engine.obey(case, Undo(actor=Actor(person=subject), reason="salah unggah"))

    after = house.engine.case(case, subject)
    assert (before.case.state, before.case.visit, before.case.task) == (
        after.case.state,
        after.case.visit,
        after.case.task,
    )
    assert before.case.deadlines == after.case.deadlines
    assert {} == after.contents
    assert "Melayani" == after.drafts["plan"]["goals"][0]["title"]
    assert {} == house.engine.case(case, rater).drafts
    assert [case] == [one.case.id for one in house.engine.tasks(subject) if one.case.id == case]
    assert [] == [one for one in house.engine.tasks(rater) if one.case.id == case]
    with house.engine.database.read() as view:
        assert () == view.verify()
        assert not any(
            one.was for one in view.parties([case])[case] if one.person == rater and one.how == "task"
        )


def test_an_earlier_version_is_what_others_read_again(house: Agency) -> None:
    """The first plan was returned, the second is taken back: the first one counts."""
    case, subject, rater = sent(house)
    house.engine.fire(case, "return", actor=Actor(person=rater), reason="kurang rinci")
    second = {"plan": {"goals": [{"title": "Mencatat", "weight": 100}]}}
    house.clock.instant += 60 * MINUTE
    house.engine.fire(case, "submit", actor=Actor(person=subject), forms=second)

    house.engine.obey(case, Undo(actor=Actor(person=subject)))

    told = house.engine.case(case, rater).contents["plan"]["goals"]
    assert ["Melayani"] == [one["title"] for one in told]
    own = house.engine.case(case, subject)
    assert ["Mencatat"] == [one["title"] for one in own.drafts["plan"]["goals"]]
    house.engine.fire(case, "submit", actor=Actor(person=subject), forms={"plan": own.drafts["plan"]})
    assert ["Mencatat"] == [one["title"] for one in house.engine.case(case, rater).contents["plan"]["goals"]]


def test_who_acted_since_is_named(house: Agency) -> None:
    """The rater was quicker."""
    case, subject, rater = sent(house)
    house.engine.fire(case, "agree", actor=Actor(person=rater))

    with pytest.raises((ActedSince, WrongPerson)):
        house.engine.obey(case, Undo(actor=Actor(person=subject)))
    assert "waiting" == house.engine.case(case, rater).case.state


def test_it_is_done_once_under_a_key(house: Agency) -> None:
    """A repeat is answered like the first time; another request under that key is refused; without one, nothing is."""
    case, subject, _ = sent(house)
    command = Undo(actor=Actor(person=subject))

    first = house.engine.obey(case, command, key="k")
    again = house.engine.obey(case, command, key="k")

    assert again.repeated
    assert [one.hash for one in first.entries] == [one.hash for one in again.entries]
    with pytest.raises(IdempotencyMismatch):
        house.engine.obey(case, Undo(actor=Actor(person=subject), reason="lain"), key="k")
    with pytest.raises(NothingToUndo):
        house.engine.obey(case, command)


def test_a_message_that_was_let_go_is_not_dropped(house: Agency) -> None:
    """Where the clocks of two machines differ, the beat that lets it go has the last word: nothing is taken back."""
    case, subject, rater = sent(house)
    early = house.clock.instant
    house.clock.instant += 30 * MINUTE
    house.engine.fire_due()
    house.clock.instant = early

    with pytest.raises(Conflict):
        house.engine.obey(case, Undo(actor=Actor(person=subject)))

    assert "checking" == house.engine.case(case, rater).case.state


def test_of_two_at_once_one_is_first(house: Agency) -> None:
    """The rater agrees while the employee takes the plan back: one of them is refused, and nothing is in between."""
    case, subject, rater = sent(house)
    start = Barrier(2)

    def take_back() -> str:
        start.wait()
        return house.engine.obey(case, Undo(actor=Actor(person=subject))).case.state

    def agree() -> str:
        start.wait()
        return house.engine.fire(case, "agree", actor=Actor(person=rater)).case.state

    def quietly(what: object) -> str:
        try:
            return str(what())  # type: ignore[operator]
        except SiklusError as refused:
            return refused.code

    with ThreadPoolExecutor(2) as hands:
        came = {*hands.map(quietly, (take_back, agree))}

    assert came in ({"drafting", "unknown_trigger"}, {"waiting", "wrong_person"})
    with house.engine.database.read() as view:
        assert () == view.verify()


@pytest.mark.long
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_killed_at_any_statement_it_is_taken_back_or_not(house: Agency) -> None:
    """Before each statement in turn: state, messages and words agree, and in the end it is taken back."""
    case, subject, rater = sent(house)
    house.engine.database.close()

    def standing() -> tuple[str, int, bool]:
        with Database(house.url) as database, database.read() as view:
            found = view.load(case)
            assert found is not None
            assert () == view.verify()
            return found.state, len(queries.tasks_of(view, rater)), "plan" in view.contents(case).forms

    before = standing()
    with doomed("tests.runtime.dying:take_back", house.url, case, subject) as program:
        for number in range(1, 200):
            killed = program.dies_at(number)
            if not killed:
                break
            assert before == standing()

    assert not killed
    assert number > 5
    assert ("drafting", before[1] - 1, False) == standing()


def test_ones_own_data_has_what_was_written_once(house: Agency) -> None:
    """The text that was taken back is theirs, under the entry it came with; putting back says nothing of its own."""
    case, subject, _ = sent(house)
    house.engine.obey(case, Undo(actor=Actor(person=subject), reason="salah berkas"))

    found = house.engine.privacy.exports.gather(subject, who=Official(person=subject), reason="")

    assert [("plan", 2), ("reason", 3)] == [(one.name or "reason", one.seq) for one in found.wrote]
