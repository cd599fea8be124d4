"""Pages that stand beside the cases: a link for people from outside, rules to approve, a decree, files, a refusal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.settings import Settings
from engine.core.attachments import digest_of
from engine.core.command import Actor, AddEntry
from engine.runtime import Rules, TimetableText
from tests.api.conftest import Travel
from tests.browser.conftest import served
from tests.browser.seeing import LOOKS, Eyes, eyes
from tests.practices.living import FEW, Life, begun, rules
from tests.runtime.conftest import NOBODY
from tests.worlds import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.timeout(420)]

ON = date(2026, 3, 2)
EMPLOYEE, RATER, DESK, OTHER_DESK = (
    "198706042010012020", "197502182001012019", "199003242014041013", "199602062022042018",
)  # fmt: skip
VISIT = {
    "day": "2026-02-27",
    "place": "Puskesmas",
    "ticks": dict.fromkeys(("greets", "explains", "records", "hygiene"), "seen"),
}
SEEN = {"friendly": 4, "quick": 2, "explained": 3, "clean": 4}
DECREE = TimetableText(text="decree: KEP-9/2026\nwindows:\n  propose: {from: 2026-04-01, to: 2026-04-10}\n")
PDF = b"%PDF-1.7 laporan"


@dataclass
class Scene:
    """An agency that is being served, and who looks at it."""

    life: Life
    looking: Eyes

    def case(self, workflow: str, number: str = EMPLOYEE) -> str:
        found = self.life.engine.cases(subject=self.life.key(number))
        return next(one.id for one in found if one.cycle.startswith(workflow) and not one.parent)

    def actor(self, number: str) -> Actor:
        return Actor(person=self.life.key(number))


@pytest.fixture
def scene(chromium: Any, tmp_path: Path) -> Iterator[Scene]:
    """The practices of Bukitintan and of the ministry in force, launched, served and looked at."""
    life = begun(
        tmp_path, ("pembinaan", "bukitintan-penilaian", "kemenkeu-triwulan"), people=FEW, on=ON, seed=1
    )
    told, texts = (
        (ROOT / f"tests/definitions/files{end}").read_text("utf-8") for end in (".yaml", ".texts.yaml")
    )
    life.engine.publish(told, texts, name="files.yaml", texts_name="files.texts.yaml", actor=NOBODY)
    life.engine.launch("bukitintan-penilaian", opens=ON, year=2026, actor=NOBODY)
    life.engine.launch("filed", opens=ON, year=2026, actor=NOBODY)
    app = create_app(life.engine, demo=Travel(life.engine, life.clock), settings=Settings())
    with served(app) as address, eyes(chromium, address) as looking:
        yield Scene(life=life, looking=looking)
    life.engine.database.close()


def test_a_journal_and_its_link_for_people_from_outside(scene: Scene) -> None:
    """Written by the rater, answered without a name, refused, held for a look, and passed on."""
    engine, looking, case = scene.life.engine, scene.looking, scene.case("bukitintan-penilaian")
    engine.fire(
        case, "read", actor=scene.actor(EMPLOYEE), forms={"rules_read": {"read": "read_and_understood"}}
    )
    visits, views = (f"/cases/{case}/journals/{name}" for name in ("visits", "public_views"))
    looking.look("journal-visits-empty", visits, RATER)
    engine.obey(case, AddEntry(journal="visits", values=VISIT, actor=scene.actor(RATER)))
    looking.look("journal-visits", visits, RATER)
    looking.look("journal-views-empty", views, DESK)
    looking.look("case-with-journals", f"/cases/{case}", RATER)
    token = engine.invite(case, "public_views", actor=scene.actor(DESK))
    looking.look("outside", f"/p/{token}")
    for width, language in LOOKS:
        page = looking.window(width, language)
        page.goto(f"/p/{token}")
        page.click("button.main-button")
        looking.see("outside-refused", width, language)
        page.locator("[name='citizen_view.friendly'][value='3']").check()
        page.locator("[name='citizen_view.quick'][value='cannot_judge']").check()
        page.locator("[name='citizen_view.explained'][value='4']").check()
        page.locator("[name='citizen_view.clean'][value='3']").check()
        page.click("button.main-button")
        looking.see("outside-thanks", width, language)
        page.goto(f"/p/{token}")
        looking.see("outside-again", width, language)
    for _ in range(2):
        engine.answer(token, SEEN)
    looking.look("journal-views", views, DESK)

    assert [] == looking.faults
    books = {one.journal.name: one for one in engine.case(case, scene.life.key(DESK)).journals}
    assert 6 == len(books["public_views"].releases)


def test_rules_that_wait_for_approval(scene: Scene) -> None:
    """As the one who may approve, their author, and somebody who may not; then approved."""
    told, texts = rules("kemenkeu-unit")
    given = Rules(rules=told, texts=texts, name="kemenkeu-unit.yaml", texts_name="kemenkeu-unit.texts.yaml")
    one = scene.life.engine.propose(given, actor=scene.actor(DESK), reason="Sesuai KMK 127/2026.")
    for name, who in (("may", OTHER_DESK), ("author", DESK), ("reader", EMPLOYEE)):
        scene.looking.look(f"approve-{name}", f"/definitions/{one.digest}", who)
    scene.looking.look("approve-list", "/definitions", OTHER_DESK)
    page = scene.looking.window(360, "id", OTHER_DESK)
    page.goto(f"/definitions/{one.digest}")
    page.fill("#effective", "2026-04-01")
    page.fill("#approve-reason", "Sudah dibahas.")
    page.click("#approve button")
    scene.looking.see("approved", 360, "id")

    assert [] == scene.looking.faults
    assert "published" == next(
        got.status for got in scene.life.engine.publications() if got.digest == one.digest
    )


def test_a_cycle_with_windows_by_decree_and_its_tracks(scene: Scene) -> None:
    """The list of cycles, the timetable of the rules, a case and both of its tracks."""
    engine, looking = scene.life.engine, scene.looking
    engine.launch("kemenkeu-triwulan", opens=ON, year=2026, part=1, actor=NOBODY, timetable=DECREE)
    looking.look("cycles-decree", "/cycles", DESK)
    digest = next(one.digest for one in engine.definitions() if one.workflow == "kemenkeu-triwulan")
    for width, language in LOOKS:
        page = looking.window(width, language, DESK)
        page.goto(f"/definitions/{digest}")
        for details in page.locator("main details").all():
            details.locator("summary").first.click()
        looking.see("timetable", width, language)
    case = scene.case("kemenkeu-triwulan")
    looking.look("case-linked", f"/cases/{case}", EMPLOYEE)
    for one in engine.case(case, None).linked:
        assert one.case is not None
        looking.look(f"track-{one.link}", f"/cases/{one.case.id}", EMPLOYEE)

    assert [] == looking.faults


def test_files_and_a_page_that_cannot_put_them_back(scene: Scene) -> None:
    """A form that takes files, refused with files chosen, and read by whoever must look at them."""
    engine, looking, case = scene.life.engine, scene.looking, scene.case("filed")
    looking.look("files-form", f"/cases/{case}", EMPLOYEE)
    for width, language in LOOKS:
        page = looking.window(width, language, EMPLOYEE)
        page.goto(f"/cases/{case}")
        chosen = {
            "name": "Laporan kinerja triwulan pertama.pdf",
            "mimeType": "application/pdf",
            "buffer": PDF,
        }
        page.set_input_files("#f-report-proof-new", chosen)
        page.click("button[value='send']")
        looking.see("files-refused", width, language)
        assert "Laporan kinerja triwulan pertama.pdf" in page.inner_text("div.summary >> nth=1")
    digest = digest_of(PDF)
    report = {
        "achieved": "Selesai.",
        "proof": [{"name": "Laporan kinerja.pdf", "sha256": digest}],
        "parts": [],
    }
    engine.fire(case, "send", actor=scene.actor(EMPLOYEE), forms={"report": report}, files={digest: PDF})
    looking.look("files-read", f"/cases/{case}", RATER)

    assert [] == looking.faults
