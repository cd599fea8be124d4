"""One installation put together: what a beat does, and that a demo's mail never leaves."""

from __future__ import annotations

import io
import json
import logging
import threading
import time

import pytest

from api import wiring
from api.settings import Settings
from api.telemetry import configure
from api.wiring import Postman, Worker, assemble, heart, open_installation
from engine.errors import StoreUnusable
from engine.store.database import Database
from notifications.channels import KeptChannel, SmtpChannel
from notifications.dispatch import Dispatched
from tests.runtime.conftest import HandClock
from tests.worlds import HOUR

MAIL = {"smtp_host": "mail.telagabiru.example"}


@pytest.fixture
def lines():
    stream = io.StringIO()
    configure("info", stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().handlers.clear()


def test_the_mail_of_a_demo_never_leaves(demo):
    """Whatever mail server the settings name."""
    with open_demo_house(demo, **MAIL) as house:
        assert isinstance(house.channel, KeptChannel)


def test_real_mail_leaves_only_over_a_named_server(folder):
    """Without a server, messages stay where the pages show them."""
    Database.create("real.db", "real").close()
    with_server = open_installation(Settings(database="real.db", **MAIL), worker="test")
    without = open_installation(Settings(database="real.db"), worker="test")

    assert isinstance(with_server.channel, SmtpChannel)
    assert isinstance(without.channel, KeptChannel)
    with_server.close()
    without.close()


def test_only_a_demo_has_a_clock_to_move(demo, folder):
    """A real installation has no way to travel."""
    Database.create("real.db", "real").close()
    real = open_installation(Settings(database="real.db"), worker="test")

    assert real.travel is None
    real.close()
    with open_demo_house(demo) as house:
        assert house.travel is not None


def test_a_beat_rings_what_is_due_and_says_so(demo, lines):
    """One line for the batch, one for the beat, a row for the worker; the next beat has nothing left to ring."""
    with open_demo_house(demo) as house:
        clock = house.travel
        clock._clock.move_to(house.engine.next_at())
        due = sum(case.next_at == clock.now() for case in house.engine.cases(limit=1000))
        worker = Worker(house)
        first, second = worker.beat(), worker.beat()
        Postman(house).beat()
        with house.database.read() as view:
            beats = view.beats()

    assert (due, 0) == (first.steps, second.steps)
    assert ["batch.stepped", "log.sealed", "beat.done", "messages.settled"] == list(
        dict.fromkeys(line["event"] for line in lines())
    )
    assert 2 == sum(line["event"] == "beat.done" for line in lines())
    assert ["test"] == [beat.worker.split("@")[0] for beat in beats]


def test_a_beat_settles_messages(demo, lines):
    """In a demo they are kept, and no message waits to be sent afterwards."""
    with open_demo_house(demo) as house:
        Postman(house).beat()
        people = [one.key for one in house.engine.chart.segments]
        outcomes = {letter.outcome for key in set(people) for letter in house.engine.messages(key)}

    assert outcomes <= {"kept", "superseded", "no_address"}
    assert "kept" in outcomes


def test_a_line_of_a_beat_names_nobody(demo, lines):
    """Logs carry ids and numbers."""
    with open_demo_house(demo) as house:
        house.travel.advance("week")
        Worker(house).beat()
        names = {person.name for person in house.engine.chart.segments}
    told = json.dumps(lines())

    assert not [name for name in names if name in told]


def test_a_slow_mail_server_holds_no_timer_up(demo, monkeypatch):
    """While a mail is on its way for ever, beats go on."""
    inside, release = threading.Event(), threading.Event()

    def stuck(*_: object, **__: object) -> Dispatched:
        inside.set()
        release.wait(30)
        return Dispatched(claimed=0, outcomes={})

    monkeypatch.setattr(wiring, "dispatch", stuck)
    with open_demo_house(demo) as house:
        beating = heart(house, seconds=0.1)
        beating.start()
        try:
            assert inside.wait(20)
            with house.database.read() as view:
                before = view.beats()[0].at
            deadline = time.monotonic() + 20
            while time.monotonic() < deadline:
                with house.database.read() as view:
                    if view.beats()[0].at > before:
                        break
                release.wait(0.05)
            with house.database.read() as view:
                after = view.beats()[0].at
        finally:
            release.set()
            beating.stop()

    assert after > before


def test_the_first_beat_after_a_standstill_tells_of_it(in_force, lines):
    """A real agency's: nobody beat for two days. The next beat finds none."""
    clock = HandClock()
    database = Database(in_force)
    house = assemble(
        database,
        Settings(database=in_force, standstill_hours=24, catch_up="skip_superseded"),
        worker="test",
        system=clock,
    )
    worker = Worker(house)
    worker.beat()
    assert None is house.engine.standstills.latest()
    clock.instant += 48 * HOUR
    worker.beat()
    found = house.engine.standstills.latest()
    clock.instant += 5_000_000
    worker.beat()
    events = [line for line in lines() if line["event"] == "engine.stood_still"]
    house.close()

    assert (48 * HOUR, "skip_superseded") == (found.to_at - found.from_at, found.policy)
    assert [(48 * HOUR, "skip_superseded")] == [(one["length_us"], one["policy"]) for one in events]


def test_a_beat_with_nothing_to_do_takes_no_write_lock(in_force):
    """Neither timers nor mail: acts of people wait for nobody. Every third beat keeps that the worker is alive."""
    clock, texts = HandClock(), []
    database = Database(in_force, failpoint=texts.append)
    house = assemble(database, Settings(database=in_force), worker="test", system=clock)
    worker, postman = Worker(house), Postman(house)
    writes, statements = [], []
    for _ in range(9):
        texts.clear()
        worker.beat()
        postman.beat()
        writes.append(sum(text == "BEGIN IMMEDIATE" for text in texts))
        statements.append(len(texts))
        clock.instant += 5_000_000
    house.close()

    # the first beats seal what was told before, and the heads of that
    assert [1, 0, 0, 1, 0, 0] == writes[3:]
    # three of them look for break-glass that has ended, one asks whether the clock is in doubt, every second seals
    assert max(statements[3:]) <= 44


def test_without_a_database_there_is_no_installation():
    """Opening makes nothing."""
    with pytest.raises(StoreUnusable):
        open_installation(Settings(database="nowhere.db"), worker="test")


class open_demo_house:  # noqa: N801 - reads as what it does
    """An installation on a demo's database, closed at the end."""

    def __init__(self, place, **settings):
        self.house = assemble(Database(place), Settings(database=place, **settings), worker="test")

    def __enter__(self):
        return self.house

    def __exit__(self, *_):
        self.house.close()
