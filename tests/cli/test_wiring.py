"""One installation put together: what a beat does, and that a demo's mail never leaves."""

from __future__ import annotations

import io
import json
import logging

import pytest

from api.settings import Settings
from api.telemetry import configure
from api.wiring import Worker, assemble, open_installation
from engine.errors import StoreUnusable
from engine.store.database import Database
from notifications.channels import KeptChannel, SmtpChannel

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
        worker = Worker(house)
        first, second = worker.beat(), worker.beat()
        with house.database.read() as view:
            beats = view.beats()

    assert (60, 0) == (first.steps, second.steps)
    assert ["batch.stepped", "messages.settled", "beat.done"] == list(
        dict.fromkeys(line["event"] for line in lines())
    )
    assert 2 == sum(line["event"] == "beat.done" for line in lines())
    assert ["test"] == [beat.worker.split("@")[0] for beat in beats]


def test_a_beat_settles_messages(demo, lines):
    """In a demo they are kept, and no message waits to be sent afterwards."""
    with open_demo_house(demo) as house:
        Worker(house).beat()
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
