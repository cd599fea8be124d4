"""What a rule decided is told to who reads what it was answered from; to others only that the rules decide."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.settings import Settings
from engine.runtime import Engine
from tests.api.conftest import Travel
from tests.clients import Client
from tests.runtime.conftest import NOBODY, HandClock, set_up
from tests.sighted import DESK, MONDAY, PEERS, REVIEWER, SIGHTED, SUBJECT, Sighted, sighted
from tests.worlds import ROOT


def program(case: Sighted, name: str) -> Client:
    """A program that acts as somebody."""
    app = create_app(case.engine, demo=Travel(case.engine, case.clock), settings=Settings())
    number = next(one.person_id for one in case.engine.chart.segments if one.name.startswith(name))
    return Client(app, base_url="http://127.0.0.1:8000", headers={"X-Siklus-Persona": number})


def history(case: Sighted, name: str) -> list[dict[str, Any]]:
    """The history as the API tells it to somebody."""
    return program(case, name).get(f"/api/v1/cases/{case.case_id}/history").json()


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Sighted]:
    made = sighted(tmp_path / "siklus.db")
    made.disclosed()
    yield made
    made.engine.database.close()


def test_who_reads_what_a_rule_went_by_is_told_its_verdict_and_every_hash(case: Sighted) -> None:
    told = history(case, SUBJECT)
    passed = next(one for one in told if "looking.seen" in one["body"].get("guards", {}))
    assert passed["body"]["guards"]["looking.seen"]
    assert [] == passed["withheld"]
    assert all(one["hash"] for one in told)
    assert [one["hash"] for one in told[:-1]] == [one["prev"] for one in told[1:]]


def test_who_does_not_is_told_neither_verdict_nor_what_it_could_be_tried_out_with(case: Sighted) -> None:
    """A yes or no has two hashes: from there on none is told, also not as the `prev` of the next, or in its body."""
    told = history(case, PEERS[0])
    at = next(number for number, one in enumerate(told) if one["withheld"])
    assert all(one["hash"] for one in told[:at])
    assert {None} == {one["hash"] for one in told[at:]}
    assert {None} == {one["prev"] for one in told[at + 1 :]} | {one["body"]["prev"] for one in told[at + 1 :]}
    seen = next(one for one in told if "looking.seen" in one["withheld"])
    assert "looking.seen" not in seen["body"]["guards"]


def test_a_verdict_about_a_draft_is_withheld_from_who_reads_what_was_disclosed_before(case: Sighted) -> None:
    """It was answered from the newer rating, which they do not read."""
    case.fire("reopen", DESK, reason="salah")
    case.rate("70.00")
    case.fire("seen", REVIEWER)
    assert all(not one["withheld"] for one in history(case, SUBJECT))
    case.fire("object", SUBJECT, objection={"grounds": "kurang", "proof": []})
    case.fire("reopen", DESK, reason="lagi")
    case.rate("75.00")
    view = case.seen_by(SUBJECT)
    condition = view.machine.condition("looking.seen")
    assert condition is not None
    assert not view.sight.reads_condition(condition, view.case.seq)
    assert "70.00" == case.points(SUBJECT)


def test_the_answer_to_an_act_tells_no_more_than_the_history(case: Sighted) -> None:
    """Also when the same request is sent again."""
    reviewer = program(case, REVIEWER)
    case.fire("reopen", DESK, reason="salah")
    case.rate("70.00")
    address = f"/api/v1/cases/{case.case_id}/acts/seen"
    answers = [reviewer.post(address, json={}, headers={"Idempotency-Key": "k-1"}).json() for _ in range(2)]
    assert [False, True] == [one["repeated"] for one in answers]
    for one in answers:
        assert [[]] == [entry["withheld"] for entry in one["entries"]]


def asking_the_desk(place: Path) -> Sighted:
    """A definition in which the desk acts on a score that it may not read."""
    rules = (ROOT / f"{SIGHTED}.yaml").read_text(encoding="utf-8")
    changes = {
        "by: hr, to: rating, reason: required, at_most: 2}": "by: hr, to: rating, when: 'score >= 90'}",
        "employee: disclosed, hr: disclosed, unit_head": "employee: disclosed, unit_head",
    }
    for before, after in changes.items():
        assert before in rules
        rules = rules.replace(before, after)
    (place / "asking.yaml").write_text(rules, encoding="utf-8")
    (place / "asking.texts.yaml").write_text(
        (ROOT / f"{SIGHTED}.texts.yaml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    clock = HandClock()
    clock.put(MONDAY)
    engine: Engine = set_up(str(place / "siklus.db"), clock, definition=str(place / "asking"))
    engine.launch("sighted", opens=MONDAY, actor=NOBODY)
    return Sighted(engine=engine, clock=clock)


def test_a_refusal_quotes_no_value_to_who_may_not_read_it(tmp_path: Path) -> None:
    """Neither the list of acts, nor the page, nor trying, nor a preview."""
    case = asking_the_desk(tmp_path)
    case.disclosed("60.00")
    desk, address = program(case, DESK), f"/api/v1/cases/{case.case_id}/acts"
    act = next(one for one in desk.get(address).json() if one["trigger"] == "reopen")
    assert ["The rules do not allow this; what they go by is not open to you"] == [
        one["en"] for one in act["why_not"]
    ]
    for told in (desk.post(f"{address}/reopen", json={}), desk.post(f"{address}/reopen/preview", json={})):
        assert "guard_refused" == told.json()["code"]
        assert "54" not in told.text.replace(case.case_id, "")
    assert "54.00" not in desk.get(f"/cases/{case.case_id}").text
    case.engine.database.close()
