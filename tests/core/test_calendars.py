"""Calendars of units: regional days, a six-day week and service on collective leave, on top of the national decrees."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.calendar import Calendar
from engine.core.calendars import Calendars, plain_values
from engine.core.source import read_yaml
from engine.errors import CalendarInvalid, NotFound
from tests.worlds import ROOT

PATH = ROOT / "workflows/calendars/id-asn.yaml"
NATIONAL: dict[str, Any] = read_yaml(PATH.read_text(encoding="utf-8"), PATH.name).values
GALUNGAN = date(2026, 6, 17)
BALI: dict[str, Any] = {
    "name": "id-bali",
    "based_on": "id-asn",
    "units": [{"unit": "Dinas Pariwisata", "from": "2026-01-01"}],
    "decrees": [
        {
            "title": "Surat Edaran Gubernur tentang hari libur Galungan",
            "issued": "2025-12-10",
            "year": "2026",
            "holidays": [{"date": "2026-06-17", "id": "Hari Raya Galungan", "en": "Galungan"}],
        }
    ],
}
CLINIC: dict[str, Any] = {
    "name": "id-puskesmas",
    "based_on": "id-asn",
    "week": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
    "units": [{"unit": "Puskesmas Kota", "from": "2026-01-01", "to": "2026-06-30"}],
    "decrees": [
        {
            "title": "Keputusan Wali Kota tentang pelayanan pada cuti bersama",
            "issued": "2025-12-01",
            "year": "2026",
            "removes": "collective_leave",
        }
    ],
}


def shelf(*files: dict[str, Any]) -> Calendars:
    """Calendars put up one after another."""
    found = Calendars()
    for one in files:
        found = found.with_file(one)
    return found


def test_a_regional_day_is_off_on_top_of_what_all_have_off():
    found = shelf(NATIONAL, BALI)
    national, bali = found.named("id-asn"), found.named("id-bali")

    assert (True, False) == (national.is_working(GALUNGAN), bali.is_working(GALUNGAN))
    assert {"id": "Hari Raya Galungan", "en": "Galungan"} == bali.name_of(GALUNGAN)
    assert not bali.is_working(date(2026, 12, 25))
    assert national.week == bali.week
    assert date(2026, 6, 19) == bali.add(date(2026, 6, 15), 2, "working days")
    assert date(2026, 6, 18) == national.add(date(2026, 6, 15), 2, "working days")


def test_a_service_unit_works_on_saturdays_and_on_collective_leave_also_if_declared_later():
    """The national decree is amended after the unit's own: 18 August 2026 becomes collective leave for the others."""
    amended = copy.deepcopy(NATIONAL)
    amended["decrees"].append(
        {
            "kind": "amendment", "title": "Perubahan", "issued": "2026-10-01", "year": "2026",
            "collective_leave": [{"date": "2026-12-28", "id": "Cuti Bersama", "en": "Collective leave"}],
        }
    )  # fmt: skip
    clinic, national = (shelf(amended, CLINIC).named(name) for name in ("id-puskesmas", "id-asn"))

    assert clinic.is_working(date(2026, 2, 14))
    for day in (date(2026, 3, 20), date(2026, 12, 28)):
        assert (True, False) == (clinic.is_working(day), national.is_working(day))
    assert not clinic.is_working(date(2026, 8, 17))


def test_a_unit_is_counted_by_its_own_calendar_while_it_works_by_it():
    found = shelf(NATIONAL, BALI, CLINIC)

    def of(unit: str, day: date) -> str:
        return found.of("id-asn", unit, day).name

    assert "id-bali" == of("Dinas Pariwisata", date(2026, 1, 1))
    assert "id-asn" == of("Dinas Pariwisata", date(2025, 12, 31))
    assert ["id-puskesmas", "id-asn"] == [
        of("Puskesmas Kota", day) for day in (date(2026, 6, 30), date(2026, 7, 1))
    ]
    assert "id-asn" == of("Dinas Perhubungan", date(2026, 1, 1))
    with pytest.raises(NotFound, match="id-school"):
        found.of("id-school", "Dinas Pariwisata", date(2026, 1, 1))


def test_a_calendar_that_does_not_stand_on_the_one_a_definition_uses_is_not_taken():
    school = copy.deepcopy(NATIONAL)
    school["name"] = "id-school"
    found = shelf(NATIONAL, school, BALI)

    assert "id-school" == found.of("id-school", "Dinas Pariwisata", date(2026, 1, 1)).name


def test_a_new_national_decree_makes_a_new_version_of_every_calendar_that_stands_on_it():
    older = copy.deepcopy(NATIONAL)
    older["decrees"] = sorted(older["decrees"], key=lambda one: one["issued"])[:-1]
    town = {"name": "id-denpasar", "based_on": "id-bali", "decrees": []}
    before = shelf(older, BALI, town)
    after = before.with_file(NATIONAL)

    assert ("id-asn", "id-bali", "id-denpasar") == after.standing_on("id-asn")
    for name in after.known:
        assert before.named(name).version != after.named(name).version
        assert f"{name}@2026-09-15" == after.named(name).version.partition(":")[0]
    assert ("id-bali", "id-asn") == after.named("id-denpasar").based_on
    assert BALI == plain_values(after.values["id-bali"])


def test_every_version_can_be_built_again_from_what_was_kept_of_it():
    found = shelf(NATIONAL, BALI)

    assert found.named("id-bali").version == Calendar.from_values(found.values["id-bali"]).version


def test_a_regional_day_that_becomes_national_later_is_off_once_and_no_contradiction():
    amended = copy.deepcopy(NATIONAL)
    amended["decrees"].append(
        {
            "kind": "amendment", "title": "Perubahan", "issued": "2026-03-01", "year": "2026",
            "holidays": [{"date": "2026-06-17", "id": "Libur nasional", "en": "National holiday"}],
        }
    )  # fmt: skip

    assert {"id": "Libur nasional", "en": "National holiday"} == (
        shelf(NATIONAL, BALI).with_file(amended).named("id-bali").name_of(GALUNGAN)
    )


def test_contradictions_of_a_regional_calendar_are_told_all_at_once_with_their_place():
    wrong = copy.deepcopy(BALI)
    wrong["decrees"][0]["removes"] = ["2026-06-16", "2026-06-18"]
    wrong["decrees"][0]["holidays"].append({"date": "2026-12-25", "id": "Natal", "en": "Christmas"})
    with pytest.raises(CalendarInvalid) as refused:
        shelf(NATIONAL, wrong)

    assert (
        "calendar id-bali: the decree of 2025-12-10 on 2026: 2026-06-18 is removed but was not a day off; leave it out",
        "calendar id-bali: the decree of 2025-12-10 on 2026: 2026-12-25 is a day off already; leave it out",
    ) == tuple(one["en"] for one in refused.value.data["problems"])


def test_what_makes_no_sense_in_a_regional_file_is_told_with_its_place():
    wrong = {
        "name": "ID Bali", "based_on": "id-asn", "week": ["Mondax"],
        "units": [{"unit": "A", "from": "2026-02-01", "to": "2026-01-01"}, {"unit": ""}, {"unit": "A"}],
        "decrees": [
            {"kind": "whole", "title": "x", "issued": "2026-01-01", "year": "2026", "removes": "collective_leave"},
            {"kind": "regionl", "title": "y", "issued": "2026-01-01", "year": "2026", "removes": "leave"},
        ],
    }  # fmt: skip
    with pytest.raises(CalendarInvalid) as refused:
        shelf(NATIONAL, wrong)
    places = [one["en"].partition(":")[0] for one in refused.value.data["problems"]]

    assert [
        "name", "week[1]", "units[1]", "units[2].unit", "units[3]", "decrees[1].kind", "decrees[2].kind",
        "decrees[2].removes",
    ] == places  # fmt: skip


def test_only_a_calendar_on_another_has_regional_decrees():
    wrong = copy.deepcopy(NATIONAL)
    wrong["decrees"][1]["kind"] = "regional"
    with pytest.raises(CalendarInvalid, match=r"decrees\[2\]\.kind: only a calendar with `based_on`"):
        shelf(wrong)


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ([BALI], "id-bali is based on id-asn, which is not known"),
        ([{**BALI, "based_on": "id-bali"}], "comes back to itself"),
        (
            [NATIONAL, BALI, {**CLINIC, "units": [{"unit": "Dinas Pariwisata", "to": "2026-01-01"}]}],
            "Dinas Pariwisata would work by id-bali and by id-puskesmas on the same days",
        ),
    ],
    ids=["unknown", "circle", "two calendars"],
)
def test_calendars_that_do_not_fit_together_are_refused(files: list[dict[str, Any]], told: str):
    with pytest.raises(CalendarInvalid, match=told):
        shelf(*files)


def test_a_circle_over_several_calendars_is_refused():
    found = shelf(NATIONAL, BALI, {"name": "id-denpasar", "based_on": "id-bali", "decrees": []})

    with pytest.raises(CalendarInvalid, match="comes back to itself"):
        found.with_file({**BALI, "based_on": "id-denpasar"})


def test_the_national_calendar_has_kept_its_versions():
    """Cases name them: reading regional calendars must not have changed what id-asn is called."""
    assert "id-asn@2026-09-15:982d38ff" == shelf(NATIONAL).named("id-asn").version


def test_the_decrees_of_2023_are_known_as_they_were_issued_and_amended():
    """The decree of 11 October 2022 was amended on 29 March and on 16 June 2023: leave moved around both feasts."""

    def leave(*days: str) -> list[dict[str, str]]:
        return [{"date": day, "id": "Cuti Bersama", "en": "Collective leave"} for day in days]

    values = {
        "name": "id-2023",
        "week": NATIONAL["week"],
        "decrees": [
            {"title": "SKB 1066/2022", "issued": "2022-10-11", "year": "2023",
             "holidays": [{"date": "2023-04-22", "id": "Idul Fitri", "en": "Eid al-Fitr"}],
             "collective_leave": leave("2023-04-21", "2023-04-24", "2023-04-25", "2023-04-26")},
            {"kind": "amendment", "title": "SKB 327/2023", "issued": "2023-03-29", "year": "2023",
             "collective_leave": leave("2023-04-19", "2023-04-20"), "removes": ["2023-04-26"]},
            {"kind": "amendment", "title": "SKB 624/2023", "issued": "2023-06-16", "year": "2023",
             "collective_leave": leave("2023-06-28", "2023-06-30")},
        ],
    }  # fmt: skip
    seen = {day: Calendar.from_values(values, known_on=day) for day in (
        date(2023, 3, 28), date(2023, 3, 29), date(2023, 6, 15), date(2023, 6, 16),
    )}  # fmt: skip

    assert [date(2023, 4, 20), date(2023, 4, 27), date(2023, 4, 27), date(2023, 4, 27)] == [
        one.add(date(2023, 4, 18), 2, "working days") for one in seen.values()
    ]
    assert [True, True, True, False] == [one.is_working(date(2023, 6, 30)) for one in seen.values()]


DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))


@given(day=DAYS, amount=st.integers(1, 60), also=st.sets(DAYS, max_size=8), six=st.booleans())
def test_every_counted_day_is_worked_in_every_calendar_and_more_days_off_never_come_sooner(
    day, amount, also, six
):
    """Regional days in any year, decreed or computed: a due day is worked, later is never earlier."""
    national = shelf(NATIONAL)
    decrees = [
        {"title": f"d{number}", "issued": "2023-01-01", "year": str(one.year),
         "holidays": [{"date": one.isoformat(), "id": "x", "en": "x"}]}
        for number, one in enumerate(sorted(also))
        if one not in {off.date for off in _computed(one.year)}
    ]  # fmt: skip
    own: dict[str, Any] = {"name": "id-x", "based_on": "id-asn", "decrees": decrees}
    if six:
        own["week"] = CLINIC["week"]
    mine, theirs = national.with_file(own).named("id-x"), national.named("id-asn")
    due = mine.add(day, amount, "working days")

    assert mine.is_working(due)
    assert mine.add(day, amount, "working days") < mine.add(day, amount + 1, "working days")
    if not six:
        assert due >= theirs.add(day, amount, "working days")
    assert due - day >= timedelta(amount)


def _computed(year: int):
    from engine.core.observances import observances  # noqa: PLC0415

    return observances(year, collective_leave=True)


def test_the_same_day_ends_an_hour_earlier_in_each_zone_to_the_east():
    bali = shelf(NATIONAL, BALI).named("id-bali")
    hour = 3_600_000_000
    wib, wita, wit = (bali.end_of(GALUNGAN, f"Asia/{town}") for town in ("Jakarta", "Makassar", "Jayapura"))

    assert (hour, hour) == (wib - wita, wita - wit)


@pytest.mark.parametrize("page", ["calendars.md", "calendars.id.md"])
def test_the_calendar_shown_on_the_page_is_one(page: str):
    """Both pages show the same file, and it is taken as it stands there."""
    told, other = (
        (ROOT / "docs" / name).read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
        for name in (page, "calendars.md")
    )
    shown = shelf(NATIONAL).with_file(read_yaml(told, page).values).named("id-bali")

    assert told == other
    assert (6, 2) == (len(shown.week), len(shown.units))
    assert not shown.is_working(GALUNGAN)
    assert shown.is_working(date(2026, 3, 20))
