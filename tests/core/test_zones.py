"""Days and instants: where a day begins and ends, with and without daylight saving."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.calendar import Calendar, known_zone, zone_label
from engine.errors import CalendarInvalid

PLAIN = Calendar.build("plain", [])

fast = settings(max_examples=120, deadline=None, database=None, derandomize=True)
zones = st.sampled_from(
    [
        "Asia/Jakarta",
        "Asia/Makassar",
        "Asia/Jayapura",
        "Europe/Berlin",
        "America/Santiago",
        "America/Havana",
        "Asia/Beirut",
        "Africa/Cairo",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "America/St_Johns",
        "UTC",
    ]
)


def micros(*moment: int) -> int:
    """A reading of UTC clocks as microseconds."""
    return (datetime(*moment, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("zone", "hour"),
    [("Asia/Jakarta", 17), ("Asia/Pontianak", 17), ("Asia/Makassar", 16), ("Asia/Jayapura", 15), ("UTC", 24)],
)
def test_a_day_ends_at_midnight_of_its_owner(zone, hour):
    """24:00 in Jakarta is 17:00 UTC; people further east are through earlier."""
    expected = micros(2026, 1, 31) + hour * 3_600_000_000

    assert expected == PLAIN.end_of(date(2026, 1, 31), zone)
    assert expected == PLAIN.start_of(date(2026, 2, 1), zone)
    assert date(2026, 1, 31) == PLAIN.date_of(expected - 1, zone)
    assert date(2026, 2, 1) == PLAIN.date_of(expected, zone)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("Europe/Berlin", date(2026, 7, 1), 24),
        ("America/Santiago", date(2026, 9, 6), 23),  # begins at 01:00: midnight is skipped
        ("Asia/Beirut", date(2026, 3, 29), 23),  # begins at 01:00
        ("America/Havana", date(2026, 11, 1), 25),  # midnight comes twice, the first begins the day
        ("America/St_Johns", date(2010, 11, 6), 25),  # 00:01 was followed by 23:01 of the day before
        ("Africa/Monrovia", date(1972, 1, 7), 23.258333333333333),  # a jump of 44 minutes and 30 seconds
        ("America/Toronto", date(1919, 3, 31), 23.5),  # clocks jumped from 23:30 to 00:30, over midnight
        ("Pacific/Apia", date(2011, 12, 30), 0),  # never was
    ],
)
def test_a_day_is_as_long_as_its_zone_makes_it(zone, day, hours):
    """Where clocks change, 24:00 is not 24 hours after 00:00."""
    length = PLAIN.end_of(day, zone) - PLAIN.start_of(day, zone)

    assert round(hours * 3600) * 1_000_000 == length


@fast
@given(zone=zones, day=st.dates(date(2005, 1, 1), date(2045, 1, 1)))
def test_a_day_ends_where_the_next_begins(zone, day):
    """The last microsecond is not of a later day, the end itself is, and nothing of the day comes after it."""
    end = PLAIN.end_of(day, zone)

    assert end == PLAIN.start_of(day + timedelta(1), zone)
    assert PLAIN.date_of(end - 1, zone) <= day < PLAIN.date_of(end, zone)
    assert all(PLAIN.date_of(end + n * 600_000_000, zone) > day for n in range(150))


@fast
@given(zone=zones, second=st.integers(micros(2005, 1, 1) // 10**6, micros(2045, 1, 1) // 10**6))
def test_an_instant_falls_on_the_day_its_clocks_show(zone, second):
    """The remembered midnights give the day that the zone database gives."""
    shown = datetime.fromtimestamp(second, ZoneInfo(zone)).date()

    assert shown == PLAIN.date_of(second * 1_000_000, zone)


def test_hours_around_changes_of_clocks_fall_on_their_day():
    """Every quarter of an hour around a change of clocks, in zones that change at odd times."""
    for zone, year in [("America/St_Johns", 2010), ("America/Havana", 2026), ("Pacific/Apia", 2011)]:
        for first in (date(year, 10, 30), date(year, 12, 28)):
            start = micros(first.year, first.month, first.day)
            for quarter in range(10 * 96):
                instant = start + quarter * 900_000_000
                shown = datetime.fromtimestamp(instant / 10**6, ZoneInfo(zone)).date()

                assert shown == PLAIN.date_of(instant, zone)


@pytest.mark.parametrize(
    ("zone", "day", "label"),
    [
        ("Asia/Jakarta", date(2026, 1, 1), "WIB"),
        ("Asia/Pontianak", date(2026, 1, 1), "WIB"),
        ("Asia/Makassar", date(2026, 1, 1), "WITA"),
        ("Asia/Jayapura", date(2026, 1, 1), "WIT"),
        ("Europe/Berlin", date(2026, 1, 1), "CET"),
        ("Europe/Berlin", date(2026, 7, 1), "CEST"),
        ("Asia/Singapore", date(2026, 7, 1), "UTC+8"),
        ("Asia/Kathmandu", date(2026, 7, 1), "UTC+5:45"),
        ("America/Sao_Paulo", date(2026, 7, 1), "UTC-3"),
    ],
)
def test_a_zone_is_called_as_people_call_it(zone, day, label):
    """Indonesia's zones have names; where a zone has none, its distance is shown."""
    assert label == zone_label(zone, day)


@pytest.mark.parametrize(
    "zone", ["WIB", "Asia/Jakatra", "", "localtime", "posix/Asia/Jakarta", "../zone", "America/"]
)
def test_what_is_no_place_is_no_zone(zone):
    """An unknown zone is told at the edge, and refused with names that would work."""
    assert not known_zone(zone)
    with pytest.raises(CalendarInvalid, match="Asia/Jakarta"):
        PLAIN.end_of(date(2026, 1, 1), zone)


def test_known_places_are_zones():
    """Indonesia's four zones, any other place, and UTC."""
    places = ["Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura", "Europe/Berlin", "UTC"]

    assert all(known_zone(place) for place in places)
