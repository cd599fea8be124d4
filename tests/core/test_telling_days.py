"""Days, instants, spans and names as people read them."""

from datetime import date

import pytest

from engine.core.chart import Chart
from engine.core.telling import (
    say_day,
    say_due,
    say_instant,
    say_list,
    say_name,
    say_role,
)
from engine.core.telling_days import say_delay, say_moment
from tests.telling import HOUR
from tests.worlds import ZONE, World, calendar


@pytest.mark.parametrize(
    ("language", "expected"), [("id", "Senin, 19 Januari 2026"), ("en", "Monday 19 January 2026")]
)
def test_a_day_has_its_weekday(language, expected):
    """A date is said with the day of the week, as people plan by it."""
    assert expected == say_day(date(2026, 1, 19), language)


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Asia/Jakarta", "Senin, 19 Januari 2026 pukul 06.05 WIB"),
        ("Asia/Makassar", "Senin, 19 Januari 2026 pukul 07.05 WITA"),
        ("Asia/Jayapura", "Senin, 19 Januari 2026 pukul 08.05 WIT"),
    ],
)
def test_an_instant_is_told_in_the_zone_of_the_case(zone, expected):
    """The same instant has another hour in each zone, and the zone is named."""
    at = calendar().start_of(date(2026, 1, 19), "UTC") - HOUR + 5 * 60_000_000

    assert expected == say_instant(at, zone, calendar(), "id")


def test_the_hour_is_right_after_clocks_were_changed():
    """Hours are read off the clock on the wall, not counted from midnight."""
    noon = calendar().start_of(date(2026, 3, 30), "Europe/Berlin") - 12 * HOUR

    assert "Sunday 29 March 2026, 12:00 CEST" == say_instant(noon, "Europe/Berlin", calendar(), "en")


def test_midnight_ends_a_day_that_is_waited_for_and_begins_the_one_it_is():
    """A due time is 24:00 of its day; a clock that is looked at then shows 00:00 of the next."""
    at = calendar().start_of(date(2026, 1, 20), ZONE)

    assert "Monday 19 January 2026, 24:00 WITA" == say_instant(at, ZONE, calendar(), "en")
    assert "Tuesday 20 January 2026, 00:00 WITA" == say_moment(at, ZONE, "en")
    assert "Selasa, 20 Januari 2026 pukul 00.00 WITA" == say_moment(at, ZONE, "id")


@pytest.mark.parametrize(
    ("today", "indonesian", "english"),
    [
        (date(2026, 1, 14), "2 hari kerja lagi", "2 working days left"),
        (date(2026, 1, 15), "1 hari kerja lagi", "1 working day left"),
        (date(2026, 1, 19), "hari ini", "today"),
        (date(2026, 1, 21), "terlambat 2 hari kerja", "2 working days late"),
    ],
)
def test_a_due_time_counts_the_days_of_the_office(today, indonesian, english):
    """The weekend and the holiday of 16 January are not counted."""
    due = date(2026, 1, 19)

    assert f"paling lambat Senin, 19 Januari 2026 pukul 24.00 WITA ({indonesian})" == say_due(
        due, ZONE, calendar(), today, "id"
    )
    assert f"by Monday 19 January 2026, 24:00 WITA ({english})" == say_due(due, ZONE, calendar(), today, "en")


def test_a_due_day_on_a_free_weekend_counts_calendar_days():
    """Where no working day is left, "0 working days" would say nothing."""
    said = say_due(date(2026, 1, 18), ZONE, calendar(), date(2026, 1, 17), "id")

    assert said.endswith("(1 hari kalender lagi)")


def test_a_due_day_in_a_year_without_decree_says_so():
    """Nobody plans on a working day that a decree may still take away."""
    said = say_due(date(2031, 3, 3), ZONE, calendar(), date(2031, 2, 27), "en")

    assert said.endswith("the holidays of 2031 are not decreed yet)")


@pytest.mark.parametrize(
    ("names", "expected"), [([], ""), (["A"], "A"), (["A", "B"], "A dan B"), (["A", "B", "C"], "A, B, dan C")]
)
def test_names_stand_in_a_row(names, expected):
    """As people write them."""
    assert expected == say_list(names, "id")


@pytest.mark.parametrize(
    ("late", "expected"),
    [(59_000_000, ""), (60_000_000, "1 minute"), (HOUR - 1, "59 minutes"), (50 * HOUR, "2 calendar days")],
)
def test_a_delay_is_told_in_its_largest_unit(late, expected):
    """Less than a minute is not worth a word."""
    assert expected == say_delay(late, "en")


def test_a_person_nobody_knows_is_not_shown_as_a_key():
    """Somebody erased from the chart stays a person, not a code."""
    nobody = Chart(segments=(), version="chart:empty")

    assert "somebody no longer on record" == say_name(nobody, "p-9999", "en")


def test_a_role_may_be_the_holder():
    """Where a rule says "the holder", people read what that means."""
    assert "pemegang tugas" == say_role(World().machine.definition, "holder", "id")
