"""Counting working days: of Indonesian civil servants, and of an office with another week."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.calendar import FIRST_YEAR, LAST_YEAR, MONDAY_TO_SATURDAY, Calendar
from engine.core.observances import observances
from engine.errors import CalendarInvalid

ROOT = Path(__file__).parents[2]
VALUES = yaml.safe_load((ROOT / "workflows/calendars/id-asn.yaml").read_text(encoding="utf-8"))
ASN = Calendar.from_values(VALUES)
SIX_DAYS = Calendar.from_values(VALUES, week=MONDAY_TO_SATURDAY)

fast = settings(max_examples=120, deadline=None, database=None, derandomize=True)
days = st.dates(date(2021, 1, 1), date(2044, 1, 1))
amounts = st.integers(-200, 200)
counts = st.integers(1, 200)
calendars = st.sampled_from([ASN, SIX_DAYS])


def worked(calendar: Calendar, first: date, last: date) -> list[date]:
    """The working days of a span, counted one by one."""
    span = (first + timedelta(n) for n in range((last - first).days + 1))
    return [day for day in span if calendar.is_working(day)]


@pytest.mark.parametrize(
    ("year", "holidays", "leave", "working"), [(2025, 17, 11, 237), (2026, 17, 8, 240), (2027, 18, 8, 242)]
)
def test_a_decreed_year_has_its_days(year, holidays, leave, working):
    """Holidays, collective leave and working days of a year are those of its joint decree."""
    kinds = Counter(day.kind for day in ASN.days_off(year))

    assert {"holiday": holidays, "collective_leave": leave} == kinds
    assert working == len(worked(ASN, date(year, 1, 1), date(year, 12, 31)))
    assert not ASN.provisional(date(year, 7, 1))


def test_the_months_of_2026_have_their_working_days():
    """The published table of working days by month comes out."""
    ends = [date(2025, 12, 31), *(ASN.add(date(2026, month, 1), 1, "months") for month in range(1, 13))]
    lasts = [ends[0], *(day - timedelta(1) for day in ends[1:])]
    counted = [ASN.working_days_between(a, b) for a, b in pairwise(lasts)]

    assert [20, 18, 17, 21, 16, 20, 23, 19, 22, 22, 21, 21] == counted


@pytest.mark.parametrize(
    ("start", "days_", "working_days"),
    [
        (date(2026, 3, 13), date(2026, 3, 27), date(2026, 4, 10)),
        (date(2026, 12, 18), date(2027, 1, 1), date(2027, 1, 13)),
    ],
)
def test_fourteen_days_are_not_fourteen_working_days(start, days_, working_days):
    """The unit of an objection period moves its end by two weeks around Eid and the turn of the year."""
    assert days_ == ASN.add(start, 14, "days")
    assert working_days == ASN.add(start, 14, "working days")


def test_the_file_agrees_with_the_library_on_every_day():
    """What was written down and what the `holidays` package carries are two sources for the same days."""
    for year in (2025, 2026, 2027):
        computed = observances(year, collective_leave=True)

        assert [(day.date, day.kind) for day in computed] == [
            (day.date, day.kind) for day in ASN.days_off(year)
        ]


def test_a_year_without_decree_is_computed_and_provisional():
    """2028 has its national holidays, but no collective leave that nobody has declared."""
    kinds = Counter(day.kind for day in ASN.days_off(2028))

    assert {"holiday": 17} == kinds
    assert ASN.provisional(date(2028, 8, 17))
    assert not ASN.is_working(date(2028, 8, 17))


@pytest.mark.parametrize(
    ("day", "indonesian", "english"),
    [
        (date(2026, 8, 17), "Hari Kemerdekaan Republik Indonesia", "Independence Day"),
        (date(2026, 12, 24), "Cuti Bersama Hari Raya Natal", "Collective leave: Christmas"),
        (date(2028, 8, 17), "Hari Kemerdekaan Republik Indonesia", "Independence Day"),
        (date(2026, 3, 21), "Hari Raya Idul Fitri", "Eid al-Fitr"),
        (date(2026, 3, 14), "Sabtu", "Saturday"),
        (date(2026, 3, 15), "Minggu", "Sunday"),
    ],
)
def test_a_day_off_says_why(day, indonesian, english):
    """A holiday on a Saturday is called by its name; a plain Saturday by its own."""
    assert {"id": indonesian, "en": english} == ASN.name_of(day)


def test_a_working_day_has_no_excuse():
    """Nothing explains a day on which the office works."""
    assert ASN.name_of(date(2026, 3, 13)) is None


def test_collective_leave_computed_for_a_past_year_is_called_so():
    """The library's "joint holiday" reads like our own data."""
    names = {day.en for day in ASN.days_off(2024) if day.kind == "collective_leave"}

    assert "Collective leave: Christmas" in names
    assert not [name for name in names if "Joint" in name]


@pytest.mark.parametrize(
    ("day", "amount", "unit", "expected"),
    [
        (date(2026, 8, 31), 6, "months", date(2027, 2, 28)),
        (date(2027, 8, 31), 6, "months", date(2028, 2, 29)),
        (date(2026, 12, 15), 1, "months", date(2027, 1, 15)),
        (date(2026, 3, 31), -1, "months", date(2026, 2, 28)),
        (date(2028, 2, 29), 1, "years", date(2029, 2, 28)),
        (date(2026, 1, 1), 2, "weeks", date(2026, 1, 15)),
        (date(2026, 1, 1), -1, "days", date(2025, 12, 31)),
        (date(2026, 3, 14), -1, "working days", date(2026, 3, 13)),
        (date(2026, 3, 16), -1, "working days", date(2026, 3, 13)),
        (date(2026, 3, 14), 0, "working days", date(2026, 3, 14)),
        (date(2050, 1, 31), 1, "months", date(2050, 2, 28)),
    ],
)
def test_adding_follows_the_civil_calendar(day, amount, unit, expected):
    """Months end where the month ends; counting back from a day off starts before it."""
    assert expected == ASN.add(day, amount, unit)


@pytest.mark.parametrize(
    ("day_off", "expected"),
    [("next", date(2026, 3, 25)), ("previous", date(2026, 3, 17)), ("stays", date(2026, 3, 20))],
)
def test_a_day_off_is_rolled_as_asked(day_off, expected):
    """Around Eid 2026 the office is closed from 18 to 24 March."""
    assert expected == ASN.roll(date(2026, 3, 20), day_off)
    assert date(2026, 3, 13) == ASN.roll(date(2026, 3, 13), day_off)


@fast
@given(calendar=calendars, day=days, amount=counts)
def test_the_index_counts_like_a_finger_on_the_calendar(calendar, day, amount):
    """The n-th working day after a day is the n-th found by walking there; n before, by walking back."""
    ahead = worked(calendar, day + timedelta(1), day + timedelta(2 * amount + 40))
    back = worked(calendar, day - timedelta(2 * amount + 40), day - timedelta(1))

    assert ahead[amount - 1] == calendar.add(day, amount, "working days")
    assert back[-amount] == calendar.add(day, -amount, "working days")


@fast
@given(calendar=calendars, day=days, later=st.integers(0, 60), amount=amounts)
def test_who_starts_later_never_ends_earlier(calendar, day, later, amount):
    """Adding working days keeps the order of days."""
    second = day + timedelta(later)

    assert calendar.add(day, amount, "working days") <= calendar.add(second, amount, "working days")


@fast
@given(calendar=calendars, day=days, first=amounts, second=amounts)
def test_working_days_add_up(calendar, day, first, second):
    """From a working day, a and then b working days are a + b."""
    start = calendar.roll(day, "next")
    there = calendar.add(start, first, "working days")

    assert calendar.add(start, first + second, "working days") == calendar.add(there, second, "working days")
    assert start == calendar.add(there, -first, "working days")


@fast
@given(calendar=calendars, day=days, amount=counts)
def test_what_was_added_is_counted(calendar, day, amount):
    """Between a day and its n-th working day after it lie n working days, and minus n the other way."""
    there = calendar.add(day, amount, "working days")

    assert calendar.is_working(there)
    assert amount == calendar.working_days_between(day, there)
    assert -amount == calendar.working_days_between(there, day)


@fast
@given(calendar=calendars, day=days)
def test_rolling_finds_the_nearest_working_day(calendar, day):
    """Next and previous are working days on the right side, and nothing worked lies in between."""
    after, before = calendar.roll(day, "next"), calendar.roll(day, "previous")

    assert calendar.is_working(after)
    assert calendar.is_working(before)
    assert before <= day <= after
    assert {before, after} == set(worked(calendar, before, after))
    assert (after == day) == calendar.is_working(day) == (calendar.name_of(day) is None)


REFUSED = {
    "before the first year": lambda: ASN.is_working(date(FIRST_YEAR - 1, 12, 31)),
    "after the last year": lambda: ASN.is_working(date(LAST_YEAR + 1, 1, 1)),
    "counting past the end": lambda: ASN.add(date(LAST_YEAR, 12, 29), 10, "working days"),
    "counting past the start": lambda: ASN.add(date(FIRST_YEAR, 1, 3), -10, "working days"),
    "rolling past the end": lambda: ASN.roll(date(LAST_YEAR, 12, 31), "next"),
    "between unknown days": lambda: ASN.working_days_between(date(2019, 1, 1), date(2026, 1, 1)),
    "a year 11026": lambda: ASN.add(date(2026, 1, 1), 9000, "years"),
    "an unknown unit": lambda: ASN.add(date(2026, 1, 1), 1, "fortnights"),
    "an unknown way to roll": lambda: ASN.roll(date(2026, 1, 1), "sideways"),
    "the end of time": lambda: ASN.end_of(date.max, "Asia/Jakarta"),
    "an empty week": lambda: Calendar.build("empty", [], week=()),
    "an eighth day": lambda: Calendar.build("odd", [], week=(7,)),
}


@pytest.mark.parametrize("ask", REFUSED.values(), ids=REFUSED.keys())
def test_what_no_data_can_answer_is_refused(ask):
    """Outside its years, and for words it does not know, a calendar does not guess."""
    with pytest.raises(CalendarInvalid):
        ask()
