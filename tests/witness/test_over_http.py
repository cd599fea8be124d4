"""A witness as a process: made, started, asked over HTTP, killed between its memory and its answer, shown."""

from __future__ import annotations

import asyncio
import http.client
import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest
from anyio.from_thread import start_blocking_portal
from starlette.testclient import TestClient
from typer.testing import CliRunner

from api.cli import build
from api.witnessing import witness_app
from engine.core.sealing.notes import public_key, signatures_of
from engine.core.sealing.witnessing import LARGEST_REQUEST
from engine.witness import Witness
from tests.witness.conftest import ORIGIN, GrowingLog, digest

ROOT = Path(__file__).resolve().parents[2]


def _siklus(*words: object, code: int = 0) -> str:
    done = CliRunner().invoke(build(), ["witness", *map(str, words)], prog_name="siklus")
    assert code == done.exit_code, done.output
    return done.output


@contextmanager
def serving(folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A witness that answers, and the port it does so on."""
    process = subprocess.Popen(
        [sys.executable, "-m", "api.cli", "witness", "serve", str(folder)],
        cwd=ROOT, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield process, _port(process.stderr)
    finally:
        process.kill()
        process.communicate()


def _port(said: IO[str] | None) -> int:
    assert said is not None
    for line in said:
        if found := re.search(r"answers on http://127\.0\.0\.1:(\d+)", line):
            return int(found[1])
    raise AssertionError


def _post(port: int, body: bytes) -> tuple[int, str, str]:
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    asked.request("POST", "/add-checkpoint", body)
    told = asked.getresponse()
    found = told.status, told.headers["content-type"], told.read().decode()
    asked.close()
    return found


def test_a_witness_remembers_over_being_killed(log: GrowingLog, tmp_path: Path) -> None:
    """Started, asked, killed without warning, started again: the size it tells is the one it signed."""
    folder = tmp_path / "w"
    made = json.loads(
        _siklus("init", folder, "--name", "audit.example/w", "--log", log.key.public, "--port", 0, "--json")
    )
    key = public_key(made["vkey"])
    with serving(folder) as (process, port):
        status, _, line = _post(port, log.request(0, 5))
        assert (200, key.id) == (status, signatures_of(line)[0].id)
        second = _siklus("serve", folder, code=6)
        process.send_signal(signal.SIGKILL)
        process.wait()
    with serving(folder) as (process, port):
        assert (409, "text/x.tlog.size", "5\n") == _post(port, log.request(0, 6))
        assert 200 == _post(port, log.request(5, 6))[0]
        process.send_signal(signal.SIGTERM)
        assert 0 == process.wait(20)
    shown = json.loads(_siklus("show", folder, "--json"))

    assert "Another witness works" in second
    assert [(made["vkey"], ORIGIN, 6, [])] == [
        (shown["vkey"], one["origin"], one["size"], one["forks"]) for one in shown["logs"]
    ]
    assert "holds a witness already" in _siklus(
        "init", folder, "--name", "x", "--log", log.key.public, code=6
    )
    assert 0o600 == (folder / "witness.key").stat().st_mode & 0o777


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"x" * (LARGEST_REQUEST + 1), {}, 413),
        (b"old 0\n\n", {"content-encoding": "gzip"}, 415),
        (b"", {}, 400),
        (b"\xff\xfe", {}, 400),
    ],
)
def test_what_is_no_request_is_turned_away(
    witness: Witness, body: bytes, headers: dict[str, str], status: int
) -> None:
    """By size, by packing, by what it says."""
    with TestClient(witness_app(witness)) as client:
        assert status == client.post("/add-checkpoint", content=body, headers=headers).status_code


def test_only_what_is_specified_is_served(witness: Witness, log: GrowingLog) -> None:
    """One address takes, one gives; the content type of a size is told to the letter."""
    with TestClient(witness_app(witness)) as client:
        assert 200 == client.post("/add-checkpoint", content=log.request(0, 3)).status_code
        stale = client.post("/add-checkpoint", content=log.request(0, 3))
        told = client.get(f"/{digest(ORIGIN)}/checkpoint")

        assert ("text/x.tlog.size", "3\n") == (stale.headers["content-type"], stale.text)
        assert told.text.startswith(str(log.note(3)))
        assert [405, 404, 404] == [
            client.get("/add-checkpoint").status_code,
            client.get("/").status_code,
            client.get("/nobody/checkpoint").status_code,
        ]


def test_a_request_that_never_ends_is_not_waited_for(witness: Witness) -> None:
    """Seconds, and then it is told so."""
    said: list[dict[str, object]] = []

    async def never() -> dict[str, object]:
        await asyncio.sleep(3600)
        raise AssertionError

    async def hear(message: dict[str, object]) -> None:
        said.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/add-checkpoint", "raw_path": b"/add-checkpoint",
        "query_string": b"", "headers": [], "root_path": "",
    }  # fmt: skip
    # in a thread of its own: where a browser's test ran before, this one has a loop already
    with start_blocking_portal() as portal:
        portal.call(witness_app(witness, body_seconds=0.05), scope, never, hear)  # type: ignore[arg-type]

    assert 408 == said[0]["status"]
