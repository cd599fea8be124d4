"""The page that anybody may read: recognised people while they agree to it, and figures of whole units."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.demo_cycles import publish_linked
from api.settings import Settings
from engine.runtime import Engine
from tests.api.conftest import RATER, STAFF, Office, Travel
from tests.runtime.conftest import NOBODY, HandClock, set_up
from tests.worlds import ROOT

HEAD, COMMITTEE = "Abdul Karim Mointi", "Bambang Suleman Raja"
CITATION = "Atas usaha mendampingi keluarga."
GOAL = {
    "aim": "Usaha tumbuh",
    "output": "pelatihan",
    "output_target": 6,
    "impact": "pendapatan naik",
    "impact_measure": "survei",
}


@pytest.fixture
def recognising(tmp_path: Path) -> Iterator[Office]:
    """An agency that evaluates by outputs and impact, with a committee for recognition."""
    people = (ROOT / "workflows/examples/people-demo.csv").read_text(encoding="utf-8").splitlines()
    people = [
        line.replace(",aktif,,", ",aktif,committee:recognition,", 1) if COMMITTEE in line else line
        for line in people
    ]
    clock = HandClock()
    told = ("\n".join(people) + "\n").encode()
    engine: Engine = set_up(
        str(tmp_path / "siklus.db"), clock, definition="workflows/curug-evaluasi", people=told
    )
    publish_linked(engine, engine.definition(engine.in_force("curug-evaluasi").digest))
    clock.put(date(2026, 1, 2))
    engine.launch("curug-evaluasi", opens=date(2026, 1, 2), actor=NOBODY)
    travel = Travel(engine, clock)
    app = create_app(engine, demo=travel, settings=Settings())
    yield Office(engine=engine, clock=clock, travel=travel, app=app)
    engine.database.close()


def main(page: Any) -> str:
    """What the page itself says; the bar of a demo names everybody."""
    return str(page.text).partition("<main")[2]


def excellent_year(office: Office) -> None:
    """The staff member's year, up to the question whether it may be made public."""
    office.fire("propose", STAFF, plan={"purpose": "Keluarga mandiri", "goals": [GOAL]})
    office.fire("agree", RATER)
    office.hop_to(date(2027, 1, 4))
    done = {"goal": 1, "output": 8, "impact": "naik", "evidence": []}
    office.fire("send", STAFF, report={"reached": [done]})
    office.fire("rate", RATER, rating={"outputs": "above", "impact": "above", "reasons": "Melampaui."})
    office.fire("tell", RATER, feedback={"strengths": "Tekun.", "weaknesses": []})
    office.fire("received", STAFF)
    weighed = {"lasting": "yes", "checked": "yes", "helped_others": "yes", "reasons": "Diperiksa."}
    office.fire("weigh", COMMITTEE, criteria=weighed)
    office.fire("give", HEAD, award={"award": "certificate", "citation": CITATION})


def test_a_recognised_person_stands_there_as_long_as_they_agree_and_no_longer(recognising: Office) -> None:
    """Nothing before their yes; what is shown is the award alone; withdrawn, it is gone at the next look."""
    reader = recognising.stranger()
    excellent_year(recognising)
    before = reader.get("/public")
    recognising.fire("answer", STAFF, consent={"publish": "agree"})
    shown = reader.get("/public")
    again = reader.get("/public", headers={"if-none-match": shown.headers["etag"]})
    recognising.fire("withdraw", STAFF)
    after = reader.get("/public", headers={"if-none-match": shown.headers["etag"]})

    assert 200 == before.status_code
    assert STAFF not in main(before)
    assert STAFF in main(shown)
    assert CITATION in main(shown)
    for private in ("Melampaui", "Tekun", "Diperiksa", "Keluarga mandiri", recognising.id_of(STAFF)):
        assert private not in main(shown)
    assert "public, no-cache" == shown.headers["cache-control"]
    assert 304 == again.status_code
    assert (200, False, False) == (after.status_code, STAFF in main(after), CITATION in main(after))


def test_whoever_declines_never_stands_there(recognising: Office) -> None:
    excellent_year(recognising)
    recognising.fire("answer", STAFF, consent={"publish": "decline"})

    assert STAFF not in main(recognising.stranger().get("/public"))


def test_it_is_there_in_both_languages_and_for_the_time_of_the_rules(recognising: Office) -> None:
    """After twelve months a recognition stands there no more, by itself."""
    excellent_year(recognising)
    recognising.fire("answer", STAFF, consent={"publish": "agree"})
    reader = recognising.stranger()
    told = []
    for language in ("id", "en"):
        reader.cookies.set("language", language)
        told.append(main(reader.get("/public")))
    recognising.hop_to(date(2028, 1, 6))

    assert "Penghargaan atas kinerja" in told[0]
    assert "Recognised work" in told[1]
    assert STAFF not in main(reader.get("/public"))
