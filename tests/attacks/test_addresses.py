"""Addresses: ways out of folders, statements in questions, and ways to other people's pages."""

from __future__ import annotations

import random
from urllib.parse import quote, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from api.pages.rendering import own_address
from tests.api.conftest import MANAGER, STAFF, Office
from tests.attacks.attackers import HOSTILE, routes_of

#: what stands in files that nobody may read
FOREIGN_WORDS = ("root:x:0:0", "[build-system]", "class Settings", "BEGIN PRIVATE KEY", "SQLite format 3")
WAYS_OUT = (
    "../siklus.db",
    "../../pyproject.toml",
    "..%2f..%2fpyproject.toml",
    "%2e%2e/%2e%2e/pyproject.toml",
    "....//....//etc/passwd",
    "..%5c..%5cetc%5cpasswd",
    "%252e%252e%252fetc%252fpasswd",
    "..%c0%af..%c0%afetc/passwd",
    "/etc/passwd",
    "//etc/passwd",
    "file:///etc/passwd",
    "siklus.css%00.py",
    "siklus.css/../../rendering.py",
    "..;/settings.py",
    "C:/windows/win.ini",
    "~root/.ssh/id_rsa",
    "proc/self/environ",
    ".env",
    ".git/config",
    "siklus.css::$DATA",
)


def test_no_way_leads_out_of_a_folder(office: Office) -> None:
    """Of files, of downloads, of names of anything."""
    client, case = office.browser(MANAGER), office.case_of()
    below = (
        "/static",
        "/swagger",
        f"/api/v1/cases/{case}/files",
        "/calendars",
        "/api/v1/definitions",
        "/definitions",
        "",
    )
    for way in WAYS_OUT:
        for folder in below:
            answer = client.get(f"{folder}/{way}")
            assert answer.status_code in {307, 404, 405, 422}, (folder, way)
            assert not any(word in answer.text for word in FOREIGN_WORDS), (folder, way)
            assert not answer.headers.get("location", "/").startswith(("//", "http://evil", "/\\")), (
                folder,
                way,
            )


AWAY = (
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "http://evil.example",
    "https:evil.example",
    "/%09/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "///evil.example",
    "/.//evil.example",
    "\x00//evil.example",
    " //evil.example",
    "//evil.example%2f..",
    "/%5cevil.example",
    "/%2fevil.example",
    "evil.example",
    "",
    "http:///evil.example",
    "//[::1]@evil.example",
    "/\u2215/evil.example",
)


def leads_away(address: str) -> bool:
    """Whether a browser would go elsewhere: it takes backslashes for slashes and leaves out what cannot be seen."""
    bare = "".join(letter for letter in address if letter not in "\t\r\n").lstrip(
        "".join(map(chr, range(33)))
    )
    seen = bare.replace("\\", "/")
    return not seen.startswith("/") or seen.startswith("//")


def test_the_ways_would_lead_away() -> None:
    """Most of them would, sent on as they are."""
    assert 15 <= sum(leads_away(one) for one in AWAY)


@given(st.one_of(st.sampled_from(AWAY), st.text(alphabet="/\\.:@%\t\r\n\0 evil5cf2", max_size=20)))
@example("/\t/evil.example")
def test_no_page_sends_anybody_elsewhere(address: str) -> None:
    """What a form names as the next page is one of ours, or the first page."""
    assert not leads_away(own_address(address))


def test_a_form_that_names_another_site_leads_home(office: Office) -> None:
    """The whole way, with a browser's headers."""
    client = office.browser(STAFF)
    for away in AWAY:
        answer = client.post("/language", data={"language": "en", "next": away})
        assert 303 == answer.status_code or (422 == answer.status_code and "\0" in away)
        assert not leads_away(answer.headers.get("location", "/")), away


def questions(office: Office) -> list[str]:
    """Every address that is only read, its names and its questions filled with something hostile."""
    chance = random.Random(7)
    told = office.stranger().get("/api/v1/openapi.json").json()["paths"]
    found = []
    for method, pattern in routes_of(office):
        if method != "GET":
            continue
        asked = told.get(pattern, {}).get("get", {}).get("parameters", [])
        names = [one["name"] for one in asked if one["in"] == "query"] or [
            "cycle", "state", "phase", "unit", "done", "person", "after", "only",
        ]  # fmt: skip
        for evil in chance.sample(HOSTILE, 4):
            path = "/".join(
                quote(evil, safe="") if part.startswith("{") else part for part in pattern.split("/")
            )
            found.append(f"{path}?{urlencode(dict.fromkeys(names, evil))}")
    return found


def test_no_question_is_a_statement(office: Office) -> None:
    """Nothing breaks, nothing is lost, and no database speaks in an answer."""
    client = office.browser(MANAGER)
    before = [one.id for one in office.engine.cases(limit=500)]
    for address in questions(office):
        answer = client.get(address)
        assert answer.status_code < 500, address
        for word in ("sqlite", "psycopg", "syntax error", "Traceback", "OperationalError"):
            assert word not in answer.text, address

    assert before == [one.id for one in office.engine.cases(limit=500)]


def test_a_condition_that_is_always_true_finds_nothing(office: Office) -> None:
    """A filter is a value, never a part of a statement."""
    client = office.program(MANAGER)
    all_of_them = client.get("/api/v1/cases?limit=500").json()["cases"]
    for evil in ("x' OR '1'='1", 'x" OR "1"="1', "x') OR 1=1 --", "%", "_", "*", "x' UNION SELECT 1 --"):
        for name in ("cycle", "state", "phase"):
            assert [] == client.get(f"/api/v1/cases?{name}={quote(evil)}").json()["cases"], (name, evil)

    assert all_of_them


def test_one_thing_is_said_once(office: Office) -> None:
    """A field said twice may be checked as one value and used as the other."""
    client = office.program(MANAGER)
    asked = client.get("/api/v1/cases?cycle=a&cycle=b")
    sent = office.browser(STAFF).post("/language", content=b"language=en&language=id", headers={
        "Content-Type": "application/x-www-form-urlencoded"})  # fmt: skip

    assert (422, 422) == (asked.status_code, sent.status_code)


def test_an_address_has_a_length(office: Office) -> None:
    """And so have headers, and the number of questions."""
    client = office.browser(STAFF)
    tried = [
        client.get(f"/api/v1/cases?cycle={'a' * 9_000}"),
        client.get("/api/v1/health", headers={"X-A": "a" * 40_000}),
        client.get("/api/v1/health", headers={f"X-{number}": "a" for number in range(150)}),
    ]
    many = client.get("/api/v1/cases?" + "&".join(f"a{number}=1" for number in range(60)))

    assert [431, 431, 431] == [one.status_code for one in tried]
    assert 422 == many.status_code


@pytest.mark.parametrize("evil", ["a\r\nX-Evil: 1", "a\nSet-Cookie: siklus=x", "a\u2028X-Evil: 1", "a\x85b"])
def test_nothing_typed_becomes_a_header(office: Office, evil: str) -> None:
    """Neither in a redirect, nor in a cookie, nor in the name of a download."""
    client = office.browser(STAFF)
    asked = [
        client.get(f"/cases?done={quote(evil)}"),
        client.get(f"/{quote(evil)}"),
        client.post("/language", data={"language": evil, "next": f"/{evil}"}),
        client.post("/demo/persona", data={"person_id": evil}),
    ]
    for answer in asked:
        assert "x-evil" not in answer.headers
        assert "siklus=x" not in answer.headers.get("set-cookie", "")
