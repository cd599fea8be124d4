"""Gatherings on a real database: answers of many, signatures, and what is left of answers without names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from engine.core.audit import commitment
from engine.core.case import Case
from engine.core.codec import canonical, decode
from engine.core.command import Actor
from engine.errors import StaleVisit, WrongPerson
from engine.runtime import CaseView, Engine
from engine.store import Database, queries
from tests.furnished import furnish
from tests.gatherings import GATHERING, PLAN, members, people_file, view
from tests.runtime.conftest import NOBODY, OPENING, Agency, HandClock, import_people, set_up
from tests.worlds import ordinary


@pytest.fixture
def house(place: str) -> Iterator[Agency]:
    """An agency with a committee of peers and a board, and a launched cycle that gathers."""
    clock = HandClock()

    def fill(to: str) -> None:
        new = set_up(to, clock, definition=GATHERING)
        import_people(new, people_file())
        new.launch("gathering", opens=OPENING, actor=NOBODY)
        new.database.close()

    furnish(place, "the year that gathers", fill)
    engine = Engine(Database(place), clock)
    yield Agency(url=place, clock=clock, engine=engine)
    engine.database.close()


def subject_of(house: Agency) -> str:
    return ordinary(house.engine.chart).key


def case_of(house: Agency) -> Case:
    return house.engine.cases(subject=subject_of(house))[0]


def fire(
    house: Agency, trigger: str, by: str, key: str | None = None, seen: str = "", **forms: object
) -> Case:
    done = house.engine.fire(
        case_of(house).id,
        trigger,
        actor=Actor(person=by),
        forms=forms,
        key=key,
        seen=seen,  # type: ignore[arg-type]
    )
    return done.case


def signing(house: Agency) -> tuple[str, str]:
    """The plan waits for signatures; by whom."""
    fire(house, "submit", subject_of(house), plan=PLAN)
    employee, rater = (task.holder for task in case_of(house).waiting)
    return employee, rater


def answering(house: Agency) -> list[str]:
    """Peers are asked for their views."""
    for person in signing(house):
        fire(house, "sign", person)
    return [task.holder for task in case_of(house).waiting]


def seen_by(house: Agency, person: str) -> CaseView:
    return house.engine.case(case_of(house).id, person)


def test_everybody_asked_finds_the_task_in_their_inbox_until_they_have_done_it(house: Agency) -> None:
    """One row for each who is asked; it goes with the signature, and comes back when the text is changed."""
    employee, rater = signing(house)

    def waits(person: str) -> bool:
        return any(one.case.id == case_of(house).id for one in house.engine.tasks(person))

    assert waits(employee)
    assert waits(rater)
    fire(house, "sign", rater)
    assert not waits(rater)
    fire(house, "edit", employee, plan={"goals": [{"title": "Satu", "weight": 100}]})
    assert waits(rater)
    assert "lapsed" == house.engine.messages(rater)[0].kind
    assert [] == house.engine.verify()


def test_a_signer_signs_the_text_that_was_shown(house: Agency) -> None:
    """The digest on the page is the one that binds; after an edit the old one is refused."""
    employee, rater = signing(house)
    before = seen_by(house, rater).digest
    fire(house, "edit", employee, plan={"goals": [{"title": "Lain", "weight": 100}]})

    with pytest.raises(StaleVisit):
        fire(house, "sign", rater, seen=before)
    fire(house, "sign", rater, seen=seen_by(house, rater).digest)
    gathering = case_of(house).gathering
    assert gathering is not None
    assert seen_by(house, rater).digest == next(one.bound for one in gathering.asked if one.person == rater)


def test_a_signature_sent_twice_is_given_once(house: Agency) -> None:
    """The same request again gets the first answer; without its key it is refused."""
    _, rater = signing(house)
    first = fire(house, "sign", rater, key="k-1")
    again = fire(house, "sign", rater, key="k-1")

    assert first.seq == again.seq
    with pytest.raises(WrongPerson):
        fire(house, "sign", rater)


def test_a_handover_sheet_names_nobody_who_answers_without_a_name(house: Agency) -> None:
    """Not even to the head of the unit; before, it named those who were to sign."""
    signing(house)
    rater = house.engine.chart.superior(subject_of(house), date(2026, 1, 5))
    assert rater is not None

    def others() -> set[str]:
        lines = house.engine.handing.sheet(rater.key, date(2026, 1, 5)).lines
        return {task.holder for one in lines if one.case.id == case_of(house).id for task in one.others}

    assert subject_of(house) in others()
    for person in [task.holder for task in case_of(house).waiting]:
        fire(house, "sign", person)
    assert len(case_of(house).waiting) > 1
    assert set() == others()


def test_answers_without_names_come_as_one_batch_and_leave_nothing_else(house: Agency) -> None:
    """After the last answer: one row of all answers, committed to by the entry of the move; what was held is empty."""
    peers = answering(house)
    for number, peer in enumerate(peers, 1):
        fire(house, "answer", peer, key=f"k-{number}", view=view(number, f"kata {number}"))
    case = case_of(house)
    with house.engine.database.read() as snapshot:
        rows = queries.written(snapshot, case.id)
        answered = [decode(one.body) for one in queries.history(snapshot, case.stream)]
    (batch,) = [one for one in rows if one.form == "@views"]
    held = [one.value for one in rows if one.form.startswith("views#")]
    moved = next(facts for facts in answered if "@views" in facts.get("content", {}))

    assert "both_explain" == case.state
    assert [1, 2, 3, 4] == sorted(one["marks"] for one in decode(batch.value))
    assert moved["content"]["@views"] == commitment("@views", batch.value, batch.salt)
    assert [b"null"] == held
    assert [] == [one for one in answered if one["kind"] == "answered" and "person" in one["actor"]]
    assert [] == house.engine.verify()


def test_the_key_of_a_request_says_nothing_of_an_answer_without_a_name(house: Agency) -> None:
    """What is kept beside the actor to know a repeat is the same whatever was answered."""
    peers = answering(house)
    fire(house, "answer", peers[0], key="same", view=view(1))
    again = fire(house, "answer", peers[0], key="same", view=view(4))

    assert again.seq == case_of(house).seq
    with house.engine.database.read() as snapshot:
        kept = snapshot.recall(peers[0], "same")
    assert kept is not None
    assert not any(word in canonical([kept[0], kept[1].decode()]) for word in (b"marks", b"view"))


def test_answers_with_names_are_read_by_whom_they_are_granted_when_all_is_over(house: Agency) -> None:
    """Employee and rater explain: each reads their own at once, the reviewer both once the gathering is over."""
    for number, peer in enumerate(answering(house), 1):
        fire(house, "answer", peer, view=view(number))
    employee, rater = (task.holder for task in case_of(house).waiting)
    fire(house, "answer", rater, note={"says": "dari penilai"})

    assert {"says": "dari penilai"} == seen_by(house, rater).own_answer
    assert seen_by(house, employee).own_answer is None
    assert "note" not in seen_by(house, employee).gathered
    fire(house, "answer", employee, note={"says": "dari pegawai"})
    reviewer = house.engine.chart.by_id(house.engine.chart.person(rater).superior or "").key
    told = seen_by(house, reviewer)
    assert "note" not in seen_by(house, rater).gathered
    assert [{"says": "dari pegawai"}, {"says": "dari penilai"}] == told.gathered["note"]
    assert (employee, rater) == told.case.gathered["note"].by


def test_time_rings_and_moves_a_gathering(house: Agency) -> None:
    """Reminders, the escalation, the stand-in, at last the move; nobody acts, and nothing fails."""
    employee, rater = signing(house)
    house.hop_to(date(2026, 3, 16))
    case = case_of(house)

    assert case.state in {"tested", "both_explain"}
    assert 0 == case.gathered["plan"].answered
    assert {"reminder", "escalated"} <= {one.kind for one in house.engine.messages(rater)}
    assert "reminder" in {one.kind for one in house.engine.messages(employee)}
    assert [] == house.engine.verify()


def test_who_leaves_the_chart_drops_out_of_a_gathering(house: Agency) -> None:
    """A new people file ends a peer's post: three of four are left, and their answers are enough."""
    peers = answering(house)
    gone = house.engine.chart.history(peers[0])[-1]
    for number, peer in enumerate(peers[1:], 1):
        fire(house, "answer", peer, view=view(number))
    lines = people_file().decode().splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith(f"{gone.person_id},"))
    cells = lines[at].split(",")
    cells[lines[0].split(",").index("selesai")] = "2025-11-30"
    lines[at] = ",".join(cells)
    import_people(house.engine, "\n".join(lines).encode())

    assert "both_explain" == case_of(house).state
    assert 1 == case_of(house).gathered["views"].dropped
    assert 3 == len(members(house.engine.chart, "peers"))
