"""What only a demo has: a marked bar, a travelling clock, and personas."""

from __future__ import annotations

from datetime import date

from engine.core.zones import local_date
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
