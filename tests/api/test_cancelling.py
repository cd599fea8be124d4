"""A cycle that was launched wrongly is cancelled on its page and over the API, for the personnel desk alone."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.api.conftest import STAFF, Office
from tests.worlds import plan

HR, CYCLE = "Zulkifli Ibura", "asn-tahunan-2026"
PAGE = f"/cycles/{CYCLE}/cancel"


def text(page: str) -> str:
    """A page as it is read."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.partition("<main")[2])).split())


def test_the_desk_looks_gives_a_reason_and_cancels(office: Office) -> None:
    """What stays and where people have acted stands on top; without a reason nothing is done; told once it is."""
    office.fire("submit", STAFF, plan=plan(60, 40))
    desk, staff = office.browser(HR), office.browser(STAFF, "id")
    assert PAGE in desk.get("/cycles").text
    assert PAGE not in staff.get("/cycles").text

    look = text(desk.get(PAGE).text)
    without = desk.post(PAGE, data={"reason": " "})
    done = desk.post(PAGE, data={"reason": "Salah tanggal mulai."})

    assert (
        look.index("Stay as they are (0)")
        < look.index("People have acted (1)")
        < look.index("Closed: 60 cases, and 0")
    )
    assert 422 == without.status_code
    assert (303, f"{PAGE}?done=done") == (done.status_code, done.headers["location"])
    assert "Cases closed: 60; left as they were: 0." in text(desk.get(PAGE).text)
    assert "cancelled" in text(desk.get("/cycles").text)
    own = text(staff.get(f"/cases/{office.case_of()}").text)
    assert "Siklus ini dibatalkan seluruhnya; kasus ditutup tanpa hasil" in own
    assert "membatalkan siklus ini seluruhnya" in own
    assert "Siklus asn-tahunan-2026 dibatalkan seluruhnya" in text(staff.get("/messages").text)
    assert "Tidak ada tugas yang menunggu Anda" in text(staff.get("/").text)
    assert 404 == desk.get("/cycles/nothing/cancel").status_code
    assert 404 == desk.post(f"{PAGE}/maybe", data={"reason": "x"}).status_code


def test_programs_look_and_cancel(office: Office) -> None:
    """The same numbers; a second time it is a conflict; for the desk alone."""
    desk, address = office.program(HR), f"/api/v1/cycles/{CYCLE}/cancelling"
    look = desk.get(address).json()
    done = desk.post(address, json={"reason": "Salah tanggal mulai."})
    again = desk.post(address, json={"reason": "Salah tanggal mulai."})

    assert (60, 0, [], False) == (look["open"], look["linked"], look["acted"], look["second"])
    assert (201, "done", 60) == (done.status_code, done.json()["state"], done.json()["cases"])
    assert 409 == again.status_code
    assert [done.json()] == desk.get("/api/v1/cancellings").json()
    assert 403 == office.program(STAFF).get(address).status_code
    assert 409 == desk.post("/api/v1/cancellings/cancelling-1/agree", json={"reason": "x"}).status_code


def test_whoever_asked_does_not_agree_on_the_page(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """In earnest a second person is asked for, and the page says who asked and why."""
    office.fire("submit", STAFF, plan=plan(60, 40))
    monkeypatch.setattr(office.engine.cancellations, "_in_earnest", lambda: True)
    desk = office.browser(HR)
    asked = desk.post(PAGE, data={"reason": "Salah tanggal mulai."})
    page = desk.get(PAGE).text
    refused = desk.post(f"{PAGE}/agree", data={"reason": "setuju"})
    stopped = desk.post(f"{PAGE}/refuse", data={"reason": "tidak jadi"})

    assert f"{PAGE}?done=asked" == asked.headers["location"]
    assert "You asked for it; somebody else has to agree." in text(page)
    assert 403 == refused.status_code
    assert f"{PAGE}?done=refused" == stopped.headers["location"]
