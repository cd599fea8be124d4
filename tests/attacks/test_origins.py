"""Cross-site requests: whatever a page of another site can make a browser send, nothing happens here."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pytest
from starlette.responses import PlainTextResponse, Response

from api.doorway import Doorway
from api.origins import Gate
from api.problems import STATUS
from api.settings import Settings
from tests.api.conftest import RATER, STAFF, Office
from tests.attacks.looping import run

#: what a browser says of where a request comes from, when a page of another site sent it; "" is unsaid
SITES = ("cross-site", "same-site", "", "same-origin ", "SAME-ORIGIN", "none, same-origin")
ORIGINS = (
    "http://evil.example", "null", "http://127.0.0.1:9000", "https://127.0.0.1:8000",
    "http://127.0.0.1:8000.evil.example", "http://127.0.0.1:8000@evil.example", "http://sub.127.0.0.1:8000", "",
)  # fmt: skip
KINDS = (
    "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", "application/json",
    "text/plain; application/json", "",
)  # fmt: skip
METHODS = ("POST", "PUT", "PATCH", "DELETE", "QUERY")
#: headers by which other programs take a method for another
OVERRIDES = ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X-Original-Method")

FORM = b"language=en&next=/"
PARTS = b'--x\r\nContent-Disposition: form-data; name="language"\r\n\r\nen\r\n--x--\r\n'
Attempt = tuple[str, dict[str, str], bytes]


def attempts(methods: Sequence[str] = METHODS, kinds: Sequence[str] = KINDS) -> Iterator[Attempt]:
    """Everything another site may try: a browser too old to say a site says the origin of what is no link."""
    for method, site, origin, kind in itertools.product(methods, SITES, ORIGINS, kinds):
        if site or origin:
            said = {"Sec-Fetch-Site": site, "Origin": origin, "Content-Type": kind}
            body = PARTS if kind.startswith("multipart") else FORM
            yield method, {name: value for name, value in said.items() if value}, body


def changed(office: Office) -> list[Attempt]:
    """The attempts with a plain form that changed the language of the pages."""
    client, through = office.stranger(), []
    client.cookies.set("persona", office.id_of(STAFF))
    for method, headers, body in attempts(["POST"], KINDS[:1]):
        if "set-cookie" in client.request(method, "/language", headers=headers, content=body).headers:
            through.append((method, headers, body))
    return through


def test_no_form_of_another_site_changes_anything(office: Office) -> None:
    """Site and origin crossed, with the cookie a browser sends along."""
    assert [] == changed(office)


def test_without_a_doorway_each_would(unguarded: Office) -> None:
    """The same attempts succeed where nobody looks: a plain form needs no more."""
    assert len(list(attempts(["POST"], KINDS[:1]))) == len(changed(unguarded))


def reached(address: str, attempted: Iterable[Attempt]) -> tuple[int, int]:
    """How many of these reach an application behind the doorway, of how many."""
    arrived: list[str] = []

    async def inside(scope: Any, receive: Any, send: Any) -> None:
        arrived.append(scope["method"])
        await PlainTextResponse("in")(scope, receive, send)

    async def answer(_: Any, error: Any) -> Response:
        return PlainTextResponse(error.code, status_code=STATUS[error.code])

    app = Doorway(inside, answer=answer, takes_files=lambda _: False, gate=Gate.of(Settings()))
    sent = list(attempted)
    run(all_sent(app, address, sent))
    return len(arrived), len(sent)


async def all_sent(app: Doorway, address: str, attempted: Iterable[Attempt]) -> None:
    """Each attempt handed to an application as a server would, with somebody's cookie."""
    always = {"Host": "127.0.0.1:8000", "Cookie": "siklus=mine"}

    async def nothing(_: Any) -> None:
        return

    for method, headers, body in attempted:
        said = always | headers | {"Content-Length": str(len(body))}
        scope = {
            "type": "http", "method": method, "path": address, "raw_path": address.encode(), "query_string": b"",
            "headers": [(name.lower().encode(), value.encode()) for name, value in said.items()],
        }  # fmt: skip

        async def receive(body: bytes = body) -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        await app(scope, receive, nothing)


@pytest.mark.parametrize("address", ["/cases/c-1/acts", "/api/v1/cases/c-1/acts/submit"])
def test_no_combination_of_another_site_gets_in(address: str) -> None:
    """Site, origin, kind and method crossed."""
    got_in, of = reached(address, attempts())

    assert 0 == got_in
    assert 1000 < of


def test_the_same_from_here_gets_in() -> None:
    """The attempts are well formed: said to come from here, they arrive."""
    ours = {"Sec-Fetch-Site": "same-origin", "Origin": "http://127.0.0.1:8000"}
    same = [(method, headers | ours, body) for method, headers, body in attempts(kinds=KINDS[:1])]

    assert (len(same), len(same)) == reached("/cases/c-1/acts", same)


def test_the_api_takes_nothing_a_form_can_send(office: Office) -> None:
    """Also from its own site: JSON dressed as a form is refused before it is read."""
    address, body = f"/api/v1/cases/{office.case_of()}/steering/remind", json.dumps({"note": "x"}).encode()
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
        headers = {"Content-Type": kind} if kind else {}
        answer = office.program(RATER).post(address, content=body, headers=headers)
        assert (415, "wrong_media") == (answer.status_code, answer.json()["code"])


def test_a_page_takes_only_what_its_forms_send(office: Office) -> None:
    """JSON at a page's address is somebody else's idea of it."""
    assert 415 == office.browser(STAFF).post("/language", json={"language": "en"}).status_code


def test_no_header_and_no_field_makes_one_method_another(office: Office) -> None:
    """A request to read stays one to read, whatever else it says."""
    client, case = office.browser(STAFF), office.case_of()
    for name, method in itertools.product(OVERRIDES, ("POST", "DELETE")):
        read = client.get(f"/api/v1/cases/{case}/acts/submit?_method={method}", headers={name: method})
        posted = client.post(f"/api/v1/cases/{case}", json={"_method": "GET"}, headers={name: "GET"})
        assert (405, 405) == (read.status_code, posted.status_code)


def test_methods_nobody_serves_are_refused(office: Office) -> None:
    """None gives an answer back that repeats the request."""
    client = office.browser(STAFF)
    for method in ("TRACE", "CONNECT", "TRACK", "PROPFIND", "DEBUG", "HACK"):
        answer = client.request(method, "/api/v1/cases", headers={"X-Secret": "repeat-me"})
        assert answer.status_code in {403, 405}
        assert "repeat-me" not in answer.text


def test_a_cookie_and_a_token_together_are_refused(office: Office) -> None:
    """Whose name would it be? Nobody's."""
    for cookie in ("__Host-siklus", "siklus"):
        headers = {"Authorization": "Bearer siklus_x", "Cookie": f"language=en; {cookie}=y"}
        answer = office.stranger().get("/api/v1/health", headers=headers)
        assert (422, "request_invalid") == (answer.status_code, answer.json()["code"])


def test_a_header_that_comes_twice_is_refused(office: Office) -> None:
    """The proxy may have believed one, and we the other."""
    for name in ("Host", "Origin", "Authorization", "Content-Type", "Sec-Fetch-Site"):
        value = {"Host": "127.0.0.1:8000", "Origin": "http://127.0.0.1:8000"}.get(name, "same-origin")
        answer = office.stranger().get("/api/v1/health", headers=[(name, value), (name, value)])
        assert (422, "request_invalid") == (answer.status_code, answer.json()["code"])


def test_pages_of_our_own_still_work(office: Office) -> None:
    """Every browser's way of saying so."""
    for said in (
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://127.0.0.1:8000"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://127.0.0.1:8000"},
    ):
        client = office.stranger()
        client.cookies.set("persona", office.id_of(STAFF))
        assert 303 == client.post("/language", data={"language": "en"}, headers=said).status_code
