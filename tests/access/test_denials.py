"""What was denied is counted, told once an hour, and names nobody."""

from __future__ import annotations

from engine.core.access import NOTHING, Asker, decide
from engine.core.codec import decode
from engine.store import queries
from tests.runtime.conftest import Agency
from tests.worlds import HOUR


def told(agency: Agency) -> list[dict[str, object]]:
    """What the log says was denied."""
    with agency.engine.database.read() as view:
        return [decode(line.body) for line in queries.history(view, "denials")]


def test_denials_are_counted_and_the_first_of_an_hour_is_told(launched: Agency) -> None:
    """However often somebody tries, the log grows by one entry an hour for each thing they try."""
    access, asker = launched.engine.access, Asker(person="p-0007")
    for _ in range(5):
        assert not access.decide(asker, "cycle.launch", NOTHING).allowed
    access.decide(asker, "person.list", NOTHING)

    assert [("cycle.launch", 5), ("person.list", 1)] == [(one.action, one.count) for one in access.denials()]
    assert ["cycle.launch", "person.list"] == [one["action"] for one in told(launched)]

    launched.clock.instant += HOUR
    access.decide(asker, "cycle.launch", NOTHING)
    assert 3 == len(told(launched))
    assert {"p-0007"} == {one["who"] for one in told(launched)}
    assert "default-deny" == told(launched)[0]["rule"]


def test_what_is_allowed_and_what_is_only_looked_up_is_not_told(launched: Agency) -> None:
    """A page that asks whether to offer something denies nothing."""
    access = launched.engine.access
    assert not decide(Asker(person="p-0007"), "cycle.launch", NOTHING).allowed
    assert access.decide(Asker(person="p-0007", personnel=True), "cycle.launch", NOTHING).allowed
    assert [] == told(launched)
    assert () == access.denials()


def test_the_log_of_denials_verifies(launched: Agency) -> None:
    """It is a stream like any other."""
    launched.engine.access.decide(Asker(account="a-1"), "person.list", NOTHING)
    assert [] == launched.engine.verify()
