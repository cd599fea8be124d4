"""Gatherings on pages and over HTTP: who is asked sees what it means, and nobody is named who must not be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from api.app import create_app
from api.settings import Settings
from engine.core.case import Case
from engine.core.command import Actor
from tests.api.conftest import Office, Travel, hidden
from tests.gatherings import GATHERING, PLAN, people_file, view
from tests.runtime.conftest import NOBODY, OPENING, HandClock, import_people, set_up
from tests.worlds import ordinary


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Office]:
    """The application over an agency whose cycle gathers."""
    clock = HandClock()
    engine = set_up(str(tmp_path / "siklus.db"), clock, definition=GATHERING)
    import_people(engine, people_file())
    engine.launch("gathering", opens=OPENING, actor=NOBODY)
    travel = Travel(engine, clock)
    app = create_app(engine, demo=travel, settings=Settings())
    yield Office(engine=engine, clock=clock, travel=travel, app=app)
    engine.database.close()


def case_of(house: Office) -> Case:
    return house.engine.cases(subject=ordinary(house.engine.chart).key)[0]


def name(house: Office, key: str) -> str:
    return house.engine.chart.history(key)[-1].name


def act(house: Office, trigger: str, by: str, **forms: object) -> None:
    house.engine.fire(case_of(house).id, trigger, actor=Actor(person=by), forms=forms)  # type: ignore[arg-type]


def signing(house: Office) -> tuple[str, str]:
    """The plan waits for two signatures; by whom."""
    act(house, "submit", case_of(house).subject, plan=PLAN)
    employee, rater = (task.holder for task in case_of(house).waiting)
    return employee, rater


def answering(house: Office) -> list[str]:
    """Four peers are asked."""
    for person in signing(house):
        act(house, "sign", person)
    return [task.holder for task in case_of(house).waiting]


def page(house: Office, person: str, language: str = "en") -> str:
    found = house.browser(name(house, person), language).get(f"/cases/{case_of(house).id}")
    assert 200 == found.status_code
    # Without the head of the page, where a demo lets its visitor be anybody.
    return unescape(found.text).partition("<main")[2]


def test_a_signer_is_shown_the_text_and_what_a_signature_binds(house: Office) -> None:
    """The text is open, its digest is said, and the button sends the digest along."""
    _, rater = signing(house)
    told = page(house, rater)
    digest = house.engine.case(case_of(house).id, rater).digest
    sent = hidden(told)

    assert "Your signature is asked for" in unescape(house.browser(name(house, rater)).get("/").text)
    assert "Your signature binds this text" in told
    assert f"digest {digest[:4]} {digest[4:8]} {digest[8:12]}" in told
    assert digest == sent["seen"]
    assert "Dua" in told
    assert "0 of 2 have signed" in told


def test_a_page_older_than_the_text_signs_nothing(house: Office) -> None:
    """The employee edits while the rater reads: the rater's click is refused and explained; a fresh page signs."""
    employee, rater = signing(house)
    client = house.browser(name(house, rater))
    old = hidden(page(house, rater))
    act(house, "edit", employee, plan={"goals": [{"title": "Lain", "weight": 100}]})
    refused = client.post(f"/cases/{case_of(house).id}/acts", data={**old, "trigger": "sign"})
    fresh = hidden(page(house, rater))
    done = client.post(f"/cases/{case_of(house).id}/acts", data={**fresh, "trigger": "sign"})

    assert refused.status_code >= 400
    assert 303 == done.status_code
    assert "You have signed this text." in page(house, rater)
    assert "1 of 2 have signed" in page(house, rater)


def test_the_text_is_edited_on_the_page_from_what_it_is(house: Office) -> None:
    """Who may edit finds the text filled in, and is told that signatures lapse."""
    employee, _ = signing(house)
    told = page(house, employee)

    assert "A change lapses every signature" in told
    assert 'value="Dua"' in told or ">Dua<" in told
    assert "Send the changed text" in told


def test_a_peer_is_promised_what_without_a_name_means_and_can_decline(house: Office) -> None:
    """Before anything is sent the page says how answers are kept; declining is a button of its own."""
    peers = answering(house)
    told = page(house, peers[0])
    client = house.browser(name(house, peers[0]))
    filled = {**hidden(told, "own:view"), "view.marks": "3", "trigger": "answer"}
    done = client.post(f"/cases/{case_of(house).id}/acts", data=filled)

    assert "kept without a name" in told
    assert "Your own words may tell who you are" in told
    assert "Decline to answer" in told
    assert 303 == done.status_code
    assert "You have answered." in page(house, peers[0])


def test_nobody_is_named_who_has_or_has_not_answered_without_a_name(house: Office) -> None:
    """The employee's page says how many; no peer's name stands on it, in neither language."""
    peers = answering(house)
    act(house, "answer", peers[0], view=view(2))
    house.wait(8)
    employee = case_of(house).subject

    for language, told in (("en", "1 of 4 have answered"), ("id", "1 dari 4 sudah menjawab")):
        text = page(house, employee, language)
        assert told in text
        assert [] == [peer for peer in peers if name(house, peer) in text]


def test_what_was_gathered_is_read_by_whom_it_is_granted(house: Office) -> None:
    """The rater reads four answers by number; a peer, whose part is done, reads none of them."""
    peers = answering(house)
    for number, peer in enumerate(peers, 1):
        act(house, "answer", peer, view=view(number, f"kata {number}"))
    _, rater = (task.holder for task in case_of(house).waiting)
    told = page(house, rater)

    assert "Views of peers" in told
    assert "Answer 4 of 4" in told
    assert {f"kata {number}" for number in range(1, 5)} == set(re.findall(r"kata \d", told))
    assert "kata" not in page(house, peers[0])


def test_too_few_answers_are_said_and_not_shown(house: Office) -> None:
    """Two of four answered, and three were promised."""
    for peer in answering(house)[:2]:
        act(house, "answer", peer, view=view(1, "kata rahasia"))
    house.wait(12)
    told = page(house, case_of(house).subject)

    assert "Not enough answers to be shown: 2 of 4." in told
    assert "kata rahasia" not in told


def test_the_api_tells_a_gathering_and_takes_its_acts(house: Office) -> None:
    """Acts, counts, digest and outcome over HTTP; names only where there are names."""
    _, rater = signing(house)
    client = house.program(name(house, rater))
    place = f"/api/v1/cases/{case_of(house).id}"
    told = client.get(place).json()
    acts = {one["trigger"]: one["allowed"] for one in client.get(f"{place}/acts").json()}
    done = client.post(f"{place}/acts/sign", json={"seen": told["gathering"]["digest"]})
    stale = house.program(name(house, case_of(house).subject)).post(
        f"{place}/acts/sign", json={"seen": "0" * 64}
    )

    assert {"sign": True, "edit": False, "refuse": True} == {
        key: acts[key] for key in ("sign", "edit", "refuse")
    }
    assert (2, 0, False) == tuple(told["gathering"][key] for key in ("asked", "answered", "unnamed"))
    assert 2 == len(told["gathering"]["waiting"])
    assert 200 == done.status_code
    assert stale.status_code in {409, 412}
    act(house, "sign", case_of(house).subject)
    after = client.get(place).json()
    assert after["gathering"]["unnamed"]
    assert [] == after["gathering"]["waiting"]
    coming = client.get(f"{place}/if-nobody-acts").json()
    assert "reminder" not in str([one["told"] for one in coming])
    assert "rung" == coming[0]["what"]
