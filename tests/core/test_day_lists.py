"""Days off out of ICS and tables, written as a decree that a calendar file takes once its open places are filled."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.calendar import Calendar
from engine.core.day_lists import DayList, Heading, computed_days, decree_yaml, read_day_list
from engine.core.observances import DayOff
from engine.core.source import read_yaml
from engine.errors import CalendarInvalid

EVENTS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//a calendar program//
BEGIN:VEVENT
UID:1@x
DTSTART;VALUE=DATE:20270310
DTEND;VALUE=DATE:20270312
SUMMARY:Hari Raya Idul Fitri\\, 1448 H
END:VEVENT
BEGIN:VEVENT
UID:2@x
DTSTART;VALUE=DATE:20270309
SUMMARY:Cuti Bersama Idul
  Fitri
END:VEVENT
BEGIN:VEVENT
UID:3@x
DTSTART;VALUE=DATE:20281225
SUMMARY:Natal
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n").encode()
TABLE = (
    "tanggal;nama;inggris;jenis\n10/03/2027;Idul Fitri;Eid al-Fitr;libur nasional\n"
    "2027-03-09;Idul Fitri;Leave;cuti bersama\n"
)
FILE = "name: x\nweek: [Monday, Tuesday, Wednesday, Thursday, Friday]\ndecrees:\n"


def event(*lines: str) -> bytes:
    told = "\r\n".join(lines)
    return f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{told}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".encode()


def test_days_of_an_ics_file_are_read_with_their_kind_and_those_of_other_years_left_out() -> None:
    """Events of several days, folded lines, escapes, an event without an end."""
    found = read_day_list(EVENTS, 2027)

    assert [
        (date(2027, 3, 9), "Cuti Bersama Idul Fitri", "collective_leave"),
        (date(2027, 3, 10), "Hari Raya Idul Fitri, 1448 H", "holiday"),
        (date(2027, 3, 11), "Hari Raya Idul Fitri, 1448 H", "holiday"),
    ] == [(one.date, one.id, one.kind) for one in found.days]
    assert 1 == found.elsewhere


def test_the_english_name_of_a_day_that_is_known_is_found() -> None:
    natal = event("DTSTART;VALUE=DATE:20271225", "SUMMARY:Natal")

    assert [("Natal", "Christmas Day")] == [(one.id, one.en) for one in read_day_list(natal, 2027).days]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_days_of_a_table_are_read_by_its_headings(separator: str) -> None:
    found = read_day_list(TABLE.replace(";", separator).encode(), 2027)

    assert [("Leave", "collective_leave"), ("Eid al-Fitr", "holiday")] == [
        (one.en, one.kind) for one in found.days
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "the file has no rows"),
        (b"date,id\n", "there is no day in it"),
        (b"BEGIN:VCALENDAR\r\nBEGIN", "no ICS file that can be read"),
        (event("DTSTART:20270310T080000Z", "DTEND:20270310T090000Z", "SUMMARY:Rapat"), "it has an hour"),
        (event("DTSTART;VALUE=DATE:20270310", "SUMMARY:Galungan", "RRULE:FREQ=YEARLY"), "it repeats"),
        (event("DTSTART;VALUE=DATE:20270310", "DTEND;VALUE=DATE:20280310", "SUMMARY:x"), "1 to 31 days"),
        (event("DTSTART:besok", "SUMMARY:x"), "event 1: its days cannot be read"),
        (event("SUMMARY:x"), "event 1: its days cannot be read"),
        (event("DTSTART;VALUE=DATE:20270310"), "has no name"),
        (b"a,b\n1,2\n", "row 1: it must name its columns"),
        (b"date,id\nbesok,Libur\n2027-13-01,Libur\n", "row 2: 'besok' is no day"),
        (b"date,id\n2027-01-02,A\n2027-01-02,B\n", "row 3: 2027-01-02 is a day off twice"),
    ],
)  # fmt: skip
def test_a_list_that_makes_no_sense_is_refused_with_its_places(data: bytes, told: str) -> None:
    with pytest.raises(CalendarInvalid) as refused:
        read_day_list(data, 2027)

    assert told in refused.value.message


def test_all_problems_of_a_table_are_told_at_once() -> None:
    with pytest.raises(CalendarInvalid) as refused:
        read_day_list(b"date,id\nbesok,Libur\n2027-13-01,Libur\n2027-01-03,\n", 2027)

    problems: Any = refused.value.data["problems"]
    assert ["row 2", "row 3", "row 4"] == [one["en"].partition(":")[0] for one in problems]


def test_what_was_not_said_stays_open_and_an_open_place_is_refused() -> None:
    """Nobody's list counts unread: without title and day of issue the file is no calendar."""
    text = FILE + decree_yaml(computed_days(2028), Heading())
    with pytest.raises(CalendarInvalid) as refused:
        Calendar.from_values(read_yaml(text, "x").values)

    assert (
        "decrees[1].title: a text is missing here",
        "decrees[1].issued: '' is not a date; write it as 2026-01-31",
    ) == tuple(one["en"] for one in refused.value.data["problems"])


def test_computed_days_filled_in_are_the_days_that_are_computed() -> None:
    heading = Heading(title="SKB", number="1", issued="2027-09-01")
    read = Calendar.from_values(read_yaml(FILE + decree_yaml(computed_days(2028), heading), "x").values)

    assert computed_days(2028).days == read.days_off(2028)
    assert not read.provisional(date(2028, 1, 1))


NAMES = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=40).filter(
    lambda text: text.strip() == text and text.isprintable()
)


@given(name=NAMES, english=NAMES, title=NAMES)
def test_whatever_a_day_is_called_it_is_read_back(name: str, english: str, title: str) -> None:
    """Quotes, colons, hashes and letters of all scripts."""
    days = (DayOff(date=date(2027, 3, 10), id=name, en=english),)
    text = FILE + decree_yaml(
        DayList(year=2027, days=days, elsewhere=0), Heading(title=title, number=name, issued="2026-01-01")
    )
    read = read_yaml(text, "x")

    assert () == tuple(read.problems)
    assert days == Calendar.from_values(read.values).days_off(2027)
