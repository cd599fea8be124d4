"""Who looks up what was denied, and that they looked; and that nobody learns by a denial whose numbers there are."""

from __future__ import annotations

import re

import pytest

from engine.core.access import NOTHING, Asker
from tests.signing_in.conftest import DESK, STAFF, House, copied, founded, house, told

__all__ = ["copied", "founded", "house"]


def test_auditors_look_denials_up_by_account_and_day_and_are_seen_to(house: House) -> None:
    stranger, auditor = house.account("fadli", person=STAFF), house.account("audit", "auditor")
    client = house.signed_in(auditor, house.enrol(auditor))
    access = house.engine.access
    for number in range(52):
        access.denied(f"a-{number}", "cycle.launch", "", "default-deny")
    access.denied(stranger.id, "people.import", "", "default-deny")
    day = re.search(r"\d{4}-\d\d-\d\d", client.get("/api/v1/denials").json()[0]["hour"])
    assert day

    page = client.get("/denials").text
    assert (50, True) == (page.count('<th scope="row">'), "page=1" in page)
    assert 3 == client.get("/denials?page=1").text.count('<th scope="row">')
    mine = told(client.get(f"/denials?who=fadli&day={day[0]}").text)
    assert "fadli import people" in mine.lower()
    number = house.engine.chart.person(house.key_of(STAFF)).person_id
    assert "fadli" in told(client.get(f"/denials?who={number}").text)
    assert "Nothing was denied here" in client.get("/denials?day=2020-01-31").text
    assert [422, 422] == [client.get(f"/denials?{one}").status_code for one in ("who=siapa", "day=kemarin")]
    house.engine.privacy.reads.flush()
    assert {auditor.id} == {one.actor for one in house.engine.privacy.reads.of("denials")}


def test_a_page_of_denials_of_the_api_is_filtered_alike(house: House) -> None:
    auditor = house.account("audit", "auditor")
    client = house.signed_in(auditor, house.enrol(auditor))
    house.engine.access.decide(Asker(account="a-7"), "cycle.launch", NOTHING)
    assert ["a-7"] == [one["who"] for one in client.get("/api/v1/denials?page=0&limit=1").json()]
    assert [] == client.get("/api/v1/denials?day=2020-01-31").json()
    assert 404 == client.get("/api/v1/denials?who=siapa").status_code


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/v1/people/{number}/tasks"),
        ("GET", "/api/v1/people/{number}/messages"),
        ("GET", "/api/v1/people/{number}/handover"),
        ("GET", "/api/v1/privacy/export?person={number}"),
        ("GET", "/handover?person={number}"),
        ("GET", "/api/v1/delegations/candidates?giver={number}&first=2026-01-05&last=2026-01-09"),
    ],
)
def test_whoever_may_not_is_not_told_whose_numbers_there_are(house: House, method: str, path: str) -> None:
    """Known or not, the answer is the same; the desk is told that there is none."""
    known = house.engine.chart.person(house.key_of(DESK)).person_id
    client = house.signed_in(house.account("fadli", person=STAFF))
    numbers = (known, "000000000000000000")
    answers = [client.request(method, path.format(number=number)) for number in numbers]
    plain = [
        re.sub(r"\b[0-9a-f]{16}\b", "", one.text.replace(number, ""))
        for one, number in zip(answers, numbers, strict=True)
    ]

    assert [403, 403] == [one.status_code for one in answers]
    assert plain[0] == plain[1]


def test_the_description_of_the_api_says_who_may_ask(house: House) -> None:
    """By token with a scope, or by the session's cookie; health by anybody."""
    from api.app import create_app  # noqa: PLC0415
    from api.settings import Settings  # noqa: PLC0415

    for address, cookie in (
        ("https://siklus.contoh.go.id", "__Host-siklus"),
        ("http://127.0.0.1:8000", "siklus"),
    ):
        settings = Settings(api_docs=True, base_url=address)
        told = create_app(house.engine, demo=None, settings=settings, system=house.clock).openapi()
        schemes = told["components"]["securitySchemes"]
        assert ("bearer", cookie) == (schemes["token"]["scheme"], schemes["session"]["name"])
        assert [{"token": ["act"]}, {"session": []}] == told["paths"][
            "/api/v1/cases/{case_id}/acts/{trigger}"
        ]["post"]["security"]
        assert [] == told["paths"]["/api/v1/health"]["get"]["security"]
        assert all("security" in one for path in told["paths"].values() for one in path.values())
