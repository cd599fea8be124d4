"""What every request passes through."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from api import telemetry
from tests.api.conftest import STAFF


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    stream = io.StringIO()
    telemetry.configure("info", stream)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)
    structlog.reset_defaults()


def served(lines: io.StringIO) -> list[dict]:
    return [line for line in map(json.loads, ours(lines).splitlines()) if line["event"] == "request.served"]


def ours(lines: io.StringIO) -> str:
    """Without what the tests' own client tells of its requests."""
    return "\n".join(line for line in lines.getvalue().splitlines() if '"httpx2"' not in line)


@pytest.mark.parametrize("address", ["/", "/api/v1/health", "/nowhere", "/static/siklus.css", "/docs"])
def test_every_answer_keeps_itself_to_itself(office, address) -> None:
    """Also those of refusals and of files."""
    headers = office.browser(STAFF).get(address).headers

    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert ("nosniff", "same-origin") == (headers["x-content-type-options"], headers["referrer-policy"])
    assert 16 == len(headers["x-request-id"])


def test_pages_about_people_are_not_kept_and_files_are(office) -> None:
    """A shared computer shows nobody the page of the person before."""
    client = office.browser(STAFF)

    assert "no-store" == client.get("/").headers["cache-control"]
    assert "no-store" == client.get("/api/v1/health").headers["cache-control"]
    assert "max-age" in client.get("/static/siklus.css").headers["cache-control"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://127.0.0.1:8000"}, 303),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "none", "Origin": "https://127.0.0.1:8000"}, 403),
        ({"Sec-Fetch-Site": "Same-Origin"}, 403),
        ({"Sec-Fetch-Site": ""}, 403),
        ({"Origin": "http://127.0.0.1:8000"}, 303),
        ({"Origin": "http://127.0.0.1:9000"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://[half"}, 403),
        ({"Cookie": "persona=x"}, 403),
        ({}, 303),
    ],
)
def test_another_site_cannot_act_in_somebodys_name(office, headers, status) -> None:
    """Browsers say where a form comes from; programs say nothing and bring no cookie."""
    answer = office.stranger().post("/language", data={"language": "en"}, headers=headers)

    assert status == answer.status_code


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_link_from_anywhere_opens(office, site) -> None:
    """Links from mails and other sites lead here."""
    headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}

    assert 200 == office.stranger().get("/", headers=headers).status_code


@pytest.mark.parametrize("address", ["/", "/api/v1/health", "/static/siklus.css"])
@pytest.mark.parametrize(
    ("mode", "into"), [("no-cors", "script"), ("no-cors", "image"), ("cors", "empty"), ("navigate", "iframe")]
)
def test_no_other_site_uses_a_page_of_ours_inside_its_own(office, address, mode, into) -> None:
    """Neither to show it nor to measure it: how large an answer is can tell what it says."""
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": into}
    answer = office.browser(STAFF).get(address, headers=headers)

    assert 403 == answer.status_code


def test_a_body_is_refused_by_its_stated_length(office) -> None:
    """Before any of it is read."""
    answer = office.program(STAFF).post(
        "/api/v1/cycles", content=b"x" * ((1 << 20) + 1), headers={"Content-Type": "application/json"}
    )

    assert (413, "too_large") == (answer.status_code, answer.json()["code"])


def test_a_body_without_a_stated_length_is_counted(office) -> None:
    """Sending in pieces is no way around."""
    pieces = (b"x" * 100_000 for _ in range(12))
    answer = office.program(STAFF).post(
        "/api/v1/cycles", content=pieces, headers={"Content-Type": "application/json"}
    )

    assert (413, "too_large") == (answer.status_code, answer.json()["code"])


def test_a_request_is_logged_once_with_its_pattern(office, lines) -> None:
    """Which case is said by its id; who asked by a key, never by name or number."""
    case = office.case_of()
    office.program(STAFF).get(f"/api/v1/cases/{case}?after=Siti")

    (line,) = served(lines)
    assert ("/api/v1/cases/{case_id}", case, 200) == (line["route"], line["case_id"], line["status"])
    assert office.key_of(STAFF) == line["person"]
    for personal in ("Siti", "Fadli", office.id_of(STAFF)):
        assert personal not in ours(lines)


def test_a_refusal_is_logged_with_its_code(office, lines) -> None:
    """What somebody typed as an address is not repeated."""
    office.program(STAFF).get("/api/v1/cases/siti-aminah")
    office.program(STAFF).get("/siti-aminah")

    assert ["not_found", "not_found"] == [line["code"] for line in served(lines)]
    assert "siti" not in ours(lines)


def test_what_nobody_foresaw_is_a_problem_and_a_place_in_the_log(office, lines) -> None:
    """The reader gets a number to ask with; the sentence of the exception goes nowhere."""

    def broken() -> None:
        raise ZeroDivisionError("Siti Aminah wrote this")

    office.app.add_api_route("/api/v1/broken", broken)
    answer = office.program(STAFF).get("/api/v1/broken")

    assert (500, "unforeseen") == (answer.status_code, answer.json()["code"])
    assert answer.headers["x-request-id"] in answer.json()["detail"]
    assert "ZeroDivisionError" in ours(lines)
    assert "Siti" not in ours(lines) + answer.text


@pytest.mark.parametrize("address", ["/", "/api/v1/health", "/static/siklus.css"])
def test_the_head_of_what_can_be_read_is_served(office, address) -> None:
    """As of the whole, without a body; programs that watch pages ask like this."""
    client = office.browser(STAFF)
    whole, head = client.get(address), client.head(address)

    assert (200, 200, b"") == (whole.status_code, head.status_code, head.content)
    assert whole.headers["content-type"] == head.headers["content-type"]


def test_the_head_of_nothing_is_a_problem(office) -> None:
    """With its status and no body."""
    answer = office.program(STAFF).head("/api/v1/nothing")

    assert (404, b"") == (answer.status_code, answer.content)
