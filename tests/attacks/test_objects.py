"""Other people's things: every address that names something, asked by somebody whom it does not concern."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from typing import Any

import pytest

from tests.api.conftest import MANAGER, RATER, STAFF, Office
from tests.attacks.attackers import kept_of, routes_of
from tests.worlds import plan

#: what an act might say, so that it is not refused for saying nothing
BODY: Mapping[str, Any] = {"reason": "x", "note": "x", "forms": {}, "numbers": [1], "values": {}}
#: words that stand in this case and nowhere else
SECRET = "rahasia-kinerja-7c1"


@pytest.fixture
def told(office: Office) -> Office:
    """An office in which one case has something to tell."""
    given = plan(60, 40)
    given["behaviour"] = SECRET
    office.fire("submit", STAFF, plan=given)
    return office


def outsider(office: Office) -> str:
    """An employee who has to do with neither the case nor its people, nor serves on a desk."""
    case = office.case_of()
    for one in office.engine.chart.segments:
        view = office.engine.case(case, one.key)
        if not (one.duties or one.external or view.held or view.roles or one.key == view.case.subject):
            below = [other for other in office.engine.chart.segments if other.superior == one.key]
            if not below:
                return one.name
    raise AssertionError("everybody has to do with it")


def addresses(office: Office) -> list[tuple[str, str]]:
    """Everything that names a case or a person, with the names of what is somebody else's."""
    case, person = office.case_of(), office.id_of(STAFF)
    known = {
        "case_id": [case], "person_id": [person], "trigger": ["submit", "pass"], "journal": ["daily"],
        "name": ["daily"], "number": ["1"], "sha256": ["0" * 64], "verb": ["approve"],
    }  # fmt: skip
    found = []
    for method, pattern in routes_of(office):
        names = [part[1:-1] for part in pattern.split("/") if part.startswith("{")]
        if {"case_id", "person_id"} & set(names):
            filled = (dict(zip(names, one, strict=True)) for one in itertools.product(*map(known.get, names)))
            found += [(method, pattern.format(**one)) for one in filled]
    assert len(found) > 25
    return found


def tried(office: Office, name: str) -> dict[tuple[str, str], tuple[int, str]]:
    """What somebody is answered at every such address."""
    answers = {}
    for method, address in addresses(office):
        api = address.startswith("/api/")
        client = office.program(name) if api else office.browser(name)
        sent = (
            {}
            if method == "GET"
            else {"json": BODY}
            if api
            else {"data": {"reason": "x", "trigger": "submit"}}
        )
        answer = client.request(method, address, **sent)
        answers[method, address] = (answer.status_code, answer.text)
    return answers


def test_nobody_reaches_what_is_not_theirs(told: Office) -> None:
    """Neither reading nor acting; nothing changes, no word of it is in an answer, and who tries learns nothing."""
    before = kept_of(told, told.case_of())
    answers = tried(told, outsider(told))
    opened = {what: status for what, (status, _) in answers.items() if status not in {403, 404, 405, 422}}
    leaks = [what for what, (_, text) in answers.items() if SECRET in text]

    assert {} == opened
    assert [] == leaks
    assert before == kept_of(told, told.case_of())


def test_what_is_refused_says_no_more_than_what_does_not_exist(told: Office) -> None:
    """No state, no name, no list of what could be done: a refusal is not a way to look."""
    state = told.engine.case(told.case_of(), None).case.state
    for (method, address), (status, text) in tried(told, outsider(told)).items():
        if status == 403 and address.startswith("/api/"):
            assert f'"{state}"' not in text, (method, address)
            assert STAFF not in text, (method, address)


def test_the_same_addresses_open_to_whom_they_belong(told: Office) -> None:
    """The attempts are well aimed: the owner, their superior and the desk are let in."""
    own = tried(told, STAFF)
    desk = tried(told, MANAGER)

    assert 8 <= sum(status < 400 for (method, _), (status, _) in own.items() if method == "GET")
    assert any(SECRET in text for _, text in own.values())
    assert any(status < 400 for status, _ in desk.values())


def test_somebody_elses_number_in_a_header_or_a_field_changes_nothing(told: Office) -> None:
    """Who asks is who asks, whatever else a request says about it."""
    case, name = told.case_of(), outsider(told)
    other = told.id_of(STAFF)
    client = told.program(name)
    said = {
        "X-User": other,
        "X-Remote-User": other,
        "X-Forwarded-User": other,
        "From": other,
        "X-Account": other,
    }
    read = client.get(f"/api/v1/cases/{case}", headers=said)
    asked = client.get(f"/api/v1/cases/{case}?person={other}&as={other}&persona={other}&user={other}")
    sent = client.post(f"/api/v1/cases/{case}/acts/pass", json={"reason": "x", "actor": told.key_of(RATER)})

    assert (403, 403, 422) == (read.status_code, asked.status_code, sent.status_code)


def test_lists_hold_nothing_of_others(told: Office) -> None:
    """Whatever is asked of a list, it shows what one may open."""
    name, case = outsider(told), told.case_of()
    client = told.program(name)
    asked = [
        "",
        "?limit=500",
        "?cycle=asn-tahunan-2026",
        f"?after={case[:-1]}",
        "?state=manager_review",
        "?open_only=1",
    ]
    for query in asked:
        answer = client.get(f"/api/v1/cases{query}")
        assert 200 == answer.status_code
        for line in answer.json()["cases"]:
            assert 200 == client.get(f"/api/v1/cases/{line['id']}").status_code
        assert case not in answer.text


def test_whatever_is_refused_for_want_of_a_right_is_told(office: Office) -> None:
    """A stranger to a case tries every address of it: each refusal is counted by its action."""
    case = next(one for one in office.engine.cases(limit=200) if one.subject != office.key_of(STAFF))
    client, known = office.program(STAFF), {"case_id": case.id, "person_id": office.id_of("Zulkifli")}
    access, refused = office.engine.access, 0
    for method, pattern in routes_of(office):
        if not re.search(r"\{(?:case_id|person_id)\}", pattern) or not pattern.startswith("/api/"):
            continue
        address = re.sub(r"\{(\w+)\}", lambda found: known.get(found[1], "x"), pattern)
        before = sum(one.count for one in access.denials())
        if client.request(method, address).status_code == 403:
            refused += 1
            assert sum(one.count for one in access.denials()) > before, (method, pattern)
    assert 10 < refused
