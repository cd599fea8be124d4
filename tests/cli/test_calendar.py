"""`siklus calendar`."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import DESK, EMPLOYEE, WORKFLOWS

NATIONAL = (WORKFLOWS / "calendars/id-asn.yaml").read_text(encoding="utf-8")
#: days between the launch of the demo and its first due days become leave
LEAVE = """
  - kind: amendment
    title: Perubahan atas Keputusan Bersama
    issued: "2026-10-01"
    year: "2025"
    collective_leave:
      - {date: "2025-12-03", id: Cuti Bersama, en: Collective leave}
"""
CLINIC = """name: id-puskesmas
based_on: id-asn
week: [Monday, Tuesday, Wednesday, Thursday, Friday, Saturday]
units:
  - {unit: Dinas Kesehatn, from: "2025-01-01"}
decrees: []
"""
WHY = "SKB mengubah cuti bersama"


@pytest.fixture
def here(demo: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A demo's database, launched, where commands look for one."""
    monkeypatch.setenv("SIKLUS_DATABASE", demo)
    return demo


@pytest.fixture
def amended(folder: Path) -> Path:
    path = folder / "id-asn.yaml"
    path.write_text(NATIONAL.rstrip("\n") + "\n" + LEAVE, encoding="utf-8")
    return path


def test_a_preview_shows_what_moves_and_stores_nothing(
    siklus: Any, here: str, amended: Path, folder: Path
) -> None:
    """In words, as JSON, and every clock as a row of CSV."""
    before = siklus.json("calendar", "show", "id-asn")["version"]
    told = siklus.json("calendar", "preview", amended, "--csv", folder / "moves.csv")
    spoken = siklus("calendar", "preview", amended).stdout
    with (folder / "moves.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert told["totals"]["clocks"] == len(told["clocks"]) == len(rows) > 0
    assert [("2025-12-03", False)] == [(one["date"], one["works"]) for one in told["days"]]
    assert sum(told["totals"]["by_unit"].values()) == sum(told["totals"]["by_workflow"].values()) == len(rows)
    assert {"1"} == {row["working_days"] for row in rows if row["clock"] == "task"}
    assert f"{len(rows)} deadlines of" in spoken
    assert before == siklus.json("calendar", "show", "id-asn")["version"]


def test_applying_moves_what_was_shown_and_again_moves_nothing(siklus: Any, here: str, amended: Path) -> None:
    shown = siklus.json("calendar", "preview", amended)["totals"]
    words = ("calendar", "apply", amended, "--as", DESK, "--reason", WHY)
    done, again = siklus.json(*words), siklus.json(*words)

    assert (shown["clocks"], shown["cases"]) == (done["clocks"], done["cases"])
    assert (0, True) == (again["clocks"], again["finished"])
    assert done["calendar"] == siklus.json("calendar", "show", "id-asn")["version"]
    assert (
        "0 deadlines of 0 cases"
        in siklus("calendar", "apply", "id-asn", "--as", DESK, "--reason", WHY).stdout
    )


def test_a_calendar_is_applied_by_an_official_with_a_reason(siklus: Any, here: str, amended: Path) -> None:
    siklus("calendar", "apply", amended, "--as", EMPLOYEE, "--reason", WHY, code=3)
    siklus("calendar", "apply", amended, "--as", DESK, "--reason", " ", code=3)
    refused = siklus("calendar", "preview", amended, "--past", "forget", code=2)

    assert "use keep or move" in " ".join(refused.stderr.split())


def test_a_unit_that_nobody_is_in_is_remarked_with_the_nearest_name(
    siklus: Any, here: str, folder: Path
) -> None:
    (folder / "own.yaml").write_text(CLINIC, encoding="utf-8")
    added = siklus("calendar", "add", folder / "own.yaml")
    listed = siklus.json("calendar", "list")["calendars"]

    assert "did you mean 'Dinas Kesehatan'?" in added.stderr
    assert ["id-asn", "id-puskesmas"] == [one["name"] for one in listed]
    assert (["id-asn"], 6) == (listed[1]["based_on"], len(listed[1]["week"]))
    assert "id-puskesmas" in siklus("calendar", "list").stdout


def test_days_of_a_year_are_shown_with_whether_a_decree_settles_them(siklus: Any, here: str) -> None:
    settled = siklus.json("calendar", "show", "id-asn", "--year", 2026)
    computed = siklus.json("calendar", "show", "id-asn", "--year", 2031)

    assert (False, True) == (settled["computed"], computed["computed"])
    assert {
        "date": "2026-12-25",
        "kind": "holiday",
        "id": "Hari Raya Natal",
        "en": "Christmas Day",
    } in settled["days_off"]
    assert "may change" in siklus("calendar", "show", "id-asn", "--year", 2031).stderr


def test_a_file_that_makes_no_sense_is_refused_with_everything_at_once(
    siklus: Any, here: str, folder: Path
) -> None:
    (folder / "own.yaml").write_text(
        "name: Own Days\nbased_on: id-asn\ndecrees: [{title: x}]\n", encoding="utf-8"
    )
    refused = siklus("calendar", "add", folder / "own.yaml", code=1).stderr

    assert all(place in refused for place in ("name:", "decrees[1].issued:", "decrees[1].year:"))


def test_a_list_of_days_becomes_a_decree_of_a_calendar_file(siklus: Any, folder: Path) -> None:
    """Put at the end of the file, whose comments stay; until its open places are filled it is refused."""
    days, own = folder / "libur.csv", folder / "calendars"
    days.write_text("tanggal,nama\n17/06/2026,Hari Raya Galungan\n2027-01-13,Galungan\n", encoding="utf-8")
    own.mkdir()
    file = own / "id-bali.yaml"
    file.write_text("# Bali\nname: id-bali\nbased_on: id-asn\ndecrees:\n", encoding="utf-8")
    printed = siklus("calendar", "import", days, "--year", 2026)
    file.write_text(file.read_text(encoding="utf-8") + printed.stdout, encoding="utf-8")
    words = ("calendar", "import", days, "--year", 2027, "--title", "SE Gubernur", "--issued", "2026-05-01")
    siklus(*words, "--into", file)
    text = file.read_text(encoding="utf-8")

    assert "1 day of other years left out" in printed.stderr
    assert text.startswith("# Bali\n")
    assert 2 == text.count("year: ")
    assert '{date: "2027-01-13", id: "Galungan", en: "Galungan"}' in text


def test_a_decree_is_not_put_where_it_would_not_belong(siklus: Any, folder: Path) -> None:
    file = folder / "own.yaml"
    file.write_text("name: own\ndecrees: []\nweek: [Monday]\n", encoding="utf-8")
    refused = siklus("calendar", "computed", "--year", 2028, "--into", file, code=1)

    assert "does not end with its list of decrees" in " ".join(refused.stderr.split())
    assert "name: own\ndecrees: []\nweek: [Monday]\n" == file.read_text(encoding="utf-8")


def test_computed_days_are_printed_with_their_open_places(siklus: Any) -> None:
    printed = siklus("calendar", "computed", "--year", 2028).stdout

    assert "# the day it was issued" in printed
    assert '{date: "2028-12-25"' in printed
