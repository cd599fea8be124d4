"""What the page for everybody says of units after a year under a policy: their service, and how many signed off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from api.app import create_app
from api.settings import Settings
from tests.api.conftest import Office, Travel
from tests.api.test_documents import texts_of
from tests.api.test_public import main
from tests.runtime.conftest import NOBODY, TWO_UNITS, HandClock, set_up
from tests.worlds import ROOT

UNIT, HEAD = "Sekretariat Daerah", "Abdul Karim Mointi"
READERS = (
    "Fadli Hunowu",
    "Ratna Dewi Lamusu",
    "Sri Wahyuni Botutihe",
    "Iqbal Mantali",
    "Dian Purnama Igirisa",
    "Bambang Suleman Raja",
)


@pytest.fixture
def policy(tmp_path: Path) -> Iterator[Office]:
    """Two units under a policy, their people's cases and their own."""
    clock = HandClock()
    engine = set_up(str(tmp_path / "siklus.db"), clock, definition="workflows/plaju-unit", people=TWO_UNITS)
    rules, texts = (ROOT / f"workflows/plaju-kebijakan{end}" for end in (".yaml", ".texts.yaml"))
    engine.publish(
        rules.read_text(encoding="utf-8"),
        texts.read_text(encoding="utf-8"),
        name=rules.name,
        texts_name=texts.name,
        actor=NOBODY,
    )
    clock.put(date(2026, 1, 2))
    for workflow in ("plaju-unit", "plaju-kebijakan"):
        engine.launch(workflow, opens=date(2026, 1, 2), actor=NOBODY)
    travel = Travel(engine, clock)
    yield Office(
        engine=engine, clock=clock, travel=travel, app=create_app(engine, demo=travel, settings=Settings())
    )
    engine.database.close()


def year_of_the_unit(office: Office, readers: tuple[str, ...], puzzled: tuple[str, ...] = ()) -> str:
    """The head drafts, decides, registers and measures twice; so many of the staff read the rules, some want more."""
    case = office.engine.cases(subject=f"unit:{UNIT}")[0].id
    office.fire("draft", HEAD, case, draft={"text": "Aturan", "why": "Agar cepat"})
    office.hop_to(date(2026, 2, 2))
    office.fire("decide", HEAD, case, rules={"text": "Aturan", "heard": "Usul pegawai"})
    indicator = {"title": "Waktu layanan", "measure": "menit", "source": "loket"}
    office.fire("register", HEAD, case, registry={"indicators": [indicator]})
    office.engine.fire_due()
    for name in readers:
        read = {"read": "read_and_understood"}
        if name in puzzled:
            read = {"read": "want_explained", "unclear": "Berlaku sejak kapan?"}
        office.fire("read", name, office.case_of(name), rules_read=read)
    office.fire("count", HEAD, case, before={"service": "Surat", "minutes": "40.0", "measured": 50})
    office.hop_to(date(2027, 1, 4))
    after = {"minutes": "30.0", "measured": 60, "why": "Satu meja"}
    office.fire("count", HEAD, case, after=after)
    return case


def test_everybody_reads_how_much_faster_a_unit_serves_and_who_signed_off(policy: Office) -> None:
    """Of six who all signed off; what was written about it stays inside."""
    year_of_the_unit(policy, READERS)
    shown = main(policy.stranger(cookies={"language": "en"}).get("/public"))

    assert UNIT in shown
    assert "25.0" in shown
    assert "1.00" in shown
    for inside in ("Satu meja", "Usul pegawai", *READERS):
        assert inside not in shown


def test_of_four_who_signed_off_nothing_is_told(policy: Office) -> None:
    """Nor of the service beside it: a table is shown whole, or not at all."""
    year_of_the_unit(policy, READERS[:4])
    shown = main(policy.stranger(cookies={"language": "en"}).get("/public"))

    assert UNIT in shown
    assert "Not shown: it would tell of too few people." in shown
    assert "25.0" not in shown


@pytest.mark.parametrize(("puzzled", "told"), [((), True), (READERS[:1], False), (READERS, True)])
def test_the_units_own_case_tells_its_head_no_share_of_few(
    policy: Office, puzzled: tuple[str, ...], *, told: bool
) -> None:
    """One of six who wants it explained is known by the share: neither page, nor API, nor paper tells it."""
    case = year_of_the_unit(policy, READERS, puzzled)
    page = main(policy.browser(HEAD).get(f"/cases/{case}"))
    figures = policy.program(HEAD).get(f"/api/v1/cases/{case}").json()["figures"]
    paper = texts_of(policy.browser(HEAD).post(f"/cases/{case}/document").content)
    label, few = "Share who read and understood", "Not shown: it would tell of too few people."

    assert "25.0" == figures["faster_by"]
    assert told is ("signed_off" in figures)
    for shown in (page, paper):
        assert label in shown
        assert told is (few not in shown)
