"""Trying often: guesses, copies of everything and floods of entries are stopped, by account and by address."""

from __future__ import annotations

from pathlib import Path

import pytest

from api import metering
from api.metering import LIMITS, Limit, Meter, family_of
from api.problems import TooOften
from engine.runtime import Engine
from engine.store import Database
from tests.api.conftest import RATER, STAFF, Office
from tests.attacks.attackers import routes_of
from tests.runtime.conftest import HandClock


@pytest.fixture
def counted(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """An office where somebody may do little in a minute."""
    few = {family: Limit(account=3, address=5) for family in LIMITS}
    monkeypatch.setattr(metering, "LIMITS", few)
    office.app.state.meter = Meter(office.engine, office.clock)
    return office


def statuses(office: Office, name: str, method: str, address: str, times: int) -> list[int]:
    client = office.program(name)
    sent = {"json": {}} if method == "POST" else {}
    return [client.request(method, address, **sent).status_code for _ in range(times)]


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("GET", "/api/v1/cases"),
        ("POST", "/api/v1/people/undo"),
        ("GET", "/api/v1/people/0/handover"),
        ("GET", "/p/x"),
    ],
)
def test_who_asks_too_often_waits(counted: Office, method: str, address: str) -> None:
    """Refused or not, each try counts."""
    tried = statuses(counted, STAFF, method, address, 6)

    assert 429 not in tried[:3]
    assert 429 == tried[-1]


def test_others_at_the_same_address_go_on_until_it_is_too_much_for_all(counted: Office) -> None:
    """An agency sits behind one address; so its own count is larger."""
    first = statuses(counted, STAFF, "GET", "/api/v1/cases", 4)
    other = statuses(counted, RATER, "GET", "/api/v1/cases", 3)

    assert [200, 200, 200, 429] == first
    assert 200 == other[0]
    assert 429 == other[-1]


def test_how_long_to_wait_is_said_in_words_and_to_programs(counted: Office) -> None:
    """On pages in the reader's language."""
    statuses(counted, STAFF, "GET", "/api/v1/cases", 4)
    told = counted.program(STAFF).get("/api/v1/cases")
    page = counted.browser(STAFF, "id").get("/cases")

    assert 0 < int(told.headers["retry-after"]) <= 60
    assert "try again in" in told.json()["detail"]
    assert 429 == page.status_code
    assert "coba lagi dalam" in page.text
    assert page.headers["retry-after"]


def test_one_may_again_when_time_has_passed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries come back evenly."""
    clock = HandClock()
    monkeypatch.setattr(metering, "LIMITS", {"acts": Limit(account=2, address=100)})
    with Database.create(str(tmp_path / "a.db"), "real") as database:
        meter = Meter(Engine(database, clock, system=clock), clock)
        for _ in range(2):
            meter.demand("acts", who="a-1", address="192.0.2.1")
        with pytest.raises(TooOften) as refused:
            meter.demand("acts", who="a-1", address="192.0.2.1")
        clock.instant += 1_000_000 * int(str(refused.value.data["wait_seconds"]))
        meter.demand("acts", who="a-1", address="192.0.2.1")


def test_two_workers_count_together_and_no_address_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of an address nothing can be found in the database, not even by trying them all: the key is not in it."""
    clock = HandClock()
    monkeypatch.setattr(metering, "LIMITS", {"lists": Limit(account=40, address=400, bundle=10)})
    place = tmp_path / "a.db"
    with Database.create(str(place), "real") as database, Database(str(place)) as other:
        engines = [Engine(one, clock, system=clock) for one in (database, other)]
        engines[0].keys.make()
        workers = [Meter(one, clock) for one in engines]
        allowed = 0
        for number in range(100):
            try:
                workers[number % 2].demand("lists", who="a-1", address="192.0.2.77")
            except TooOften:
                continue
            allowed += 1
    kept = b"".join(one.read_bytes() for one in tmp_path.glob("a.db*"))

    assert 40 == allowed
    assert b"192.0.2.77" not in kept


def test_every_act_is_counted_and_every_list(office: Office) -> None:
    """No way to write is left out; what is not counted is a page about one thing."""
    families = {(method, path): family_of(method, path) for method, path in routes_of(office)}
    unsafe = {
        family
        for (method, path), family in families.items()
        if method != "GET" and not path.startswith("/p/")
    }
    free = {path for (method, path), family in families.items() if family is None}

    assert {"acts", "exports"} == unsafe
    assert not {
        path
        for path in free
        if path.rstrip("/").endswith(("cases", "people", "messages", "promises", "export"))
    }


def test_a_demo_counts_nobody(office: Office) -> None:
    """Nobody signs in there, and everybody sits at one desk."""
    assert office.app.state.meter is None
