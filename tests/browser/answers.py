"""Pages that come as an answer: what was refused, looked at first or done, after something is filled in and sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tests.browser.conftest import Demo
from tests.browser.demo_places import CASE, DESK, DRAFTING, RUNNING, WAITING, Visitors, of_workflow
from tests.browser.places import Place
from tests.browser.sending import sending
from tests.runtime.people_files import people_with
from tests.worlds import ROOT

__all__ = ["demo_answers"]

#: the national calendar with another day of collective leave
_DECREE = """
  - kind: amendment
    title: Perubahan atas Keputusan Bersama
    issued: "2026-10-01"
    year: "2025"
    collective_leave:
      - {date: "2025-12-24", id: Cuti Bersama, en: Collective leave}
"""
_AWAY = {"berhalangan_mulai": "2025-12-18", "berhalangan_selesai": "2026-02-01"}
_TICKED = "form[action='/bulk/look'] input[type=checkbox]"


def _several(page: Any) -> None:
    """Two of the cases on the page chosen, and their holders to be reminded."""
    for box in page.locator(_TICKED).all()[:2]:
        box.check()
    page.click("form[action='/bulk/look'] button[value='steer:remind']")


def _several_done(page: Any) -> None:
    with page.expect_navigation():
        _several(page)
    sending("/bulk", ".main-button", {"reason": "Batas waktu sudah dekat."})(page)


def _late(page: Any) -> None:
    """Sent from a page of the case as it no longer stands."""
    sending("/cases/*", "button.main-button", {"visit": "999"})(page)


def _receipt(page: Any) -> None:
    form = page.locator("form[action^='/p/']").first
    form.locator("input[type=radio]").first.check()
    form.locator("button.main-button").click()


def demo_answers(demo: Demo) -> Iterator[Place]:
    """What is answered in a demo."""
    of, engine = Visitors(demo=demo), demo.house.engine
    key = demo.people[WAITING].key
    log = of_workflow(engine, "journal-cycle", key).id
    # Of another case than the page that is only opened: a new link ends the one before.
    other = of_workflow(engine, "journal-cycle", demo.people[RUNNING].key).id
    token = engine.invite(other, "views", actor=of.desk)
    people = people_with(engine.chart, {demo.people[RUNNING].key: _AWAY})
    decree = (
        (ROOT / "workflows/calendars/id-asn.yaml").read_text(encoding="utf-8").rstrip("\n") + "\n" + _DECREE
    )
    acts, steering = f"{CASE}/acts", f"{CASE}/steering"
    session = next(one for one in engine.cases(limit=500) if one.cycle.startswith("session") and one.unit)
    member = next(
        one for one in engine.cases(limit=500) if one.cycle.startswith("member") and one.unit == session.unit
    )

    def case(name: str, row: int, whose: int, sent: Callable[[Any], None], to: str, answers: int) -> Place:
        return of.place(name, CASE, row, case_id=of.year(whose), sent=sent, to=to, answers=answers)

    yield case("act-refused", DRAFTING, DRAFTING, sending("/cases/*", "button.main-button"), acts, 422)
    yield case("act-row-added", DRAFTING, DRAFTING, sending("/cases/*", "button[value^='add:']"), acts, 200)
    yield case("act-too-late", DRAFTING, DRAFTING, _late, acts, 412)
    yield case("steering-refused", DESK, WAITING, sending("/cases/*", "button[value=extend]"), steering, 422)
    yield case(
        "steering-done",
        DESK,
        WAITING,
        sending("/cases/*", "button[value=remind]", {"reason": "Segera."}),
        steering,
        200,
    )
    yield of.place(
        "journal-refused", f"{CASE}/journals/{{name}}", WAITING, case_id=log, name="daily",
        sent=sending("/cases/*", "button.main-button"), to=f"{CASE}/journals/{{name}}", answers=422,
    )  # fmt: skip
    yield of.place(
        "board-refused", f"{CASE}/board", DESK, case_id=session.id, query=f"?member={member.id}",
        sent=sending("/cases/*", "button.main-button"), to=f"{CASE}/board", answers=422,
    )  # fmt: skip
    yield of.place("bulk-look", "/cases", DESK, sent=_several, to="/bulk/look")
    yield of.place("bulk-done", "/cases", DESK, sent=_several_done, to="/bulk")
    yield of.place(
        "calendar-preview", "/calendars", DESK, to="/calendars/preview",
        sent=sending("/calendars/preview", typed={"file": ("id-asn.yaml", decree.encode())}),
    )  # fmt: skip
    yield of.place(
        "import-preview", "/people/import", DESK, to="/people/preview",
        sent=sending("/people/preview", typed={"file": ("pegawai.csv", people)}),
    )  # fmt: skip
    yield of.place(
        "import-not-taken-back",
        "/people/import",
        DESK,
        sent=sending("/people/undo"),
        to="/people/undo",
        answers=403,
    )
    yield of.place(
        "cancel-refused", "/cycles/{cycle}/cancel", DESK, cycle=engine.cycles()[0].id,
        sent=sending("/cycles/*"), to="/cycles/{cycle}/cancel", answers=422,
    )  # fmt: skip
    yield of.place(
        "delegation-refused",
        "/delegations",
        DESK,
        sent=sending("/delegations"),
        to="/delegations",
        answers=422,
    )
    yield of.place("outage-refused", "/outages", DESK, sent=sending("/outages"), to="/outages", answers=422)
    yield of.place(
        "erasure-refused",
        "/privacy",
        DRAFTING,
        sent=sending("/privacy/erasures"),
        to="/privacy/erasures",
        answers=422,
    )
    yield of.place(
        "outside-refused", "/p/{token}", 0, token=token, sent=sending("/p/*"), to="/p/{token}", answers=422
    )
    yield of.place("outside-receipt", "/p/{token}", 0, token=token, sent=_receipt, to="/p/{token}")
