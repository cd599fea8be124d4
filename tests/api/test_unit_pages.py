"""A unit's page and the board of its session: who stands where, who is waited for, and nothing that gives one away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.settings import Settings
from engine.core.command import Actor
from engine.runtime import Engine
from engine.runtime.replaying import replayed
from engine.store import Database
from tests.api.conftest import Office, Travel
from tests.boards import DAY, member_of, rated, session_of
from tests.runtime.conftest import NOBODY, HandClock
from tests.worlds import ROOT

UNIT = "Sekretariat Daerah"
HEAD, DESK, STAFF = "Abdul Karim Mointi", "Zulkifli Ibura", "Fadli Hunowu"


def office_of(engine: Engine, clock: HandClock) -> Office:
    travel = Travel(engine, clock)
    app = create_app(engine, demo=travel, settings=Settings())
    return Office(engine=engine, clock=clock, travel=travel, app=app)


@pytest.fixture(scope="module", name="office")
def _office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    clock = HandClock()
    engine = rated(str(tmp_path_factory.mktemp("board") / "a.db"), clock)
    yield office_of(engine, clock)
    engine.database.close()


def text(answer: Any) -> str:
    """What a page says, its pictures by their labels."""
    assert answer.status_code < 500
    main = answer.text[answer.text.index("<main") :]
    main = re.sub(r'<svg[^>]*aria-label="([^"]*)".*?</svg>', r"[\1]", main, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


def test_a_head_sees_where_the_unit_stands_and_who_is_waited_for(office: Office) -> None:
    """A finding as the title, the hour and the zone, the bar with its table."""
    told = text(office.browser(HEAD).get("/unit"))

    assert f"{UNIT}: 16 of 16 cases are open, 0 late" in told
    assert "As of Tuesday 1 December 2026, 08:00 WITA" in told
    assert "[Evaluation: 15; Feedback: 0; Closed: 0]" in told
    assert "1 case waiting for 1 person" in told
    assert "Zulkifli Ibura 1 0 1 Dec 2026 Sekretariat Daerah" in told


def test_who_holds_others_up_sees_that_first(office: Office) -> None:
    told = text(office.browser(DESK).get("/unit", params={"unit": UNIT}))

    assert "1 case waiting for you yourself, 0 of them late." in told


def test_two_cases_of_one_person_are_told_apart_by_their_rules(tmp_path: Path) -> None:
    """Whoever is waited for in both reads their name twice, each with what it is about."""
    clock = HandClock()
    engine = rated(str(tmp_path / "a.db"), clock)
    rules, texts = (ROOT / f"tests/definitions/files{end}" for end in (".yaml", ".texts.yaml"))
    told = [one.read_text(encoding="utf-8") for one in (rules, texts)]
    again = (told[0].replace("workflow: filed", "workflow: again"), told[1].replace("Reports with", "More"))
    for given in (told, again):
        done = engine.publish(*given, name=rules.name, texts_name=texts.name, actor=NOBODY)
        engine.launch(done.workflow, opens=DAY, year=2026, actor=NOBODY)
    page = text(office_of(engine, clock).browser(HEAD).get("/unit"))
    engine.database.close()

    assert re.search(r" (\w+ \w+) \(Reports with files\) , \1 \(More files\)", page)


def test_what_hurts_within_a_week_is_told_with_its_day(office: Office) -> None:
    """As the case itself tells it; later things are not."""
    office.hop_to(DAY.replace(day=4))
    told = text(office.browser(HEAD).get("/unit"))
    office.hop_to(DAY)

    assert "8 Dec 2026" in told
    assert "15 Dec 2026" not in told


def test_small_cells_of_the_spread_are_hidden_from_the_head_and_not_from_the_session(office: Office) -> None:
    head = text(office.browser(HEAD).get("/unit"))
    desk = text(office.browser(DESK).get("/unit", params={"unit": UNIT}))

    assert head.count(" hidden") >= 3
    assert "Cells of fewer than 5 people are hidden" in head
    assert "Too many very good: 0" in head
    assert "hidden" not in desk


def test_results_are_told_from_the_best_to_the_worst(office: Office) -> None:
    desk = text(office.browser(DESK).get("/unit", params={"unit": UNIT}))
    spread = desk.partition("Result Members ")[2]
    found = [
        spread.index(one) for one in ("Very good", "Good", "Needs improvement", "Lacking", "Very lacking")
    ]

    assert sorted(found) == found


def test_who_heads_nothing_is_told_so_and_sees_no_other_unit(office: Office) -> None:
    staff = office.browser(STAFF)

    assert "You head no unit." in text(staff.get("/unit"))
    assert 404 == staff.get("/unit", params={"unit": UNIT}).status_code
    assert 'href="/unit"' not in staff.get("/").text
    assert 'href="/unit"' in office.browser(HEAD).get("/").text


def test_a_board_shows_nothing_to_who_may_not_read_the_ratings(office: Office) -> None:
    """The head may open the session, and reads no rating before it is disclosed."""
    told = text(office.browser(HEAD).get(f"/cases/{session_of(office.engine, UNIT).id}/board"))

    assert "There is no result to place that you may read." in told
    assert STAFF not in told


def test_a_member_is_moved_and_the_move_is_voided_from_the_board(tmp_path: Path) -> None:
    """Without scripts: refused without a reason, moved with one, voided; the board tells before and after of both."""
    clock = HandClock()
    engine = rated(str(tmp_path / "b.db"), clock)
    office, board = office_of(engine, clock), f"/cases/{session_of(engine, UNIT).id}/board"
    member, desk = member_of(engine, STAFF), office.browser(DESK)
    asked = {
        "member": member.id,
        "visit": str(member.visit),
        "act": "move",
        "down": "below",
        "across": "above",
    }

    refused = desk.post(board, data={**asked, "reason": " "})
    assert (422, True) == (refused.status_code, "A reason is needed." in text(refused))
    assert 303 == desk.post(board, data={**asked, "reason": "setara unit lain"}).status_code
    moved = text(desk.get(board, params={"member": member.id, "done": "moved"}))
    assert f"◆ {STAFF} moved" in moved
    assert "Needs improvement (Below × Above) setara unit lain you" in moved
    void = {"member": member.id, "visit": str(member.visit), "act": "void", "reason": "keliru"}
    assert 303 == desk.post(board, data=void).status_code
    back = text(desk.get(board))

    assert f"○ {STAFF} put back" in back
    assert "voided, still on record" in back
    assert "keliru you 1 Dec 2026 08:00 WITA voiding: counts again" in back
    assert [] == replayed(engine.database, (member.id,)).differences
    engine.database.close()


def test_a_large_unit_asks_no_more_than_a_small_one(tmp_path: Path) -> None:
    """The same number of statements for seven members and for fifteen."""
    clock, asked = HandClock(), list[str]()
    url = str(tmp_path / "c.db")
    rated(url, clock).database.close()
    engine = Engine(Database(url, failpoint=asked.append), clock)
    client = office_of(engine, clock).browser(DESK)

    def statements(unit: str) -> list[int]:
        counts = []
        for path in (f"/cases/{session_of(engine, unit).id}/board", f"/unit?unit={unit}"):
            assert 200 == client.get(path).status_code
            asked.clear()
            client.get(path)
            counts.append(len(asked))
        return counts

    few, many = statements("Badan Kepegawaian dan Pengembangan SDM"), statements(UNIT)
    engine.database.close()
    assert few == many
    assert max(many) <= 60


def test_a_case_leads_to_its_place_in_the_picture_of_its_rules(office: Office) -> None:
    """The picture marks it, and so does the list beside it; any other word marks nothing."""
    desk, case = office.browser(DESK), member_of(office.engine, STAFF)
    address = f"/definitions/{case.definition}?at={case.state}#position"
    assert f'href="{address}"' in desk.get(f"/cases/{case.id}").text
    page = desk.get(address.partition("#")[0])
    picture = desk.get(f"/definitions/{case.definition}/picture.svg?at={case.state}").text

    assert "The case stands at: Waiting for the session." in text(page)
    assert "Waiting for the session ▶ the case is here" in text(page)
    assert "this case is here" in picture
    assert re.search(r'<rect id="position" x="\d+" y="\d+" ', page.text)
    assert "The case stands at" not in text(desk.get(f"/definitions/{case.definition}?at=nowhere"))


def test_who_rules_on_an_objection_reads_both_sides_beside_one_another(tmp_path: Path) -> None:
    """The rating and the objection, each with who wrote it, when, and in which zone; nobody else is shown them so."""
    clock = HandClock()
    engine = rated(str(tmp_path / "d.db"), clock)
    office, member = office_of(engine, clock), member_of(engine, STAFF)
    engine.fire(
        session_of(engine, UNIT).id, "close", actor=_is(office, DESK), forms={"session": {"minutes": "-"}}
    )
    engine.fire_due()
    clock.put(DAY.replace(day=3), hour=14)
    grounds = {"objection": {"grounds": "Bukti layanan belum dihitung"}}
    engine.fire(member.id, "object", actor=_is(office, STAFF), forms=grounds)

    told, own = (text(office.browser(name).get(f"/cases/{member.id}")) for name in (HEAD, STAFF))

    sides = told[told.index("Both sides, before you decide") :]
    assert f"From {STAFF} Objection {STAFF}, 3 Dec 2026 14:00 WITA" in sides
    assert "Bukti layanan belum dihitung" in sides
    assert "From the other side Rating Nur Aida Pakaya, 1 Dec 2026 08:00 WITA" in sides
    assert "sesuai bukti" in sides
    assert "Both sides" not in own
    assert f"Whose turn Waiting for {HEAD}" in own
    assert (
        f"{STAFF} chose “I object” with “Objection”; now “The head rules on the objection”, waiting for {HEAD}"
        in own
    )
    engine.database.close()


def _is(office: Office, name: str) -> Actor:
    return Actor(person=office.key_of(name))
