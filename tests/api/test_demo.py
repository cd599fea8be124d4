"""What only a demo has: a marked bar, a travelling clock, and personas."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from engine.core.zones import local_date
from engine.sealer import Keyring, Memory, Sealer
from engine.sealer.tracing import trace_leaves
from tests.api.conftest import RATER, STAFF
from tests.worlds import ZONE


def today(office) -> date:
    return local_date(office.clock.now(), ZONE)


def test_every_page_is_marked_and_dated(office) -> None:
    """Nobody takes it for the real thing."""
    for address in ("/", "/cases", "/nowhere", "/docs"):
        page = office.browser(STAFF).get(address).text
        assert ">DEMO</strong>" in page
        assert "Monday 1 December 2025, 08:00 WITA" in page


def test_the_clock_moves_by_a_day_a_week_and_to_the_next_event(office) -> None:
    """Back to the page it was pressed on."""
    client = office.browser(STAFF)
    answer = client.post("/demo/clock", data={"kind": "day", "next": "/cases"})
    assert ("/cases", date(2025, 12, 2)) == (answer.headers["location"], today(office))
    client.post("/demo/clock", data={"kind": "next"})
    assert date(2025, 12, 5) == today(office)
    client.post("/demo/clock", data={"kind": "week"})
    assert date(2025, 12, 12) == today(office)

    assert "reminder" in {letter.kind for letter in office.engine.messages(office.key_of(STAFF))}


def test_the_clock_knows_no_other_way_to_move(office) -> None:
    """Least of all backwards."""
    answer = office.browser(STAFF).post("/demo/clock", data={"kind": "back"})

    assert 422 == answer.status_code
    assert date(2025, 12, 1) == today(office)


def test_one_becomes_somebody_else(office) -> None:
    """A cookie that no script can read."""
    client = office.browser(STAFF)
    answer = client.post("/demo/persona", data={"person_id": office.id_of(RATER)})

    assert "/?done=switched" == answer.headers["location"]
    assert {"HttpOnly", "SameSite=lax"} <= set(answer.headers["set-cookie"].split("; "))
    page = client.get("/?done=switched").text
    assert "You are Nur Aida Pakaya now." in page
    assert f'value="{office.id_of(RATER)}" selected' in page


def test_one_does_not_become_nobody(office) -> None:
    """A number that is not on the chart is no persona."""
    assert 404 == office.browser(STAFF).post("/demo/persona", data={"person_id": "000"}).status_code
    assert 404 == office.browser(STAFF).post("/demo/persona", data={}).status_code


def test_one_becomes_an_auditor_who_is_not_on_the_chart(office, tmp_path: Path) -> None:
    """Led to the log, which says in words what no case tells; nothing is done from there."""
    client = office.browser(STAFF)
    client.post("/demo/persona", data={"person_id": "auditor"})
    client.cookies.set("persona", "auditor")
    home = client.get("/", follow_redirects=False)
    _sealed(office, tmp_path)
    page = client.get("/audit").text

    assert (303, "/audit") == (home.status_code, home.headers["location"])
    assert "You are Auditor Internal" in page
    assert "The people were imported." in page
    assert "A version of rules came into force." in page
    case = office.case_of()
    act = office.stranger(headers={"X-Siklus-Persona": "auditor"}).post(
        f"/api/v1/cases/{case}/acts/submit", json={}
    )
    assert (403, 1) == (act.status_code, len(office.engine.history(case)))


def test_who_may_not_search_is_told_what_is_open_instead(office) -> None:
    """Not the same words twice, in either language."""
    english = office.browser(STAFF).get("/audit")
    indonesian = office.browser(STAFF, "id").get("/audit")

    assert (403, 1) == (english.status_code, english.text.count("not for you</h1>"))
    assert (
        "The audit log is open to auditors; what happened in your own case stands on its page" in english.text
    )
    assert "yang terjadi dalam kasus Anda sendiri ada di halaman kasus itu" in indonesian.text
    assert "administrators; ask one of them" in office.browser(STAFF).get("/clock").text


def _sealed(office, place: Path) -> None:
    """The log as a worker has it a moment later: sealed, and looked up."""
    database = office.engine.database
    sealer = Sealer(database, Keyring(place / "log.key"), Memory(place / "log.signed"), "demo.example")
    sealer.append(office.clock.now(), thorough=True)
    trace_leaves(database)
