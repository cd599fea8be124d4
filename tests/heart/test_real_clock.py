"""The machine's own clock drives a case: nothing of time is made up but a place whose midnights come soon.

The place has a file of the time zone database to itself: its first midnight is seconds away, and its clocks jump
ahead so that the next one follows at once. (Samoa skipped a day in 2011; this place loses all but some seconds of one.)
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import threading
import time
import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.clock import SystemClock
from engine.core.codec import decode
from engine.core.command import TIMER
from engine.core.parse import read
from engine.core.source import read_yaml
from engine.core.zones import midnight
from engine.runtime import Engine
from engine.store import Database, StoredDefinition
from tests.notifications.mail_host import MailHost
from tests.notifications.office import roster_of
from tests.worlds import ROOT

PLACE = "Siklus/Soon"
_HERE = Path(__file__).parent
_DAY = 86_400
#: seconds to the first midnight, to the jump after it, and to the second midnight
_FIRST, _JUMP, _SECOND = 15, 3, 6
_TOP = "ASST,Melati Ponulele,Kabupaten,Asisten,TOP,{0},melati@dinas.test,PPPK,own,2020-01-01,head,en"
_RATER = "HEAD,Yusuf Hakim,Dinas,Kepala Dinas,ASST,{0},yusuf@dinas.test,PPPK,own,2020-01-01,head,en"
_SITI = "SITI,Siti Aminah,Dinas,Analis,HEAD,{0},siti@dinas.test,PNS,own,2020-01-01,,en"


class Arrivals(MailHost):
    """A mail server that says when something has come."""

    def __init__(self) -> None:
        super().__init__()
        self._came = threading.Semaphore(0)

    async def handle_DATA(self, *given: Any) -> str:  # noqa: N802 - aiosmtpd's name
        answer = await super().handle_DATA(*given)
        self._came.release()
        return answer

    def wait_for(self, to: str, words: str) -> str:
        """The text of the first mail to an address that has these words, once it has come."""
        until = time.monotonic() + 90
        while True:
            for mail in list(self.mails):
                body = mail.get_body(("plain",))
                text = f"{mail['subject']}\n{body.get_content() if body is not None else ''}"
                if to in str(mail["to"]) and words in text:
                    return text
            left = until - time.monotonic()
            if left <= 0 or not self._came.acquire(timeout=left):
                told = [(str(mail["to"]), str(mail["subject"])) for mail in self.mails]
                raise AssertionError(f"no mail to {to} with {words!r} came; those that did: {told}")


def a_place(folder: Path, first: int) -> None:
    """Put a place into a folder of the time zone database: midnight at `first` (seconds UTC), and soon again."""
    before = -(first % _DAY)
    after = before + _DAY - _SECOND
    turns = struct.pack(">iB", first + _JUMP, 1)
    kinds = struct.pack(">iBBiBB", before, 0, 0, after, 0, 0)
    head = b"TZif" + bytes(16) + struct.pack(">6i", 0, 0, 0, 1, 2, 4)
    path = folder / PLACE
    path.parent.mkdir(parents=True)
    path.write_bytes(head + turns + kinds + b"SOO\0")


@contextmanager
def known_here(folder: Path) -> Iterator[None]:
    """The places of this folder are known in this process."""
    zoneinfo.reset_tzpath(to=(str(folder), *zoneinfo.TZPATH))
    try:
        yield
    finally:
        zoneinfo.reset_tzpath()


def launch(url: str, today: str) -> str:
    """A real agency whose superiors have until the end of today; the case of its one employee."""
    with Database.create(url, "real") as database:
        engine = Engine(database, SystemClock())
        calendar = ROOT / "workflows/calendars/id-asn.yaml"
        engine.add_calendar(read_yaml(calendar.read_text(encoding="utf-8"), calendar.name).values)
        rules = (
            (_HERE / "silent.yaml")
            .read_text(encoding="utf-8")
            .replace("TODAY", f"{today[8:]} {_month(today)}")
        )
        definition = read(rules, (_HERE / "silent.texts.yaml").read_text(encoding="utf-8"))
        engine.import_people(roster_of(*(line.format(PLACE) for line in (_TOP, _RATER, _SITI))), actor=TIMER)
        with database.write() as unit:  # nobody here could approve it
            unit.put_definition(
                StoredDefinition(
                    digest=definition.digest,
                    workflow=definition.workflow,
                    version=definition.version,
                    source=definition.source,
                    published_at=engine.now(),
                )
            )
        opens = datetime.fromisoformat(today).date()
        engine.launch("silent", opens=opens, year=opens.year, actor=TIMER)
        return engine.cases()[0].id


def _seconds() -> int:
    return SystemClock().now() // 1_000_000


def _month(today: str) -> str:
    return datetime.fromisoformat(today).strftime("%B")


@contextmanager
def at_work(environment: dict[str, str]) -> Iterator[None]:
    """`siklus work` as a process of its own."""
    command = [sys.executable, "-m", "api.cli", "work", "--every", "0.5"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield
        finally:
            process.terminate()
            _, told = process.communicate(timeout=30)
            assert "Traceback" not in told


@pytest.mark.long
@pytest.mark.timeout(240)
def test_a_silent_superior_is_reminded_escalated_and_relieved_by_the_machines_own_clock(
    tmp_path: Path,
) -> None:
    """Reminded at the first midnight, the case of the superior's superior after the second, who takes it over."""
    first = _seconds() + _FIRST
    a_place(tmp_path, first)
    today = (datetime.fromtimestamp(first, UTC) + timedelta(seconds=-(first % _DAY) - 1)).date().isoformat()
    url = f"sqlite:///{tmp_path / 'siklus.db'}"
    with known_here(tmp_path):
        case = launch(url, today)
    assert _seconds() < first, "this machine was too slow to launch before midnight"
    host = Arrivals()
    with host.up():
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONTZPATH": os.pathsep.join((str(tmp_path), *zoneinfo.TZPATH)),
            "SIKLUS_DATABASE": url,
            "SIKLUS_SMTP_HOST": "127.0.0.1",
            "SIKLUS_SMTP_PORT": str(host.port),
        }

        def siklus(*words: str) -> None:
            command = [sys.executable, "-m", "api.cli", *words]
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
            assert 0 == done.returncode, done.stderr

        with at_work(environment):
            for to, words in (("yusuf@dinas.test", "eminder"), ("melati@dinas.test", "Yusuf Hakim")):
                host.wait_for(to, words)
            siklus("case", "reassign", case, "--to", "ASST", "--as", "ASST", "--reason", "saya ambil alih")
            siklus("fire", case, "agree", "--as", "ASST")
            host.wait_for("siti@dinas.test", "ompleted")

    with Database(url) as database:
        entries = Engine(database, SystemClock()).history(case)
    facts = [decode(one.body) for one in entries]
    with known_here(tmp_path):
        days = [midnight(datetime.fromisoformat(today).toordinal() + n, PLACE) for n in (1, 2)]

    assert ["launched", "rung", "rung", "reassigned", "moved"] == [one.kind for one in entries]
    assert [first * 1_000_000, (first + _SECOND) * 1_000_000] == days
    assert days == [
        one.at - told["late_us"] for one, told in zip(entries, facts, strict=True) if "late_us" in told
    ]
    assert all(told.get("late_us", 0) >= 0 for told in facts)
