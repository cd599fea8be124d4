"""`siklus serve`, `siklus work` and `siklus demo` as processes: they start, answer, and end in order."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager

import httpx2
import pytest

from api.cli_speech import INTERRUPTED
from engine.store.database import Database
from tests.cli.conftest import PEOPLE, ROOT


@contextmanager
def running(*words, until):
    """A process of ours, past what its standard error says until it matches; ended if it still runs."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SIKLUS_PORT": "0"}
    # A program inherits what is ignored: tests that run in the background of a shell ignore interruptions.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "api.cli", *words],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
    finally:
        signal.signal(signal.SIGINT, before)
    try:
        seen = []
        for line in process.stderr:
            seen.append(line)
            found = re.search(until, "".join(seen))
            if found:
                yield process, found
                return
        raise AssertionError("".join(seen))
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def ended(process, how):
    """The exit code after a signal, and what was said meanwhile."""
    process.send_signal(how)
    _, told = process.communicate(timeout=30)
    return process.returncode, told


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_work_beats_until_told_to_stop(siklus, how):
    """Interrupted or terminated it ends in order, with success, and every beat left a line and a row."""
    siklus("people", "import", PEOPLE)
    with running("work", "--every", "0.1", until='"event": "beat.done"') as (process, _):
        code, told = ended(process, how)

    assert 0 == code, told
    assert all(json.loads(line)["level"] == "info" for line in told.splitlines())
    with Database("siklus.db") as database, database.read() as view:
        assert ["work"] == [beat.worker.split("@")[0] for beat in view.beats()]


def test_the_demo_is_served_and_ends_in_order():
    """The first page answers, the health of the demo can be asked for, and the end is a success; so again."""
    for how in (signal.SIGINT, signal.SIGTERM):
        with running("demo", until=r"on (http://\S+);") as (process, found):
            address = found[1]
            page = httpx2.get(f"{address}/", timeout=20)
            told = httpx2.get(f"{address}/api/v1/health", timeout=20).json()
            code, remarks = ended(process, how)

        assert (200, "demo", 0) == (page.status_code, told["kind"], code), remarks
        assert "Stopped." in remarks


def test_a_real_agency_is_served_and_its_first_start_tells_one_link(siklus):
    """The link of the first administrator, once; and that plain http is for this machine alone."""
    siklus("people", "import", PEOPLE)
    with running("serve", "--port", "0", until=r"on (http://\S+);") as (process, found):
        page = httpx2.get(f"{found[1]}/", timeout=20, follow_redirects=True)
        told = httpx2.get(f"{found[1]}/api/v1/health", timeout=20).json()
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=30)
    with running("serve", "--port", "0", until=r"on (http://\S+);") as (process, _):
        process.send_signal(signal.SIGINT)
        again, _ = process.communicate(timeout=30)

    assert ("/sign-in", "real") == (page.url.path, told["kind"])
    assert "plain http, for this machine alone" in found.string
    assert f"{found[1]}/link/" in said
    assert "" == again


@pytest.mark.parametrize(
    ("words", "named"),
    [(("--host", "0.0.0.0"), {}), ((), {"SIKLUS_BASE_URL": "http://siklus.agency.example"})],  # noqa: S104 - refused
)
def test_passwords_never_cross_a_network_by_plain_http(siklus, monkeypatch, words, named):
    """It is refused before anything listens, with what would work."""
    siklus("people", "import", PEOPLE)
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    told = siklus("serve", "--port", "0", *words, code=1)

    assert "plain http" in told.stderr
    assert "SIKLUS_BASE_URL" in told.stderr


def test_a_taken_port_is_said_kindly(siklus, folder):
    """Nothing is made before it is known that it can be served."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        told = siklus("demo", "--port", port, code=1)

    assert f"127.0.0.1:{port}" in told.stderr
    assert "--port" in told.stderr
    assert [] == list(folder.iterdir())


def test_a_demo_never_touches_a_real_database(siklus):
    """Neither by name nor with --fresh."""
    siklus("people", "import", PEOPLE)
    for words in ((), ("--fresh",), ("--run-to-end",)):
        told = siklus("demo", "--database", "siklus.db", "--port", "0", *words, code=6)

        assert "is a real database" in told.stderr
    with Database("siklus.db") as database:
        assert "real" == database.kind


def test_the_year_is_driven_and_reported(siklus, folder):
    """On a database of its own that is gone afterwards: one JSON document on standard output, progress beside it."""
    ran = siklus("demo", "--run-to-end", "--json")
    told = json.loads(ran.stdout)

    assert told["met"]
    assert told["audit"]["verified"]
    assert 60 == told["closed"]
    assert "Driving the year" in ran.stderr
    assert [] == list(folder.iterdir())


def test_a_year_that_falls_short_exits_with_1_and_can_be_kept(siklus, monkeypatch):
    """A demo in which nobody acts has recognised nobody; driven on a named place, it is there to look at."""
    monkeypatch.setattr("api.demo_year.act_in", lambda *_: None)

    assert not siklus.json("demo", "--run-to-end", "--database", "kept.db", code=1)["met"]
    assert 60 == len(siklus.json("cases", "--database", "kept.db")["cases"])
    assert siklus.json("audit", "verify", "--database", "kept.db")["verified"]


def test_an_interrupted_command_says_so_by_its_code(siklus, demo, monkeypatch):
    """As shells expect it of Ctrl-C, without a traceback."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("engine.runtime.Engine.tasks", interrupted)

    siklus("tasks", "198708222013121015", "--database", demo, code=INTERRUPTED)
