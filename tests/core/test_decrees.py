"""What was known when: decrees, amendments, versions; and calendar files that make no sense."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml

from engine.core.calendar import MONDAY_TO_SATURDAY, Calendar, DayOff, Decree
from engine.errors import CalendarInvalid

ROOT = Path(__file__).parents[2]
VALUES = yaml.safe_load((ROOT / "workflows/calendars/id-asn.yaml").read_text(encoding="utf-8"))
ASN = Calendar.from_values(VALUES)
SIX_DAYS = Calendar.from_values(VALUES, week=MONDAY_TO_SATURDAY)


def test_a_decree_is_unknown_on_the_day_before_it_was_issued():
    """18 August 2025 became a day off on 7 August; who counted on 6 August counted it as a working day."""
    day = date(2025, 8, 18)
    before = Calendar.from_values(VALUES, known_on=date(2025, 8, 6))
    since = Calendar.from_values(VALUES, known_on=date(2025, 8, 7))

    assert before.is_working(day)
    assert not since.is_working(day)
    assert date(2025, 8, 20) == before.add(date(2025, 8, 15), 3, "working days")
    assert date(2025, 8, 21) == since.add(date(2025, 8, 15), 3, "working days")


def test_a_year_not_yet_decreed_has_no_collective_leave_yet():
    """Seen from August 2025 the year 2026 is a forecast, although the library knows better today."""
    before = Calendar.from_values(VALUES, known_on=date(2025, 8, 7))

    assert before.provisional(date(2026, 1, 2))
    assert before.is_working(date(2026, 12, 24))
    assert not before.is_working(date(2026, 12, 25))


def test_a_version_names_the_last_decree_and_the_days():
    """Same days, same version; another decree, another week or another day off make another version."""
    again = Calendar.from_values(VALUES)
    amended = Calendar.from_values(VALUES, known_on=date(2026, 1, 1))
    name, _, rest = ASN.version.partition("@")
    issued, _, digest = rest.partition(":")

    assert ("id-asn", "2026-09-15", 8) == (name, issued, len(digest))
    assert ASN.version == again.version
    assert amended.version.startswith("id-asn@2025-09-19:")
    assert 3 == len({ASN.version, SIX_DAYS.version, amended.version})


def test_a_calendar_without_any_decree_is_computed():
    """No decree known yet: every year is provisional, and the version says so."""
    calendar = Calendar.from_values(VALUES, known_on=date(2024, 10, 13))

    assert calendar.version.startswith("id-asn@computed:")
    assert calendar.provisional(date(2025, 1, 2))
    assert f"Calendar({calendar.version})" == repr(calendar)


def test_an_amendment_moves_a_day():
    """A removed day is worked again, the added one is not."""
    whole = Decree(
        issued=date(2025, 1, 1),
        year=2026,
        title="Days of 2026",
        added=(DayOff(date=date(2026, 6, 16), id="Tahun Baru Islam", en="Islamic New Year"),),
    )
    moved = Decree(
        issued=date(2026, 6, 1),
        year=2026,
        title="A day moves",
        amends=True,
        added=(DayOff(date=date(2026, 6, 17), id="Tahun Baru Islam", en="Islamic New Year"),),
        removed=(date(2026, 6, 16),),
    )
    calendar = Calendar.build("moved", [moved, whole])

    assert calendar.is_working(date(2026, 6, 16))
    assert not calendar.is_working(date(2026, 6, 17))
    assert calendar.is_working(
        date(2026, 12, 25)
    )  # a decree settles its year wholly: nothing is computed into it


def test_a_six_day_office_works_on_saturdays():
    """Same decrees, longer week: 14 March 2026 counts."""
    assert SIX_DAYS.is_working(date(2026, 3, 14))
    assert date(2026, 3, 14) == SIX_DAYS.add(date(2026, 3, 13), 1, "working days")
    assert date(2026, 3, 16) == ASN.add(date(2026, 3, 13), 1, "working days")
    assert not SIX_DAYS.is_working(date(2026, 3, 21))


def test_all_problems_of_a_file_are_told_at_once():
    """Each with its place and what would work."""
    values = {
        "name": " ",
        "week": ["Monday", "Thuesday"],
        "decree": [],
        "decrees": [
            {
                "kind": "wole",
                "issued": "2025-13-01",
                "year": "20x6",
                "holidays": [{"date": "2026-1-1", "id": "Tahun Baru", "en": "New Year"}, "2026-01-01"],
            },
            {
                "title": "Days",
                "issued": date(2025, 1, 1),
                "year": 2026,
                "holidays": [{"date": "2027-01-01", "id": "Tahun Baru", "name": "New Year"}],
                "removes": "2026-01-01",
            },
            {
                "title": "Odd days",
                "issued": date(205, 1, 1),
                "year": 2026,
                "removes": [datetime(2026, 1, 1, tzinfo=UTC), None],
            },
            {"title": "Nothing", "issued": "2025-01-01", "year": "2027"},
            "a decree",
        ],
    }
    with pytest.raises(CalendarInvalid) as refused:
        Calendar.from_values(values)
    told = [one["en"] for one in refused.value.data["problems"]]
    places = [problem.split(": ")[0] for problem in told]

    assert [
        "decree",
        "name",
        "week[2]",
        "decrees[1].kind",
        "decrees[1].title",
        "decrees[1].issued",
        "decrees[1].year",
        "decrees[1].holidays[1].date",
        "decrees[1].holidays[2]",
        "decrees[2].holidays[1].name",
        "decrees[2].holidays[1].date",
        "decrees[2].holidays[1].en",
        "decrees[2].removes",
        "decrees[3].issued",
        "decrees[3].removes[1]",
        "decrees[3].removes[2]",
        "decrees[4]",
        "decrees[5]",
    ] == places
    assert "decree: there is no such key here; did you mean decrees?" == told[0]
    assert "week[2]: 'Thuesday' is not a day of the week; did you mean tuesday?" == told[2]


def test_decrees_that_contradict_one_another_are_refused():
    """A year is settled once; amendments add and remove what makes sense."""
    holiday = {"date": "2026-06-16", "id": "Tahun Baru Islam", "en": "Islamic New Year"}
    whole = {"title": "Days", "issued": "2025-01-01", "year": 2026, "holidays": [holiday]}
    values = {
        "name": "odd",
        "week": ["Monday"],
        "decrees": [
            whole,
            whole | {"issued": "2025-02-01"},
            whole | {"issued": "2025-03-01", "kind": "amendment", "removes": ["2026-06-17"]},
            {**whole, "issued": "2025-04-01", "year": 2027, "kind": "amendment"}
            | {"holidays": [holiday | {"date": "2027-06-06"}]},
        ],
    }
    with pytest.raises(CalendarInvalid) as refused:
        Calendar.from_values(values)

    assert (
        "the decree of 2025-02-01 on 2026: that year is already settled by an earlier decree; write `kind: amendment`",
        "the decree of 2025-03-01 on 2026: 2026-06-17 is removed but was not a day off; leave it out",
        "the decree of 2025-03-01 on 2026: 2026-06-16 is a day off twice; keep one of them",
        "the decree of 2025-04-01 on 2027: it amends a year that no earlier decree settles; add the decree it amends",
    ) == tuple(one["en"] for one in refused.value.data["problems"])


@pytest.mark.parametrize(
    "values",
    [{}, {"name": "x", "week": [], "decrees": []}, {"name": "x", "week": "Monday"}],
    ids=["all", "days", "list"],
)
def test_a_file_without_substance_is_refused(values):
    """Nothing is guessed for a missing name, week or list of decrees."""
    with pytest.raises(CalendarInvalid, match="problem"):
        Calendar.from_values(values)


def test_dates_may_come_typed_or_as_text():
    """A reader that keeps scalars as typed and one that makes dates of them give the same calendar."""
    typed = yaml.safe_load((ROOT / "workflows/calendars/id-asn.yaml").read_text(encoding="utf-8"))
    for decree in typed["decrees"]:
        decree["issued"] = date.fromisoformat(decree["issued"])
        decree["year"] = int(decree["year"])
        for day in [*decree.get("holidays", []), *decree["collective_leave"]]:
            day["date"] = date.fromisoformat(day["date"])

    assert ASN.version == Calendar.from_values(typed).version
