"""Durations and moments: what may be written, what it says in words, and which day it is."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.calendar import UNITS, Calendar
from engine.core.moments import (
    CivilDate,
    DayAfterPeriod,
    DueItself,
    Duration,
    Entry,
    FixedDate,
    MomentUnknown,
    Offset,
    PeriodEdge,
    WindowEdge,
    day_of,
    describe,
    due_on,
    parse_duration,
    parse_moment,
)
from engine.errors import CalendarInvalid

ROOT = Path(__file__).parents[2]
ASN = Calendar.from_values(
    yaml.safe_load((ROOT / "workflows/calendars/id-asn.yaml").read_text(encoding="utf-8"))
)
YEAR = {"calendar": ASN, "period_from": date(2026, 1, 1), "period_to": date(2026, 12, 31)}
SETTINGS = {
    "objection": "14 working days",
    "draft_on": "14 January",
    "grace": "2 days after due",
    "limit": "70",
}

fast = settings(max_examples=120, deadline=None, database=None, derandomize=True)
durations = st.builds(Duration, st.integers(1, 60), st.sampled_from(UNITS))
entries = st.dates(date(2025, 6, 1), date(2030, 1, 1))
rolls = st.sampled_from(["next", "previous", "stays"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 working days", Duration(5, "working days")),
        ("1 working day", Duration(1, "working days")),
        ("14 days", Duration(14, "days")),
        ("2 weeks", Duration(2, "weeks")),
        ("6 months", Duration(6, "months")),
        ("1 year", Duration(1, "years")),
        (" 5  working   days ", Duration(5, "working days")),
        ("objection", Duration(14, "working days")),
        ("0 days", None),
        ("5", None),
        ("5 workdays", None),
        ("draft_on", None),
        ("", None),
    ],
)
def test_a_duration_is_an_amount_and_a_unit(text, expected):
    """A setting's name may stand for it; anything else is no duration."""
    assert expected == parse_duration(text, SETTINGS)


MOMENTS = [
    ("31 January", CivilDate(1, 31), date(2026, 1, 31)),
    ("20 January next year", CivilDate(1, 20, 1), date(2027, 1, 20)),
    ("1 December last year", CivilDate(12, 1, -1), date(2025, 12, 1)),
    ("29 February", CivilDate(2, 29), date(2026, 2, 28)),
    ("2026-01-31", FixedDate(date(2026, 1, 31)), date(2026, 1, 31)),
    ("period.from", PeriodEdge("from"), date(2026, 1, 1)),
    ("period.to", PeriodEdge("to"), date(2026, 12, 31)),
    ("day 17 of month 1 after period.to", DayAfterPeriod(17, 1), date(2027, 1, 17)),
    ("day 30 of month 2 after period.to", DayAfterPeriod(30, 2), date(2027, 2, 28)),
    ("last day of month 3 after period.to", DayAfterPeriod(31, 3), date(2027, 3, 31)),
    ("day 5 of month 12 after period.from", DayAfterPeriod(5, 12, "from"), date(2027, 1, 5)),
    ("due", DueItself(), date(2026, 3, 13)),
    ("entry", Entry(), date(2026, 2, 2)),
    ("5 working days after due", Offset(Duration(5, "working days"), "after", "due"), date(2026, 3, 27)),
    ("2 working days before due", Offset(Duration(2, "working days"), "before", "due"), date(2026, 3, 11)),
    ("6 months after entry", Offset(Duration(6, "months"), "after", "entry"), date(2026, 8, 2)),
    ("1 day before entry", Offset(Duration(1, "days"), "before", "entry"), date(2026, 2, 1)),
    ("10 days after period.to", Offset(Duration(10, "days"), "after", "period.to"), date(2027, 1, 10)),
    ("objection after entry", Offset(Duration(14, "working days"), "after", "entry"), date(2026, 2, 24)),
    ("draft_on", CivilDate(1, 14), date(2026, 1, 14)),
    ("grace", Offset(Duration(2, "days"), "after", "due"), date(2026, 3, 15)),
    ("60 days after notified", Offset(Duration(60, "days"), "after", "notified"), date(2026, 4, 3)),
    ("calibrate.to", WindowEdge("calibrate", "to"), date(2027, 2, 18)),
    (
        "5 working days after calibrate.to",
        Offset(Duration(5, "working days"), "after", "calibrate.to"),
        date(2027, 2, 25),
    ),
    ("sign.from", WindowEdge("sign", "from"), date(2027, 3, 11)),
    ("1 week before sign.from", Offset(Duration(1, "weeks"), "before", "sign.from"), date(2027, 3, 4)),
]
WINDOWS = {"calibrate.to": "2027-02-18", "sign.from": "2027-03-11", "sign.to": "2027-03-31"}
#: every moment and duration of the practices the language was tried on
PRACTICES = (
    "1 December last year; 31 January; draft_on; 20 January next year; 2 February next year; 10 March next year;"
    "31 July next year; period.to; due; 20 working days after due; 30 working days after due;"
    "day 5 of month 1 after period.to; day 7 of month 1 after period.to; day 10 of month 1 after period.to;"
    "3 working days after due; objection after entry; 12 January next year; 30 January next year;"
    "15 February next year; day 1 of month 1 after period.to; last day of month 1 after period.to;"
    "last day of month 3 after period.to; day 10 of month 3 after period.to; calibrate.to;"
    "5 working days after calibrate.to; sign.from; 10 working days after due; 30 November; 28 February next year;"
    "60 days after notified; 6 months after entry"
)


@pytest.mark.parametrize(("text", "moment", "day"), MOMENTS, ids=[text for text, _, _ in MOMENTS])
def test_a_moment_is_read_and_falls_on_its_day(text, moment, day):
    """Entered on 2 February 2026, due on 13 March, over the year 2026; no day is rolled here."""
    read = parse_moment(text, SETTINGS, ("calibrate", "sign"))

    assert moment == read
    assert day == day_of(read, entry=date(2026, 2, 2), due=date(2026, 3, 13), windows=WINDOWS, **YEAR)


@pytest.mark.parametrize("text", [one.strip() for one in PRACTICES.split(";")])
def test_every_moment_of_the_practices_is_read_and_told_in_both_languages(text):
    """Read without a complaint, on a day the calendar knows, in words of both languages."""
    read = parse_moment(text, SETTINGS, ("calibrate", "sign"))
    day = day_of(read, entry=date(2026, 2, 2), due=date(2026, 3, 13), windows=WINDOWS, **YEAR)

    assert ASN.roll(day, "stays") == day
    indonesian, english = describe(read, "id"), describe(read, "en")
    assert indonesian
    assert english
    assert ("jendela" in indonesian) == ("window" in english)


def test_a_window_that_is_not_there_is_refused_with_the_nearest():
    """In a moment of its own and in a count."""
    for text in ("calibrat.to", "5 working days after calibrat.to"):
        with pytest.raises(MomentUnknown) as refused:
            parse_moment(text, SETTINGS, ("calibrate", "sign"))
        assert "there is no window 'calibrat'" in refused.value.why["en"]
        assert "did you mean calibrate.to?" == refused.value.suggestion["en"]


def test_the_months_after_a_quarter_follow_its_last_month():
    """The 17th of the month after the second quarter is 17 July."""
    quarter = {"calendar": ASN, "period_from": date(2026, 4, 1), "period_to": date(2026, 6, 30)}

    assert date(2026, 7, 17) == day_of(parse_moment("day 17 of month 1 after period.to"), **quarter)
    assert date(2026, 8, 31) == day_of(parse_moment("last day of month 2 after period.to"), **quarter)


@pytest.mark.parametrize(
    ("text", "why", "suggestion"),
    [
        ("31 Januari", "'Januari' is not a month", "write January"),
        ("31 Janury", "'Janury' is not a month", "did you mean January?"),
        ("31 Xyzzy", "'Xyzzy' is not a month", "write one of: January, February"),
        ("31 April", "April has no day 31", "write 1 to 30 April"),
        ("30 February", "February has no day 30", "write 1 to 29 February"),
        ("2026-02-29", "there is no such day", "as in 2026-01-31"),
        ("5 working days", "it says how long, but not from when", "write `5 working days after entry`"),
        ("objection", "it says how long, but not from when", "write `objection after entry`"),
        ("5 workdays after due", "'5 workdays' is not a duration", "write a number and days"),
        ("objektion after entry", "'objektion' is not a duration", "did you mean objection?"),
        (
            "limit after entry",
            "the setting limit is '70', which is not a duration",
            "name one such as 5 days",
        ),
        ("day 32 of month 1 after period.to", "no month has a day 32", "write day 1 to 31"),
        ("day 1 of month 0 after period.to", "months are counted from 1", "month 1 is the month after"),
        ("draft_onn", "it is neither a date", "did you mean draft_on?"),
        ("period.too", "it is neither a date", "did you mean period.to?"),
        ("when the moon is full", "it is neither a date", "write a moment such as 31 January"),
    ],
)
def test_what_is_no_moment_is_refused_with_what_would_be(text, why, suggestion):
    """The text, what is wrong with it, and what to write instead."""
    with pytest.raises(MomentUnknown) as refused:
        parse_moment(text, SETTINGS)

    assert text == refused.value.text
    assert why in refused.value.why["en"]
    assert suggestion in refused.value.suggestion["en"]
    assert why in str(refused.value)


def test_a_moment_that_counts_from_nothing_is_refused():
    """Before there is a due date nothing falls five days after it."""
    for text in ("due", "5 working days after due", "entry", "1 day before entry"):
        with pytest.raises(CalendarInvalid, match="has not happened"):
            day_of(parse_moment(text), **YEAR)


@pytest.mark.parametrize(
    ("text", "indonesian", "english"),
    [
        ("5 working days after due", "5 hari kerja setelah tenggat", "5 working days after the due date"),
        ("1 working day before due", "1 hari kerja sebelum tenggat", "1 working day before the due date"),
        (
            "6 months after entry",
            "6 bulan setelah dimulainya langkah ini",
            "6 months after the start of this step",
        ),
        ("14 days after due", "14 hari kalender setelah tenggat", "14 calendar days after the due date"),
        ("31 January", "31 Januari", "31 January"),
        ("20 January next year", "20 Januari tahun berikutnya", "20 January of the next year"),
        ("1 December last year", "1 Desember tahun sebelumnya", "1 December of the year before"),
        ("2026-08-17", "17 Agustus 2026", "17 August 2026"),
        ("period.to", "hari terakhir periode", "the last day of the period"),
        ("period.from", "hari pertama periode", "the first day of the period"),
        (
            "day 17 of month 1 after period.to",
            "tanggal 17 bulan ke-1 setelah akhir periode",
            "day 17 of month 1 after the end of the period",
        ),
        (
            "last day of month 2 after period.from",
            "hari terakhir bulan ke-2 setelah awal periode",
            "the last day of month 2 after the start of the period",
        ),
        ("due", "tenggat", "the due date"),
        ("entry", "dimulainya langkah ini", "the start of this step"),
    ],
)
def test_a_moment_is_told_in_both_languages(text, indonesian, english):
    """Plain words for people; calendar days are told apart from working days."""
    moment = parse_moment(text)

    assert indonesian == describe(moment, "id")
    assert english == describe(moment, "en")


@pytest.mark.parametrize(
    ("text", "indonesian", "english"),
    [
        ("1 year", "1 tahun", "1 year"),
        ("2 weeks", "2 minggu", "2 weeks"),
        ("21 working days", "21 hari kerja", "21 working days"),
    ],
)
def test_a_duration_is_told_in_both_languages(text, indonesian, english):
    """One is singular in English."""
    duration = parse_duration(text)

    assert (indonesian, english) == (describe(duration, "id"), describe(duration, "en"))


@pytest.mark.parametrize(
    ("rule", "entry", "expected"),
    [
        ({"within": "5 working days", "day_off": "next"}, date(2026, 3, 13), date(2026, 3, 27)),
        ({"within": "7 days", "day_off": "next"}, date(2026, 3, 13), date(2026, 3, 25)),
        ({"within": "7 days", "day_off": "previous"}, date(2026, 3, 13), date(2026, 3, 17)),
        ({"within": "7 days", "day_off": "stays"}, date(2026, 3, 13), date(2026, 3, 20)),
        # 31 January 2026 is a Saturday
        ({"date": "31 January", "day_off": "previous"}, date(2026, 1, 2), date(2026, 1, 30)),
        ({"date": "31 January", "day_off": "next"}, date(2026, 1, 2), date(2026, 2, 2)),
        ({"date": "31 January", "day_off": "stays"}, date(2026, 1, 2), date(2026, 1, 31)),
        # the planning phase of the national cycle: in time, and for one who joins in June
        (
            {"date": "31 January", "at_least": "20 working days", "day_off": "previous"},
            date(2025, 12, 1),
            date(2026, 1, 30),
        ),
        (
            {"date": "31 January", "at_least": "20 working days", "day_off": "previous"},
            date(2026, 6, 15),
            date(2026, 7, 14),
        ),
        # a minimum that would end on a Sunday is not cut short by `previous`
        (
            {"date": "31 January", "at_least": "6 days", "day_off": "previous"},
            date(2026, 6, 15),
            date(2026, 6, 22),
        ),
        (
            {"date": "31 January", "at_least": "6 days", "day_off": "stays"},
            date(2026, 6, 15),
            date(2026, 6, 21),
        ),
        ({"date": "3 working days after entry", "day_off": "next"}, date(2026, 3, 13), date(2026, 3, 25)),
        ({"date": "7 days after entry", "day_off": "next"}, date(2026, 3, 13), date(2026, 3, 25)),
        ({"within": "1 day", "at_least": "1 week", "day_off": "next"}, date(2026, 6, 1), date(2026, 6, 8)),
    ],
)
def test_a_due_time_ends_on_its_day(rule, entry, expected):
    """Within, date and minimum; `day_off` moves dates and calendar days, never working days."""
    read = {"within": parse_duration, "date": parse_moment, "at_least": parse_duration, "day_off": str}
    values = {key: read[key](text) for key, text in rule.items()}

    assert expected == due_on(entry=entry, **values, **YEAR)


def test_a_due_time_is_one_thing():
    """Neither or both of `within` and `date` is no rule."""
    both = {"within": Duration(5, "days"), "date": CivilDate(1, 31)}
    for rule in ({}, both):
        with pytest.raises(CalendarInvalid, match="one of the two"):
            due_on(entry=date(2026, 1, 2), day_off="next", **rule, **YEAR)


@fast
@given(within=durations, entry=entries, roll=rolls)
def test_a_due_time_ends_on_a_working_day_unless_it_stays(within, entry, roll):
    """Whatever the unit, `next` and `previous` end on a day on which somebody can act."""
    try:
        day = due_on(within=within, day_off=roll, entry=entry, **YEAR)
    except CalendarInvalid:  # sixty years lead past the end of the calendar
        assert within.unit == "years"
        return

    assert ASN.is_working(day) or (roll == "stays" and within.unit != "working days")


@fast
@given(at_least=durations.filter(lambda one: one.unit != "years"), entry=entries, roll=rolls)
def test_nobody_is_born_late(at_least, entry, roll):
    """With a minimum the due date never comes before entry and the minimum, nor before the date itself."""
    fixed = CivilDate(1, 31)
    day = due_on(date=fixed, at_least=at_least, day_off=roll, entry=entry, **YEAR)

    assert day >= ASN.add(entry, at_least.amount, at_least.unit)
    assert day >= due_on(date=fixed, day_off=roll, entry=entry, **YEAR)


WORDS = sorted({word for text, _, _ in MOMENTS for word in text.split()})


@fast
@given(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join))
def test_any_words_are_read_or_refused(text):
    """No order of the language's own words breaks the reader: it is a moment that can be told, or refused as none."""
    try:
        told = describe(parse_moment(text), "en")
    except MomentUnknown as refused:
        told = refused.suggestion["en"]

    assert told
