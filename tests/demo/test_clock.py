"""The travelling clock: forward only, and everything on the way happens in order, at the instant it was due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from api.demo_clock import BEGINNING, ZONE, DemoClock, Travel
from engine.core.codec import decode
from engine.core.zones import local_date, local_time
from engine.errors import Conflict
from engine.store import queries
from engine.store.database import Database
from engine.store.unit import Unit

DAY = 86_400_000_000
WEST = "Asia/Jakarta"


def entries_of(house):
    """Every entry of every case with its facts, in the order of instants."""
    found = [
        (entry.at, decode(entry.body))
        for case in house.engine.cases(limit=1000)
        for entry in house.engine.history(case.id)
    ]
    return sorted(found, key=lambda one: one[0])


def test_the_demo_begins_on_the_opening_morning(house):
    """Monday 1 December 2025, eight o'clock in Makassar."""
    assert (date(2025, 12, 1), (8, 0)) == (house.travel.today(ZONE), local_time(house.travel.now(), ZONE))


def test_the_clock_stands_still_until_it_is_moved(house):
    """Asking for the time twice gives the same instant."""
    assert BEGINNING == house.travel.now() == house.engine.now()


@pytest.mark.parametrize(("kind", "days"), [("day", 1), ("week", 7)])
def test_a_journey_ends_at_the_same_time_of_day(house, kind, days):
    """A day is a day, a week is seven."""
    house.travel.advance(kind)

    assert BEGINNING + days * DAY == house.travel.now()


def test_the_next_event_is_the_earliest_due_instant(house):
    """The clock stands exactly there afterwards, and what was due has happened."""
    expected = house.engine.next_at()
    due = sum(case.next_at == expected for case in house.engine.cases(limit=1000))
    trip = house.travel.advance("next")

    assert expected == house.travel.now()
    assert due == trip.steps > 0
    assert expected < house.engine.next_at()


def test_the_clock_never_goes_back(house):
    """An instant before the present one is refused, and the clock stays."""
    house.travel.advance("week")
    now = house.travel.now()
    with pytest.raises(Conflict, match="only moves forward"):
        DemoClock(house.database).move_to(BEGINNING)
    with pytest.raises(Conflict):
        house.travel.go(BEGINNING)

    assert now == house.travel.now()


def test_everything_fires_in_order_at_the_instant_it_was_due(house):
    """Ten weeks in one go: no timer was late, and the instants of the log only grow."""
    house.travel.go(BEGINNING + 70 * DAY)
    told = entries_of(house)
    late = {facts["late_us"] for _, facts in told if "late_us" in facts}
    by_case = {}
    for at, facts in told:
        by_case.setdefault(facts["case"], []).append((facts["seq"], at))

    assert {0} == late
    assert 5 < len({at for at, _ in told})
    for lines in by_case.values():
        assert sorted(lines) == sorted(lines, key=lambda one: one[1])


def test_one_long_journey_comes_to_what_many_short_ones_do(house, launched, tmp_path):
    """Seventy days by days, or at once: the same entries at the same instants."""
    other = Database(
        str((tmp_path / "other.db").write_bytes(launched.read_bytes()) and tmp_path / "other.db")
    )
    with other:
        clock = DemoClock(other)
        engine = type(house.engine)(other, clock)
        Travel(engine, clock).go(BEGINNING + 70 * DAY)
        for _ in range(10):
            house.travel.advance("week")
        at_once = [(one.id, one.state, one.seq, one.entered_at) for one in engine.cases(limit=1000)]

    assert at_once == [(one.id, one.state, one.seq, one.entered_at) for one in house.engine.cases(limit=1000)]


def test_the_chart_is_followed_on_the_day_it_turns(house):
    """Each day on which somebody leaves, returns or begins to act is a stop, once it has begun everywhere."""
    first = local_date(BEGINNING, ZONE)
    turns = house.engine.chart.change_days(first, first + timedelta(120))
    stood = []
    move = house.travel._clock.move_to
    house.travel._clock.move_to = lambda at: (stood.append(at), move(at))
    house.travel.go(BEGINNING + 120 * DAY)
    mornings = {local_date(at, WEST) for at in stood if local_time(at, WEST) == (0, 0)}

    assert turns
    assert set(turns) <= mornings
    assert stood == sorted(stood)


def test_every_process_sees_the_same_day(house, place):
    """The instant is kept in the database, not in memory."""
    house.travel.advance("week")
    with Database(place) as again:
        assert house.travel.now() == DemoClock(again).now()


def test_when_nothing_will_happen_the_clock_stays(house):
    """A demo whose cases are all closed has no next event."""
    while (coming := house.engine.next_at()) is not None:
        house.travel.go(coming)
    now = house.travel.now()
    trip = house.travel.advance("next")

    assert (now, now, 0) == (trip.begun_at, house.travel.now(), trip.steps)


def test_a_case_that_fails_does_not_hold_the_clock(house, monkeypatch):
    """An overdue case that cannot be stepped is named, and the others go on to their own instants."""
    first = house.engine.next_at()
    poisoned = min(case.id for case in house.engine.cases(limit=1000) if case.next_at == first)
    claim = Unit.claim_due

    def without(unit, now, limit, after=None):
        return [case for case in claim(unit, now, limit, after) if case.id != poisoned]

    monkeypatch.setattr(Unit, "claim_due", without)
    house.travel.advance("next")
    house.travel.advance("next")
    with house.database.read() as view:
        left = queries.cases(view, ids=[poisoned])[0]

    assert first == left.next_at
    assert first < house.travel.now()
