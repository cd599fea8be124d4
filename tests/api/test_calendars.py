"""Calendars over the API and on their pages: what a decree would move is seen first, by the personnel desk."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest

from tests.api.conftest import RATER, STAFF
from tests.worlds import ROOT

NATIONAL = (ROOT / "workflows/calendars/id-asn.yaml").read_text(encoding="utf-8")
LEAVE = """
  - kind: amendment
    title: Perubahan atas Keputusan Bersama
    issued: "2026-10-01"
    year: "2025"
    collective_leave:
      - {date: "2025-12-03", id: Cuti Bersama, en: Collective leave}
"""
AMENDED = NATIONAL.rstrip("\n") + "\n" + LEAVE
WHY = "SKB mengubah cuti bersama"


@pytest.fixture
def desk(office) -> str:
    """Somebody on the personnel desk."""
    return next(
        one.name for one in office.engine.chart.people(date(2025, 12, 1)) if "desk:personnel" in one.duties
    )


def test_calendars_and_their_days_are_open_to_everybody(office) -> None:
    listed = office.program(STAFF).get("/api/v1/calendars").json()
    year = office.program(STAFF).get("/api/v1/calendars/id-asn", params={"year": 2026}).json()

    assert [("id-asn", [], 5)] == [(one["name"], one["based_on"], len(one["week"])) for one in listed]
    assert (2026, False) == (year["year"], year["computed"])
    assert {"id": "Hari Raya Natal", "en": "Christmas Day"} in [one["text"] for one in year["days_off"]]
    assert 404 == office.program(STAFF).get("/api/v1/calendars/id-asm").status_code


def test_a_program_previews_and_applies_and_both_agree(office, desk) -> None:
    """What moves is told deadline by deadline; sent again nothing moves."""
    client = office.program(desk)
    shown = client.post("/api/v1/calendars/preview", json={"file": AMENDED}).json()
    asked = {"file": AMENDED, "reason": WHY}
    done, again = (client.post("/api/v1/calendars/apply", json=asked).json() for _ in range(2))
    moved = next(one for one in shown["clocks"] if one["clock"] == "task")
    case = office.engine.case(moved["case"], None).case

    assert shown["totals"]["clocks"] == len(shown["clocks"]) == done["clocks"] > 0
    assert (0, True) == (again["clocks"], again["finished"])
    assert (moved["to"], 1) == (case.task.due_on.isoformat(), moved["working_days"])
    assert [("2025-12-03", False)] == [(one["date"], one["works"]) for one in shown["days"]]
    told = client.get(f"/api/v1/cases/{case.id}").json()
    clocks = {one["name"]: one["calendar"] for one in told["deadlines"]}
    assert done["calendar"] == clocks["task"]


@pytest.mark.parametrize("what", ["preview", "apply"])
def test_only_the_personnel_desk_looks_ahead_and_applies(office, what: str) -> None:
    asked: dict[str, Any] = {"file": AMENDED}
    if what == "apply":
        asked["reason"] = WHY
    refused = office.program(RATER).post(f"/api/v1/calendars/{what}", json=asked)

    assert (403, "not_yours") == (refused.status_code, refused.json()["code"])
    assert "id-asn@2026-09-15" == office.engine.calendar("id-asn").version.partition(":")[0]


def test_a_wrong_file_comes_back_as_a_problem(office, desk) -> None:
    refused = office.program(desk).post("/api/v1/calendars/preview", json={"file": "name: X Y\n"})

    assert (422, "calendar_invalid") == (refused.status_code, refused.json()["code"])


@pytest.mark.parametrize(("language", "said"), [("id", "tenggat pada"), ("en", "Deadlines ")])
def test_a_decree_is_uploaded_looked_at_and_applied_on_the_page(
    office, desk, language: str, said: str
) -> None:
    """The file is sent once; the preview carries it to the act."""
    client = office.browser(desk, language)
    listed = client.get("/calendars")
    shown = client.post("/calendars/preview", files={"file": ("id-asn.yaml", AMENDED.encode())})
    text = unescape(
        re.search(r'<textarea name="text" hidden readonly>\n(.*?)</textarea>', shown.text, re.DOTALL)[1]
    )
    empty = client.post("/calendars/apply", data={"text": text, "past": "move", "reason": " "})
    done = client.post("/calendars/apply", data={"text": text, "past": "keep", "reason": WHY})
    after = client.get(done.headers["location"])

    assert (200, 200, 422, 303) == (
        listed.status_code,
        shown.status_code,
        empty.status_code,
        done.status_code,
    )
    assert AMENDED == text
    assert said in shown.text
    assert '<option value="move" selected>' in empty.text
    assert said in after.text
    assert office.engine.calendar("id-asn").version.startswith("id-asn@2026-10-01:")
    assert 200 == client.get("/calendars/id-asn?year=2025").status_code


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({}, "Pilih dahulu berkas kalender"),
        ({"file": ("x.yaml", b"name: X Y\n")}, "bukan nama"),
        ({"file": ("x.yaml", b"\xff\xfe\x00")}, "UTF-8"),
        ({"file": ("x.yaml", b"a: [")}, "bukan YAML"),
    ],
    ids=["none", "wrong", "bytes", "no yaml"],
)
def test_a_file_that_cannot_be_used_is_told_on_the_page(office, desk, files, told: str) -> None:
    refused = office.browser(desk, "id").post("/calendars/preview", files=files or {"other": ("", b"")})

    assert 422 == refused.status_code
    assert told in refused.text


def test_others_see_the_calendars_and_no_way_to_change_them(office) -> None:
    client = office.browser(STAFF)
    page = client.get("/calendars")

    assert 200 == page.status_code
    assert "/calendars/preview" not in page.text
    assert 403 == client.post("/calendars/apply", data={"text": AMENDED, "reason": WHY}).status_code
