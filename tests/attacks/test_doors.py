"""Small doors: what every answer says of itself, what is open to everybody, what a log line and a download may hold."""

from __future__ import annotations

import ast
import io
import json
import logging
import re
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from api import telemetry
from api.app import create_app
from api.attaching import download
from api.pages.rendering import STATIC
from api.settings import Settings
from engine.runtime import AttachedFile
from tests.api.conftest import MANAGER, STAFF, Office
from tests.attacks.attackers import HOSTILE, kept_of, product, routes_of
from tests.signing_in.conftest import House

#: letters that end a header, a name or a line, and those that turn a name round
_ODD = st.text(alphabet="ab .\"\\;=/\r\n\0\x85\u2028\u202e%é字'", max_size=30)


def readable(office: Office) -> list[str]:
    """Every address that is only read, with what is there put in."""
    known = {
        "case_id": office.case_of(),
        "person_id": office.id_of(STAFF),
        "code": "not_yours",
        "name": "id-asn",
    }
    known["digest"] = office.engine.definitions()[0].digest
    return [
        "/".join(known.get(part[1:-1], "x") if part.startswith("{") else part for part in pattern.split("/"))
        for method, pattern in routes_of(office)
        if method == "GET"
    ]


def test_every_answer_says_what_it_is(office: Office) -> None:
    """Type and letters, also of refusals; and of a text never only that it is one."""
    client = office.browser(STAFF)
    for address in [*readable(office), "/nowhere", "/static/siklus.css"]:
        answer = client.get(address)
        kind = answer.headers.get("content-type", "")
        assert not answer.content or re.fullmatch(
            r"(?:text/[a-z]+; charset=utf-8|application/(?:(?:problem\+)?json|zip)|image/svg\+xml)", kind
        ), (address, kind)


def test_reading_changes_nothing(office: Office) -> None:
    """Whoever opens every page has done nothing by it."""
    case = office.case_of()
    before = kept_of(office, case)
    for name in (STAFF, MANAGER):
        client = office.browser(name)
        for address in readable(office):
            client.get(address)
    assert before == kept_of(office, case)


def test_pages_forbid_scripts_but_our_own_where_something_is_typed(office: Office) -> None:
    """A case's pages load the one that keeps what is typed, the documentation its own; none has a script inside."""
    client, scripted = office.browser(STAFF), []
    keeping = re.compile(r'<script src="/static/keeping\.js\?v=[0-9a-f]{12}" defer></script>')
    for address in readable(office):
        answer = client.get(address)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        if "script-src" in policy:
            scripted.append(address)
        if answer.headers["content-type"].startswith("text/html") and address != "/docs":
            page = keeping.sub("", answer.text, count=1) if "script-src" in policy else answer.text
            assert not re.search(r"<script|\son[a-z]+=|<style|\sstyle=|javascript:", page), address
    case = f"/cases/{office.case_of()}"
    assert {"/docs", case} == {one for one in scripted if not one.startswith(f"{case}/journals/")}


def test_no_answer_lets_another_origin_read_it(office: Office) -> None:
    """Also when it asks beforehand."""
    client = office.browser(STAFF)
    headers = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}
    for address in ("/", "/api/v1/cases", "/static/siklus.css"):
        for answer in (client.get(address, headers=headers), client.options(address, headers=headers)):
            assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_the_api_redirects_nobody(office: Office) -> None:
    """A program that was told the wrong address learns it at once."""
    client = office.stranger()
    for address in readable(office):
        if address.startswith("/api/"):
            assert not client.get(address).is_redirect, address


def test_no_folder_is_listed(office: Office) -> None:
    """Files are there for those who know their names."""
    for folder in ("/static", "/static/", "/swagger/", "/api", "/api/", "/api/v1/", "/demo/"):
        assert 404 == office.browser(STAFF).get(folder, follow_redirects=True).status_code, folder


def test_the_documentation_is_open_only_where_it_is_wanted(office: Office) -> None:
    """In a demo unless it is said; where it is closed, nothing leads there."""
    open_to_all = office.stranger()
    assert [200, 200] == [open_to_all.get(one).status_code for one in ("/docs", "/api/v1/openapi.json")]

    office.app = create_app(office.engine, demo=office.travel, settings=Settings(api_docs=False))
    closed = office.stranger()
    assert [404] * 3 == [
        closed.get(one).status_code for one in ("/docs", "/api/v1/openapi.json", "/swagger/swagger-ui.css")
    ]
    assert "/docs" not in closed.get("/").text


def test_no_address_of_ours_carries_a_secret(office: Office) -> None:
    """No form sends what was typed in an address, and no link holds a token."""
    seen = 0
    for name in (STAFF, MANAGER):
        client = office.browser(name)
        for address in readable(office):
            answer = client.get(address)
            assert not re.search(
                r"(?:token|session|password|code|secret)=", answer.headers.get("location", "")
            ), address
            if not answer.headers.get("content-type", "").startswith("text/html"):
                continue
            seen += 1
            for form in re.findall(r"<form[^>]*>.*?</form>", answer.text, re.DOTALL):
                if 'method="post"' not in form:
                    assert not re.search(r"password|token|secret|reason", form), address
            assert not re.search(r"href=\"[^\"]*(?:token|session|password)=", answer.text), address
    assert 30 < seen


def test_the_browser_keeps_a_session_and_a_language_and_no_more(house: House) -> None:
    """Whoever goes everywhere has two cookies that say nothing of anybody, and no page has a script that keeps more."""
    account = house.account("fadli", person=STAFF)
    client = house.signed_in(account)
    for method, pattern in sorted({(method, one) for method, one in routes_of(house) if "{" not in one}):
        if method == "GET" and not pattern.startswith("/sign"):
            client.get(pattern)
    jar = list(client.cookies.jar)
    assert {"siklus", "language"} == {one.name for one in jar}
    kept = " ".join(str(one.value) for one in jar)
    assert not any(one in kept for one in (account.id, account.login, house.key_of(STAFF)))
    assert "persistAuthorization" not in (STATIC.parent / "templates/docs.html").read_text(encoding="utf-8")


def test_passwords_are_typed_unseen_and_may_be_pasted() -> None:
    """In every form that asks for one."""
    found = 0
    for page in (STATIC.parent / "templates").glob("*.html"):
        for field in re.findall(
            r"<input[^>]*name=\"[^\"]*password[^\"]*\"[^>]*>", page.read_text(encoding="utf-8")
        ):
            found += 1
            assert 'type="password"' in field, page.name
            assert "autocomplete=" in field, page.name
            assert "onpaste" not in field
    assert 2 <= found


@given(st.one_of(st.sampled_from(HOSTILE), _ODD))
def test_the_name_of_a_download_stays_one_name(name: str) -> None:
    """It ends no header, opens no folder, and says no second name."""
    file = AttachedFile(name=name, media_type="application/pdf", data=b"%PDF-")
    told = download(file).headers["content-disposition"]
    plain, encoded = re.fullmatch(
        r"attachment; filename=\"([^\"]*)\"; filename\*=UTF-8''(\S*)", told
    ).groups()

    assert re.fullmatch(r"[A-Za-z0-9 ._-]*", plain)
    assert name == unquote(encoded)
    assert re.fullmatch(r"[A-Za-z0-9._~%-]*", encoded)


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


def test_nothing_typed_makes_a_line_of_the_log(office: Office, lines: io.StringIO) -> None:
    """Every line is JSON and ours; what was typed is in none of them."""
    client, case = office.browser(STAFF), office.case_of()
    for number, evil in enumerate(HOSTILE):
        marked = f'evil{number}\n{{"event": "forged"}}\r\n{evil}'
        client.get("/cases", params={"cycle": evil}, headers={"User-Agent": f"evil{number}"})
        client.post(f"/cases/{case}/acts", data={"trigger": marked, "reason": marked})
        office.program(STAFF).post(
            f"/api/v1/cases/{case}/acts/submit", json={"reason": marked, "forms": {marked: {}}}
        )
        logging.getLogger("somebody.else").warning("heard %s", marked)
    written = [json.loads(line) for line in lines.getvalue().splitlines()]

    assert len(HOSTILE) * 3 <= len(written)
    assert not [one for one in written if one["event"] == "forged"]
    ours = [
        line
        for line in lines.getvalue().splitlines()
        if '"somebody.else"' not in line and '"httpx2"' not in line
    ]
    assert not [line for line in ours if "evil" in line]


def test_events_of_the_log_are_words_of_ours() -> None:
    """One room writes lines, and whoever tells it of a failure names the event by a constant."""
    called = [node for _, node in product() if isinstance(node, ast.Call)]
    told = [node for node in called if isinstance(node.func, ast.Name) and node.func.id == "log_failure"]
    imports = [(file, node) for file, node in product() if isinstance(node, ast.Import)]
    writers = {file for file, node in imports if node.names[0].name == "structlog"}

    assert {"api/telemetry.py"} == writers
    assert 3 < len(told)
    assert all(isinstance(one.args[0], ast.Constant) for one in told)
