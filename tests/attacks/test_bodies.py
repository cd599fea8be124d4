"""Bodies: too large, too deep, too many, packed, slow, said twice; bombs in JSON, YAML, tables and archives."""

from __future__ import annotations

import asyncio
import io
import json
import time
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import PlainTextResponse, Response

from api.bodies import Pace
from api.doorway import Doorway
from api.origins import Gate
from api.problems import STATUS
from api.settings import Settings
from api.strict_json import demand_plain_json
from tests.api.conftest import STAFF, Office
from tests.attacks.looping import run
from tests.worlds import on_desk

JSON = {"Content-Type": "application/json"}
#: JSON that programs read in two ways, or that costs more than it says
TWO_WAYS = (
    b'{"reason": "a", "reason": "b"}', b'{"a": {"b": 1, "b": 2}}', b'{"\\u0061": 1, "a": 2}', b"[NaN]", b"[Infinity]",
    b"[-Infinity]", b"[1e999]", b"[9007199254740993]", b"[" + b"9" * 5000 + b"]", b'["\\u0000"]', b'{"\\u0000": 1}',
    b"[" * 100_000, b"[" * 40 + b"]" * 40, b'{"a":' * 40 + b"1" + b"}" * 40, b"[" + b"0," * 60_000 + b"0]",
    '{"a": 1}'.encode("utf-16"), '{"a": 1}'.encode("utf-32"), b'\xef\xbb\xbf{"a": 1}', b'{"a": "\xff"}', b"{'a': 1}",
    b'{"a": 1,}', b'{"a": 1} {"b": 2}', b"/* a */ {}", b"{a: 1}", b'{"a": 01}', b"nul", b'{"a": "\n"}',
)  # fmt: skip


def desk_of(office: Office) -> str:
    """Somebody who may bring in people and definitions."""
    return office.engine.chart.person(on_desk("personnel")).name


def test_json_that_can_be_read_in_two_ways_is_refused(office: Office) -> None:
    """By the API as a whole, at any address, quickly."""
    client, case = office.program(STAFF), office.case_of()
    for body in TWO_WAYS:
        began = time.monotonic()
        answer = client.post(f"/api/v1/cases/{case}/steering/remind", content=body, headers=JSON)
        assert (422, "request_invalid") == (answer.status_code, answer.json()["code"]), body[:60]
        assert time.monotonic() - began < 5, body[:60]


def test_the_framework_alone_would_take_some_of_them() -> None:
    """What Python's own reader makes of them: the last of two, infinity, letters no database keeps."""
    taken = []
    for body in TWO_WAYS:
        try:
            json.loads(body)
        except (ValueError, RecursionError):
            continue
        taken.append(body)

    assert 10 < len(taken)


_TEXTS = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=9)
_EXACT = st.integers(-(2**53) + 1, 2**53 - 1)
_PLAIN = st.recursive(
    st.none() | st.booleans() | _EXACT | st.floats(allow_nan=False, allow_infinity=False) | _TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(_PLAIN)
def test_plain_json_is_taken(value: Any) -> None:
    """Whatever has one meaning, in either way of writing it down."""
    for ascii_only in (True, False):
        demand_plain_json(json.dumps(value, ensure_ascii=ascii_only).encode())


def test_packed_bodies_are_not_unpacked(office: Office) -> None:
    """A kilobyte that unpacks into a gigabyte stays a kilobyte."""
    client = office.program(STAFF)
    for packed in ("gzip", "deflate", "br", "zstd", "gzip, gzip", "x-unknown"):
        headers = JSON | {"Content-Encoding": packed}
        answer = client.post("/api/v1/people/undo", content=b"\x1f\x8b\x08", headers=headers)
        assert (415, "wrong_media") == (answer.status_code, answer.json()["code"])


def test_bombs_in_definitions_are_taken_apart_nowhere(office: Office) -> None:
    """Aliases, tags, merge keys, depth: refused with the place, through the API as on the command line."""
    client = office.program(desk_of(office))
    doubled = (f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20))
    laughs = "a: &a [x, x]\n" + "".join(doubled)
    bombs = (
        laughs, "!!python/object/apply:os.system ['true']", "a: !!python/name:os.system x", "<<: {a: 1}", "[" * 5_000,
        "a: " + "x" * 900_000, "? [a]\n: b", "a: &x 1\nb: *x", "%TAG ! tag:evil\n---\na: 1", "a: 1\na: 2",
    )  # fmt: skip
    for bomb in bombs:
        began = time.monotonic()
        answer = client.post("/api/v1/definitions", json={"rules": bomb, "texts": "a: 1", "reason": "x"})
        assert answer.status_code in {413, 422}, bomb[:40]
        assert time.monotonic() - began < 5, bomb[:40]


def archive(**files: bytes) -> bytes:
    told = io.BytesIO()
    with zipfile.ZipFile(told, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, data in files.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return told.getvalue()


def test_bombs_in_tables_are_taken_apart_nowhere(office: Office) -> None:
    """An archive that unpacks a thousandfold, an outside entity, a table with a million columns."""
    desk, bombs = office.browser(desk_of(office)), []
    bombs.append(
        archive(xl__worksheets__sheet1_xml=b"<a>" + b" " * 200_000_000, xl__workbook_xml=b"<workbook/>")
    )
    evil = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><workbook>&e;</workbook>'
    bombs.append(archive(xl__workbook_xml=evil, xl__worksheets__sheet1_xml=evil))
    bombs.append(b"nip,nama\n" + b'"' * 900_000)
    bombs.append(b"a," * 400_000)
    bombs.append(b"PK\x03\x04" + b"\0" * 1000)
    for bomb in bombs:
        began = time.monotonic()
        answer = desk.post(
            "/people/preview", files={"file": ("people.xlsx", bomb, "application/octet-stream")}
        )
        assert answer.status_code in {413, 422}
        assert "root:x" not in answer.text
        assert time.monotonic() - began < 20


def test_a_form_with_too_many_fields_is_refused(office: Office) -> None:
    """Before each of them is looked at."""
    answer = office.browser(STAFF).post("/language", data={f"a{number}": "1" for number in range(3_000)})

    assert answer.status_code in {400, 422}


async def told(app: Doorway, pieces: list[tuple[float, bytes]], path: str = "/language") -> int:
    """The status a body is answered with that comes in pieces, each after some seconds."""
    statuses: list[int] = []
    waiting = iter(pieces)

    async def receive() -> dict[str, Any]:
        seconds, piece = next(waiting)
        await asyncio.sleep(seconds)
        return {"type": "http.request", "body": piece, "more_body": True}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    kind = b"application/json" if path.startswith("/api/") else b"application/x-www-form-urlencoded"
    headers = [(b"host", b"127.0.0.1"), (b"content-type", kind), (b"transfer-encoding", b"chunked")]
    scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": headers}
    await app(scope, receive, send)
    return statuses[0]


@pytest.mark.parametrize("path", ["/language", "/api/v1/cycles"])
def test_a_body_that_drips_is_given_up(path: str) -> None:
    """One that stops, and one that keeps coming a byte at a time; nobody else waits for either."""

    async def answer(_: Any, error: Any) -> Response:
        return PlainTextResponse(error.code, status_code=STATUS[error.code])

    async def reading(scope: Any, receive: Any, send: Any) -> None:
        while (await receive()).get("more_body"):
            pass

    pace = Pace(seconds=0.1, bytes_per_second=1_000)
    app = Doorway(reading, answer=answer, takes_files=lambda _: False, gate=Gate.of(Settings()), pace=pace)
    stops = run(told(app, [(0, b"a"), (60, b"b")], path))
    drips = run(told(app, [(0.02, b"a")] * 1_000, path))

    assert [408, 408] == [stops, drips]
