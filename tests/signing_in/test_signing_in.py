"""Signing in and out on the pages: who comes in, what a session is worth, and when it is over."""

from __future__ import annotations

import pytest

from api.app import create_app
from api.settings import Settings
from tests.clients import Client
from tests.signing_in.conftest import HOUR, MINUTE, PASSWORD, STAFF, House, told


def test_the_first_page_asks_who_it_is(house: House) -> None:
    answer = house.browser().get("/cases?cycle=x")

    assert (303, "/sign-in?next=%2Fcases%3Fcycle%3Dx") == (answer.status_code, answer.headers["location"])


def test_a_person_signs_in_sees_their_tasks_and_signs_out(house: House) -> None:
    client = house.signed_in(house.account("fadli", person=STAFF))
    assert "My own case" in client.get("/").text

    answer = client.post("/sign-out")
    assert "/signed-out?language=en" == answer.headers["location"]
    assert '"cache", "cookies", "storage"' == answer.headers["clear-site-data"]
    assert "You are signed out" in client.get(answer.headers["location"]).text
    assert 303 == client.get("/").status_code


def test_after_signing_in_one_is_where_one_wanted_to_be(house: House) -> None:
    house.account("fadli", person=STAFF)
    data = {"login": " FADLI ", "password": PASSWORD}

    for back, there in (
        ("/messages", "/messages"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/\t/evil.example", "/"),
    ):
        answer = house.browser().post("/sign-in", data={**data, "next": back})
        assert there == answer.headers["location"]


def test_unknown_and_wrong_are_told_in_the_same_words(house: House) -> None:
    house.account("fadli", person=STAFF)
    pages = [
        house.browser().post("/sign-in", data={"login": login, "password": "salah sama sekali"})
        for login in ("fadli", "nobody")
    ]

    assert [403, 403] == [one.status_code for one in pages]
    assert told(pages[0].text) == told(pages[1].text)
    assert "Login and password do not fit" in pages[0].text


def test_after_many_tries_one_waits(house: House) -> None:
    house.account("fadli", person=STAFF)
    client = house.browser()
    for _ in range(10):
        answer = client.post("/sign-in", data={"login": "fadli", "password": "salah"})
    assert 403 == answer.status_code

    answer = client.post("/sign-in", data={"login": "fadli", "password": PASSWORD})
    assert 429 == answer.status_code
    assert int(answer.headers["retry-after"]) > 0
    assert "Too many tries" in answer.text


def test_whoever_has_an_app_is_asked_for_its_code(house: House) -> None:
    account = house.account("fadli", person=STAFF)
    secret = house.enrol(account)
    client = house.browser()
    answer = client.post("/sign-in", data={"login": "fadli", "password": PASSWORD, "next": "/messages"})

    assert "/sign-in/code" == answer.headers["location"]
    assert 303 == client.get("/").status_code, "half signed in is not signed in"
    assert 403 == client.post("/sign-in/code", data={"code": "000000"}).status_code
    code = house.code(secret)
    assert "/messages" == client.post("/sign-in/code", data={"code": code}).headers["location"]
    assert 200 == client.get("/").status_code
    other = house.browser()
    other.post("/sign-in", data={"login": "fadli", "password": PASSWORD})
    assert 403 == other.post("/sign-in/code", data={"code": code}).status_code, "a code counts once"


def test_a_code_without_its_password_is_nothing(house: House) -> None:
    secret = house.enrol(house.account("fadli", person=STAFF))

    answer = house.browser().post("/sign-in/code", data={"code": house.code(secret)})
    assert "/sign-in?why=over" == answer.headers["location"]


def test_the_time_between_password_and_code_is_short(house: House) -> None:
    secret = house.enrol(house.account("fadli", person=STAFF))
    client = house.browser()
    client.post("/sign-in", data={"login": "fadli", "password": PASSWORD})
    house.clock.instant += 10 * MINUTE

    answer = client.post("/sign-in/code", data={"code": house.code(secret)})
    assert "/sign-in?why=over" == answer.headers["location"]


def test_a_slip_of_another_kind_or_changed_is_nothing(house: House) -> None:
    """What a browser carries between two steps is sealed for that step alone."""
    secret = house.enrol(house.account("fadli", person=STAFF))
    client = house.browser()
    client.post("/sign-in", data={"login": "fadli", "password": PASSWORD})
    slip = client.cookies["siklus-code"]
    for forged in (slip[:-6] + "AAAAA=", "AAAA", slip[8:], "?", "=" * 4000):
        other = house.browser()
        other.cookies.set("siklus-code", forged)
        answer = other.post("/sign-in/code", data={"code": house.code(secret)})
        assert "/sign-in?why=over" == answer.headers["location"]


def test_a_token_from_before_the_sign_in_is_never_worth_anything(house: House) -> None:
    """Session fixation: what somebody slipped into the browser beforehand does not become a session."""
    account = house.account("fadli", person=STAFF)
    client = house.browser()
    client.cookies.set("siklus", "planted-by-somebody-else")
    client.post("/sign-in", data={"login": account.login, "password": PASSWORD})

    mine = client.cookies.get("siklus", domain="127.0.0.1") or dict(client.cookies)["siklus"]
    assert "planted-by-somebody-else" != mine
    assert house.engine.sessions.find("planted-by-somebody-else") is None


def test_each_sign_in_is_another_token_and_the_one_before_is_over(house: House) -> None:
    account = house.account("fadli", person=STAFF)
    client = house.signed_in(account)
    before = client.cookies["siklus"]
    client.post("/sign-in", data={"login": account.login, "password": PASSWORD})

    assert before != client.cookies["siklus"]
    assert house.engine.sessions.find(before) is None
    assert 1 == len(house.engine.sessions.of(account.id))


def test_the_cookie_is_for_this_host_and_no_script(house: House) -> None:
    house.account("fadli", person=STAFF)
    answer = house.browser().post("/sign-in", data={"login": "fadli", "password": PASSWORD})
    cookie = next(one for one in answer.headers.get_list("set-cookie") if one.startswith("siklus="))

    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert not {part.split("=")[0].lower() for part in cookie.split("; ")} & {"domain", "max-age", "expires"}


def test_a_session_unused_for_eight_hours_is_over(house: House) -> None:
    client = house.signed_in(house.account("fadli", person=STAFF))
    house.clock.instant += 8 * HOUR - MINUTE
    assert 200 == client.get("/").status_code

    house.clock.instant += 8 * HOUR
    assert 303 == client.get("/").status_code


def test_a_session_in_use_is_over_after_twelve_hours(house: House) -> None:
    client = house.signed_in(house.account("fadli", person=STAFF))
    for _ in range(11):
        house.clock.instant += HOUR
        assert 200 == client.get("/").status_code

    house.clock.instant += HOUR
    assert 303 == client.get("/").status_code


def test_what_is_sent_after_the_session_ended_is_not_done_and_the_page_says_so(house: House) -> None:
    client = house.signed_in(house.account("fadli", person=STAFF))
    case = house.engine.cases(subject=house.key_of(STAFF))[0]
    house.clock.instant += 13 * HOUR
    answer = client.post(
        f"/cases/{case.id}/acts",
        data={"a": "long text"},
        headers={"Referer": f"http://127.0.0.1:8000/cases/{case.id}"},
    )

    assert f"/sign-in?next=%2Fcases%2F{case.id}&why=ended" == answer.headers["location"]
    page = client.get(answer.headers["location"]).text
    assert "Nothing of what was just sent has been done" in page
    assert "long text" not in page
    assert case == house.engine.case(case.id, None).case


def test_a_disabled_account_is_out_at_once(house: House) -> None:
    account = house.account("fadli", person=STAFF)
    client = house.signed_in(account)
    house.engine.accounts.disable(account.id, by="operator")

    assert 303 == client.get("/").status_code
    assert 401 == client.get("/api/v1/cases").status_code
    answer = house.browser().post("/sign-in", data={"login": "fadli", "password": PASSWORD})
    assert 403 == answer.status_code


def test_signed_out_elsewhere_is_out_at_once(house: House) -> None:
    account = house.account("fadli", person=STAFF)
    here, there = house.signed_in(account), house.signed_in(account)
    page = here.get("/account").text
    assert 2 == page.count("Signed in with a password")

    here.post("/account/sessions/end-others")
    assert (200, 303) == (here.get("/").status_code, there.get("/").status_code)


def test_personas_are_worth_nothing_where_it_is_real(house: House) -> None:
    """Neither as a cookie nor as a header, and the pages of a demo are not there."""
    person = next(one for one in house.engine.chart.segments if one.name.startswith(STAFF)).person_id
    client = house.browser()
    client.cookies.set("persona", person)

    assert 303 == client.get("/").status_code
    assert 401 == client.get("/api/v1/cases", headers={"X-Siklus-Persona": person}).status_code
    assert 404 == client.post("/demo/persona", data={"person_id": person}).status_code
    assert 404 == client.post("/demo/clock", data={"kind": "day"}).status_code


def test_a_demo_knows_no_sign_in(office) -> None:
    for path in ("/sign-in", "/account", "/accounts", "/link/x", "/sign-in/provider"):
        assert 404 == office.browser(STAFF).get(path).status_code


@pytest.mark.parametrize("path", ["/account", "/account/password", "/account/authenticator", "/accounts"])
def test_pages_of_accounts_are_for_whoever_is_signed_in(house: House, path: str) -> None:
    assert 303 == house.browser().get(path).status_code


def test_over_https_the_cookies_are_bound_to_the_host_and_sent_by_https_alone(house: House) -> None:
    """The name is a promise that browsers keep: no other host sets it, and no plain page reads it."""
    address = "https://siklus.agency.example"
    app = create_app(house.engine, demo=None, settings=Settings(base_url=address), system=house.clock)
    secret = house.enrol(house.account("fadli", person=STAFF))
    client = Client(app, base_url=address, follow_redirects=False)
    headers = {"Origin": address}
    first = client.post("/sign-in", data={"login": "fadli", "password": PASSWORD}, headers=headers)
    answer = client.post("/sign-in/code", data={"code": house.code(secret)}, headers=headers)
    spoken = client.post("/language", data={"language": "en"}, headers=headers)
    out = client.get("/signed-out?language=en", headers=headers)
    cookies = [one for told in (first, answer, spoken, out) for one in told.headers.get_list("set-cookie")]

    names = {one.partition("=")[0] for one in cookies}
    assert {"__Host-siklus-code", "__Host-siklus", "__Host-language"} <= names
    assert all(name.startswith("__Host-") for name in names)
    for one in cookies:
        parts = set(one.split("; ")[1:])
        assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/"} <= parts
        assert not any(part.startswith("Domain") for part in parts)
    assert 200 == client.get("/").status_code
    plain = Client(app, base_url=address, follow_redirects=False)
    plain.cookies.set("siklus", client.cookies["__Host-siklus"])
    assert 303 == plain.get("/").status_code, "the name of plain http is worth nothing here"
