"""`siklus clock`: what is known of the server's clock, and saying from the command line that it is right."""

from __future__ import annotations

from api.settings import Settings
from api.wiring import Worker, assemble
from engine.store.database import Database
from tests.runtime.conftest import HandClock
from tests.worlds import HOUR


def jump(place: str) -> None:
    """A worker whose wall clock runs three hours ahead between two beats, and two beats after it."""
    clock, counted = HandClock(), [0]
    house = assemble(
        Database(place), Settings(database=place), worker="test", system=clock, steady=lambda: counted[0]
    )
    worker = Worker(house)
    worker.beat()
    clock.instant += 3 * HOUR
    for _ in range(2):
        clock.instant += 5_000_000
        counted[0] += 5_000_000
        worker.beat()
    house.close()


def test_a_clock_that_never_jumped_is_told_as_such(siklus, in_force) -> None:
    """And there is nothing to accept."""
    assert "No clock was ever in doubt." in siklus("clock", "show").stdout
    assert "No clock is in doubt" in siklus("clock", "accept", "--reason", "Benar.", code=5).stderr


def test_a_clock_in_doubt_is_told_and_accepted(siklus, in_force) -> None:
    """The worker is put together as it is served; whoever runs the installation says that the clock is right."""
    jump(in_force)
    told = siklus("clock", "show").stdout
    known = siklus.json("clock", "show", "--json")["clock"]
    doctor = siklus("doctor", code=6).stdout
    done = siklus("clock", "accept", "--reason", "Jam peladen tertinggal.").stdout
    again = siklus("clock", "accept", "--reason", "Lagi.", code=5)
    after = siklus("clock", "show").stdout

    assert "ran ahead by 3 hours" in told
    assert "siklus clock accept --reason WHY" in told
    assert ("open", 3 * HOUR) == (known["state"], known["ahead_us"])
    assert "ran ahead since" in doctor
    assert "3 hours ahead" in done
    assert "No clock is in doubt" in again.stderr
    assert "accepted" in after
